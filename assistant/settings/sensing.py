"""The air and the alarm: sensors, how they are judged, and what is warned of."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assistant.settings.parts import Id, Number, Part, Seconds
from assistant.text import Localised

Quantity = Literal[
    "pm1", "pm2_5", "pm10", "co2", "temperature", "humidity", "pressure", "no2", "o3", "co", "so2", "voc",
    "smoke", "heat_alarm", "co_alarm", "water_leak", "call_point",
]  # fmt: skip
"""What is measured. The last five are states of detectors: 1 while they sound, else 0."""


class Calibration(Part):
    """What is done to a sensor's values: `factor` × value + `offset`."""

    factor: Annotated[float, Field(gt=0, le=1000)] = 1.0
    offset: Number = 0.0
    on: date | None = None
    """The day it was found."""


class Sensor(Part):
    """A sensor of the air, or a detector, and where its readings come from."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    name: Localised
    quantity: Quantity
    unit: str
    """Unit of the readings: µg/m³, ppm, °C, %, hPa; `state` for a detector."""
    area: Localised
    """The part of the station it stands for."""
    level: str | None = None
    zone: str | None = None
    """Id of the place or GTFS stop on the station's map at which it hangs; a detector without one locates no fire."""
    silent_s: Annotated[float, Field(gt=0, le=604_800)] = 900.0
    """Seconds without a reading after which the sensor counts as silent."""
    stuck_s: Annotated[float, Field(ge=0, le=2_592_000)] = 0.0
    """Seconds of exactly the same value after which the sensor counts as stuck; 0: never."""
    indoor: bool = True
    """Indoor optical values are only an "equivalent" of an outdoor index."""
    calibration: Calibration = Calibration()
    source: str
    """`replay:<csv below the station folder>#<column>` plays a file on today's clock, over and over; `push:<id>` waits for readings over
    HTTP; `mqtt:<topic>` or `mqtt:<topic>#<key>` reads a JSON payload; `pms5003:<device>`, `sds011:<device>` read a serial port;
    `sps30:<bus>`, `scd4x:<bus>`, `bme280:<bus>@<address>`, `bme680:<bus>@<address>` an I²C bus, as `bme280:/dev/i2c-1@0x76`."""


class Environment(Part):
    """How the air is judged."""

    index: Literal["us_epa", "hj_633", "european"] = "us_epa"
    """The published index that the station speaks of: the US EPA's AQI (2024), China's HJ 633-2026, the European AQI (2024)."""
    discovery: Annotated[str, Field(min_length=1, pattern=r"^[^+#\x00]+$")] | None = None
    """Prefix below which the sensors are announced to Home Assistant, as homeassistant; unset, they are not. It needs `topic`."""
    topic: Annotated[str, Field(min_length=1, pattern=r"^[^+#\x00]+$")] | None = None
    """Topic below which readings are published to the broker, as station/air; unset, none is."""


    @model_validator(mode="after")
    def _announced_sensors_are_told(self) -> Self:
        if self.discovery is not None and self.topic is None:
            raise ValueError("discovery needs environment.topic, below which the readings are published")
        return self


class Rise(Part):
    """A value that climbs."""

    by: Annotated[float, Field(gt=0)]
    """So much, in the sensor's unit, …"""
    within_s: Seconds
    """… in so many seconds."""


class RuleAlert(Part):
    """What is told while a rule holds, in the words of CAP 1.2."""

    life_safety: bool = False
    """It takes over every screen and the loudspeaker at once, and stays until it is cleared."""
    staff: bool = False
    """It is for staff only (`GET /v1/alerts`); travellers are not shown it. CAP's scope Restricted."""
    category: Literal["Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"]
    urgency: Literal["Immediate", "Expected", "Future", "Past", "Unknown"] = "Immediate"
    severity: Literal["Extreme", "Severe", "Moderate", "Minor", "Unknown"] = "Moderate"
    certainty: Literal["Observed", "Likely", "Possible", "Unlikely", "Unknown"] = "Observed"
    response: Literal["Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"] = "Monitor"
    """CAP's responseType. `Evacuate` shows the way out."""
    event: Localised
    """What it is, in two or three words."""
    headline: Localised
    """The sentence that is shown large and said."""
    instruction: Localised = Field(default_factory=dict)
    """What to do."""

    @model_validator(mode="after")
    def _danger_is_for_everybody(self) -> Self:
        if self.staff and self.life_safety:
            raise ValueError("an alert for life and safety is for everybody: write life_safety or staff")
        return self


