"""The first and the last train of a day, the platform of a named one, and whether a place is reached without a change."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from assistant.answers import journeys, live, timetable
from assistant.answers.asked import Asked, when
from assistant.answers.chosen_train import cancelled, choose, label
from assistant.answers.context import Context, Meant, Slots, ask, slots_of
from assistant.answers.models import Answer
from assistant.answers.renderer import Phrase
from assistant.answers.timetable import (
    LOOK_AHEAD,
    already_here,
    ask_destination,
    departures_card,
    destination_tiles,
    goes_on,
    narrow,
    refusal,
    say_headway,
    subjects,
    values,
)
from assistant.answers.train_stops import call_at
from assistant.answers.wording import About, OnDay, Until
from assistant.conversation.models import DeparturesCard, SlotValue, Suggestion
from assistant.knowledge.models import Departure, Match

NIGHT_ENDS = 4
"""Until this hour "tonight" is still the night of the day before."""
EARLIEST_FIRST = 3
"""Trains before this hour are to travellers the last ones of the night, also where the feed counts them to the day just begun."""
DAYS_AHEAD = 7
"""How far ahead the first train is looked for."""

EDGES = {
    "first": ("utter_trains_first_to", "utter_trains_first_here", "utter_trains_first_about"),
    "last": ("utter_trains_last_to", "utter_trains_last_here", "utter_trains_last_about"),
}
"""What is said with a destination, without one, and of a line without exact times."""

LOOKED_AT = 20
"""Departures among which some may be cancelled."""
SHOWN = 3

type Edge = Literal["first", "last"]


def first_departure(context: Context, slots: Slots) -> Answer:
    """The first train of a day: to a place, of a line, or of the station."""
    return refusal(context) or _edge(context, slots, "first")


def last_departure(context: Context, slots: Slots) -> Answer:
    """The last train of a service day, also after midnight; where it is gone, the next one there is."""
    return refusal(context) or _edge(context, slots, "last")


def direct(context: Context, slots: Slots) -> Answer:
    """Whether a place is reached without a change, by the train that is meant or by any."""
    if refused := refusal(context):
        return refused
    meant = subjects(context, slots, "trains_direct")
    if isinstance(meant, Answer):
        return meant
    to = meant.get("destination")
    if to is None:
        return ask_destination(context, slots, "trains_direct")
    if here := already_here(context, meant):
        return here
    if slots.get("train"):
        return _direct_by(context, slots, to)
    asked = when(context, slots)
    if refused := refusal(context, asked.at):
        return refused
    found = coming(context, meant, asked.at)
    if not found:
        return _with_change(context, slots, to)
    phrases: list[Phrase] = [("utter_trains_direct", told(context, found[0], meant)), *live.changes(found[0])]
    if found[0].onward:
        phrases.append(goes_on(found[0]))
    return board(context, found, meant, phrases, asked, [])


def next_departures(context: Context, slots: Slots) -> Answer:
    """When a train that is named leaves, and from where; else the next trains."""
    if slots.get("train"):
        return platform(context, slots)
    answer = timetable.next_departures(context, slots)
    to = next((value for value in answer.slots if value.type == "destination" and value.id), None)
    if to is None or to.id is None:
        return answer
    card = answer.replies[-1].card
    if isinstance(card, DeparturesCard) and card.departures:
        first = card.departures[0]
        tiles = [
            stops_tile(context, trip=first.trip, leaves=first.scheduled, name=label(first.trip_name, first.line)),
            context.renderer.suggestion("utter_suggest_last", ask("trains_last_departure", destination=to.id), destination=to.value),
        ]
        return answer.model_copy(update={"suggestions": [*answer.suggestions, *tiles]})
    return answer


def platform(context: Context, slots: Slots) -> Answer:
    """The platform of a train that is named or touched, else of the next one."""
    if not slots.get("train"):
        return timetable.platform(context, slots)
    chosen = refusal(context) or choose(context, slots, "timetable_platform")
    if isinstance(chosen, Answer):
        return chosen
    if gone := cancelled(context, chosen):
        return gone
    name = "utter_trains_platform" if chosen.boarding.platform else "utter_trains_platform_unknown"
    kept = chosen.known
    if chosen.boarding.platform:
        kept = [*kept, SlotValue(type="platform", value=chosen.boarding.platform, id=chosen.boarding.stop_id)]
    return Answer(replies=[context.renderer.reply((name, chosen.values()))], sources=live.call_rows([chosen.boarding]), slots=kept)


def stops_tile(context: Context, *, trip: str, leaves: datetime, name: str) -> Suggestion:
    """The tile that asks where a train stops."""
    moment = leaves.replace(tzinfo=None).isoformat(timespec="minutes")
    return context.renderer.suggestion("utter_suggest_stops", ask("trains_stops", train=trip, depart_at=moment), train=name)


def _stops_tile(context: Context, departure: Departure) -> Suggestion:
    name = label(departure.trip_name, departure.line)
    return stops_tile(context, trip=departure.trip_id, leaves=departure.scheduled, name=name)


def _edge(context: Context, slots: Slots, edge: Edge) -> Answer:
    meant = subjects(context, slots, f"trains_{edge}_departure")
    if isinstance(meant, Answer):
        return meant
    if here := already_here(context, meant):
        return here
    asked = when(context, slots)
    if refused := refusal(context, asked.at):
        return refused
    found = (_first if edge == "first" else _last)(context, meant, asked)
    if found is None:
        return none_on(context, meant, asked)
    if _due(found) < context.now:
        return _gone(context, meant, asked, found)
    phrases = _say(context, found, meant, edge) + live.changes(found)
    if found.onward:
        phrases.append(goes_on(found))
    return board(context, [found], meant, phrases, asked, _other_tiles(context, meant, edge, found))


def _first(context: Context, meant: Meant, asked: Asked) -> Departure | None:
    if asked.clock or asked.part not in (None, "dawn", "morning", "forenoon"):
        return next(iter(coming(context, meant, asked.at, asked.until)), None)
    day = asked.day or asked.at.date()
    for ahead in range(1 if asked.day and asked.day != context.now.date() else DAYS_AHEAD):
        first = _first_of(context, meant, day + timedelta(days=ahead))
        if first is not None and _due(first) >= context.now:
            return first
    return None


def _first_of(context: Context, meant: Meant, day: date) -> Departure | None:
    """The first train of a day: not one of the night before, unless there are no others."""
    first = context.knowledge.first_departure(**narrow(meant), day=day, language=context.language)
    begin = datetime.combine(day, time(EARLIEST_FIRST), context.now.tzinfo)
    if first is None or first.scheduled >= begin:
        return first
    return next(iter(coming(context, meant, begin, datetime.combine(day, time.max, context.now.tzinfo))), first)


def _last(context: Context, meant: Meant, asked: Asked) -> Departure | None:
    timed = asked.clock or asked.part in ("noon", "midnight")
    day = _running_day(context, meant) if asked.day in (None, context.now.date()) else asked.day
    return _last_of(context, meant, day or context.now.date(), (asked.until or asked.at) if timed else None)


def _last_of(context: Context, meant: Meant, day: date, until: datetime | None = None) -> Departure | None:
    """The last train of a day, those of its night that the feed counts to the next day included."""
    last = context.knowledge.last_departure(**narrow(meant), day=day, until=until, language=context.language)
    following = day + timedelta(days=1)
    night = datetime.combine(following, time(EARLIEST_FIRST), context.now.tzinfo)
    late = context.knowledge.last_departure(
        **narrow(meant), day=following, until=min(until or night, night), language=context.language
    )  # fmt: skip
    return max(last, late, key=_due) if last and late else last


def _running_day(context: Context, meant: Meant) -> date:
    """The service day that is running: after midnight, and while it still has trains, the one of the day before."""
    before = context.now.date() - timedelta(days=1)
    last = _last_of(context, meant, before)
    if last is not None and (context.now.hour < NIGHT_ENDS or _due(last) >= context.now):
        return before
    return context.now.date()


def _due(departure: Departure) -> datetime:
    """When it leaves, in UTC: times of one zone are compared by their hands alone, which go back once a year."""
    return (departure.expected or departure.scheduled).astimezone(UTC)


def told(context: Context, departure: Departure, meant: Meant) -> dict[str, object]:
    """What sentences say of a departure, the train's own name with it."""
    named: dict[str, object] = {"train": label(departure.trip_name, departure.line)}
    left = departure.expected or departure.scheduled
    times = {"about": Until(departure.scheduled), "left": About(left) if departure.headway_s else left}
    return values(context, departure, meant) | named | times


