"""Questions that only make sense after another: again, slower, the one after, how to get there, in another language."""

from collections.abc import Callable, Mapping
from typing import Literal

from assistant.answers import facilities, heard, robot, timetable, wayfinding
from assistant.answers.context import Context, Slots
from assistant.answers.desk import Desk
from assistant.answers.models import Answer
from assistant.answers.platforms import unnumbered
from assistant.conversation.memory import PLACES, Memory, question
from assistant.conversation.models import Ask, Reply

UNKNOWN = "fallback_out_of_scope"
TRAINS_INFORM, PLACES_INFORM = "timetable_inform", "facilities_inform"
TOLD = {"timetable_platform", "trains_stops", "trains_arrival"}
"""Questions that are about the train just told where they name none themselves."""
PRICE = "tickets_fares_price"
PRICED = {"luggage": "luggage_storage", "car_park": "connections_parking"}
"""Kinds of places that cost something → the question whose answer says what."""
NAMING = {"destination", "origin", "line", "train", "time"}
NAME_LENGTH, NAME_WORDS = 30, 2
"""What is longer is no name of a stop or place."""
ABOUT_NO_WAY = {"facilities_opening_hours"}
"""Questions about places to which nobody asks the way: who wants to know when a shop is open wants to know it of every shop.

The walk that their card shows is without stairs all the same."""
type FollowUp = Callable[["Asking"], Answer]


class Asking:
    """One question in the light of what the conversation remembers."""

    def __init__(self, desk: Desk, memory: Memory, language: str, conversation: str = "") -> None:
        self.desk, self.memory, self.language, self.conversation = desk, memory, language, conversation

    def answer(self, intent: str, slots: Slots, named: Mapping[str, str] | None = None) -> Answer:
        """The answer; `named` is what the newest message itself names. Raises BadRequest for an intent that is not taught."""
        if follow_up := FOLLOW_UPS.get(intent):
            return follow_up(self)
        if intent == "languages_switch":
            return self._in_language(slots)
        if intent == UNKNOWN:
            return self.unknown("")
        if intent == PRICE and not (named or {}).keys() & (NAMING | {"stop"}) and (priced := self._priced()):
            return self.asked(priced)
        if intent in TOLD and self.memory.topic and self.memory.told and not (named or {}).keys() & NAMING:
            return self.asked(self.memory.about_told(intent))
        if intent == "wayfinding_step_free" and not slots.get("place") and not slots.get("platform") and self.memory.topic:
            if self.memory.topic.intent.startswith("journeys_"):
                return self.asked(Ask(intent="journeys_step_free", slots=self.memory.topic.slots))
        if intent.startswith("wayfinding_") and unnumbered((named or slots).get("place", "")):
            return self._to_the_platform(intent)
        if intent in (TRAINS_INFORM, PLACES_INFORM) and (again := self.memory.asked_of(named or {})):
            return self.asked(again)
        return self.asked(question(intent, slots), slots)

    def asked(self, ask: Ask, slots: Slots | None = None) -> Answer:
        """The answer to `ask`, which the conversation then remembers."""
        slots = ask.slots if slots is None else slots
        if self.memory.step_free and ask.intent not in ABOUT_NO_WAY:
            answer = self._without_stairs(ask.intent, slots)
        else:
            answer = self._told(ask.intent, slots)
        return answer if answer.asked else answer.model_copy(update={"asked": ask})

    def _without_stairs(self, intent: str, slots: Slots) -> Answer:
        """The answer for who set that no way may have stairs. It stays a setting: what is known of the question does not hold it."""
        answer = self._told(intent, {**slots, "step_free": "true"})
        offered = [tile for tile in answer.suggestions if tile.ask is None or tile.ask.slots.get("step_free") != "false"]
        known = [value for value in answer.slots if value.type != "step_free" or slots.get("step_free") == "true"]
        return answer.model_copy(update={"suggestions": offered, "slots": known})

    def _told(self, intent: str, slots: Slots) -> Answer:
        return self.desk.answer(intent, slots, self.language, self.conversation, step_free=self.memory.step_free)

    def _priced(self) -> Ask | None:
        """What "and what does it cost?" asks after a place, or a question, that is about something else than tickets."""
        topic, there = self.memory.topic, self.memory.there
        if topic is None or topic.intent in PRICED.values():
            return topic
        if there is None or not topic.intent.startswith(PLACES) or not (place := there.slots.get("place")):
            return None
        context = self.desk.context(self.language)
        found = context.knowledge.places(place_id=place, at=context.now, language=self.language)
        intent = PRICED.get(found[0].category) if found else None
        return Ask(intent=intent, slots=there.slots) if intent else None

    def unknown(self, text: str) -> Answer:
        """What was said is no question that is known: perhaps the name that was asked for, else an honest word."""
        memory = self.memory
        if memory.pending and memory.waiting and 0 < len(text) <= NAME_LENGTH and len(text.split()) <= NAME_WORDS:
            return asking_back(self.desk, memory.pending, memory.waiting, self.language, text)
        answer = self._missed_again() if memory.missed else self.asked(Ask(intent=UNKNOWN))
        named = heard.tiles(self.desk.context(self.language), text)
        return answer.model_copy(update={"suggestions": [*named, *answer.suggestions]})

    def waiting(self) -> Answer | None:
        """The question that still waits, asked again; None where none does."""
        memory = self.memory
        return asking_back(self.desk, memory.pending, memory.waiting, self.language) if memory.pending and memory.waiting else None

    def again(self) -> Answer | None:
        """The last answer, made anew, or the question that still waits; None where there was none."""
        memory = self.memory
        if memory.asked == memory.pending and (waiting := self.waiting()):
            return waiting
        return self.asked(memory.asked) if memory.asked else None

    def plain(self, look_up: Callable[[Context], Answer]) -> Answer:
        """An answer that is no answer to a question of its own: what was asked before stays the last question."""
        step_free = self.memory.step_free
        answer = self.desk.timed(lambda context, slots: look_up(context), {}, self.language, self.conversation, step_free=step_free)
        return answer.model_copy(update={"asked": self.memory.asked, "aside": not answer.ends})

    def _to_the_platform(self, intent: str) -> Answer:
        """The way to the platform of the train that was told; which one is meant, where none was."""
        if self.memory.platform:
            return self.asked(Ask(intent=intent, slots={"platform": self.memory.platform}))
        return asking_back(self.desk, Ask(intent=intent), "place", self.language)

    def _missed_again(self) -> Answer:
        """Nobody is asked to repeat a third time: staff are named, and tiles offered."""
        unknown, staff = self._told(UNKNOWN, {}), self._told("staff_help_request", {})
        again = unknown.model_copy(update={"replies": [unknown.replies[0].model_copy(update={"card": None})]})
        return _together(again, staff).model_copy(update={"suggestions": unknown.suggestions, "asked": Ask(intent=UNKNOWN)})

    def _in_language(self, slots: Slots) -> Answer:
        switched = self.desk.answer("languages_switch", slots, self.language)
        if switched.language is None:
            return switched
        again = Asking(self.desk, self.memory, switched.language, self.conversation).again()
        return _together(switched, again) if again else switched


