"""Ways through the station on foot: routes, walking times and plans of levels."""

from collections.abc import Iterable
from functools import cached_property, lru_cache

from assistant.errors import NotFound
from assistant.knowledge.indoor.closables import closables
from assistant.knowledge.indoor.escape import Escape, Escapes
from assistant.knowledge.indoor.finder import Finder
from assistant.knowledge.indoor.load import Map, load
from assistant.knowledge.indoor.models import Closable, LevelPlan, Spot
from assistant.knowledge.indoor.naming import Naming
from assistant.knowledge.indoor.network import Path
from assistant.knowledge.indoor.plan import Placed, draw, levels_of, positions
from assistant.knowledge.indoor.routes import Routes
from assistant.knowledge.indoor.zones import Zones
from assistant.knowledge.models import Route
from assistant.knowledge.store import Store
from assistant.settings import Settings

NOTHING: frozenset[str] = frozenset()
PLANS = 64
"""Plans kept: a level in a language while the same things are out of order."""


class Indoor:
    """Reads all ways of the feed when first asked. `closed` holds the ids of what is out of order at the moment of asking."""

    def __init__(self, settings: Settings, store: Store, home: int) -> None:
        self._settings, self._store, self._home = settings, store, home
        self._kiosk = settings.kiosk.place
        self._plan = lru_cache(PLANS)(self._drawn)

    def route(self, *, origin: str | None, goal: str, step_free: bool, language: str, closed: frozenset[str] = NOTHING) -> Route | None:
        """The best way between stops or places, from the kiosk where `origin` is None; None where there is no way now.

        Raises NotFound where the data has no way to or from one of them at all, or the kiosk's place is not known.
        """
        start = self._start(origin, goal)
        if {start, goal} & closed or (step_free and self._routes.with_steps(goal)):
            return None
        path = self._finder.best(start, goal, step_free=step_free, closed=closed)
        return self._routes.route(path, start=start, goal=goal, language=language) if path else None

    def out_of_order(self, *, origin: str | None, goal: str, step_free: bool, closed: frozenset[str]) -> list[tuple[str, ...]]:
        """Every id of what is out of order on the path which would be taken were all in order, from its start to its goal."""
        start = self._start(origin, goal)
        path = self._finder.best(start, goal, step_free=step_free, closed=NOTHING)
        met = [(start,), *(self._finder.ids(way) for way in path.ways), (goal,)] if path else []
        return [ids for ids in met if closed.intersection(ids)]

    def walking(self, goal: str, closed: frozenset[str] = NOTHING, *, step_free: bool = False) -> Path | None:
        """The walk from the kiosk to a stop or place; None where no way is known or open."""
        return self._finder.best(self._kiosk, goal, step_free=step_free, closed=closed)

    def escape(
        self, goals: Iterable[str], *, origin: str | None, step_free: bool, avoid: frozenset[str], closed: frozenset[str] = NOTHING
    ) -> Escape | None:
        """The way out to one of `goals`, from the kiosk where `origin` is None; None where there is none, or the start is not known."""
        start = origin or self._kiosk
        if start is None:
            return None
        usable = [goal for goal in goals if not (step_free and self._routes.with_steps(goal))]
        return self._escapes.best(start, usable, step_free=step_free, closed=closed, avoid=avoid)

    def escape_route(self, escape: Escape, language: str) -> Route:
        """A way out as a route with names."""
        return self._routes.route(escape.path, start=escape.start, goal=escape.goal, language=language)

    @cached_property
    def zones(self) -> Zones:
        """The station's nodes and the metres between them."""
        return Zones(self._map, self._home)

    def mapped(self, stop_id: str) -> bool:
        """Whether any way leads to a stop."""
        return bool(self._finder.ends(stop_id))

    def doors(self, station: int) -> tuple[str, ...]:
        """Ids of the places at which travellers come to any station, of those that ways lead to: the kiosk, else its entrances."""
        if station == self._home and self._kiosk and self._finder.ends(self._kiosk):
            return (self._kiosk,)
        entrances = (node for node in self._map.nodes if node.kind == "entrance" and node.station == station)
        return tuple(node.id for node in entrances if self._finder.ends(node.id))

    def change_s(self, start: str, goal: str, *, step_free: bool = False, closed: frozenset[str] = NOTHING) -> int | None:
        """Seconds from one platform to another of any station of the feed; None where no way is known or open."""
        path = self._finder.best(start, goal, step_free=step_free, closed=closed)
        return path.seconds if path else None

    def platforms(self, code: str | None, language: str) -> list[Spot]:
        """Platforms of this station that ways lead to: those of a code, all for None."""
        wanted = None if code is None else code.casefold()
        return [
            self._routes.node(node.id, language) for node in self._map.nodes
            if node.kind == "platform" and node.station == self._home and self._finder.ends(node.id)
            and (wanted is None or (node.platform or "").casefold() == wanted)
        ]  # fmt: skip

    def spot(self, key: str, language: str) -> Spot | None:
        """A pathway, facility, node, platform or place of this station as travellers may know it; None for any other id."""
        number = self._map.numbers.get(key)
        if number is not None:
            return self._routes.node(key, language) if self._is_here(number) else None
        way = next((way for way in self._map.ways if key in (way.id, way.facility) and self._is_here(way.start)), None)
        return self._routes.way(key, way, language) if way else None

    def closables(self, language: str) -> list[Closable]:
        """Everything of the station that can be out of order, lifts first."""
        return closables(self._map, self._naming, self._home, language)

    def levels(self) -> list[str]:
        """Ids of the station's levels, the highest first."""
        return list(self._levels)

    def level_plan(self, level: str, *, language: str, closed: frozenset[str] = NOTHING) -> LevelPlan:
        """What is to be drawn of a level. Raises NotFound for a level that the station has not."""
        if level not in self._levels:
            raise NotFound("the station has no such level", code="level-not-found")
        return self._plan(level, language, closed)

    def _drawn(self, level: str, language: str, closed: frozenset[str]) -> LevelPlan:
        return draw(
            self._map, self._naming, self._finder, self._placed, level=level, places=self._settings.places,
            here=next(iter(self._finder.ends(self._kiosk)), None), language=language, closed=closed,
        )  # fmt: skip

    def reached(self, *, step_free: bool = False) -> set[str]:
        """Ids of the stops and places that ways lead to from the kiosk, with everything in order."""
        return self._finder.reached(self._kiosk, step_free=step_free)

    def warm(self) -> None:
        """Gets ready what else the first traveller waits for: the ways, the paths from the kiosk, the plans in each language."""
        for step_free in (False, True):
            self.reached(step_free=step_free)
        for level in self._levels:
            for language in self._settings.languages:
                self.level_plan(level, language=language)

    def _is_here(self, number: int) -> bool:
        return self._map.nodes[number].station in (None, self._home)

    def _start(self, origin: str | None, goal: str) -> str:
        start = origin or self._kiosk
        if start is None:
            raise NotFound("nobody said where the kiosk stands", code="kiosk-place-unknown")
        if not self._finder.ends(start) or not self._finder.ends(goal):
            raise NotFound("no way is known to this stop or place", code="way-unknown")
        return start

    @cached_property
    def _map(self) -> Map:
        return load(self._settings, self._store, self._home)

    @cached_property
    def _placed(self) -> Placed:
        return positions(self._map, self._home)

    @cached_property
    def _levels(self) -> tuple[str, ...]:
        return tuple(levels_of(self._map, self._home))

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._map)

    @cached_property
    def _escapes(self) -> Escapes:
        return Escapes(self._map, self._finder, self._home)

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self._map, {row.id: row.names for row in self._store.stations()})

    @cached_property
    def _routes(self) -> Routes:
        return Routes(self._map, self._naming, {place.id: place for place in self._settings.places})
