"""What this machine is, what it can do, and where it knows things from."""

from assistant.answers.context import Context, Slots, ask
from assistant.answers.facilities import category_tiles
from assistant.answers.models import Answer
from assistant.answers.renderer import Phrase
from assistant.conversation.models import ChoicesCard, SourceRow, Suggestion

QUIET_TILES = 6


def capabilities(context: Context, slots: Slots) -> Answer:
    """What can be asked."""
    return Answer(replies=[context.renderer.reply(("utter_robot_capabilities", {}))], suggestions=tiles(context))


def identity(context: Context, slots: Slots) -> Answer:
    """A machine of this station, no person, without a camera."""
    station = context.knowledge.station(context.language)
    reply = context.renderer.reply(("utter_robot_identity", {"station": station.name}))
    return Answer(replies=[reply], suggestions=tiles(context), sources=[transparency(context)])


def sure(context: Context, slots: Slots) -> Answer:
    """Where answers come from and how old that is: the timetable, realtime, the station; and that this is not the last word."""
    phrases: list[Phrase] = [("utter_robot_sure", {}), *_timetable(context), *_live(context), ("utter_robot_sure_limits", {})]
    validity = context.knowledge.validity()
    imported = SourceRow(kind="record", table="import", key=validity.version, as_of=validity.imported_at.isoformat(timespec="seconds"))
    staff = context.renderer.suggestion("utter_suggest_staff", ask("staff_help_request"))
    return Answer(replies=[context.renderer.reply(*phrases)], suggestions=[staff], sources=[imported])


def quiet(context: Context) -> Answer:
    """Somebody is there and says nothing: a short prompt, and tiles for the six most asked things."""
    offered = tiles(context)[:QUIET_TILES]
    card = ChoicesCard(title=context.renderer.text("utter_fallback_title"), choices=offered)
    return Answer(replies=[context.renderer.reply(("utter_robot_quiet", {}), card=card)], suggestions=offered)


def nothing_to_repeat(context: Context) -> Answer:
    """There was no answer yet that could be given again."""
    return Answer(replies=[context.renderer.reply(("utter_robot_nothing_to_repeat", {}))], suggestions=tiles(context))


def slower(context: Context) -> Answer:
    """The voice slows down for the rest of the visit."""
    return Answer(replies=[context.renderer.reply(("utter_robot_slower", {}))])


def louder(context: Context) -> Answer:
    """The voice has one loudness; what it says stands on the screen."""
    return Answer(replies=[context.renderer.reply(("utter_robot_louder", {}))])


def start_over(context: Context) -> Answer:
    """Nothing of before is known any longer."""
    return Answer(replies=[context.renderer.reply(("utter_robot_start_over", {}))], suggestions=tiles(context), ends=True)


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


def transparency(context: Context) -> SourceRow:
    """The record that says what this machine is and does."""
    return SourceRow(kind="record", table="transparency", key="record", as_of=context.now.date().isoformat())


def _timetable(context: Context) -> list[Phrase]:
    validity = context.knowledge.validity()
    if not context.clock_trusted:
        return [("utter_robot_sure_clock", {})]
    match context.knowledge.expired(context.now):
        case "valid":
            return [("utter_robot_sure_timetable", {"end": validity.end})]
        case "expired":
            return [("utter_timetable_expired", {"end": validity.end})]
        case "not_yet":
            return [("utter_timetable_not_yet", {"start": validity.start})]
        case _:
            return [("utter_timetable_absent", {})]


def _live(context: Context) -> list[Phrase]:
    """How old live times are, where the station has some; that there are none now, where it should have some."""
    realtime, age_s = context.knowledge.realtime, context.knowledge.realtime.age_s("trip_updates")
    if realtime.knows("trip_updates") and age_s is not None:
        return [("utter_robot_sure_live", {"seconds": max(1, round(age_s))})]
    return [("utter_robot_sure_scheduled", {})]
