"""The graph of what can be walked now. Parallel ways exist, so it is a multigraph; searches are rustworkx's."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Self

import rustworkx as rx

from assistant.knowledge.indoor.models import Way

_COST = attrgetter("cost")
_RANK = attrgetter("cost", "has_steps", "id")
"""Of parallel ways as good as each other, the one for everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The best way from one node to another."""

    ways: tuple[Way, ...]

    @property
    def cost(self) -> float:
        """Seconds as people weigh them."""
        return sum(way.cost for way in self.ways)

    @property
    def seconds(self) -> int:
        """Seconds it takes."""
        return sum(way.seconds for way in self.ways)

    @property
    def metres(self) -> float | None:
        """Length of the walk, lifts and gates of unknown length as none; None where another length is not known."""
        if any(way.metres is None and way.mode not in ("lift", "fare_gate", "exit_gate") for way in self.ways):
            return None
        return sum(way.metres or 0.0 for way in self.ways)


class Network:
    """Nodes by number and the ways that are open. Never changes after it is made."""

    def __init__(self, graph: "rx.PyDiGraph[int, Way]") -> None:
        self._graph = graph
        self._from = lru_cache(256)(self._search)

    @classmethod
    def of(cls, nodes: int, ways: Iterable[Way]) -> Self:
        """All of these ways, the first with number 0."""
        graph: rx.PyDiGraph[int, Way] = rx.PyDiGraph(multigraph=True)
        graph.add_nodes_from(range(nodes))
        graph.add_edges_from([(way.start, way.goal, way) for way in ways])
        return cls(graph)

    def without(self, ways: Iterable[int]) -> Self:
        """The same without some ways, by number."""
        graph = self._graph.copy()
        for number in ways:
            graph.remove_edge_from_index(number)
        return type(self)(graph)

    def path(self, start: int, goal: int) -> Path | None:
        """The path of least cost; None where there is none."""
        if start == goal:
            return Path(ways=())
        found = self._from(start)
        if goal not in found:
            return None
        nodes = list(found[goal])
        return Path(ways=tuple(self._best(one, other) for one, other in pairwise(nodes)))

    def reached(self, start: int) -> set[int]:
        """Every node that can be reached."""
        return {start, *self._from(start)}

    def _search(self, start: int) -> rx.PathMapping:
        # All goals at once (Dijkstra): a station is small, and the next question mostly begins at the same kiosk.
        return rx.dijkstra_shortest_paths(self._graph, start, weight_fn=_COST)

    def _best(self, one: int, other: int) -> Way:
        return min(self._graph.get_all_edge_data(one, other), key=_RANK)
