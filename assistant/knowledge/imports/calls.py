"""`stop_times.txt`, the largest table: streamed in any order into a compact form, then written trip by trip."""

import re
from array import array
from collections.abc import Callable, Iterator
from itertools import pairwise

from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices

FILE = "stop_times.txt"
TIME = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)")
MISSING = -1
EVERY = 100_000
WIDTH = 7
REMEMBERED = 20_000
COLUMNS = ("trip_id", "stop_id", "stop_sequence", "arrival_time", "departure_time")
FLAGS = {"": 0, "0": 0, "1": 1, "2": 2, "3": 3}
BROKEN = "a call has a time that is none, a stop_id that is no stop, or a broken number; its trip was left out"
Call = tuple[int, int, int, int, int, int, int]
"""stop_sequence, stop, arrival_s, departure_s, pickup + 4 × drop_off, headsign, track."""


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


class Texts(dict[str, int]):
    """Numbers of texts that come again and again."""

    def __init__(self) -> None:
        super().__init__({"": MISSING})
        self.listed: list[str] = []

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self.listed)
        self.listed.append(text.strip())
        return number


class Calls:
    """Every call of every trip, in arrays: about 30 bytes a call. A trip with a call that cannot be trusted is left out whole."""

    def __init__(self, notices: Notices) -> None:
        self._texts = Texts()
        self._by_trip: dict[int, array[int]] = {}
        self._broken: set[int] = set()
        self._notices = notices

    @property
    def texts(self) -> list[str]:
        """The texts that calls name by number."""
        return self._texts.listed

    def read(self, feed: Feed, trips: dict[str, int], stops: dict[str, int], progress: Callable[[str], None]) -> None:
        """Reads the whole table; `trips` and `stops` give the numbers of their ids."""
        calls, times, texts = self._by_trip, Times(), self._texts
        with feed.table("stop_times", ("trip_id", "stop_id", "stop_sequence")) as table:
            at = table.index
            trip_at, stop_at, sequence_at, arrival_at, departure_at = map(at, COLUMNS)
            pickup_at, drop_off_at, headsign_at, track_at = map(at, ("pickup_type", "drop_off_type", "stop_headsign", "track"))
            for count, row in enumerate(table, 1):
                if count % EVERY == 0:
                    progress(f"{FILE}: {count:,} rows")
                trip = trips.get(row[trip_at].strip())
                if trip is None:
                    self._notices.warning("call-trip-unknown", "a call's trip_id is in no row of trips.txt", file=FILE, line=table.line)
                    continue
                try:
                    call = (
                        int(row[sequence_at]), stops[row[stop_at].strip()], times[row[arrival_at]], times[row[departure_at]],
                        FLAGS[row[pickup_at]] + 4 * FLAGS[row[drop_off_at]], texts[row[headsign_at]], texts[row[track_at]],
                    )
                    if trip in calls:
                        calls[trip].extend(call)
                    else:
                        calls[trip] = array("i", call)
                except (ValueError, KeyError, OverflowError):
                    self._broken.add(trip)
                    self._notices.warning("call-broken", BROKEN, file=FILE, line=table.line)

    def trips(self) -> Iterator[tuple[int, list[Call]]]:
        """Trip and its calls in order, times filled in where the feed leaves them open."""
        for trip, flat in self._by_trip.items():
            if trip in self._broken:
                continue
            each = iter(flat)
            calls: list[Call] = sorted(zip(*[each] * WIDTH, strict=True))
            if any(one[0] == other[0] for one, other in pairwise(calls)):
                self._notices.warning("call-repeated", "a trip has two calls of one stop_sequence and was left out", file=FILE)
            elif len(calls) < 2:
                self._notices.warning("trip-short", "a trip with less than two calls was left out", file=FILE)
            elif timed := _timed(calls):
                yield trip, timed
            else:
                self._notices.warning("trip-times", "a trip without times at its ends, or going back in time, was left out", file=FILE)


def _timed(calls: list[Call]) -> list[Call] | None:
    """Calls with both times; times between two known ones are spread evenly. None where the ends are open or time runs back."""
    filled: list[Call] = []
    for sequence, stop, arrival, departure, flags, headsign, track in calls:
        arrival, departure = (departure if arrival < 0 else arrival), (arrival if departure < 0 else departure)
        filled.append((sequence, stop, arrival, departure, flags, headsign, track))
    if filled[0][3] < 0 or filled[-1][2] < 0:
        return None
    known = [index for index, call in enumerate(filled) if call[3] >= 0]
    if len(known) < len(filled):
        for left, right in pairwise(known):
            start, step = filled[left][3], (filled[right][2] - filled[left][3]) / (right - left)
            for index in range(left + 1, right):
                at = int(start + step * (index - left))
                filled[index] = (*filled[index][:2], at, at, *filled[index][4:])
    back = any(one[2] > one[3] or one[3] > other[2] for one, other in pairwise(filled))
    return None if back else filled
