"""What the voice says, as text; how loud it is. Against the double."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.kiosk import protocol as wire
from tests.browser import scripted
from tests.browser import scripted_alerts as alerts
from tests.browser.conftest import open_page
from tests.browser.fake_assistant import FakeAssistant
from tests.conftest import until

WATCH_LOUDNESS = """
  window.gains = [];
  window.limited = false;
  const Gain = window.GainNode;
  window.GainNode = class extends Gain {
    constructor(...how) {
      super(...how);
      window.gains.push(this);
    }
    connect(target, ...more) {
      window.limited = target instanceof DynamicsCompressorNode;
      return super.connect(target, ...more);
    }
  };
"""
"""The loudness of everything that plays, in the order in which it was made."""
PREFER = "detail => document.dispatchEvent(new CustomEvent('prefer', { detail }))"


@pytest.fixture
def spoken(chromium: Browser, double: FakeAssistant, url: str) -> Iterator[Page]:
    """A page whose assistant speaks, with the loudness watched."""
    double.speaks = True
    page = open_page(chromium, url, script=WATCH_LOUDNESS)
    yield page
    page.context.close()


def ask(page: Page, question: str = "How is the air?") -> None:
    page.get_by_role("button", name=question).click()
    page.locator(".stage .speaking").wait_for()


def test_who_wishes_captions_reads_what_is_said_while_it_is_said(spoken: Page) -> None:
    strip = spoken.locator("caption-strip")
    spoken.evaluate(PREFER, {"captions": True})
    expect(strip).to_be_hidden()
    ask(spoken)
    expect(strip).to_be_visible()
    expect(strip).to_have_text(scripted.SENTENCES["air"]["en"])
    expect(strip).to_have_attribute("aria-hidden", "true")
    expect(strip).to_be_hidden()
    expect(spoken.locator("body")).to_have_attribute("data-phase", "answer")


def test_what_is_touched_stays_under_the_finger_though_the_touch_stills_the_voice(spoken: Page, double: FakeAssistant) -> None:
    spoken.set_viewport_size({"width": 1080, "height": 1920})
    spoken.evaluate(PREFER, {"captions": True})
    ask(spoken)
    tile = spoken.locator("suggestion-tiles button").last
    expect(spoken.locator("caption-strip")).to_be_visible()
    tile.hover()
    before = tile.bounding_box()
    spoken.mouse.down()
    assert until(lambda: "hush" in double.kinds()), "the voice is still"
    spoken.wait_for_timeout(400)
    assert tile.bounding_box() == before
    spoken.mouse.up()
    assert until(lambda: double.kinds().count("ask") == 2), "the touch asks"


@pytest.mark.long
def test_an_answer_that_is_on_the_screen_is_not_shown_twice(spoken: Page) -> None:
    ask(spoken)
    expect(spoken.locator("caption-strip")).to_be_hidden()


def test_what_is_only_said_is_always_shown(spoken: Page, double: FakeAssistant) -> None:
    ask(spoken)
    double.push(wire.Audio(turn_id="turn-1", rate=22050, text="The lift at platform 2 is out of order."))
    double.sound_out(2)
    strip = spoken.locator("caption-strip")
    expect(strip).to_have_text("The lift at platform 2 is out of order.")
    expect(strip).to_be_visible()


@pytest.mark.long
def test_captions_follow_the_voice_not_the_network(spoken: Page, double: FakeAssistant) -> None:
    spoken.evaluate(PREFER, {"captions": True})
    ask(spoken)
    double.push(wire.Audio(turn_id="turn-1", rate=22050, text="The lift at platform 2 is out of order."))
    double.sound_out(1)
    assert spoken.locator("caption-strip").inner_text() == scripted.SENTENCES["air"]["en"], "three seconds of the answer come first"
    expect(spoken.locator("caption-strip")).to_have_text("The lift at platform 2 is out of order.")


@pytest.mark.parametrize(
    "size", [pytest.param("portrait", marks=pytest.mark.long), pytest.param("landscape", marks=pytest.mark.long), "small"]
)
def test_captions_take_three_lines_and_hide_no_control(chromium: Browser, double: FakeAssistant, url: str, size: str) -> None:
    double.speaks = True
    page = open_page(chromium, url, size)
    page.evaluate(PREFER, {"captions": True})
    ask(page)
    sentences = [f"This is sentence number {number} of a text that is far too long for a strip of three lines." for number in range(12)]
    double.push(wire.Audio(turn_id="turn-1", rate=22050, text=" ".join(sentences)))
    double.sound_out(8)
    strip = page.locator("caption-strip p")
    expect(strip).to_contain_text("number 11", timeout=15_000)
    box = strip.evaluate("p => ({ height: p.clientHeight, line: parseFloat(getComputedStyle(p).lineHeight), whole: p.scrollHeight })")
    assert box["height"] <= box["line"] * 3 + 1 < box["whole"]
    covered = page.evaluate("""() => [...document.querySelectorAll("kiosk-dock button, suggestion-tiles button")]
      .filter((button) => button.checkVisibility()).filter((button) => {
        const box = button.getBoundingClientRect(), strip = document.querySelector("caption-strip").getBoundingClientRect();
        return box.top < strip.bottom - 1 && box.bottom > strip.top + 1 && box.left < strip.right && box.right > strip.left;
      }).map((button) => button.innerText)""")
    assert covered == []
    page.context.close()


def test_the_volume_is_the_voices_and_goes_back(spoken: Page) -> None:
    ask(spoken)
    assert spoken.evaluate("gains[0].gain.value") == 1
    assert not spoken.evaluate("limited")
    spoken.evaluate(PREFER, {"volume": 4})
    assert until(lambda: abs(spoken.evaluate("gains[0].gain.value") - 2.5) < 0.05)
    assert spoken.evaluate("limited"), "what is louder than it was recorded goes through the limiter"
    spoken.evaluate(PREFER, {"volume": 0})
    assert until(lambda: abs(spoken.evaluate("gains[0].gain.value") - 0.25) < 0.05)
    spoken.get_by_role("button", name="Start over").click()
    assert until(lambda: abs(spoken.evaluate("gains[0].gain.value") - 1) < 0.05)


@pytest.mark.long
def test_an_alarm_is_as_loud_as_it_was_recorded(spoken: Page, double: FakeAssistant) -> None:
    ask(spoken)
    spoken.evaluate(PREFER, {"volume": 0})
    double.warn(alerts.fire())
    double.say_alarm(alerts.fire(), "en", 0.5)
    assert until(lambda: spoken.evaluate("gains.length") == 2)
    assert spoken.evaluate("gains[1].gain.value") == 1
