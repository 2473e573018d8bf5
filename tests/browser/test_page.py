"""The page against the double: every way in and out, and what happens when parts are missing."""

import time
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.conversation.models import Ask, Reply, Suggestion, TextCard
from assistant.kiosk import protocol as wire
from tests.browser import scripted
from tests.browser.conftest import answer, open_page
from tests.browser.fake_assistant import FakeAssistant
from tests.conftest import until


def test_idle_shows_board_air_and_tiles(page: Page) -> None:
    expect(page.locator("departures-board tbody tr")).to_have_count(6)
    expect(page.locator("air-quality .index")).to_have_text("42")
    expect(page.locator("suggestion-tiles button")).to_have_text(scripted.TILES["en"])
    expect(page.locator("station-header .clock")).to_have_text("08:02")


def test_a_typed_question(page: Page, double: FakeAssistant) -> None:
    page.keyboard.type("Where are the toilets?")
    expect(page.locator("text-entry input")).to_have_value("Where are the toilets?")
    page.keyboard.press("Enter")
    assert answer(page) == scripted.SENTENCES["place"]["en"]
    expect(page.locator(".question")).to_have_text("Where are the toilets?")
    expect(page.locator("place-card h2")).to_have_text("Toilets in the main hall")
    assert double.received[-1] == wire.Say(text="Where are the toilets?")


def test_the_keyboard_on_the_screen_writes_english_and_korean(page: Page, double: FakeAssistant) -> None:
    page.locator("button.type").click()
    for key in "taxi":
        page.get_by_role("button", name=key, exact=True).click()
    expect(page.locator("text-entry input")).to_have_value("taxi")
    page.locator("text-entry .close").click()
    page.locator("[data-language=ko]").click()
    page.locator("button.type").click()
    for key in ["ㄱ", "ㅗ", "ㅇ", "ㅎ", "ㅏ", "ㅇ", "띄어쓰기", "쌍자음", "ㅃ", "ㅏ", "지우기"]:
        page.get_by_role("button", name=key, exact=True).click()
    expect(page.locator("text-entry input")).to_have_value("공항 ㅃ")
    page.locator("text-entry .send").click()
    answer(page)
    assert double.received[-1] == wire.Say(text="공항 ㅃ")


def test_the_keyboard_on_the_screen_writes_chinese(page: Page, double: FakeAssistant) -> None:
    page.locator("[data-language=zh]").click()
    page.locator("button.type").click()
    for key in [*"qujichang", "去", "机场", *"huoche", "空格", *"n", "哪里"]:
        page.get_by_role("button", name=key, exact=True).click()
    expect(page.locator("text-entry input")).to_have_value("去机场火车哪里")
    expect(page.locator(".candidates")).to_be_hidden()
    page.locator("text-entry .send").click()
    answer(page)
    assert double.received[-1] == wire.Say(text="去机场火车哪里")


def test_a_tile_asks_without_words(page: Page, double: FakeAssistant) -> None:
    page.get_by_role("button", name="Where are the toilets?").click()
    assert answer(page) == scripted.SENTENCES["place"]["en"]
    asked = double.received[-1]
    assert isinstance(asked, wire.AskMessage)
    assert asked.ask.slots == {"place": "category:toilet"}


def test_a_choice_asks_too(page: Page, double: FakeAssistant) -> None:
    page.keyboard.type("which platform\n")
    page.locator("choices-card button").nth(2).click()
    expect(page.locator("place-card")).to_be_visible()
    assert double.kinds()[-2:] == ["say", "ask"]


def test_a_touch_hushes_the_voice(page: Page, double: FakeAssistant) -> None:
    double.speaks = True
    page.get_by_role("button", name="How is the air?").click()
    expect(page.locator(".stage")).to_have_text("A computer speaks. Touch anywhere for silence")
    page.mouse.click(400, 40)
    expect(page.locator(".stage")).to_be_hidden()
    assert until(lambda: double.kinds()[-1] == "hush")


