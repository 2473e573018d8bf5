"""How to reach people: staff, and in an emergency those who help."""

from assistant.answers.context import Context, Slots, ask
from assistant.answers.facilities import best_of, hours_phrases, place_card, way_tiles
from assistant.answers.models import Answer, Missed, row
from assistant.answers.renderer import Phrase
from assistant.conversation.models import SlotValue
from assistant.knowledge.models import FoundPlace
from assistant.unanswered.models import Kind, NameKind

HELPERS = ("staff", "information", "ticket_office", "help_point")
"""Where people are who can help, the best first."""


def request(context: Context, slots: Slots) -> Answer:
    """Where staff are, and their number where the station names one."""
    place = first_place(context, HELPERS)
    card = place_card(context, place, []) if place else None
    return Answer(
        replies=[context.renderer.reply(*_phrases(context), card=card)], suggestions=way_tiles(context, place) if place else [],
        sources=[row(place.source)] if place else [], slots=[SlotValue(type="place", value=place.name, id=place.id)] if place else [],
    )  # fmt: skip


def asked_for(context: Context, slots: Slots) -> Answer:
    """The same for who asks for staff, with a tile for what is where: they may be lost."""
    answer = request(context, slots)
    overview = context.renderer.suggestion("utter_suggest_overview", ask("facilities_overview"))
    return answer.model_copy(update={"suggestions": [*answer.suggestions, overview]})


def call(context: Context, slots: Slots) -> Answer:
    """Calls staff to this kiosk. That they come is said only where somebody takes the call; else whom to turn to instead."""
    receipt = context.reporter.file("help", context.conversation)
    if receipt.number is None:
        first: Phrase = ("utter_staff_help_call_none", {})
    else:
        first = ("utter_staff_help_call_told" if receipt.told else "utter_staff_help_call_noted", {"number": receipt.number})
    otherwise = request(context, slots)
    reply = context.renderer.reply(first, *([] if receipt.told else _phrases(context)))
    card = None if receipt.told else otherwise.replies[0].card
    return otherwise.model_copy(update={"replies": [reply.model_copy(update={"card": card})]})


def reached(context: Context) -> tuple[str | None, list[str]]:
    """The number of the staff, who may be called when no office is open; and sentences on where they are."""
    place = first_place(context, HELPERS)
    where = [context.renderer.text(name, **values) for name, values in (staff_at(context, place) if place else [])]
    return staff_phone(context, place), where or [context.renderer.text("utter_staff_help_none")]


def contact(context: Context, slots: Slots) -> Answer:
    """The number of the staff, when somebody is there, and what the station says of its customer service."""
    told, place = context.knowledge.fact("contact", context.language), first_place(context, HELPERS)
    phone = staff_phone(context, place)
    phrases: list[Phrase] = [("utter_staff_help_phone", {"phone": phone})] if phone else []
    if told:
        phrases.append(("utter_facilities_fact", {"text": told.text}))
    if not phrases:
        phrases.append(("utter_staff_help_contact_unknown", {}))
    if place:
        phrases += staff_at(context, place)
        phrases += hours_phrases(context, place) if place.open_now else []
    else:
        phrases += [] if phone else [("utter_staff_help_none", {})]
    if (emergency := context.settings.contacts.emergency) is not None:
        phrases.append(("utter_emergency_call", {"phone": emergency}))
    tiles = way_tiles(context, place) if place else []
    return Answer(
        replies=[context.renderer.reply(*phrases, card=place_card(context, place, []) if place else None)],
        suggestions=[*tiles, context.renderer.suggestion("utter_suggest_complain", ask("complaints_file"))],
        sources=[row(known.source) for known in (told, place) if known],
        slots=[SlotValue(type="place", value=place.name, id=place.id)] if place else [],
        missed=None if told or phone else Missed(kind=Kind.NOT_TOLD, of=NameKind.SUBJECT, id="contact"),
    )  # fmt: skip


def _phrases(context: Context) -> list[Phrase]:
    """Where staff are and how to call them, as far as that is known."""
    place = first_place(context, HELPERS)
    phrases = staff_at(context, place) if place else []
    if phone := staff_phone(context, place):
        phrases.append(("utter_staff_help_phone", {"phone": phone}))
    return phrases or [("utter_staff_help_none", {})]


def staff_phone(context: Context, place: FoundPlace | None) -> str | None:
    """The station's one number for its staff, else that of the place where they are."""
    return context.settings.contacts.staff or (place.phone if place else None)


def staff_at(context: Context, place: FoundPlace) -> list[Phrase]:
    """Where staff are, as far as that is known; and from when, where nobody is there now."""
    where = place.where or place.level_name
    name = "utter_staff_help_place" if where else "utter_staff_help_named"
    return [(name, {"name": place.name, "where": where}), *(hours_phrases(context, place) if place.open_now is False else [])]


def first_place(context: Context, categories: tuple[str, ...]) -> FoundPlace | None:
    """The best place of the first of these categories that has one, not closed where there is another.

    For who takes no stairs one that is reached without comes first, but behind one where somebody is.
    """
    found = [*(best_of(context, categories, step_free=True) if context.step_free else []), *best_of(context, categories)]
    return next((place for place in found if place.open_now is not False), found[0] if found else None)
