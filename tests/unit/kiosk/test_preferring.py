"""What a person sets holds for the conversation; the page hears of what a spoken wish changes."""

from datetime import timedelta

import pytest

from assistant.answers import staff_help
from assistant.kiosk.protocol import Preferences, TurnMessage, Welcome
from assistant.settings.kiosk import KioskScreen
from tests.fixtures.kiosk import Kiosk


def told(kiosk: Kiosk) -> list[tuple[str, bool]]:
    return [(message.pace, message.step_free) for message in kiosk.page.messages if isinstance(message, Preferences)]


async def ask(kiosk: Kiosk, intent: str, **slots: str) -> TurnMessage:
    before = kiosk.page.types().count("turn_end")
    await kiosk.say(type="ask", ask={"intent": intent, "slots": slots})
    await kiosk.turn_end(before + 1)
    return [message for message in kiosk.page.messages if isinstance(message, TurnMessage)][-1]


async def test_what_is_left_out_stays(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="prefer", step_free=True)
    await kiosk.say(type="prefer", pace="fast")
    card = (await ask(kiosk, "wayfinding_route", platform="3")).turn.replies[0].card
    assert card is not None
    assert card.type == "route"
    assert (card.step_free, kiosk.speech.paces) == (True, ["fast"])
    await kiosk.say(type="prefer", step_free=False)
    card = (await ask(kiosk, "wayfinding_route", platform="3")).turn.replies[0].card
    assert card is not None
    assert card.type == "route"
    assert (card.step_free, kiosk.speech.paces) == (False, ["fast", "fast"])
    assert told(kiosk) == [], "what the page has set itself it need not be told"


async def test_a_spoken_wish_is_told_to_the_page(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="prefer", pace="fast", step_free=True)
    await ask(kiosk, "robot_slower")
    await ask(kiosk, "robot_slower")
    await ask(kiosk, "robot_slower")
    await ask(kiosk, "robot_start_over")
    assert told(kiosk) == [("normal", True), ("slow", True), ("normal", False)]


async def test_what_is_set_outlives_a_conversation_that_expires_while_its_page_is_there(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="prefer", pace="slow", step_free=True)
    kiosk.clock.time += timedelta(seconds=61)
    await ask(kiosk, "air_quality_now")
    assert kiosk.speech.paces == ["slow"]
    await kiosk.say(type="reset")
    await ask(kiosk, "air_quality_now")
    assert kiosk.speech.paces == ["slow", "normal"], "the next person begins anew"


async def test_before_hello_nothing_can_be_set(kiosk: Kiosk) -> None:
    await kiosk.say(type="prefer", pace="slow")
    assert kiosk.page.types() == ["problem"]


@pytest.mark.parametrize(
    ("language", "where", "first"),
    [
        ("en", "Staff can help you here:", "Microphone: open only while the screen says that it is on."),
        ("zh", "工作人员可以在这里帮助您：", "麦克风：只有屏幕显示已开启时才打开。"),
        ("ko", "직원의 도움을 받을 수 있는 곳:", "마이크: 화면에 켜져 있다고 나올 때만 켜집니다."),
    ],
)
async def test_the_page_is_told_whom_to_call_and_what_is_recorded(kiosk: Kiosk, language: str, where: str, first: str) -> None:
    await kiosk.say(type="hello", language=language)
    welcome = kiosk.page.messages[0]
    assert isinstance(welcome, Welcome)
    assert (welcome.help.emergency, welcome.help.staff) == ("112", "+44 1632 960111")
    assert welcome.help.where[0].startswith(where)
    assert (len(welcome.privacy), welcome.privacy[0]) == (4, first)


async def test_the_page_is_told_of_its_keys_and_its_screen(kiosk: Kiosk) -> None:
    screen = KioskScreen(inches=32, distance_mm=800)
    changes = {"keypad": {"F13": "speech"}, "headset": {"F20": "plugged"}, "screen": screen}
    kiosk.settings = kiosk.settings.model_copy(update={"kiosk": kiosk.settings.kiosk.model_copy(update=changes)})
    kiosk.session = kiosk.open(kiosk.page)
    await kiosk.say(type="hello", language="en")
    welcome = kiosk.page.messages[0]
    assert isinstance(welcome, Welcome)
    assert (welcome.keypad, welcome.headset) == ({"F13": "speech"}, {"F20": "plugged"})
    assert (welcome.screen.inches, welcome.screen.distance_mm) == (32, 800)


async def test_what_cannot_be_looked_up_keeps_no_page_from_its_welcome(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(staff_help, "reached", broken)
    await kiosk.say(type="hello", language="en")
    welcome = kiosk.page.messages[0]
    assert isinstance(welcome, Welcome)
    assert (welcome.help.where, len(welcome.privacy)) == ([], 4)
