"""What of the station can be out of order or shut: its lifts, escalators, stairs, gates, entrances, platforms and other ways."""

from collections.abc import Mapping

from assistant.knowledge.indoor.load import Map
from assistant.knowledge.indoor.models import Closable, NodeKind, Way
from assistant.knowledge.indoor.naming import Naming
from assistant.knowledge.models import WayMode

ORDER: tuple[NodeKind | WayMode, ...] = (
    "lift", "escalator", "moving_walkway", "stairs", "fare_gate", "exit_gate", "entrance", "platform", "walkway",
)  # fmt: skip
"""What is out of order most often comes first."""


def closables(known: Map, naming: Naming, home: int, language: str) -> list[Closable]:
    """Everything that an outage can name, in words of a language; a way is one, whichever way it is walked."""
    found: dict[str, Closable] = {}
    for way in known.ways:
        key = way.facility or way.id
        if key not in found and known.nodes[way.start].station in (None, home):
            found[key] = _way(key, way, known, naming, language)
    for number, node in enumerate(known.nodes):
        if node.kind in ("entrance", "platform") and node.station == home:
            found[node.id] = Closable(
                id=node.id, kind=node.kind, name=naming.node(number, language) or "", platform=node.platform,
                start=None, goal=None, start_level=None, goal_level=naming.level(node.level, language),
            )  # fmt: skip
    return sorted(found.values(), key=lambda one: (ORDER.index(one.kind) if one.kind in ORDER else len(ORDER), one.id))


def _way(key: str, way: Way, known: Map, naming: Naming, language: str) -> Closable:
    ends: Mapping[str, int] = {"start": way.start, "goal": way.goal}
    names = {name: _end(number, known, naming, language) for name, number in ends.items()}
    levels = {name: naming.level(known.nodes[number].level, language) for name, number in ends.items()}
    return Closable(
        id=key, kind=way.mode, name=naming.sign(way, language) or "", platform=None, start=names["start"], goal=names["goal"],
        start_level=levels["start"], goal_level=levels["goal"],
    )  # fmt: skip


def _end(number: int, known: Map, naming: Naming, language: str) -> str:
    return naming.node(number, language) or known.nodes[number].id
