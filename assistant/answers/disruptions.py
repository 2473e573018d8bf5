"""What is wrong on the lines here: the operator's alerts, then the trains that are late or cancelled."""

from datetime import timedelta

from assistant.answers import live, timetable
from assistant.answers.context import Context, Meant, Slots, ask, slots_of
from assistant.answers.models import Answer, row
from assistant.answers.renderer import Phrase
from assistant.conversation.models import Reply, SourceRow, TextCard
from assistant.knowledge.models import Departure

AHEAD = timedelta(hours=1)
LOOKED_AT = 60
MOST_ALERTS = 5
SPOKEN_ALERTS = 2


def disruptions(context: Context, slots: Slots) -> Answer:
    """Disruptions here, of a line, or on the way to a place; says so where nothing live is known."""
    if refused := timetable.refusal(context):
        return refused
    meant = timetable.subjects(context, slots, "timetable_disruptions")
    if isinstance(meant, Answer):
        return meant
    replies: list[Reply] = []
    sources: list[SourceRow] = []
    for found, rows in (_alerts(context, meant), _troubles(context, meant)):
        replies += [found] if found else []
        sources += rows
    if not replies:
        known = context.knowledge.realtime.knows("alerts") or context.knowledge.realtime.knows("trip_updates")
        replies = [context.renderer.reply(("utter_timetable_no_disruption" if known else "utter_timetable_not_live", {}))]
    tiles = [context.renderer.suggestion("utter_suggest_all_departures", ask("timetable_anywhere"))]
    kept = slots_of(meant)
    return Answer(
        replies=replies, suggestions=tiles, sources=sources, slots=kept, forgets=[kind for kind in timetable.FORGETS if kind not in meant]
    )  # fmt: skip


def _alerts(context: Context, meant: Meant) -> tuple[Reply | None, list[SourceRow]]:
    line, to = meant.get("line"), meant.get("destination")
    found = context.knowledge.alerts(context.now, route=line.id if line else None, language=context.language)
    if line is None and to is not None:
        known = {alert.id for alert in found}
        there = context.knowledge.alerts(context.now, stop=to.id, language=context.language)
        found += [alert for alert in there if alert.id not in known and alert.stops]
    found = found[:MOST_ALERTS]
    if not found:
        return None, []
    lines = [line for alert in found for line in (alert.header, alert.description) if line]
    card = TextCard(title=context.renderer.text("utter_timetable_title_disruptions"), lines=lines)
    reply = context.renderer.reply(*(live.say_alert(alert) for alert in found[:SPOKEN_ALERTS]), card=card)
    return reply, [row(alert.source) for alert in found]


def _troubles(context: Context, meant: Meant) -> tuple[Reply | None, list[SourceRow]]:
    """Trains of the next hour that are late or cancelled."""
    departures = context.knowledge.departures(
        **timetable.narrow(meant), at=context.now, until=context.now + AHEAD, limit=LOOKED_AT, language=context.language
    )
    troubled = [departure for departure in departures if departure.status in ("delayed", "cancelled")]
    if not troubled:
        return None, []
    shown = troubled[: timetable.BOARD_ROWS]
    reply = context.renderer.reply(*_say(context, shown[0]), card=timetable.departures_card(context, shown, meant))
    return reply, [source for departure in shown for source in live.rows(departure)]


def _say(context: Context, first: Departure) -> list[Phrase]:
    if first.status == "cancelled":
        return live.cancelled_before([first])
    return [("utter_timetable_late", timetable.values(context, first, {})), *live.changes(first)]
