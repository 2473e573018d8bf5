"""Which question a form asks, which slot it needs, and when it may go on without."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant.actions.models import Tracker
from assistant.answers import facilities, timetable, wayfinding
from assistant.answers.context import Context, Slots
from assistant.answers.heard import LISTENED, likely
from assistant.answers.models import Answer
from assistant.answers.platforms import unnumbered
from assistant.conversation.memory import NOTHING, TRAINS, Memory

TIMETABLE_SLOTS = ("origin", "destination", "stop", "line", "train", "platform", "time")
SUBJECTS = {"origin", "destination", "stop", "line", "train"}
"""What a question about trains is about; naming one anew drops what was known of the one before."""
ASKED_AT_MOST = 2
HEARD = {"destination": {"stop"}, "place": {"place", "category"}}
"""What a slot's name is among."""
BACK = re.compile(r"\b(?:it|that one|this one|they)\b|它|[这那][班趟辆]|그[거건게]|그\s?(?:열차|기차|차)|[이저]거", re.IGNORECASE)
"""Words for what was talked about just now."""
WHETHER = re.compile(
    r"\b(?:is|are) there\b|\b(?:do|does) (?:you|they|this station|the station) have\b|\bha(?:s|ve) (?:you|this station|the station) got\b"
    r"|有没有|有.{1,12}[吗么]|^(?!.*(?:어디|어딨|무엇|뭐|뭘)).*있(?:나요|어요|습니까|을까요|는지)",
    re.IGNORECASE,
)
"""Asking whether there is something, which is named with that."""
UNSAID = re.compile(r"^(?!.*(?:열차|기차|전철|지하철|버스|차|다음|첫|막|모든|전부)).*[가-힣]")
"""Korean that names nothing that leaves: it leaves unsaid what was talked about just now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A question for one slot."""

    slot: str
    intent: str
    stale: tuple[str, ...]
    """Slots that a new question of this kind does not take over from the one before."""
    ask: Callable[[Context, Slots, str], Answer]
    clear: Callable[[Context, str], bool]
    """True where what was said names one thing."""

    def question(self, context: Context, slots: Slots) -> Answer:
        """What the form asks for."""
        return self.ask(context, slots, self.intent)

    def not_here(self, context: Context, slots: Slots) -> Answer:
        """What is said of a place that nobody here knows."""
        return facilities.unknown_place(context, self.intent)


FORMS = {
    "timetable_departures_form": Form(
        slot="destination", intent="timetable_next_departures", stale=TIMETABLE_SLOTS,
        ask=timetable.ask_destination, clear=timetable.clear_destination,
    ),
    "timetable_platform_form": Form(
        slot="destination", intent="timetable_platform", stale=(),
        ask=timetable.ask_destination, clear=timetable.clear_destination,
    ),
    "journeys_plan_form": Form(
        slot="destination", intent="journeys_plan", stale=(),
        ask=timetable.ask_destination, clear=timetable.clear_destination,
    ),
    "journeys_arrive_by_form": Form(
        slot="destination", intent="journeys_arrive_by", stale=(),
        ask=timetable.ask_destination, clear=timetable.clear_destination,
    ),
    "journeys_step_free_form": Form(
        slot="destination", intent="journeys_step_free", stale=(),
        ask=timetable.ask_destination, clear=timetable.clear_destination,
    ),
    "facilities_find_form": Form(
        slot="place", intent="facilities_find", stale=("place",), ask=facilities.ask_place, clear=facilities.clear_place,
    ),
    "facilities_hours_form": Form(
        slot="place", intent="facilities_opening_hours", stale=("time",), ask=facilities.ask_place, clear=facilities.clear_place,
    ),
    "wayfinding_route_form": Form(
        slot="place", intent="wayfinding_route", stale=(), ask=wayfinding.ask_goal, clear=wayfinding.clear_goal,
    ),
    "wayfinding_step_free_form": Form(
        slot="place", intent="wayfinding_step_free", stale=(), ask=wayfinding.ask_goal, clear=wayfinding.clear_goal,
    ),
}  # fmt: skip


