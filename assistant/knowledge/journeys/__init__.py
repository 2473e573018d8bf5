"""Journeys with changes, by the Connection Scan Algorithm over the imported timetable."""

from assistant.knowledge.journeys.planner import Planner
from assistant.knowledge.journeys.ports import JourneyPlanner, Ways

__all__ = ["JourneyPlanner", "Planner", "Ways"]
