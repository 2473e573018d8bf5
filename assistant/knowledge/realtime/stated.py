"""Trains that are not in the timetable of their day, or run another way: what the feed states is all that is known."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from assistant.knowledge.realtime.delays import EARLY_S, LATE_S, Expected, Planned
from assistant.knowledge.realtime.models import Event, StopUpdate, TripUpdate, Unusable
from assistant.knowledge.realtime.trips import LiveCall, LiveTrip, live_trip
from assistant.knowledge.store.live import LiveStop, TimedCall
from assistant.knowledge.store.rows import Boarding

BACK_S = 86_400
AHEAD_S = 2 * 86_400
"""An added train starts within these bounds around the feed's time."""


class Stated:
    """Makes trips from updates alone."""

    def __init__(self, stops: Mapping[str, LiveStop], lines: Mapping[str, str], zone: ZoneInfo, moment: int) -> None:
        self._stops, self._lines, self._zone, self._moment = stops, lines, zone, moment

    def added(self, update: TripUpdate, like: list[TimedCall] | None, trip: int) -> LiveTrip:
        """A train that the timetable of its day has not; `like` is the trip of another day that it is named for. Raises Unusable."""
        calls = self._calls(update, like, trip, {})
        day = date_of(update.start_date) if update.start_date else datetime.fromtimestamp(_due(calls[0]), self._zone).date()
        return live_trip(calls[0].boarding, day, None, calls)

    def replaced(self, update: TripUpdate, run: list[TimedCall], day: date, zero: int) -> LiveTrip:
        """A trip of the timetable that runs another way; `zero` is second 0 of its day. Raises Unusable."""
        plan = {call.boarding.stop_id: Planned(zero + call.arrival_s, zero + call.boarding.departure_s) for call in run}
        return live_trip(run[0].boarding, day, None, self._calls(update, run, run[0].boarding.trip, plan))

    def _calls(self, update: TripUpdate, like: list[TimedCall] | None, trip: int, plan: Mapping[str, Planned]) -> list[LiveCall]:
        route_id = update.route_id or (like[0].boarding.route_id if like else None)
        line = self._lines.get(route_id or "") or (like[0].boarding.line_names if like else None)
        if route_id is None or line is None:
            raise Unusable("added-trip-without-line")
        known = self._known(update)
        goal = json.dumps({"": update.headsign}) if update.headsign else known[-1][1].names
        name = update.short_name or (like[0].boarding.short_name if like else None)
        calls: list[LiveCall] = []
        for number, (stop, at) in enumerate(known):
            boarding = Boarding(
                trip, number, 0, update.trip_id, route_id, at.stop_id, line, json.dumps({"": stop.headsign}) if stop.headsign else goal,
                at.platform, None, name,
            )  # fmt: skip
            calls.append(LiveCall(
                boarding, at.station or 0, stop.boards and number < len(known) - 1, stop.alights and number > 0,
                plan.get(at.stop_id) or _plan(stop), _expected(stop), at.stop_id, at.platform,
            ))  # fmt: skip
        self._check(calls)
        return calls

    def _known(self, update: TripUpdate) -> list[tuple[StopUpdate, LiveStop]]:
        """Where it stops. Raises Unusable unless every stop is one of the timetable's."""
        stated = [stop for stop in update.stops if stop.relationship == "SCHEDULED"]
        at = [self._stops.get(stop.assigned_stop_id or stop.stop_id or "") for stop in stated]
        known = [(stop, here) for stop, here in zip(stated, at, strict=True) if here is not None and here.station is not None]
        if len(known) < 2 or len(known) < len(stated):
            raise Unusable("added-trip-at-unknown-stops")
        return known

    def _check(self, calls: list[LiveCall]) -> None:
        moments = [moment for call in calls for moment in (call.expected.arrival, call.expected.departure) if moment is not None]
        if any(one > other for one, other in pairwise(moments)):
            raise Unusable("times-run-back")
        if not -BACK_S <= moments[0] - self._moment <= AHEAD_S:
            raise Unusable("delay-unbelievable")
        for call in calls:
            if call.planned is not None and not -EARLY_S <= _due(call) - call.planned.departure <= LATE_S:
                raise Unusable("delay-unbelievable")


def date_of(text: str) -> date:
    """A day as GTFS writes it. Raises Unusable."""
    try:
        if len(text) != 8 or not text.isdecimal() or not "1970" <= text[:4] <= "2200":
            raise ValueError
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise Unusable("start-date-broken") from None


def _expected(stop: StopUpdate) -> Expected:
    arrival, departure = (event.time if event else None for event in (stop.arrival, stop.departure))
    if arrival is None and departure is None:
        raise Unusable("added-trip-without-times")
    return Expected(arrival if arrival is not None else departure, departure if departure is not None else arrival)


def _plan(stop: StopUpdate) -> Planned | None:
    """The planned times of a train outside the timetable, where the feed states them."""
    arrival, departure = _scheduled(stop.arrival), _scheduled(stop.departure)
    if arrival is None and departure is None:
        return None
    return Planned(arrival if arrival is not None else departure or 0, departure if departure is not None else arrival or 0)


def _scheduled(event: Event | None) -> int | None:
    if event is None or event.scheduled is not None:
        return event.scheduled if event else None
    return event.time - event.delay if event.time is not None and event.delay is not None else None


def _due(call: LiveCall) -> int:
    return call.expected.departure or call.expected.arrival or 0