def test_speech_that_ends_is_not_hushed(page: Page, double: FakeAssistant) -> None:
    double.speaks = True
    page.get_by_role("button", name="How is the air?").click()
    expect(page.locator(".stage")).to_have_text("A computer speaks. Touch anywhere for silence")
    expect(page.locator(".stage")).to_be_hidden()
    page.mouse.click(400, 40)
    assert "hush" not in double.kinds()


def test_the_language_switch(page: Page, double: FakeAssistant) -> None:
    for language, tag in (("ko", "ko"), ("zh", "zh-Hans"), ("en", "en-GB")):
        page.locator(f"[data-language={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", tag)
        expect(page.locator("suggestion-tiles button")).to_have_text(scripted.TILES[language])
        expect(page.locator("departures-board .headsign").nth(1)).to_have_text(scripted.LINES[1][-1][language])
        expect(page.locator(f"[data-language={language}]")).to_have_attribute("aria-pressed", "true")
    assert double.kinds() == ["hello", "language", "language", "language"]


def test_a_board_that_comes_late_in_another_language_is_dropped(chromium: Browser, url: str, double: FakeAssistant) -> None:
    double.board_waits_s = {"en": 1.0}
    page = open_page(chromium, url)
    with page.expect_response(lambda response: "language=en" in response.url and "departures" in response.url):
        page.locator("[data-language=ko]").click()
        expect(page.locator("departures-board .headsign").nth(1)).to_have_text(scripted.LINES[1][-1]["ko"])
    page.wait_for_timeout(300)
    expect(page.locator("departures-board .headsign").nth(1)).to_have_text(scripted.LINES[1][-1]["ko"])
    page.context.close()


def test_an_answer_in_korean_turns_the_page_korean(page: Page) -> None:
    page.keyboard.type("Speak Korean\n")
    expect(page.locator(".answer")).to_have_text(scripted.SENTENCES["korean"]["ko"])
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator("button.over")).to_have_text("처음으로")


def test_idle_warns_then_wipes(page: Page, double: FakeAssistant) -> None:
    double.idle_s = 3
    page.locator("[data-language=ko]").click()
    page.locator("[data-language=en]").click()
    page.keyboard.type("toilet for a very private reason\n")
    answer(page)
    expect(page.locator("dialog[open]")).to_be_visible()
    page.locator("dialog[open] button").click()
    expect(page.locator("dialog[open]")).to_be_hidden()
    expect(page.locator("body[data-phase=answer]")).to_be_visible()
    expect(page.locator("dialog[open]")).to_be_visible()
    page.locator("body[data-phase=idle]").wait_for()
    assert until(lambda: double.kinds()[-1] == "reset")
    everything = page.evaluate("document.documentElement.outerHTML + document.querySelector('input').value")
    assert "private" not in everything


def prompts(double: FakeAssistant) -> int:
    """How often the page has asked for a prompt."""
    return sum(isinstance(message, wire.AskMessage) and message.ask.intent == "robot_quiet" for message in double.received)


@pytest.fixture
def quick(chromium: Browser, url: str, double: FakeAssistant) -> Iterator[Page]:
    """The page of a kiosk that prompts after a second."""
    double.quiet_s = 1.0
    opened = open_page(chromium, url)
    yield opened
    opened.context.close()


def test_who_touches_the_page_and_says_nothing_is_prompted_once_then_shown_the_tiles_alone(quick: Page, double: FakeAssistant) -> None:
    double.speaks = True
    quick.wait_for_timeout(1500)
    expect(quick.locator("body")).to_have_attribute("data-phase", "idle")
    assert prompts(double) == 0
    quick.mouse.click(400, 40)
    assert answer(quick) == scripted.SENTENCES["quiet"]["en"]
    expect(quick.locator(".stage")).to_have_text("A computer speaks. Touch anywhere for silence")
    tiles = quick.locator("choices-card button")
    expect(tiles).to_have_text(scripted.TILES["en"][:6])
    expect(quick.locator(".question")).to_be_hidden()
    expect(quick.locator("suggestion-tiles")).to_be_hidden()
    expect(quick.locator(".stage")).to_be_hidden()
    expect(quick.locator(".answer")).to_have_text("What would you like to know?")
    fewer = quick.locator("suggestion-tiles.few button")
    expect(fewer).to_have_text(["Next trains", "Toilets", "Lift", "Air"])
    expect(tiles).to_have_count(0)
    quick.wait_for_timeout(2500)
    assert prompts(double) == 1
    fewer.nth(1).click()
    expect(quick.locator("place-card")).to_be_visible()
    quick.wait_for_timeout(2000)
    expect(quick.locator("place-card")).to_be_visible()
    assert prompts(double) == 1


