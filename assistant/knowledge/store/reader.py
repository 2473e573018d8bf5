"""Reads an imported database."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant.knowledge.store.database import Database
from assistant.knowledge.store.fares import Fares
from assistant.knowledge.store.journeys import JourneyRows
from assistant.knowledge.store.live import Live
from assistant.knowledge.store.rows import Boarding, LevelRow, LineRow, NodeRow, PathwayRow, StationRow, StopRow
from assistant.knowledge.store.trips import Trips

FEW_TRIPS = 100
"""Trips of a day that are looked into one by one."""


class Store:
    """Reads one imported database; it never changes, so every thread may read it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = Database(path)
        self.meta: dict[str, str] = dict(self._db.execute("SELECT key, value FROM meta"))
        self.services = lru_cache(64)(self._services)
        self.trips = Trips(self._db)
        self.live = Live(self._db)
        self.fares = Fares(self._db)
        self.journeys = JourneyRows(self._db)

    def close(self) -> None:
        """Lets go of the file; happens by itself when nobody holds this any more."""
        self._db.close()

    def stations(self) -> list[StationRow]:
        """Every station and lone stop."""
        return [StationRow(*row) for row in self._db.execute("SELECT id, stop_id, names, latitude, longitude FROM stations ORDER BY id")]

    def station_of(self, stop_id: str) -> int | None:
        """Number of the station that a stop, platform or entrance belongs to."""
        row = self._db.execute("SELECT station FROM stops WHERE stop_id = ?", (stop_id,)).fetchone()
        return row[0] if row else None

    def stop(self, stop_id: str) -> StopRow | None:
        """One row of `stops.txt`."""
        return next(self._stops("stop_id = ?", (stop_id,)), None)

    def entrances(self, station: int) -> list[StopRow]:
        """Entrances and exits of a station."""
        return list(self._stops("station = ? AND kind = 2", (station,)))

    def levels(self) -> dict[str, str]:
        """Level id → names."""
        return dict(self._db.execute("SELECT level_id, names FROM levels"))

    def spoken_names(self) -> list[tuple[str, str, str]]:
        """Language, name as it is written, name as it is said (`tts_stop_name`)."""
        return list(self._db.execute("SELECT language, written, said FROM spoken_names"))

    def level_rows(self) -> list[LevelRow]:
        """Every level of the feed."""
        return [LevelRow(*row) for row in self._db.execute("SELECT level_id, number, names FROM levels")]

    def nodes(self, station: int) -> list[NodeRow]:
        """Stops that are an end of a pathway, and all that belong to a station."""
        rows = self._db.execute(
            """SELECT id, stop_id, station, kind, names, description, platform, level, latitude, longitude, step_free, parent FROM stops
            WHERE id IN (SELECT start FROM pathways UNION SELECT goal FROM pathways) OR station = ? ORDER BY id""",
            (station,),
        )
        return [NodeRow(*row) for row in rows]

    def pathways(self) -> list[PathwayRow]:
        """Every way of the feed."""
        rows = self._db.execute(
            """SELECT pathway_id, start, goal, mode, both_ways, metres, seconds, steps, slope, width_m, sign, back_sign, facility
            FROM pathways ORDER BY id"""
        )
        return [PathwayRow(*row) for row in rows]

    def lines(self) -> list[LineRow]:
        """Every line, in the feed's order."""
        rows = self._db.execute("SELECT id, route_id, names, long_names, mode, colour, text_colour FROM lines ORDER BY rank, id")
        return [LineRow(*row) for row in rows]

    def routes(self) -> dict[str, int]:
        """Route id → number of its line."""
        return dict(self._db.execute("SELECT route_id, line FROM routes"))

    def patterns(self, station: int, *, destination: int | None = None, line: int | None = None) -> list[int]:
        """Patterns that call at `station` and go on, those of `line` only, those that reach `destination` later only."""
        rows = self._db.execute(
            """SELECT DISTINCT here.pattern FROM pattern_stations here JOIN patterns ON patterns.id = here.pattern
            WHERE here.station = :station AND (:line IS NULL OR patterns.line = :line) AND EXISTS (
              SELECT 1 FROM pattern_stations later WHERE later.pattern = here.pattern AND later.position > here.position
              AND (:destination IS NULL OR later.station = :destination))""",
            {"station": station, "line": line, "destination": destination},
        )
        return [row[0] for row in rows]

    def lines_of(self, station: int) -> set[int]:
        """Lines that can be boarded at a station."""
        patterns = json.dumps(self.patterns(station))
        rows = self._db.execute("SELECT DISTINCT line FROM patterns WHERE id IN (SELECT value FROM json_each(?))", (patterns,))
        return {row[0] for row in rows}

    def destinations(self, station: int) -> list[int]:
        """Stations reached without a change, the most served first."""
        rows = self._db.execute(
            """SELECT later.station FROM pattern_stations here
            JOIN pattern_stations later ON later.pattern = here.pattern AND later.position > here.position
            JOIN patterns ON patterns.id = here.pattern
            WHERE here.station = :station AND later.station <> :station GROUP BY later.station
            ORDER BY sum(patterns.trips) DESC,
            (SELECT sum(p.trips) FROM pattern_stations s JOIN patterns p ON p.id = s.pattern WHERE s.station = later.station) DESC""",
            {"station": station},
        )
        return [row[0] for row in rows]

    def boardings(
        self, *, station: int, since_s: int, until_s: int, services: str, patterns: str | None, platform: str | None,
        latest_first: bool = False,
    ) -> Iterator[Boarding]:
        """Boardings of one service day in order of time; services and patterns are JSON lists."""
        order = "DESC" if latest_first else "ASC"
        narrow = "AND trips.pattern IN (SELECT value FROM json_each(:patterns))" if patterns is not None else ""
        narrow += " AND lower(coalesce(stops.platform, calls.track)) = :platform" if platform is not None else ""
        by_time = "stop_times calls INDEXED BY boardings CROSS JOIN trips ON trips.id = calls.trip"
        by_trip = "trips CROSS JOIN stop_times calls ON calls.trip = trips.id"
        few = patterns is not None and self._few(services, patterns)
        here = "+calls.station" if few else "calls.station"  # + : not by the index of boardings again
        rows = self._db.execute(
            f"""SELECT calls.trip, calls.sequence, calls.departure_s, trips.trip_id, trips.route_id, stops.stop_id, lines.names,
              headsigns.names, coalesce(stops.platform, calls.track), trips.headway_s, trips.short_name
            FROM {by_trip if few else by_time}
            CROSS JOIN stops ON stops.id = calls.stop
            CROSS JOIN patterns ON patterns.id = trips.pattern
            CROSS JOIN lines ON lines.id = patterns.line
            LEFT JOIN headsigns ON headsigns.id = coalesce(calls.headsign, trips.headsign)
            WHERE calls.boards = 1 AND {here} = :station AND calls.departure_s BETWEEN :since AND :until
            AND trips.service IN (SELECT value FROM json_each(:services)) {narrow}
            ORDER BY calls.departure_s {order}""",  # noqa: S608
            {"station": station, "since": since_s, "until": until_s, "services": services, "patterns": patterns, "platform": platform},
        )
        with closing(rows):
            for row in rows:
                yield Boarding(*row)

    def _few(self, services: str, patterns: str) -> bool:
        """Whether it is less work to look into these trips than to go through a station's boardings of all trips."""
        row = self._db.execute(
            """SELECT count(*) FROM (SELECT 1 FROM trips WHERE service IN (SELECT value FROM json_each(?))
            AND pattern IN (SELECT value FROM json_each(?)) LIMIT ?)""",
            (services, patterns, FEW_TRIPS + 1),
        ).fetchone()
        return int(row[0]) <= FEW_TRIPS

    def arrival(self, trip: int, sequence: int, station: int) -> tuple[int, int] | None:
        """Second of the service day at which a trip, boarded at `sequence`, lets people out at `station`, and the sequence of that call."""
        row: tuple[int, int] | None = self._db.execute(
            """SELECT arrival_s, sequence FROM stop_times WHERE trip = ? AND sequence > ? AND station = ? AND alights = 1
            ORDER BY sequence LIMIT 1""",
            (trip, sequence, station),
        ).fetchone()
        return row

    def first_call(self, trip: int, *, destination: int, boarded: int) -> tuple[int, int, int] | None:
        """Station, arrival and sequence of the first call of a trip that lets people out at `destination`, or comes back to `boarded`."""
        row: tuple[int, int, int] | None = self._db.execute(
            """SELECT station, arrival_s, sequence FROM stop_times WHERE trip = ? AND (station = ? AND alights = 1 OR station = ?)
            ORDER BY sequence LIMIT 1""",
            (trip, destination, boarded),
        ).fetchone()
        return row

    def _services(self, day: date) -> str:
        """JSON list of the services that run on a day."""
        number = day.year * 10000 + day.month * 100 + day.day
        rows = self._db.execute(
            """SELECT service FROM calendar WHERE first <= :day AND last >= :day AND days & :bit
            EXCEPT SELECT service FROM exceptions WHERE day = :day AND runs = 0
            UNION SELECT service FROM exceptions WHERE day = :day AND runs = 1""",
            {"day": number, "bit": 1 << day.weekday()},
        )
        return json.dumps([row[0] for row in rows])

    def _stops(self, where: str, values: tuple[object, ...]) -> Iterator[StopRow]:
        rows = self._db.execute(
            f"SELECT stop_id, names, description, level, latitude, longitude, step_free FROM stops WHERE {where} ORDER BY id",  # noqa: S608
            values,
        )
        return (StopRow(*row) for row in rows)

