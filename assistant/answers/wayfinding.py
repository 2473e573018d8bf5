"""The way to a platform, an exit or a place: in words, without stairs where that is needed, around what is out of order."""

from dataclasses import dataclass

from assistant.answers import facilities, journeys, level_map
from assistant.answers.context import Context, Slots, ask, choices, resolve
from assistant.answers.directions import Few, climb, goal_words, means_words, minutes, rounded_m, rows
from assistant.answers.metro import metro_platforms
from assistant.answers.models import Answer, Missed, row
from assistant.answers.platforms import platform_code
from assistant.answers.renderer import Phrase
from assistant.answers.staff_help import first_place, staff_at, staff_phone
from assistant.conversation.models import RouteCard, SlotValue, SourceRow, Suggestion, TextCard
from assistant.errors import NotFound
from assistant.knowledge.indoor import Spot
from assistant.knowledge.models import FoundPlace, Outage, Route
from assistant.unanswered.models import Kind, NameKind

KINDS = {"place", "category"}
CANDIDATES = 12
"""Places of a kind among which the quickest to reach is looked for."""
PLATFORM_TILES = 8
HELPERS = ("help_point", "staff", "information", "ticket_office")



@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Where somebody wants to go: the best of several where a kind of place was named."""

    name: str
    ids: tuple[str, ...]
    places: tuple[FoundPlace, ...] = ()


def route(context: Context, slots: Slots) -> Answer:
    """The way to a place or platform; without stairs where the conversation knows that this is needed."""
    return _answer(context, slots, step_free=slots.get("step_free", "false") not in ("", "false"))


def step_free(context: Context, slots: Slots) -> Answer:
    """The way without stairs and escalators."""
    return _answer(context, slots, step_free=True)


def outages(context: Context, slots: Slots) -> Answer:
    """Which lifts, escalators and gates of this station are out of order."""
    things, sources = out_now(context)
    if not things:
        return Answer(replies=[context.renderer.reply(("utter_wayfinding_no_outages", {}))])
    card = TextCard(title=context.renderer.text("utter_wayfinding_outages_title"), lines=[*things, *_reasons(context)])
    reply = context.renderer.reply(("utter_wayfinding_out", {"things": things}), card=card)
    return Answer(replies=[reply], sources=sources)


def out_now(context: Context) -> tuple[list[str], list[SourceRow]]:
    """What of this station is out of order, in words, and who says so."""
    told = [(outage, spots) for outage in _outages_now(context) if (spots := _spots(context, outage))]
    things = list(dict.fromkeys(_spot_words(context, spot) for _, spots in told for spot in spots))
    return things, [row(outage.source) for outage, _ in told]


def _reasons(context: Context) -> list[str]:
    """Why, where somebody of the station wrote it in the traveller's language."""
    told = [words for outage in _outages_now(context) for language, words in outage.reasons if language == context.language]
    return list(dict.fromkeys(told))


def ask_goal(context: Context, slots: Slots, intent: str = "wayfinding_route") -> Answer:
    """The question for a missing goal; says so where what was named is not known or is not clear."""
    if slots.get("place"):
        goal = _goal(context, slots, intent)
        if isinstance(goal, Answer):
            return goal
    return choices(context, "utter_wayfinding_ask_goal", facilities.category_tiles(context, intent), "place")


def clear_goal(context: Context, said: str) -> bool:
    """True where `said` names one place, one kind of place or one platform."""
    return isinstance(_goal(context, {"place": said}, "wayfinding_route"), Goal)


def _goal(context: Context, slots: Slots, intent: str) -> Goal | Answer | None:
    """What is meant; a question where that is not clear, None where nothing was named."""
    said = slots.get("place") or slots.get("platform")
    if not said:
        return None
    spot = context.knowledge.spot(said, context.language)
    if spot and spot.kind in ("platform", "boarding_area", "entrance"):
        return Goal(name=_named(context, spot), ids=(said,))
    if (code := platform_code(said)) is not None:
        return _platform(context, code, intent)
    if metro := metro_platforms(context, said):
        return Goal(name=context.renderer.text("utter_wayfinding_metro"), ids=metro)
    found = resolve(context, said, KINDS)
    if found.match is None:
        if not found.near:
            return facilities.unknown_place(context, intent)
        tiles = [_tile(context, intent, near.id, near.name) for near in found.near]
        return choices(context, "utter_facilities_did_you_mean", tiles, "place")
    if found.match.kind == "place":
        places = context.knowledge.places(place_id=found.match.id, at=context.now, language=context.language)
    else:
        places = context.knowledge.places(category=found.match.id, at=context.now, language=context.language, limit=CANDIDATES)
    if not places:
        reply = context.renderer.reply(("utter_facilities_none", {"category": found.match.name}))
        missed = Missed(kind=Kind.NOT_HERE, of=NameKind(found.match.kind), id=found.match.id)
        return Answer(replies=[reply], suggestions=facilities.category_tiles(context, intent), forgets=["place"], missed=missed)
    usable = [place for place in places if place.open_now is not False] or places
    return Goal(name=found.match.name, ids=tuple(place.id for place in usable), places=tuple(usable))


