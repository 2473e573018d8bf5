"""The station as zones and the ways between them: a zone is a node of the map, by its id."""

import heapq
from collections.abc import Iterable, Sequence

from assistant.knowledge.indoor.load import Map, level_change, straight_m
from assistant.knowledge.indoor.models import Way
from assistant.knowledge.indoor.speeds import GATE_S, STEPS_OF_A_LEVEL, TREAD_M, UNKNOWN_M, WALK_M_S

LEVEL_M = 4.3
"""Height of a level: 25 steps of 0.17 m, as the map assumes steps."""
SHORTEST_M = 1.0


class Zones:
    """Every node of one station that ways lead to; a way is one in both directions, whoever may walk it. Meets `ZoneGraph`."""

    def __init__(self, known: Map, home: int) -> None:
        met = {end for way in known.ways for end in (way.start, way.goal)}
        inside = [number for number in range(len(known.nodes)) if known.nodes[number].station in (None, home)]
        parts = {known.nodes[number].parent for number in inside if number in met and known.nodes[number].kind == "boarding_area"}
        self._nodes = [number for number in inside if number in met or known.nodes[number].id in parts]
        self._map = known
        self._ids = tuple(known.nodes[number].id for number in self._nodes)
        here = set(self._nodes)
        self._lengths: dict[str, dict[str, float]] = {zone: {} for zone in self._ids}
        for way in known.ways:
            if way.start in here and way.goal in here:
                self._join(way.start, way.goal, length_m(known, way))
        for number in self._nodes:
            node = known.nodes[number]
            platform = known.numbers.get(node.parent or "")
            if node.kind == "boarding_area" and platform in here:
                self._join(number, platform, max(straight_m(node, known.nodes[platform]) or UNKNOWN_M, SHORTEST_M))

    def zones(self) -> Sequence[str]:
        """Every zone."""
        return self._ids

    def neighbours(self, zone: str) -> Sequence[tuple[str, float]]:
        """The zones next to one, with the metres between them; none for an id that is no zone."""
        return tuple(self._lengths.get(zone, {}).items())

    def level(self, zone: str) -> str | None:
        """Id of the level it is on."""
        return self._map.nodes[self._map.numbers[zone]].level if zone in self._lengths else None

    def zone(self, key: str) -> str | None:
        """The zone of a place or stop: where a place of the station file stands; None where no way leads to it."""
        number = self._map.numbers.get(key)
        found = None if number is None else self._map.nodes[number].id
        return found if found in self._lengths else None

    def metres_from(self, zones: Iterable[str]) -> dict[str, float]:
        """Zone → metres from the nearest of `zones`, for those that ways join to any of them."""
        found: dict[str, float] = {}
        heap = [(0.0, zone) for zone in zones if zone in self._lengths]
        heapq.heapify(heap)
        while heap:
            metres, zone = heapq.heappop(heap)
            if zone not in found:
                found[zone] = metres
                for other, length in self._lengths[zone].items():
                    heapq.heappush(heap, (metres + length, other))
        return found

    def _join(self, one: int, other: int, metres: float) -> None:
        first, second = self._map.nodes[one].id, self._map.nodes[other].id
        for start, goal in ((first, second), (second, first)):
            self._lengths[start][goal] = min(metres, self._lengths[start].get(goal, metres))


def length_m(known: Map, way: Way) -> float:
    """Metres of a way: as the feed says, else in a straight line, else by what the map assumes of levels, gates and walks."""
    one, other = known.nodes[way.start], known.nodes[way.goal]
    levels = abs(level_change(known.floors, one, other))
    if way.metres is not None:
        metres = way.metres
    elif way.mode == "lift":
        metres = max(1.0, levels) * LEVEL_M
    elif straight := straight_m(one, other):
        metres = straight
    elif way.mode in ("stairs", "escalator"):
        metres = abs(way.stairs or max(1.0, levels) * STEPS_OF_A_LEVEL) * TREAD_M
    elif way.mode in ("fare_gate", "exit_gate"):
        metres = GATE_S * WALK_M_S
    else:
        metres = UNKNOWN_M
    return max(metres, SHORTEST_M)
