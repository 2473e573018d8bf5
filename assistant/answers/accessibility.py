"""How the station can be used without steps: entrances, lifts and whether they run, toilets, and help."""

from assistant.answers.context import Context, Slots, ask
from assistant.answers.facilities import where_phrases
from assistant.answers.facts import Subject, nearest
from assistant.answers.models import Answer, Missed, row
from assistant.answers.renderer import Phrase
from assistant.answers.staff_help import request as staff
from assistant.answers.wayfinding import out_now
from assistant.conversation.models import SourceRow, Suggestion, TextCard
from assistant.knowledge.models import FoundPlace
from assistant.unanswered.models import Kind, NameKind

MOST_NAMED = 4
"""Entrances that are named; one goes to one of them."""

boarding = Subject(facts=("assistance",), unknown="utter_accessibility_boarding_unknown").tell
"""Help with getting on and off."""
hearing = Subject(facts=("hearing",), unknown="utter_accessibility_hearing_unknown").tell
"""What there is for deaf and hard of hearing people."""
sight = Subject(facts=("sight",), unknown="utter_accessibility_sight_unknown").tell
"""What there is for blind people."""


def station(context: Context, slots: Slots) -> Answer:
    """Step-free entrances, lifts out of order, the accessible toilet, and how to get help."""
    renderer = context.renderer
    phrases, sources = _known(context)
    if told := context.knowledge.fact("assistance", context.language):
        phrases.append(("utter_accessibility_assistance", {"text": told.text}))
        sources.append(row(told.source))
    helped = staff(context, {})
    if not phrases:
        replies = [renderer.reply(("utter_accessibility_unknown", {})), *helped.replies]
        return helped.model_copy(update={"replies": replies, "missed": Missed(kind=Kind.NOT_TOLD, of=NameKind.SUBJECT, id="assistance")})
    card = TextCard(title=renderer.text("utter_accessibility_title"), lines=[renderer.text(name, **values) for name, values in phrases])
    answer = Answer(replies=[renderer.reply(*phrases, card=card)], suggestions=_tiles(context), sources=sources)
    if told:
        return answer
    replies = [reply.model_copy(update={"card": None}) for reply in helped.replies]
    return answer.model_copy(update={"replies": [*answer.replies, *replies], "sources": [*sources, *helped.sources]})


def _tiles(context: Context) -> list[Suggestion]:
    lifts = ask("facilities_find", place="lift")
    tiles = [context.renderer.suggestion("utter_suggest_lift", lifts)] if _one(context, "lift") else []
    return [*tiles, context.renderer.suggestion("utter_suggest_staff", ask("staff_help_request"))]


def _known(context: Context) -> tuple[list[Phrase], list[SourceRow]]:
    """What the data says, in the order in which somebody needs it."""
    phrases: list[Phrase] = []
    entrances = [place for place in _step_free_exits(context) if place.open_now is not False]
    if entrances:
        phrases.append(("utter_accessibility_entrances", {"entrances": [place.name for place in entrances]}))
    sources = [row(place.source) for place in entrances]
    out, out_sources = out_now(context)
    if out:
        phrases.append(("utter_wayfinding_out", {"things": out}))
        sources += out_sources
    elif lift := _one(context, "lift"):
        phrases.append(("utter_accessibility_lifts", {}))
        sources.append(row(lift.source))
    if toilet := _one(context, "accessible_toilet"):
        phrases += where_phrases(context, toilet)
        sources.append(row(toilet.source))
    return phrases, sources


def _step_free_exits(context: Context) -> list[FoundPlace]:
    found = context.knowledge.places(category="exit", at=context.now, language=context.language, limit=100)
    return [place for place in found if place.step_free][:MOST_NAMED]


def _one(context: Context, category: str) -> FoundPlace | None:
    return nearest(context, (category,))
