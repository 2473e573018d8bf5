"""Departures of service days: calendars, days of 23 to 30 hours, and trains that really take people along."""

import json
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from math import ceil
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from assistant.knowledge.models import Departure, Onward, Source
from assistant.knowledge.names import pick
from assistant.knowledge.realtime.overlay import NOTHING, Snapshot
from assistant.knowledge.realtime.trips import LiveCall, LiveTrip, status
from assistant.knowledge.store import Boarding, Store
from assistant.knowledge.store.rows import TripRow
from assistant.knowledge.through import Through

DAY_S = 86_400
HORIZON_DAYS = 7
"""How far ahead the next train is looked for."""


class Wanted(NamedTuple):
    """What a departure has to be; numbers are those of the store."""

    station: int
    destination: int | None
    line: int | None
    platform: str | None
    limit: int
    language: str


class Reached(NamedTuple):
    """When a train gets to the destination, the row that says so, and what it goes on as until then; nothing where none was asked for."""

    arrival: datetime | None = None
    source: Source | None = None
    onward: tuple[TripRow, ...] = ()

    @property
    def live(self) -> bool:
        """Whether realtime says when."""
        return self.source is not None and self.source.kind == "realtime"


class Timetable:
    """Asks the store for one service day after the other, and realtime for what it knows of a trip."""

    def __init__(self, store: Store, live: Callable[[], Snapshot] = lambda: NOTHING) -> None:
        self._store, self._live = store, live
        self.zone = ZoneInfo(store.meta["timezone"])
        self._latest_s = int(store.meta["latest_s"])
        self._version = store.meta["version"]
        self._through = Through(store)
        self._patterns = lru_cache(512)(self._find_patterns)
        self._reaching = lru_cache(512)(lambda station, destination: frozenset(json.loads(self._patterns(station, destination, None))))

    def departures(
        self, *, station: int, at: datetime, destination: int | None, line: int | None, platform: str | None, limit: int,
        until: datetime | None, language: str,
    ) -> list[Departure]:
        """The next departures from `at` on, in the order they are expected in; cancelled ones where they would have been."""
        wanted, live = Wanted(station, destination, line, platform, limit, language), self._live()
        end = until or at + timedelta(days=HORIZON_DAYS)
        found = self._expected(live, wanted, at, end)
        first = at.astimezone(self.zone).date() - timedelta(days=self._latest_s // DAY_S)
        for index in range((end.astimezone(self.zone).date() - first).days + 1):
            day = first + timedelta(days=index)
            if len(found) >= limit:
                end = min(end, due(found[limit - 1]).astimezone(UTC))
            if end < service_day_origin(day, self.zone):
                break
            found += self._of_day(day, wanted, at, end, live, hide=True)
            found.sort(key=lambda departure: due(departure).timestamp())  # the clock's hands go back once a year
        return found[:limit]

    def edge(
        self, *, station: int, destination: int | None, line: int | None, day: date, latest: bool, until: datetime | None, language: str
    ) -> Departure | None:
        """The first departure of a service day, or the latest one of it (not after `until`); the latter may be on the day after."""
        origin = service_day_origin(day, self.zone)
        end = until or origin + timedelta(seconds=self._latest_s)
        wanted = Wanted(station, destination, line, None, 1, language)
        found = self._of_day(day, wanted, origin, end, self._live(), latest_first=latest)
        return found[0] if found else None

    def _of_day(
        self, day: date, wanted: Wanted, at: datetime, end: datetime, live: Snapshot, *, hide: bool = False, latest_first: bool = False
    ) -> list[Departure]:
        """The first departures of a service day by the timetable; trips that realtime knows are left out with `hide`."""
        origin, services = service_day_origin(day, self.zone), self._store.services(day)
        since = max(0, ceil((at - origin).total_seconds()))
        if services == "[]" or since > self._latest_s:
            return []
        patterns = None
        if wanted.destination is not None or wanted.line is not None:
            patterns = self._patterns(wanted.station, wanted.destination, wanted.line)
            if patterns == "[]":
                return []
        calls = self._store.boardings(
            station=wanted.station, since_s=since, until_s=int((end - origin).total_seconds()), services=services, patterns=patterns,
            platform=wanted.platform, latest_first=latest_first,
        )
        found: list[Departure] = []
        for call in calls:
            trip = live.trips.get((call.trip, day)) if live.trips else None
            departure = None
            if trip is None:
                reached = self._reached(call, day, wanted, live)
                departure = reached and self._departure(call, self._moment(origin, call.departure_s), reached, wanted.language)
            elif not hide and not trip.cancelled and (now := trip.at(call.sequence)) is not None and not now.expected.skipped:
                departure = self._live_departure(live, trip, now, wanted)
            if departure:
                found.append(departure)
            if len(found) == wanted.limit:
                break
        return found

    def _expected(self, live: Snapshot, wanted: Wanted, at: datetime, end: datetime) -> list[Departure]:
        """The first departures of the trips that realtime knows, by the time they are expected at."""
        known, until = live.at.get(wanted.station, ()), end.timestamp()
        found: list[Departure] = []
        for index in range(bisect_left(known, at.timestamp(), key=itemgetter(0)), len(known)):
            moment, trip, call = known[index]
            if moment > until or len(found) == wanted.limit:
                break
            if self._fits(trip, call, wanted) and (departure := self._live_departure(live, trip, call, wanted)):
                found.append(departure)
        return found

    def _fits(self, trip: LiveTrip, call: LiveCall, wanted: Wanted) -> bool:
        if wanted.line is not None and self._routes.get(trip.route_id) != wanted.line:
            return False
        if wanted.destination is not None and trip.pattern is not None:
            if trip.pattern not in self._reaching(wanted.station, wanted.destination):
                return False
        return wanted.platform is None or (call.platform or "").lower() == wanted.platform

    def _reached(self, call: Boarding, day: date, wanted: Wanted, live: Snapshot) -> Reached | None:
        """When the timetable has a boarded train at the destination; None where it does not get there."""
        if wanted.destination is None:
            return Reached()
        found = self._through.arrival(call, wanted.station, wanted.destination, self._store.services(day))
        if found is None:
            return None
        arrival, onward = self._moment(service_day_origin(day, self.zone), found.arrival_s), found.onward
        for row in onward:
            trip = live.trips.get((row.id, day))
            if trip is not None and (trip.cancelled or not trip.calls):
                return None
            if trip is not None and row is onward[-1]:
                goal = trip.reaches(wanted.destination, after=-1)
                return None if goal is None else self._live_arrival(live, trip, *goal, onward)
        return Reached(arrival, self._row(found.key), onward)

    def _live_arrival(self, live: Snapshot, trip: LiveTrip, moment: int, call: LiveCall, onward: tuple[TripRow, ...]) -> Reached:
        expected = call.expected.arrival is not None or call.planned is None
        source = _live_row(live, trip, call) if expected else self._row(f"{trip.trip_id}|{call.boarding.sequence}")
        return Reached(self._at(moment), source, onward)

    def _live_departure(self, live: Snapshot, trip: LiveTrip, call: LiveCall, wanted: Wanted) -> Departure | None:
        """A departure as realtime has it; None where the train does not get to the destination."""
        reached: Reached | None = Reached()
        if wanted.destination is not None:
            if any(each.station == wanted.destination for each in trip.calls):
                goal = trip.reaches(wanted.destination, after=call.boarding.sequence)
                reached = None if goal is None else self._live_arrival(live, trip, *goal, ())
            else:
                reached = None if trip.pattern is None else self._reached(call.boarding, trip.day, wanted, live)
                if reached and not reached.live and status(trip, call) == "delayed":
                    reached = Reached(onward=reached.onward)  # how late it is by then nobody says
        if reached is None:
            return None
        expected, planned = call.expected.departure, call.planned
        scheduled = planned.departure if planned is not None else expected or 0
        base = self._departure(call.boarding, self._at(scheduled), reached, wanted.language)
        row = _live_row(live, trip, call)
        moved = call.platform != base.platform
        if expected is None and not (trip.cancelled or call.expected.skipped or moved):
            return base
        return replace(
            base, expected=None if trip.cancelled or expected is None else self._at(expected), stop_id=call.stop_id,
            platform=call.platform, scheduled_platform=base.platform if moved else None, status=status(trip, call),
            skipped=call.expected.skipped, source=base.source if trip.trip > 0 else row, live=row,
        )  # fmt: skip

    def _departure(self, call: Boarding, scheduled: datetime, reached: Reached, language: str) -> Departure:
        return Departure(
            trip_id=call.trip_id, stop_id=call.stop_id, scheduled=scheduled, expected=None,
            line=_name(call.line_names, language), route_id=call.route_id,
            headsign=_name(call.headsign_names, language) if call.headsign_names else "", platform=call.platform, status="scheduled",
            arrival=reached.arrival, arrival_source=reached.source, trip_name=call.short_name, headway_s=call.headway_s,
            onward=tuple(self._onward(row, language) for row in reached.onward), source=self._row(f"{call.trip_id}|{call.sequence}"),
        )

    def _row(self, key: str) -> Source:
        return Source(kind="gtfs", table="stop_times", key=key, as_of=self._version)

    def _onward(self, row: TripRow, language: str) -> Onward:
        return Onward(
            trip_id=row.trip_id, route_id=row.route_id, line=_name(row.line_names, language),
            headsign=_name(row.headsign_names, language) if row.headsign_names else "",
            source=Source(kind="gtfs", table="trips", key=row.trip_id, as_of=self._version),
        )

    def _moment(self, origin: datetime, seconds: int) -> datetime:
        return (origin + timedelta(seconds=seconds)).astimezone(self.zone)

    def _at(self, moment: int) -> datetime:
        return datetime.fromtimestamp(moment, self.zone)

    @cached_property
    def _routes(self) -> dict[str, int]:
        return self._store.routes()

    def _find_patterns(self, station: int, destination: int | None, line: int | None) -> str:
        return json.dumps(self._through.patterns(station, destination, line))


def due(departure: Departure) -> datetime:
    """When a departure leaves, as far as is known."""
    return departure.expected or departure.scheduled


def _live_row(live: Snapshot, trip: LiveTrip, call: LiveCall) -> Source:
    return Source(kind="realtime", table="trip_updates", key=f"{trip.trip_id}|{trip.day:%Y%m%d}|{call.stop_id}", as_of=live.as_of)


def service_day_origin(day: date, zone: ZoneInfo) -> datetime:
    """Second 0 of a service day, in UTC: noon minus twelve hours, which is not midnight where the clocks change."""
    return datetime.combine(day, time(12), zone).astimezone(UTC) - timedelta(hours=12)


@lru_cache(4096)
def _name(names: str, language: str) -> str:
    return pick(json.loads(names), language)
