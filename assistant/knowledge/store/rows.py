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
