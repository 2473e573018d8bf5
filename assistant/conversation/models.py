"""The turn as clients see it (DESIGN.md, contracts). Pydantic, because these are wire formats."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Wire(BaseModel):
    """Base of everything that crosses a wire."""

    model_config = ConfigDict(extra="forbid")


SlotText = Annotated[str, Field(max_length=200)]


class Ask(Wire):
    """A structured question: what a tile carries, and what the direct adapter answers."""

    intent: str = Field(max_length=64, pattern=r"^[a-z][a-z0-9_]*$")
    slots: dict[SlotText, SlotText] = Field(default_factory=dict, max_length=12)
    """Slot type → id (GTFS stop, route or place id, category, ISO date-time)."""


class Suggestion(Wire):
    """A tile: what it says, what is said by touching it, what it asks."""

    label: str
    say: str
    ask: Ask | None = None
    language: str | None = None
    """The language of the label, where it is another than the page's."""


class SlotValue(Wire):
    """One thing the conversation knows."""

    type: Literal[
        "origin", "destination", "stop", "line", "place", "platform", "date", "depart_at", "until", "arrive_by", "train", "count",
        "step_free", "language",
    ]
    value: str
    id: str | None = None


class Understood(Wire):
    """What was understood."""

    intent: str
    confidence: float
    slots: list[SlotValue] = []


class HeardText(Wire):
    """What was heard, for this turn only."""

    text: str
    confidence: float
    engine: str


class SourceRow(Wire):
    """The row a fact comes from."""

    kind: Literal["gtfs", "realtime", "station", "sensor", "record", "alert"]
    table: str
    key: str
    as_of: str


class DepartureRow(Wire):
    """A line of a departures board."""

    scheduled: datetime
    expected: datetime | None
    line: str
    headsign: str
    platform: str | None
    status: Literal["scheduled", "on_time", "delayed", "cancelled"]
    trip: str
    source: SourceRow
    live: SourceRow | None = None
    """The row of realtime behind `expected`, `status` and another platform; null where nothing live is known of it."""
    arrival: datetime | None = None
    colour: str | None = None
    text_colour: str | None = None
    mode: str | None = None
    trip_name: str | None = None
    """What travellers call the train itself, as "IC 101"."""
    scheduled_platform: str | None = None
    """The timetable's, where realtime names another one."""
    headway_s: int | None = None
    """Seconds between trains where the feed promises no exact times: `scheduled` is then not a time to wait for."""
    onward: str | None = None
    """What the train goes on as before the destination asked for, as its board will say: line and headsign. It is no change."""


class DeparturesCard(Wire):
    """A departures board."""

    type: Literal["departures"] = "departures"
    title: str
    departures: list[DepartureRow]


class LegRow(Wire):
    """A ride, or a walk between platforms."""

    kind: Literal["ride", "walk"]
    start: str
    goal: str
    start_platform: str | None
    goal_platform: str | None
    departure: datetime
    arrival: datetime
    line: str | None = None
    headsign: str | None = None
    trip: str | None = None
    trip_name: str | None = None
    stops: int = 0
    """Calls between boarding and alighting."""
    headway_s: int | None = None
    """Seconds between trains where the feed promises no exact times; the times then count a wait of that length."""
    colour: str | None = None
    text_colour: str | None = None
    mode: str | None = None


class JourneyRow(Wire):
    """One way to go."""

    departure: datetime
    arrival: datetime
    changes: int
    legs: list[LegRow]
    sources: list[SourceRow]


class JourneyCard(Wire):
    """Ways to go to a station."""

    type: Literal["journey"] = "journey"
    title: str
    journeys: list[JourneyRow]


class StepRow(Wire):
    """One instruction of a way through the station."""

    text: str
    mode: Literal["walkway", "stairs", "moving_walkway", "escalator", "lift", "fare_gate", "exit_gate"]
    level: str | None
    """Name of the level it leads to."""
    metres: int | None
    seconds: int


class LevelMap(Wire):
    """A drawn map of one level."""

    level: str
    name: str
    image: str
    """Address of the SVG on this machine."""
    text: str
    """What is to be seen on it, in words."""


class RouteCard(Wire):
    """A way through the station."""

    type: Literal["route"] = "route"
    title: str
    goal: str
    metres: int | None
    seconds: int
    step_free: bool
    steps: list[StepRow]
    maps: list[LevelMap] = []


class PlaceCard(Wire):
    """A facility."""

    type: Literal["place"] = "place"
    id: str
    name: str
    category: str
    level: str | None
    where: str
    hours: str | None
    hours_text: str | None
    """Hours as a person says them."""
    open_now: bool | None
    step_free: bool | None
    metres: int | None
    seconds: int | None = None
    """On foot from this kiosk."""
    note: str
    others: list[str] = []
    """Names of further places of the kind."""


class SensorRow(Wire):
    """One sensor on the air card."""

    area: str
    quantity: str
    label: str
    value: float | None
    unit: str
    silent: bool


class AirHour(Wire):
    """The air in one hour."""

    at: datetime
    """Its end."""
    value: float | None
    """The index as it was then; null where too little was measured."""
    band: int | None
    """Its range, from 1, the best, to 6."""


class AirQualityCard(Wire):
    """The air now."""

    type: Literal["air_quality"] = "air_quality"
    index: int | None
    category: str | None
    """The index's own word for its range."""
    band: int | None = None
    """That range, from 1, the best, to 6."""
    label: str
    system: str
    equivalent: bool
    at: datetime
    sensors: list[SensorRow]
    day: list[AirHour] = []
    """The last hours, 24 at most, the oldest first and the last one up to now; empty where nothing of them is known."""


class ChoicesCard(Wire):
    """Things to choose from."""

    type: Literal["choices"] = "choices"
    title: str
    choices: list[Suggestion]


class TextCard(Wire):
    """A text with lines below it."""

    type: Literal["text"] = "text"
    title: str
    lines: list[str]


Card = Annotated[
    DeparturesCard | JourneyCard | RouteCard | PlaceCard | AirQualityCard | ChoicesCard | TextCard, Field(discriminator="type")
]


class Reply(Wire):
    """One thing said: shown, spoken, drawn."""

    text: str
    speech: str
    card: Card | None = None


class Turn(Wire):
    """A question and its answer."""

    id: str
    conversation_id: str
    language: str
    heard: HeardText | None
    understood: Understood
    replies: list[Reply]
    suggestions: list[Suggestion]
    sources: list[SourceRow]
    timings_ms: dict[Literal["recognise", "understand", "answer", "synthesise", "total"], float]


class Problem(Wire):
    """RFC 9457. Never echoes input."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    errors: list[dict[str, Any]] = []
