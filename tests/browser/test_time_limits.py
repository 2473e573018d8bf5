"""Time: warned by sight and sound, put off as often as one likes with nothing lost, and everything wiped when it is over."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.kiosk import protocol as wire
from tests.browser import scripted
from tests.browser.acts import tell
from tests.browser.conftest import answer
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.test_talking import WATCH_SOUND, WATCH_TRACKS
from tests.conftest import until

WATCH_CHIME = """
  window.tones = [];
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...when) {
    tones.push(this.frequency.value);
    return start.apply(this, when);
  };
"""
WARNED = "Are you still there? This conversation is wiped in 20 seconds."


@pytest.fixture
def timed(chromium: Browser, url: str) -> Iterator[Page]:
    """The page with a clock that a test can put forward, on a screen that is touched."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", has_touch=True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.add_init_script(WATCH_SOUND + "{" + WATCH_TRACKS + "}{" + WATCH_CHIME + "}")
    page.clock.install()
    page.goto(url)
    page.locator("body[data-phase=idle]").wait_for()
    yield page
    context.close()


def wait(page: Page, seconds: float) -> None:
    """So much time passes on the page."""
    page.clock.fast_forward(round(seconds * 1000))


def warned(page: Page) -> None:
    """The time goes by until the person is warned."""
    wait(page, 41)
    page.locator("idle-warning dialog[open]").wait_for()


def by_button(page: Page) -> None:
    page.locator("idle-warning button").tap()


def by_key(page: Page) -> None:
    page.keyboard.press("Enter")


def by_touch(page: Page) -> None:
    page.touchscreen.tap(20, 20)


WAYS = [by_button, by_key, by_touch]


def asked(page: Page) -> None:
    page.keyboard.type("toilet\n")
    answer(page)


def typed(page: Page) -> None:
    page.keyboard.type("is there a lift to")


def set_up(page: Page) -> None:
    tell(page, "prefer", {"text": "large", "theme": "dark"})
    tell(page, "panel", "settings")


KEPT: dict[str, tuple[Callable[[Page], None], str]] = {
    "an answer": (asked, "document.querySelector('conversation-screen').innerText"),
    "what is typed": (typed, "document.querySelector('text-entry input').value"),
    "a panel and the settings": (
        set_up,
        "(({ text, theme }) => [document.body.dataset.panel, text, theme].join())(document.documentElement.dataset)",
    ),
}


@pytest.mark.parametrize("what", KEPT)
def test_the_time_is_put_off_eleven_times_and_nothing_is_lost(timed: Page, double: FakeAssistant, what: str) -> None:
    begin, shown = KEPT[what]
    begin(timed)
    before, sent = timed.evaluate(shown), double.kinds()
    assert before
    for number in range(11):
        warned(timed)
        WAYS[number % 3](timed)
        expect(timed.locator("idle-warning dialog[open]")).to_be_hidden()
    assert timed.evaluate(shown) == before
    assert [kind for kind in double.kinds() if kind not in ("read", "hush")] == sent
    if what == "what is typed":
        timed.keyboard.type(" platform 3")
        expect(timed.locator("text-entry input")).to_have_value("is there a lift to platform 3")


def test_the_warning_is_seen_and_heard(timed: Page, double: FakeAssistant) -> None:
    asked(timed)
    warned(timed)
    expect(timed.locator("idle-warning dialog")).to_contain_text("Are you still there?")
    assert until(lambda: timed.evaluate("tones.length") == 2)
    assert until(lambda: WARNED in double.read)
    assert timed.evaluate("tones[0] < tones[1]")


def test_its_own_voice_does_not_put_it_off(timed: Page, double: FakeAssistant) -> None:
    asked(timed)
    warned(timed)
    assert until(lambda: timed.evaluate("sounding.size") > 0)
    wait(timed, 0.5)
    expect(timed.locator("idle-warning dialog[open]")).to_be_visible()
    assert until(lambda: timed.evaluate("sounding.size") == 0)
    wait(timed, 20)
    timed.locator("body[data-phase=idle]").wait_for()