class Rule(Part):
    """When readings are worth an alert. Exactly one of `above`, `below`, `rise` is set."""

    id: Id
    sensors: Annotated[list[str], Field(min_length=1)]
    """Ids of the sensors it watches; each is judged by itself."""
    above: Number | None = None
    """It holds for values above this, in the sensors' unit …"""
    below: Number | None = None
    """… or below this …"""
    rise: Rise | None = None
    """… or that climb so fast."""
    hold_s: Annotated[float, Field(ge=0, le=86_400)] = 0.0
    """Seconds for which it has to hold without a break before it is told."""
    clear: Number | None = None
    """The value that has to be reached for the end, on the safe side of the threshold; unset, the threshold itself."""
    clear_s: Annotated[float, Field(ge=0, le=86_400)] = 60.0
    """Seconds on the safe side before the end is told."""
    confirm: Annotated[int, Field(ge=1, le=100)] = 1
    """So many of the sensors have to agree …"""
    confirm_s: Seconds = 60.0
    """… within so many seconds of each other."""
    hours: str | None = None
    """When it counts, in OpenStreetMap's `opening_hours` syntax; unset, always."""
    latch: bool = False
    """It stays until somebody with a token ends it."""
    alert: RuleAlert

    @model_validator(mode="after")
    def _one_condition(self) -> Self:
        if sum(one is not None for one in (self.above, self.below, self.rise)) != 1:
            raise ValueError("write exactly one of above, below and rise")
        return self


class Sender(Part):
    """Somebody whose warnings are taken in."""

    sender: Annotated[str, Field(pattern=r"^[^\s,<&]{1,200}$")]
    """The `sender` of its CAP messages."""
    name: Localised
    """Who that is, for travellers."""
    token: str | None = None
    """Name of the token by which it may POST to `/v1/alerts`."""
    topic: Annotated[str, Field(pattern=r"^[^+#\x00]+$")] | None = None
    """Topic of the broker from which its messages are taken; who else may publish there is the broker's to forbid."""
    folder: bool = False
    """Whether its messages are taken from `alerts.folder`."""
    life_safety: bool = False
    """Whether its warnings may take over every screen."""


class Alerts(Part):
    """Warnings: who may send them, and where they go. The kiosk is no certified fire or voice-alarm system."""

    sender: Annotated[str, Field(pattern=r"^[^\s,<&]{1,200}$")] | None = None
    """The `sender` of this kiosk's own CAP messages; unset, the kiosk's id."""
    senders: list[Sender] = Field(default_factory=list)
    topic: Annotated[str, Field(min_length=1, pattern=r"^[^+#\x00]+$")] | None = None
    """Topic below which the station's kiosks share their alerts (retained), as station/alerts; unset, they do not."""
    folder: Path | None = None
    """Folder from which CAP files are taken, each once; unset, none."""
    kiosks: list[str] = Field(default_factory=list)
    """Ids of the other kiosks whose alerts for life and safety count as such here; those of others are shown as banners."""
    stale_s: Annotated[float, Field(gt=0, le=2_592_000)] = 86_400.0
    """Messages that were sent longer ago are refused."""
    loudspeaker: Literal["auto", "none"] = "auto"
    """What says life-safety alerts aloud: `auto` takes the machine's sound card, the page where there is none; `none` always the page."""
    device: Annotated[str, Field(pattern=r"^[A-Za-z0-9_:=,.-]{1,64}$")] = "default"
    """The ALSA device of the loudspeaker."""
