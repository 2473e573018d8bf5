"""Arguments: a feed, and JSON `{"stops", "date", "times"}`. Runs in an environment with gtfs-kit, without the assistant's."""

import json
import sys
import time

import gtfs_kit
import pandas
from bare import peak_mb

NEXT = 5


def next_five(feed: gtfs_kit.Feed, stops: list[str], day: str, at: str) -> pandas.DataFrame:
    """The next rows of the day's timetables of these stops."""
    tables = [feed.build_stop_timetable(stop, [day]) for stop in stops]
    found = pandas.concat([table[table["departure_time"] >= at] for table in tables])
    return found.sort_values("departure_time").head(NEXT)


began = time.perf_counter()
feed = gtfs_kit.read_feed(sys.argv[1], dist_units="km")
seconds, peak, asked, taken = time.perf_counter() - began, peak_mb(), json.loads(sys.argv[2]), []
for moment in asked["times"]:
    began = time.perf_counter()
    rows = next_five(feed, asked["stops"], asked["date"], moment)
    taken.append((time.perf_counter() - began) * 1000)
    if rows.empty:
        raise SystemExit("no departures found")
print(json.dumps({"seconds": seconds, "peak_mb": peak, "ms": taken}))
