"""Facilities: the station file's places and the feed's exits, with what is true of them now."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from math import cos, hypot, inf, radians
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import TZPATH, ZoneInfo

from opening_hours import (  # type: ignore[attr-defined]  # its stubs lack the error
    OpeningHours,
    State,
    UnknownCountryError,
)

from assistant.knowledge.categories import kinds_of
from assistant.knowledge.models import Fact, FoundPlace, Source
from assistant.knowledge.names import pick
from assistant.knowledge.store import StopRow, Store
from assistant.settings import Place, Settings
from assistant.text import in_language

if TYPE_CHECKING:
    from assistant.knowledge.indoor import Indoor

Point = tuple[float, float]
HOLIDAYS = re.compile(r"\b[PS]H\b")
LEVEL_S = 50
"""A change of level takes as long as this, where no way is known."""
SECONDS_A_METRE = 1.0
"""What a straight line is taken for beside known ways: it is a third too short, and people walk 1.3 metres a second."""


class Places:
    """Places by id, in the station file's order, then the exits of the feed."""

    def __init__(self, settings: Settings, store: Store, station: int, indoor: "Indoor", closed: Callable[[], frozenset[str]]) -> None:
        """`closed` gives the ids of what is out of order now."""
        self._store, self._indoor, self._closed = store, indoor, closed
        self._facts = settings.facts
        self._zone = ZoneInfo(store.meta["timezone"])
        self._version = store.meta["version"]
        self._levels = store.levels()
        self.listed = {place.id: place for place in settings.places}
        self._covered = covered(settings)
        self.exits = {row.stop_id: row for row in store.entrances(station) if row.stop_id not in self._covered}
        self._coordinates = next(((row.latitude, row.longitude) for row in store.stations() if row.id == station), (None, None))
        self._kiosk = settings.kiosk.place or ""
        here = self.listed.get(self._kiosk)
        self._here = self._point(here.stop if here else settings.kiosk.place)
        self._level = settings.kiosk.level or (here.level if here else None)
        self._hours = lru_cache(1024)(self._parse)
        self._country = country_of(self._zone.key)

    def find(
        self, ids: Iterable[str] | None, *, category: str | None, at: datetime, language: str, limit: int, step_free: bool = False
    ) -> list[FoundPlace]:
        """Places with one of `ids` (None: all) and of a category or group; open ones first, then the easiest walk, then as listed.

        `step_free` leaves out what cannot be reached without steps now.
        """
        keys = dict.fromkeys(self._covered.get(key, key) for key in ids) if ids is not None else [*self.listed, *self.exits]
        closed = self._closed()
        kinds = None if category is None else kinds_of(category)
        found = []
        for key in keys:
            place = self._found(key, at, language)
            if place is None or (kinds is not None and place.category not in kinds):
                continue
            if key in closed:
                place = replace(place, open_now=False, opens_at=None, closes_at=None)
            walk = self._indoor.walking(key, closed, step_free=step_free)
            if not step_free or self._without_steps(place, reached=walk is not None):
                metres = None if walk is None or walk.metres is None else round(walk.metres)
                found.append((walk.cost if walk else self._guessed_s(key), replace(place, metres=metres)))
        return [place for _, place in sorted(found, key=lambda pair: (pair[1].open_now is False, pair[0]))][:limit]

    def fact(self, topic: str, language: str) -> Fact | None:
        """What the station says of a topic besides its places."""
        text = in_language(self._facts.get(topic, {}), language)
        return Fact(text=text, source=Source(kind="station", table="facts", key=topic, as_of=self._version)) if text else None

    def _without_steps(self, place: FoundPlace, *, reached: bool) -> bool:
        """What no way leads to at all can only be believed."""
        return place.step_free is not False and (reached if self._on_the_map(place.id) else bool(place.step_free))

    def _on_the_map(self, key: str) -> bool:
        """True where a way should lead from the kiosk to a place."""
        return self._indoor.mapped(self._kiosk) and self._indoor.mapped(key)

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
        name = pick(json.loads(row.names), language)
        return FoundPlace(
            id=row.stop_id, name=name, category="exit", level=row.level,
            level_name=self._level_name(row.level, language), where=_news(row.description, name), note="", hours=None, open_now=None,
            opens_at=None, closes_at=None, step_free=None if row.step_free is None else bool(row.step_free), phone=None,
            source=Source(kind="gtfs", table="stops", key=row.stop_id, as_of=self._version),
        )

    def _level_name(self, level: str | None, language: str) -> str | None:
        names = self._levels.get(level or "")
        return pick(json.loads(names), language) if names else None

    def _guessed_s(self, key: str) -> float:
        """Seconds to a place by a straight line from the kiosk; what is not known comes last, and so does what is cut off now."""
        if self._on_the_map(key):
            return inf
        place = self.listed.get(key)
        point = self._point(place.stop if place else key)
        level = place.level if place else self.exits[key].level
        elsewhere = LEVEL_S if level and self._level and level != self._level else 0
        return (_metres(self._here, point) if self._here and point else inf) * SECONDS_A_METRE + elsewhere

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


def covered(settings: Settings) -> dict[str, str]:
    """Entrance of the feed → the exit of the station file that stands there, which knows more of it."""
    return {place.stop: place.id for place in reversed(settings.places) if place.stop and place.category == "exit"}


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


def _news(description: str, name: str) -> str:
    """A description, where it is more than the name once again: many feeds give entrances nothing else."""
    words, said = ({*re.findall(r"\w+", text.casefold())} for text in (description, name))
    return description if 2 * len(words - said) >= len(words) else ""


def _metres(one: Point, other: Point) -> float:
    return 111_195 * hypot(one[0] - other[0], (one[1] - other[1]) * cos(radians(one[0])))