def _say(context: Context, found: Departure, meant: Meant, edge: Edge) -> list[Phrase]:
    words, (to, here, about) = told(context, found, meant), EDGES[edge]
    if found.headway_s:
        return [*say_headway(context, found, meant, found.scheduled), (about, words)]
    name = to if "destination" in meant else here
    return [(name + ("" if found.platform else "_no_platform"), words)]


def _gone(context: Context, meant: Meant, asked: Asked, last: Departure) -> Answer:
    """The last train has left: when, and which is the next one there is."""
    name = "utter_trains_gone_to" if "destination" in meant else "utter_trains_gone_here"
    phrases: list[Phrase] = [(name, told(context, last, meant))]
    now = context.now
    following = coming(context, meant, now)
    if following:
        phrases += [("utter_trains_gone_next", told(context, following[0], meant)), *live.changes(following[0])]
    answer = board(context, following, meant, phrases, asked, [])
    return answer.model_copy(update={"sources": [*live.rows(last), *answer.sources]})


def coming(context: Context, meant: Meant, at: datetime, until: datetime | None = None) -> list[Departure]:
    """The next departures that run."""
    found = context.knowledge.departures(
        **narrow(meant), at=at, until=until or at + LOOK_AHEAD, limit=LOOKED_AT, language=context.language
    )  # fmt: skip
    return live.running(found)[:SHOWN]


