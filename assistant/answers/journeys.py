"""How to get to a station with changes: from when on, to be there by when, without steps."""

from datetime import datetime

from assistant.answers.asked import Asked, when
from assistant.answers.context import Context, Meant, Slots, slots_of
from assistant.answers.journey_words import none, tell
from assistant.answers.models import Answer
from assistant.answers.timetable import FORGETS, already_here, ask_destination, refusal, subjects
from assistant.conversation.models import SlotValue


def plan(context: Context, slots: Slots) -> Answer:
    """The journey that arrives first, from now or another moment on."""
    return _answer(context, slots, "journeys_plan", step_free=slots.get("step_free") == "true")


def arrive_by(context: Context, slots: Slots) -> Answer:
    """The journey that leaves last and is there by a time; without a time, the one that arrives first."""
    return _answer(context, slots, "journeys_arrive_by", step_free=slots.get("step_free") == "true")


def step_free(context: Context, slots: Slots) -> Answer:
    """The journey that arrives first of those without a step, as far as the feed knows."""
    return _answer(context, slots, "journeys_step_free", step_free=True)


def _answer(context: Context, slots: Slots, intent: str, *, step_free: bool) -> Answer:
    if refused := refusal(context):
        return refused
    meant = subjects(context, {kind: said for kind, said in slots.items() if kind != "line"}, intent)
    if isinstance(meant, Answer):
        return meant
    to = meant.get("destination")
    if to is None:
        return ask_destination(context, slots, intent)
    if here := already_here(context, meant) or _same(context, meant):
        return here
    by = _by(context, slots, intent)
    asked = by or when(context, slots)
    if refused := refusal(context, asked.at):
        return refused
    found = context.knowledge.journeys(
        origin=meant["origin"].id if "origin" in meant else None, destination=to.id, depart_at=context.now if by else asked.at,
        arrive_by=by.at if by else None, step_free=step_free, language=context.language,
    )  # fmt: skip
    known = [*asked.known, *slots_of(meant)]
    known += [SlotValue(type="step_free", value="true", id="true")] if step_free else []
    told = tell(context, found, meant, step_free=step_free) if found else none(context, to, by=by, step_free=step_free)
    unclear = [] if asked.understood else [context.renderer.reply(("utter_timetable_time_unclear", {}))]
    kept = {value.type for value in known}
    forgets = [kind for kind in (*FORGETS, "arrive_by", "step_free") if kind not in kept]
    return told.model_copy(update={"replies": [*unclear, *told.replies], "slots": known, "forgets": forgets})


def _by(context: Context, slots: Slots, intent: str) -> Asked | None:
    """The time to be there by, where a time of day is named for that."""
    said = slots.get("arrive_by") or (slots.get("depart_at") or slots.get("time") if intent == "journeys_arrive_by" else None)
    if not said:
        return None
    asked = when(context, {"time": said})
    if not asked.known or not (asked.clock or asked.part):
        return None
    known = [value for value in asked.known if value.type == "date"]
    return Asked(at=asked.at, day=asked.day, clock=True, known=[_slot(said, asked.at), *known])


def _slot(said: str, at: datetime) -> SlotValue:
    return SlotValue(type="arrive_by", value=said, id=at.replace(tzinfo=None).isoformat(timespec="minutes"))


def _same(context: Context, meant: Meant) -> Answer | None:
    origin, to = meant.get("origin"), meant["destination"]
    if origin is None or origin.id != to.id:
        return None
    return Answer(replies=[context.renderer.reply(("utter_journeys_same", {"destination": to.name}))], forgets=FORGETS)