def test_a_prompt_follows_on_nothing_heard_in_the_language_of_the_page(quick: Page, double: FakeAssistant) -> None:
    double.heard = ""
    quick.locator("[data-language=ko]").click()
    button = quick.locator("talk-button button")
    button.click()
    quick.locator("body[data-phase=listening]").wait_for()
    quick.wait_for_timeout(1500)
    button.click()
    expect(quick.locator(".answer")).to_contain_text("듣지 못했습니다")
    expect(quick.locator(".answer")).to_have_text(scripted.SENTENCES["quiet"]["ko"])
    expect(quick.locator("choices-card button")).to_have_text(scripted.TILES["ko"][:6])
    assert double.kinds() == ["hello", "language", "listen", "listen_free", "listen_end", "ask"]


def test_nobody_is_prompted_who_types(quick: Page, double: FakeAssistant) -> None:
    quick.locator("button.type").click()
    quick.wait_for_timeout(2000)
    assert prompts(double) == 0
    quick.locator("text-entry .close").click()
    assert answer(quick) == scripted.SENTENCES["quiet"]["en"]


def test_a_prompted_person_who_stays_quiet_is_warned_and_the_page_is_wiped(chromium: Browser, url: str, double: FakeAssistant) -> None:
    double.quiet_s, double.idle_s = 0.5, 4
    page = open_page(chromium, url)
    page.mouse.click(400, 40)
    expect(page.locator(".answer")).to_have_text("What would you like to know?")
    page.locator("dialog[open]").wait_for()
    page.locator("body[data-phase=idle]").wait_for()
    done = ["hello", "ask", "read", "reset"]
    assert until(lambda: double.kinds() == done)
    page.wait_for_timeout(1500)
    assert double.kinds() == done
    page.context.close()


def test_a_tile_in_another_language_says_so(page: Page, double: FakeAssistant) -> None:
    double.silent = True
    page.get_by_role("button", name="How is the air?").click()
    assert until(lambda: double.kinds()[-1] == "ask")
    offered = [
        Suggestion(label="中文", say="中文", ask=Ask(intent="languages_switch", slots={"language": "zh"}), language="zh"),
        Suggestion(label="Next trains", say="Next trains"),
    ]
    double.push(wire.TurnMessage(turn=scripted.turn("text", "en", None).model_copy(update={"id": "turn-1", "suggestions": offered})))
    tiles = page.locator("suggestion-tiles button")
    expect(tiles).to_have_text(["中文", "Next trains"])
    expect(tiles.first).to_have_attribute("lang", "zh-Hans")
    assert tiles.nth(1).get_attribute("lang") is None


def test_start_over_wipes_at_once(page: Page, double: FakeAssistant) -> None:
    page.locator("[data-language=ko]").click()
    page.keyboard.type("toilet\n")
    answer(page)
    page.locator("button.over").click()
    page.locator("body[data-phase=idle]").wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")
    assert until(lambda: double.received[-1] == wire.Reset(language="en"))


def test_a_connection_lost_while_nobody_is_there_is_told_and_mended(page: Page, double: FakeAssistant) -> None:
    double.drop()
    expect(page.locator("offline-screen h2")).to_have_text("I will be right back.")
    expect(page.locator("kiosk-dock")).to_be_hidden()
    expect(page.locator("station-header .clock")).to_have_text("08:02")
    page.locator("body[data-phase=idle]").wait_for()


