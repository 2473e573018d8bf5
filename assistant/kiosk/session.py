"""One page at one kiosk: typed messages and sound in, typed messages and sound out. Every turn ends with `turn_end`."""

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable, Coroutine
from typing import Any, Literal

from pydantic import ValidationError

from assistant import log
from assistant.alarm.board import Board
from assistant.alarm.views import AlertView
from assistant.conversation.health import Health
from assistant.conversation.memory import Memory
from assistant.conversation.models import Problem, Turn
from assistant.conversation.store import Conversation
from assistant.conversation.turn import Turns
from assistant.errors import AssistantError, BadRequest, NotFound
from assistant.kiosk import protocol as wire
from assistant.kiosk.greeting import Greeting, abilities, welcome
from assistant.kiosk.intake import Intake
from assistant.kiosk.ports import Page
from assistant.kiosk.voice import Said, Voice
from assistant.kiosk.waiting import Waiting
from assistant.settings import Settings
from assistant.speech.models import Pace, Sound
from assistant.speech.ports import Listening, Speech
from assistant.text import in_language

MESSAGE_LIMIT = 8_000
"""Longest text message, in characters."""
WARNINGS_SAID = 2
"""Most warnings that are said after one answer."""
type Outcome = Literal["answered", "nothing_heard", "cancelled", "failed"]


