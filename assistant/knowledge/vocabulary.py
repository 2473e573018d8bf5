"""Everything with a name: stops, lines, places and kinds of places, from the feed and the station file."""

import json

from assistant.knowledge.categories import named_categories
from assistant.knowledge.names import Named, line_aliases
from assistant.knowledge.store import Store
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
    for place in settings.places:
        words = (*place.aliases, *settings.aliases.get(place.id, ()))
        things.append(Named(kind="place", id=place.id, names=dict(place.name), aliases=words))
    for exit_row in store.entrances(home) if home else ():
        things.append(Named(kind="place", id=exit_row.stop_id, names=json.loads(exit_row.names)))
    return things + named_categories()