def validate(name: str, tracker: Tracker, context: Context, memory: Memory = NOTHING) -> list[dict[str, Any]]:
    """The slot events of `validate_<form>`: drops what is stale or not clear, ends the form where it has enough."""
    form, slots, named = FORMS[name], tracker.known(), tracker.named_now()
    if "stop" in named and form.slot == "destination" and "destination" not in named:
        named.add("destination")
    drop: set[str] = set()
    if tracker.active_loop.get("name") != name or not tracker.slots.get("requested_slot"):
        old = form.stale or (TIMETABLE_SLOTS if named & SUBJECTS else ())
        drop = {slot for slot in old if slot in slots and slot not in named}
    if _to_a_stop(form, named):
        drop |= {"place"} & slots.keys()
    said = slots.get(form.slot) if form.slot not in drop else None
    spotted = None if said or named & SUBJECTS else _heard(form, context, tracker)
    if spotted and form.clear(context, spotted):
        return [*(set_slot(slot, None) for slot in sorted(drop)), set_slot(form.slot, spotted)]
    if said and form.intent.startswith("wayfinding_") and unnumbered(said):
        return [*(set_slot(slot, None) for slot in sorted(drop | {"place"})), set_slot("requested_slot", None)]
    if said and not form.clear(context, said):
        drop.add(form.slot)
        said = None
    if goes_on := _from_before(form, named, memory, tracker.latest_message.text):
        return [*(set_slot(slot, None) for slot in sorted(drop - {form.slot})), *goes_on]
    events = [set_slot(slot, None) for slot in sorted(drop)]
    if not said and (_to_a_stop(form, named) or _enough(form, slots.keys() - drop, tracker)):
        events.append(set_slot("requested_slot", None))
    return events


def _from_before(form: Form, named: set[str], memory: Memory, text: str) -> list[dict[str, Any]]:
    """After a fare the next train is one to there, "when does it leave?" is about the line or place named before it, and
    "without stairs" after a journey is about the journey."""
    if memory.topic is None or named & (SUBJECTS | {"place", "platform"}):
        return []
    destination = memory.topic.slots.get("destination")
    if form.intent == "timetable_next_departures" and memory.topic.intent.startswith(TRAINS) and _about_before(text):
        kept = {slot: said for slot in ("origin", "destination", "line") if (said := memory.topic.slots.get(slot))}
        if "destination" in kept or "line" in kept:
            return [*(set_slot(slot, said) for slot, said in kept.items()), set_slot("requested_slot", None)]
    if destination is None:
        return []
    if form.intent == "timetable_next_departures" and memory.topic.intent == "tickets_fares_price":
        return [set_slot("destination", destination)]
    if form.intent == "wayfinding_step_free" and memory.topic.intent.startswith("journeys_"):
        return [set_slot("requested_slot", None)]
    return []


def _about_before(text: str) -> bool:
    return bool(BACK.search(text) or UNSAID.search(text))


def said_or_heard(form: Form, context: Context, tracker: Tracker) -> dict[str, str]:
    """What the newest message says for the form's slot, by its name or by what sounds like one; empty where it says nothing."""
    if said := tracker.says(form.slot):
        return said
    spotted = _heard(form, context, tracker)
    return {form.slot: spotted} if spotted else {}


def _heard(form: Form, context: Context, tracker: Tracker) -> str | None:
    """What in a message without any name sounds like the name of a stop, or is written nearly like that of a place."""
    if tracker.named_now() & {"stop", "origin", "destination", "place", "platform"}:
        return None
    text = tracker.latest_message.text[:LISTENED]
    for found in context.knowledge.names_heard(text, language=context.language, kinds=HEARD[form.slot]):
        said = text[found.start : found.end]
        if form.slot == "destination" or (form.clear(context, said) and likely(said, found.matches[0].confidence)):
            return said
    return None


def names_the_unknown(form: Form, slots: Slots, tracker: Tracker) -> bool:
    """Whether something is asked for that no place here is called: "is there a sauna?" names it, "where is it?" does not."""
    return form.intent == "facilities_find" and not slots.get("place") and bool(WHETHER.search(tracker.latest_message.text))


def _to_a_stop(form: Form, named: set[str]) -> bool:
    """True where the way to another station is asked for: trains answer that, and no place that was named before."""
    return form.intent.startswith("wayfinding_") and bool(named & {"stop", "destination"}) and not named & {"place", "platform"}


def stale(tracker: Tracker) -> set[str]:
    """Slots that a question about trains without a form does not take over from the one before."""
    named = tracker.named_now() | ({"destination"} if "stop" in tracker.named_now() else set())
    old = TIMETABLE_SLOTS if named & SUBJECTS else ("time",)
    return {slot for slot in old if slot in tracker.known() and slot not in named}


def _enough(form: Form, known: set[str], tracker: Tracker) -> bool:
    anywhere = tracker.latest_message.intent.get("name") == "timetable_anywhere"
    return (form.slot == "destination" and (bool({"line", "train"} & known) or anywhere)) or _asked(form, tracker) >= ASKED_AT_MOST


def _asked(form: Form, tracker: Tracker) -> int:
    """How often the form has asked since it began."""
    count = 0
    for event in reversed(tracker.events):
        if event.get("event") == "active_loop":
            break
        count += event.get("event") == "action" and str(event.get("name")).startswith("action_ask_")
    return count


def set_slot(name: str, value: str | None) -> dict[str, Any]:
    """A slot event of Rasa's protocol."""
    return {"event": "slot", "name": name, "value": value, "timestamp": None}
