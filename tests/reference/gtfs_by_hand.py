"""What a GTFS feed says, found by plain loops over its rows. Nothing of `assistant` is imported: it is what the assistant is held against.

Written from the GTFS reference (https://gtfs.org/documentation/schedule/reference/). Times are aware and in UTC.
"""

import csv
import io
import math
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

Row = dict[str, str]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TRACK = re.compile(r"\b(?:Track|Platform) ([0-9]{1,3}[A-Za-z]?|[A-Za-z])\b", re.IGNORECASE)
SAME_STATION_M = 300
LONGEST_STAY_S = 1800
"""A train that waits for longer before it goes on as another trip is another train."""
MOST_TRIPS = 8
"""Trips that somebody is expected to stay aboard for."""
AHEAD_DAYS = 7
"""How many days ahead a departure is looked for."""


class Call(NamedTuple):
    """A row of `stop_times.txt` with its times in seconds of the service day."""

    sequence: int
    stop_id: str
    arrival_s: int
    departure_s: int
    picks_up: bool
    drops_off: bool
    headsign: str
    track: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One passage of a trip: its own, or one of those that `frequencies.txt` makes of it."""

    trip: Row
    calls: list[Call]
    shift_s: int = 0
    headway_s: int | None = None

    @property
    def begin_s(self) -> int:
        """When it leaves its first stop."""
        return self.calls[0].departure_s + self.shift_s

    @property
    def end_s(self) -> int:
        """When it gets to its last stop."""
        return self.calls[-1].arrival_s + self.shift_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Boarding:
    """One chance to get on."""

    at: datetime
    trip_id: str
    stop_id: str
    sequence: int
    line: str
    route_id: str
    headsign: str
    platform: str | None
    arrival: datetime | None
    headway_s: int | None
    onward: tuple[str, ...]
    """Trips that the train goes on as before it gets to the destination asked for."""


def tables(feed: Path) -> Callable[[str], list[Row]]:
    """Gives the rows of a table of a feed, a folder or a zip, by its name; none where there is no such table."""

    def read(name: str) -> list[Row]:
        try:
            if feed.is_dir():
                text = (feed / f"{name}.txt").read_text(encoding="utf-8-sig")
            else:
                with zipfile.ZipFile(feed) as archive:
                    text = archive.read(f"{name}.txt").decode("utf-8-sig")
        except (KeyError, FileNotFoundError):
            return []
        rows = csv.reader(io.StringIO(text), skipinitialspace=True)
        header = [column.strip() for column in next(rows, [])]
        return [dict(zip(header, row, strict=False)) for row in rows if any(row)]

    return read


class ByHand:
    """A feed's rows, sorted into plain dictionaries."""

    def __init__(self, feed: Path) -> None:
        self.rows = tables(feed)
        self.zone = ZoneInfo(self.rows("agency")[0]["agency_timezone"])
        self.stops = {row["stop_id"]: row for row in self.rows("stops")}
        self.routes = {row["route_id"]: row for row in self.rows("routes")}
        self.trips = {row["trip_id"]: row for row in self.rows("trips")}
        self.calls = self._read_calls()
        transfers = self.rows("transfers")
        self._in_seat = defaultdict(list)
        for row in transfers:
            if row.get("transfer_type") == "4":
                self._in_seat[row.get("from_trip_id", "")].append(row.get("to_trip_id", ""))
        self._no_stay = {(row.get("from_trip_id"), row.get("to_trip_id")) for row in transfers if row.get("transfer_type") == "5"}
        self._calendar = {row["service_id"]: row for row in self.rows("calendar")}
        self._exceptions = {(row["service_id"], row["date"]): row["exception_type"] for row in self.rows("calendar_dates")}
        self._services: dict[date, set[str]] = {}
        self._station = self._stations()
        self._here: dict[tuple[str, str], list[tuple[Run, int]]] = defaultdict(list)
        self._runs = list(self._every_run())
        self._blocks: dict[str, list[Run]] = defaultdict(list)
        self._by_trip: dict[str, list[Run]] = defaultdict(list)
        for run in self._runs:
            self._by_trip[run.trip["trip_id"]].append(run)
            if run.trip.get("block_id"):
                self._blocks[self._block(run.trip)].append(run)
            for index in range(len(run.calls) - 1):  # who gets on at the last call goes nowhere
                if run.calls[index].picks_up:
                    self._here[self._station[run.calls[index].stop_id], run.trip["service_id"]].append((run, index))

    def served(self) -> list[str]:
        """Stops that a trip calls at."""
        return sorted({call.stop_id for calls in self.calls.values() for call in calls})

    def station(self, stop_id: str) -> str:
        """The stop that stands for the whole station of a stop."""
        return self._station[stop_id]

    def services(self, day: date) -> set[str]:
        """Services that run on a day."""
        if day not in self._services:
            self._services[day] = set(self._running(day))
        return self._services[day]

    def days(self) -> list[date]:
        """The days between the first and the last with a trip, both included."""
        used = {row["service_id"] for row in self.trips.values()}
        added = [_day(text) for service, text in self._exceptions if service in used]
        ends = [_day(row[key]) for service, row in self._calendar.items() if service in used for key in ("start_date", "end_date")]
        first, last = min(added + ends), max(added + ends)
        every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        running = [day for day in every if self.services(day) & used]
        return every[every.index(running[0]) : every.index(running[-1]) + 1]

    def departures(
        self, stop_id: str, at: datetime, until: datetime | None = None, *, destination: str | None = None, line: str | None = None
    ) -> list[Boarding]:
        """Every chance to get on at the station of a stop from a moment on, in order of time; `line` is a route_id."""
        until = until or at + timedelta(days=AHEAD_DAYS)
        lines = None if line is None else {route for route in self.routes if self._line(route) == self._line(line)}
        there = None if destination is None else self._station[destination]
        found = []
        day, last = at.astimezone(self.zone).date() - timedelta(days=3), until.astimezone(self.zone).date()
        while day <= last:
            midnight = self.midnight(day)
            for run, index in [each for service in self.services(day) for each in self._here[self._station[stop_id], service]]:
                moment = midnight + timedelta(seconds=run.calls[index].departure_s + run.shift_s)
                if not at <= moment <= until or (lines is not None and run.trip["route_id"] not in lines):
                    continue
                if there is None:
                    found.append(self._boarding(run, index, moment, None, ()))
                elif reached := self._reach(run, index, there, day):
                    found.append(self._boarding(run, index, moment, midnight + timedelta(seconds=reached[0]), reached[1]))
            day += timedelta(days=1)
        return sorted(found, key=lambda each: (each.at, each.trip_id, each.sequence))

    def platform(self, call: Call) -> str | None:
        """The stop's own platform, else the one its name tells, else the track of the call."""
        stop = self.stops[call.stop_id]
        if stop.get("platform_code"):
            return stop["platform_code"]
        named = TRACK.search(stop["stop_name"]) if stop.get("parent_station") else None
        if named:
            return named[1]
        return call.track if len(call.track) in (1, 2) or re.search(r"\d", call.track) else None

    def line_name(self, route_id: str) -> str:
        """What people call a route."""
        row = self.routes[route_id]
        return row.get("route_short_name") or row.get("route_long_name") or route_id

    def _line(self, route_id: str) -> tuple[str, str, str]:
        row = self.routes[route_id]
        return row.get("agency_id", ""), self.line_name(route_id), row["route_type"]

    def _boarding(self, run: Run, index: int, at: datetime, arrival: datetime | None, onward: tuple[str, ...]) -> Boarding:
        call, route = run.calls[index], run.trip["route_id"]
        headsign = call.headsign or run.trip.get("trip_headsign") or self.stops[run.calls[-1].stop_id]["stop_name"]
        return Boarding(
            at=at, trip_id=run.trip["trip_id"], stop_id=call.stop_id, sequence=call.sequence, line=self.line_name(route), route_id=route,
            headsign=headsign, platform=self.platform(call), arrival=arrival, headway_s=run.headway_s,
            onward=onward,
        )

    def _reach(self, run: Run, index: int, there: str, day: date) -> tuple[int, tuple[str, ...]] | None:
        """When a run gets to a station, and as which further trips; one that comes back to where it was boarded can be boarded then."""
        here, onward = self._station[run.calls[index].stop_id], ()
        for call in run.calls[index + 1 :]:
            if call.drops_off and self._station[call.stop_id] == there:
                return call.arrival_s + run.shift_s, ()
        after = self.goes_on_as(run, day)
        while after is not None and len(onward) < MOST_TRIPS:
            onward += (after.trip["trip_id"],)
            for number, call in enumerate(after.calls):
                if number and call.drops_off and self._station[call.stop_id] == there:
                    return call.arrival_s + after.shift_s, onward
                if self._station[call.stop_id] == here:
                    return None
            after = self.goes_on_as(after, day)
        return None

    def goes_on_as(self, run: Run, day: date) -> Run | None:
        """What the train runs next on a day with its travellers aboard: by its block from the same stop, or as `transfers.txt` says."""
        trip, services = run.trip["trip_id"], self.services(day)

        def follow(runs: list[Run]) -> list[Run]:
            today = [each for each in runs if each.trip["service_id"] in services and each.headway_s is None and each is not run]
            return sorted((each for each in today if each.begin_s >= run.end_s), key=lambda each: each.begin_s)

        if run.headway_s is not None:  # nobody knows when it ends
            return None

        found = [each for each in follow(self._blocks[self._block(run.trip)])[:1] if each.calls[0].stop_id == run.calls[-1].stop_id]
        found += follow([each for other in self._in_seat[trip] for each in self._by_trip[other]])
        stays = [each for each in found if each.begin_s - run.end_s <= LONGEST_STAY_S and (trip, each.trip["trip_id"]) not in self._no_stay]
        return min(stays, key=lambda each: each.begin_s, default=None)

    def midnight(self, day: date) -> datetime:
        """Noon minus twelve hours, as the reference defines it."""
        return datetime.combine(day, time(12), self.zone).astimezone(UTC) - timedelta(hours=12)

    def _running(self, day: date) -> Iterator[str]:
        text = f"{day:%Y%m%d}"
        for service in {*self._calendar, *(service for service, _ in self._exceptions)}:
            week = self._calendar.get(service)
            regular = week is not None and week["start_date"] <= text <= week["end_date"] and week[WEEKDAYS[day.weekday()]] == "1"
            exception = self._exceptions.get((service, text))
            if exception == "1" or (regular and exception != "2"):
                yield service

    def _every_run(self) -> Iterator[Run]:
        frequencies = defaultdict(list)
        for row in self.rows("frequencies"):
            frequencies[row["trip_id"]].append(row)
        for trip_id, calls in self.calls.items():
            trip = self.trips[trip_id]
            if trip_id not in frequencies:
                yield Run(trip=trip, calls=calls)
            for row in frequencies[trip_id]:
                headway, start = int(row["headway_secs"]), _seconds(row["start_time"])
                while start < _seconds(row["end_time"]):
                    exact = row.get("exact_times") == "1"
                    yield Run(trip=trip, calls=calls, shift_s=start - calls[0].departure_s, headway_s=None if exact else headway)
                    start += headway

    def _block(self, trip: Row) -> str:
        """The block of a trip; in Fukuoka's feed two trips of a train name each other as their block."""
        block = trip.get("block_id", "")
        mutual = block in self.trips and self.trips[block].get("block_id") == trip["trip_id"]
        return min(block, trip["trip_id"]) if mutual else block

    def _read_calls(self) -> dict[str, list[Call]]:
        rows = defaultdict(list)
        for row in self.rows("stop_times"):
            rows[row["trip_id"]].append(row)
        return {trip_id: _calls(sorted(each, key=lambda row: int(row["stop_sequence"]))) for trip_id, each in rows.items()}

    def _stations(self) -> dict[str, str]:
        """Stops of one parent, or of one name within a short walk, are one station; a station row stands for it before a lone stop."""
        top = {}
        for stop_id, row in self.stops.items():
            while row.get("parent_station"):
                row = self.stops[row["parent_station"]]
            top[stop_id] = row["stop_id"]
        alike = defaultdict(list)
        for row in sorted((self.stops[each] for each in dict.fromkeys(top.values())), key=lambda row: row.get("location_type") != "1"):
            alike[row["stop_name"]].append(row)
        stands = {}
        for rows in alike.values():
            for index, row in enumerate(rows):
                near = next((other for other in rows[:index] if _metres(row, other) <= SAME_STATION_M), None)
                stands[row["stop_id"]] = stands[near["stop_id"]] if near else row["stop_id"]
        return {stop_id: stands[each] for stop_id, each in top.items()}