def _platform(context: Context, code: str, intent: str) -> Goal | Answer:
    found = context.knowledge.platforms(code, context.language)
    if len(found) == 1:
        return Goal(name=_named(context, found[0]), ids=(found[0].id,))
    every = found or sorted(context.knowledge.platforms(None, context.language), key=_in_order)
    tiles = [_tile(context, intent, spot.id, _named(context, spot)) for spot in every[:PLATFORM_TILES]]
    asked = choices(context, "utter_facilities_did_you_mean" if found else "utter_wayfinding_unknown_platform", tiles, "place")
    return asked if found else asked.model_copy(update={"missed": Missed(kind=Kind.UNKNOWN_NAME)})


def _answer(context: Context, slots: Slots, *, step_free: bool) -> Answer:
    intent = "wayfinding_step_free" if step_free else "wayfinding_route"
    goal = _goal(context, slots, intent)
    if goal is None and not slots.get("place") and (slots.get("destination") or slots.get("stop")):
        to = {"destination": slots.get("destination") or slots["stop"]}
        return journeys.step_free(context, to) if step_free else journeys.plan(context, to)
    if goal is None:
        return ask_goal(context, slots, intent)
    if isinstance(goal, Answer):
        return goal
    ways, unknown = _ways(context, goal, step_free=step_free)
    if ways:
        return _told(context, goal, min(ways, key=lambda way: way.cost), step_free=step_free)
    if unknown:
        return _no_directions(context, goal)
    return _no_way(context, goal, step_free=step_free)


def _ways(context: Context, goal: Goal, *, step_free: bool) -> tuple[list[Route], bool]:
    """The open ways to what is meant, and whether no way to any of it is in the data."""
    ways, known = [], False
    for key in goal.ids:
        try:
            way = context.knowledge.route(goal=key, step_free=step_free, language=context.language)
        except NotFound:
            continue
        known = True
        ways += [way] if way else []
    return ways, not known


def _told(context: Context, goal: Goal, way: Route, *, step_free: bool) -> Answer:
    renderer = context.renderer
    place = next((place for place in goal.places if place.id == way.goal_id), None)
    card = route_card(context, way, origin=None, step_free=step_free)
    first = _first_sentence(way, context.language)
    more: list[Phrase] = [("utter_wayfinding_is_step_free", {})] if step_free and card.steps else []
    after: list[Phrase] = []
    if place and place.where and place.source.kind == "station":  # an entrance's stop_desc mostly is its name once more
        after.append(("utter_facilities_place", {"name": place.name, "where": place.where}))
    if place and place.open_now is False:
        after += facilities.hours_phrases(context, place)
    reply = renderer.reply(first, *more, *after, card=card)
    joiner = "" if context.language == "zh" else " "
    spoken = [renderer.speech(first[0], **first[1]), *(renderer.speech(name, **values) for name, values in more)]
    spoken += [step.text for step in card.steps] + [renderer.speech(name, **values) for name, values in after]
    tiles = []
    if not step_free and not way.step_free:
        tiles.append(renderer.suggestion("utter_suggest_step_free", ask("wayfinding_step_free", place=way.goal_id), goal=goal.name))
    known = [SlotValue(type="place", value=goal.name, id=way.goal_id)]
    known += [SlotValue(type="step_free", value="true", id="true")] if step_free else []
    return Answer(
        replies=[reply.model_copy(update={"speech": joiner.join(spoken)})], suggestions=tiles,
        sources=_sources(context, way, place), slots=known, forgets=[] if step_free else ["step_free"],
    )  # fmt: skip


def route_card(context: Context, way: Route, *, origin: str | None, step_free: bool) -> RouteCard:
    """A way from the kiosk, or from `origin`, step by step and on maps."""
    renderer, heading = context.renderer, None if origin else context.settings.kiosk.heading
    return RouteCard(
        title=renderer.text("utter_wayfinding_title", goal=goal_words(renderer, way)), goal=way.goal_id,
        metres=None if way.metres is None else rounded_m(way.metres), seconds=way.seconds, step_free=way.step_free,
        steps=rows(renderer, way, heading), maps=level_map.maps(context, way, origin=origin, step_free=step_free),
    )  # fmt: skip


def _first_sentence(way: Route, language: str) -> Phrase:
    if not way.steps:
        return "utter_wayfinding_here", {}
    rise = climb(way.steps)
    values: dict[str, object] = {"minutes": minutes(way.seconds), "levels": Few(abs(rise or 0), language)}
    if rise:
        return ("utter_wayfinding_time_up" if rise > 0 else "utter_wayfinding_time_down"), values
    same = rise == 0 and all(not step.levels for step in way.steps)
    return ("utter_wayfinding_time_level" if same else "utter_wayfinding_time"), values


