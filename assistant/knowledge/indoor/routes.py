"""From a path in the graph to a route with names."""

from collections.abc import Mapping

from assistant.knowledge.indoor.load import Map, level_change
from assistant.knowledge.indoor.models import Spot, Way
from assistant.knowledge.indoor.naming import Naming
from assistant.knowledge.indoor.network import Path
from assistant.knowledge.models import Route, Source, Step
from assistant.settings import Place
from assistant.text import in_language


class Routes:
    """Words for paths, in the language asked for."""

    def __init__(self, known: Map, naming: Naming, places: Mapping[str, Place]) -> None:
        self._map, self._naming, self._places = known, naming, places

    def route(self, path: Path, *, start: str, goal: str, language: str) -> Route:
        """A route between stops or places by id."""
        node = self._map.nodes[self._map.numbers[goal]]
        return Route(
            start_id=start, start_name=self.name(start, language), goal_id=goal, goal_name=self.name(goal, language),
            goal_platform=None if goal in self._places else self._naming.platform(node),
            steps=tuple(self._step(way, language) for way in path.ways), metres=path.metres, seconds=path.seconds,
            cost=path.cost, step_free=all(way.step_free for way in path.ways) and not self.with_steps(goal),
        )  # fmt: skip

    def name(self, key: str, language: str) -> str:
        """What a stop or place is called; "" for one without a name of its own."""
        if key in self._places:
            return in_language(self._places[key].name, language)
        return self._naming.node(self._map.numbers[key], language) or ""

    def node(self, key: str, language: str) -> Spot:
        """A stop or place."""
        node = self._map.nodes[self._map.numbers[key]]
        place = self._places.get(key)
        source = Source(kind="station", table="places", key=key, as_of=node.source.as_of) if place else node.source
        return Spot(
            id=key, kind="place" if place else node.kind, name=self.name(key, language),
            platform=None if place else self._naming.platform(node), level_name=self._naming.level(node.level, language), source=source,
        )  # fmt: skip

    def way(self, key: str, way: Way, language: str) -> Spot:
        """A pathway, by the id of its own or of its facility."""
        level = self._naming.level(self._map.nodes[way.goal].level, language)
        start = self._naming.node(way.start, language) or ""
        return Spot(id=key, kind=way.mode, name=start, platform=None, level_name=level, source=way.source)

    def with_steps(self, goal: str) -> bool:
        """Whether the station file says that a place is not free of steps."""
        return goal in self._places and self._places[goal].step_free is False

    def _step(self, way: Way, language: str) -> Step:
        start, goal = self._map.nodes[way.start], self._map.nodes[way.goal]
        return Step(
            mode=way.mode, start_id=start.id, goal_id=goal.id, goal_name=self._naming.node(way.goal, language),
            sign=self._naming.sign(way, language), level=goal.level, level_name=self._naming.level(goal.level, language),
            levels=level_change(self._map.floors, start, goal), metres=way.metres, seconds=way.seconds,
            stairs=way.stairs if way.mode == "stairs" else None, bearing=self._naming.bearing(way), source=way.source,
        )  # fmt: skip
