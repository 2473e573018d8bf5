"""Finds ways on the map, leaving out what is out of order."""

from functools import lru_cache

from assistant.knowledge.indoor.load import Map
from assistant.knowledge.indoor.models import Way
from assistant.knowledge.indoor.network import Network, Path


class Finder:
    """Searches between stops and places by id; a network is made once for each state of what is out of order."""

    def __init__(self, known: Map) -> None:
        self._map = known
        self._ends = _ends_by_id(known)
        self._whole = lru_cache(2)(self._make_whole)
        self._network = lru_cache(4)(self._make_network)

    def ends(self, key: str | None) -> tuple[int, ...]:
        """The nodes at which ways meet a stop or place; none where no way leads there or nobody knows it."""
        return self._ends.get(key or "", ())

    def best(self, start: str | None, goal: str, *, step_free: bool, closed: frozenset[str]) -> Path | None:
        """The path of least cost; None where there is none."""
        network = self._network(closed, step_free)
        paths = (network.path(begin, end) for begin in self.ends(start) for end in self.ends(goal))
        return min((path for path in paths if path), key=lambda path: (path.cost, len(path.ways)), default=None)

    def reached(self, start: str | None, *, step_free: bool) -> set[str]:
        """Ids of the stops and places that can be reached with everything in order."""
        network = self._network(frozenset(), step_free)
        found = {number for begin in self.ends(start) for number in network.reached(begin)}
        return {key for key, ends in self._ends.items() if found.intersection(ends)}

    def ids(self, way: Way) -> tuple[str, ...]:
        """Every id by which a way may be called out of order: its own, its facility's, those of its ends."""
        ends = (self._map.nodes[way.start], self._map.nodes[way.goal])
        areas = [node.parent for node in ends if node.kind == "boarding_area" and node.parent]
        return (way.id, *([way.facility] if way.facility else []), *(node.id for node in ends), *areas)

    def _make_network(self, closed: frozenset[str], step_free: bool) -> Network:
        network, named = self._whole(step_free)
        return network.without({number for key in closed for number in named.get(key, ())}) if closed else network

    def _make_whole(self, step_free: bool) -> tuple[Network, dict[str, list[int]]]:
        """The network with everything in order, and which of its ways an id closes."""
        ways = [way for way in self._map.ways if way.step_free or not step_free]
        named: dict[str, list[int]] = {}
        for number, way in enumerate(ways):
            for key in self.ids(way):
                named.setdefault(key, []).append(number)
        return Network.of(len(self._map.nodes), ways), named


def _ends_by_id(known: Map) -> dict[str, tuple[int, ...]]:
    """A platform has ways at its own node or, divided into boarding areas, at theirs."""
    met = {end for way in known.ways for end in (way.start, way.goal)}
    ends: dict[str, tuple[int, ...]] = {key: (number,) for key, number in known.numbers.items() if number in met}
    for number in met:
        node = known.nodes[number]
        if node.kind == "boarding_area" and node.parent:
            ends[node.parent] = (*ends.get(node.parent, ()), number)
    return ends