def _sources(context: Context, way: Route, place: FoundPlace | None) -> list[SourceRow]:
    """The rows of the ways, of what is named on them, and of the place."""
    named = [way.goal_id, *(step.goal_id for step in way.steps if step.goal_name)]
    spots = [spot for key in named if (spot := context.knowledge.spot(key, context.language))]
    found = [row(step.source) for step in way.steps] + [row(spot.source) for spot in spots] + ([row(place.source)] if place else [])
    return list({(source.table, source.key): source for source in found}.values())


def _no_way(context: Context, goal: Goal, *, step_free: bool) -> Answer:
    """Says plainly that there is no way, what is out of order, whom to ask; a way with stairs is offered as such only."""
    out = [outage for key in goal.ids for outage in context.knowledge.obstacles(goal=key, step_free=step_free)]
    out = list({outage.id: outage for outage in out}.values())
    now, ever = (
        ("utter_wayfinding_no_step_free_now", "utter_wayfinding_no_step_free")
        if step_free
        else ("utter_wayfinding_no_way_now", "utter_wayfinding_no_way")
    )
    phrases: list[Phrase] = [(now if out else ever, {"goal": goal.name})]
    if things := list(dict.fromkeys(_spot_words(context, spot) for outage in out for spot in _spots(context, outage))):
        phrases.append(("utter_wayfinding_out", {"things": things}))
    entrances = _other_entrances(context, goal) if step_free else []
    if entrances:
        phrases.append(("utter_wayfinding_step_free_from", {"entrances": [entrance.name for entrance in entrances]}))
    helps, sources = _help(context)
    sources += [row(entrance.source) for entrance in entrances]
    tiles = []
    if step_free and _ways(context, goal, step_free=False)[0]:
        slots = {"place": goal.ids[0], "step_free": "false"}
        tiles.append(context.renderer.suggestion("utter_suggest_with_stairs", ask("wayfinding_route", **slots), goal=goal.name))
    return Answer(
        replies=[context.renderer.reply(*phrases, *helps)], suggestions=tiles, sources=[*(row(outage.source) for outage in out), *sources],
        slots=[SlotValue(type="place", value=goal.name, id=goal.ids[0])],
    )  # fmt: skip


def _other_entrances(context: Context, goal: Goal) -> list[FoundPlace]:
    """Entrances from which there is a way without steps now, where there is none from the kiosk."""
    exits = context.knowledge.places(category="exit", at=context.now, language=context.language, limit=CANDIDATES)
    usable = [place for place in exits if place.step_free and place.open_now is not False]
    return [place for place in usable if any(_leads(context, place.id, key) for key in goal.ids)]


def _leads(context: Context, origin: str, goal: str) -> bool:
    try:
        return context.knowledge.route(origin=origin, goal=goal, step_free=True, language=context.language) is not None
    except NotFound:
        return False


def _no_directions(context: Context, goal: Goal) -> Answer:
    """Where it is, as far as the station file says; and whom to ask."""
    if goal.places:
        return facilities.find(context, {"place": goal.ids[0]})
    helps, sources = _help(context)
    return Answer(replies=[context.renderer.reply(("utter_wayfinding_no_directions", {"goal": goal.name}), *helps)], sources=sources)


def _help(context: Context) -> tuple[list[Phrase], list[SourceRow]]:
    place = first_place(context, HELPERS)
    phone = staff_phone(context, place)
    phrases: list[Phrase] = []
    if place:
        phrases += staff_at(context, place)
    if phone:
        phrases.append(("utter_staff_help_phone", {"phone": phone}))
    return phrases or [("utter_staff_help_none", {})], [row(place.source)] if place else []


def _outages_now(context: Context) -> list[Outage]:
    closed = context.knowledge.outages.closed(context.now)
    return [outage for outage in context.knowledge.outages.listed(context.now) if closed.intersection(outage.targets)]


def _spots(context: Context, outage: Outage) -> list[Spot]:
    """What an outage closes in this station."""
    return [spot for target in outage.targets if (spot := context.knowledge.spot(target, context.language))]


def _spot_words(context: Context, spot: Spot) -> str:
    if spot.kind in ("platform", "boarding_area", "entrance", "place"):
        return _named(context, spot)
    if spot.kind == "node":
        return spot.name or spot.id
    return means_words(context.renderer, spot.kind, spot.name)


def _named(context: Context, spot: Spot) -> str:
    return context.renderer.text("utter_wayfinding_platform", platform=spot.platform) if spot.platform else spot.name or spot.id


def _in_order(spot: Spot) -> tuple[bool, int, str]:
    """Platform 2 before platform 10, those without a code after both."""
    return spot.platform is None, len(spot.platform or ""), spot.platform or spot.name


def _tile(context: Context, intent: str, key: str, name: str) -> Suggestion:
    return context.renderer.suggestion("utter_suggest_way", ask(intent, place=key), goal=name)