def asking_back(desk: Desk, ask: Ask, waiting: Literal["destination", "place"], language: str, said: str = "") -> Answer:
    """The question for what `ask` lacks; `said` is what was just said and is not clear."""
    ask_for = timetable.ask_destination if waiting == "destination" else (
        wayfinding.ask_goal if ask.intent.startswith("wayfinding_") else facilities.ask_place
    )
    answer = desk.timed(lambda context, slots: ask_for(context, slots, ask.intent), ask.slots | ({waiting: said} if said else {}), language)
    return answer.model_copy(update={"asked": ask, "waiting": waiting})


def reminder(context: Context, memory: Memory) -> Reply:
    """The way back to a question that still waits for what it lacks."""
    return context.renderer.reply((f"utter_fallback_back_to_{memory.waiting}", {}))


def _repeat(asking: Asking) -> Answer:
    return asking.again() or asking.plain(robot.nothing_to_repeat)


def _slower(asking: Asking) -> Answer:
    slower = asking.plain(robot.slower).model_copy(update={"pace": "normal" if asking.memory.pace == "fast" else "slow"})
    again = asking.again()
    return _together(slower, again) if again else slower


def _louder(asking: Asking) -> Answer:
    return asking.plain(robot.louder)


def _quiet(asking: Asking) -> Answer:
    return asking.plain(robot.quiet)


def _start_over(asking: Asking) -> Answer:
    return asking.plain(robot.start_over)


def _later(asking: Asking) -> Answer:
    later = asking.memory.later()
    return asking.asked(later) if later else asking.asked(Ask(intent="timetable_next_departures"))


def _there(asking: Asking) -> Answer:
    there = asking.memory.there
    return asking.asked(there) if there else asking_back(asking.desk, Ask(intent="wayfinding_route"), "place", asking.language)


def _together(first: Answer, second: Answer) -> Answer:
    return second.model_copy(
        update={
            "replies": [*first.replies, *second.replies], "language": first.language, "pace": first.pace or second.pace,
            "slots": [*second.slots, *first.slots], "sources": [*first.sources, *second.sources],
            "answer_ms": first.answer_ms + second.answer_ms, "missed": first.missed or second.missed,
        }
    )  # fmt: skip


FOLLOW_UPS: dict[str, FollowUp] = {
    "robot_quiet": _quiet,
    "robot_repeat": _repeat,
    "robot_slower": _slower,
    "robot_louder": _louder,
    "robot_start_over": _start_over,
    "timetable_later": _later,
    "wayfinding_there": _there,
}
"""Intent → its answer, where that depends on the answer before."""
