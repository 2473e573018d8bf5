"""The proof of a draft: every golden conversation is told to what is live and to the draft, and each answer that changes is shown.

A conversation in which the draft understands every text as before and in which no words changed is not told a second time: the same
steps with the same words over the same data end in the same answers. Where rules, slots, the pipeline, or places and facts of the station
file changed, all are told.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from assistant.content import golden
from assistant.content.golden import Golden, Said
from assistant.content.ports import Teller
from assistant.errors import Unavailable

LIMIT_S = 600.0
TOGETHER = 3
"""Conversations that are told to a draft at a time."""
AT_ONCE = 8
"""Texts that are read in one call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A turn that is answered otherwise."""

    conversation: str
    turn: int
    """Counted from 1."""
    before: Said | None
    """None where the conversation is new."""
    after: Said


@dataclass(slots=True, kw_only=True)
class Proof:
    """How far a proof is, and what it found."""

    conversations: int = 0
    told: int = 0
    """Conversations that were told to the draft; the others cannot differ."""
    seconds: float = 0.0
    changes: list[Change] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """Conversations that went as they should and no longer do. To publish them needs a written reason."""
    mended: list[str] = field(default_factory=list)


type Answers = dict[str, list[Said]]
type Told = Callable[[int, int], None]
"""Told how many steps of how many are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What is live comes to: answers and words by conversation, understanding by text."""

    answers: Answers
    words: dict[str, frozenset[str]]
    understood: dict[str, str]


async def look(live: Teller, conversations: Sequence[Golden], *, told: Told = lambda step, of: None, limit_s: float = LIMIT_S) -> Before:
    """Tells everything to what is live, one at a time. It needs nothing of the draft's model, so it can run while that is trained.

    Raises Unavailable after `limit_s`.
    """
    answers: Answers = {}
    words: dict[str, frozenset[str]] = {}
    async with _limited(limit_s):
        understood = await _understood(live, conversations)
        for conversation in conversations:
            live.words_used()
            answers[str(conversation)] = await _told(live, conversation)
            words[str(conversation)] = live.words_used()
            told(len(answers), len(conversations))
    return Before(answers=answers, words=words, understood=understood)


async def prove(
    draft: Teller, conversations: Sequence[Golden], before: Before, changed_words: Collection[str] | None, *,
    told: Told = lambda step, of: None, limit_s: float = LIMIT_S,
) -> Proof:  # fmt: skip
    """Tells the draft what may differ, and compares. `changed_words` names replies worded otherwise; None tells everything.

    Raises Unavailable after `limit_s`; can be cancelled at any time.
    """
    began = time.monotonic()
    async with _limited(limit_s):
        understood = await _understood(draft, conversations)
        wanted = [each for each in conversations if changed_words is None or _may_differ(each, before, understood, changed_words)]
        waiting = list(reversed(wanted))
        after: Answers = {}

        async def some() -> None:
            while waiting:
                conversation = waiting.pop()
                after[str(conversation)] = await _told(draft, conversation)
                told(len(after), len(wanted))

        await _all(some() for _ in range(TOGETHER))
    return compare(conversations, before.answers, after, time.monotonic() - began)


def compare(conversations: Sequence[Golden], before: Answers, after: Answers, seconds: float = 0.0) -> Proof:
    """What changes from the one to the other, as far as it was told."""
    proof = Proof(conversations=len(conversations), told=len(after), seconds=round(seconds, 1))
    for name in (name for name in map(str, conversations) if name in after):
        old, new = before.get(name), after[name]
        for number, answer in enumerate(new, 1):
            was = old[number - 1] if old else None
            if was is None or _seen(was) != _seen(answer):
                proof.changes.append(Change(conversation=name, turn=number, before=was, after=answer))
        good, fails = old is None or not any(each.faults for each in old), any(each.faults for each in new)
        if good and fails:
            proof.broken.append(name)
        elif old is not None and not good and not fails:
            proof.mended.append(name)
    return proof


def _may_differ(conversation: Golden, before: Before, understood: dict[str, str], changed_words: Collection[str]) -> bool:
    name = str(conversation)
    if name not in before.answers or not before.words[name].isdisjoint(changed_words):
        return True
    return any(understood[text] != before.understood.get(text) for text in _texts(conversation))


def _texts(conversation: Golden) -> list[str]:
    return [str(turn[conversation.language]) for turn in conversation.turns if "ask" not in turn]


async def _understood(teller: Teller, conversations: Sequence[Golden]) -> dict[str, str]:
    texts = list(dict.fromkeys(text for conversation in conversations for text in _texts(conversation)))
    found: dict[str, str] = {}
    for start in range(0, len(texts), AT_ONCE):
        some = texts[start : start + AT_ONCE]
        found |= zip(some, await teller.understood(some), strict=True)
    return found


@asynccontextmanager
async def _limited(limit_s: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(limit_s):
            yield
    except TimeoutError:
        raise Unavailable(f"the proof took longer than {limit_s:.0f} s", hint="is the machine busy with something else?") from None


async def _all[T](work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """The results of all, in order. The first error ends the others and is raised as it is."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _told(teller: Teller, conversation: Golden) -> list[Said]:
    said, opened = [], await teller.open(conversation.language)
    try:
        for turn in conversation.turns:
            answer = await teller.turn(opened, turn["ask"] if "ask" in turn else str(turn[conversation.language]))
            said.append(golden.said(turn, conversation.language, answer))
    finally:
        await teller.close(opened)
    return said


def _seen(answer: Said) -> tuple[object, ...]:
    """What somebody at the kiosk notices."""
    return answer.text, answer.speech, answer.card, answer.tiles
