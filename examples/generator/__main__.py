"""Writes the timetable and the readings of the example station: `python examples/generator [folder]`."""

import argparse
import csv
from collections.abc import Iterable, Iterator
from math import cos, radians
from pathlib import Path

import layout
import network
import readings
import timetable
from network import HUB, LINES, STATIONS, Name

FOLDER = Path(__file__).resolve().parent.parent / "harbour-central"
LATITUDE, LONGITUDE = 53.6, 0.9
"""The hub lies in the sea, where no real station is."""

Row = Iterable[object]


def agency() -> Iterator[Row]:
    """The one operator."""
    yield "agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang", "agency_phone", "agency_fare_url"
    yield "HRT", "Harbour Region Transport", "https://transit.example.com/", "Europe/London", "en", "+44 1632 960000", \
        "https://transit.example.com/fares"


def feed_info() -> Iterator[Row]:
    """Who publishes, and how long it holds."""
    yield ("feed_publisher_name", "feed_publisher_url", "feed_lang", "default_lang", "feed_start_date", "feed_end_date",
           "feed_version", "feed_contact_email")
    yield ("Harbour Region Transport", "https://transit.example.com/", "en", "en", f"{timetable.START:%Y%m%d}",
           f"{timetable.END:%Y%m%d}", "2026.11", "timetable@example.com")


def levels() -> Iterator[Row]:
    """The floors of the hub."""
    yield "level_id", "level_index", "level_name"
    for key, level in layout.LEVELS.items():
        yield key, level.height, level.name.en


def _place(x: float, y: float) -> tuple[str, str]:
    """Latitude and longitude of a point in kilometres from the hub."""
    return f"{LATITUDE + y / 111.32:.5f}", f"{LONGITUDE + x / (111.32 * cos(radians(LATITUDE))):.5f}"


def stops() -> Iterator[Row]:
    """Stations, platforms, entrances and nodes."""
    yield ("stop_id", "stop_name", "stop_lat", "stop_lon", "zone_id", "location_type", "parent_station",
           "wheelchair_boarding", "level_id", "platform_code")
    for key, station in STATIONS.items():
        point = _place(station.x, station.y)
        if key in network.BUS_ONLY:
            yield key, station.name.en, *point, station.zone, 0, "", 1, "", ""
            continue
        yield key, station.name.en, *point, "", 1, "", 1, "", ""
        for code in network.platform_codes(key):
            level = ""
            if key == HUB:
                x, y, level = layout.PLATFORM_SPOTS[code]
                point = _place(x / 1000, y / 1000)
            yield network.stop_id(key, code), station.name.en, *point, station.zone, 0, key, 1, level, code
    for key, spot in layout.SPOTS.items():
        step_free = "" if spot.kind == layout.NODE else 2 if key == "hcE" else 1
        yield key, spot.name.en, *_place(spot.x / 1000, spot.y / 1000), "", spot.kind, HUB, step_free, spot.level, ""


def routes() -> Iterator[Row]:
    """The lines."""
    yield ("route_id", "agency_id", "route_short_name", "route_long_name", "route_type", "route_color",
           "route_text_color", "route_sort_order")
    for place, line in enumerate(LINES, 1):
        yield line.id, "HRT", line.id, line.name.en, line.mode, line.colour, line.text_colour, place


def calendar() -> Iterator[Row]:
    """Services by day of the week."""
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    yield "service_id", *days, "start_date", "end_date"
    for service, pattern in timetable.SERVICES.items():
        yield service, *pattern, f"{timetable.START:%Y%m%d}", f"{timetable.END:%Y%m%d}"


def calendar_dates() -> Iterator[Row]:
    """A public holiday on a weekday runs the weekend's trains."""
    yield "service_id", "date", "exception_type"
    for day in sorted(set(timetable.holidays())):
        if day.weekday() < 5:
            yield "WD", f"{day:%Y%m%d}", 2
            yield "WE", f"{day:%Y%m%d}", 1


