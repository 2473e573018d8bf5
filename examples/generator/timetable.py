"""When the lines run: services, public holidays, trips and their calls."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from network import HUB, LINES, PLATFORMS, STATIONS, Line, stop_id

START, END = date(2026, 11, 1), date(2029, 12, 31)
SERVICES = {"WD": "1111100", "WE": "0000011", "FS": "0000110", "DY": "1111111"}
"""Weekdays, weekends, the small hours after Friday and Saturday, every day; from Monday to Sunday."""


def holidays() -> Iterator[date]:
    """Public holidays of the feed's years."""
    for year in range(START.year, END.year + 1):
        easter = _easter(year)
        days = [
            date(year, 1, 1), easter - timedelta(days=2), easter + timedelta(days=1), _monday(date(year, 5, 7)),
            _monday(date(year, 5, 31)), _monday(date(year, 8, 31)), date(year, 12, 25), date(year, 12, 26),
        ]
        yield from (day for day in days if START <= day <= END)


def _monday(latest: date) -> date:
    """The last Monday not after `latest`."""
    return latest - timedelta(days=latest.weekday())


def _easter(year: int) -> date:
    """Easter Sunday: the Sunday after the Gregorian calendar's paschal full moon."""
    golden, century = year % 19, year // 100
    skipped, moon_shift = century - century // 4, (8 * century + 13) // 25
    age = (19 * golden + skipped - moon_shift + 15) % 30
    age -= (age // 28) * (1 - (29 // (age + 1)) * ((21 - golden) // 11))
    full_moon = date(year, 3, 21) + timedelta(days=age)
    return full_moon + timedelta(days=7 - (full_moon.weekday() + 1) % 7)


def _every(text: str) -> list[int]:
    """Minutes of the service day: "05:00 12 07:00 7 09:30" is every 12 minutes from 5:00, every 7 from 7:00 to 9:30."""
    parts = text.split()
    minutes = [int(part[:-3]) * 60 + int(part[-2:]) if ":" in part else int(part) for part in parts]
    return [at for i in range(0, len(parts) - 1, 2) for at in range(minutes[i], minutes[i + 2], minutes[i + 1])]


_METRO = {
    "WD": "05:00 12 07:00 7 09:30 10 16:00 7 19:00 12 22:00 15 24:31",
    "WE": "05:30 15 09:00 12 20:00 15 24:31",
    "FS": "24:50 20 26:31",
}
_REGIONAL = {"WD": "05:10 30 24:11", "WE": "06:10 60 24:11"}
_DEPARTURES = {
    "IC1": {"WD": "05:30 60 21:31", "WE": "06:30 120 20:31"},
    "IC2": {"WD": "06:15 60 21:16", "WE": "07:15 120 21:16"},
    "RE1": _REGIONAL,
    "RE2": _REGIONAL,
    "RE3": _REGIONAL,
    "AX": {"WD": "04:30 15 24:31", "WE": "04:30 20 24:31"},
    "M1": _METRO,
    "M2": _METRO,
    "N1": {"DY": "24:30 30 28:31"},
    "N2": {"DY": "24:45 30 28:46"},
}
"""First departures of a line per service."""
_SHIFT = {
    "IC1": (0, 12), "RE1": (0, 14), "RE2": (7, 21), "RE3": (13, 3), "AX": (0, 8), "M1": (0, 4), "M2": (2, 5), "N1": (0, 15),
}
"""Minutes by which the two directions of a line start later, so that not everything leaves at once."""


class Call(NamedTuple):
    """A row of stop_times.txt; times are seconds of the service day."""

    stop: str
    arrival: int
    departure: int


class Trip(NamedTuple):
    """A row of trips.txt with its calls."""

    id: str
    line: Line
    service: str
    direction: int
    headsign: str
    number: str
    calls: tuple[Call, ...]


def trips() -> Iterator[Trip]:
    """Every trip of the feed."""
    for line in LINES:
        for service, text in _DEPARTURES[line.id].items():
            for direction in (0, 1):
                shift = _SHIFT.get(line.id, (0, 0))[direction]
                for turn, minute in enumerate(_every(text)):
                    yield _trip(line, service, direction, turn, minute + shift)


def _trip(line: Line, service: str, direction: int, turn: int, minute: int) -> Trip:
    number = "" if line.first_number is None else f"{line.id[:2]} {line.first_number + 2 * turn + direction}"
    calls = tuple(_calls(line, direction, turn, minute * 60))
    end = line.calls[0 if direction else -1][0]
    identity = f"{line.id}{service[1].lower()}{'ab'[direction]}{turn}"
    return Trip(identity, line, service, direction, STATIONS[end].name.en, number, calls)


def _calls(line: Line, direction: int, turn: int, start: int) -> Iterator[Call]:
    stations = [station for station, _ in line.calls]
    hops = [minutes for _, minutes in line.calls[1:]]
    if direction:
        stations.reverse()
        hops.reverse()
    departure = start
    for place, station in enumerate(stations):
        departure += hops[place - 1] * 60 if place else 0
        ends = place in (0, len(stations) - 1)
        dwell = 0 if ends else line.hub_dwell if station == HUB else line.dwell
        codes = PLATFORMS[station, line.id, direction]
        yield Call(stop_id(station, codes[turn % len(codes)]), departure - dwell, departure)
