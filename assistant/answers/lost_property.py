"""What to do about a thing that was lost or found: the office, its hours and number, and the station's own procedure."""

from dataclasses import replace

from assistant.answers.context import Context, Slots, ask
from assistant.answers.facilities import hours_phrases, place_card, place_phrase, way_tiles
from assistant.answers.facts import nearest
from assistant.answers.models import Answer, Missed, row
from assistant.answers.renderer import Phrase
from assistant.answers.staff_help import request as staff
from assistant.conversation.models import SlotValue
from assistant.unanswered.models import Kind, NameKind


def procedure(context: Context, slots: Slots) -> Answer:
    """Where the office is, whether it is open, how to reach it, and what the station asks people to do; else where staff are."""
    office = nearest(context, ("lost_property",))
    told = context.knowledge.fact("lost_property", context.language)
    phrases: list[Phrase] = []
    if office:
        phrases.append(place_phrase(context, office))
        named = replace(office, name=context.renderer.text("utter_lost_property_office"))
        phrases += hours_phrases(context, named) if office.open_now is False or office.hours else []
        phrases += [("utter_lost_property_phone", {"phone": office.phone})] if office.phone else []
    if told:
        phrases.append(("utter_lost_property_procedure", {"text": told.text}))
    if not phrases:
        return _nothing_known(context)
    tiles = way_tiles(context, office) if office else []
    tiles.append(context.renderer.suggestion("utter_suggest_staff", ask("staff_help_request")))
    return Answer(
        replies=[context.renderer.reply(*phrases, card=place_card(context, office, []) if office else None)], suggestions=tiles,
        sources=[row(known.source) for known in (office, told) if known],
        slots=[SlotValue(type="place", value=office.name, id=office.id)] if office else [],
    )  # fmt: skip


def found(context: Context, slots: Slots) -> Answer:
    """Where to hand in what somebody else lost: at the office, else to the staff."""
    office = nearest(context, ("lost_property",))
    if office is None:
        helped = staff(context, {})
        return helped.model_copy(update={"replies": [context.renderer.reply(("utter_lost_property_found_staff", {})), *helped.replies]})
    phrases: list[Phrase] = [("utter_lost_property_found", {}), place_phrase(context, office)]
    phrases += hours_phrases(context, office) if office.open_now is False else []
    tiles = [*way_tiles(context, office), context.renderer.suggestion("utter_suggest_staff", ask("staff_help_request"))]
    return Answer(
        replies=[context.renderer.reply(*phrases, card=place_card(context, office, []))], suggestions=tiles,
        sources=[row(office.source)], slots=[SlotValue(type="place", value=office.name, id=office.id)],
    )  # fmt: skip


def _nothing_known(context: Context) -> Answer:
    helped = staff(context, {})
    replies = [context.renderer.reply(("utter_lost_property_none", {})), *helped.replies]
    return helped.model_copy(update={"replies": replies, "missed": Missed(kind=Kind.NOT_TOLD, of=NameKind.SUBJECT, id="lost_property")})