def none_on(context: Context, meant: Meant, asked: Asked) -> Answer:
    """That there is no such train on the day."""
    day = OnDay(asked.day or context.now.date())
    if to := meant.get("destination"):
        phrase: Phrase = ("utter_trains_none_to", {"destination": to.name, "day": day})
    else:
        phrase = ("utter_trains_none", {"day": day})
    return Answer(replies=[context.renderer.reply(phrase)], slots=known(meant, asked))


def board(
    context: Context, found: list[Departure], meant: Meant, phrases: list[Phrase], asked: Asked, tiles: list[Suggestion]
) -> Answer:
    """Sentences with a board of departures."""
    if found and not tiles:
        tiles = [_stops_tile(context, found[0])] if not found[0].headway_s else []
    return Answer(
        replies=[context.renderer.reply(*phrases, card=departures_card(context, found, meant))], suggestions=tiles,
        sources=[source for departure in found for source in live.rows(departure)],
        slots=known(meant, asked), forgets=[] if asked.known else ["date", "depart_at", "until"],
    )  # fmt: skip


def known(meant: Meant, asked: Asked) -> list[SlotValue]:
    """The slots of a question that was answered."""
    return [*asked.known, *slots_of(meant)]


def _other_tiles(context: Context, meant: Meant, edge: Edge, found: Departure) -> list[Suggestion]:
    """What is asked after the first or the last train."""
    to = meant.get("destination")
    if to is None:
        return destination_tiles(context, {}, f"trains_{edge}_departure")
    later = ask("timetable_next_departures", destination=to.id)
    tiles = [context.renderer.suggestion("utter_suggest_departures", later)]
    return tiles if found.headway_s else [_stops_tile(context, found), *tiles]


def _with_change(context: Context, slots: Slots, to: Match) -> Answer:
    """That it takes a change, and how to go then."""
    no = context.renderer.reply(("utter_trains_not_direct", {"destination": to.name}))
    answer = journeys.plan(context, slots)
    return answer.model_copy(update={"replies": [no, *answer.replies]})


def _direct_by(context: Context, slots: Slots, to: Match) -> Answer:
    """Whether a train that is named gets to a place."""
    chosen = choose(context, slots, "trains_direct")
    if isinstance(chosen, Answer):
        return chosen
    if gone := cancelled(context, chosen):
        return gone
    call = call_at(context, chosen, to.id)
    told = chosen.values() | {"destination": to.name}
    reply = context.renderer.reply(("utter_trains_direct" if call else "utter_trains_not_there", told))
    return Answer(replies=[reply], sources=live.call_rows((chosen.boarding, *([call] if call else []))), slots=chosen.known)
