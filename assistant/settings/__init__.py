"""One settings tree: `station.yaml`, then the environment (`ASSISTANT_`, `__` between levels), then the command line.

Of `station.yaml`, the content (`RELEASED`) is that of the live release, where something was published.
"""

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AwareDatetime, Field, PrivateAttr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from assistant.errors import StationError
from assistant.settings.kiosk import HeadsetEvent as HeadsetEvent
from assistant.settings.kiosk import KeyAction as KeyAction
from assistant.settings.kiosk import Kiosk
from assistant.settings.lines import Lines, named
from assistant.settings.parts import Megabytes, Part, Seconds
from assistant.settings.released import FILE, Source, live_file, merged, named_in, read_file
from assistant.settings.released import RELEASED as RELEASED
from assistant.settings.released import differing as differing
from assistant.settings.sensing import Alerts, Environment, Rule
from assistant.settings.sensing import Sensor as Sensor
from assistant.settings.tokens import Token as Token
from assistant.text import LANGUAGES, Localised

ROOT = Path(__file__).resolve().parent.parent.parent
"""The checkout: `dialogues/`, `kiosk_ui/`, `console_ui/` and `examples/` stand beside the package."""

MOST_TOLD = 20
"""Mistakes of a station file that are told at once."""


class Contacts(Part):
    """Whom travellers can call."""

    emergency: str | None = None
    """The number to call in danger; unset, no number is said, only to tell staff."""
    crisis: str | None = None
    """The number for somebody who cannot go on, as 988 or 109; unset, `emergency` is said."""
    staff: str | None = None
    """Telephone number of the station's staff."""
    operator: str | None = None
    """How to reach whoever runs the kiosk."""


class Feed(Part):
    """Where the timetable comes from besides the station folder."""

    url: str | None = None
    """Address of a newer feed (http or https, a zip). Unset, nothing is fetched."""
    refresh_h: Annotated[float, Field(gt=0, le=8760, allow_inf_nan=False)] = 24.0
    """Hours between looks at `url`."""
    stick: Path | None = None
    """Folder below which USB sticks are mounted, as /media: a `gtfs.zip` at the top of one is taken. Unset, none is."""
    limit_mb: Megabytes = 200.0
    """Largest feed accepted, in megabytes: the zip and everything in it unpacked, each (unpacked: ten times)."""

    @field_validator("url")
    @classmethod
    def _by_http(cls, url: str | None) -> str | None:
        if url is not None and not _is_web(url):
            raise ValueError("write http://… or https://…")
        return url


def _is_web(address: str) -> bool:
    """True for an http or https address with a host."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


class Realtime(Part):
    """GTFS-Realtime. A source is `file:<path below the station folder>`, an http or https address, or `mqtt:<topic>`."""

    trip_updates: str | None = None
    """Source of `TripUpdate`s: delays, cancelled trips, skipped stops, platforms."""
    alerts: str | None = None
    """Source of `Alert`s; may be the same as `trip_updates`."""
    headers: dict[str, str] = Field(default_factory=dict)
    """Headers of the http requests, such as a key; best set in the environment."""
    refresh_s: Seconds = 30.0
    """Seconds between looks at a file or an address."""
    limit_s: Seconds = 180.0
    """Age in seconds past which what a source said is dropped, and answers say "scheduled"."""

    @field_validator("trip_updates", "alerts")
    @classmethod
    def _a_source(cls, source: str | None) -> str | None:
        if source is not None and not _is_source(source):
            raise ValueError("write file:<path below the station folder>, an http or https address, or mqtt:<topic>")
        return source


def _is_source(source: str) -> bool:
    """True for a relative path without "..", an address with a host, or a topic without wildcards."""
    kind, _, rest = source.partition(":")
    if kind == "file":
        return bool(rest) and not rest.startswith("/") and ".." not in Path(rest).parts
    if kind == "mqtt":
        return bool(rest) and not {"+", "#"} & set(rest)
    try:
        return kind in ("http", "https") and bool(urlsplit(source).hostname)
    except ValueError:
        return False


class Mqtt(Part):
    """The broker; unset, none is spoken to."""

    host: str | None = None
    port: int = Field(default=1883, ge=1, le=65535)
    username: str | None = None
    password: str | None = None
    """Best set in the environment."""
    tls: bool = False
    """Encrypted, the broker's certificate checked by `ca`, or by the machine's own authorities."""
    ca: Path | None = None
    """File with the certificate of the authority that signed the broker's (PEM), where the machine does not know it."""
    outages: str | None = None
    """Topic filter of lifts and escalators out of order, as station/outages/#."""
    reports: Annotated[str, Field(min_length=1, pattern=r"^[^+#\x00]+$")] | None = None
    """Topic that reports to staff are published to, as station/reports. Set it only where staff are listening: travellers then hear that
    staff have been told. Unset, none is published."""
    acknowledgements: Annotated[str, Field(min_length=1, pattern=r"^[^+#\x00]+$")] | None = None
    """Topic on which staff acknowledge reports, as station/reports/acknowledged: JSON with `number` or `id` of the report, and `by`."""


