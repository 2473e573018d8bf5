"""How long a way takes where the feed does not say: documented speeds of people who know the way less than commuters do.

Walking 1.2 m/s: Highway Capacity Manual 2000, chapter 18. Stairs 0.50 m/s up and 0.67 m/s down, measured along the ground, on treads
of 0.3 m: J. Fruin, Pedestrian Planning and Design, 1971. Escalators 0.5 m/s, moving walkways 0.65 m/s, people standing: the usual
rated speeds of EN 115-1. Gates: 20 people a minute, TCRP Report 165, chapter 10. Assumed without a source: a lift takes a minute,
waiting included (medians stated in feeds: Boston 52 s, Washington 180 s), a level is 25 steps high, a way of no known length is 30 m.
"""

from math import ceil

from assistant.knowledge.models import WayMode

WALK_M_S = 1.2
STAIRS_UP_M_S, STAIRS_DOWN_M_S = 0.50, 0.67
TREAD_M = 0.3
ESCALATOR_M_S = 0.5
MOVING_WALKWAY_M_S = 0.65
LIFT_S = 60
GATE_S = 3
STEPS_OF_A_LEVEL = 25
UNKNOWN_M = 30.0


def estimate_s(mode: WayMode, *, metres: float | None, stairs: int | None, levels: float) -> int:
    """Seconds for a way; `metres` of the way or of the straight line, `levels` above 0 up, below 0 down."""
    match mode:
        case "lift":
            return LIFT_S
        case "fare_gate" | "exit_gate":
            return GATE_S
        case "stairs":
            down = (stairs or levels) < 0
            run = abs(stairs) * TREAD_M if stairs else metres or max(1.0, abs(levels)) * STEPS_OF_A_LEVEL * TREAD_M
            seconds = run / (STAIRS_DOWN_M_S if down else STAIRS_UP_M_S)
        case "escalator":
            seconds = (metres or max(1.0, abs(levels)) * STEPS_OF_A_LEVEL * TREAD_M) / ESCALATOR_M_S
        case "moving_walkway":
            seconds = (metres or UNKNOWN_M) / MOVING_WALKWAY_M_S
        case _:
            seconds = (metres or UNKNOWN_M) / WALK_M_S
    return max(1, ceil(seconds))
