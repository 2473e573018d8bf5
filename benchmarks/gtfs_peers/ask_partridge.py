"""Arguments: a feed, and JSON `{"stops", "date", "times"}`. Runs in an environment with partridge, without the assistant's."""

import json
import sys
import time
from datetime import datetime

import partridge
from bare import peak_mb

NEXT = 5
TABLES = ("agency", "calendar", "calendar_dates", "feed_info", "routes", "shapes", "stop_times", "stops", "trips")

began = time.perf_counter()
feed = partridge.load_feed(sys.argv[1])
for table in TABLES:  # each is read when it is asked for
    getattr(feed, table)
seconds, peak, asked, taken = time.perf_counter() - began, peak_mb(), json.loads(sys.argv[2]), []
day = datetime.strptime(asked["date"], "%Y%m%d").date()
services = partridge.read_service_ids_by_date(sys.argv[1])[day]
trips = set(feed.trips[feed.trips["service_id"].isin(services)]["trip_id"])
for moment in asked["times"]:
    began = time.perf_counter()
    hours, minutes, second = map(int, moment.split(":"))
    calls = feed.stop_times[feed.stop_times["stop_id"].isin(asked["stops"])]
    calls = calls[(calls["departure_time"] >= hours * 3600 + minutes * 60 + second) & calls["trip_id"].isin(trips)]
    rows = calls.nsmallest(NEXT, "departure_time")
    taken.append((time.perf_counter() - began) * 1000)
    if rows.empty:
        raise SystemExit("no departures found")
print(json.dumps({"seconds": seconds, "peak_mb": peak, "ms": taken}))
