"""`stops.txt` and `levels.txt`: which stops are one station to a traveller, and which platform a stop is."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, hypot, radians

from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.numbers import whole
from assistant.knowledge.imports.translations import Translations
from assistant.knowledge.names import normalise
from assistant.knowledge.store import Builder
from assistant.text import plain

SAME_STATION_M = 300
"""Stops of one name this close are one station, where the feed names no parent station."""
LONGEST_CODE, LONGEST_DESCRIPTION = 30, 400
STATION, ENTRANCE = "1", "2"
PLATFORM = re.compile(
    r"\b(?:track|platform|gleis|voie|quai|bay|binario|andén|vía)\s*(\d{1,3}[a-z]?|[a-z])\b"
    r"|(\d{1,3})\s*(?:번\s*(?:승강장|홈)|番線|番のりば|号站台|站台|號月台|月台)",
    re.IGNORECASE,
)


@dataclass(slots=True, kw_only=True)
class ImportedStop:
    """A row of `stops.txt`, numbered."""

    id: int
    stop_id: str
    kind: str
    parent: str
    name: str
    level: str
    line: int
    place: tuple[float, float] | None
    station: int | None = None


def import_levels(feed: Feed, builder: Builder, translations: Translations) -> None:
    """Copies `levels.txt`."""
    levels = {row["level_id"]: row for _, row in feed.records("levels") if row.get("level_id")}
    builder.insert(
        "levels",
        (
            (key, _number(row.get("level_index", "")), translations.names("levels", "level_name", key, row.get("level_name", "")))
            for key, row in levels.items()
        ),
        3,
    )


def import_stops(feed: Feed, builder: Builder, translations: Translations, notices: Notices) -> dict[str, ImportedStop]:
    """Copies `stops.txt`; every stop knows the station it belongs to."""
    stops: dict[str, ImportedStop] = {}
    for line, row in feed.records("stops", ("stop_id",)):
        if not row["stop_id"] or row["stop_id"] in stops:
            notices.warning("stop-repeated", "a stop without an id or with one used before was left out", file="stops.txt", line=line)
            continue
        stops[row["stop_id"]] = ImportedStop(
            id=len(stops) + 1, stop_id=row["stop_id"], kind=row.get("location_type") or "0", parent=row.get("parent_station", ""),
            name=row.get("stop_name", ""), level=row.get("level_id", ""), line=line, place=_place(row),
        )
    roots = {stop.stop_id: root for stop in stops.values() if (root := _root(stop, stops, notices))}
    canonical = _one_station(list({root.id: root for root in roots.values()}.values()))
    for stop in stops.values():
        if root := roots.get(stop.stop_id):
            stop.station = canonical[root.id].id
    builder.insert("stations", _station_rows(stops, translations), 5)
    # Read again: rows take ten times the memory of what has to be known of all stops at once.
    again = ((stops.get(row["stop_id"]), line, row) for line, row in feed.records("stops"))
    builder.insert("stops", (_stop_row(stop, row, translations) for stop, line, row in again if stop and stop.line == line), 13)
    again = ((stops.get(row["stop_id"]), line, row) for line, row in feed.records("stops"))
    said = (_said(stop, row["tts_stop_name"], translations) for stop, line, row in again if stop and row.get("tts_stop_name"))
    builder.insert("spoken_names", (names for of_stop in said for names in of_stop), 3)
    return stops


def _said(stop: ImportedStop, said: str, translations: Translations) -> Iterator[tuple[object, ...]]:
    """`tts_stop_name` by language, beside the name as it is written; "" for every language that has none of its own."""
    written = json.loads(stop_names(stop, translations))
    for language, text in json.loads(translations.names("stops", "tts_stop_name", stop.stop_id, said)).items():
        if (name := written.get(language, written[""])) != text:
            yield language, name, text


def _root(stop: ImportedStop, stops: dict[str, ImportedStop], notices: Notices) -> ImportedStop | None:
    at = stop
    for _ in range(4):
        if not at.parent:
            return at if at.kind in ("0", STATION) else None
        if at.parent not in stops:
            notices.warning("stop-parent-unknown", "a stop's parent_station is in no row of stops.txt", file="stops.txt", line=at.line)
            return at
        at = stops[at.parent]
    notices.warning("stop-parent-circle", "stops are each other's parent_station", file="stops.txt", line=stop.line)
    return stop


def _one_station(roots: list[ImportedStop]) -> dict[int, ImportedStop]:
    """Root → the root that stands for its whole station: a station before a lone stop, then the feed's order."""
    by_name: dict[str, list[ImportedStop]] = {}
    canonical: dict[int, ImportedStop] = {}
    for root in sorted(roots, key=lambda stop: (stop.kind != STATION, stop.id)):
        others = by_name.setdefault(normalise(root.name), [])
        near = next((other for other in others if root.name and _metres(root.place, other.place) <= SAME_STATION_M), None)
        canonical[root.id] = canonical[near.id] if near else root
        others.append(root)
    return canonical


def _station_rows(stops: dict[str, ImportedStop], translations: Translations) -> Iterator[tuple[object, ...]]:
    for stop in stops.values():
        if stop.station == stop.id:
            latitude, longitude = stop.place or (None, None)
            yield stop.id, stop.stop_id, stop_names(stop, translations), latitude, longitude


def _stop_row(stop: ImportedStop, row: dict[str, str], translations: Translations) -> tuple[object, ...]:
    latitude, longitude = stop.place or (None, None)
    return (
        stop.id, stop.stop_id, stop.station, whole(stop.kind) or 0, stop_names(stop, translations),
        plain(row.get("stop_desc", ""), LONGEST_DESCRIPTION), _platform(stop, row), stop.level or None, latitude, longitude,
        {"1": 1, "2": 0}.get(row.get("wheelchair_boarding", "")), stop.parent or None, row.get("zone_id") or None,
    )


def stop_names(stop: ImportedStop, translations: Translations) -> str:
    """Names of a stop in every language, as JSON."""
    return translations.names("stops", "stop_name", stop.stop_id, stop.name or stop.stop_id)


def _platform(stop: ImportedStop, row: dict[str, str]) -> str | None:
    if code := row.get("platform_code"):
        return plain(code, LONGEST_CODE) or None
    names = (stop.name, row.get("platform_name", "")) if stop.kind == "0" and stop.parent else ()
    found = next((found for name in names if (found := PLATFORM.search(name))), None)
    return found.group(1) or found.group(2) if found else None


def _place(row: dict[str, str]) -> tuple[float, float] | None:
    latitude, longitude = _number(row.get("stop_lat", "")), _number(row.get("stop_lon", ""))
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return latitude, longitude


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _metres(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float:
    if one is None or other is None:
        return float("inf")
    return 111_195 * hypot(one[0] - other[0], (one[1] - other[1]) * cos(radians(one[0])))
