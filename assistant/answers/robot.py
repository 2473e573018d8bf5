"""What this machine is and can do."""

from assistant.answers.context import Context, Slots, ask
from assistant.answers.facilities import category_tiles
from assistant.answers.models import Answer
from assistant.conversation.models import Suggestion


def capabilities(context: Context, slots: Slots) -> Answer:
    """What can be asked."""
    return Answer(replies=[context.renderer.reply(("utter_robot_capabilities", {}))], suggestions=tiles(context))


def tiles(context: Context) -> list[Suggestion]:
    """Tiles for the most asked things: the idle screen's, and what is offered where nothing was understood."""
    renderer = context.renderer
    return [
        renderer.suggestion("utter_suggest_departures", ask("timetable_next_departures")),
        *category_tiles(context)[:4],
        renderer.suggestion("utter_suggest_air", ask("air_quality_now")),
        renderer.suggestion("utter_suggest_staff", ask("staff_help_request")),
        renderer.suggestion("utter_suggest_privacy", ask("privacy_record")),
    ]
