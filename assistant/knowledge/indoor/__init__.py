"""Ways inside stations: one graph of all pathways, routes over it, and plans of its levels."""

from assistant.knowledge.indoor.indoor import Indoor
from assistant.knowledge.indoor.models import LevelPlan, PlanNode, PlanWay, Spot

__all__ = ["Indoor", "LevelPlan", "PlanNode", "PlanWay", "Spot"]
