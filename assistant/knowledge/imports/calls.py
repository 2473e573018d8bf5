"""`stop_times.txt`, the largest table: read trip by trip, so that no more than one trip is in memory."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice, pairwise
from operator import itemgetter, le, lt
from typing import NamedTuple

from assistant.knowledge.imports.feed import Table
from assistant.knowledge.imports.notices import Notices

FILE = "stop_times.txt"
TIME = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)")
MISSING = -1
MOST_CALLS = 10_000
"""Calls of one trip; more is no trip."""
MOST_SEQUENCE = 2**31
REMEMBERED = 20_000
PLAIN = frozenset({"", "0", "2", "3"})
"""`pickup_type` and `drop_off_type` of a call that can be used, be it after a phone call or a word with the driver."""
FLAGS = PLAIN | {"1"}
Row = Sequence[str]


class Calls(NamedTuple):
    """The calls of one trip, column by column."""

    sequences: list[int]
    stops: list[int]
    arrivals: list[int]
    """Seconds of the service day."""
    departures: list[int]
    boards: list[int]
    alights: list[int]
    tracks: Sequence[str]
    headsigns: Sequence[str]

    def shifted(self, seconds: int) -> tuple[list[int], list[int]]:
        """Arrivals and departures of a run that starts later."""
        if not seconds:
            return self.arrivals, self.departures
        return [arrival + seconds for arrival in self.arrivals], [departure + seconds for departure in self.departures]


class Times(dict[str, int]):
    """Seconds of a time as GTFS writes it; remembers, because a day has few different ones. Raises ValueError."""

    def __missing__(self, text: str) -> int:
        found = TIME.fullmatch(text.strip())
        if found is None and text.strip():
            raise ValueError("no time")
        seconds = int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3]) if found else MISSING
        if len(self) < REMEMBERED:
            self[text] = seconds
        return seconds


class _LeftOutError(Exception):
    """A trip cannot be used: why, and the line of the first row that shows it."""

    def __init__(self, code: str, why: str, row: Row) -> None:
        super().__init__(code)
        self.code, self.why, self.line = code, why, int(row[-1])


def by_trip(rows: Iterable[Row], trip_at: int) -> Iterator[tuple[str, list[Row]]]:
    """Rows that follow each other and are of one trip, one row more than a trip may have at most."""
    for trip_id, group in groupby(rows, itemgetter(trip_at)):
        yield trip_id.strip(), list(islice(group, MOST_CALLS + 1))


class CallReader:
    """Makes the calls of a trip of its rows. A trip with a call that cannot be trusted is left out whole."""

    def __init__(self, table: Table, stops: dict[str, int], notices: Notices) -> None:
        at = table.index
        self._stop_at, self._sequence_at = at("stop_id"), at("stop_sequence")
        self._arrival_at, self._departure_at = at("arrival_time"), at("departure_time")
        self._pickup_at, self._drop_off_at = at("pickup_type"), at("drop_off_type")
        self._track_at, self._headsign_at = at("track"), at("stop_headsign")
        self._stops, self._times, self._notices = stops, Times(), notices

    def read(self, rows: list[Row]) -> Calls | None:
        """The calls of one trip in order, times filled in where the feed leaves them open."""
        try:
            return self._read(rows)
        except _LeftOutError as error:
            self._notices.warning(error.code, f"{error.why}; the trip was left out", file=FILE, line=error.line)
            return None

    def _read(self, rows: list[Row]) -> Calls:
        if len(rows) > MOST_CALLS:
            raise _LeftOutError("trip-long", f"a trip has more than {MOST_CALLS:,} calls", rows[0])
        try:
            calls = self._columns(rows)
        except (ValueError, KeyError):
            rows = [[text.strip() for text in row] for row in rows]
            if broken := next((row for row in rows if not self._fine(row)), None):
                why = "a call has a time that is none, a stop_id that is no stop, or a broken number"
                raise _LeftOutError("call-broken", why, broken) from None
            calls = self._columns(rows)
        if not all(map(lt, calls.sequences, calls.sequences[1:])):
            order = sorted(range(len(rows)), key=calls.sequences.__getitem__)
            if any(calls.sequences[one] == calls.sequences[other] for one, other in pairwise(order)):
                raise _LeftOutError("call-repeated", "a trip has two calls of one stop_sequence", rows[0])
            return self._read([rows[index] for index in order])
        if len(rows) < 2:
            raise _LeftOutError("trip-short", "a trip has less than two calls", rows[0])
        if not _fill(calls.arrivals, calls.departures):
            raise _LeftOutError("trip-times", "a trip lacks times at its ends, or goes back in time", rows[0])
        calls.boards[-1] = calls.alights[0] = 0
        return calls

    def _columns(self, rows: list[Row]) -> Calls:
        columns = list(zip(*rows, strict=True))
        sequences = list(map(int, columns[self._sequence_at]))
        if min(sequences) < 0 or max(sequences) >= MOST_SEQUENCE:
            raise ValueError("no sequence")
        times = self._times.__getitem__
        return Calls(
            sequences=sequences, stops=list(map(self._stops.__getitem__, columns[self._stop_at])),
            arrivals=list(map(times, columns[self._arrival_at])), departures=list(map(times, columns[self._departure_at])),
            boards=_allowed(columns[self._pickup_at]), alights=_allowed(columns[self._drop_off_at]),
            tracks=columns[self._track_at], headsigns=columns[self._headsign_at],
        )

    def _fine(self, row: Row) -> bool:
        try:
            self._columns([row])
        except (ValueError, KeyError):
            return False
        return True


def _allowed(flags: Sequence[str]) -> list[int]:
    kinds = set(flags)
    if kinds <= PLAIN:
        return [1] * len(flags)
    if not kinds <= FLAGS:
        raise ValueError("no pickup_type")
    return [int(flag != "1") for flag in flags]


def _fill(arrivals: list[int], departures: list[int]) -> bool:
    """Fills in times that are missing: between two known ones they are spread evenly. False where the ends are open or time runs back."""
    if MISSING in chain(arrivals, departures):
        for index, (arrival, departure) in enumerate(zip(arrivals, departures, strict=True)):
            arrivals[index] = departure if arrival < 0 else arrival
            departures[index] = arrival if departure < 0 else departure
        if departures[0] < 0 or arrivals[-1] < 0:
            return False
        known = [index for index, departure in enumerate(departures) if departure >= 0]
        for left, right in pairwise(known):
            start, step = departures[left], (arrivals[right] - departures[left]) / (right - left)
            for index in range(left + 1, right):
                arrivals[index] = departures[index] = int(start + step * (index - left))
    return all(map(le, arrivals, departures)) and all(map(le, departures, arrivals[1:]))
