import asyncio

import pytest

from assistant.answers.desk import Desk
from assistant.clock import StartedClock
from assistant.conversation.memory import NOTHING
from assistant.conversation.models import Ask
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


@pytest.mark.parametrize("intent", ["robot_start_over", "privacy_delete", "smalltalk_goodbye"])
async def test_who_ends_a_visit_by_touch_is_forgotten_everywhere(turns: Turns, dialogue: DeskDialogue, intent: str) -> None:
    touched = turns.open("en")
    await turns.ask(touched, Ask(intent="tickets_fares_price", slots={"destination": "zo"}))
    assert touched.known
    assert touched.memory.topic
    await turns.ask(touched, Ask(intent=intent))
    assert (touched.known, touched.memory) == ({}, NOTHING)
    assert dialogue.forgotten == [touched.id]


async def test_who_types_in_another_language_is_offered_it(turns: Turns) -> None:
    conversation = turns.open("en")
    typed = await turns.say(conversation, "다음 열차 언제 와요")
    assert typed.language == "en"
    offered = typed.suggestions[0]
    assert (offered.label, offered.language) == ("한국어", "ko")
    assert offered.ask == Ask(intent="languages_switch", slots={"language": "ko"})
    assert (await turns.say(conversation, "when is the next train")).suggestions[0].label != "한국어"


async def test_the_quiet_prompt_changes_nothing(turns: Turns, dialogue: DeskDialogue) -> None:
    conversation = turns.open("en")
    await turns.ask(conversation, Ask(intent="trains_direct"))
    before, told = conversation.memory, len(dialogue.known)
    assert before.waiting == "destination"
    await turns.ask(conversation, Ask(intent="robot_quiet"))
    assert conversation.memory == before
    assert len(dialogue.known) == told, "an open question of the engine stays open"
