"""How to reach people: staff, and in an emergency those who help."""

from assistant.answers.context import Context, Slots
from assistant.answers.facilities import place_card
from assistant.answers.models import Answer, row
from assistant.answers.renderer import Phrase
from assistant.knowledge.models import FoundPlace


def request(context: Context, slots: Slots) -> Answer:
    """Where staff are, and their number where the station names one."""
    place = first_place(context, ("staff", "information", "ticket_office", "help_point"))
    phone = (place.phone if place else None) or context.settings.contacts.staff
    phrases: list[Phrase] = []
    if place:
        phrases.append(staff_at(place))
    if phone:
        phrases.append(("utter_staff_help_phone", {"phone": phone}))
    if not phrases:
        phrases.append(("utter_staff_help_none", {}))
    card = place_card(context, place, []) if place else None
    return Answer(replies=[context.renderer.reply(*phrases, card=card)], sources=[row(place.source)] if place else [])


def staff_at(place: FoundPlace) -> Phrase:
    """Where staff are, as far as that is known."""
    if where := place.where or place.level_name:
        return "utter_staff_help_place", {"name": place.name, "where": where}
    return "utter_staff_help_named", {"name": place.name}


def first_place(context: Context, categories: tuple[str, ...]) -> FoundPlace | None:
    """The best place of the first of these categories that the station has."""
    for category in categories:
        if places := context.knowledge.places(category=category, at=context.now, language=context.language, limit=1):
            return places[0]
    return None
