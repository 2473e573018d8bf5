"""Values the knowledge room hands out. Times are aware, in the feed's time zone; texts are in the language asked for."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The row a fact comes from."""

    kind: Literal["gtfs", "station", "sensor", "record"]
    table: str
    key: str
    """Primary key of the row, its parts joined by "|"."""
    as_of: str
    """Feed version or ISO time of the data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """One boarding opportunity at a stop: never a train that ends there."""

    trip_id: str
    stop_id: str
    scheduled: datetime
    expected: datetime | None
    """Realtime; None where nothing is known, and the answer then says "scheduled"."""
    line: str
    """What people call it: route_short_name, else route_long_name."""
    route_id: str
    headsign: str
    platform: str | None
    status: Literal["scheduled", "on_time", "delayed", "cancelled"]
    arrival: datetime | None = None
    """At the destination asked for."""
    headway_s: int | None = None
    """Seconds between trains where the feed promises no exact times (`frequencies.txt`); "about every" is then all that is known."""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A station or a lone stop, as travellers know it (never a platform, entrance or node)."""

    id: str
    name: str
    latitude: float | None = None
    longitude: float | None = None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A route, by the name people use."""

    id: str
    name: str
    long_name: str
    mode: Literal["tram", "metro", "rail", "bus", "ferry", "cable", "gondola", "funicular", "trolleybus", "monorail", "other"]
    colour: str | None
    """Six hex digits, no #."""
    text_colour: str | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """A facility with what is true of it now."""

    id: str
    name: str
    category: str
    level: str | None
    level_name: str | None
    where: str
    note: str
    hours: str | None
    """In `opening_hours` syntax, as written by the station."""
    open_now: bool | None
    """None where no hours are known."""
    opens_at: datetime | None
    """Next opening, where it is closed."""
    closes_at: datetime | None
    """Next closing, where it is open; None for "always open"."""
    step_free: bool | None
    phone: str | None
    metres: int | None = None
    """Walking distance from the kiosk, where known."""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a piece of text may mean."""

    kind: Literal["stop", "line", "place", "category"]
    id: str
    """GTFS or place id; for a category its word."""
    name: str
    """In the language asked for."""
    confidence: float
    """1.0 for a name or alias letter by letter (case folded), less for near ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedValidity:
    """When the timetable holds."""

    start: date
    end: date
    version: str
    imported_at: datetime
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A finding of the import or of `station check`."""

    severity: Literal["error", "warning", "info"]
    code: str
    message: str
    """What, where (file and line) and what to do."""
    file: str | None = None
    line: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did."""

    database: str
    content_hash: str
    counts: dict[str, int]
    """Rows per table."""
    notices: list[Notice] = field(default_factory=list)
    seconds: float = 0.0
    fresh: bool = True
    """False where the same content was imported before."""
