"""The plan of a level: nodes in metres, ways between them and to other levels."""

from collections.abc import Iterable
from math import cos, radians

from assistant.knowledge.indoor.finder import Finder
from assistant.knowledge.indoor.load import Map, level_change
from assistant.knowledge.indoor.models import LevelPlan, PlanNode, PlanWay
from assistant.knowledge.indoor.naming import Naming
from assistant.knowledge.models import Source
from assistant.settings import Place
from assistant.text import in_language

Point = tuple[float, float]
Placed = tuple[dict[int, Point], set[int]]
"""Nodes by number, in metres east and north of the middle of a station; and those of which this is a guess."""
ROUNDS = 50
"""Passes in which nodes without coordinates move to the middle of their neighbours."""


def draw(
    known: Map, naming: Naming, finder: Finder, placed: Placed, *, level: str, places: Iterable[Place], here: int | None, language: str,
    closed: frozenset[str],
) -> LevelPlan:  # fmt: skip
    """What is to be drawn of a level of the station whose nodes are `placed`."""
    points, guessed = placed
    drawn = {number for number in points if known.nodes[number].level == level}
    nodes = [_node(known, naming, number, points[number], number in guessed, language) for number in sorted(drawn)]
    floor = known.floors.get(level)
    return LevelPlan(
        id=level, name=naming.level(level, language), index=floor.index if floor else None,
        nodes=(*nodes, *_places(known, places, drawn, points, guessed, language)),
        ways=tuple(_ways(known, finder, drawn, level, closed)), here=known.nodes[here].id if here in drawn else None,
    )  # fmt: skip


def positions(known: Map, home: int) -> Placed:
    """Where the nodes of a station lie, and which of them have no coordinates and were put between their neighbours."""
    mine = {number for number, node in enumerate(known.nodes) if node.station in (None, home)}
    located = {number: point for number in mine if (point := known.nodes[number].point)}
    if not located:
        return {}, set()
    south, west = (sum(axis) / len(located) for axis in zip(*located.values(), strict=True))
    east = 111_195 * cos(radians(south))
    points = {number: ((longitude - west) * east, (latitude - south) * 111_195) for number, (latitude, longitude) in located.items()}
    neighbours: dict[int, set[int]] = {}
    for way in known.ways:
        if {way.start, way.goal} <= mine:
            neighbours.setdefault(way.start, set()).add(way.goal)
            neighbours.setdefault(way.goal, set()).add(way.start)
    guessed: set[int] = set()
    for _ in range(ROUNDS):
        for number in mine - located.keys():
            near = [points[other] for other in neighbours.get(number, ()) if other in points]
            if near:
                points[number] = (sum(x for x, _ in near) / len(near), sum(y for _, y in near) / len(near))
                guessed.add(number)
    return points, guessed


def _node(known: Map, naming: Naming, number: int, point: Point, estimated: bool, language: str) -> PlanNode:
    node = known.nodes[number]
    return PlanNode(
        id=node.id, kind=node.kind, name=naming.node(number, language), platform=node.platform, category=None, at=None,
        x_m=round(point[0], 1), y_m=round(point[1], 1), estimated=estimated, source=node.source,
    )  # fmt: skip


def _places(
    known: Map, places: Iterable[Place], drawn: set[int], points: dict[int, Point], guessed: set[int], language: str
) -> Iterable[PlanNode]:
    for place in places:
        number = known.numbers.get(place.id)
        if number not in drawn or known.nodes[number].kind == "place":
            continue
        x, y = points[number]
        yield PlanNode(
            id=place.id, kind="place", name=in_language(place.name, language), platform=None, category=place.category,
            at=known.nodes[number].id, x_m=round(x, 1), y_m=round(y, 1), estimated=number in guessed,
            source=Source(kind="station", table="places", key=place.id, as_of=known.nodes[number].source.as_of),
        )  # fmt: skip


def _ways(known: Map, finder: Finder, drawn: set[int], level: str, closed: frozenset[str]) -> Iterable[PlanWay]:
    seen: set[str] = set()
    for way in known.ways:
        if way.start not in drawn or (way.both_ways and way.id in seen):
            continue
        start, goal = known.nodes[way.start], known.nodes[way.goal]
        elsewhere = goal.level if goal.level != level else None
        if elsewhere is None and way.goal not in drawn:
            continue
        seen.add(way.id)
        yield PlanWay(
            id=way.id, mode=way.mode, start_id=start.id, goal_id=goal.id, both_ways=way.both_ways, leads_to=elsewhere,
            levels=level_change(known.floors, start, goal), closed=bool(closed.intersection(finder.ids(way))), step_free=way.step_free,
            source=way.source,
        )  # fmt: skip


def levels_of(known: Map, home: int) -> list[str]:
    """Ids of a station's levels, the highest first."""
    found = {node.level for node in known.nodes if node.level and node.station in (None, home)}
    return sorted(found, key=lambda level: (-(_index(known, level)), level))


def _index(known: Map, level: str) -> float:
    floor = known.floors.get(level)
    return (floor.index if floor else None) or 0.0

