"""Rows as they are read."""

from datetime import date
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
    headway_s: int | None
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

    def runs(self, day: date) -> bool:
        """Whether it runs on a day."""
        number = day.year * 10000 + day.month * 100 + day.day
        weekly = self.first <= number <= self.last and bool(self.days & 1 << day.weekday())
        return self.exceptions.get(number, weekly)


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


class StagedTrip(NamedTuple):
    """A row of `trips.txt` whose calls are yet to come."""

    id: int
    trip_id: str
    route_id: str
    line: int
    service: int
    headsign: int | None
    short_name: str | None
    step_free: int | None
    bikes: int | None
    block: str | None


class NetworkStopRow(NamedTuple):
    """A stop at which trains call; `parent` is the number of its parent station."""

    id: int
    stop_id: str
    station: int
    platform: str | None
    parent: int | None
    latitude: float | None
    longitude: float | None
    step_free: int | None


class NetworkTripRow(NamedTuple):
    """What a trip's calls are known by in a network."""

    id: int
    trip_id: str
    route_id: str
    headway_s: int | None
    step_free: int | None


class TransferRow(NamedTuple):
    """A rule of `transfers.txt` about a change on foot; `start` and `goal` are numbers of stops or stations."""

    start: int
    goal: int
    from_route: str | None
    to_route: str | None
    from_trip: str | None
    to_trip: str | None
    kind: int
    seconds: int | None
    key: str


class LegRow(NamedTuple):
    """A call at which a ride begins or ends, and what is known of its trip."""

    trip_id: str
    route_id: str
    short_name: str | None
    step_free: int | None
    headway_s: int | None
    line_names: str
    headsign_names: str | None
    stop: int
    platform: str | None


class FareRow(NamedTuple):
    """A row of `fare_attributes.txt`."""

    fare_id: str
    price: str
    currency: str
    on_board: int
    transfers: int | None
    valid_s: int | None
    agency: str | None


class RuleRow(NamedTuple):
    """A row of `fare_rules.txt`; None holds for any."""

    fare_id: str
    route_id: str | None
    origin: str | None
    destination: str | None
    contains: str | None


class RideRow(NamedTuple):
    """A trip that stands for all of its route and pattern."""

    trip: int
    route_id: str
    agency: str | None


class TripEnds(NamedTuple):
    """Where and when a trip begins and ends; `block` is empty where it does not matter."""

    block: str
    id: int
    service: int
    start_s: int
    start_stop: int
    end_s: int
    end_stop: int
