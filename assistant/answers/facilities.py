"""Where something is in the station, and when it is open."""

from dataclasses import replace
from datetime import datetime

from assistant.answers.asked import Asked
from assistant.answers.context import Context, Resolved, Slots, ask, choices, resolve
from assistant.answers.directions import minutes, rounded_m
from assistant.answers.models import Answer, Missed, row
from assistant.answers.opening_times import asked_about, at_time, is_now, open_first
from assistant.answers.renderer import Phrase
from assistant.answers.wording import Until, When, hours_text
from assistant.conversation.models import PlaceCard, SlotValue, Suggestion
from assistant.errors import NotFound
from assistant.knowledge.categories import kinds_of
from assistant.knowledge.models import FoundPlace, Match, Outage
from assistant.unanswered.models import Kind, NameKind

KINDS = {"place", "category"}
HOURS_UNKNOWN = "utter_facilities_hours_unknown"
ASKED = ("toilet", "ticket_office", "food", "luggage", "exit", "lift")
"""The categories and groups offered where none was named, most asked first."""
SALES = ("ticket_office", "ticket_machine")
"""Where tickets are sold."""
TILE_OF = {
    "toilet": "utter_suggest_toilet", "exit": "utter_suggest_exit", "ticket_office": "utter_suggest_tickets",
    "luggage": "utter_suggest_luggage", "food": "utter_suggest_food", "lift": "utter_suggest_lift",
}  # fmt: skip


def find(context: Context, slots: Slots) -> Answer:
    """Where a facility is: open ones first, then the nearest."""
    return _about(context, slots, "facilities_find")


def opening_hours(context: Context, slots: Slots) -> Answer:
    """Whether a facility is open now or at a time that is named, and until or from when."""
    return _about(context, slots, "facilities_opening_hours")


def ask_place(context: Context, slots: Slots, intent: str = "facilities_find") -> Answer:
    """The question for a missing place; says so where what was named is not known or is not clear."""
    if said := slots.get("place"):
        found = resolve(context, said, KINDS)
        if found.match is None:
            return _not_clear(context, found, intent)
    return choices(context, "utter_facilities_ask_place", category_tiles(context, intent), "place")


def clear_place(context: Context, said: str) -> bool:
    """True where `said` names one place or kind of place."""
    return resolve(context, said, KINDS).match is not None


def category_tiles(context: Context, intent: str = "facilities_find") -> list[Suggestion]:
    """Tiles for the most asked kinds of places that this station has."""
    here = [
        category for category in ASKED if context.knowledge.places(category=category, at=context.now, language=context.language, limit=1)
    ]
    return [context.renderer.suggestion(TILE_OF[category], ask(intent, place=category)) for category in here]


def _about(context: Context, slots: Slots, intent: str) -> Answer:
    said = slots.get("place")
    if not said:
        return ask_place(context, slots, intent)
    found = resolve(context, said, KINDS)
    if found.match is None:
        return _not_clear(context, found, intent)
    match, without_steps = found.match, slots.get("step_free", "false") not in ("", "false")
    if without_steps and not context.step_free:
        match = _for_wheelchairs(context, match)
    context = replace(context, step_free=context.step_free or without_steps)
    hours = intent == "facilities_opening_hours"
    asked = asked_about(context, slots) if hours else Asked(at=context.now)
    places = _places(context, match, asked.at, step_free=without_steps)
    if not places:
        return _none(context, match, intent, without_steps=without_steps)
    if not is_now(context, asked):
        places = [_as_now(context, place) for place in open_first(context, places, asked)]
    phrases = _hours_asked(context, places[0], asked) if hours else _where_asked(context, places[0])
    return _answer(context, places, phrases, intent)


def _places(context: Context, match: Match, at: datetime, *, step_free: bool) -> list[FoundPlace]:
    """The place, or the places of a kind, as they are at a moment; `step_free` leaves out those that only steps lead to."""
    if match.kind == "place":
        return context.knowledge.places(place_id=match.id, at=at, language=context.language)
    found = context.knowledge.places(category=match.id, at=at, language=context.language, step_free=step_free)
    if context.step_free and not step_free:
        first = {place.id: place for place in context.knowledge.places(category=match.id, at=at, language=context.language, step_free=True)}
        found = [*first.values(), *(place for place in found if place.id not in first)]
        found.sort(key=lambda place: place.open_now is False)
    return found


