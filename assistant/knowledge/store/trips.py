"""Reads trips: their calls, what they go on as, and when they run."""

import json
from collections import defaultdict

from assistant.knowledge.store.database import Database
from assistant.knowledge.store.rows import CallRow, ServiceRow, TripRow

TRIP = """trips.id, trips.trip_id, trips.route_id, trips.service, trips.pattern, trips.short_name, trips.step_free, trips.headway_s,
  lines.names,
  headsigns.names, (SELECT departure_s FROM stop_times WHERE trip = trips.id ORDER BY sequence LIMIT 1)
FROM trips CROSS JOIN patterns ON patterns.id = trips.pattern CROSS JOIN lines ON lines.id = patterns.line
LEFT JOIN headsigns ON headsigns.id = trips.headsign"""


class Trips:
    """Single trips of one imported database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of_id(self, trip_id: str) -> list[TripRow]:
        """A trip in order of time; more than one where `frequencies.txt` repeats it."""
        return self._trips("trips.trip_id = ? ORDER BY 11", (trip_id,))

    def named(self, name: str) -> list[TripRow]:
        """Trips that travellers call `name`, whatever its case and spaces."""
        wanted = "".join(name.split()).lower()
        return self._trips("lower(replace(trips.short_name, ' ', '')) = ? AND trips.short_name IS NOT NULL ORDER BY 11", (wanted,))

    def calls(self, trip: int) -> list[CallRow]:
        """All calls of a trip, in order."""
        rows = self._db.execute(
            """SELECT calls.sequence, stops.stop_id, calls.station, coalesce(stops.platform, calls.track), calls.arrival_s,
              calls.departure_s, calls.boards, calls.alights
            FROM stop_times calls JOIN stops ON stops.id = calls.stop WHERE calls.trip = ? ORDER BY calls.sequence""",
            (trip,),
        )
        return [CallRow(*row) for row in rows]

    def goes_on_as(self, trip: int, services: str) -> TripRow | None:
        """The trip that a train becomes at its last stop on a day of these services (a JSON list)."""
        rows = self._trips(
            """trips.id IN (SELECT next FROM continuations WHERE trip = ?)
            AND trips.service IN (SELECT value FROM json_each(?)) ORDER BY 11 LIMIT 1""",
            (trip, services),
        )
        return rows[0] if rows else None

    def following(self) -> dict[int, set[int]]:
        """Pattern → patterns that some train of it goes on in."""
        rows = self._db.execute(
            """SELECT DISTINCT one.pattern, other.pattern FROM continuations
            CROSS JOIN trips one ON one.id = continuations.trip CROSS JOIN trips other ON other.id = continuations.next"""
        )
        found: dict[int, set[int]] = defaultdict(set)
        for one, other in rows:
            found[one].add(other)
        return dict(found)

    def reaching(self, station: int) -> set[int]:
        """Patterns that call at a station after their first call."""
        rows = self._db.execute("SELECT DISTINCT pattern FROM pattern_stations WHERE station = ? AND position > 0", (station,))
        return {row[0] for row in rows}

    def services(self, numbers: set[int]) -> list[ServiceRow]:
        """Calendars of services."""
        wanted, listed = (json.dumps(sorted(numbers)),), "service IN (SELECT value FROM json_each(?))"
        weeks = self._db.execute(f"SELECT service, days, first, last FROM calendar WHERE {listed}", wanted)  # noqa: S608
        found = {service: ServiceRow(days, first, last, {}) for service, days, first, last in weeks}
        rows = self._db.execute(f"SELECT service, day, runs FROM exceptions WHERE {listed}", wanted)  # noqa: S608
        for service, day, runs in rows:
            found.setdefault(service, ServiceRow(0, 0, 0, {})).exceptions[day] = bool(runs)
        return list(found.values())

    def _trips(self, where: str, values: tuple[object, ...]) -> list[TripRow]:
        return [TripRow(*row) for row in self._db.execute(f"SELECT {TRIP} WHERE {where}", values)]
