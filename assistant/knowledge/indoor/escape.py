"""Ways out in a fire: on foot, without lifts, around the zones in which it may burn.

An escalator or moving walkway is taken only in the direction in which it runs, and its time is that of stairs or of walking, as it may
stand still: NFPA 130 counts stopped escalators among the ways out. A fare gate is not walked against its direction and costs time, though
many open by themselves in a fire: the data does not say so. Stairs weigh as on every way: nobody goes down to come up again for seconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.knowledge.indoor.finder import Finder
from assistant.knowledge.indoor.load import Map, level_change, straight_m
from assistant.knowledge.indoor.models import Way
from assistant.knowledge.indoor.network import Network, Path
from assistant.knowledge.indoor.rules import cost_of
from assistant.knowledge.indoor.speeds import estimate_s
from assistant.knowledge.models import WayMode

INSIDE = 1e6
"""A second inside the zones weighs as so many outside: the least of it first, then the shortest way."""
TICKET_S = 60
"""What going in through a fare gate weighs besides, as some have no ticket at hand; assumed."""
ON_FOOT: dict[WayMode, WayMode] = {"escalator": "stairs", "moving_walkway": "walkway"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Escape:
    """The best way out."""

    start: str
    goal: str
    """Ids of stops or places."""
    path: Path
    inside: bool
    """Whether it begins inside the zones."""
    enters: bool
    """Whether it goes into them from outside, or ends in them: no better way is known, and nobody can call this one safe."""


class Escapes:
    """Looks for ways out of one station."""

    def __init__(self, known: Map, finder: Finder, home: int) -> None:
        self._map, self._finder = known, finder
        here = {number for number, node in enumerate(known.nodes) if node.station in (None, home)}
        self._ways = [self._on_foot(way) for way in known.ways if way.mode != "lift" and {way.start, way.goal} <= here]
        self._network = lru_cache(32)(self._make_network)

    def best(
        self, start: str, goals: Iterable[str], *, step_free: bool, closed: frozenset[str], avoid: frozenset[str]
    ) -> Escape | None:
        """The easiest way to one of `goals` that leaves the zones at once and never enters them; else the one with the least time in them.

        `avoid` holds ids of stops and places, `closed` those of what is out of order. None where there is no way at all.
        """
        zones = self._numbers(avoid)
        ends = [(goal, end) for goal in dict.fromkeys(goals) if goal not in closed for end in self._finder.ends(goal)]
        for enters in (False, True):
            network = self._network(step_free, closed, zones, enters)
            found = [
                (path, begin, goal) for begin in self._finder.ends(start) for goal, end in ends
                if (enters or end not in zones) and (path := network.path(begin, end))
            ]  # fmt: skip
            if found:
                path, begin, goal = min(found, key=lambda each: (each[0].cost, each[0].seconds, each[2]))
                return Escape(start=start, goal=goal, path=path, inside=begin in zones, enters=enters)
        return None

    def _numbers(self, keys: frozenset[str]) -> frozenset[int]:
        found = {end for key in keys for end in self._finder.ends(key)}
        return frozenset(found | {self._map.numbers[key] for key in keys if key in self._map.numbers})

    def _make_network(self, step_free: bool, closed: frozenset[str], zones: frozenset[int], enters: bool) -> Network:
        ways = [
            replace(way, cost=way.cost * (1 + INSIDE * ((way.start in zones) + (way.goal in zones)) / 2))
            for way in self._ways
            if (way.step_free or not step_free) and (enters or way.start in zones or way.goal not in zones)
            and not closed.intersection(self._finder.ids(way))
        ]  # fmt: skip
        return Network.of(len(self._map.nodes), ways)

    def _on_foot(self, way: Way) -> Way:
        """A way as people walk it, whether its steps move or not."""
        if way.mode not in ON_FOOT:
            return replace(way, cost=way.cost + TICKET_S) if way.mode == "fare_gate" else way
        one, other = self._map.nodes[way.start], self._map.nodes[way.goal]
        walked = estimate_s(
            ON_FOOT[way.mode], metres=way.metres or straight_m(one, other), stairs=way.stairs,
            levels=level_change(self._map.floors, one, other),
        )  # fmt: skip
        seconds = max(way.seconds, walked)
        return replace(way, seconds=seconds, cost=cost_of(ON_FOOT[way.mode], seconds))
