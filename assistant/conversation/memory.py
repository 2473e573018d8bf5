"""What a conversation remembers of its last answer, and what follows from it: no input or output here, and nothing outlives the visit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from assistant.answers.models import Answer
from assistant.conversation.models import Ask, DeparturesCard, JourneyCard
from assistant.speech.models import Pace

TRAINS = ("timetable_", "trains_", "journeys_", "tickets_fares_price")
"""Questions that can be asked again of another stop, line, train or time."""
PLACES = ("facilities_", "wayfinding_")
"""Questions that can be asked again of another place."""
OPENING_HOURS = "facilities_opening_hours"
"""The question about a place that can be asked again of another time."""
CHAT = ("smalltalk_", "robot_", "privacy_", "languages_", "fallback_")
"""What is said in between: the question before it is still what "and to Oakland?" is about."""
NOT_AGAIN = ("timetable_disruptions", "timetable_clock", "facilities_overview", "facilities_wifi", "facilities_smoking",
             "wayfinding_outages", "wayfinding_here")  # fmt: skip
ABOUT_TRAINS = {"origin", "destination", "line", "train", "time", "count"}
ABOUT_PLACES = {"place", "platform"}
FINAL = ("emergency_", "smalltalk_deny")
"""After these nobody is led back to what was asked before."""
SUBJECTS = {"destination", "line", "train"}
"""Naming one of these anew drops the others: "and line 2?" is no longer about Oakland."""
TIMES = {"time", "depart_at", "until", "arrive_by", "date"}
KEPT_LATER = {"timetable_platform", "journeys_plan", "journeys_step_free"}
"""Questions whose "and the one after?" is of the same kind; of any other it is about the next departures."""
SLOTS = ABOUT_TRAINS | ABOUT_PLACES | TIMES | {"step_free", "stop", "hazard"}
"""Slots that a question can be asked again with."""
LONGEST = 200
"""Longest text of a slot, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The last answer's question, and one that still waits for what it lacks."""

    asked: Ask | None = None
    topic: Ask | None = None
    """The last question about trains or places, whatever was chatted since."""
    told: datetime | None = None
    """When the train that was told first leaves."""
    there: Ask | None = None
    """The way to what was talked about."""
    platform: str | None = None
    """Where the train leaves that was told."""
    pending: Ask | None = None
    """A question that was answered by asking back."""
    waiting: Literal["destination", "place"] | None = None
    """What `pending` lacks."""
    reminded: bool = False
    """Whether the way back to `pending` was offered already."""
    pace: Pace = "normal"
    step_free: bool = False
    """Whether every way and every journey is to be without stairs."""
    missed: bool = False
    """Whether the last thing said was not understood."""

    def after(self, answer: Answer) -> "Memory":
        """What is remembered once `answer` was given."""
        if answer.ends:
            return NOTHING
        if answer.aside:
            return replace(self, pace=answer.pace or self.pace)
        intent = answer.asked.intent if answer.asked else ""
        kept = replace(self, asked=answer.asked, pace=answer.pace or self.pace, missed=intent == "fallback_out_of_scope")
        if not intent.startswith(CHAT):
            kept = replace(kept, topic=answer.asked, told=_told(answer), there=_there(answer))
        if intent.startswith(TRAINS):
            kept = replace(kept, platform=_platform(answer))
        if answer.waiting:
            return replace(kept, pending=answer.asked, waiting=answer.waiting, reminded=False)
        if self.pending and not self.reminded and intent != self.pending.intent and not intent.startswith(FINAL):
            return replace(kept, reminded=True)
        return replace(kept, pending=None, waiting=None, reminded=False)

    def preferring(self, pace: Pace | None, step_free: bool | None) -> "Memory":
        """The same with what a person has set; None leaves it as it is."""
        return replace(self, pace=pace or self.pace, step_free=self.step_free if step_free is None else step_free)

    def interrupted(self, before: "Memory") -> bool:
        """True where an answer just came between a question that was asked back and what it lacks."""
        return self.reminded and not before.reminded

    def asked_of(self, named: Mapping[str, str]) -> Ask | None:
        """The last question asked of what a message names without a question; None where that would make none."""
        if self.pending and self.waiting in named:
            return _with(self.pending, named)
        topic = self.topic
        if topic is None or topic.intent in NOT_AGAIN:
            return None
        if named.keys() & ABOUT_TRAINS and topic.intent.startswith(TRAINS):
            return _with(topic, named)
        if named.keys() & ABOUT_PLACES and topic.intent.startswith(PLACES):
            return _with(topic, named)
        if "time" in named and topic.intent in (OPENING_HOURS, "facilities_find", "facilities_inform"):
            return _with(Ask(intent=OPENING_HOURS, slots=topic.slots), named)
        return None

    def later(self) -> Ask | None:
        """What "and the one after?" asks."""
        if self.topic is None or not self.topic.intent.startswith(TRAINS):
            return None
        if self.told is None:
            subjects = {name: said for name, said in self.topic.slots.items() if name in SUBJECTS}
            return Ask(intent="timetable_next_departures", slots=subjects)
        intent = self.topic.intent if self.topic.intent in KEPT_LATER else "timetable_next_departures"
        after = (self.told + timedelta(minutes=1)).replace(tzinfo=None).isoformat(timespec="minutes")
        slots = {name: said for name, said in self.topic.slots.items() if name not in TIMES | {"train"}}
        return Ask(intent=intent, slots=slots | {"depart_at": after})

    def about_told(self, intent: str) -> Ask:
        """`intent` asked of the train that was told."""
        if self.topic is None or self.told is None:
            return Ask(intent=intent)
        slots = {name: said for name, said in self.topic.slots.items() if name not in TIMES}
        return Ask(intent=intent, slots=slots | {"depart_at": self.told.replace(tzinfo=None).isoformat(timespec="minutes")})