def _for_wheelchairs(context: Context, match: Match) -> Match:
    """Toilets that are asked for with a wheelchair or without steps: those made for that, where the station has some."""
    wanted = resolve(context, "accessible_toilet", KINDS).match if match.id == "toilet" else None
    places = context.knowledge.places(category="accessible_toilet", at=context.now, language=context.language, limit=1) if wanted else []
    return wanted if wanted and places else match


def _as_now(context: Context, place: FoundPlace) -> FoundPlace:
    """A place as it is now, which is what its card shows."""
    return context.knowledge.places(place_id=place.id, at=context.now, language=context.language)[0]


def _hours_asked(context: Context, place: FoundPlace, asked: Asked) -> list[Phrase]:
    """What is said of a place's hours: as of now, where no other time is named or it is out of order."""
    if is_now(context, asked) or _outages(context, place):
        unclear: list[Phrase] = [] if asked.understood else [("utter_facilities_time_unclear", {})]
        return [*unclear, *hours_phrases(context, place)]
    return at_time(context, place, asked)


def _none(context: Context, match: Match, intent: str, *, without_steps: bool) -> Answer:
    """No place of a kind, none without steps, or no place but something that the station says of it."""
    fact = context.knowledge.fact(match.id, context.language) if match.kind == "category" else None
    if fact and intent == "facilities_find":
        return Answer(replies=[context.renderer.reply(("utter_facilities_fact", {"text": fact.text}))], sources=[row(fact.source)])
    stepped = without_steps and context.knowledge.places(category=match.id, at=context.now, language=context.language, limit=1)
    name = "utter_facilities_none_step_free" if stepped else "utter_facilities_none"
    reply = context.renderer.reply((name, {"category": match.name}))
    missed = None if stepped else Missed(kind=Kind.NOT_HERE, of=NameKind(match.kind), id=match.id)
    return Answer(replies=[reply], suggestions=category_tiles(context, intent), forgets=["place"], missed=missed)


def _where_asked(context: Context, place: FoundPlace) -> list[Phrase]:
    """Where a place is; of one to eat at also until when it is open, where it closes."""
    closes = place.category in kinds_of("food") and place.open_now and place.closes_at
    return [*where_phrases(context, place), *(hours_phrases(context, place) if closes else [])]


def where_phrases(context: Context, place: FoundPlace) -> list[Phrase]:
    """Where a place is; and that it cannot be used now, where that is so."""
    return [place_phrase(context, place), *(hours_phrases(context, place) if place.open_now is False else [])]


def place_phrase(context: Context, place: FoundPlace) -> Phrase:
    """What a place is called, and where it is as far as that is known."""
    where, (_, seconds) = place.where or place.level_name, walk(context, place)
    if where:
        return "utter_facilities_place", {"name": place.name, "where": where}
    if seconds:
        return "utter_facilities_place_walk", {"name": place.name, "minutes": minutes(seconds)}
    if seconds == 0:
        return "utter_facilities_place_here", {"name": place.name}
    return "utter_facilities_place_no_where", {"name": place.name}


def hours_phrases(context: Context, place: FoundPlace) -> list[Phrase]:
    """Whether a place is open, and until or from when; whether it is out of order."""
    if _outages(context, place):
        return [("utter_wayfinding_out", {"things": [place.name]})]
    if place.open_now is None:
        return [(HOURS_UNKNOWN, {"name": place.name})]
    if place.open_now and place.closes_at is None:
        return [("utter_facilities_open_always", {"name": place.name})]
    if place.open_now and place.closes_at:
        return [("utter_facilities_open_until", {"name": place.name, "closes": Until(place.closes_at)})]
    if place.opens_at:
        return [("utter_facilities_closed_until", {"name": place.name, "opens": When(place.opens_at)})]
    return [("utter_facilities_closed", {"name": place.name})]