class Session:
    """State of one connection: its conversation, and the one job that is running."""

    def __init__(
        self, page: Page, turns: Turns, speech: Speech, settings: Settings, health: Callable[[], Health],
        vocabulary: Callable[[str], list[str]], greeting: Callable[[str], Greeting], board: Board, waiting: Waiting,
    ) -> None:  # fmt: skip
        self._page, self._turns, self._speech, self._settings = page, turns, speech, settings
        self._health, self._vocabulary, self._greeting, self._board = health, vocabulary, greeting, board
        self._waiting, self._voice = waiting, Voice(page, speech)
        self._greeted = False
        """Whether the page has said `hello`: from then on it is warned, even where no conversation can be opened for it."""
        self._shown: list[AlertView] | None = None
        """The warnings that the page has been sent; None before its `hello`."""
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
        await self._page.send(wire.Status(status=health.status, components=health.components, speech=abilities(health)))

    async def alerts(self) -> None:
        """Tells the page what is warned of, where that changed; a life-safety alert ends whatever goes on."""
        standing = list(self._board.standing())
        if standing == self._shown or not self._greeted:
            return
        alarms = {view.id for view in standing if view.life_safety}
        new = alarms - {view.id for view in self._shown or ()}
        if not alarms and any(view.life_safety for view in self._shown or ()):
            self._voice.alarm_over()
        self._shown = standing
        await self._page.send(wire.AlertsMessage(alerts=standing, disclaimer=self._board.disclaimer))
        if new:
            await self._silence()

    async def announce(self, alert_id: str, language: str, sound: Sound) -> None:
        """Plays a piece of an announcement in the page. Whatever is being said ends first: sounds of two origins must not mix."""
        await self._stop()
        await self._voice.alarm(alert_id, language, sound)

    async def close(self) -> None:
        """The page is gone: what goes on ends, and its conversation waits a moment for it to come back."""
        conversation, self._conversation, self._greeted = self._conversation, None, False
        if conversation is not None:
            self._waiting.keep(conversation.id)
        await self._silence()

    async def _take(self, message: wire.ClientMessage) -> None:
        match message:
            case wire.Hello():
                await self._hello(message)
            case wire.Reset(language=language):
                await self._begin(language or self._current().language)
            case wire.ChooseLanguage(language=language):
                await self._silence()
                self._current().language = self._turns.served(language)
                await self._welcome()
            case wire.Say(text=text):
                await self._start(lambda turn_id: self._answer(turn_id, lambda conversation: self._turns.say(conversation, text)))
            case wire.AskMessage(ask=ask):
                await self._start(lambda turn_id: self._answer(turn_id, lambda conversation: self._turns.ask(conversation, ask)))
            case wire.Prefer(pace=pace, step_free=step_free):
                conversation = await self._open()
                conversation.memory = conversation.memory.preferring(pace, step_free)
            case wire.Read():
                await self._voice.read(message, self._pace(), allowed=self._intake is None or self._intake.ended)
            case wire.Hush():
                await self._silence()
            case _:
                await self._microphone(message)

    async def _microphone(self, message: wire.Listen | wire.ListenFree | wire.ListenEnd | wire.ListenCancel) -> None:
        match message:
            case wire.Listen():
                await self._open()
                await self._voice.quiet()  # it would hear itself
                intake = Intake(self._settings.speech.longest_s)
                await self._start(lambda turn_id: self._listen(turn_id, intake), intake)
            case wire.ListenFree() if self._intake is not None:
                self._intake.freed.set()
            case wire.ListenEnd() if self._intake is not None:
                self._intake.end()
            case wire.ListenCancel():
                await self._stop()

    async def _hello(self, hello: wire.Hello) -> None:
        self._greeted = True
        try:
            await self._open_for(hello)
        finally:
            self._shown = None
            await self.alerts()
            await self.status()

    async def _open_for(self, hello: wire.Hello) -> None:
        if hello.resume:
            await self._silence()
            await self._forget()
        resumed = self._waiting.back(hello.resume) if hello.resume else None
        if resumed is None:
            await self._begin(hello.language)
        else:
            self._conversation = resumed  # nothing is awaited since it ceased to wait: a page lost now finds it again
            await self._welcome(resumed=True)

    def _current(self) -> Conversation:
        """The conversation, its expiry starting anew; an expired one is followed by another, in the same language and as it was set.

        Raises NotFound before the first `hello`.
        """
        if self._conversation is None:
            raise NotFound("no conversation is open: say hello first", code="unknown-conversation")
        try:
            return self._turns.store.get(self._conversation.id)
        except NotFound:
            memory = self._conversation.memory
            self._conversation = self._turns.open(self._conversation.language, kiosk=True)
            self._conversation.memory = Memory().preferring(memory.pace, memory.step_free)
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
        await self._silence()
        await self._forget()
        self._conversation = self._turns.open(language, kiosk=True)
        await self._welcome()

    async def _forget(self) -> None:
        if self._conversation is not None:
            with contextlib.suppress(NotFound):
                await self._turns.close(self._conversation.id)
            self._conversation = None

    async def _welcome(self, *, resumed: bool = False) -> None:
        conversation = self._current()
        greeting, language = self._greeting(conversation.language), conversation.language
        await self._page.send(welcome(self._settings, greeting, self._health(), conversation.id, language, resumed=resumed))

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

    async def _silence(self) -> None:
        """Ends the running turn and whatever is said or read."""
        await self._stop()
        await self._voice.quiet()

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
        try:
            return await self._hear(turn_id, intake)
        finally:
            intake.end()  # whatever went wrong: the microphone is closed

    async def _hear(self, turn_id: str, intake: Intake) -> Outcome:
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
        before = conversation.memory
        await self._page.send(wire.Thinking(turn_id=turn_id))
        turn = (await ask(conversation)).model_copy(update={"id": turn_id})
        await self._page.send(wire.TurnMessage(turn=turn))
        after = conversation.memory
        if (after.pace, after.step_free) != (before.pace, before.step_free):
            await self._page.send(wire.Preferences(pace=after.pace, step_free=after.step_free))
        await self._speak(turn, conversation)
        return "answered"

    async def _speak(self, turn: Turn, conversation: Conversation) -> None:
        if any(view.life_safety for view in self._board.standing()):
            return  # Nothing is said beside an alarm.
        said = Said(speech=" ".join(reply.speech for reply in turn.replies), text=" ".join(reply.text for reply in turn.replies))
        with contextlib.suppress(AssistantError):  # the answer stands on the screen; a missing voice is told by the status
            texts = [said, *self._warned(turn.language, conversation)]
            await self._voice.answer(turn.id, texts, turn.language, conversation.memory.pace)

    def _warned(self, language: str, conversation: Conversation) -> list[Said]:
        """The warnings that are no alarm, after the answer, once a conversation, two at a time; drills stand on the screen only."""
        standing, warned = self._board.standing(), conversation.warned
        new = [view for view in standing if view.status == "Actual" and view.id not in warned][:WARNINGS_SAID]
        warned.update(view.id for view in new)
        headlines = [in_language(view.headline, language) for view in new]
        return [Said(speech=headline, text=headline) for headline in headlines]

    def _pace(self) -> Pace:
        """How fast is read aloud. Who has something read is there: the conversation's expiry starts anew."""
        if self._conversation is None:
            return "normal"
        with contextlib.suppress(NotFound):
            self._turns.store.get(self._conversation.id)
        return self._conversation.memory.pace

    async def _complain(self, error: AssistantError, turn_id: str | None = None) -> None:
        detail = f"{error.message} ({error.hint})" if error.hint else error.message
        document = Problem(title=error.code.replace("-", " ").capitalize(), status=error.status, code=error.code, detail=detail)
        with contextlib.suppress(Exception):  # the page may be gone
            await self._page.send(wire.ProblemMessage(turn_id=turn_id, problem=document))


async def _end_by_itself(intake: Intake, listening: Listening) -> None:
    """Ends an utterance that was begun with a tap when the traveller is done."""
    await intake.freed.wait()
    intake.end(await listening.over())