NOTHING = Memory()
"""What a conversation remembers that has just begun."""


def question(intent: str, slots: Mapping[str, str]) -> Ask:
    """A question as it can be asked again: what it was asked with, without what nobody needs again."""
    return Ask(intent=intent, slots={name: said for name, said in slots.items() if name in SLOTS and said and len(said) <= LONGEST})


def _with(asked: Ask, named: Mapping[str, str]) -> Ask:
    gone = set(named)
    if named.keys() & SUBJECTS:
        gone |= SUBJECTS | {"stop"}
    if named.keys() & TIMES:
        gone |= TIMES
    if named.keys() & ABOUT_PLACES:
        gone |= ABOUT_PLACES
    kept = {name: said for name, said in asked.slots.items() if name not in gone}
    return question(asked.intent, kept | dict(named))


def _told(answer: Answer) -> datetime | None:
    card = next((reply.card for reply in reversed(answer.replies) if reply.card), None)
    if isinstance(card, DeparturesCard):
        running = [row for row in card.departures if row.status != "cancelled"] or card.departures
        return running[0].scheduled if running else None
    if isinstance(card, JourneyCard) and card.journeys:
        return card.journeys[0].departure
    return None


def _platform(answer: Answer) -> str | None:
    return next((value.id for value in answer.slots if value.type == "platform"), None)


def _there(answer: Answer) -> Ask | None:
    known = {value.type: value.id or value.value for value in answer.slots}
    intent = answer.asked.intent if answer.asked else ""
    if "place" in known:
        return Ask(intent="wayfinding_route", slots={"place": known["place"]})
    if "platform" in known and intent in {"timetable_platform", "wayfinding_route", "wayfinding_step_free"}:
        return Ask(intent="wayfinding_route", slots={"platform": known["platform"]})
    if "destination" in known:
        return Ask(intent="journeys_plan", slots={"destination": known["destination"]})
    return None
