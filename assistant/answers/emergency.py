"""What to do in danger: whom to call, where the help point is. Words never raise an alert."""

from assistant.answers.context import Context, Slots
from assistant.answers.models import Answer, row
from assistant.answers.staff_help import first_place

EUROPE = "112"
"""The number that answers on any mobile phone in Europe, Korea's roaming and most networks; `contacts.emergency` overrides it."""


def help_now(context: Context, slots: Slots) -> Answer:
    """The emergency number and the nearest help point."""
    phone = context.settings.contacts.get("emergency", EUROPE)
    phrases: list[tuple[str, dict[str, object]]] = [("utter_emergency_help", {"phone": phone})]
    place = first_place(context, ("help_point", "staff", "first_aid"))
    if place:
        phrases.append(("utter_emergency_help_point", {"name": place.name, "where": place.where or place.level_name or ""}))
    return Answer(replies=[context.renderer.reply(*phrases)], sources=[row(place.source)] if place else [])
