"""Rows as they are read."""

from typing import NamedTuple


class Boarding(NamedTuple):
    """A row of `stop_times` at which travellers may board, with what is known of its trip."""

    trip: int
    sequence: int
    departure_s: int
    trip_id: str
    route_id: str
    stop_id: str
    line_names: str
    headsign_names: str | None
    platform: str | None
    headway_s: int | None
    short_name: str | None


class StationRow(NamedTuple):
    """A station or lone stop, all its platforms in one."""

    id: int
    stop_id: str
    names: str
    latitude: float | None
    longitude: float | None


class LineRow(NamedTuple):
    """Routes of one public name."""

    id: int
    route_id: str
    names: str
    long_names: str
    mode: str
    colour: str | None
    text_colour: str | None


class StopRow(NamedTuple):
    """A row of `stops.txt`."""

    stop_id: str
    names: str
    description: str
    level: str | None
    latitude: float | None
    longitude: float | None
    step_free: int | None


class TripRow(NamedTuple):
    """A row of `trips`, or one run of it where `frequencies.txt` repeats it."""

    id: int
    trip_id: str
    route_id: str
    service: int
    pattern: int
    short_name: str | None
    step_free: int | None
    line_names: str
    headsign_names: str | None
    start_s: int


class CallRow(NamedTuple):
    """A row of `stop_times`."""

    sequence: int
    stop_id: str
    station: int
    platform: str | None
    arrival_s: int
    departure_s: int
    boards: int
    alights: int


class ServiceRow(NamedTuple):
    """A calendar: bit 0 of `days` is Monday, other days are numbers such as 20261123; exceptions say whether it runs."""

    days: int
    first: int
    last: int
    exceptions: dict[int, bool]


class LevelRow(NamedTuple):
    """A row of `levels.txt`."""

    level_id: str
    number: float | None
    names: str


class NodeRow(NamedTuple):
    """A row of `stops.txt` that ways lead to, or that belongs to this station."""

    id: int
    stop_id: str
    station: int | None
    kind: int
    names: str
    description: str
    platform: str | None
    level: str | None
    latitude: float | None
    longitude: float | None
    step_free: int | None
    parent: str | None


class PathwayRow(NamedTuple):
    """A row of `pathways.txt`, its length in metres."""

    pathway_id: str
    start: int
    goal: int
    mode: int
    both_ways: int
    metres: float | None
    seconds: int | None
    steps: int | None
    slope: float | None
    width_m: float | None
    sign: str | None
    back_sign: str | None
    facility: str | None
