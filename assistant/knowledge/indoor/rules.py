"""Which ways a wheelchair can use, and what people avoid."""

from assistant.knowledge.models import WayMode

STEP_FREE_MODES: frozenset[WayMode] = frozenset({"walkway", "lift", "fare_gate", "exit_gate"})
"""No stairs, no escalators, and no moving walkways: an accessible route is made of walking surfaces, doors, ramps and lifts
(2010 ADA Standards for Accessible Design, 402.2)."""
STEEPEST = 1 / 12
"""Rise by run of a ramp (2010 ADA Standards, 405.2)."""
NARROWEST_M = 0.9
"""Clear width of doors and gates on an obstacle-free route (Commission Regulation (EU) No 1300/2014, annex, 4.2.1.3)."""
STAIRS_RELUCTANCE = 2.0
"""A second on stairs weighs as two elsewhere: OpenTripPlanner's default `stairsReluctance`."""
ESCALATOR_RELUCTANCE = 1.5
"""The same on escalators: OpenTripPlanner's default `escalator.reluctance`."""


def is_step_free(mode: WayMode, *, slope: float | None, width_m: float | None) -> bool:
    """Whether a way can be used without climbing; what the data does not say is no obstacle."""
    return mode in STEP_FREE_MODES and abs(slope or 0.0) <= STEEPEST and (width_m is None or width_m >= NARROWEST_M)


def cost_of(mode: WayMode, seconds: int) -> float:
    """Seconds as people weigh them."""
    return seconds * {"stairs": STAIRS_RELUCTANCE, "escalator": ESCALATOR_RELUCTANCE}.get(mode, 1.0)
