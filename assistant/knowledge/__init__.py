"""What the station knows: timetable, stops, places, from one immutable SQLite file a feed."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.knowledge.knowledge import Knowledge

__all__ = ["Knowledge"]


def __getattr__(name: str) -> Any:
    # An import of a feed runs in a small process: it must not load what only answers need.
    if name == "Knowledge":
        from assistant.knowledge.knowledge import Knowledge

        return Knowledge
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
