"""`frequencies.txt`: trips that run again and again become single runs."""

from dataclasses import dataclass

from assistant.knowledge.imports.calls import TIME
from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices

MOST_RUNS = 5_000
"""Runs of one trip a day; more is a broken headway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a trip; without a start it runs at its own times."""

    start_s: int | None = None
    headway_s: int | None = None
    """Where the feed promises no exact times."""


def read_frequencies(feed: Feed, notices: Notices) -> dict[str, list[Run]]:
    """Runs by trip id."""
    runs: dict[str, list[Run]] = {}
    required = ("trip_id", "start_time", "end_time", "headway_secs") if "frequencies" in feed.tables else ()
    for line, row in feed.records("frequencies", required):
        start, end, headway = _seconds(row["start_time"]), _seconds(row["end_time"]), row["headway_secs"]
        if start is None or end is None or not headway.isdecimal() or int(headway) < 1 or (end - start) / int(headway) > MOST_RUNS:
            notices.warning("frequency-broken", "a frequency with broken times or headway was left out", file="frequencies.txt", line=line)
            runs.setdefault(row["trip_id"], [])
            continue
        exact = row.get("exact_times") == "1"
        runs.setdefault(row["trip_id"], []).extend(
            Run(start_s=at, headway_s=None if exact else int(headway)) for at in range(start, end, int(headway))
        )
    return runs


def _seconds(text: str) -> int | None:
    found = TIME.fullmatch(text)
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3]) if found else None
