"""Copies the timetable of a GTFS feed into a new database."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from assistant.errors import StationError
from assistant.knowledge.imports.calls import Call, Calls
from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.frequencies import Run, read_frequencies
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.pathways import import_pathways
from assistant.knowledge.imports.services import Service, parse_day, read_services, timetable_span, write_services
from assistant.knowledge.imports.stops import ImportedStop, import_levels, import_stops, stop_names
from assistant.knowledge.imports.transfers import import_transfers
from assistant.knowledge.imports.translations import Translations
from assistant.knowledge.store import Builder

REQUIRED = ("agency", "stops", "routes", "trips", "stop_times")
MODES = {
    0: "tram", 1: "metro", 2: "rail", 3: "bus", 4: "ferry", 5: "cable", 6: "gondola", 7: "funicular", 11: "trolleybus", 12: "monorail",
}
EXTENDED_MODES = {
    1: "rail", 2: "bus", 4: "metro", 5: "metro", 6: "metro", 7: "bus", 8: "trolleybus", 9: "tram", 10: "ferry", 12: "ferry", 13: "gondola",
    14: "funicular",
}
YES_NO = {"1": 1, "2": 0}
COLOUR = re.compile(r"[0-9A-Fa-f]{6}")


@dataclass(slots=True, kw_only=True)
class Trip:
    """A row of `trips.txt`, numbered."""

    trip_id: str
    route_id: str
    line: int
    service: int
    headsign: int | None
    short_name: str | None
    step_free: int | None
    bikes: int | None


class GtfsImport:
    """One pass over one feed."""

    def __init__(self, feed: Feed, builder: Builder, notices: Notices, progress: Callable[[str], None]) -> None:
        self._feed, self._builder, self._notices, self._progress = feed, builder, notices, progress
        self._headsigns: dict[str, int] = {}
        self._patterns: dict[tuple[int, tuple[int, ...]], int] = {}
        self._pattern_trips: list[int] = []
        self._latest_s = 0

    def run(self) -> dict[str, str]:
        """Copies everything and returns what is to be known of the feed as a whole. Raises StationError."""
        for name in REQUIRED:
            if name not in self._feed.tables:
                raise StationError(
                    f"{name}.txt is missing in {self._feed.path.name}", code="feed-file-missing", hint="a timetable needs agency.txt, "
                    "stops.txt, routes.txt, trips.txt, stop_times.txt and calendar.txt or calendar_dates.txt",
                )
        if not {"calendar", "calendar_dates"} & self._feed.tables:
            raise StationError(
                f"calendar.txt and calendar_dates.txt are both missing in {self._feed.path.name}", code="feed-file-missing",
                hint="without one of them no day has a train",
            )
        timezone = self._timezone()
        self._translations = Translations(self._feed, self._notices)
        import_levels(self._feed, self._builder, self._translations)
        stops = import_stops(self._feed, self._builder, self._translations, self._notices)
        import_pathways(self._feed, self._builder, self._translations, stops, self._notices)
        import_transfers(self._feed, self._builder, stops, self._notices)
        lines = self._import_routes()
        services = read_services(self._feed, self._notices)
        write_services(services, self._builder)
        self._import_calls(self._read_trips(lines, services), stops)
        return {"timezone": timezone, "latest_s": str(self._latest_s)} | self._validity(services)

    def _timezone(self) -> str:
        for line, row in self._feed.records("agency", ("agency_timezone",)):
            try:
                return ZoneInfo(row["agency_timezone"] or "none").key
            except (KeyError, ValueError, OSError):
                raise StationError(
                    f"agency.txt line {line}: agency_timezone is no time zone", code="feed-timezone", hint="it looks like Europe/London"
                ) from None
        raise StationError("agency.txt has no rows", code="feed-empty", hint="one row with agency_timezone is needed")

    def _import_routes(self) -> dict[str, int]:
        routes: dict[str, int] = {}
        lines: dict[tuple[str, str, str], int] = {}
        rows = []
        for line, row in self._feed.records("routes", ("route_id", "route_type")):
            route_id = row["route_id"]
            short, long = row.get("route_short_name", ""), row.get("route_long_name", "")
            if not route_id or route_id in routes:
                self._notices.warning("route-repeated", "a route with no id or one used before was left out", file="routes.txt", line=line)
                continue
            key = (row.get("agency_id", ""), short or long or route_id, row["route_type"])
            if key not in lines:
                lines[key] = len(lines) + 1
                field = "route_short_name" if short else "route_long_name"
                rank = row.get("route_sort_order", "")
                rows.append((
                    lines[key], route_id, self._translations.names("routes", field, route_id, key[1]),
                    self._translations.names("routes", "route_long_name", route_id, long), _mode(row["route_type"]),
                    _colour(row.get("route_color")), _colour(row.get("route_text_color")), int(rank) if rank.isdecimal() else 0,
                ))
            routes[route_id] = lines[key]
        self._builder.insert("lines", rows, 8)
        self._builder.insert("routes", routes.items(), 2)
        return routes

    def _read_trips(self, lines: dict[str, int], services: dict[str, Service]) -> dict[str, Trip]:
        trips: dict[str, Trip] = {}
        for line, row in self._feed.records("trips", ("trip_id", "route_id", "service_id")):
            route, service, trip_id = lines.get(row["route_id"]), services.get(row["service_id"]), row["trip_id"]
            if route is None:
                self._notices.warning("trip-route-unknown", "a trip's route_id is in no row of routes.txt", file="trips.txt", line=line)
            elif service is None:
                self._notices.warning("trip-service-unknown", "a trip's service_id is in no calendar", file="trips.txt", line=line)
            elif not trip_id or trip_id in trips:
                self._notices.warning("trip-repeated", "a trip with no id or one used before was left out", file="trips.txt", line=line)
            else:
                headsign = self._headsign("trips", "trip_headsign", trip_id, row.get("trip_headsign", ""))
                trips[trip_id] = Trip(
                    trip_id=trip_id, route_id=row["route_id"], line=route, service=service.id, headsign=headsign,
                    short_name=row.get("trip_short_name") or None, step_free=YES_NO.get(row.get("wheelchair_accessible", "")),
                    bikes=YES_NO.get(row.get("bikes_allowed", "")),
                )
        if not trips:
            raise StationError("trips.txt has no trip that can be used", code="feed-empty", hint="see routes.txt and calendar.txt")
        return trips

    def _import_calls(self, trips: dict[str, Trip], stops: dict[str, ImportedStop]) -> None:
        calls = Calls(self._notices)
        calls.read(
            self._feed, {trip_id: index for index, trip_id in enumerate(trips)},
            {stop.stop_id: stop.id for stop in stops.values() if stop.station}, self._progress,
        )
        self._progress("writing the timetable")
        names = {stop.id: stop_names(stop, self._translations) for stop in stops.values()}
        self._stations = {stop.id: stop.station or 0 for stop in stops.values()}
        self._call_headsigns = [self._headsign("stop_times", "stop_headsign", "", text) for text in calls.texts]
        self._tracks = [text if any(map(str.isdigit, text)) or len(text) <= 2 else None for text in calls.texts]
        rows: list[tuple[object, ...]] = []
        self._builder.insert("stop_times", self._call_rows(list(trips.values()), calls, names, rows), 10)
        if not rows:
            raise StationError("stop_times.txt has no trip that can be used", code="feed-empty", hint="see the notices of `station check`")
        self._builder.insert("trips", rows, 10)
        self._builder.insert("headsigns", ((number, text) for text, number in self._headsigns.items()), 2)
        self._builder.insert(
            "patterns", ((number, line, self._pattern_trips[number]) for (line, _), number in self._patterns.items()), 3
        )
        self._builder.insert(
            "pattern_stations",
            ((station, number, at) for (_, stations), number in self._patterns.items() for at, station in enumerate(stations)), 3,
        )

    def _call_rows(
        self, trips: list[Trip], calls: Calls, names: dict[int, str], rows: list[tuple[object, ...]]
    ) -> Iterator[tuple[object, ...]]:
        """Rows of `stop_times`; the rows of `trips` are added to `rows` on the way."""
        frequencies = read_frequencies(self._feed, self._notices)
        for index, timed in calls.trips():
            trip = trips[index]
            terminus = names[self._stations[timed[-1][1]]]
            headsign = trip.headsign or self._headsigns.setdefault(terminus, len(self._headsigns) + 1)
            for run in frequencies.get(trip.trip_id, [Run()]):
                number = len(rows) + 1
                shift = 0 if run.start_s is None else run.start_s - timed[0][3]
                pattern = self._pattern(trip.line, timed)
                rows.append((
                    number, trip.trip_id, trip.route_id, trip.service, pattern, headsign, run.headway_s, trip.short_name, trip.step_free,
                    trip.bikes,
                ))
                self._latest_s = max(self._latest_s, timed[-1][3] + shift)
                yield from self._trip_rows(number, timed, shift)

    def _trip_rows(self, number: int, timed: list[Call], shift: int) -> Iterator[tuple[object, ...]]:
        stations, tracks, headsigns = self._stations, self._tracks, self._call_headsigns
        last = timed[-1][0]
        first = timed[0][0]
        for sequence, stop, arrival, departure, flags, headsign, track in timed:
            boards = 1 if sequence != last and flags & 3 != 1 else 0
            alights = 1 if sequence != first and flags >> 2 != 1 else 0
            yield (
                number, sequence, stop, stations[stop], arrival + shift, departure + shift, boards, alights,
                None if track < 0 else tracks[track], None if headsign < 0 else headsigns[headsign],
            )

    def _pattern(self, line: int, timed: list[Call]) -> int:
        key = (line, tuple([self._stations[call[1]] for call in timed]))
        number = self._patterns.setdefault(key, len(self._patterns))
        if number == len(self._pattern_trips):
            self._pattern_trips.append(0)
        self._pattern_trips[number] += 1
        return number

    def _headsign(self, table: str, field: str, record: str, text: str) -> int | None:
        if not text:
            return None
        return self._headsigns.setdefault(self._translations.names(table, field, record, text), len(self._headsigns) + 1)

    def _validity(self, services: dict[str, Service]) -> dict[str, str]:
        span = timetable_span(services, self._builder.used_services())
        if span is None:
            raise StationError("no service with a trip runs on any day", code="feed-empty", hint="see calendar.txt and calendar_dates.txt")
        info = next((row for _, row in self._feed.records("feed_info")), {})
        stated = parse_day(info.get("feed_end_date", ""))
        if stated and stated != span[1]:
            self._notices.warning(
                "feed-info-dates", f"feed_info.txt says the feed ends on {stated}, its calendars end on {span[1]}; the calendars count",
                file="feed_info.txt",
            )
        return {"start": span[0].isoformat(), "end": span[1].isoformat(), "version": info.get("feed_version", "")}


def _mode(text: str) -> str:
    if not text.isdecimal():
        return "other"
    number = int(text)
    return MODES.get(number) or EXTENDED_MODES.get(number // 100, "other")


def _colour(text: str | None) -> str | None:
    return text.upper() if text and COLOUR.fullmatch(text) else None

