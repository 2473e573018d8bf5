"""One page at one kiosk: typed messages and sound in, typed messages and sound out. Every turn ends with `turn_end`."""

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from pydantic import ValidationError

from assistant import log
from assistant.alarm.board import Board
from assistant.alarm.views import AlertView
from assistant.answers import robot, timetable
from assistant.answers.desk import Desk
from assistant.conversation.health import Health
from assistant.conversation.models import Problem, Suggestion, Turn, Wire
from assistant.conversation.store import Conversation
from assistant.conversation.turn import Turns
from assistant.errors import AssistantError, BadRequest, NotFound
from assistant.kiosk import protocol as wire
from assistant.kiosk.intake import Intake
from assistant.settings import Settings
from assistant.speech.models import Pace, Sound
from assistant.speech.ports import Listening, Speech
from assistant.text import in_language

MESSAGE_LIMIT = 8_000
"""Longest text message, in characters."""
WARNINGS_SAID = 2
"""Most warnings that are said after one answer."""
type Outcome = Literal["answered", "nothing_heard", "cancelled", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """What the idle screen shows: a notice that must be seen, the tiles, the station's time."""

    notice: str | None
    suggestions: list[Suggestion]
    now: datetime


class Page(Protocol):
    """The page's end of the connection."""

    async def send(self, message: Wire) -> None:
        """Sends a typed message."""

    async def send_sound(self, pcm: bytes) -> None:
        """Sends a binary frame."""


class Session:
    """State of one connection: its conversation, and the one job that is running."""

    def __init__(
        self, page: Page, turns: Turns, speech: Speech, settings: Settings, health: Callable[[], Health],
        vocabulary: Callable[[str], list[str]], greeting: Callable[[str], Greeting], board: Board,
    ) -> None:  # fmt: skip
        self._page, self._turns, self._speech, self._settings = page, turns, speech, settings
        self._health, self._vocabulary, self._greeting, self._board = health, vocabulary, greeting, board
        self._shown: list[AlertView] | None = None
        """The warnings that the page has been sent; None before its `hello`."""
        self._said: set[str] = set()
        """Those that this conversation was told of."""
        self._conversation: Conversation | None = None
        self._work: asyncio.Task[Outcome] | None = None
        self._turn: asyncio.Task[None] | None = None
        self._intake: Intake | None = None

    async def text(self, raw: str) -> None:
        """One text message of the page."""
        try:
            if len(raw) > MESSAGE_LIMIT:
                raise BadRequest("the message is too long", code="invalid-message")
            await self._take(wire.client_message.validate_json(raw))
        except ValidationError:
            await self._complain(BadRequest("the message does not fit asyncapi.yaml", code="invalid-message"))
        except AssistantError as error:
            await self._complain(error)

    async def sound(self, pcm: bytes) -> None:
        """One binary message: sound of the open utterance; outside of one it is dropped."""
        if self._intake is not None:
            self._intake.take(pcm)

    async def status(self) -> None:
        """Tells the page what works now."""
        health = self._health()
        await self._page.send(wire.Status(status=health.status, components=health.components, speech=_abilities(health)))

    async def alerts(self) -> None:
        """Tells the page what is warned of, where that changed; a life-safety alert ends whatever goes on."""
        standing = list(self._board.standing())
        if standing == self._shown or self._conversation is None:
            return
        new = {view.id for view in standing if view.life_safety} - {view.id for view in self._shown or ()}
        self._shown = standing
        await self._page.send(wire.AlertsMessage(alerts=standing, disclaimer=self._board.disclaimer))
        if new:
            await self._stop()

    async def announce(self, alert_id: str, language: str, sound: Sound) -> None:
        """Plays a piece of an announcement in the page. Whatever is being said ends first: sounds of two origins must not mix."""
        await self._stop()
        await self._page.send(wire.AlertAudio(alert_id=alert_id, language=language, rate=sound.rate))
        await self._page.send_sound(sound.pcm)

    async def close(self) -> None:
        """The page is gone: everything of its conversation is dropped."""
        await self._stop()
        await self._forget()

    async def _take(self, message: wire.ClientMessage) -> None:
        match message:
            case wire.Hello(language=language):
                await self._begin(language)
                self._shown = None
                await self.alerts()
                await self.status()
            case wire.Reset(language=language):
                await self._begin(language or self._current().language)
            case wire.ChooseLanguage(language=language):
                await self._stop()
                self._current().language = self._turns.served(language)
                await self._welcome()
            case wire.Say(text=text):
                await self._start(lambda turn_id: self._answer(turn_id, lambda conversation: self._turns.say(conversation, text)))
            case wire.AskMessage(ask=ask):
                await self._start(lambda turn_id: self._answer(turn_id, lambda conversation: self._turns.ask(conversation, ask)))
            case wire.Listen():
                await self._open()
                intake = Intake(self._settings.speech.longest_s)
                await self._start(lambda turn_id: self._listen(turn_id, intake), intake)
            case wire.ListenFree() if self._intake is not None:
                self._intake.freed.set()
            case wire.ListenEnd() if self._intake is not None:
                self._intake.end()
            case wire.ListenCancel() | wire.Hush():
                await self._stop()

    def _current(self) -> Conversation:
        """The conversation, its expiry starting anew; an expired one is followed by another in the same language.

        Raises NotFound before the first `hello`.
        """
        if self._conversation is None:
            raise NotFound("no conversation is open: say hello first", code="unknown-conversation")
        try:
            return self._turns.store.get(self._conversation.id)
        except NotFound:
            self._conversation = self._turns.open(self._conversation.language, kiosk=True)
            return self._conversation

    async def _open(self) -> Conversation:
        """The conversation for a question; the page is told where it is another than before."""
        before = self._conversation
        conversation = self._current()
        if conversation is not before:
            await self._welcome()
        return conversation

    async def _begin(self, language: str) -> None:
        self._turns.served(language)
        await self._stop()
        await self._forget()
        self._conversation = self._turns.open(language, kiosk=True)
        self._said = set()
        await self._welcome()

    async def _forget(self) -> None:
        if self._conversation is not None:
            with contextlib.suppress(NotFound):
                await self._turns.close(self._conversation.id)
            self._conversation = None

    async def _welcome(self) -> None:
        conversation = self._current()
        greeting = self._greeting(conversation.language)
        await self._page.send(
            wire.Welcome(
                conversation_id=conversation.id, language=conversation.language, languages=list(self._settings.languages),
                station=in_language(self._settings.name, conversation.language), kiosk=self._settings.kiosk.id, now=greeting.now,
                idle_s=self._settings.kiosk.idle_s, quiet_s=self._settings.kiosk.quiet_s, speech=_abilities(self._health()),
                suggestions=greeting.suggestions, notice=greeting.notice,
            )
        )  # fmt: skip

    async def _start(self, work: Callable[[str], Coroutine[Any, Any, Outcome]], intake: Intake | None = None) -> None:
        """Ends the running turn, if any, and begins a new one."""
        await self._stop()
        self._intake = intake
        turn_id = secrets.token_urlsafe(8)
        self._work = asyncio.create_task(work(turn_id))
        self._turn = asyncio.create_task(self._run(turn_id, self._work))

    async def _stop(self) -> None:
        """Ends the running turn: its work alone is cancelled, so that what tells its end is not."""
        work, turn, self._work, self._turn, self._intake = self._work, self._turn, None, None, None
        if work is not None and turn is not None:
            work.cancel()
            await asyncio.wait({turn})

    async def _run(self, turn_id: str, work: asyncio.Task[Outcome]) -> None:
        outcome: Outcome = "failed"
        began = time.perf_counter()
        try:
            outcome = await work
        except asyncio.CancelledError:
            outcome = "cancelled"
        except AssistantError as error:
            await self._complain(error, turn_id)
        except Exception as error:
            log.failure("turn_failed", error)
            await self._complain(AssistantError("something went wrong here; it has been noted"), turn_id)
        finally:
            log.event("turn_end", outcome=log.Id(outcome), ms=round((time.perf_counter() - began) * 1000, 1))
            with contextlib.suppress(Exception):  # the page may be gone
                await self._page.send(wire.TurnEnd(turn_id=turn_id, outcome=outcome))

    async def _listen(self, turn_id: str, intake: Intake) -> Outcome:
        language = (await self._open()).language
        async with self._speech.listen(language, self._vocabulary(language)) as listening:
            await self._page.send(wire.Listening(turn_id=turn_id))
            beside = {asyncio.create_task(self._caption(turn_id, listening)), asyncio.create_task(_end_by_itself(intake, listening))}
            try:
                async for pcm in intake.pieces():
                    await listening.feed(pcm)
                released = time.perf_counter()
                if intake.reason is not None:
                    await self._page.send(wire.ListeningEnd(turn_id=turn_id, reason=intake.reason))
                heard = await listening.finish()
            finally:
                for task in beside:
                    task.cancel()
                await asyncio.wait(beside)
        recognise_ms = (time.perf_counter() - released) * 1000
        await self._page.send(wire.CaptionMessage(turn_id=turn_id, text=heard.text, final=True))
        if not heard.text.strip():
            return "nothing_heard"
        return await self._answer(turn_id, lambda conversation: self._turns.say(conversation, heard.text, heard, recognise_ms))

    async def _caption(self, turn_id: str, listening: Listening) -> None:
        async for caption in listening.captions():
            await self._page.send(wire.CaptionMessage(turn_id=turn_id, text=caption.text, final=False))

    async def _answer(self, turn_id: str, ask: Callable[[Conversation], Coroutine[Any, Any, Turn]]) -> Outcome:
        conversation = await self._open()
        await self._page.send(wire.Thinking(turn_id=turn_id))
        turn = (await ask(conversation)).model_copy(update={"id": turn_id})
        await self._page.send(wire.TurnMessage(turn=turn))
        await self._speak(turn, conversation.memory.pace)
        return "answered"

    async def _speak(self, turn: Turn, pace: Pace) -> None:
        if any(view.life_safety for view in self._board.standing()):
            return  # Nothing is said beside an alarm.
        announced = False
        try:
            for text in (" ".join(reply.speech for reply in turn.replies), *self._warned(turn.language)):
                async with contextlib.aclosing(self._speech.synthesise(text, turn.language, pace=pace)) as sounds:
                    async for sound in sounds:
                        if not announced:
                            await self._page.send(wire.Audio(turn_id=turn.id, rate=sound.rate))
                            announced = True
                        await self._page.send_sound(sound.pcm)
        except AssistantError:
            return  # The answer stands on the screen; a missing voice is told by the status.

    def _warned(self, language: str) -> list[str]:
        """The warnings that are no alarm, after the answer, once a conversation, two at a time; drills stand on the screen only."""
        new = [view for view in self._board.standing() if view.status == "Actual" and view.id not in self._said][:WARNINGS_SAID]
        self._said.update(view.id for view in new)
        return [in_language(view.headline, language) for view in new]

    async def _complain(self, error: AssistantError, turn_id: str | None = None) -> None:
        detail = f"{error.message} ({error.hint})" if error.hint else error.message
        document = Problem(title=error.code.replace("-", " ").capitalize(), status=error.status, code=error.code, detail=detail)
        with contextlib.suppress(Exception):  # the page may be gone
            await self._page.send(wire.ProblemMessage(turn_id=turn_id, problem=document))


async def _end_by_itself(intake: Intake, listening: Listening) -> None:
    """Ends an utterance that was begun with a tap when the traveller is done."""
    await intake.freed.wait()
    intake.end(await listening.over())


def _abilities(health: Health) -> dict[str, wire.SpeechAbility]:
    return {
        language: wire.SpeechAbility(hear=can.hear is not None, speak=can.speak is not None, captions=can.captions)
        for language, can in health.speech.items()
    }


def greeting(desk: Desk, language: str) -> Greeting:
    """What the idle screen shows now, in a language."""
    context = desk.context(language)
    refused = timetable.refusal(context)
    return Greeting(notice=refused.replies[0].text if refused else None, suggestions=robot.tiles(context), now=context.now)
