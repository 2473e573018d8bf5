"""Ways inside stations: one graph of all pathways, routes over it, and plans of its levels."""

from assistant.knowledge.indoor.escape import Escape
from assistant.knowledge.indoor.indoor import Indoor
from assistant.knowledge.indoor.models import Closable, LevelPlan, PlanNode, PlanWay, Spot
from assistant.knowledge.indoor.zones import Zones

__all__ = ["Closable", "Escape", "Indoor", "LevelPlan", "PlanNode", "PlanWay", "Spot", "Zones"]
