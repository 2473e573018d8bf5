"""What is true at the example station, asked from the API and read in its files: the answers that people must learn.

A fact is a pattern: the same thing as it is written and as it is said.
"""

import csv
import functools
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from ruamel.yaml import YAML

from tests.conftest import EXAMPLE, MORNING

type Wanted = tuple[str, ...]
"""Patterns, each of which must reach the person."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The station, asked now."""

    client: httpx.Client
    language: str = "en"

    def next_train(self, stop: str) -> Wanted:
        """Line, time and platform of the next departure to a stop."""
        row = self._next(stop)
        time = _clock(row["scheduled"], self.language)
        on_a_board = f"{time[:5]} {row['line']} [^\n]*\\b{row['platform']}\\b"
        return (row["line"], time, f"{self._platform(row['platform'])}|{on_a_board}")

    def platform(self, stop: str) -> Wanted:
        """The platform of the next departure to a stop."""
        return (self._platform(self._next(stop)["platform"]),)

    def last_train(self, stop: str) -> Wanted:
        """The last departure to a stop on the service day, read in the timetable itself."""
        hours, minutes, _ = _last(stop).split(":")
        return (_clock(f"2000-01-01T{int(hours) % 24:02}:{minutes}:00", self.language),)

    def place(self, place: str) -> Wanted:
        """Where a place is, by its id."""
        return (_literal(self.row(place)["where"]),)

    def one_of(self, *places: str) -> Wanted:
        """Where one of some places is, by their ids."""
        return ("|".join(_literal(self.row(place)["where"]) for place in places),)

    def open_now(self, *categories: str) -> Wanted:
        """The name of a place of some kinds that is open now."""
        found = [row for kind in categories for row in self._get("/v1/places", category=kind, language=self.language)["places"]]
        return ("|".join(_literal(row["name"]) for row in found if row["open_now"]),)

    def name(self, place: str) -> Wanted:
        """A place's name."""
        return (_literal(self.row(place)["name"]),)

    def row(self, place: str) -> dict[str, Any]:
        """A place, by its id."""
        category = next(one["category"] for one in _station()["places"] if one["id"] == place)
        found = self._get("/v1/places", category=category, language=self.language)["places"]
        return next(one for one in found if one["id"] == place)

    def way(self, goal: str) -> Wanted:
        """The last step of the way without stairs, and that it has none."""
        here = _station()["kiosk"]["place"]
        route = self._get("/v1/routes", **{"from": here, "to": goal, "step_free": "true", "language": self.language})["route"]
        lift = next(step["text"] for step in route["steps"] if step["mode"] == "lift")
        return (_literal(lift), "no stairs|step-free")

    def air(self) -> Wanted:
        """The class of the air, which holds longer than its number."""
        return (_literal(self._get("/v1/environment", language=self.language)["card"]["label"]),)

    def fare(self, fare: str) -> Wanted:
        """The price of a fare."""
        price = float(next(row["price"] for row in _table("fare_attributes") if row["fare_id"] == fare))
        whole, pence = divmod(round(price * 100), 100)
        return (f"{price:.2f}|\\b{whole} pounds{f' {pence}' if pence else ''}",)

    def told(self, subject: str) -> Wanted:
        """What the station file has said of a subject, its first sentence."""
        text: str = _station()["facts"][subject][self.language]
        return (_literal(re.split(r"(?<=[.。])\s*", text)[0]),)

    def contact(self, who: str) -> Wanted:
        """A telephone number of the station file, and not within a longer one."""
        digits = r"\s?".join(re.escape(digit) for digit in _station()["contacts"][who].replace(" ", ""))
        return (f"(?<!\\d){digits}(?!\\d)",)

    def way_out(self) -> Wanted:
        """The exit to which the alarm that stands leads from this kiosk."""
        alerts = self._get("/v1/alerts")["alerts"]
        way = next(alert["way_out"] for alert in alerts if alert["life_safety"])
        return (_literal(way["name"][self.language]), _literal(way["steps"][self.language][0]))

    def _next(self, stop: str) -> dict[str, Any]:
        row: dict[str, Any] = self._get("/v1/departures", to=stop, limit="1")["departures"][0]
        return row

    def _platform(self, platform: str) -> str:
        return f"{platform}번 승강장" if self.language == "ko" else f"platform {platform}\\b"

    def _get(self, path: str, **params: str) -> Any:
        answered = self.client.get(path, params=params)
        answered.raise_for_status()
        return answered.json()


def _literal(text: str) -> str:
    """A pattern for these very words."""
    return re.escape(text).replace("\\ ", " ")


@functools.cache
def _station() -> Any:
    return YAML(typ="safe").load(EXAMPLE / "station.yaml")


def _clock(at: str, language: str) -> str:
    """A time as it is written or said."""
    moment = datetime.fromisoformat(at)
    hour, minute = moment.hour, moment.minute
    written = f"{hour:02}:{minute:02}"
    if language == "ko":
        return f"{written}|{hour}시 {minute}분"
    said = f"{hour} o'clock" if minute == 0 else f"{hour} {'oh ' if minute < 10 else ''}{minute}"
    return f"{written}|\\b{said}\\b"


@functools.cache
def _last(stop: str) -> str:
    """GTFS time of the last departure from the station to a stop on the day of the tests."""
    day = datetime.fromisoformat(MORNING)
    running = {row["service_id"] for row in _table("calendar") if row[f"{day:%A}".lower()] == "1"}
    for row in _table("calendar_dates"):
        if row["date"] == f"{day:%Y%m%d}":
            (running.add if row["exception_type"] == "1" else running.discard)(row["service_id"])
    trips = {row["trip_id"] for row in _table("trips") if row["service_id"] in running}
    parents = {row["stop_id"]: row["parent_station"] or row["stop_id"] for row in _table("stops")}
    left, last = {}, ""
    for row in sorted(_table("stop_times"), key=lambda row: (row["trip_id"], int(row["stop_sequence"]))):
        if row["trip_id"] not in trips:
            continue
        here = parents[row["stop_id"]]
        if here == _station()["stop"]:
            left[row["trip_id"]] = row["departure_time"]
        elif here == stop and row["trip_id"] in left:
            last = max(last, left[row["trip_id"]])
    return last


def _table(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / "gtfs" / f"{name}.txt").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
