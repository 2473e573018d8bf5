"""One imported feed with everything that is read from it; a new feed is a new one of these."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, partial
from typing import cast, get_args

from assistant.errors import StationError
from assistant.knowledge.fares import Fares
from assistant.knowledge.indoor import Indoor
from assistant.knowledge.journeys import JourneyPlanner, Planner
from assistant.knowledge.models import Line, Mode, Source, Stop
from assistant.knowledge.names import Names, pick
from assistant.knowledge.places import Places
from assistant.knowledge.realtime.overlay import Overlay
from assistant.knowledge.store import LineRow, StationRow, Store
from assistant.knowledge.timetable import Timetable
from assistant.knowledge.trains import Trains
from assistant.knowledge.vocabulary import vocabulary
from assistant.settings import Settings

MODES = get_args(Mode)


class Imported:
    """Never changes after it is made. Raises StationError where the feed lacks the station."""

    def __init__(self, settings: Settings, store: Store, realtime: Overlay, closed: Callable[[], frozenset[str]]) -> None:
        """`closed` gives the ids of what is out of order now."""
        home = store.station_of(settings.stop)
        if home is None:
            raise StationError("stop in station.yaml is in no row of stops.txt", hint="run `station check`")
        self.store, self.home = store, home
        self.version = store.meta["version"]
        self.stations = {row.id: row for row in store.stations()}
        self.lines = {row.id: row for row in store.lines()}
        self.routes = store.routes()
        self.timetable = Timetable(store, partial(realtime.live, store))
        self.trains = Trains(store, home, self._station, self.timetable.zone)
        self.fares = Fares(store)
        self.indoor = Indoor(settings, store, home)
        self.journeys: JourneyPlanner = Planner(store, self._station, self.indoor, closed, partial(realtime.live, store))
        self.places = Places(settings, store, home, self.indoor, closed)
        self.names = Names(vocabulary(settings, store))
        self.spoken_names = store.spoken_names()
        self.destinations = lru_cache(1)(lambda: store.destinations(home))

    def warm(self, at: datetime) -> None:
        """Gets ready what else is read when it is first asked for; seconds for a large feed."""
        self.places.find(None, category=None, at=at, language="", limit=0)
        self.destinations()
        self.indoor.warm()
        self.journeys.load(at.astimezone(self.timetable.zone).date())

    def stop(self, row: StationRow, language: str) -> Stop:
        """A station as travellers know it."""
        return Stop(
            id=row.stop_id, name=pick(json.loads(row.names), language), latitude=row.latitude, longitude=row.longitude,
            source=Source(kind="gtfs", table="stops", key=row.stop_id, as_of=self.version),
        )

    def _station(self, number: int, language: str) -> Stop:
        return self.stop(self.stations[number], language)

    def line(self, row: LineRow, language: str) -> Line:
        """A line by its public name."""
        return Line(
            id=row.route_id, name=pick(json.loads(row.names), language), long_name=pick(json.loads(row.long_names), language),
            mode=cast(Mode, row.mode if row.mode in MODES else "other"), colour=row.colour, text_colour=row.text_colour,
            source=Source(kind="gtfs", table="routes", key=row.route_id, as_of=self.version),
        )
