"""Reads fares v1 (`fare_attributes.txt`, `fare_rules.txt`)."""

import json
from collections.abc import Iterable

from assistant.knowledge.store.database import Database
from assistant.knowledge.store.rows import FareRow, RideRow, RuleRow


class Fares:
    """Prices of one imported database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def listed(self, fare_ids: Iterable[str]) -> list[FareRow]:
        """Fares by id, the cheapest first."""
        rows = self._db.execute(
            """SELECT fare_id, price, currency, on_board, transfers, valid_s, agency FROM fares
            WHERE fare_id IN (SELECT value FROM json_each(?)) ORDER BY cast(price AS REAL), fare_id""",
            (json.dumps(list(fare_ids)),),
        )
        return [FareRow(*row) for row in rows]

    def without_rules(self) -> list[str]:
        """Fares that hold everywhere."""
        return [row[0] for row in self._db.execute("SELECT fare_id FROM fares WHERE fare_id NOT IN (SELECT fare_id FROM fare_rules)")]

    def rules(self, origins: set[str], destinations: set[str]) -> list[RuleRow]:
        """Rules that may hold from one of the zones to another."""
        rows = self._db.execute(
            """SELECT fare_id, route_id, origin, destination, contains FROM fare_rules
            WHERE (origin IS NULL OR origin IN (SELECT value FROM json_each(?)))
            AND (destination IS NULL OR destination IN (SELECT value FROM json_each(?))) ORDER BY id""",
            (json.dumps(sorted(origins)), json.dumps(sorted(destinations))),
        )
        return [RuleRow(*row) for row in rows]

    def zones(self, station: int) -> set[str]:
        """Fare zones of a station's stops."""
        rows = self._db.execute("SELECT DISTINCT zone FROM stops WHERE station = ? AND kind = 0 AND zone IS NOT NULL", (station,))
        return {row[0] for row in rows}

    def rides(self, patterns: Iterable[int]) -> list[RideRow]:
        """One trip of each route and pattern."""
        rows = self._db.execute(
            """SELECT min(trips.id), trips.route_id, routes.agency FROM trips CROSS JOIN routes ON routes.route_id = trips.route_id
            WHERE trips.pattern IN (SELECT value FROM json_each(?)) GROUP BY trips.pattern, trips.route_id""",
            (json.dumps(list(patterns)),),
        )
        return [RideRow(*row) for row in rows]

    def zones_of(self, trip: int) -> list[tuple[int, str | None]]:
        """Station and fare zone of each call of a trip."""
        rows = self._db.execute(
            "SELECT calls.station, stops.zone FROM stop_times calls JOIN stops ON stops.id = calls.stop WHERE trip = ? ORDER BY sequence",
            (trip,),
        )
        return rows.fetchall()
