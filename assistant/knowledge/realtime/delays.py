"""From the updates of single stops to the times of a whole trip.

As the GTFS-Realtime reference has it (trip-updates, "Stop Time Updates"): a time goes before a delay; a delay holds for all stops after
it until another one, or NO_DATA, is given; a skipped stop does not end it; a departure without a time of its own is as late as the
arrival. What comes before the first update is not known.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.knowledge.realtime.models import Event, StopUpdate, Unusable

LATE_S = 6 * 3600
"""A longer delay is a mistake of the feed, not a train to wait for."""
EARLY_S = 15 * 60
"""No train runs this far ahead of its timetable."""


class Planned(NamedTuple):
    """The timetable's arrival and departure at a stop."""

    arrival: int
    departure: int


class Expected(NamedTuple):
    """What is known of a call: None where nothing is."""

    arrival: int | None = None
    departure: int | None = None
    skipped: bool = False


def expect(planned: Sequence[Planned], updates: Mapping[int, StopUpdate], delay: int | None) -> list[Expected]:
    """The times of each call; `updates` are by index of the call, `delay` is that of the whole trip. Raises Unusable."""
    known: list[Expected] = []
    explicit: list[Expected] = []
    for index, plan in enumerate(planned):
        update = updates.get(index)
        given = Expected() if update is None else _given(plan, update)
        explicit.append(given)
        if update is not None and update.relationship in ("NO_DATA", "UNSCHEDULED"):
            delay = None
            known.append(Expected())
        elif given.skipped:
            known.append(given)
        else:
            known.append(_carried(plan, given, delay))
            if (departure := known[-1].departure) is not None:
                delay = departure - plan.departure
    _check(planned, explicit)
    return _capped(known, explicit)


def _given(plan: Planned, update: StopUpdate) -> Expected:
    if update.relationship != "SCHEDULED":
        return Expected(skipped=update.relationship == "SKIPPED")
    return Expected(_moment(plan.arrival, update.arrival), _moment(plan.departure, update.departure))


def _moment(planned: int, event: Event | None) -> int | None:
    if event is None:
        return None
    return event.time if event.time is not None else planned + (event.delay or 0)


def _carried(plan: Planned, given: Expected, delay: int | None) -> Expected:
    arrival, departure = given.arrival, given.departure
    if departure is None:
        late = arrival - plan.arrival if arrival is not None else delay
        departure = None if late is None else plan.departure + late
    if arrival is None and delay is not None:
        arrival = min(plan.arrival + delay, departure if departure is not None else plan.arrival + delay)
    return Expected(arrival, departure)


def _check(planned: Sequence[Planned], explicit: Sequence[Expected]) -> None:
    """Raises Unusable where the feed's own times run back, or are too far from the timetable's."""
    last = None
    for plan, given in zip(planned, explicit, strict=True):
        for moment, scheduled in ((given.arrival, plan.arrival), (given.departure, plan.departure)):
            if moment is None:
                continue
            if not -EARLY_S <= moment - scheduled <= LATE_S:
                raise Unusable("delay-unbelievable")
            if last is not None and moment < last:
                raise Unusable("times-run-back")
            last = moment


def _capped(known: Sequence[Expected], explicit: Sequence[Expected]) -> list[Expected]:
    """A carried time after the next one that the feed gives is no time: nothing is known then."""
    ceiling = None
    capped: list[Expected] = []
    for one, given in zip(reversed(known), reversed(explicit), strict=True):
        departure = one.departure if ceiling is None or one.departure is None or one.departure <= ceiling else None
        ceiling = given.departure if given.departure is not None else ceiling
        arrival = one.arrival if ceiling is None or one.arrival is None or one.arrival <= ceiling else None
        ceiling = given.arrival if given.arrival is not None else ceiling
        capped.append(Expected(arrival, departure, one.skipped))
    return capped[::-1]
