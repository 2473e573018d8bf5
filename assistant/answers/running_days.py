"""On which days a train runs, and whether there is one on a day or at a time."""

from collections import Counter
from datetime import date, timedelta

from assistant.answers import live
from assistant.answers.asked import Asked, when
from assistant.answers.chosen_train import cancelled, choose
from assistant.answers.context import Context, Meant, Slots
from assistant.answers.models import Answer, row
from assistant.answers.renderer import Phrase
from assistant.answers.timetable import LOOK_AHEAD, already_here, ask_destination, narrow, refusal, subjects
from assistant.answers.trains import LOOKED_AT, SHOWN, board, known, none_on, told
from assistant.answers.wording import About, OnDay, Until, Weekdays, When

WEEKS = 4
"""Over how many weeks the days a train runs on are told."""
EXCEPTIONS = 3
"""Most single days that are named beside the days of the week."""


def runs_on(context: Context, slots: Slots) -> Answer:
    """Whether there is a train on a day; without a day, on which days a train runs."""
    if refused := refusal(context):
        return refused
    if not slots.get("train"):
        return _any_on(context, slots)
    chosen = choose(context, slots, "trains_runs_on")
    if isinstance(chosen, Answer):
        return chosen
    ids = (context.knowledge.trips_named(chosen.train.name) if chosen.train.name else []) or [chosen.train.trip_id]
    values: dict[str, object] = {"train": chosen.label}
    if day := chosen.asked.day:
        if chosen.leaves.date() == day and (gone := cancelled(context, chosen)):
            return gone
        runs = bool(context.knowledge.running_days(ids, first=day, last=day))
        phrases: list[Phrase] = [("utter_trains_runs" if runs else "utter_trains_runs_not", values | {"day": OnDay(day)})]
    else:
        first, last = _weeks(context)
        phrases = _days(context.knowledge.running_days(ids, first=first, last=last), first, last, "utter_trains_days", values)
    return Answer(replies=[context.renderer.reply(*phrases)], sources=[row(chosen.train.source)], slots=chosen.known)


def _any_on(context: Context, slots: Slots) -> Answer:
    """Whether any train to a place, or of a line, runs on a day or at a time; without either, on which days."""
    meant = subjects(context, slots, "trains_runs_on")
    if isinstance(meant, Answer):
        return meant
    asked = when(context, slots)
    if not meant and not asked.clock:
        return ask_destination(context, slots, "trains_runs_on")
    if here := already_here(context, meant):
        return here
    if refused := refusal(context, asked.at):
        return refused
    if asked.clock:
        return _at_time(context, meant, asked)
    narrowed, language = narrow(meant), context.language
    if asked.day is None:
        return _which_days(context, meant, asked)
    begin = context.knowledge.first_departure(**narrowed, day=asked.day, language=language)
    end = context.knowledge.last_departure(**narrowed, day=asked.day, language=language)
    if begin is None or end is None:
        return none_on(context, meant, asked)
    first, last = (About(edge.scheduled) if edge.headway_s else edge.scheduled for edge in (begin, end))
    after = end.scheduled.date() > asked.day
    phrase: Phrase = (
        "utter_trains_some_night" if after else "utter_trains_some",
        {"day": OnDay(asked.day), "first": first, "last": When(end.scheduled, about=bool(end.headway_s)) if after else last},
    )
    return board(context, [begin, end] if begin != end else [begin], meant, [phrase], asked, [])


def _which_days(context: Context, meant: Meant, asked: Asked) -> Answer:
    first, last = _weeks(context)
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    found = {day: context.knowledge.first_departure(**narrow(meant), day=day, language=context.language) for day in days}
    edges = {day: edge for day, edge in found.items() if edge is not None}
    to, line = meant.get("destination"), meant.get("line")
    if line or not to:
        phrases = _days(list(edges), first, last, "utter_trains_days", {"train": line.name if line else ""})
    else:
        phrases = _days(list(edges), first, last, "utter_trains_days_to", {"destination": to.name})
    sources = [row(edge.source) for edge in edges.values()]
    return Answer(replies=[context.renderer.reply(*phrases)], sources=sources, slots=known(meant, asked))


def _at_time(context: Context, meant: Meant, asked: Asked) -> Answer:
    found = context.knowledge.departures(
        **narrow(meant), at=asked.at, until=asked.until or asked.at + LOOK_AHEAD, limit=LOOKED_AT, language=context.language
    )
    phrases, going = live.cancelled_before(found), live.running(found)[:SHOWN]
    gone = found[: len(phrases)]
    if not phrases and not going:
        return none_on(context, meant, asked)
    if going:
        ahead_s = going[0].scheduled.timestamp() - asked.at.timestamp()
        exact = ahead_s <= (going[0].headway_s or 0) or asked.until is not None
        name = "utter_trains_yes" if exact else "utter_trains_not_then"
        phrases += [(name, told(context, going[0], meant) | {"asked": Until(asked.at)}), *live.changes(going[0])]
    return board(context, gone + going, meant, phrases, asked, [])


def _weeks(context: Context) -> tuple[date, date]:
    """The days over which running days are told: some whole weeks from today on, as far as the timetable goes."""
    first = context.now.date()
    return first, min(first + timedelta(days=7 * WEEKS - 1), context.knowledge.validity().end)


def _days(days: list[date], first: date, last: date, name: str, values: dict[str, object]) -> list[Phrase]:
    """Days of the week, with the single days that differ; only the next days where there is no such rule."""
    values = values | {"until": last}
    if not days:
        return [(name + "_never", values)]
    each = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    running, often, of_all = set(days), Counter(day.weekday() for day in days), Counter(day.weekday() for day in each)
    weekly = {weekday for weekday in often if 2 * often[weekday] >= of_all[weekday]}
    not_on = [day for day in each if day.weekday() in weekly and day not in running]
    also_on = [day for day in days if day.weekday() not in weekly]
    if not weekly or len(not_on) + len(also_on) > EXCEPTIONS:
        return [(name + "_next", values | {"days": days[:EXCEPTIONS]})]
    phrases: list[Phrase] = [(name, values | {"weekdays": Weekdays(frozenset(weekly))})]
    if not_on:
        phrases.append(("utter_trains_days_not", {"days": not_on}))
    if also_on:
        phrases.append(("utter_trains_days_also", {"days": also_on}))
    return phrases