def trips() -> Iterator[Row]:
    """Trips without their calls."""
    yield ("route_id", "service_id", "trip_id", "trip_headsign", "trip_short_name", "direction_id",
           "wheelchair_accessible", "bikes_allowed")
    for trip in timetable.trips():
        yield trip.line.id, trip.service, trip.id, trip.headsign, trip.number, trip.direction, 1, trip.line.bikes


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def stop_times() -> Iterator[Row]:
    """Every call of every trip."""
    yield "trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"
    for trip in timetable.trips():
        for place, call in enumerate(trip.calls, 1):
            yield trip.id, _clock(call.arrival), _clock(call.departure), call.stop, place


def transfers() -> Iterator[Row]:
    """Change times, and one walk between two stations."""
    yield "from_stop_id", "to_stop_id", "transfer_type", "min_transfer_time"
    yield HUB, HUB, 2, 300
    for metro in ("9", "10", "11", "12"):
        for express in ("7", "8"):
            yield HUB + metro, HUB + express, 2, 420
            yield HUB + express, HUB + metro, 2, 420
    yield "ex", "ex", 2, 240
    yield "mk", "fm", 2, 960
    yield "fm", "mk", 2, 960


FARES = {"metro": 280, "night": 350, "express": 1200, "local": 420, "regional": 780, "intercity": 2400}
"""Pence per journey."""


def fare_attributes() -> Iterator[Row]:
    """Prices."""
    yield "fare_id", "price", "currency_type", "payment_method", "transfers", "agency_id"
    for fare, pence in FARES.items():
        yield fare, f"{pence // 100}.{pence % 100:02d}", "GBP", 1, "" if fare == "metro" else 0, "HRT"


def fare_rules() -> Iterator[Row]:
    """Flat fares by line; regional trains by zone."""
    yield "fare_id", "route_id", "origin_id", "destination_id"
    flat = {"IC": "intercity", "AX": "express", "M": "metro", "N": "night"}
    for line in (line.id for line in LINES):
        kind = line.rstrip("123")
        if kind in flat:
            yield flat[kind], line, "", ""
            continue
        for start, end, fare in (("A", "B", "local"), ("B", "B", "local"), ("B", "C", "local"), ("C", "C", "local"),
                                 ("A", "C", "regional")):
            yield fare, line, start, end
            if start != end:
                yield fare, line, end, start


def pathways() -> Iterator[Row]:
    """Ways inside the hub."""
    yield ("pathway_id", "from_stop_id", "to_stop_id", "pathway_mode", "is_bidirectional", "length", "traversal_time",
           "stair_count", "min_width", "signposted_as", "reversed_signposted_as")
    for way in layout.pathways():
        yield (way.id, way.start, way.end, way.mode, int(way.both_ways), way.length, way.seconds, way.stairs, way.width,
               way.sign, way.sign_back)


def translations() -> Iterator[Row]:
    """Names by their English text, floors by their id."""
    yield "table_name", "field_name", "language", "translation", "record_id", "field_value"
    spots = [spot.name for spot in layout.SPOTS.values()]
    ends = sorted({line.calls[end][0] for line in LINES for end in (0, -1)})
    by_text: tuple[tuple[str, str, list[Name]], ...] = (
        ("agency", "agency_name", [Name("Harbour Region Transport", "港口地区交通", "항구지역교통")]),
        ("stops", "stop_name", [*(station.name for station in STATIONS.values()), *spots]),
        ("routes", "route_long_name", [line.name for line in LINES]),
        ("trips", "trip_headsign", [STATIONS[end].name for end in ends]),
        ("pathways", "signposted_as", list(layout.SIGNS)),
        ("pathways", "reversed_signposted_as", list(layout.SIGNS)),
    )
    for table, field, names in by_text:
        for name in names:
            yield table, field, "zh", name.zh, "", name.en
            yield table, field, "ko", name.ko, "", name.en
    for key, level in layout.LEVELS.items():
        yield "levels", "level_name", "zh", level.name.zh, key, ""
        yield "levels", "level_name", "ko", level.name.ko, key, ""


TABLES = (agency, feed_info, levels, stops, routes, calendar, calendar_dates, trips, stop_times, transfers,
          fare_attributes, fare_rules, pathways, translations)


def _write(path: Path, rows: Iterable[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def main() -> None:
    """Write gtfs/*.txt and readings/*.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    for table in TABLES:
        _write(folder / "gtfs" / f"{table.__name__}.txt", table())
    _write(folder / "readings" / "day.csv", readings.rows())
    _write(folder / "readings" / "detectors.csv", readings.detectors())


main()
