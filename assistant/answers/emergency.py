"""What to do in danger: whom to call, where the help point is. Words never raise an alert."""

from assistant.answers.context import Context, Slots
from assistant.answers.models import Answer, row
from assistant.answers.renderer import Phrase
from assistant.answers.staff_help import first_place


def help_now(context: Context, slots: Slots) -> Answer:
    """The emergency number, where the station names one, and the nearest help point."""
    phone = context.settings.contacts.emergency
    phrases: list[Phrase] = [
        ("utter_emergency_help", {"phone": phone}) if phone else ("utter_emergency_help_no_number", {})
    ]
    place = first_place(context, ("help_point", "staff", "first_aid"))
    if place:
        where = place.where or place.level_name
        name = "utter_emergency_help_point" if where else "utter_emergency_help_point_named"
        phrases.append((name, {"name": place.name, "where": where}))
    return Answer(replies=[context.renderer.reply(*phrases)], sources=[row(place.source)] if place else [])
