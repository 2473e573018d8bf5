"""One turn: what was said or touched goes in, an answer comes out, whatever part is down."""

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from pydantic import ValidationError

from assistant.answers import facilities, timetable
from assistant.answers.context import Slots
from assistant.answers.desk import Desk
from assistant.answers.fallback import dialogue_down, unsure
from assistant.answers.languages import OWN_NAMES
from assistant.answers.models import Answer
from assistant.conversation import hypotheses
from assistant.conversation.between import Pauses
from assistant.conversation.followups import Asking, reminder
from assistant.conversation.missed import key_of
from assistant.conversation.models import Ask, HeardText, Suggestion, Turn, Understood
from assistant.conversation.store import Conversation, ConversationStore
from assistant.dialogue.ports import Dialogue
from assistant.errors import BadRequest, Unavailable, UnknownLanguage
from assistant.speech.models import Heard
from assistant.text import written_in
from assistant.unanswered.models import Key

TEXT_LIMIT = 500
"""Longest text of a turn, in characters."""
type Stage = Literal["recognise", "understand", "answer", "synthesise", "total"]


class Turns:
    """Runs turns, one at a time in each conversation."""

    def __init__(
        self, desk: Desk, store: ConversationStore, dialogue: Dialogue, languages: tuple[str, ...], between: Pauses | None = None,
        count: Callable[[Key], None] | None = None,
    ) -> None:  # fmt: skip
        """`count` is told of each question that found no answer; it does not wait."""
        self._desk, self.store, self._dialogue, self._languages = desk, store, dialogue, languages
        self._count = count
        self._between = between or Pauses()
        self._remembered: set[str] = set()
        """Closed conversations that the engine could not be told to forget yet."""

    def open(self, language: str, *, kiosk: bool = False) -> Conversation:
        """A new conversation. Raises UnknownLanguage or Busy."""
        return self.store.open(self.served(language), kiosk=kiosk)

    def served(self, language: str) -> str:
        """The language itself where this station serves it. Raises UnknownLanguage."""
        if language not in self._languages:
            raise UnknownLanguage(f"this station serves {', '.join(self._languages)}")
        return language

    async def close(self, conversation_id: str) -> None:
        """Drops every trace of a conversation, the dialogue engine's too, after the turn that is running."""
        async with self.store.get(conversation_id).lock:
            self.store.close(conversation_id)
            await self._forget(conversation_id)

    async def sweep(self) -> None:
        """Forgets the conversations whose time is over, and what the engine was too busy to forget before."""
        for conversation_id in [*self.store.expired(), *self._remembered]:
            await self._forget(conversation_id)

    async def say(self, conversation: Conversation, text: str, heard: Heard | None = None, recognise_ms: float = 0.0) -> Turn:
        """A typed or heard question. Raises BadRequest for an empty or a too long one."""
        began = time.perf_counter()
        text = " ".join(character_cleaned(text).split())
        if not text:
            raise BadRequest("the text is empty", code="empty-text", hint="send what the traveller said")
        if len(text) > TEXT_LIMIT:
            raise BadRequest(f"the text is longer than {TEXT_LIMIT} characters", code="text-too-long")
        async with conversation.lock, self._between.turn():
            self.store.get(conversation.id)  # it may have been closed while this waited
            understood, answer, text = await self._hear(conversation, text, heard)
            if answer.ends:
                await self._forget(conversation.id)
            if heard is not None:
                heard = replace(heard, text=text)
            else:
                answer = offering(answer, written_in(text, self._languages), conversation.language)
            return self._turn(conversation, understood, answer, began, heard, recognise_ms)

    async def ask(self, conversation: Conversation, ask: Ask) -> Turn:
        """A touched tile: answered directly, with no dialogue engine in between."""
        began = time.perf_counter()
        async with conversation.lock, self._between.turn():
            self.store.get(conversation.id)
            answer = self._asking(conversation).answer(ask.intent, ask.slots, ask.slots)
            self._tally(conversation, answer, ask.intent)
            if answer.ends:
                await self._forget(conversation.id)
                return self._turn(conversation, Understood(intent=ask.intent, confidence=1.0), answer, began)
            try:
                settled: dict[str, str | None] = dict.fromkeys([*answer.forgets, "stop"])
                settled |= {value.type: value.value for value in answer.slots}
                settled["time"] = settled.get("depart_at")
                if not answer.aside:
                    await self._dialogue.know(conversation.id, settled)
            except Unavailable:
                pass  # It has nothing to forget that it will not forget by itself.
            return self._turn(conversation, Understood(intent=ask.intent, confidence=1.0), answer, began)

    def _turn(
        self,
        conversation: Conversation,
        understood: Understood,
        answer: Answer,
        began: float,
        heard: Heard | None = None,
        recognise_ms: float = 0.0,
    ) -> Turn:
        if answer.ends:
            conversation.known.clear()
            conversation.missed.clear()
        for kind in answer.forgets:
            conversation.known.pop(kind, None)
        conversation.known |= {value.type: value for value in answer.slots}
        conversation.language = answer.language or conversation.language
        before, conversation.memory = conversation.memory, conversation.memory.after(answer)
        replies = answer.replies
        if conversation.memory.interrupted(before):
            replies = [*replies, reminder(self._desk.context(conversation.language), conversation.memory)]
        spent = (time.perf_counter() - began) * 1000
        timings: dict[Stage, float] = {
            "recognise": round(recognise_ms, 1),
            "understand": round(max(spent - answer.answer_ms, 0.0), 1),
            "answer": round(answer.answer_ms, 1),
            "synthesise": 0.0,
            "total": round(spent + recognise_ms, 1),
        }
        return Turn(
            id=secrets.token_urlsafe(8),
            conversation_id=conversation.id,
            language=conversation.language,
            heard=HeardText(text=heard.text, confidence=heard.confidence, engine=heard.engine) if heard else None,
            understood=understood.model_copy(update={"slots": list(conversation.known.values())}),
            replies=replies,
            suggestions=answer.suggestions,
            sources=answer.sources,
            timings_ms=timings,
        )

    async def _hear(self, conversation: Conversation, text: str, heard: Heard | None) -> tuple[Understood, Answer, str]:
        """What was said or typed, with the hypothesis that was taken for said; a doubtful one is asked about first."""
        candidates = hypotheses.texts(heard) if heard else []
        try:
            readings = await self._dialogue.read(candidates) if candidates else []
        except Unavailable:
            readings = []
        if heard is None or not readings:
            return *await self._understand(conversation, text), text
        said = hypotheses.said(readings)
        if not hypotheses.doubtful(said, heard):
            return *await self._understand(conversation, said.text), said.text
        offered = hypotheses.offered(readings)
        answer = self._asking(conversation).plain(lambda context: unsure(context, offered))
        return Understood(intent="fallback_unsure", confidence=said.confidence), answer, said.text

    async def _understand(self, conversation: Conversation, text: str) -> tuple[Understood, Answer]:
        try:
            step = await self._dialogue.respond(conversation.id, text, conversation.language)
            answers = [Answer.model_validate(message) for message in step.messages]
        except (Unavailable, ValidationError):
            return self._without_dialogue(conversation, text)
        answer = _joined(answers)
        self._tally(conversation, answer, step.intent, step.nearest)
        return Understood(intent=step.intent, confidence=step.confidence), answer

    def _without_dialogue(self, conversation: Conversation, text: str) -> tuple[Understood, Answer]:
        """The direct adapter for a typed text: a bare name is answered, anything else is offered tiles."""
        context = self._desk.context(conversation.language)
        slots: Slots
        if timetable.clear_destination(context, text):
            intent, slots = "timetable_inform", {"destination": text}
        elif facilities.clear_place(context, text):
            intent, slots = "facilities_inform", {"place": text}
        else:
            answer = self._desk.timed(lambda context, slots: dialogue_down(context), {}, conversation.language)
            return Understood(intent="dialogue_unavailable", confidence=0.0), answer
        return Understood(intent=intent, confidence=1.0), self._asking(conversation).answer(intent, slots, slots)

    def _tally(self, conversation: Conversation, answer: Answer, intent: str, nearest: str | None = None) -> None:
        """Counts a question that found no answer, once in a conversation."""
        if self._count is None or answer.missed is None:
            return
        context = self._desk.context(conversation.language)
        key = key_of(answer, intent, nearest, conversation.language, self._languages, context.knowledge, context.now)
        if key is not None and key not in conversation.missed:
            conversation.missed.add(key)
            self._count(key)

    def _asking(self, conversation: Conversation) -> Asking:
        return Asking(self._desk, conversation.memory, conversation.language, conversation.id)

    async def _forget(self, conversation_id: str) -> None:
        try:
            await self._dialogue.forget(conversation_id)
            self._remembered.discard(conversation_id)
        except Unavailable:
            self._remembered.add(conversation_id)  # The next sweep tries again; a dead engine remembers nothing anyway.


