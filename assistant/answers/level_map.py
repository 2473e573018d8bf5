"""Maps of the levels that a way through the station touches: where each is served, what is drawn on it, what it says."""

from collections.abc import Iterator
from urllib.parse import urlencode

from assistant.answers.context import Context
from assistant.answers.directions import goal_words
from assistant.answers.level_drawing import Captions, Sign, SignKind, draw
from assistant.answers.level_words import SHOWN_BY_WAYS, WALKS, Visit, leads_to, level_name, visits, walked_off, words
from assistant.conversation.models import LevelMap
from assistant.knowledge.indoor import LevelPlan
from assistant.knowledge.models import Route

SIGN_OF: dict[str, SignKind] = {
    "lift": "lift", "stairs": "stairs", "escalator": "escalator", "fare_gate": "gate", "exit_gate": "gate",
}  # fmt: skip
PLATE = 4
"""Longest platform code that fits on its sign."""
MOST_PLACES = 8


def maps(context: Context, route: Route, *, origin: str | None, step_free: bool) -> list[LevelMap]:
    """A map of every level on which one walks, in the order of the way; a level of which no coordinates are known has none."""
    asked = {"from": origin, "to": route.goal_id, "step_free": "true" if step_free else None, "language": context.language}
    query = {name: value for name, value in asked.items() if value}
    plans = _plans(context, route)
    worth = {level: plan for level, plan in plans.items() if any(_worth(plan, visit) for visit in visits(plan, route))}
    ends = {level: plan for level, plan in plans.items() if any(node.id == route.steps[-1].goal_id for node in plan.nodes)}
    return [
        LevelMap(
            level=level, name=level_name(context, plan), image=f"/v1/routes/map?{urlencode({'level': level} | query)}",
            text=words(context, plan, route),
        )
        for level, plan in (worth or ends).items()
    ]  # fmt: skip


def _worth(plan: LevelPlan, visit: Visit) -> bool:
    """Whether there is something to see: a walk, the kiosk, or the first or last lift or stairs."""
    if visit.steps or (visit.leaves and visit.leaves.start_id == plan.here):
        return True
    return not (visit.arrived and visit.leaves) and any(step.mode not in WALKS for step in (visit.arrived, visit.leaves) if step)


def image(context: Context, level: str, route: Route | None) -> str:
    """The SVG of a level, with the route where there is one. Raises NotFound for a level that the station has not."""
    plan = context.knowledge.level_plan(level, context.language)
    captions = Captions(
        language=context.language, title=level_name(context, plan), north=context.renderer.text("utter_wayfinding_map_north"),
        description=words(context, plan, route),
    )  # fmt: skip
    pairs = [(step.start_id, step.goal_id) for step in route.steps] if route else []
    return draw(plan, pairs, list(_signs(context, plan, route)), captions, context.settings.kiosk.heading)


def _plans(context: Context, route: Route) -> dict[str, LevelPlan]:
    """The plans of the levels of a route, in the order of the way."""
    if not route.steps:
        return {}
    found: dict[str, LevelPlan] = {}

    def plan(level: str) -> LevelPlan:
        return found.get(level) or found.setdefault(level, context.knowledge.level_plan(level, context.language))

    first, levels = route.steps[0], context.knowledge.levels()
    likely = [level for level in (first.level, context.settings.kiosk.level) if level in levels]
    begins = next((level for level in [*likely, *levels] if any(node.id == first.start_id for node in plan(level).nodes)), None)
    ordered = dict.fromkeys([begins, *(step.level for step in route.steps)])
    return {level: plan(level) for level in ordered if level in levels}


def _signs(context: Context, plan: LevelPlan, route: Route | None) -> Iterator[Sign]:
    """What is shown, the most needed first."""
    ends: set[str] = set()
    if plan.here:
        yield Sign(node=plan.here, kind="here", text=context.renderer.text("utter_wayfinding_map_here"), needed=True)
    if route and route.steps:
        start, goal = route.steps[0].start_id, route.steps[-1].goal_id
        ends = {goal, route.goal_id}
        strayed = [visit.leaves.start_id for visit in visits(plan, route) if visit.leaves and visit.leaves is walked_off(route)]
        for end in (goal, *strayed):
            yield Sign(node=end, kind="goal", text=_label(goal_words(context.renderer, route)), needed=True)
        if start != plan.here:
            yield Sign(node=start, kind="start", text=route.start_name, needed=True)
    taken = list(_taken(plan, route))
    yield from taken
    for node in plan.nodes:
        if node.kind == "platform" and node.platform and len(node.platform) <= PLATE and node.id not in ends:
            yield Sign(node=node.id, kind="platform", text=node.platform)
    yield from _ways(context, plan, taken)
    yield from _named(plan, ends)


def _taken(plan: LevelPlan, route: Route | None) -> Iterator[Sign]:
    """The lifts, stairs and escalators of the route, where it leaves the level or comes to it."""
    for visit in visits(plan, route) if route else ():
        for step in visit.steps:
            if step.mode in SIGN_OF:
                yield Sign(node=step.start_id, until=step.goal_id, kind=SIGN_OF[step.mode], text="", needed=True)
        if visit.arrived and visit.arrived.mode in SIGN_OF:
            yield Sign(node=visit.arrived.goal_id, kind=SIGN_OF[visit.arrived.mode], text="", needed=True)
        if visit.leaves and visit.leaves.mode in SIGN_OF:
            yield Sign(
                node=visit.leaves.start_id, kind=SIGN_OF[visit.leaves.mode], needed=True,
                text=_arrow(visit.leaves.levels) + (visit.leaves.level_name or ""),
            )  # fmt: skip


def _ways(context: Context, plan: LevelPlan, taken: list[Sign]) -> Iterator[Sign]:
    """Lifts, stairs, escalators and gates besides the route's, one of a kind at a node; ways to other levels before those on this one."""
    seen = {(frozenset({sign.node, sign.until or sign.node}), sign.kind) for sign in taken}
    for way in sorted(plan.ways, key=lambda way: (way.leads_to is None, not way.closed)):
        kind = SIGN_OF.get(way.mode)
        ends = frozenset({way.start_id, way.start_id if way.leads_to else way.goal_id})
        if kind is None or (ends, kind) in seen:
            continue
        seen.add((ends, kind))
        level = leads_to(context, way)
        text = _arrow(way.levels) + level if level else ""
        yield Sign(node=way.start_id, until=None if way.leads_to else way.goal_id, kind=kind, text=text, closed=way.closed)


def _named(plan: LevelPlan, ends: set[str]) -> Iterator[Sign]:
    """Entrances, platforms without a code, halls and places."""
    order: dict[str, int] = {"entrance": 0, "platform": 1, "node": 2, "place": 3}
    nodes = [node for node in plan.nodes if node.name and node.kind in order and node.id not in ends and node.id != plan.here]
    places = 0
    for node in sorted(nodes, key=lambda node: order[node.kind]):
        if node.category in SHOWN_BY_WAYS or (node.kind == "platform" and node.platform and len(node.platform) <= PLATE):
            continue
        places += node.kind == "place"
        if places <= MOST_PLACES:
            yield Sign(node=node.id, kind="entrance" if node.kind == "entrance" else "place", text=node.name or "")


def _arrow(levels: float) -> str:
    return "↑ " if levels > 0 else "↓ " if levels < 0 else ""


def _label(text: str) -> str:
    """A name as a label begins: "platform 3" is "Platform 3"."""
    return text[:1].upper() + text[1:]
