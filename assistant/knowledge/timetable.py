"""Departures of service days: calendars, days of 23 to 30 hours, and trains that really take people along."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from math import ceil
from typing import NamedTuple
from zoneinfo import ZoneInfo

from assistant.knowledge.models import Departure, Onward, Source
from assistant.knowledge.names import pick
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


class Timetable:
    """Asks the store for one service day after the other."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.zone = ZoneInfo(store.meta["timezone"])
        self._latest_s = int(store.meta["latest_s"])
        self._version = store.meta["version"]
        self._through = Through(store)
        self._patterns = lru_cache(512)(self._find_patterns)

    def departures(
        self, *, station: int, at: datetime, destination: int | None, line: int | None, platform: str | None, limit: int,
        until: datetime | None, language: str,
    ) -> list[Departure]:
        """The next departures from `at` on, in order of time."""
        wanted = Wanted(station, destination, line, platform, limit, language)
        found: list[Departure] = []
        end = until or at + timedelta(days=HORIZON_DAYS)
        first = at.astimezone(self.zone).date() - timedelta(days=self._latest_s // DAY_S)
        for index in range((end.astimezone(self.zone).date() - first).days + 1):
            day = first + timedelta(days=index)
            if len(found) >= limit and found[limit - 1].scheduled <= service_day_origin(day, self.zone):
                break
            found += self._of_day(day, wanted, at, end)
            found.sort(key=lambda departure: departure.scheduled.timestamp())  # the clock's hands go back once a year
        return found[:limit]

    def edge(
        self, *, station: int, destination: int | None, line: int | None, day: date, latest: bool, until: datetime | None, language: str
    ) -> Departure | None:
        """The first departure of a service day, or the latest one of it (not after `until`); the latter may be on the day after."""
        origin = service_day_origin(day, self.zone)
        end = until or origin + timedelta(seconds=self._latest_s)
        found = self._of_day(day, Wanted(station, destination, line, None, 1, language), origin, end, latest_first=latest)
        return found[0] if found else None

    def _of_day(self, day: date, wanted: Wanted, at: datetime, end: datetime, *, latest_first: bool = False) -> list[Departure]:
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
        return self._first(calls, origin, wanted, services)

    def _first(self, calls: Iterator[Boarding], origin: datetime, wanted: Wanted, services: str) -> list[Departure]:
        found: list[Departure] = []
        for call in calls:
            reached: tuple[int | None, tuple[TripRow, ...]] | None = (None, ())
            if wanted.destination is not None:
                reached = self._through.arrival(call, wanted.station, wanted.destination, services)
            if reached is not None:
                found.append(self._departure(call, origin, *reached, wanted.language))
            if len(found) == wanted.limit:
                break
        return found

    def _departure(
        self, call: Boarding, origin: datetime, arrival_s: int | None, onward: tuple[TripRow, ...], language: str
    ) -> Departure:
        return Departure(
            trip_id=call.trip_id, stop_id=call.stop_id, scheduled=self._moment(origin, call.departure_s), expected=None,
            line=_name(call.line_names, language), route_id=call.route_id,
            headsign=_name(call.headsign_names, language) if call.headsign_names else "", platform=call.platform, status="scheduled",
            arrival=None if arrival_s is None else self._moment(origin, arrival_s), trip_name=call.short_name, headway_s=call.headway_s,
            onward=tuple(self._onward(row, language) for row in onward),
            source=Source(kind="gtfs", table="stop_times", key=f"{call.trip_id}|{call.sequence}", as_of=self._version),
        )

    def _onward(self, row: TripRow, language: str) -> Onward:
        return Onward(
            trip_id=row.trip_id, route_id=row.route_id, line=_name(row.line_names, language),
            headsign=_name(row.headsign_names, language) if row.headsign_names else "",
            source=Source(kind="gtfs", table="trips", key=row.trip_id, as_of=self._version),
        )

    def _moment(self, origin: datetime, seconds: int) -> datetime:
        return (origin + timedelta(seconds=seconds)).astimezone(self.zone)

    def _find_patterns(self, station: int, destination: int | None, line: int | None) -> str:
        return json.dumps(self._through.patterns(station, destination, line))


def service_day_origin(day: date, zone: ZoneInfo) -> datetime:
    """Second 0 of a service day, in UTC: noon minus twelve hours, which is not midnight where the clocks change."""
    return datetime.combine(day, time(12), zone).astimezone(UTC) - timedelta(hours=12)


@lru_cache(4096)
def _name(names: str, language: str) -> str:
    return pick(json.loads(names), language)
