"""Single trains: their calls, the days they run on, and the first and the last of a service day."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.knowledge.models import Call, Onward, Source, Stop, Train
from assistant.knowledge.names import pick
from assistant.knowledge.store import Store
from assistant.knowledge.store.rows import CallRow, TripRow
from assistant.knowledge.timetable import service_day_origin


class Trains:
    """Asks one imported feed for single trains."""

    def __init__(self, store: Store, home: int, stop: Callable[[int, str], Stop], zone: ZoneInfo) -> None:
        """`stop` gives the station of a number in a language."""
        self._store, self._home, self._stop, self._zone = store, home, stop, zone

    def train(self, trip_id: str, day: date, language: str, at: datetime | None) -> Train | None:
        """A trip on a service day, or None where it does not run; `at` tells trains of a repeated trip apart."""
        rows = self._running(self._store.trips.of_id(trip_id), day)
        if not rows:
            return None
        row = rows[0]
        if at is not None and len(rows) > 1:
            here = next((call for call in self._store.trips.calls(row.id) if call.station == self._home), None)
            offset = here.departure_s - row.start_s if here else 0
            row = min(rows, key=lambda run: abs((self._moment(day, run.start_s + offset) - at).total_seconds()))
        return self._train(row, day, language)

    def named(self, name: str, day: date, language: str) -> list[Train]:
        """Trains that travellers call `name` and that run on a service day."""
        return [self._train(row, day, language) for row in self._running(self._store.trips.named(name), day)]

    def ids(self, name: str) -> list[str]:
        """Trips that travellers call `name`, on whatever day."""
        return list(dict.fromkeys(row.trip_id for row in self._store.trips.named(name)))

    def runs(self, trip_id: str, day: date) -> bool:
        """Whether a trip runs on a service day."""
        return bool(self._running(self._store.trips.of_id(trip_id), day))

    def running_days(self, trip_ids: Iterable[str], first: date, last: date) -> list[date]:
        """The service days from `first` to `last` on which any of these trips runs."""
        numbers = {row.service for trip_id in trip_ids for row in self._store.trips.of_id(trip_id)}
        services = self._store.trips.services(numbers)
        days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
        return [day for day in days if any(service.runs(day) for service in services)]

    def _running(self, rows: list[TripRow], day: date) -> list[TripRow]:
        services = set(json.loads(self._store.services(day)))
        return [row for row in rows if row.service in services]

    def _train(self, row: TripRow, day: date, language: str) -> Train:
        calls = self._store.trips.calls(row.id)
        following = self._store.trips.goes_on_as(row.id, self._store.services(day))
        return Train(
            trip_id=row.trip_id, name=row.short_name, line=_name(row.line_names, language), route_id=row.route_id,
            headsign=_name(row.headsign_names, language), day=day, calls=tuple(self._call(row, call, day, language) for call in calls),
            step_free=None if row.step_free is None else bool(row.step_free), headway_s=row.headway_s,
            onward=None if following is None else Onward(
                trip_id=following.trip_id, line=_name(following.line_names, language), route_id=following.route_id,
                headsign=_name(following.headsign_names, language), source=self._source("trips", following.trip_id),
            ),
            source=self._source("trips", row.trip_id),
        )  # fmt: skip

    def _call(self, trip: TripRow, call: CallRow, day: date, language: str) -> Call:
        return Call(
            stop=self._stop(call.station, language), stop_id=call.stop_id, platform=call.platform,
            arrival=self._moment(day, call.arrival_s) if call.alights else None,
            departure=self._moment(day, call.departure_s) if call.boards else None,
            source=self._source("stop_times", f"{trip.trip_id}|{call.sequence}"),
        )

    def _moment(self, day: date, seconds: int) -> datetime:
        return (service_day_origin(day, self._zone) + timedelta(seconds=seconds)).astimezone(self._zone)

    def _source(self, table: str, key: str) -> Source:
        return Source(kind="gtfs", table=table, key=key, as_of=self._store.meta["version"])


def _name(names: str | None, language: str) -> str:
    return pick(json.loads(names), language) if names else ""
