"""A page that loses its connection goes on with its conversation, once, for a moment; nobody else does."""

import asyncio
import json

import pytest

from assistant.conversation.store import KIOSK_ROOM, ConversationStore
from assistant.kiosk.protocol import TurnMessage, Welcome
from assistant.kiosk.session import Session
from assistant.kiosk.voice import Voice
from assistant.kiosk.waiting import MOST_KEPT, Waiting
from tests.fixtures.fakes import RecordingPage
from tests.fixtures.kiosk import SMOKE, STORM, Kiosk, empty


async def hello(session: Session, resume: str | None = None, language: str = "en") -> None:
    await session.text(json.dumps({"type": "hello", "language": language, "resume": resume}))


def welcome(page: RecordingPage) -> Welcome:
    return [message for message in page.messages if isinstance(message, Welcome)][-1]


async def test_a_lost_page_goes_on_where_it_was(kiosk: Kiosk) -> None:
    kiosk.board.views = [STORM]
    await hello(kiosk.session, language="ko")
    await kiosk.say(type="prefer", pace="fast", step_free=True)
    await kiosk.say(type="ask", ask={"intent": "facilities_find", "slots": {"place": "toilets-north"}})
    await kiosk.turn_end()
    before = welcome(kiosk.page)
    await kiosk.session.close()

    again = RecordingPage()
    session = kiosk.open(again)
    await hello(session, before.conversation_id, "en")
    after = welcome(again)
    assert (after.conversation_id, after.language, after.resumed, before.resumed) == (before.conversation_id, "ko", True, False)
    assert after.suggestions == before.suggestions
    assert again.types() == ["welcome", "alerts", "status"]
    await session.text('{"type": "ask", "ask": {"intent": "robot_repeat"}}')
    await again.until(lambda page: "turn_end" in page.types())
    assert next(message for message in again.messages if isinstance(message, TurnMessage)).turn.replies == kiosk.turn().turn.replies
    assert kiosk.speech.paces[-1] == "fast"
    assert len([text for text in kiosk.speech.spoken if text == "A storm is coming."]) == 1, "it was told of the storm before"


async def test_a_conversation_is_resumed_once_and_only_after_its_page_was_lost(kiosk: Kiosk) -> None:
    await hello(kiosk.session)
    first = welcome(kiosk.page).conversation_id
    other = RecordingPage()
    await hello(kiosk.open(other), first)
    assert not welcome(other).resumed, "its page is there"
    await kiosk.session.close()
    back, late = RecordingPage(), RecordingPage()
    await hello(kiosk.open(back), first)
    await hello(kiosk.open(late), first)
    assert (welcome(back).resumed, welcome(late).resumed) == (True, False)
    assert welcome(late).conversation_id != first


async def test_a_conversation_of_the_interface_is_never_resumed(kiosk: Kiosk) -> None:
    conversation = kiosk.turns.open("en")
    await hello(kiosk.session, conversation.id)
    assert not welcome(kiosk.page).resumed


async def test_a_page_that_does_not_come_back_is_forgotten_everywhere(kiosk: Kiosk) -> None:
    await hello(kiosk.session)
    lost = welcome(kiosk.page).conversation_id
    await kiosk.session.close()
    assert len(kiosk.turns.store) == 1
    assert await empty(kiosk.turns.store)
    assert kiosk.dialogue.forgotten == [lost]
    late = RecordingPage()
    await hello(kiosk.open(late), lost)
    assert not welcome(late).resumed


async def test_who_comes_back_is_not_forgotten_when_the_wait_would_have_ended(kiosk: Kiosk) -> None:
    troubles = list[dict[str, object]]()
    asyncio.get_running_loop().set_exception_handler(lambda _, trouble: troubles.append(trouble))
    kiosk.waiting = Waiting(kiosk.turns, 0.01)
    kiosk.session = kiosk.open(kiosk.page)
    await hello(kiosk.session)
    await kiosk.session.close()
    await hello(kiosk.open(RecordingPage()), welcome(kiosk.page).conversation_id)
    await asyncio.sleep(0.05)
    assert (kiosk.dialogue.forgotten, troubles) == ([], [])


@pytest.mark.parametrize("how", ["reset", "delete"])
async def test_what_was_wiped_cannot_be_resumed(kiosk: Kiosk, how: str) -> None:
    await hello(kiosk.session)
    wiped = welcome(kiosk.page).conversation_id
    if how == "reset":
        await kiosk.say(type="reset")
        await kiosk.session.close()
    else:
        await kiosk.session.close()
        await kiosk.turns.close(wiped)
    assert wiped in kiosk.dialogue.forgotten, "at once"
    again = RecordingPage()
    await hello(kiosk.open(again), wiped)
    assert not welcome(again).resumed


async def test_only_so_many_are_kept(kiosk: Kiosk) -> None:
    ids = []
    for _ in range(MOST_KEPT + 1):
        page = RecordingPage()
        session = kiosk.open(page)
        await hello(session)
        ids.append(welcome(page).conversation_id)
        await session.close()
    again = RecordingPage()
    await hello(kiosk.open(again), ids[0])
    assert not welcome(again).resumed
    again = RecordingPage()
    await hello(kiosk.open(again), ids[1])
    assert welcome(again).resumed


async def test_a_page_that_finds_no_room_is_warned_all_the_same(kiosk: Kiosk) -> None:
    kiosk.turns.store = ConversationStore(kiosk.clock, 60, -KIOSK_ROOM)
    kiosk.board.views = [SMOKE]
    await kiosk.session.alerts()
    assert kiosk.page.types() == [], "nothing before its hello"
    await hello(kiosk.session)
    assert kiosk.page.types() == ["alerts", "status", "problem"]
    kiosk.board.views = []
    await kiosk.session.alerts()
    assert kiosk.page.types()[3:] == ["alerts"]


async def test_a_return_that_is_cut_off_can_be_tried_again(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    await hello(kiosk.session)
    first = welcome(kiosk.page).conversation_id
    await kiosk.session.close()

    async def gone(*_: object) -> None:
        raise asyncio.CancelledError

    for part, way in ((Voice, "quiet"), (RecordingPage, "send")):
        session = kiosk.open(RecordingPage())
        with monkeypatch.context() as cut:
            cut.setattr(part, way, gone)
            with pytest.raises(asyncio.CancelledError):
                await hello(session, first)
        await session.close()
    again = RecordingPage()
    await hello(kiosk.open(again), first)
    assert welcome(again).resumed
