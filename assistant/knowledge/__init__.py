"""What the station knows: timetable, stops, places, from one immutable SQLite file a feed."""

from assistant.knowledge.knowledge import Knowledge

__all__ = ["Knowledge"]
