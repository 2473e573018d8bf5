"""Checks of the station file against its feed, and of how long the timetable still holds."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import opening_hours

from assistant.knowledge.categories import categories
from assistant.knowledge.facts import TOPICS
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.names import normalise
from assistant.knowledge.store import StationRow, Store
from assistant.settings import Settings

FILE = "station.yaml"
WARN_DAYS = 14
"""Days ahead of the timetable's end from which on it is warned of."""


def check_station(settings: Settings, store: Store, notices: Notices) -> None:
    """The station file's stop, places, aliases and kiosk must be known."""
    if store.station_of(settings.stop) is None:
        close = ", ".join(_alike(settings, store.stations()))
        notices.error("station-stop-unknown", f"stop: no station in stops.txt has this stop_id; close by name: {close}", file=FILE)
    elif not store.lines_of(store.station_of(settings.stop) or 0):
        notices.warning("station-without-trains", "stop: no trip of the feed departs here", file=FILE)
    _check_places(settings, store, notices)
    ids = {place.id for place in settings.places}
    for key in settings.aliases:
        if key not in ids and store.stop(key) is None:
            notices.warning("alias-unknown", f"aliases: {key} is neither a place nor a stop_id", file=FILE)
    for key in settings.destinations:
        if store.station_of(key) is None:
            notices.warning("destination-unknown", f"destinations: {key} is no stop_id of the feed", file=FILE)
    for topic in settings.facts:
        if topic not in TOPICS:
            notices.error("fact-unknown", f"facts: {topic} is none of {', '.join(sorted(TOPICS))}", file=FILE)
    here = settings.kiosk.place
    if here and here not in ids and store.stop(here) is None:
        notices.warning("kiosk-place-unknown", f"kiosk: place {here} is neither a place nor a stop_id", file=FILE)


def check_contacts(settings: Settings, notices: Notices) -> None:
    """Warns where nobody can be called in danger."""
    if settings.contacts.emergency is None:
        notices.warning("contacts-emergency", "contacts.emergency is not set: in danger the kiosk names no number to call", file=FILE)


def check_validity(meta: Mapping[str, str], now: datetime, notices: Notices) -> None:
    """Warns where the timetable has ended, ends soon or has not begun; where there is none, the import says so."""
    start, end = date.fromisoformat(meta["start"]), date.fromisoformat(meta["end"])
    today = now.astimezone(ZoneInfo(meta["timezone"])).date()
    if end == date.min:
        return
    if today > end:
        notices.warning("feed-expired", f"the timetable ended on {end}: no times are given; get a newer feed")
    elif today < start:
        notices.warning("feed-not-yet", f"the timetable begins on {start}: no times are given until then")
    elif end - today <= timedelta(days=WARN_DAYS):
        notices.warning("feed-ends-soon", f"the timetable ends on {end}: get a newer feed")


def _check_places(settings: Settings, store: Store, notices: Notices) -> None:
    levels, seen = {*store.levels(), *(level.id for level in settings.levels)}, set[str]()
    for place in settings.places:
        where = f"places: {place.id}:"
        if place.id in seen:
            notices.error("place-repeated", f"{where} two places have this id", file=FILE)
        seen.add(place.id)
        if place.category not in categories():
            notices.error("place-category-unknown", f"{where} category is none of {', '.join(categories())}", file=FILE)
        if place.hours is not None and not opening_hours.validate(place.hours):
            notices.error("place-hours", f"{where} hours are not in opening_hours syntax, as Mo-Fr 06:00-22:00; Sa 08:00-20:00", file=FILE)
        if place.level and place.level not in levels:
            notices.warning("place-level-unknown", f"{where} level is in no row of levels.txt, nor in levels:", file=FILE)
        if place.stop and store.stop(place.stop) is None:
            notices.warning("place-stop-unknown", f"{where} stop is in no row of stops.txt", file=FILE)


def _alike(settings: Settings, stations: Iterable[StationRow]) -> list[str]:
    words = {word for name in settings.name.values() for word in normalise(name).split()}
    ranked = sorted(stations, key=lambda row: -len(words & set(normalise(row.names).split())))
    return [row.stop_id for row in ranked[:5]]
