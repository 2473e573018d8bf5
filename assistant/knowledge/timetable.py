"""Departures of service days: calendars, days of 23 to 30 hours, and trains that really take people along."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from math import ceil
from zoneinfo import ZoneInfo

from assistant.knowledge.models import Departure, Source
from assistant.knowledge.names import pick
from assistant.knowledge.store import Boarding, Store

DAY_S = 86_400
HORIZON_DAYS = 7
"""How far ahead the next train is looked for."""


class Timetable:
    """Asks the store for one service day after the other."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.zone = ZoneInfo(store.meta["timezone"])
        self._latest_s = int(store.meta["latest_s"])
        self._version = store.meta["version"]
        self._patterns = lru_cache(512)(self._find_patterns)

    def departures(
        self, *, station: int, at: datetime, destination: int | None, line: int | None, platform: str | None, limit: int,
        until: datetime | None, language: str,
    ) -> list[Departure]:
        """The next departures from `at` on, in order of time."""
        patterns = None if destination is None and line is None else self._patterns(station, destination, line)
        if patterns == "[]":
            return []
        found: list[Departure] = []
        end = until or at + timedelta(days=HORIZON_DAYS)
        first = at.astimezone(self.zone).date() - timedelta(days=self._latest_s // DAY_S)
        for index in range((end.astimezone(self.zone).date() - first).days + 1):
            origin = service_day_origin(first + timedelta(days=index), self.zone)
            if len(found) >= limit and found[limit - 1].scheduled <= origin:
                break
            calls = self._calls(first + timedelta(days=index), origin, at, end, station, patterns, platform)
            found += self._first(calls, origin, destination, limit, language)
            found.sort(key=lambda departure: departure.scheduled.timestamp())  # the clock's hands go back once a year
        return found[:limit]

    def _calls(
        self, day: date, origin: datetime, at: datetime, end: datetime, station: int, patterns: str | None, platform: str | None
    ) -> Iterator[Boarding]:
        since = max(0, ceil((at - origin).total_seconds()))
        until = int((end - origin).total_seconds())
        services = self._store.services(day)
        if services == "[]" or since > self._latest_s:
            return iter(())
        return self._store.boardings(
            station=station, since_s=since, until_s=until, services=services, patterns=patterns, platform=platform
        )

    def _first(
        self, calls: Iterator[Boarding], origin: datetime, destination: int | None, limit: int, language: str
    ) -> list[Departure]:
        found: list[Departure] = []
        for call in calls:
            arrival = None if destination is None else self._store.arrival(call.trip, call.sequence, destination)
            if destination is not None and arrival is None:
                continue
            found.append(self._departure(call, origin, arrival, language))
            if len(found) == limit:
                break
        return found

    def _departure(self, call: Boarding, origin: datetime, arrival_s: int | None, language: str) -> Departure:
        return Departure(
            trip_id=call.trip_id, stop_id=call.stop_id, scheduled=self._moment(origin, call.departure_s), expected=None,
            line=_name(call.line_names, language), route_id=call.route_id,
            headsign=_name(call.headsign_names, language) if call.headsign_names else "", platform=call.platform, status="scheduled",
            arrival=None if arrival_s is None else self._moment(origin, arrival_s), headway_s=call.headway_s,
            source=Source(kind="gtfs", table="stop_times", key=f"{call.trip_id}|{call.sequence}", as_of=self._version),
        )

    def _moment(self, origin: datetime, seconds: int) -> datetime:
        return (origin + timedelta(seconds=seconds)).astimezone(self.zone)

    def _find_patterns(self, station: int, destination: int | None, line: int | None) -> str:
        return json.dumps(self._store.patterns(station, destination=destination, line=line))


def service_day_origin(day: date, zone: ZoneInfo) -> datetime:
    """Second 0 of a service day, in UTC: noon minus twelve hours, which is not midnight where the clocks change."""
    return datetime.combine(day, time(12), zone).astimezone(UTC) - timedelta(hours=12)


@lru_cache(4096)
def _name(names: str, language: str) -> str:
    return pick(json.loads(names), language)