class Level(Part):
    """A level of the station, where the feed has no `levels.txt`."""

    id: str
    index: float
    """0 is street level; more is higher up."""
    name: Localised


class Pathway(Part):
    """A way between two places or stops, where the feed has no `pathways.txt`."""

    id: str
    start: str = Field(alias="from")
    """Id of a place of this file or of a GTFS stop."""
    to: str
    """The same."""
    mode: Literal["walkway", "stairs", "moving_walkway", "escalator", "lift", "fare_gate", "exit_gate"] = "walkway"
    both_ways: bool = True
    metres: Annotated[float, Field(gt=0, le=10_000)] | None = None
    seconds: Annotated[int, Field(gt=0, le=3600)] | None = None
    stairs: Annotated[int, Field(gt=0, le=2000)] | None = None
    """Steps of a stair."""
    slope: float | None = None
    """Rise by length, as 0.083; below 0 goes down."""
    width: Annotated[float, Field(gt=0, le=100)] | None = None
    """Of the narrowest spot, in metres."""
    sign: Localised = Field(default_factory=dict)
    """What signs say on the way there."""
    back_sign: Localised = Field(default_factory=dict)
    """What signs say on the way back."""


class Place(Part):
    """A facility of the station: a shop, a toilet, an office, an exit."""

    id: str
    name: Localised
    category: str
    """One word of the category list in `docs/reference/categories.md`, such as toilet, ticket_office, cafe."""
    level: str | None = None
    stop: str | None = None
    """GTFS stop (entrance, platform or node) it stands at."""
    where: Localised = Field(default_factory=dict)
    """How to find it, in words, from the main hall."""
    hours: str | None = None
    """Opening hours in OpenStreetMap's `opening_hours` syntax, as "Mo-Fr 06:00-22:00; Sa,Su 08:00-20:00"."""
    aliases: list[str] = Field(default_factory=list)
    """Other names people use, in any language."""
    phone: str | None = None
    step_free: bool | None = None
    note: Localised = Field(default_factory=dict)
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    """Where it is on maps, where it stands at no GTFS stop."""
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None


class Http(Part):
    """Where the assistant listens."""

    host: str = "127.0.0.1"
    """Anything but a loopback address is refused until TLS and tokens are set up."""
    port: int = Field(default=8080, ge=0, le=65535)
    """0 takes any free port."""
    body_limit_mb: Megabytes = 4.0
    """Largest request body, in megabytes."""


class ClockStart(Part):
    """The clock; unset, it is the machine's."""

    start: AwareDatetime | None = None
    """The clock starts here, is trusted, and runs on."""
    trusted: bool | None = None
    """An operator's word on the machine's clock; unset, a hardware clock or NTP has to vouch for it before times are named."""


class Endpointing(Part):
    """When a question that was begun with a tap is over, in seconds. A held button ends it by being let go."""

    end_s: Annotated[float, Field(ge=0.3, le=3)] = 0.65
    """Silence that ends it."""
    start_s: Annotated[float, Field(ge=2, le=20)] = 6.0
    """Silence at the beginning after which nobody is waited for."""
    longest_s: Annotated[float, Field(ge=4, le=20)] = 9.0
    """Speech after which its end is not waited for."""


