"""Checks of the ways through the station: ends that nobody knows, platforms and places that no way leads to."""

from collections.abc import Iterable

from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.indoor import Indoor
from assistant.knowledge.store import Store
from assistant.settings import Settings

FILE = "station.yaml"
NAMED = 5
"""Ids named in one notice."""


def check_ways(settings: Settings, store: Store, notices: Notices) -> None:
    """The station file's ways must lead somewhere, and from the kiosk they must lead everywhere."""
    home = store.station_of(settings.stop)
    if home is None:
        return
    _check_ends(settings, store, notices)
    indoor = Indoor(settings, store, home)
    platforms = [spot.id for spot in indoor.platforms(None, "")]
    stops = [node.stop_id for node in store.nodes(home) if node.station == home and node.kind in (0, 2)]
    places = [place.id for place in settings.places if place.stop or any(place.id in (way.start, way.to) for way in settings.pathways)]
    if not platforms:
        notices.info("station-without-ways", "neither pathways.txt nor pathways: leads to a platform here: no ways are told", file=FILE)
        return
    reached = indoor.reached()
    if not reached:
        notices.warning("kiosk-without-ways", "kiosk: no way is known from its place: no ways are told", file=FILE)
        return
    _tell(notices, "stop-unreachable", "no way leads from the kiosk to these platforms and entrances", stops, reached)
    _tell(notices, "place-unreachable", "places: no way leads from the kiosk to these", places, reached)
    missing = [key for key in platforms if key in reached and key not in indoor.reached(step_free=True)]
    if missing:
        notices.info("platform-with-steps", f"no step-free way leads from the kiosk to these platforms: {_some(missing)}", file=FILE)


def _check_ends(settings: Settings, store: Store, notices: Notices) -> None:
    places, seen = {place.id for place in settings.places}, {row.pathway_id for row in store.pathways()}
    for way in settings.pathways:
        if way.id in seen:
            notices.warning("pathway-repeated", f"pathways: {way.id}: another way has this id", file=FILE)
        seen.add(way.id)
        for end in (way.start, way.to):
            if end not in places and store.stop(end) is None:
                notices.warning("pathway-end-unknown", f"pathways: {way.id}: {end} is neither a place nor a stop_id", file=FILE)


def _tell(notices: Notices, code: str, message: str, wanted: Iterable[str], reached: set[str]) -> None:
    missing = [key for key in wanted if key not in reached]
    if missing:
        notices.warning(code, f"{message}: {_some(missing)}", file=FILE)


def _some(keys: list[str]) -> str:
    return ", ".join(keys[:NAMED]) + (f" and {len(keys) - NAMED} more" if len(keys) > NAMED else "")
