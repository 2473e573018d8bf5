"""The proof: what changes is shown, what cannot change is not told twice."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.content import golden, proof
from assistant.content.golden import Golden
from assistant.errors import ContentError, Unavailable
from tests.conftest import ROOT
from tests.unit.content.folders import written

LANGUAGES = ("en", "zh", "ko")
TWO = """
- name: Hello, and thanks
  turns:
    - en: hello
      zh: 您好
      intent: greet
      says: {en: [Hello], zh: [您好]}
    - en: thanks
      zh: 谢谢
      intent: [thanks, greet]
      tiles: {en: [Trains]}
      never: {all: [utter_]}
- name: A tile
  turns:
    - ask: {intent: greet, slots: {}}
      card: text
"""


class Partner:
    """Says what `answer` makes of a text; everything it was told is kept."""

    def __init__(self, answer: Callable[[str], tuple[str, str]], *, slow: bool = False) -> None:
        self.answer, self.slow, self.told, self.closed = answer, slow, list[str](), 0

    async def open(self, language: str) -> str:
        return language

    async def turn(self, conversation: str, said: str | dict[str, Any]) -> dict[str, Any]:
        if self.slow:
            await asyncio.sleep(60)
        text = said if isinstance(said, str) else said["intent"]
        self.told.append(text)
        intent, reply = self.answer(text)
        return {
            "understood": {"intent": intent, "slots": []}, "replies": [{"text": reply, "speech": reply, "card": {"type": "text"}}],
            "suggestions": [{"label": "Trains"}],
        }  # fmt: skip

    async def close(self, conversation: str) -> None:
        self.closed += 1

    async def understood(self, texts: Sequence[str]) -> list[str]:
        return [self.answer(text)[0] for text in texts]

    def words_used(self) -> frozenset[str]:
        return frozenset({f"utter_{self.told[-1]}"} if self.told else ())


def usual(text: str) -> tuple[str, str]:
    replies = {"hello": ("greet", "Hello."), "您好": ("greet", "您好。"), "greet": ("greet", "Hello.")}
    return replies.get(text, ("thanks", "Welcome."))


def but(text: str, answer: tuple[str, str]) -> Callable[[str], tuple[str, str]]:
    return lambda said: answer if said == text else usual(said)


@pytest.fixture
def told(tmp_path: Path) -> list[Golden]:
    return golden.conversations(written(tmp_path, {"tests/conversations/smalltalk.yml": TWO.encode()}), LANGUAGES)


def test_conversations_are_told_in_the_languages_they_are_written_in(told: list[Golden]) -> None:
    assert [str(each) for each in told] == [
        "smalltalk: Hello, and thanks (en)", "smalltalk: Hello, and thanks (zh)", *(f"smalltalk: A tile ({x})" for x in LANGUAGES),
    ]  # fmt: skip


def test_the_shipped_ones_are_read() -> None:
    assert len(golden.conversations(ROOT / "dialogues", LANGUAGES)) > 500


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    for text in (b"- a", b"- name: [", b"x: 1"):
        with pytest.raises(ContentError, match=r"x\.yml"):
            golden.conversations(written(tmp_path, {"tests/conversations/x.yml": text}), LANGUAGES)


async def test_the_same_is_no_change_and_is_not_told_again(told: list[Golden]) -> None:
    before = await proof.look(Partner(usual), told)
    draft = Partner(usual)
    seen = await proof.prove(draft, told, before, [])
    assert (seen.changes, seen.broken, seen.told, seen.conversations, draft.told) == ([], [], 0, 5, [])
    everything = await proof.prove(draft, told, before, None)
    assert (everything.changes, everything.broken, everything.told, draft.closed) == ([], [], 5, 5)


async def test_what_is_understood_otherwise_is_told_and_breaks(told: list[Golden]) -> None:
    before = await proof.look(Partner(usual), told)
    draft = Partner(but("thanks", ("fallback", "I don't know.")))
    seen = await proof.prove(draft, told, before, [])
    assert draft.told == ["hello", "thanks"]
    [change] = seen.changes
    assert (change.conversation, change.turn, change.before.text if change.before else "", change.after.text) == (
        "smalltalk: Hello, and thanks (en)", 2, "Welcome.", "I don't know.",
    )  # fmt: skip
    assert change.after.faults == ("understood as fallback",)
    assert seen.broken == ["smalltalk: Hello, and thanks (en)"]


async def test_changed_words_are_told(told: list[Golden]) -> None:
    before = await proof.look(Partner(usual), told)
    draft = Partner(but("greet", ("greet", "Hello there.")))
    seen = await proof.prove(draft, told, before, ["utter_greet"])
    assert [(change.conversation, change.after.text) for change in seen.changes] == [
        (f"smalltalk: A tile ({language})", "Hello there.") for language in LANGUAGES
    ]
    assert seen.broken == []


async def test_what_is_mended_and_what_is_new(told: list[Golden]) -> None:
    before = await proof.look(Partner(but("hello", ("greet", "utter_x"))), told[:1])
    seen = await proof.prove(Partner(usual), told, before, ["utter_thanks"])
    assert seen.mended == [str(told[0])]
    assert {change.conversation for change in seen.changes if change.before is None} == {str(each) for each in told[1:]}


async def test_it_is_bounded_and_can_be_cancelled(told: list[Golden]) -> None:
    before = await proof.look(Partner(usual), told)
    slow = Partner(usual, slow=True)
    with pytest.raises(Unavailable, match="longer than"):
        await proof.prove(slow, told, before, None, limit_s=0.05)
    assert slow.closed == proof.TOGETHER
    proving = asyncio.create_task(proof.prove(slow, told, before, None))
    await asyncio.sleep(0.02)
    proving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await proving
    assert slow.closed == 2 * proof.TOGETHER


async def test_an_engine_that_goes_away_ends_it(told: list[Golden]) -> None:
    before = await proof.look(Partner(usual), told)

    class Gone(Partner):
        async def turn(self, conversation: str, said: str | dict[str, Any]) -> dict[str, Any]:
            raise Unavailable("gone")

    with pytest.raises(Unavailable, match="gone"):
        await proof.prove(Gone(usual), told, before, None)


async def test_progress_is_told(told: list[Golden]) -> None:
    steps: list[tuple[int, int]] = []
    before = await proof.look(Partner(usual), told, told=lambda step, of: steps.append((step, of)))
    assert steps == [(number, 5) for number in range(1, 6)]
    await proof.prove(Partner(usual), told, before, None, told=lambda step, of: steps.append((step, of)))
    assert steps[-1] == (5, 5)
