"""`stop_times.txt`, the largest table: streamed in any order into a compact form, then written trip by trip."""

import re
from array import array
from collections.abc import Callable, Iterator
from itertools import pairwise

from assistant.knowledge.imports.feed import Feed, Table
from assistant.knowledge.imports.notices import Notices

FILE = "stop_times.txt"
TIME = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)")
MISSING = -1
EVERY = 100_000
WIDTH = 7
Call = tuple[int, int, int, int, int, int, int]
"""stop_sequence, stop, arrival_s, departure_s, pickup + 4 × drop_off, headsign, track."""


class Calls:
    """Every call of every trip, in arrays: about 30 bytes a call. A trip with a call that cannot be trusted is left out whole."""

    def __init__(self, notices: Notices) -> None:
        self.texts: list[str] = []
        self._by_trip: dict[int, array[int]] = {}
        self._text_ids: dict[str, int] = {"": MISSING}
        self._times: dict[str, int] = {"": MISSING}
        self._broken: set[int] = set()
        self._notices = notices

    def read(self, feed: Feed, trips: dict[str, int], stops: dict[str, int], progress: Callable[[str], None]) -> None:
        """Reads the whole table; `trips` and `stops` give the numbers of their ids."""
        with feed.table("stop_times", ("trip_id", "stop_id", "stop_sequence")) as table:
            columns = table.columns
            times = [columns.get("arrival_time"), columns.get("departure_time")]
            flags = [columns.get("pickup_type"), columns.get("drop_off_type")]
            texts = [columns.get("stop_headsign"), columns.get("track", columns.get("platform_code"))]
            trip_at, stop_at, sequence_at = columns["trip_id"], columns["stop_id"], columns["stop_sequence"]
            for count, row in enumerate(table):
                if count % EVERY == 0 and count:
                    progress(f"{FILE}: {count:,} rows")
                trip = trips.get(row[trip_at].strip())
                if trip is None:
                    self._notices.warning("call-trip-unknown", "a call's trip_id is in no row of trips.txt", file=FILE, line=table.line)
                    continue
                try:
                    arrival, departure = (MISSING if at is None else self._time(row[at]) for at in times)
                    pickup, drop_off = (0 if at is None else int(row[at] or 0) for at in flags)
                    headsign, track = (MISSING if at is None else self._text(row[at]) for at in texts)
                    call = (int(row[sequence_at]), stops[row[stop_at].strip()], arrival, departure, pickup + 4 * drop_off, headsign, track)
                    self._by_trip.setdefault(trip, array("i")).extend(call)
                except (ValueError, KeyError, OverflowError):
                    self._refuse(trip, row, table, stop_at)

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

    def _time(self, text: str) -> int:
        known = self._times.get(text)
        if known is not None:
            return known
        found = TIME.fullmatch(text.strip())
        if found is None:
            if not text.strip():
                return MISSING
            raise ValueError(text)
        hours, minutes, seconds = map(int, found.groups())
        value = hours * 3600 + minutes * 60 + seconds
        if len(self._times) < 20_000:
            self._times[text] = value
        return value

    def _text(self, text: str) -> int:
        known = self._text_ids.get(text)
        if known is None:
            known = self._text_ids[text] = len(self.texts)
            self.texts.append(text.strip())
        return known

    def _refuse(self, trip: int, row: list[str], table: Table, stop_at: int) -> None:
        self._broken.add(trip)
        self._notices.warning(
            "call-broken",
            "a call has a time that is none, a stop_id that is in no row of stops.txt, or a broken number; its trip was left out",
            file=FILE, line=table.line,
        )


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
