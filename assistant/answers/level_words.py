"""The map of a level in words, to be read aloud: the way over it first, then what else is there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import atan2, degrees, hypot

from assistant.answers.context import Context
from assistant.answers.directions import goal_words, means_words, rounded_m
from assistant.knowledge.indoor import LevelPlan, PlanWay
from assistant.knowledge.models import Route, Step

SECTORS = ("ahead", "ahead_right", "right", "behind_right", "behind", "behind_left", "left", "ahead_left")
NAMED = 8
"""Most names that are told besides the way."""
NEAR_M = 3.0
"""What is nearer has no direction."""
WALKS = ("walkway", "moving_walkway")
"""Feeds give some platforms another level than the hall one walks to them from."""
SHOWN_BY_WAYS = {"lift", "escalator", "stairs", "exit", "platform"}
"""Categories of places that ways and entrances show already."""


@dataclass(slots=True)
class Visit:
    """A stretch of a route on one level."""

    arrived: Step | None
    """None where the route begins here."""
    steps: list[Step] = field(default_factory=list)
    leaves: Step | None = None
    """None where the route ends here."""


def words(context: Context, plan: LevelPlan, route: Route | None) -> str:
    """What is to be seen on the map of a level."""
    renderer, level = context.renderer, level_name(context, plan)
    told = [text for visit in visits(plan, route) for text in _visit(context, plan, route, visit)] if route else []
    if not told:
        told = [renderer.text("utter_wayfinding_map_from_here" if plan.here else "utter_wayfinding_map_level", level=level)]
    goal = goal_words(renderer, route) if route else ""
    if names := [name for name in _names(context, plan) if name != goal][:NAMED]:
        told.append(renderer.text("utter_wayfinding_map_others", names=names))
    if closed := list(dict.fromkeys(means(context, way.mode, leads_to(context, way)) for way in plan.ways if way.closed)):
        told.append(renderer.text("utter_wayfinding_map_closed", names=closed))
    return ("" if context.language == "zh" else " ").join(told)


def visits(plan: LevelPlan, route: Route) -> list[Visit]:
    """The stretches of a route on a level, stairs that only pass it among them."""
    inside = {node.id for node in plan.nodes}
    found: list[Visit] = []
    open_one, before = None, None
    for step in route.steps:
        if step.start_id in inside:
            if open_one is None:
                found.append(open_one := Visit(before))
            if step.goal_id in inside:
                open_one.steps.append(step)
            else:
                open_one.leaves, open_one = step, None
        before = step
    if before is not None and open_one is None and before.goal_id in inside and before.mode not in WALKS:
        found.append(Visit(before))
    return found


def walked_off(route: Route) -> Step | None:
    """The last step, where one walks in it to a goal that the feed puts on another level; its map then ends at the level it leaves."""
    last = route.steps[-1]
    return last if last.mode in WALKS and last.levels else None


def level_name(context: Context, plan: LevelPlan) -> str:
    """What a level is called: by its name, else by its number."""
    number = "" if plan.index is None else f"{plan.index:g}"
    return plan.name or (context.renderer.text("utter_wayfinding_map_level_number", number=number) if number else plan.id)


def means(context: Context, mode: str, level: str | None) -> str:
    """A lift, stairs, … and the name of the level they lead to, where it has one."""
    name = means_words(context.renderer, mode, "")
    return context.renderer.text("utter_wayfinding_map_target", means=name, level=level) if level else name


def leads_to(context: Context, way: PlanWay) -> str | None:
    """Name of the other level that a way leads to."""
    spot = context.knowledge.spot(way.goal_id, context.language) if way.leads_to else None
    return spot.level_name if spot else None


def _visit(context: Context, plan: LevelPlan, route: Route, visit: Visit) -> Iterator[str]:
    renderer, level = context.renderer, level_name(context, plan)
    start = visit.steps[0] if visit.steps else visit.leaves
    begins = visit.arrived is None and start is not None
    if visit.arrived is not None:
        yield renderer.text("utter_wayfinding_map_arrive", level=level, means=means(context, visit.arrived.mode, None))
    elif start is not None and start.start_id == plan.here:
        yield renderer.text("utter_wayfinding_map_from_here", level=level)
    elif route.start_name:
        yield renderer.text("utter_wayfinding_map_from_place", level=level, place=route.start_name)
    if start is None:
        return
    end = visit.leaves.start_id if visit.leaves else visit.steps[-1].goal_id
    walked = visit.steps
    if visit.leaves and visit.leaves is not walked_off(route):
        target = means(context, visit.leaves.mode, visit.leaves.level_name)
    else:
        target, walked = goal_words(renderer, route), [*walked, *([visit.leaves] if visit.leaves else [])]
    metres = _metres(walked)
    if metres is None:
        yield renderer.text("utter_wayfinding_map_next", target=target)
    elif begins and (side := _side(context, plan, start.start_id, end)):
        direction = renderer.text(f"utter_wayfinding_map_direction_{side}")
        yield renderer.text("utter_wayfinding_map_at", target=target, metres=metres, direction=direction)
    else:
        yield renderer.text("utter_wayfinding_map_far", target=target, metres=metres)


def _metres(steps: list[Step]) -> int | None:
    """Length of a stretch as people say it; None where a part has none, or there is none to walk."""
    lengths = [step.metres for step in steps]
    return rounded_m(sum(length or 0.0 for length in lengths)) if lengths and None not in lengths else None


def _side(context: Context, plan: LevelPlan, start: str, end: str) -> str | None:
    """On which side of somebody at the screen something lies; None where the data does not tell."""
    nodes, heading = {node.id: node for node in plan.nodes}, context.settings.kiosk.heading
    one, other = nodes[start], nodes[end]
    east, north = other.x_m - one.x_m, other.y_m - one.y_m
    if heading is None or start != plan.here or one.estimated or other.estimated or hypot(east, north) < NEAR_M:
        return None
    return SECTORS[round((degrees(atan2(east, north)) - heading) % 360 / 45) % 8]


def _names(context: Context, plan: LevelPlan) -> list[str]:
    """Platforms in the order of their codes, then entrances and places."""
    codes = sorted({code for node in plan.nodes if (code := node.platform)}, key=lambda code: (len(code), code))
    platforms = [context.renderer.text("utter_wayfinding_platform", platform=code) for code in codes]
    order = {"platform": 0, "entrance": 1, "place": 2}
    named = [
        node for node in plan.nodes
        if node.name and not node.platform and node.id != plan.here and node.kind in order and node.category not in SHOWN_BY_WAYS
    ]  # fmt: skip
    return list(dict.fromkeys([*platforms, *(node.name or "" for node in sorted(named, key=lambda node: order[node.kind]))]))
