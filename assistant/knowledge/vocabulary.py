"""Everything with a name: stops, lines, places and kinds of places, from the feed and the station file."""

import json

from assistant.knowledge.categories import named_categories
from assistant.knowledge.names import Named, line_aliases
from assistant.knowledge.places import covered
from assistant.knowledge.store import StopRow, Store
from assistant.settings import Settings


def vocabulary(settings: Settings, store: Store) -> list[Named]:
    """All named things of a station."""
    home = store.station_of(settings.stop)
    aliases = {(store.station_of(key), key): tuple(words) for key, words in settings.aliases.items()}
    by_station: dict[int | None, tuple[str, ...]] = {}
    for (station, _), words in aliases.items():
        by_station[station] = by_station.get(station, ()) + words
    things = []
    for row in store.stations():
        own = tuple(settings.name.values()) if row.id == home else ()
        things.append(Named(kind="stop", id=row.stop_id, names=json.loads(row.names), aliases=own + by_station.get(row.id, ())))
    for line in store.lines():
        names = json.loads(line.names)
        spoken = tuple(alias for name in dict.fromkeys(names.values()) for alias in line_aliases(name, line.mode))
        things.append(Named(kind="line", id=line.route_id, names=names, aliases=(*json.loads(line.long_names).values(), *spoken)))
    return things + _places(settings, store.entrances(home) if home else []) + named_categories()


def _places(settings: Settings, entrances: list[StopRow]) -> list[Named]:
    """The station file's places, then the entrances that are none of them; one that is lends it the feed's name for it."""
    same = covered(settings)
    names = {row.stop_id: json.loads(row.names) for row in entrances}
    lent: dict[str, tuple[str, ...]] = {same[key]: tuple(names[key].values()) for key in names if key in same}
    things = []
    for place in settings.places:
        words = (*place.aliases, *settings.aliases.get(place.id, ()), *lent.get(place.id, ()))
        things.append(Named(kind="place", id=place.id, names=dict(place.name), aliases=words))
    for key in [key for key in names if key not in same]:
        things.append(Named(kind="place", id=key, names=names[key], aliases=tuple(settings.aliases.get(key, ()))))
    return things
