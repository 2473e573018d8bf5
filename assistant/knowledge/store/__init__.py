"""All SQL of the knowledge room: the schema, what an import writes, what answers read."""

from assistant.knowledge.store.builder import Builder
from assistant.knowledge.store.reader import Store
from assistant.knowledge.store.rows import Boarding, LevelRow, LineRow, NodeRow, PathwayRow, StagedTrip, StationRow, StopRow, TripEnds

__all__ = [
    "Boarding", "Builder", "LevelRow", "LineRow", "NodeRow", "PathwayRow", "StagedTrip", "StationRow", "StopRow", "Store", "TripEnds",
]
