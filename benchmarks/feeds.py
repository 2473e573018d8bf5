"""Feeds to measure with: the largest at hand, parts and multiples of it, and what there is to ask of it."""

import csv
import io
import random
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FEED = ROOT.parent / "shared" / "data" / "gtfs" / "wmata-rail-2026" / "gtfs.zip"
"""Washington's rail feed: 352,668 calls of 16,514 trips, with pathways."""
HOME = "STN_A01_C01"
LANGUAGES = ("en", "zh", "ko")
STATION = f"name: Metro Center\nstop: {HOME}\nlanguages: [en, zh, ko]\nkiosk: {{place: ENT_A01_C01_N_EL}}\n"
DAY = "20260505"
"""A Tuesday of its timetable."""
QUESTIONS = 300
"""Of each kind."""


def at(time: str) -> datetime:
    """A time of that day."""
    return datetime.fromisoformat(f"{DAY}T{time}-04:00")


def table(feed: Path, name: str) -> Iterator[list[str]]:
    """The lines of a table, the header first."""
    with zipfile.ZipFile(feed) as archive, archive.open(f"{name}.txt") as file:
        yield from csv.reader(io.TextIOWrapper(file, "utf-8-sig", newline=""), skipinitialspace=True)


def records(feed: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of a table by column."""
    rows = table(feed, name)
    header = next(rows)
    return (dict(zip(header, row, strict=False)) for row in rows)


def busiest(feed: Path) -> tuple[str, list[str]]:
    """The station with the most calls, and its platforms."""
    calls = Counter(row["stop_id"] for row in records(feed, "stop_times"))
    station = {row["stop_id"]: row["parent_station"] or row["stop_id"] for row in records(feed, "stops")}
    platforms = defaultdict(list)
    for stop in calls:
        platforms[station[stop]].append(stop)
    first = max(platforms, key=lambda each: sum(calls[stop] for stop in platforms[each]))
    return first, sorted(platforms[first])


def questions(feed: Path, stop: str) -> dict[str, list[dict[str, str]]]:
    """What is asked: kind of question → its slots, the same in every run."""
    draw = random.Random(0)  # noqa: S311
    stops = list(records(feed, "stops"))
    stations = [row["stop_id"] for row in stops if row["location_type"] == "1"]
    goals = [row["stop_id"] for row in stops if row["parent_station"] == HOME and row["location_type"] == "0"]
    pairs = [draw.sample(stations, 2) for _ in range(QUESTIONS)]
    ahead = directly_reached(feed, stop)
    return {
        "departures": [{"from": stop, "at": _time(draw)} for _ in range(QUESTIONS)],
        "departures_to": [{"from": stop, "to": draw.choice(ahead), "at": _time(draw)} for _ in range(QUESTIONS)],
        "journeys": [{"from": one, "to": other, "at": _time(draw)} for one, other in pairs],
        "journeys_by": [{"from": one, "to": other, "by": _time(draw)} for one, other in pairs],
        "routes": [
            {"intent": intent, "to": draw.choice(goals), "language": draw.choice(LANGUAGES)}
            for intent in ("wayfinding_route", "wayfinding_step_free") * (QUESTIONS // 2)
        ],
    }  # fmt: skip


def directly_reached(feed: Path, stop: str) -> list[str]:
    """Stations that a train from a station goes on to."""
    station = {row["stop_id"]: row["parent_station"] or row["stop_id"] for row in records(feed, "stops")}
    trips = defaultdict(list)
    for row in records(feed, "stop_times"):
        trips[row["trip_id"]].append(station[row["stop_id"]])
    return sorted({each for calls in trips.values() if stop in calls for each in calls[calls.index(stop) + 1 :]} - {stop})


def _time(draw: random.Random) -> str:
    return f"{draw.randrange(6, 22):02}:{draw.randrange(60):02}:00"


def scaled(feed: Path, copy: Path, factor: float) -> int:
    """Writes a feed with that share of the trips, drawn, or with every trip that many times; returns its number of calls."""
    draw = random.Random(0)  # noqa: S311  the same trips in every run
    times = {row["trip_id"]: int(factor) if factor >= 1 else int(draw.random() < factor) for row in records(feed, "trips")}
    with zipfile.ZipFile(feed) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name in source.namelist():
            if name not in ("trips.txt", "stop_times.txt"):
                target.writestr(name, source.read(name))
        _write(target, "trips", table(feed, "trips"), times)
        return _write(target, "stop_times", table(feed, "stop_times"), times)


def _write(archive: zipfile.ZipFile, name: str, rows: Iterator[list[str]], times: dict[str, int]) -> int:
    header, count = next(rows), 0
    trip_at = header.index("trip_id")
    with archive.open(f"{name}.txt", "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(header)
        for trip, group in groupby(rows, itemgetter(trip_at)):
            own = list(group)  # rows of one trip stay together, as they are in most feeds
            for number in range(times[trip]):
                name = f"{trip}-{number}" if number else trip
                writer.writerows([*row[:trip_at], name, *row[trip_at + 1 :]] for row in own)
                count += len(own)
    return count
