"""Turns of one conversation, one after the other, and its end among them."""

import asyncio

import pytest

from assistant.answers.desk import Desk
from assistant.clock import StartedClock
from assistant.conversation.store import ConversationStore
from assistant.conversation.turn import Turns
from assistant.dialogue.models import Understanding
from assistant.errors import NotFound
from tests.fixtures.fakes import DeskDialogue


class SlowDialogue(DeskDialogue):
    """Answers when it is let."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.asked, self.go = asyncio.Event(), asyncio.Event()
        self.done: list[str] = []

    async def respond(self, conversation_id: str, text: str, language: str) -> Understanding:
        self.asked.set()
        await self.go.wait()
        self.done.append("answered")
        return await super().respond(conversation_id, text, language)

    async def forget(self, conversation_id: str) -> None:
        self.done.append("forgotten")
        await super().forget(conversation_id)


async def test_a_conversation_closed_in_the_middle_of_a_turn_leaves_no_trace(desk: Desk, clock: StartedClock) -> None:
    dialogue = SlowDialogue(desk)
    turns = Turns(desk, ConversationStore(clock, 60), dialogue, ("en",))
    conversation = turns.open("en")
    running = asyncio.create_task(turns.say(conversation, "hello"))
    await dialogue.asked.wait()
    closing = asyncio.create_task(turns.close(conversation.id))
    waiting = asyncio.create_task(turns.say(conversation, "hello again"))
    await asyncio.sleep(0)
    dialogue.go.set()
    await asyncio.gather(running, closing)
    with pytest.raises(NotFound):
        await waiting
    assert dialogue.done == ["answered", "forgotten"]
