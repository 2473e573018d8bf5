"""Writes trips and their calls, trip by trip as `stop_times.txt` has them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat

from assistant.errors import StationError
from assistant.knowledge.imports.calls import FILE, REMEMBERED, CallReader, Calls, Row, by_trip
from assistant.knowledge.imports.feed import Feed, Table
from assistant.knowledge.imports.frequencies import read_frequencies
from assistant.knowledge.imports.headsigns import Headsigns
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.stops import ImportedStop, stop_names
from assistant.knowledge.imports.translations import Translations
from assistant.knowledge.store import Builder, StagedTrip

BATCH = 5_000
EVERY = 100_000


class TimetableImport:
    """Streams `stop_times.txt` into the database: a trip is written when its rows end, and forgotten.

    A feed in which the rows of one trip are not together is sorted by trip on disk first.
    """

    def __init__(
        self, feed: Feed, builder: Builder, translations: Translations, headsigns: Headsigns, stops: dict[str, ImportedStop],
        notices: Notices, progress: Callable[[str], None],
    ) -> None:
        self._feed, self._builder, self._translations, self._headsigns = feed, builder, translations, headsigns
        self._notices, self._progress = notices, progress
        self._numbers = {stop.stop_id: stop.id for stop in stops.values() if stop.station}
        self._stations = {stop.id: stop.station or 0 for stop in stops.values()}
        self._names = {stop.id: stop_names(stop, translations) for stop in stops.values() if stop.station == stop.id}
        self._frequencies = read_frequencies(feed, notices)
        self._call_headsign = lru_cache(REMEMBERED)(self._find_call_headsign)

    def run(self) -> int:
        """Writes everything; returns the latest second of a service day. Raises StationError."""
        self._progress(f"reading {FILE}")
        with self._feed.table("stop_times", ("trip_id", "stop_id", "stop_sequence")) as table:
            done = self._read(table, table)
        if not done:
            self._progress(f"sorting {FILE}")
            self._builder.clear_timetable()
            with self._feed.table("stop_times") as table:
                at = table.index("trip_id")
                self._read(table, self._builder.sorted_by_trip(_stripped(table, at), table.width, at))
        if not self._trips:
            raise StationError("stop_times.txt has no trip that can be used", code="feed-empty", hint="see the notices of `station check`")
        return self._latest_s

    def _read(self, table: Table, rows: Iterable[Row]) -> bool:
        """Reads the rows once; False where a trip comes back after its end."""
        self._patterns: dict[tuple[int, tuple[int, ...]], int] = {}
        self._pattern_trips: list[int] = []
        self._trips = self._latest_s = 0
        seen, notices = bytearray(self._builder.staged_trips() + 1), Notices()
        reader, batch = CallReader(table, self._numbers, notices), Batch(self._builder, self._progress)
        for trip_id, group in by_trip(rows, table.index("trip_id")):
            trip = self._builder.staged_trip(trip_id)
            if trip is None:
                unknown, line = "a call's trip_id is in no usable row of trips.txt", int(group[0][-1])
                notices.warning("call-trip-unknown", unknown, file=FILE, line=line, count=len(group))
                continue
            if seen[trip.id]:
                return False
            seen[trip.id] = 1
            if calls := reader.read(group):
                self._add(trip, calls, batch)
        batch.write()
        self._write_patterns()
        self._notices.add_all(notices)
        return True

    def _add(self, trip: StagedTrip, calls: Calls, batch: "Batch") -> None:
        stations = tuple(map(self._stations.__getitem__, calls.stops))
        headsign = trip.headsign or self._headsigns.of_names(self._names[stations[-1]])
        tracks = list(map(_track, calls.tracks))
        headsigns = self._call_headsigns(trip.trip_id, calls)
        for start_s, headway_s in self._runs(trip.trip_id, calls.departures[0]):
            self._trips += 1
            arrivals, departures = calls.shifted(start_s - calls.departures[0])
            self._latest_s = max(self._latest_s, departures[-1])
            batch.add(
                (
                    self._trips, trip.trip_id, trip.route_id, trip.service, self._pattern(trip.line, stations), headsign, headway_s,
                    trip.short_name, trip.step_free, trip.bikes,
                ),
                zip(
                    repeat(self._trips), calls.sequences, calls.stops, stations, arrivals, departures, calls.boards, calls.alights,
                    tracks, headsigns, strict=False,
                ),
            )

    def _runs(self, trip_id: str, start_s: int) -> Iterator[tuple[int, int | None]]:
        """Start of each run of a trip, and the headway where its times are not exact."""
        if trip_id not in self._frequencies:
            yield start_s, None
        for window in self._frequencies.get(trip_id, ()):
            yield from window.runs()

    def _pattern(self, line: int, stations: tuple[int, ...]) -> int:
        number = self._patterns.setdefault((line, stations), len(self._patterns))
        if number == len(self._pattern_trips):
            self._pattern_trips.append(0)
        self._pattern_trips[number] += 1
        return number

    def _call_headsigns(self, trip_id: str, calls: Calls) -> Sequence[int | None]:
        if self._translations.by_record("stop_times", "stop_headsign"):
            each = zip(calls.headsigns, calls.sequences, strict=True)
            return [self._headsigns.number("stop_times", "stop_headsign", text.strip(), trip_id, str(number)) for text, number in each]
        return list(map(self._call_headsign, calls.headsigns))

    def _find_call_headsign(self, text: str) -> int | None:
        return self._headsigns.number("stop_times", "stop_headsign", text.strip(), "")

    def _write_patterns(self) -> None:
        self._builder.insert(
            "patterns", ((number, line, self._pattern_trips[number]) for (line, _), number in self._patterns.items()), 3
        )
        self._builder.insert(
            "pattern_stations",
            ((station, number, at) for (_, stations), number in self._patterns.items() for at, station in enumerate(stations)), 3,
        )


class Batch:
    """Trips and calls on their way into the database, a bounded number at a time."""

    def __init__(self, builder: Builder, progress: Callable[[str], None]) -> None:
        self._builder, self._progress = builder, progress
        self._trips: list[tuple[object, ...]] = []
        self._calls: list[tuple[object, ...]] = []
        self._written = 0

    def add(self, trip: tuple[object, ...], calls: Iterable[tuple[object, ...]]) -> None:
        """Takes a trip with its calls."""
        self._trips.append(trip)
        self._calls.extend(calls)
        if len(self._calls) >= BATCH:
            self.write()

    def write(self) -> None:
        """Writes what was taken."""
        before = self._written // EVERY
        self._builder.insert("trips", self._trips, 10)
        self._builder.insert("stop_times", self._calls, 10)
        self._written += len(self._calls)
        self._trips.clear()
        self._calls.clear()
        if self._written // EVERY > before:
            self._progress(f"{FILE}: {self._written:,} rows")


@lru_cache(REMEMBERED)
def _track(text: str) -> str | None:
    """A `track` that names one: some feeds write "BUS" there."""
    track = text.strip()
    return track if any(map(str.isdigit, track)) or len(track) in (1, 2) else None


def _stripped(rows: Iterable[Row], at: int) -> Iterator[Row]:
    for row in rows:
        yield [*row[:at], row[at].strip(), *row[at + 1 :]]
