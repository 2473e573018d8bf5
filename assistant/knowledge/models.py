"""Values the knowledge room hands out. Times are aware, in the feed's time zone; texts are in the language asked for."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Mode = Literal["tram", "metro", "rail", "bus", "ferry", "cable", "gondola", "funicular", "trolleybus", "monorail", "other"]
"""What runs on a line (`route_type`)."""
WayMode = Literal["walkway", "stairs", "moving_walkway", "escalator", "lift", "fare_gate", "exit_gate"]
"""How one walks a way (`pathway_mode` 1 to 7, in order)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The row a fact comes from."""

    kind: Literal["gtfs", "realtime", "station", "sensor", "record"]
    table: str
    key: str
    """Primary key of the row, its parts joined by "|"."""
    as_of: str
    """Feed version or ISO time of the data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """The trip that a train goes on as: travellers stay aboard."""

    trip_id: str
    line: str
    route_id: str
    headsign: str
    source: Source


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
    """"on_time" where realtime is within a minute of the timetable, else "delayed" (early too: the planned time no longer holds)."""
    arrival: datetime | None = None
    """At the destination asked for, as expected where that is known."""
    arrival_source: Source | None = None
    """The row of that arrival."""
    trip_name: str | None = None
    """What travellers call the train itself, as "IC 101" (`trip_short_name`)."""
    scheduled_platform: str | None = None
    """The timetable's, where realtime names another one."""
    headway_s: int | None = None
    """Seconds between trains where the feed promises no exact times (`frequencies.txt`); "about every" is then all that is known."""
    onward: tuple[Onward, ...] = ()
    """What the train goes on as before it gets to the destination asked for; it is no change."""
    skipped: bool = False
    """The train runs, but does not call here: "cancelled" for whoever waits here."""
    source: Source
    live: Source | None = None
    """The realtime row behind `expected`, `status` and a changed platform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A station or a lone stop, as travellers know it (never a platform, entrance or node)."""

    id: str
    name: str
    latitude: float | None = None
    longitude: float | None = None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A train's call at a stop. Times are None where it does not take people on, or lets nobody out."""

    stop: Stop
    stop_id: str
    """Of the platform."""
    platform: str | None
    arrival: datetime | None
    departure: datetime | None
    expected_arrival: datetime | None = None
    expected_departure: datetime | None = None
    status: Literal["scheduled", "on_time", "delayed", "cancelled", "skipped"] = "scheduled"
    source: Source
    live: Source | None = None
    """The realtime row behind what is expected, cancelled or skipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Train:
    """One trip on one service day, with all it calls at."""

    trip_id: str
    name: str | None
    """`trip_short_name`."""
    line: str
    route_id: str
    headsign: str
    day: date
    """Service day: times may reach into the day after."""
    calls: tuple[Call, ...]
    step_free: bool | None
    """`wheelchair_accessible`."""
    headway_s: int | None = None
    """Seconds between trains where the feed promises no exact times: all times are then only about so."""
    onward: Onward | None = None
    """What the train goes on as at its last stop; travellers stay aboard."""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A part of a journey: a ride without leaving the train, or a walk to another platform."""

    kind: Literal["ride", "walk"]
    start: Stop
    goal: Stop
    start_id: str
    """Of the platform."""
    goal_id: str
    start_platform: str | None
    goal_platform: str | None
    departure: datetime
    arrival: datetime
    trip_ids: tuple[str, ...] = ()
    """More than one where the train goes on as another trip; none for a walk."""
    trip_name: str | None = None
    route_id: str | None = None
    line: str | None = None
    headsign: str | None = None
    stops: int = 0
    """Calls between boarding and alighting."""
    headway_s: int | None = None
    """Seconds between trains where the feed promises no exact times; the times then count a wait of that length."""
    step_free: bool | None = None
    """`wheelchair_accessible` of the trip."""
    expected: bool = False
    """True where realtime says when the train leaves; `departure` is then the expected time."""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A way from one station to another by train."""

    legs: tuple[Leg, ...]
    departure: datetime
    """When the traveller has to be at the first stop: before the wait for a train that has no exact times."""
    arrival: datetime
    changes: int
    """Trains boarded after the first one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One way of an indoor route, from one node to the next that matters."""

    mode: WayMode
    start_id: str
    goal_id: str
    """GTFS stop or place ids."""
    goal_name: str | None
    """What the goal is called, where it is a platform, an entrance or a place; None for a mere node."""
    sign: str | None
    """What signs along the way say, in the language asked for where the feed has it."""
    level: str | None
    """`level_id` of the goal."""
    level_name: str | None
    levels: float
    """Change of `level_index`: above 0 goes up."""
    metres: float | None
    seconds: int
    stairs: int | None
    """Steps of a stair, below 0 down; None where nobody counted them."""
    bearing: float | None = None
    """Degrees clockwise from north; None where the data tells no direction."""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A way through the station."""

    start_id: str
    start_name: str
    goal_id: str
    goal_name: str
    goal_platform: str | None = None
    """Code of the platform it leads to, where the station has one of this code only."""
    steps: tuple[Step, ...]
    metres: float | None
    """None where a part of the way has no known length."""
    seconds: int
    cost: float = 0.0
    """Seconds as people weigh them: stairs and escalators count more."""
    step_free: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A lift, an escalator or a gate that cannot be used now."""

    id: str
    targets: tuple[str, ...]
    """Ids of pathways, stops (nodes, platforms), facilities or places that are out."""
    reason: str
    since: datetime
    until: datetime | None
    """None: until it is taken back."""
    origin: Literal["realtime", "mqtt", "api"]
    reasons: tuple[tuple[str, str], ...] = ()
    """Language and reason, where somebody wrote it for travellers; `reason` is for staff."""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAlert:
    """An alert of the operator about lines, stops or trips (GTFS-Realtime `Alert`)."""

    id: str
    header: str
    description: str
    effect: str
    """GTFS-Realtime `Effect`, such as SIGNIFICANT_DELAYS."""
    routes: tuple[str, ...]
    stops: tuple[str, ...]
    trips: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Fare:
    """A price of `fare_attributes.txt` (fares v1)."""

    fare_id: str
    price: Decimal
    currency: str
    """ISO 4217."""
    on_board: bool
    transfers: int | None
    """Changes allowed; None for any number."""
    valid_s: int | None
    """Seconds for which changes are allowed."""
    routes: tuple[str, ...] = ()
    """`route_id` of the direct rides it covers; none where it covers any."""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A route, by the name people use."""

    id: str
    name: str
    long_name: str
    mode: Mode
    colour: str | None
    """Six hex digits, no #."""
    text_colour: str | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What the station file says of a topic, word by word."""

    text: str
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
    """When the timetable holds; both days are `date.min` where the feed has none."""

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
