"""How often trains go: by the departures of the next two hours, never by more than they show."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from assistant.answers import live, timetable
from assistant.answers.asked import Asked, when
from assistant.answers.context import Context, Meant, Slots, ask, slots_of
from assistant.answers.models import Answer
from assistant.answers.renderer import Phrase
from assistant.answers.wording import Until, Vehicle
from assistant.knowledge.models import Departure

AHEAD = timedelta(hours=2)
NEXT = timedelta(hours=1)
LOOKED_AT = 240
"""Departures of two hours: more than the busiest platform has."""
REGULAR = 4
"""Fewer departures show no rhythm."""
SLACK = timedelta(minutes=2)
"""Gaps may differ by this, or by a quarter of their mean, and still be called regular."""
NAMED = 5
"""Most times that are said; the board has more."""
DIRECTIONS = 2
"""Directions of a line that are said."""


def frequency(context: Context, slots: Slots) -> Answer:
    """How often a train goes to a place, or on a line."""
    if refused := timetable.refusal(context):
        return refused
    meant = timetable.subjects(context, slots, "timetable_frequency")
    if isinstance(meant, Answer):
        return meant
    if not {"destination", "line"} & meant.keys():
        return timetable.ask_destination(context, slots, "timetable_frequency")
    asked = when(context, slots)
    if told := timetable.already_here(context, meant) or timetable.refusal(context, asked.at):
        return told
    going = live.running(_departures(context, meant, asked))
    phrases = _phrases(context, meant, asked, going)
    if not phrases:
        return _next(context, slots)
    kept = [*asked.known, *slots_of(meant)]
    board = ask("timetable_next_departures", **{kind: match.id for kind, match in meant.items()})
    return Answer(
        replies=[context.renderer.reply(*phrases, card=timetable.departures_card(context, going[: timetable.BOARD_ROWS], meant))],
        suggestions=[context.renderer.suggestion("utter_suggest_departures", board)],
        sources=[source for departure in going for source in live.rows(departure)], slots=kept,
        forgets=[kind for kind in timetable.FORGETS if kind not in {value.type for value in kept}],
    )  # fmt: skip


def _departures(context: Context, meant: Meant, asked: Asked) -> list[Departure]:
    return context.knowledge.departures(
        **timetable.narrow(meant), at=asked.at, until=asked.until or asked.at + AHEAD, limit=LOOKED_AT, language=context.language
    )


def _phrases(context: Context, meant: Meant, asked: Asked, going: list[Departure]) -> list[Phrase]:
    """A sentence for each direction; none where nothing leaves soon enough to speak of a rhythm."""
    if "destination" in meant:
        return _rhythm(context, meant, asked, going)
    ways: dict[str, list[Departure]] = {}
    for departure in going:
        ways.setdefault(departure.headsign, []).append(departure)
    most = sorted(ways.values(), key=len, reverse=True)[:DIRECTIONS]
    return [phrase for of_way in most for phrase in _rhythm(context, meant, asked, of_way)]


def _rhythm(context: Context, meant: Meant, asked: Asked, going: list[Departure]) -> list[Phrase]:
    loose = [departure for departure in going if departure.headway_s]
    timed = [departure for departure in going if not departure.headway_s]
    phrases = timetable.say_headway(context, loose[0], meant, asked.at) if loose else []
    soon = _within_the_hour(timed, asked)
    for some in (timed, soon):  # the rhythm may change with the hour
        minutes = every_minutes([departure.scheduled for departure in some])
        if not minutes:
            continue
        words = _words(context, meant, some)
        span = {"minutes": minutes, "since": Until(some[0].scheduled), "until": Until(some[-1].scheduled)}
        return [*phrases, ("utter_timetable_every_to" if "destination" in meant else "utter_timetable_every_line", words | span)]
    return [*phrases, *(_counted(context, meant, asked, soon) if soon else [])]


def _within_the_hour(timed: list[Departure], asked: Asked) -> list[Departure]:
    return [departure for departure in timed if _utc(departure.scheduled) <= _utc(asked.at) + NEXT]


def _counted(context: Context, meant: Meant, asked: Asked, soon: list[Departure]) -> list[Phrase]:
    """How many leave within the hour, and when."""
    now = abs(_utc(asked.at) - _utc(context.now)) < timedelta(minutes=1)
    name = "utter_timetable_counted_now" if now else "utter_timetable_counted_later"
    told = {"count": len(soon), "times": list(dict.fromkeys(live.due(departure) for departure in soon))[:NAMED], "since": Until(asked.at)}
    phrases: list[Phrase] = [(name, _words(context, meant, soon) | told)]
    return [*phrases, ("utter_timetable_counted_more", {})] if len(soon) > NAMED else phrases


def every_minutes(moments: list[datetime]) -> int | None:
    """Minutes between departures, where there are enough of them and their gaps differ little."""
    if len(moments) < REGULAR:
        return None
    gaps = [_utc(after) - _utc(before) for before, after in pairwise(moments)]
    mean = sum(gaps, timedelta()) / len(gaps)
    if max(gaps) - min(gaps) > max(SLACK, mean / 4) or mean < timedelta(seconds=30) or min(gaps) < mean / 2:
        return None
    return max(1, round(mean.total_seconds() / 60))


def _words(context: Context, meant: Meant, departures: list[Departure]) -> dict[str, object]:
    """Where it goes, and by what."""
    lines = [context.knowledge.line(departure.route_id, context.language) for departure in departures]
    modes = {line.mode for line in lines if line}
    to = meant["destination"].name if "destination" in meant else departures[0].headsign
    return {"destination": to, "line": departures[0].line, "vehicle": Vehicle(modes.pop() if len(modes) == 1 else "other")}


def _next(context: Context, slots: Slots) -> Answer:
    """That nothing leaves within the hour, and what leaves next."""
    answer = timetable.next_departures(context, slots)
    if not answer.sources:
        return answer
    none = context.renderer.reply(("utter_timetable_counted_none", {}))
    return answer.model_copy(update={"replies": [none, *answer.replies]})


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