def offering(answer: Answer, written: str | None, language: str) -> Answer:
    """The answer to a typed question with the language it is written in as its first tile, where that is another one."""
    if written is None or written == (answer.language or language):
        return answer
    name = OWN_NAMES.get(written, written)
    tile = Suggestion(label=name, say=name, language=written, ask=Ask(intent="languages_switch", slots={"language": written}))
    return answer.model_copy(update={"suggestions": [tile, *answer.suggestions]})


def character_cleaned(text: str) -> str:
    """The text without control characters and lone surrogates, which no keyboard types."""
    return "".join(char if char.isprintable() else " " for char in text)


def _joined(answers: list[Answer]) -> Answer:
    """Several answers of one turn as one."""
    first, *rest = answers
    for answer in rest:
        first = Answer(
            replies=first.replies + answer.replies,
            suggestions=answer.suggestions or first.suggestions,
            sources=first.sources + answer.sources,
            slots=first.slots + answer.slots,
            forgets=[kind for kind in first.forgets if kind not in {value.type for value in answer.slots}] + answer.forgets,
            language=answer.language or first.language,
            answer_ms=first.answer_ms + answer.answer_ms,
            asked=answer.asked or first.asked,
            waiting=answer.waiting,
            pace=answer.pace or first.pace,
            ends=first.ends or answer.ends,
            missed=answer.missed or first.missed,
        )
    return first
