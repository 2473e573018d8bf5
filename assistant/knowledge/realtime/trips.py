"""Trips as they run now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from assistant.knowledge.realtime.delays import Expected, Planned
from assistant.knowledge.store.rows import Boarding

ON_TIME_S = 60


class LiveCall(NamedTuple):
    """A call with what realtime says of it."""

    boarding: Boarding
    """The timetable's; for a train that is not in it, made up from the feed."""
    station: int
    boards: bool
    alights: bool
    planned: Planned | None
    """None for a call that is not in the timetable."""
    expected: Expected
    stop_id: str
    """Where the train stops now."""
    platform: str | None

    @property
    def due(self) -> int | None:
        """When it leaves, as far as is known."""
        if self.expected.departure is not None:
            return self.expected.departure
        return None if self.planned is None else self.planned.departure


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveTrip:
    """A trip on a service day, as it runs now."""

    trip: int
    """Number of the timetable's trip; below 0 where it has none."""
    trip_id: str
    route_id: str
    day: date
    pattern: int | None
    cancelled: bool = False
    calls: tuple[LiveCall, ...] = ()
    """None for a trip that is not to be shown at all."""

    def at(self, sequence: int) -> LiveCall | None:
        """The call of a `stop_sequence` of the timetable."""
        return next((call for call in self.calls if call.boarding.sequence == sequence), None)

    def reaches(self, station: int, *, after: int) -> tuple[int, LiveCall] | None:
        """When and at which call it lets people out at a station after this `stop_sequence`, as far as is known; None where it does not."""
        for call in self.calls:
            if call.station == station and call.boarding.sequence > after and call.alights and not call.expected.skipped:
                moment = call.expected.arrival or (call.planned.arrival if call.planned else call.expected.departure)
                return None if moment is None else (moment, call)
        return None


def status(trip: LiveTrip, call: LiveCall) -> Literal["scheduled", "on_time", "delayed", "cancelled"]:
    """How a departure is doing: "delayed" wherever its planned time no longer holds, within a minute."""
    if trip.cancelled or call.expected.skipped:
        return "cancelled"
    if call.expected.departure is None:
        return "scheduled"
    return "on_time" if call.planned is None or abs(call.expected.departure - call.planned.departure) <= ON_TIME_S else "delayed"


def live_trip(boarding: Boarding, day: date, pattern: int | None, calls: Sequence[LiveCall], *, cancelled: bool = False) -> LiveTrip:
    """The trip that a boarding belongs to."""
    return LiveTrip(
        trip=boarding.trip, trip_id=boarding.trip_id, route_id=boarding.route_id, day=day, pattern=pattern, cancelled=cancelled,
        calls=tuple(calls),
    )  # fmt: skip
