"""How to reach people: staff, and in an emergency those who help."""

from assistant.answers.context import Context, Slots
from assistant.answers.facilities import hours_phrases, place_card
from assistant.answers.models import Answer, row
from assistant.answers.renderer import Phrase
from assistant.knowledge.models import FoundPlace


def request(context: Context, slots: Slots) -> Answer:
    """Where staff are, and their number where the station names one."""
    place = first_place(context, ("staff", "information", "ticket_office", "help_point"))
    phone = (place.phone if place else None) or context.settings.contacts.staff
    phrases: list[Phrase] = []
    if place:
        phrases += staff_at(context, place)
    if phone:
        phrases.append(("utter_staff_help_phone", {"phone": phone}))
    if not phrases:
        phrases.append(("utter_staff_help_none", {}))
    card = place_card(context, place, []) if place else None
    return Answer(replies=[context.renderer.reply(*phrases, card=card)], sources=[row(place.source)] if place else [])


def staff_at(context: Context, place: FoundPlace) -> list[Phrase]:
    """Where staff are, as far as that is known; and from when, where nobody is there now."""
    where = place.where or place.level_name
    name = "utter_staff_help_place" if where else "utter_staff_help_named"
    return [(name, {"name": place.name, "where": where}), *(hours_phrases(context, place) if place.open_now is False else [])]


def first_place(context: Context, categories: tuple[str, ...]) -> FoundPlace | None:
    """The best place of the first of these categories that has one, not closed where there is another."""
    found = [
        place for category in categories
        for place in context.knowledge.places(category=category, at=context.now, language=context.language, limit=1)
    ]  # fmt: skip
    return next((place for place in found if place.open_now is not False), found[0] if found else None)
