"""Values of the indoor graph, and the plan of a level as it is handed out."""

from dataclasses import dataclass
from typing import Literal, get_args

from assistant.knowledge.models import Source, WayMode

MODES: tuple[WayMode, ...] = get_args(WayMode)
"""GTFS `pathway_mode` 1 to 7, in order."""
NodeKind = Literal["platform", "entrance", "node", "boarding_area", "place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A stop or a place where ways meet."""

    id: str
    kind: NodeKind
    names: str
    """JSON of language → name, or of its id where it has none."""
    description: str = ""
    platform: str | None = None
    level: str | None = None
    point: tuple[float, float] | None = None
    """Latitude and longitude."""
    barred: bool = False
    """True for an entrance without a step-free way to the trains (`wheelchair_boarding` 2)."""
    station: int | None = None
    parent: str | None = None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A pathway in one direction."""

    id: str
    start: int
    """Number of its node in the graph."""
    goal: int
    mode: WayMode
    metres: float | None
    seconds: int
    cost: float
    """Seconds, with what people rather avoid counted in."""
    stairs: int | None
    """Above 0 goes up."""
    signs: str | None
    """JSON of language → what signs say."""
    step_free: bool
    facility: str | None
    both_ways: bool
    source: Source

    @property
    def has_steps(self) -> bool:
        """True where not everybody can use it."""
        return not self.step_free


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A platform, a lift, a gate or another spot of the station, as travellers may know it."""

    id: str
    kind: NodeKind | WayMode
    name: str
    """Of itself; of a pathway, what the node is called at which it begins. "" for none."""
    platform: str | None
    """Code of a platform, where the station has one of this code only."""
    level_name: str | None
    """Of a pathway, the level it leads to."""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Closable:
    """Something that can be out of order or shut."""

    id: str
    """Of a pathway, its facility, an entrance or a platform."""
    kind: NodeKind | WayMode
    name: str
    """Of an entrance or a platform; of a way, what signs say. "" for none."""
    platform: str | None
    """Code of a platform."""
    start: str | None
    """Of a way, what is at its ends, by name or id."""
    goal: str | None
    start_level: str | None
    goal_level: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNode:
    """A node drawn on the plan of its level."""

    id: str
    """GTFS stop or place id."""
    kind: NodeKind
    name: str | None
    """None for a mere node."""
    platform: str | None
    """Code of a platform."""
    category: str | None
    """Of a place."""
    at: str | None
    """Id of the node that a place stands at."""
    x_m: float
    """Metres east of the middle of the station's nodes."""
    y_m: float
    """Metres north of it."""
    estimated: bool
    """True where the data has no coordinates and the place between its neighbours is drawn."""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWay:
    """A way that touches a level: between two nodes of the plan, or to another level."""

    id: str
    mode: WayMode
    start_id: str
    """A node of the plan."""
    goal_id: str
    """A node of the plan; of another level where `leads_to` is set."""
    both_ways: bool
    leads_to: str | None
    """`level_id` of the goal, where it is another one."""
    levels: float
    """Change of `level_index` from start to goal: above 0 goes up."""
    closed: bool
    """Out of order now."""
    step_free: bool
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPlan:
    """What is to be drawn of one level of the station."""

    id: str
    name: str | None
    index: float | None
    """0 is street level."""
    nodes: tuple[PlanNode, ...]
    ways: tuple[PlanWay, ...]
    here: str | None
    """Id of the node at which the kiosk stands, where it is on this level."""
