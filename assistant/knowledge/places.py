"""Facilities: the station file's places and the feed's exits, with what is true of them now."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from math import cos, hypot, inf, radians
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

from opening_hours import (  # type: ignore[attr-defined]  # its stubs lack the error
    OpeningHours,
    State,
    UnknownCountryError,
)

from assistant.knowledge.models import FoundPlace, Source
from assistant.knowledge.names import pick
from assistant.knowledge.store import StopRow, Store
from assistant.settings import Place, Settings
from assistant.text import in_language

Point = tuple[float, float]
HOLIDAYS = re.compile(r"\b[PS]H\b")
LEVEL_M = 50
"""A change of level weighs as much as this walk."""


class Places:
    """Places by id, in the station file's order, then the exits of the feed."""

    def __init__(self, settings: Settings, store: Store, station: int) -> None:
        self._store = store
        self._zone = ZoneInfo(store.meta["timezone"])
        self._version = store.meta["version"]
        self._levels = store.levels()
        self.listed = {place.id: place for place in settings.places}
        known_stops = {place.stop for place in settings.places}
        self.exits = {row.stop_id: row for row in store.entrances(station) if row.stop_id not in known_stops}
        self._coordinates = next(((row.latitude, row.longitude) for row in store.stations() if row.id == station), (None, None))
        here = self.listed.get(settings.kiosk.place or "")
        self._here = self._point(here.stop if here else settings.kiosk.place)
        self._level = settings.kiosk.level or (here.level if here else None)
        self._hours = lru_cache(1024)(self._parse)
        self._country = country_of(self._zone.key)

    def find(self, ids: Iterable[str] | None, *, category: str | None, at: datetime, language: str, limit: int) -> list[FoundPlace]:
        """Places with one of `ids` (None: all) and of a category; open ones first, then the nearest, then as listed."""
        wanted = None if ids is None else list(ids)
        order = wanted if wanted is not None else [*self.listed, *self.exits]
        found = [place for key in order if (place := self._found(key, at, language)) and category in (None, place.category)]
        found.sort(key=lambda place: (place.open_now is False, self._far(place.id)))
        return found[:limit]

    def _found(self, key: str, at: datetime, language: str) -> FoundPlace | None:
        if key in self.listed:
            return self._from_station_file(self.listed[key], at, language)
        if key in self.exits:
            return self._from_feed(self.exits[key], language)
        return None

    def _from_station_file(self, place: Place, at: datetime, language: str) -> FoundPlace:
        found = FoundPlace(
            id=place.id, name=in_language(place.name, language), category=place.category, level=place.level,
            level_name=self._level_name(place.level, language), where=in_language(place.where, language),
            note=in_language(place.note, language), hours=place.hours, open_now=None, opens_at=None, closes_at=None,
            step_free=place.step_free, phone=place.phone,
            source=Source(kind="station", table="places", key=place.id, as_of=self._version),
        )
        if place.hours is None:
            return found
        if self._country is None and HOLIDAYS.search(place.hours):
            return found
        hours, moment = self._hours(place.hours), at.astimezone(self._zone)
        state = hours.state(moment)[0]
        if state == State.UNKNOWN:
            return found
        is_open, change = state == State.OPEN, hours.next_change(moment)
        return replace(found, open_now=is_open, opens_at=None if is_open else change, closes_at=change if is_open else None)

    def _from_feed(self, row: StopRow, language: str) -> FoundPlace:
        return FoundPlace(
            id=row.stop_id, name=pick(json.loads(row.names), language), category="exit", level=row.level,
            level_name=self._level_name(row.level, language), where=row.description, note="", hours=None, open_now=None,
            opens_at=None, closes_at=None, step_free=None if row.step_free is None else bool(row.step_free), phone=None,
            source=Source(kind="gtfs", table="stops", key=row.stop_id, as_of=self._version),
        )

    def _level_name(self, level: str | None, language: str) -> str | None:
        names = self._levels.get(level or "")
        return pick(json.loads(names), language) if names else None

    def _far(self, key: str) -> float:
        """Metres in a straight line from the kiosk, a change of level counted in; what is not known comes last."""
        place = self.listed.get(key)
        point = self._point(place.stop if place else key)
        level = place.level if place else self.exits[key].level
        elsewhere = LEVEL_M if level and self._level and level != self._level else 0
        return (_metres(self._here, point) if self._here and point else inf) + elsewhere

    def _point(self, stop_id: str | None) -> Point | None:
        row = self._store.stop(stop_id) if stop_id else None
        return (row.latitude, row.longitude) if row and row.latitude is not None and row.longitude is not None else None

    def _parse(self, hours: str) -> OpeningHours:
        latitude, longitude = self._coordinates
        coordinates = None if latitude is None or longitude is None else (latitude, longitude)
        # Finding the country by coordinates would cost 110 MB of borders.
        return OpeningHours(
            hours, timezone=self._zone, country=self._country, coords=coordinates, auto_country=False, auto_timezone=False
        )


def country_of(zone: str) -> str | None:
    """ISO code of a time zone's country, whose public holidays count; None where the zone table or the holidays are not known."""
    for folder in TZPATH:
        table = Path(folder) / "zone.tab"
        rows = table.read_text(encoding="utf-8").splitlines() if table.is_file() else []
        for row in rows:
            fields = row.split("\t")
            if not row.startswith("#") and len(fields) > 2 and fields[2] == zone:
                return fields[0] if _has_holidays(fields[0]) else None
    return None


def _has_holidays(country: str) -> bool:
    try:
        OpeningHours("24/7", country=country)
    except UnknownCountryError:
        return False
    return True


def _metres(one: Point, other: Point) -> float:
    return 111_195 * hypot(one[0] - other[0], (one[1] - other[1]) * cos(radians(one[0])))
