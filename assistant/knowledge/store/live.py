"""Reads what GTFS-Realtime speaks of: trips with every call, and stops."""

import json
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from assistant.knowledge.store.database import Database
from assistant.knowledge.store.rows import Boarding


class TimedCall(NamedTuple):
    """A call of a trip, with all that a departure of it needs."""

    boarding: Boarding
    station: int
    arrival_s: int
    boards: int
    alights: int
    service: int
    pattern: int


class LiveStop(NamedTuple):
    """A stop that a feed names."""

    stop_id: str
    station: int | None
    kind: int
    """`location_type`."""
    platform: str | None
    names: str


class Live:
    """Rows of one imported database by the ids of its feed."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.members = lru_cache(64)(self._members)

    def trips(self, trip_ids: set[str]) -> dict[str, dict[int, list[TimedCall]]]:
        """Trip id → its runs (more than one where `frequencies.txt` repeats it) → their calls in order."""
        rows = self._db.execute(
            """SELECT calls.trip, calls.sequence, calls.departure_s, trips.trip_id, trips.route_id, stops.stop_id, lines.names,
              headsigns.names, coalesce(stops.platform, calls.track), trips.headway_s, trips.short_name,
              calls.station, calls.arrival_s, calls.boards, calls.alights, trips.service, trips.pattern
            FROM trips CROSS JOIN stop_times calls ON calls.trip = trips.id
            CROSS JOIN stops ON stops.id = calls.stop
            CROSS JOIN patterns ON patterns.id = trips.pattern
            CROSS JOIN lines ON lines.id = patterns.line
            LEFT JOIN headsigns ON headsigns.id = coalesce(calls.headsign, trips.headsign)
            WHERE trips.trip_id IN (SELECT value FROM json_each(?)) ORDER BY calls.trip, calls.sequence""",
            (json.dumps(sorted(trip_ids)),),
        )
        found: dict[str, dict[int, list[TimedCall]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            found[row[3]][row[0]].append(TimedCall(Boarding(*row[:11]), *row[11:]))
        return found

    def stops(self, stop_ids: set[str]) -> dict[str, LiveStop]:
        """Stops of these ids; their names are those of the station."""
        rows = self._db.execute(
            """SELECT stops.stop_id, stops.station, stops.kind, stops.platform, coalesce(stations.names, stops.names)
            FROM stops LEFT JOIN stations ON stations.id = stops.station WHERE stops.stop_id IN (SELECT value FROM json_each(?))""",
            (json.dumps(sorted(stop_ids)),),
        )
        return {row[0]: LiveStop(*row) for row in rows}

    def lines(self, route_ids: set[str]) -> dict[str, str]:
        """Route id → names of its line."""
        rows = self._db.execute(
            """SELECT routes.route_id, names FROM routes JOIN lines ON lines.id = routes.line
            WHERE routes.route_id IN (SELECT value FROM json_each(?))""",
            (json.dumps(sorted(route_ids)),),
        )
        return dict(rows)

    def pathways(self, pathway_ids: set[str]) -> set[str]:
        """Those of these ids that are pathways."""
        rows = self._db.execute(
            "SELECT pathway_id FROM pathways WHERE pathway_id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(pathway_ids)),)
        )
        return {row[0] for row in rows}

    def _members(self, station: int) -> frozenset[str]:
        """Ids of a station and of all its parts."""
        return frozenset(row[0] for row in self._db.execute("SELECT stop_id FROM stops WHERE station = ?", (station,)))