def test_what_does_not_work_is_said(page: Page, double: FakeAssistant) -> None:
    components = {"dialogue": "down", "speech": "ready", "knowledge": "ready", "environment": "ready"}
    double.push(wire.Status.model_validate({"status": "degraded", "components": components, "speech": double.speech}))
    expect(page.locator(".notices")).to_contain_text("only answer what you touch")
    deaf = {language: wire.SpeechAbility(hear=False, speak=True, captions=False) for language in double.speech}
    double.push(wire.Status.model_validate({"status": "degraded", "components": {}, "speech": deaf}))
    expect(page.locator(".notices")).to_contain_text("cannot hear")
    page.locator("talk-button button").click(force=True)
    expect(page.locator("body")).to_have_attribute("data-phase", "idle")
    assert "listen" not in double.kinds()


@pytest.mark.parametrize(("state", "said"), [("down", True), ("degraded", False)])
def test_a_page_that_comes_later_is_told_too(
    chromium: Browser, url: str, double: FakeAssistant, state: Literal["degraded", "down"], said: bool
) -> None:
    double.components["dialogue"] = state
    page = open_page(chromium, url)
    page.wait_for_timeout(300)
    assert ("only answer what you touch" in page.locator(".notices").inner_text()) is said
    page.context.close()


def test_a_notice_of_the_station_is_shown(chromium: Browser, url: str, double: FakeAssistant) -> None:
    double.notice = "The timetable ended on 1 May; I name no times."
    page = open_page(chromium, url)
    expect(page.locator(".notices")).to_have_text(double.notice)
    page.context.close()


def test_the_stations_own_notices_stand_on_the_idle_screen_alone(page: Page, double: FakeAssistant) -> None:
    double.notices = {"en": ["Platform 2 works this weekend.", "The ticket office closes at 16:00.", "A third."], "ko": ["승강장 공사"]}
    page.reload()
    expect(page.locator(".notices p")).to_have_text(["Platform 2 works this weekend.", "The ticket office closes at 16:00."])
    page.get_by_role("button", name="How is the air?").click()
    answer(page)
    expect(page.locator(".notices p")).to_have_count(0)
    page.get_by_role("button", name="Start over").click()
    expect(page.locator(".notices p")).to_have_count(2)


def test_a_problem_is_told(page: Page, double: FakeAssistant) -> None:
    double.silent = True
    page.get_by_role("button", name="How is the air?").click()
    page.locator("body[data-phase=thinking]").wait_for()
    problem = wire.Problem(title="Unavailable", status=503, code="unavailable", detail="down")
    double.push(wire.ProblemMessage(turn_id="turn-1", problem=problem), wire.TurnEnd(turn_id="turn-1", outcome="failed"))
    assert "did not work" in answer(page)


def test_text_is_never_markup(page: Page, double: FakeAssistant) -> None:
    double.silent = True
    page.get_by_role("button", name="How is the air?").click()
    page.locator("body[data-phase=thinking]").wait_for()
    nasty = "<img src=x onerror=alert(1)>"
    turn = scripted.turn("text", "en", None).model_copy(
        update={"id": "turn-1", "replies": [Reply(text=nasty, speech="", card=TextCard(title=nasty, lines=[nasty]))]}
    )
    double.push(wire.TurnMessage(turn=turn))
    assert answer(page) == nasty
    assert page.locator("img").count() == 0


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    reached = []
    for _ in range(16):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText.trim()"))
    assert {*scripted.TILES["en"], "Type", "Hold or tap, and speak", "English", "中文", "한국어"} <= set(reached)


def test_an_old_answer_stays_away_from_a_new_question(page: Page, double: FakeAssistant) -> None:
    double.silent = True
    page.get_by_role("button", name="How is the air?").click()
    page.locator("body[data-phase=thinking]").wait_for()
    page.keyboard.type("Where are the toilets?\n")
    assert until(lambda: double.kinds()[-1] == "say")
    late = scripted.answer("air_quality", "en").model_copy(update={"id": "turn-1"})
    double.push(wire.TurnMessage(turn=late))
    time.sleep(0.3)
    expect(page.locator("body")).to_have_attribute("data-phase", "thinking")
    expect(page.locator(".answer")).to_be_hidden()