def clock_changes(zone: ZoneInfo, days: list[date]) -> list[date]:
    """Those of the days on which the clocks of a zone change."""
    return [day for day in days if hours_of(day, zone) != timedelta(hours=24)]


def hours_of(day: date, zone: ZoneInfo) -> timedelta:
    """How long a day is."""
    begin, end = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    return end - begin


def _calls(rows: list[Row]) -> list[Call]:
    """Rows of one trip in order; times that the feed leaves open are spread evenly between the known ones."""
    times: list[tuple[float, float] | None] = []
    for row in rows:
        arrival, departure = row["arrival_time"].strip() or row["departure_time"].strip(), row["departure_time"].strip()
        times.append((_seconds(arrival), _seconds(departure or arrival)) if arrival else None)
    for index, known in enumerate(times):
        if known is None:
            left = times[index - 1]
            ahead = next(number for number in range(index, len(times)) if times[number] is not None)
            right = times[ahead]
            assert left is not None
            assert right is not None
            at = left[1] + (right[0] - left[1]) / (ahead - index + 1)
            times[index] = at, at
    return [
        Call(
            sequence=int(row["stop_sequence"]), stop_id=row["stop_id"], arrival_s=int(at[0]), departure_s=int(at[1]),
            picks_up=row.get("pickup_type") != "1", drops_off=row.get("drop_off_type") != "1",
            headsign=row.get("stop_headsign", ""), track=row.get("track", ""),
        )
        for row, at in zip(rows, times, strict=True)
        if at is not None
    ]


def _seconds(text: str) -> int:
    hours, minutes, seconds = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()


def _metres(one: Row, other: Row) -> float:
    """By the haversine formula on a sphere of 6371 km."""
    phi, psi, lam, mu = (math.radians(float(row[key])) for key in ("stop_lat", "stop_lon") for row in (one, other))
    half = math.sin((psi - phi) / 2) ** 2 + math.cos(phi) * math.cos(psi) * math.sin((mu - lam) / 2) ** 2
    return 2 * 6_371_000 * math.asin(math.sqrt(half))
