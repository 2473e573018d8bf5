"""Which single train a question is about: one that was touched or named, else the next one to a place, of a line, from a time."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.answers import live
from assistant.answers.asked import Asked, when
from assistant.answers.context import Context, Meant, Slots, slots_of
from assistant.answers.models import Answer, Missed, row
from assistant.answers.timetable import LOOK_AHEAD, already_here, ask_destination, refusal, subjects
from assistant.answers.wording import OnDay, When
from assistant.conversation.models import SlotValue
from assistant.knowledge.models import Call, Train
from assistant.unanswered.models import Kind

TRIED = 5
"""Departures looked at: one that realtime added has no calls in the timetable."""
WORDS = re.compile(r"\b(?:the|train|service|number|no)\b|\.|次|号|列车|열차|번", re.IGNORECASE)
"""What is said around the name of a train."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A train, and from which of its calls on the traveller rides."""

    train: Train
    boarding: Call
    rest: tuple[Call, ...]
    """Calls after boarding, those of what the train goes on as not included."""
    meant: Meant
    asked: Asked
    known: list[SlotValue]

    @property
    def label(self) -> str:
        """What travellers call it: its own name, with the line's where it is a mere number."""
        return label(self.train.name, self.train.line)

    def values(self) -> dict[str, object]:
        """What sentences say of it."""
        when = When(self.leaves, self.train.headway_s)
        return {"train": self.label, "headsign": self.train.headsign, "when": when, "platform": self.boarding.platform}

    @property
    def leaves(self) -> datetime:
        """By the timetable."""
        return self.boarding.departure or self.boarding.arrival or self.asked.at


def label(name: str | None, line: str) -> str:
    """What travellers call a train."""
    if name is None:
        return line
    return name if any(char.isalpha() for char in name) else f"{line} {name}"


def choose(context: Context, slots: Slots, intent: str) -> Chosen | Answer:
    """The train that is meant, or the question which one; its tiles ask `intent`."""
    meant = subjects(context, slots, intent)
    if isinstance(meant, Answer):
        return meant
    asked = when(context, slots)
    if refused := refusal(context, asked.at):
        return refused
    if said := slots.get("train"):
        return _named(context, said, meant, asked) or _not_that_day(context, said, meant, asked)
    if here := already_here(context, meant):
        return here
    if not meant and not asked.clock:
        return ask_destination(context, slots, intent)
    return _next(context, meant, asked) or _none(context, meant)


def cancelled(context: Context, chosen: Chosen) -> Answer | None:
    """That a single train asked for does not run; None where it does."""
    if chosen.boarding.status != "cancelled":
        return None
    said = ("utter_timetable_cancelled", {"line": chosen.label, "when": When(chosen.leaves)})
    return Answer(replies=[context.renderer.reply(said)], sources=live.call_rows([chosen.boarding]), slots=chosen.known)


def _named(context: Context, said: str, meant: Meant, asked: Asked) -> Chosen | None:
    """A train by its id or its name: the run that leaves at the moment asked for, else the next one."""
    trains = [train for day in _days(asked) for train in _trains(context, said, day, asked.at)]
    found = [chosen for train in trains for chosen in _aboard(context, train, meant, asked) if asked.day in (None, chosen.leaves.date())]
    ahead = [chosen for chosen in found if _instant(chosen) >= asked.at.timestamp()]
    return min(ahead, key=_instant, default=None) or max(found, key=_instant, default=None)


def _not_that_day(context: Context, said: str, meant: Meant, asked: Asked) -> Answer:
    """That a train does not run on the day asked for, where it runs on others; else that none is called so."""
    other = _named(context, said, meant, Asked(at=context.now)) if asked.day else None
    if other is None or asked.day is None:
        reply = context.renderer.reply(("utter_trains_unknown", {}))
        return Answer(replies=[reply], forgets=["train"], missed=Missed(kind=Kind.UNKNOWN_NAME))
    phrase = ("utter_trains_runs_not", {"train": other.label, "day": OnDay(asked.day)})
    return Answer(replies=[context.renderer.reply(phrase)], sources=[row(other.train.source)], slots=other.known)


def _instant(chosen: Chosen) -> float:
    return chosen.leaves.timestamp()


def _days(asked: Asked) -> list[date]:
    """Service days that a train asked for may belong to."""
    today = asked.day or asked.at.date()
    return [today - timedelta(days=1), today] if asked.day else [today + timedelta(days=ahead) for ahead in range(-1, 7)]


def _trains(context: Context, said: str, day: date, at: datetime) -> list[Train]:
    train = context.knowledge.train(said, day, context.language, at=at)
    return [train] if train else context.knowledge.find_trains(name=WORDS.sub("", said), day=day, language=context.language)


def _next(context: Context, meant: Meant, asked: Asked) -> Chosen | None:
    departures = context.knowledge.departures(
        stop_id=meant["origin"].id if "origin" in meant else None, destination=meant["destination"].id if "destination" in meant else None,
        line=meant["line"].id if "line" in meant else None, at=asked.at, until=asked.until or asked.at + LOOK_AHEAD, limit=TRIED,
        language=context.language,
    )
    for departure in departures:
        for day in (departure.scheduled.date(), departure.scheduled.date() - timedelta(days=1)):
            train = context.knowledge.train(departure.trip_id, day, context.language, at=departure.scheduled)
            for chosen in _aboard(context, train, meant, asked) if train else ():
                if _instant(chosen) == departure.scheduled.timestamp():
                    return chosen
    return None


def _aboard(context: Context, train: Train, meant: Meant, asked: Asked) -> list[Chosen]:
    """The train from the station asked from on: once for each time that it takes people along there, as lines that run in a loop do."""
    start = meant["origin"].id if "origin" in meant else context.knowledge.station(context.language).id
    known = [SlotValue(type="train", value=label(train.name, train.line), id=train.trip_id)]
    known += [*asked.known, *slots_of(meant)]
    return [
        Chosen(train=train, boarding=call, rest=train.calls[at + 1 :], meant=meant, asked=asked, known=known)
        for at, call in enumerate(train.calls) if call.stop.id == start and call.departure
    ]  # fmt: skip


def _none(context: Context, meant: Meant) -> Answer:
    if to := meant.get("destination"):
        phrase = ("utter_timetable_none_to", {"destination": to.name})
    elif line := meant.get("line"):
        phrase = ("utter_timetable_none_line", {"line": line.name})
    else:
        phrase = ("utter_timetable_none_here", {})
    return Answer(replies=[context.renderer.reply(phrase)])
