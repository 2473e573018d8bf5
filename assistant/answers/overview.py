"""What this station has altogether, and of it what is told in the station's own words."""

from assistant.answers.context import Context, Slots, ask
from assistant.answers.facilities import ASKED
from assistant.answers.facts import Subject
from assistant.answers.models import Answer, row
from assistant.answers.staff_help import request as staff
from assistant.conversation.models import ChoicesCard, Suggestion
from assistant.knowledge.categories import categories, kinds_of
from assistant.knowledge.models import FoundPlace

NAMED = 6
"""Kinds of places that are said; the screen shows all."""

wifi = Subject(facts=("wifi",), unknown="utter_facilities_wifi_unknown", places=("wifi",), place_answers=True).tell
"""The wireless network."""
smoking = Subject(facts=("smoking_area",), unknown="utter_facilities_smoking_unknown", places=("smoking_area",)).tell
"""Whether and where smoking is allowed."""


def overview(context: Context, slots: Slots) -> Answer:
    """The kinds of places there are, those asked for most first, each as a tile."""
    found = _by_category(context)
    if not found:
        helped = staff(context, {})
        return helped.model_copy(update={"replies": [context.renderer.reply(("utter_facilities_overview_none", {})), *helped.replies]})
    first = [category for asked in ASKED if (category := next((kind for kind in kinds_of(asked) if kind in found), None))]
    order = [*first, *(category for category in found if category not in first)]
    names = [_name(context, category) for category in order]
    tiles = [_tile(context, category, name, len(found[category])) for category, name in zip(order, names, strict=True)]
    card = ChoicesCard(title=context.renderer.text("utter_facilities_overview_title"), choices=tiles)
    known = {"count": len(order), "names": names[:NAMED]}
    response = "utter_facilities_overview" if len(order) > NAMED else "utter_facilities_overview_all"
    return Answer(
        replies=[context.renderer.reply((response, known), card=card)], suggestions=tiles,
        sources=[row(place.source) for category in order for place in found[category]],
    )  # fmt: skip


def _by_category(context: Context) -> dict[str, list[FoundPlace]]:
    """The places of each kind, in the order of the list of kinds."""
    found: dict[str, list[FoundPlace]] = {category: [] for category in categories()}
    for place in context.knowledge.places(at=context.now, language=context.language, limit=10_000):
        found[place.category].append(place)
    return {category: places for category, places in found.items() if places}


def _name(context: Context, category: str) -> str:
    names = categories()[category]
    return names.get(context.language, names["en"])[0]


def _tile(context: Context, category: str, name: str, count: int) -> Suggestion:
    response = "utter_suggest_place" if count == 1 else "utter_suggest_kind"
    return context.renderer.suggestion(response, ask("facilities_find", place=category), name=name, count=count)
