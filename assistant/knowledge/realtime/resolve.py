"""Finds the trips that updates speak of, on their service day, and works out what becomes of each call.

An update that fits no trip, no day or no stop, or says what no train can do, is left out whole and counted: never a wrong time.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.knowledge.realtime.delays import Expected, Planned, expect
from assistant.knowledge.realtime.models import Feed, StopUpdate, TripUpdate, Unusable
from assistant.knowledge.realtime.stated import Stated, date_of
from assistant.knowledge.realtime.trips import LiveCall, LiveTrip, live_trip
from assistant.knowledge.store.live import Live, TimedCall

DAYS_AROUND = 2
"""A trip runs on one of so many days before or after the update."""
AHEAD_S = 120
"""How far a feed's clock may run ahead of ours."""
OLD_S = 3600
"""A trip that nobody has measured for so long is not known any more."""


class Resolver:
    """One feed over one imported timetable."""

    def __init__(self, rows: Live, services: Callable[[date], str], zone: ZoneInfo, moment: int) -> None:
        self._rows, self._services, self._zone, self._moment = rows, services, zone, moment
        self._running: dict[date, frozenset[int]] = {}
        self._added = 0
        self.dropped: Counter[str] = Counter()

    def trips(self, feed: Feed) -> list[LiveTrip]:
        """Every trip that can be made out; of two updates of one trip the one measured last."""
        updates = feed.updates
        self._timetable = self._rows.trips({update.trip_id for update in updates})
        named = {stop.assigned_stop_id or stop.stop_id for update in updates for stop in update.stops}
        named |= {stop.stop_id for update in updates for stop in update.stops}
        self._stops = self._rows.stops({stop_id for stop_id in named if stop_id})
        lines = self._rows.lines({update.route_id for update in updates if update.route_id})
        self._stated = Stated(self._stops, lines, self._zone, self._moment)
        found: dict[tuple[str, int, date], LiveTrip] = {}
        for update in sorted(updates, key=lambda update: update.timestamp or 0):
            try:
                trip = self._trip(update)
                found[trip.trip_id, max(trip.trip, 0), trip.day] = trip
            except Unusable as unusable:
                self.dropped[unusable.code] += 1
        return list(found.values())

    def _trip(self, update: TripUpdate) -> LiveTrip:
        if update.timestamp is not None and not -AHEAD_S <= self._moment - update.timestamp <= OLD_S:
            raise Unusable("update-out-of-time")
        if update.relationship in ("UNSCHEDULED", "DUPLICATED"):
            raise Unusable("trip-relationship-not-used")
        run, extra = self._run(update), update.relationship in ("ADDED", "NEW")
        if run is None and not extra:
            raise Unusable("trip-unknown")
        matched = {} if run is None or update.relationship in ("CANCELED", "DELETED") else self._matched(update.stops, run)
        day = None if run is None else self._day(update, run, matched)
        if run is None or day is None:
            if not extra:
                raise Unusable("trip-not-on-this-day")
            self._added += 1
            return self._stated.added(update, run, -self._added)
        if update.relationship == "REPLACEMENT":
            return self._stated.replaced(update, run, day, second_zero(day, self._zone))
        return self._changed(update, run, day, matched)

    def _run(self, update: TripUpdate) -> list[TimedCall] | None:
        """The trip's calls; the run that begins at `start_time` where the trip has several."""
        runs = list(self._timetable.get(update.trip_id, {}).values())
        if not runs:
            return None
        if any(calls[0].boarding.headway_s for calls in runs):
            raise Unusable("trip-without-exact-times")
        if len(runs) > 1:
            start = _seconds(update.start_time)
            runs = [calls for calls in runs if calls[0].boarding.departure_s == start]
        if len(runs) != 1:
            raise Unusable("run-unknown")
        return runs[0]

    def _day(self, update: TripUpdate, run: list[TimedCall], matched: Mapping[int, StopUpdate]) -> date | None:
        """The service day named, else the one on which the trip runs nearest to the update; None where it does not run."""
        if update.start_date is not None:
            day = date_of(update.start_date)
            return day if self._runs(run[0].service, day) else None
        first, last, moment = run[0], run[-1], self._moment
        for index, stop in matched.items():
            if (time := _time(stop)) is not None:
                first, last, moment = run[index], run[index], time
                break
        today = datetime.fromtimestamp(moment, self._zone).date()
        near: list[tuple[float, date]] = []
        for offset in range(-DAYS_AROUND, DAYS_AROUND + 1):
            day = today + timedelta(days=offset)
            if not self._runs(run[0].service, day):
                continue
            start = second_zero(day, self._zone)
            before, after = start + first.arrival_s - moment, moment - start - last.boarding.departure_s
            near.append((max(before, after, 0), day))
        return min(near)[1] if near else None

    def _runs(self, service: int, day: date) -> bool:
        if day not in self._running:
            self._running[day] = frozenset(json.loads(self._services(day)))
        return service in self._running[day]

    def _matched(self, stops: Sequence[StopUpdate], run: list[TimedCall]) -> dict[int, StopUpdate]:
        """Index of the call → its update. Raises Unusable where they are out of order."""
        sequences = {call.boarding.sequence: index for index, call in enumerate(run)}
        matched: dict[int, StopUpdate] = {}
        last = -1
        for stop in stops:
            index = sequences.get(stop.sequence) if stop.sequence is not None else None
            if index is None or not self._agree(run[index], stop):
                index = self._by_stop(run, stop, last)
            if index is None:
                self.dropped["stop-unknown"] += 1
                continue
            if index <= last:
                raise Unusable("stops-out-of-order")
            matched[index] = stop
            last = index
        return matched

    def _agree(self, call: TimedCall, stop: StopUpdate) -> bool:
        if stop.stop_id is None or stop.stop_id == call.boarding.stop_id:
            return True
        named = self._stops.get(stop.stop_id)
        return named is not None and named.station == call.station

    def _by_stop(self, run: list[TimedCall], stop: StopUpdate, last: int) -> int | None:
        """The next call at this stop, else at another platform of its station."""
        if stop.stop_id is None:
            return None
        later = range(last + 1, len(run))
        same = next((index for index in later if run[index].boarding.stop_id == stop.stop_id), None)
        return same if same is not None else next((index for index in later if self._agree(run[index], stop)), None)

    def _changed(self, update: TripUpdate, run: list[TimedCall], day: date, matched: Mapping[int, StopUpdate]) -> LiveTrip:
        """A trip of the timetable with its delays, or without."""
        zero = second_zero(day, self._zone)
        planned = [Planned(zero + call.arrival_s, zero + call.boarding.departure_s) for call in run]
        cancelled, deleted = update.relationship == "CANCELED", update.relationship == "DELETED"
        if not matched and not (cancelled or deleted) and update.delay is None:
            raise Unusable("update-without-news")
        expected = [Expected()] * len(run) if cancelled or deleted else expect(planned, matched, update.delay)
        calls = [
            self._call(call, plan, known, matched.get(index))
            for index, (call, plan, known) in enumerate(zip(run, planned, expected, strict=True))
        ]
        return live_trip(run[0].boarding, day, run[0].pattern, () if deleted else calls, cancelled=cancelled)

    def _call(self, call: TimedCall, plan: Planned, known: Expected, update: StopUpdate | None) -> LiveCall:
        stop_id, platform = call.boarding.stop_id, call.boarding.platform
        moved = None if update is None else self._stops.get(update.assigned_stop_id or update.stop_id or "")
        if moved is not None and moved.stop_id != stop_id and moved.kind in (0, 4) and moved.station == call.station:
            stop_id, platform = moved.stop_id, moved.platform
        return LiveCall(call.boarding, call.station, bool(call.boards), bool(call.alights), plan, known, stop_id, platform)


def second_zero(day: date, zone: ZoneInfo) -> int:
    """Second 0 of a service day, since 1970: noon minus twelve hours, which is not midnight where the clocks change."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=zone).astimezone(UTC).timestamp()) - 43_200


def _time(stop: StopUpdate) -> int | None:
    return next((event.time for event in (stop.departure, stop.arrival) if event and event.time), None)


def _seconds(text: str | None) -> int | None:
    parts = (text or "").split(":")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) <= 3 for part in parts):
        return None
    hours, minutes, seconds = map(int, parts)
    return hours * 3600 + minutes * 60 + seconds
