"""Reads what journeys with changes are made of: all calls of a day, change times, and the rows of a ride."""

from collections.abc import Iterator
from contextlib import closing

from assistant.knowledge.store.database import Database
from assistant.knowledge.store.rows import LegRow, NetworkStopRow, NetworkTripRow, TransferRow

NetworkCall = tuple[int, int, int, int, int, int, int]
"""trip, sequence, stop, arrival_s, departure_s, boards, alights."""
IN = "IN (SELECT value FROM json_each(?))"


class JourneyRows:
    """Whole service days of one imported database; services are JSON lists."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def stops(self) -> list[NetworkStopRow]:
        """Every stop at which trains call."""
        rows = self._db.execute(
            """SELECT stops.id, stops.stop_id, stops.station, stops.platform, parents.id, stops.latitude, stops.longitude,
              coalesce(stops.step_free, parents.step_free)
            FROM stops LEFT JOIN stops parents ON parents.stop_id = stops.parent
            WHERE stops.id IN (SELECT DISTINCT stop FROM stop_times) ORDER BY stops.id"""
        )
        return [NetworkStopRow(*row) for row in rows]

    def transfers(self) -> list[TransferRow]:
        """Rules of `transfers.txt` about changes on foot, in the feed's order."""
        rows = self._db.execute(
            """SELECT start, goal, from_route, to_route, from_trip, to_trip, transfers.kind, seconds,
              one.stop_id || '|' || other.stop_id || '|' || coalesce(from_trip, '') || '|' || coalesce(to_trip, '')
              || '|' || coalesce(from_route, '') || '|' || coalesce(to_route, '')
            FROM transfers JOIN stops one ON one.id = start JOIN stops other ON other.id = goal
            WHERE transfers.kind < 4 ORDER BY transfers.id"""
        )
        return [TransferRow(*row) for row in rows]

    def trips(self, services: str) -> list[NetworkTripRow]:
        """Trips of a day."""
        columns = "id, trip_id, route_id, headway_s, step_free"
        rows = self._db.execute(f"SELECT {columns} FROM trips WHERE service {IN} ORDER BY id", (services,))  # noqa: S608
        return [NetworkTripRow(*row) for row in rows]

    def calls(self, services: str) -> Iterator[NetworkCall]:
        """Calls of all trips of a day, trip by trip in order."""
        rows = self._db.execute(
            f"""SELECT calls.trip, calls.sequence, calls.stop, calls.arrival_s, calls.departure_s, calls.boards, calls.alights
            FROM trips CROSS JOIN stop_times calls ON calls.trip = trips.id
            WHERE trips.service {IN} ORDER BY trips.id, calls.sequence""",  # noqa: S608
            (services,),
        )
        with closing(rows):
            yield from rows

    def continuations(self) -> list[tuple[int, int]]:
        """Trips whose train goes on as another one with everybody aboard."""
        return list(self._db.execute("SELECT trip, next FROM continuations ORDER BY trip, next"))

    def leg(self, trip: int, sequence: int) -> LegRow:
        """One call with what travellers know its trip by."""
        row = self._db.execute(
            """SELECT trips.trip_id, trips.route_id, trips.short_name, trips.step_free, trips.headway_s, lines.names, headsigns.names,
              calls.stop, coalesce(stops.platform, calls.track)
            FROM stop_times calls CROSS JOIN trips ON trips.id = calls.trip CROSS JOIN stops ON stops.id = calls.stop
            CROSS JOIN patterns ON patterns.id = trips.pattern CROSS JOIN lines ON lines.id = patterns.line
            LEFT JOIN headsigns ON headsigns.id = coalesce(calls.headsign, trips.headsign)
            WHERE calls.trip = ? AND calls.sequence = ?""",
            (trip, sequence),
        ).fetchone()
        return LegRow(*row)