def test_without_a_voice_and_without_a_connection_it_chimes(timed: Page, double: FakeAssistant) -> None:
    asked(timed)
    wait(timed, 30)
    double.leave()
    expect(timed.locator(".notices")).to_contain_text("I lost the connection")
    wait(timed, 11)
    timed.locator("idle-warning dialog[open]").wait_for()
    assert until(lambda: timed.evaluate("tones.length") == 2)
    double.back()


def test_there_are_twenty_seconds_to_answer(timed: Page) -> None:
    asked(timed)
    warned(timed)
    wait(timed, 18.5)
    expect(timed.locator("idle-warning dialog[open]")).to_be_visible()
    expect(timed.locator("body")).to_have_attribute("data-phase", "answer")
    wait(timed, 2)
    timed.locator("body[data-phase=idle]").wait_for()


def test_the_touch_that_answers_does_nothing_else(timed: Page, double: FakeAssistant) -> None:
    asked(timed)
    box = timed.locator("suggestion-tiles button").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for press in (timed.touchscreen.tap, timed.mouse.click):
        warned(timed)
        press(x, y)
        expect(timed.locator("idle-warning dialog[open]")).to_be_hidden()
    timed.wait_for_timeout(300)
    assert sum(kind in ("say", "ask") for kind in double.kinds()) == 1
    timed.touchscreen.tap(x, y)
    assert until(lambda: "ask" in double.kinds()), "the next touch asks"


def test_the_key_that_answers_opens_no_keyboard(timed: Page) -> None:
    asked(timed)
    warned(timed)
    timed.keyboard.press("a")
    expect(timed.locator("idle-warning dialog[open]")).to_be_hidden()
    expect(timed.locator("text-entry")).to_be_hidden()


def test_nobody_is_warned_in_the_middle_of_a_long_reading(timed: Page, double: FakeAssistant) -> None:
    asked(timed)
    double.push(wire.Audio(turn_id=double._id(), rate=22050, text=scripted.SENTENCES["place"]["en"]))
    double.sound_out(2)
    assert until(lambda: timed.evaluate("sounding.size") > 0)
    wait(timed, 50)
    expect(timed.locator("idle-warning dialog[open]")).to_be_hidden()
    assert until(lambda: timed.evaluate("sounding.size") == 0)
    warned(timed)


def test_the_wipe_takes_everything(timed: Page, double: FakeAssistant) -> None:
    button = timed.locator("talk-button button")
    button.click()
    timed.locator("body[data-phase=listening]").wait_for()
    button.click()
    answer(timed)
    timed.keyboard.type("toilet for a very private reason\n")
    answer(timed)
    tell(timed, "prefer", {"text": "largest", "theme": "contrast", "pace": "slow", "volume": 4})
    tell(timed, "language", "ko")
    timed.locator("html:lang(ko)").wait_for()
    timed.keyboard.type("private again")
    warned(timed)
    assert until(lambda: timed.evaluate("sounding.size") > 0)
    wait(timed, 20)
    timed.locator("body[data-phase=idle]").wait_for()
    assert until(lambda: double.kinds()[-1] == "reset")
    left = timed.evaluate("document.documentElement.outerHTML + [...document.querySelectorAll('input')].map((input) => input.value).join()")
    assert "private" not in left
    assert timed.evaluate("tracks.map((track) => track.readyState)") == ["ended"]
    assert timed.evaluate("sounding.size") == 0
    looks = timed.evaluate("({ ...document.documentElement.dataset, lang: document.documentElement.lang })")
    assert looks | {"theme": "light", "text": "normal", "reach": "all", "lang": "en-GB"} == looks
    expect(timed.locator("idle-warning dialog[open]")).to_be_hidden()
