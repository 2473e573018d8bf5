"""Nodes, ways and levels of the whole feed, and what the station file adds to them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import cos, hypot, radians

from assistant.knowledge.indoor.models import MODES, Node, NodeKind, Way
from assistant.knowledge.indoor.rules import cost_of, is_step_free
from assistant.knowledge.indoor.speeds import estimate_s
from assistant.knowledge.models import Source, WayMode
from assistant.knowledge.store import NodeRow, PathwayRow, Store
from assistant.settings import Pathway, Place, Settings

KINDS: dict[int, NodeKind] = {0: "platform", 2: "entrance", 3: "node", 4: "boarding_area"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A level."""

    index: float | None
    names: str
    """JSON of language → name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """All that is known of ways on foot; a node's number is its place in `nodes`."""

    nodes: list[Node]
    ways: list[Way]
    floors: dict[str, Floor]
    numbers: dict[str, int]
    """Stop or place id → number of its node."""


def load(settings: Settings, store: Store, home: int) -> Map:
    """Reads the feed's ways and those of the station file. Ways with an end that nobody knows are left out."""
    version = store.meta["version"]
    rows = store.nodes(home)
    nodes = [_node(row, version) for row in rows if row.kind in KINDS]
    joined = {end for way in settings.pathways for end in (way.start, way.to)}
    nodes += [_place_node(place, version) for place in settings.places if place.id in joined and place.stop is None]
    floors = {level.id: Floor(index=level.index, names=json.dumps(level.name, ensure_ascii=False)) for level in settings.levels}
    floors |= {row.level_id: Floor(index=row.number, names=row.names) for row in store.level_rows()}
    numbers = {node.id: number for number, node in enumerate(nodes)}
    numbers |= {place.id: numbers[place.stop] for place in settings.places if place.stop in numbers}
    here = numbers.get(settings.kiosk.place or "")
    if here is not None and nodes[here].level is None:  # feeds give many entrances none; who put the kiosk there knows it
        nodes[here] = replace(nodes[here], level=settings.kiosk.level)
    makers = _Maker(nodes, floors, version)
    by_row = {row.id: numbers[row.stop_id] for row in rows if row.stop_id in numbers}
    ways = [way for row in store.pathways() for way in makers.from_feed(row, by_row)]
    ways += [way for made in settings.pathways for way in makers.from_station_file(made, numbers)]
    return Map(nodes=nodes, ways=ways, floors=floors, numbers=numbers)


def straight_m(one: Node, other: Node) -> float | None:
    """Metres in a straight line, on the map; None where a coordinate is missing."""
    if one.point is None or other.point is None:
        return None
    (latitude, longitude), (further, beyond) = one.point, other.point
    return 111_195 * hypot(latitude - further, (longitude - beyond) * cos(radians(latitude)))


def level_change(floors: Mapping[str, Floor], one: Node, other: Node) -> float:
    """Levels between two nodes, above 0 up; 0 where a level is not known."""
    first, second = floors.get(one.level or ""), floors.get(other.level or "")
    if first is None or second is None or first.index is None or second.index is None:
        return 0.0
    return second.index - first.index


class _Maker:
    """Makes ways, one for each direction."""

    def __init__(self, nodes: list[Node], floors: Mapping[str, Floor], version: str) -> None:
        self._nodes, self._floors, self._version = nodes, floors, version

    def from_feed(self, row: PathwayRow, numbers: Mapping[int, int]) -> Iterator[Way]:
        """The ways of a row of `pathways.txt`."""
        if row.start not in numbers or row.goal not in numbers:
            return
        source = Source(kind="gtfs", table="pathways", key=row.pathway_id, as_of=self._version)
        yield from self._both(
            row.pathway_id, numbers[row.start], numbers[row.goal], MODES[row.mode - 1], both_ways=bool(row.both_ways), metres=row.metres,
            seconds=row.seconds, stairs=row.steps, signs=(row.sign, row.back_sign), facility=row.facility, source=source,
            step_free=is_step_free(MODES[row.mode - 1], slope=row.slope, width_m=row.width_m),
        )  # fmt: skip

    def from_station_file(self, made: Pathway, numbers: Mapping[str, int]) -> Iterator[Way]:
        """The ways of an entry of `pathways` in station.yaml."""
        if made.start not in numbers or made.to not in numbers:
            return
        sign, back = (json.dumps(text, ensure_ascii=False) if text else None for text in (made.sign, made.back_sign))
        source = Source(kind="station", table="pathways", key=made.id, as_of=self._version)
        start, goal = numbers[made.start], numbers[made.to]
        down = level_change(self._floors, self._nodes[start], self._nodes[goal]) < 0
        yield from self._both(
            made.id, start, goal, made.mode, both_ways=made.both_ways, metres=made.metres, seconds=made.seconds,
            stairs=-made.stairs if made.stairs and down else made.stairs, signs=(sign, back), facility=None, source=source,
            step_free=is_step_free(made.mode, slope=made.slope, width_m=made.width),
        )  # fmt: skip

    def _both(
        self, key: str, start: int, goal: int, mode: WayMode, *, both_ways: bool, metres: float | None, seconds: int | None,
        stairs: int | None, signs: tuple[str | None, str | None], facility: str | None, source: Source, step_free: bool,
    ) -> Iterator[Way]:  # fmt: skip
        both_ways = both_ways and mode != "exit_gate"  # nobody comes in through an exit gate, whatever the feed says
        sides = ((start, goal, stairs, signs[0]), (goal, start, -stairs if stairs else None, signs[1]))
        for begin, end, steps, sign in sides[: 2 if both_ways else 1]:
            one, other = self._nodes[begin], self._nodes[end]
            known_s = seconds or estimate_s(
                mode, metres=metres or straight_m(one, other), stairs=steps, levels=level_change(self._floors, one, other)
            )
            yield Way(
                id=key, start=begin, goal=end, mode=mode, metres=metres, seconds=known_s, cost=cost_of(mode, known_s), stairs=steps,
                signs=sign, facility=facility, both_ways=both_ways, source=source,
                step_free=step_free and not (one.barred or other.barred),
            )  # fmt: skip


def _node(row: NodeRow, version: str) -> Node:
    kind = KINDS[row.kind]
    return Node(
        id=row.stop_id, kind=kind, names=row.names, description=row.description, platform=row.platform, level=row.level,
        point=_point(row.latitude, row.longitude), barred=kind == "entrance" and row.step_free == 0, station=row.station,
        parent=row.parent, source=Source(kind="gtfs", table="stops", key=row.stop_id, as_of=version),
    )  # fmt: skip


def _place_node(place: Place, version: str) -> Node:
    return Node(
        id=place.id, kind="place", names=json.dumps(place.name, ensure_ascii=False), level=place.level,
        point=_point(place.latitude, place.longitude), source=Source(kind="station", table="places", key=place.id, as_of=version),
    )  # fmt: skip


def _point(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    return None if latitude is None or longitude is None else (latitude, longitude)
