"""Where a train stops, and when it arrives."""

from assistant.answers import live
from assistant.answers.chosen_train import Chosen, cancelled, choose
from assistant.answers.context import Context, Slots, ask
from assistant.answers.models import Answer, row
from assistant.answers.renderer import Phrase
from assistant.answers.timetable import refusal
from assistant.answers.wording import When
from assistant.conversation.models import Suggestion, TextCard
from assistant.knowledge.models import Call, Train

MOST_NAMED = 4
"""Stops that are all said; of more the first ones and the last."""
NAMED_FIRST = 3
MOST_TRIPS = 8
"""Trips that a train is followed through."""



def stops(context: Context, slots: Slots) -> Answer:
    """Where a train stops after this station."""
    chosen = refusal(context) or choose(context, slots, "trains_stops")
    if isinstance(chosen, Answer):
        return chosen
    if gone := cancelled(context, chosen):
        return gone
    calls = [call for call in chosen.rest if call.arrival]
    names = [call.stop.name for call in calls]
    values = chosen.values() | {"count": len(calls)}
    if not calls:
        phrases: list[Phrase] = [("utter_trains_no_stops", values)]
    elif len(calls) <= MOST_NAMED:
        phrases = [("utter_trains_stops_all", values | {"stops": names})]
    else:
        phrases = [("utter_trains_stops_some", values | {"stops": names[:NAMED_FIRST], "last": names[-1]})]
    to = chosen.meant.get("destination")
    asked_for = call_at(context, chosen, to.id) if to else None
    if asked_for and asked_for.stop.name not in (names if len(names) <= MOST_NAMED else names[:NAMED_FIRST]):
        arrives = When(asked_for.expected_arrival or asked_for.arrival or chosen.leaves)
        phrases.insert(0, ("utter_trains_arrival", values | {"destination": asked_for.stop.name, "arrival": arrives}))
    if onward := chosen.train.onward:
        phrases.append(("utter_timetable_goes_on", {"line": onward.line, "headsign": onward.headsign}))
    return Answer(
        replies=[context.renderer.reply(*phrases, card=_card(context, chosen, calls))], suggestions=_tiles(context, chosen),
        sources=live.call_rows((chosen.boarding, *calls)), slots=chosen.known,
    )  # fmt: skip


def arrival(context: Context, slots: Slots) -> Answer:
    """When a train gets to the destination, or to its last stop."""
    chosen = refusal(context) or choose(context, slots, "trains_arrival")
    if isinstance(chosen, Answer):
        return chosen
    if gone := cancelled(context, chosen):
        return gone
    to = chosen.meant.get("destination")
    calls = [call for call in chosen.rest if call.arrival]
    call = (call_at(context, chosen, to.id) if to else calls[-1]) if calls else None
    if call is None:
        phrase: Phrase = ("utter_trains_not_there", chosen.values() | {"destination": to.name if to else chosen.train.headsign})
        return Answer(replies=[context.renderer.reply(phrase)], sources=[row(chosen.train.source)], slots=chosen.known)
    values = chosen.values() | {"destination": call.stop.name, "arrival": When(call.expected_arrival or call.arrival or chosen.leaves)}
    name = "utter_trains_arrival"
    if chosen.train.headway_s:
        name = "utter_trains_arrival_loose"
        values["minutes"] = round(((call.arrival or chosen.leaves) - chosen.leaves).total_seconds() / 60)
    return Answer(
        replies=[context.renderer.reply((name, values), card=_card(context, chosen, calls))], suggestions=_tiles(context, chosen),
        sources=live.call_rows(dict.fromkeys((chosen.boarding, *calls, call))), slots=chosen.known,
    )  # fmt: skip


def call_at(context: Context, chosen: Chosen, stop_id: str) -> Call | None:
    """The call at a station, also in what the train goes on as."""
    train: Train | None = chosen.train
    calls = chosen.rest
    for _ in range(MOST_TRIPS):
        if found := next((call for call in calls if call.stop.id == stop_id and call.arrival and call.status != "cancelled"), None):
            return found
        train = context.knowledge.train(train.onward.trip_id, train.day, context.language) if train and train.onward else None
        if train is None or any(call.stop.id == chosen.boarding.stop.id for call in train.calls):
            return None
        calls = train.calls
    return None


def _card(context: Context, chosen: Chosen, calls: list[Call]) -> TextCard:
    """The stops with their times; without, where the feed promises none."""
    title = context.renderer.text("utter_trains_title", **chosen.values())
    if chosen.train.headway_s:
        return TextCard(title=title, lines=[call.stop.name for call in calls])
    return TextCard(
        title=title,
        lines=[
            context.renderer.text("utter_trains_stop", time=call.expected_arrival or call.arrival, name=call.stop.name)
            for call in calls if call.arrival
        ],
    )  # fmt: skip


def _tiles(context: Context, chosen: Chosen) -> list[Suggestion]:
    """What is asked next of the same train."""
    leaves = chosen.leaves.replace(tzinfo=None).isoformat(timespec="minutes")
    slots = {"train": chosen.train.trip_id, "depart_at": leaves}
    return [
        context.renderer.suggestion("utter_suggest_train_platform", ask("timetable_platform", **slots), train=chosen.label),
        context.renderer.suggestion("utter_suggest_train_days", ask("trains_runs_on", train=chosen.train.trip_id), train=chosen.label),
    ]
