"""Trying a draft: the same words to it and to what is live, side by side. What is typed and answered is kept nowhere."""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.content.ports import Stage, Teller
from assistant.errors import AssistantError, Conflict, NotFound, Unavailable

IDLE_S = 300.0
"""Seconds without a word after which both engines end: each takes the memory of one that serves."""
MOST = 8
"""Conversations at a time."""

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What is compared: dialogues and model of each."""

    draft: tuple[Path, Path]
    live: tuple[Path, Path]
    names: tuple[str, str]
    """Content of the draft and id of the live release: where one of them is another, both are begun anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The same words to both."""

    conversation: str
    draft: Json
    live: Json
    differs: tuple[str, ...]
    """Of `understood`, `answer`, `speech`, `card` and `tiles` those that are not the same."""


@dataclass(slots=True)
class _Held:
    names: tuple[str, str]
    task: "asyncio.Task[None] | None" = None
    tellers: tuple[Teller, Teller] | None = None
    problem: AssistantError | None = None
    talks: dict[str, tuple[str, str]] = field(default_factory=dict)
    asked: asyncio.Event = field(default_factory=asyncio.Event)


class Trial:
    """One draft at a time is tried, by whoever wants to. Its calls belong on the event loop."""

    def __init__(self, stage: Callable[[], Stage], idle_s: float = IDLE_S) -> None:
        self._stage, self._idle_s = stage, idle_s
        self._held: _Held | None = None
        self._changing = asyncio.Lock()

    async def turn(self, pair: Pair, text: str, language: str, conversation: str | None) -> Compared | None:
        """What both make of it; None while they start. Raises Unavailable where one cannot, NotFound for a conversation that is over."""
        held = await self._begun(pair)
        if held.problem is not None:
            self._held = None
            raise held.problem
        if held.tellers is None:
            return None
        held.asked.set()
        draft, live = held.tellers
        if conversation is None:
            conversation = await self._open(held, language)
        talks = held.talks.get(conversation)
        if talks is None:
            raise NotFound("this conversation is over", code="trial-over", hint="begin a new one")
        said = await asyncio.gather(draft.turn(talks[0], text), live.turn(talks[1], text))
        return Compared(conversation=conversation, draft=said[0], live=said[1], differs=tuple(differences(*said)))

    async def close(self) -> None:
        """Ends both engines."""
        async with self._changing:
            await self._end()

    async def _begun(self, pair: Pair) -> _Held:
        async with self._changing:
            if self._held is not None and (self._held.names != pair.names or (self._held.task is not None and self._held.task.done())):
                if self._held.problem is not None and self._held.names == pair.names:
                    return self._held
                await self._end()
            if self._held is None:
                missing = [model for _, model in (pair.draft, pair.live) if not model.is_file()]
                if missing:
                    raise Conflict("the draft as it is now is not trained yet", code="not-trained", hint="train it first")
                self._held = _Held(pair.names)
                self._held.task = asyncio.create_task(self._hold(self._held, pair))
            return self._held

    async def _end(self) -> None:
        held, self._held = self._held, None
        if held is not None and held.task is not None:
            held.task.cancel()
            await asyncio.wait({held.task})

    async def _hold(self, held: _Held, pair: Pair) -> None:
        """Keeps both engines until nobody has used them for a while, or this is cancelled."""
        stage = self._stage()
        try:
            async with AsyncExitStack() as stack:
                draft = await stack.enter_async_context(stage(*pair.draft))
                live = await stack.enter_async_context(stage(*pair.live))
                held.tellers = draft, live
                await self._unused(held)
                held.tellers = None
        except AssistantError as error:
            held.problem = error
        except OSError as error:
            held.problem = Unavailable(f"the draft cannot be started: {error.strerror}")

    async def _unused(self, held: _Held) -> None:
        """Waits until it was not used for `idle_s`."""
        while True:
            held.asked.clear()
            try:
                await asyncio.wait_for(held.asked.wait(), self._idle_s)
            except TimeoutError:
                return

    async def _open(self, held: _Held, language: str) -> str:
        if held.tellers is None:
            raise Unavailable("the draft is being started")
        draft, live = held.tellers
        if len(held.talks) >= MOST:
            oldest = held.talks.pop(next(iter(held.talks)))
            await asyncio.gather(draft.close(oldest[0]), live.close(oldest[1]), return_exceptions=True)
        name = secrets.token_hex(6)
        opened = await asyncio.gather(draft.open(language), live.open(language))
        held.talks[name] = (opened[0], opened[1])
        return name


def differences(draft: Json, live: Json) -> list[str]:
    """What a traveller would notice, and what was understood."""
    first, second = _parts(draft), _parts(live)
    return [name for name in first if first[name] != second[name]]


def _parts(turn: Json) -> Json:
    replies, understood = turn["replies"], turn["understood"]
    return {
        "understood": [understood["intent"], understood["slots"]],
        "answer": [reply["text"] for reply in replies],
        "speech": [reply["speech"] for reply in replies],
        "card": [reply["card"] and reply["card"]["type"] for reply in replies],
        "tiles": [tile["label"] for tile in turn["suggestions"]],
    }
