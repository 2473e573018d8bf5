"""What nodes, levels and signs are called."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import atan2, cos, degrees, radians

from assistant.knowledge.indoor.load import Map, straight_m
from assistant.knowledge.indoor.models import Node, Way
from assistant.knowledge.names import worded

STRAIGHT = 1.25
"""A way this many times longer than the straight line bends: its direction is not known."""
NEAR_M = 3.0
"""Below it coordinates tell no direction."""
SEPARATORS = " ,:/-–—"
"""Between a station's name and that of its part."""


class Naming:
    """Names in the language asked for, the station's own name left out of them."""

    def __init__(self, known: Map, stations: Mapping[int, str]) -> None:
        self._map, self._stations = known, stations
        self._same = Counter((node.station, node.platform) for node in known.nodes if node.kind == "platform")
        self.node = lru_cache(4096)(self._node)

    def platform(self, node: Node) -> str | None:
        """The code of a platform, where no other one of its station has the same."""
        return node.platform if node.kind == "platform" and self._same[node.station, node.platform] == 1 else None

    def level(self, level: str | None, language: str) -> str | None:
        """The name of a level."""
        floor = self._map.floors.get(level or "")
        return worded(floor.names, language) or None if floor else None

    def sign(self, way: Way, language: str) -> str | None:
        """What signs along a way say."""
        return worded(way.signs, language) or None if way.signs else None

    def bearing(self, way: Way) -> float | None:
        """Degrees clockwise from north in which a way goes; None where its ends are not known, too near, or it bends."""
        one, other = self._map.nodes[way.start], self._map.nodes[way.goal]
        straight = straight_m(one, other)
        if one.point is None or other.point is None or straight is None or straight < NEAR_M:
            return None
        if (way.metres or 0.0) > STRAIGHT * straight:
            return None
        east = (other.point[1] - one.point[1]) * cos(radians(one.point[0]))
        return degrees(atan2(east, other.point[0] - one.point[0])) % 360

    def _node(self, number: int, language: str) -> str | None:
        node = self._map.nodes[number]
        station = self._stations.get(node.station or 0, "{}")
        names = (worded(node.names, language), *([node.description] if node.kind != "node" else []))
        return next((own for name in names if (own := _own(name, worded(station, language))) and own != node.id), None)


def _own(name: str, station: str) -> str:
    """A name without the station's before it: "Metro Center, Red Line Platform" is "Red Line Platform"."""
    if name == station:
        return ""
    rest = name.removeprefix(station).lstrip() if station else name
    return rest.lstrip(SEPARATORS) if rest != name and rest[:1] in SEPARATORS else name