class Speech(Part):
    """Hearing and speaking."""

    engines: dict[str, Literal["auto", "vosk", "whisper", "vosk+whisper", "scripted", "none"]] = Field(default_factory=dict)
    """Recogniser per language; `auto` takes the installed one that does best and is quick enough on this machine. `vosk+whisper`: Vosk
    captions while somebody speaks, Whisper has the last word."""
    voices: dict[str, Literal["auto", "pyttsx3", "piper", "silent", "none"]] = Field(default_factory=dict)
    """Synthesiser per language."""
    speed: dict[str, Annotated[float, Field(ge=0.5, le=2)]] = Field(default_factory=dict)
    """Speed of the voice per language: 1 is the engine's usual one, 0.8 a fifth slower."""
    volume: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(default_factory=dict)
    """Loudness of the voice per language, from 0 to 1."""
    address: str | None = None
    """A Wyoming service of this machine instead of our own worker: `unix:///path`, or `tcp://127.0.0.1:port` (any loopback address)."""
    longest_s: Seconds = 20.0
    """Longest utterance, in seconds."""
    endpointing: Endpointing = Field(default_factory=Endpointing)
    scripted: list[str] = Field(default_factory=list)
    """What the scripted recogniser hears, one text an utterance, over and over."""

    @field_validator("address")
    @classmethod
    def _on_this_machine(cls, address: str | None) -> str | None:
        if address is not None and not _is_local(address):
            raise ValueError("write unix:///path or tcp://127.0.0.1:port: sound never leaves this machine")
        return address


def _is_local(address: str) -> bool:
    """True for an absolute path of a Unix socket, or for a port at a loopback address, with nothing else in it."""
    try:
        parts = urlsplit(address)
        plain, port = not (parts.query or parts.fragment or parts.username), parts.port
        if parts.scheme == "unix":
            return plain and not parts.netloc and parts.path.startswith("/")
        return plain and parts.scheme == "tcp" and not parts.path and bool(port) and ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


class Dialogue(Part):
    """Understanding."""

    engine: Literal["rasa", "direct"] = "rasa"
    """`direct` starts no Rasa: touch only."""
    turn_limit_s: Seconds = 5.0
    """Longest wait for Rasa's answer before the turn ends without it."""
    expiry_s: Seconds = 900.0
    """Seconds after which an idle conversation is forgotten."""


class Console(Part):
    """The desk of the station's own people."""

    database: str | None = None
    """URL of a PostgreSQL database, as postgresql://user:password@host/name; best set in the environment. Unset, it is a file of the
    state folder."""
    idle_s: Annotated[float, Field(ge=60, le=86_400)] = 1800.0
    """Seconds without a click after which somebody is signed out."""
    longest_s: Annotated[float, Field(ge=60, le=604_800)] = 43_200.0
    """Seconds after which somebody has to sign in again in any case."""
    unanswered_k: Annotated[int, Field(ge=3, le=1000)] = 5
    """Conversations that must have had the same question without an answer before anybody sees that there is one."""
    unanswered_h: Annotated[int, Field(ge=2, le=720)] = 24
    """Hours that must lie between the first and the last of them."""


