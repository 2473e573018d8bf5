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


class SlotValue(Wire):
    """One thing the conversation knows."""

    type: Literal[
        "origin", "destination", "stop", "line", "place", "platform", "date", "depart_at", "arrive_by", "count", "step_free", "language"
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

    kind: Literal["gtfs", "station", "sensor", "record"]
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
    arrival: datetime | None = None
    colour: str | None = None
    text_colour: str | None = None
    mode: str | None = None


class DeparturesCard(Wire):
    """A departures board."""

    type: Literal["departures"] = "departures"
    title: str
    departures: list[DepartureRow]


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


class AirQualityCard(Wire):
    """The air now."""

    type: Literal["air_quality"] = "air_quality"
    index: int | None
    category: Literal["good", "moderate", "sensitive", "unhealthy", "very_unhealthy", "hazardous"] | None
    label: str
    system: str
    equivalent: bool
    at: datetime
    sensors: list[SensorRow]


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


Card = Annotated[DeparturesCard | PlaceCard | AirQualityCard | ChoicesCard | TextCard, Field(discriminator="type")]


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
