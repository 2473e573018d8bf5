"""`frequencies.txt`: trips that run again and again become single runs."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.knowledge.imports.calls import TIME
from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.numbers import whole

MOST_RUNS = 5_000
"""Runs of one trip a day; more is a broken headway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From when to when a trip starts again and again, in seconds of the service day."""

    start_s: int
    end_s: int
    headway_s: int
    exact: bool

    def runs(self) -> Iterator[tuple[int, int | None]]:
        """Start of each run, and the headway where the feed promises no exact times."""
        for start in range(self.start_s, self.end_s, self.headway_s):
            yield start, None if self.exact else self.headway_s


def read_frequencies(feed: Feed, notices: Notices) -> dict[str, list[Window]]:
    """Windows by trip id; none for a trip whose every window is broken."""
    windows: dict[str, list[Window]] = {}
    required = ("trip_id", "start_time", "end_time", "headway_secs") if "frequencies" in feed.tables else ()
    for line, row in feed.records("frequencies", required):
        start, end, headway = _seconds(row["start_time"]), _seconds(row["end_time"]), whole(row["headway_secs"])
        own = windows.setdefault(row["trip_id"], [])
        if start is None or end is None or not headway or (end - start) / headway > MOST_RUNS:
            notices.warning("frequency-broken", "a frequency with broken times or headway was left out", file="frequencies.txt", line=line)
            continue
        own.append(Window(start_s=start, end_s=end, headway_s=headway, exact=row.get("exact_times") == "1"))
    return windows


def _seconds(text: str) -> int | None:
    found = TIME.fullmatch(text)
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3]) if found else None
