"""Ways inside stations: one graph of all pathways, routes over it, and plans of its levels."""

from assistant.knowledge.indoor.models import LevelPlan, PlanNode, PlanWay

__all__ = ["LevelPlan", "PlanNode", "PlanWay"]
