import asyncio

import pytest

from assistant.answers.desk import Desk
from assistant.clock import StartedClock
from assistant.conversation.store import ConversationStore
from assistant.conversation.turn import Turns
from assistant.errors import UnknownLanguage
from tests.fixtures.fakes import DeskDialogue


@pytest.fixture
def dialogue(desk: Desk) -> DeskDialogue:
    return DeskDialogue(desk)


@pytest.fixture
def turns(desk: Desk, clock: StartedClock, dialogue: DeskDialogue) -> Turns:
    return Turns(desk, ConversationStore(clock, 60), dialogue, ("en", "ko"))


async def test_what_the_engine_could_not_forget_is_forgotten_by_the_next_sweep(turns: Turns, dialogue: DeskDialogue) -> None:
    conversation = turns.open("en")
    dialogue.down = True
    await turns.close(conversation.id)
    assert dialogue.forgotten == []
    dialogue.down = False
    await turns.sweep()
    await turns.sweep()
    assert dialogue.forgotten == [conversation.id]


async def test_a_conversation_is_closed_after_the_turn_that_is_running(turns: Turns, dialogue: DeskDialogue) -> None:
    conversation = turns.open("en")
    async with conversation.lock:
        closing = asyncio.create_task(turns.close(conversation.id))
        await asyncio.sleep(0.01)
        assert not closing.done()
    await closing
    assert len(turns.store) == 0


async def test_a_turn_knows_what_was_asked_and_what_it_took(turns: Turns) -> None:
    turn = await turns.say(turns.open("en"), "  next \n trains ")
    assert turn.understood.confidence == 0.9
    assert turn.timings_ms["total"] >= turn.timings_ms["answer"] > 0
    assert turn.heard is None


async def test_only_the_stations_languages_are_served(turns: Turns) -> None:
    with pytest.raises(UnknownLanguage) as refused:
        turns.open("zh")
    assert "en, ko" in refused.value.message
