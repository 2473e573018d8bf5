"""What to do about a thing that was lost or found: the office, its hours and number, and the station's own procedure."""

from dataclasses import replace

from assistant.answers.context import Context, Slots, ask
from assistant.answers.facilities import hours_phrases, place_card, place_phrase
from assistant.answers.models import Answer, row
from assistant.answers.renderer import Phrase
from assistant.answers.staff_help import first_place
from assistant.answers.staff_help import request as staff
from assistant.conversation.models import SlotValue


def procedure(context: Context, slots: Slots) -> Answer:
    """Where the office is, whether it is open, how to reach it, and what the station asks people to do; else where staff are."""
    office = first_place(context, ("lost_property",))
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
    tiles = []
    if office and context.knowledge.walking_s(office.id):
        tiles.append(context.renderer.suggestion("utter_suggest_show_way", ask("wayfinding_route", place=office.id), goal=office.name))
    tiles.append(context.renderer.suggestion("utter_suggest_staff", ask("staff_help_request")))
    return Answer(
        replies=[context.renderer.reply(*phrases, card=place_card(context, office, []) if office else None)], suggestions=tiles,
        sources=[row(known.source) for known in (office, told) if known],
        slots=[SlotValue(type="place", value=office.name, id=office.id)] if office else [],
    )  # fmt: skip


def _nothing_known(context: Context) -> Answer:
    helped = staff(context, {})
    return helped.model_copy(update={"replies": [context.renderer.reply(("utter_lost_property_none", {})), *helped.replies]})