class Settings(BaseSettings):
    """Everything that can be set. `station`, `data` and `models` are folders; the rest may stand in `station.yaml`."""

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", env_nested_delimiter="__", extra="forbid", frozen=True, validate_default=True
    )

    station: Path = ROOT / "examples" / "harbour-central"
    """The station's folder."""
    data: Path = ROOT / "var" / "data"
    """Folder for state. What is imported is rebuilt; accounts, releases, reports and readings are not: `station-assistant backup`. The
    release that is live there decides the content of the station file, where something was published."""
    models: Path = ROOT / "var" / "models"
    """Folder for speech models and trained dialogues, both named by content."""

    name: Localised
    """The station's name."""
    stop: str
    """GTFS `stop_id` of this station or of one of its platforms."""
    languages: tuple[Annotated[str, Field(pattern="^[a-z]{2,3}$")], ...] = Field(default=LANGUAGES, min_length=1)
    """Languages of this kiosk, the first is the default."""
    places: list[Place] = Field(default_factory=list)
    levels: list[Level] = Field(default_factory=list)
    pathways: list[Pathway] = Field(default_factory=list)
    sensors: list[Sensor] = Field(default_factory=list)
    rules: list[Rule] = Field(default_factory=list)
    destinations: list[str] = Field(default_factory=list, max_length=5)
    """GTFS `stop_id`s that are offered first to who has not said where to, such as the airport's. The stations that most trains go to
    follow."""
    aliases: dict[str, list[str]] = Field(default_factory=dict)
    """GTFS stop or place id → other names people use for it."""
    pronunciations: dict[str, Localised] = Field(default_factory=dict)
    """Name or word as it is written → how the voice says it, per language. They go before the feed's `tts_stop_name`."""
    facts: dict[str, Localised] = Field(default_factory=dict)
    """What is to be said of a kind of place, by its category (the lost property procedure, the Wi-Fi's name, the rules for bicycles),
    or of a subject such as `payment`, `refunds`, `pets` or `assistance`. Said word by word."""
    contacts: Contacts = Contacts()
    kiosk: Kiosk = Kiosk()
    feed: Feed = Feed()
    realtime: Realtime = Realtime()
    mqtt: Mqtt = Mqtt()
    environment: Environment = Environment()
    alerts: Alerts = Alerts()
    http: Http = Http()
    console: Console = Console()
    tokens: list[Token] = Field(default_factory=list)
    clock: ClockStart = ClockStart()
    speech: Speech = Speech()
    dialogue: Dialogue = Dialogue()
    _source: Source | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _topics_have_a_broker(self) -> Self:
        sources = (self.realtime.trip_updates, self.realtime.alerts, *(sensor.source for sensor in self.sensors))
        named = (self.mqtt.outages, self.mqtt.reports, self.mqtt.acknowledgements, self.alerts.topic, self.environment.topic)
        topics = (*named, *(sender.topic for sender in self.alerts.senders), *(one for one in sources if one and one.startswith("mqtt:")))
        if self.mqtt.host is None and any(topics):
            raise ValueError("a topic needs mqtt.host")
        if self.alerts.topic is not None and self.kiosk.id == Kiosk().id:
            raise ValueError("alerts.topic needs a kiosk.id that no other kiosk of the station has")
        return self

    @model_validator(mode="after")
    def _tokens_are_known_and_named_once(self) -> Self:
        names = [token.name for token in self.tokens]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"tokens: {twice} is there twice")
        able = {token.name for token in self.tokens if "alert" in token.scopes}
        for sender in self.alerts.senders:
            if sender.token is not None and sender.token not in able:
                raise ValueError(f"alerts.senders: {sender.token} is no token with the scope alert")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over `station.yaml`, whose content comes in as init values."""
        return env_settings, init_settings

    @property
    def source(self) -> Source:
        """Where the content came from: the station folder's own file, or a release."""
        return self._source or Source(file=self.station / FILE)

    def taken_from(self, source: Source) -> Self:
        """The same, knowing where its content came from."""
        self._source = source
        return self

    @classmethod
    def load(cls, *, released: bool = True, **overrides: Any) -> Self:
        """Settings of a station folder, with the content of the release that is live. Raises StationError that names file, key and mend.

        A folder that is named is taken as it is. A live release that cannot be used here does not count; `source` says why.
        """
        named_folder = overrides.get("station")
        folder = Path(named_folder or os.environ.get("ASSISTANT_STATION") or cls.model_fields["station"].default)
        own = read_file(folder / FILE)
        data = overrides.get("data") or os.environ.get("ASSISTANT_DATA") or own.get("data") or cls.model_fields["data"].default
        live = live_file(Path(data)) if released and named_folder is None else None
        problem = None
        if live is not None:
            try:
                return cls._made(merged(own, read_file(live[1])), folder, Source(file=live[1], release=live[0]), overrides)
            except StationError as error:
                problem = error.message
        return cls._made(own, folder, Source(file=folder / FILE, problem=problem), overrides)

    def with_content(self, file: Path) -> Self:
        """The machine's own settings with the content of another station file. Raises StationError for one that cannot be used here."""
        own = read_file(self.station / FILE)
        return self._made(merged(own, read_file(file)), self.station, Source(file=file), {"data": self.data, "models": self.models})

    @classmethod
    def _made(cls, content: dict[str, Any], folder: Path, source: Source, overrides: dict[str, Any]) -> Self:
        try:
            settings = cls(**{**content, "station": folder})
        except ValidationError as error:
            raise StationError(_told(source.file, folder / FILE, error), hint="see docs/reference/station-file.md") from None
        except SettingsError as error:
            hint = """lists and tables in the environment are JSON, as ASSISTANT_LANGUAGES='["en"]'"""
            raise StationError(f"a setting of the environment cannot be read: {error}", hint=hint) from None
        return settings.model_copy(update={key: value for key, value in overrides.items() if value is not None}).taken_from(source)


def _told(content: Path, own: Path, error: ValidationError) -> str:
    """Every mistake with its file and line, each on a line of its own."""
    lines, told = {path: Lines(path) for path in (content, own)}, []
    for found in error.errors():
        path = named_in(found["loc"], content, own)
        line = lines[path].of(found["loc"])
        told.append(f"{path}{f':{line}' if line else ''}: {named(found['loc'])}: {found['msg']}")
    return "\n".join(told[:MOST_TOLD])