def _answer(context: Context, places: list[FoundPlace], phrases: list[Phrase], intent: str) -> Answer:
    place, others = places[0], places[1:]
    spoken = intent == "facilities_find" and place.category != "lost_property"  # what to do about lost things is another question
    fact = context.knowledge.fact(place.category, context.language) if spoken else None
    if fact:
        phrases.append(("utter_facilities_fact", {"text": fact.text}))
    if others and intent == "facilities_find":
        phrases.append(("utter_facilities_others", {"count": len(others)}))
    other_intent, tile = (
        ("facilities_opening_hours", "utter_suggest_hours") if intent == "facilities_find" else ("facilities_find", "utter_suggest_place")
    )
    tiles = (
        [context.renderer.suggestion(tile, ask(other_intent, place=place.id), name=place.name)]
        if place.hours or intent != "facilities_find"
        else []
    )
    if intent == "facilities_find":
        tiles = [*way_tiles(context, place), *tiles]
    if place.category in SALES and intent == "facilities_find":
        tiles.append(price_tile(context))
    if place.category == "lost_property":
        tiles.insert(0, context.renderer.suggestion("utter_suggest_lost", ask("lost_property_procedure")))
    tiles += [context.renderer.suggestion("utter_suggest_place", ask(intent, place=other.id), name=other.name) for other in others[:3]]
    return Answer(
        replies=[context.renderer.reply(*phrases, card=place_card(context, place, others))],
        suggestions=tiles,
        sources=[
            *(row(found.source) for found in places), *(row(outage.source) for outage in _outages(context, place)),
            *([row(fact.source)] if fact else []),
        ],
        slots=[SlotValue(type="place", value=place.name, id=place.id)],
        missed=Missed(kind=Kind.NOT_TOLD, of=NameKind.PLACE, id=place.id) if (HOURS_UNKNOWN, {"name": place.name}) in phrases else None,
    )


def way_tiles(context: Context, place: FoundPlace) -> list[Suggestion]:
    """The tile for the way to a place, where one is known and it is not right here."""
    if not walk(context, place)[1]:
        return []
    return [context.renderer.suggestion("utter_suggest_show_way", ask("wayfinding_route", place=place.id), goal=place.name)]


def price_tile(context: Context) -> Suggestion:
    """The tile for what a ticket costs."""
    return context.renderer.suggestion("utter_suggest_price", ask("tickets_fares_price"))


def _outages(context: Context, place: FoundPlace) -> list[Outage]:
    """What is said now of a place that is out of order."""
    now = context.now
    return [outage for outage in context.knowledge.outages.listed(now) if outage.since <= now and place.id in outage.targets]


def best_of(context: Context, categories: tuple[str, ...], *, step_free: bool = False) -> list[FoundPlace]:
    """The best place of each of these categories that has one; where `step_free` is set, of those reached without steps."""
    return [
        place for category in categories
        for place in context.knowledge.places(category=category, at=context.now, language=context.language, limit=1, step_free=step_free)
    ]  # fmt: skip


def walk(context: Context, place: FoundPlace) -> tuple[int | None, int | None]:
    """Metres and seconds on foot from the kiosk, by lifts and ramps only where that is wanted; None for what is not known."""
    if not context.step_free:
        return rounded_m(place.metres) if place.metres else None, context.knowledge.walking_s(place.id)
    try:
        way = context.knowledge.route(goal=place.id, step_free=True, language=context.language)
    except NotFound:
        way = None
    return (None, None) if way is None else (rounded_m(way.metres) if way.metres else None, way.seconds)


def place_card(context: Context, place: FoundPlace, others: list[FoundPlace]) -> PlaceCard:
    """A facility as the page shows it."""
    metres, seconds = walk(context, place)
    return PlaceCard(
        id=place.id, name=place.name, category=place.category, level=place.level_name, where=place.where, hours=place.hours,
        hours_text=hours_text(place.hours, context.language) if place.hours else None, open_now=place.open_now,
        step_free=place.step_free, metres=metres, seconds=seconds, note=place.note,
        others=[other.name for other in others],
    )  # fmt: skip


def _not_clear(context: Context, found: Resolved, intent: str) -> Answer:
    if found.near:
        tiles = [context.renderer.suggestion("utter_suggest_place", ask(intent, place=near.id), name=near.name) for near in found.near]
        return choices(context, "utter_facilities_did_you_mean", tiles, "place")
    return unknown_place(context, intent)


def unknown_place(context: Context, intent: str) -> Answer:
    """That no place here is known by what was said, and those asked for most."""
    asked = choices(context, "utter_facilities_unknown", category_tiles(context, intent), "place")
    return asked.model_copy(update={"missed": Missed(kind=Kind.UNKNOWN_NAME)})
