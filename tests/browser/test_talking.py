"""Asking aloud, against the double: the button, the microphone and its light, captions, and what happens when nothing is heard."""

import struct
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.kiosk import protocol as wire
from tests.browser import scripted
from tests.browser.conftest import answer, open_page, write_tone
from tests.browser.fake_assistant import FakeAssistant
from tests.conftest import until


@pytest.fixture(autouse=True)
def _tone(microphone: Path) -> None:
    """What the microphone hears, whatever other tests had it hear."""
    write_tone(microphone)


WATCH_TRACKS = """
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.tracks = [];
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const stream = await open(wish);
    window.tracks.push(...stream.getTracks());
    return stream;
  };
"""
WATCH_SOUND = """
  window.sounding = new Set();
  window.heardWhileOpen = null;
  const { start, stop } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (...when) {
    sounding.add(this);
    this.addEventListener("ended", () => sounding.delete(this));
    return start.apply(this, when);
  };
  AudioBufferSourceNode.prototype.stop = function (...when) {
    sounding.delete(this);
    return stop.apply(this, when);
  };
  const watched = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (wish) => {
    window.heardWhileOpen = sounding.size;
    return watched(wish);
  };
"""
"""How many pieces of speech were still to be heard when the microphone was asked for."""
HOLD_TRACKS = """
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.tracks = [];
  window.waiting = [];
  navigator.mediaDevices.getUserMedia = async (wish) => {
    await new Promise((resolve) => window.waiting.push(resolve));
    const stream = await open(wish);
    window.tracks.push(...stream.getTracks());
    return stream;
  };
"""
"""The browser gives a microphone only when the test says so, in the order of the test."""
REFUSE_MICROPHONE = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));"


@pytest.mark.parametrize("way", ["hold", "tap", "space"])
def test_a_spoken_question(chromium: Browser, url: str, double: FakeAssistant, way: str) -> None:
    page = open_page(chromium, url, script=WATCH_TRACKS)
    light, button = page.locator("station-header .light"), page.locator("talk-button button")
    expect(light).to_be_hidden()
    if way == "space":
        button.focus()
        page.keyboard.down(" ")
    else:
        button.hover()
        page.mouse.down()
        if way == "tap":
            page.mouse.up()
    page.locator("body[data-phase=listening]").wait_for()
    expect(light).to_be_visible()
    assert until(lambda: len(double.sound) >= 16000, every_s=0.05)
    if way == "space":
        page.keyboard.up(" ")
    elif way == "hold":
        page.mouse.up()
    else:
        button.click()
    assert answer(page) == scripted.SENTENCES["departures"]["en"]
    expect(light).to_be_hidden()
    expect(page.locator(".question")).to_have_text(double.heard)
    assert page.evaluate("tracks.map((track) => track.readyState)") == ["ended"]
    kinds = [kind for kind in double.kinds() if kind.startswith("listen")]
    assert kinds == (["listen", "listen_free", "listen_end"] if way == "tap" else ["listen", "listen_end"])
    samples = struct.unpack(f"<{len(double.sound) // 2}h", double.sound)
    assert max(samples) > 2000, "the microphone's sound did not arrive"
    page.context.close()


@pytest.mark.parametrize("way", ["tap", "key", "click"])
def test_a_tapped_question_ends_by_itself_and_closes_the_microphone(chromium: Browser, url: str, double: FakeAssistant, way: str) -> None:
    double.ends_by_itself = True
    page = open_page(chromium, url, script=WATCH_TRACKS)
    button = page.locator("talk-button button")
    if way == "tap":
        button.click()
    elif way == "key":
        button.press("Enter")
    else:
        button.evaluate("button => button.click()")
    assert answer(page) == scripted.SENTENCES["departures"]["en"]
    microphones(page, given=1, live=0)
    expect(page.locator("station-header .light")).to_be_hidden()
    assert double.kinds()[-2:] == ["listen", "listen_free"]
    page.context.close()


def test_the_voice_is_still_before_the_microphone_opens_and_echo_is_cancelled(chromium: Browser, url: str, double: FakeAssistant) -> None:
    double.speaks = True
    page = open_page(chromium, url, script=WATCH_TRACKS + WATCH_SOUND)
    page.get_by_role("button", name="How is the air?").click()
    expect(page.locator(".stage")).to_have_text("A computer speaks. Touch anywhere for silence")
    assert page.evaluate("sounding.size") > 0
    page.locator("talk-button button").click()
    page.locator("body[data-phase=listening]").wait_for()
    assert page.evaluate("heardWhileOpen") == 0, "its own voice was to be heard when the microphone opened"
    settings = page.evaluate("tracks[0].getSettings()")
    assert (settings["echoCancellation"], settings["noiseSuppression"], settings["autoGainControl"]) == (True, True, True)
    page.context.close()


def test_the_light_follows_the_track_alone(chromium: Browser, url: str) -> None:
    page = open_page(chromium, url, script=WATCH_TRACKS)
    page.locator("talk-button button").click()
    expect(page.locator("station-header .light")).to_be_visible()
    page.evaluate("tracks[0].stop()")
    expect(page.locator("station-header .light")).to_be_hidden(timeout=1000)
    page.context.close()


def microphones(page: Page, given: int, live: int) -> None:
    """Waits until `given` microphones were given and what they lead to is over; then `live` are live, and the light says so."""
    page.wait_for_function("given => tracks.length === given", arg=given)
    page.wait_for_timeout(500)
    assert page.evaluate("tracks.filter((track) => track.readyState === 'live').length") == live
    expect(page.locator("station-header .light")).to_be_visible(visible=live > 0)


@pytest.mark.parametrize("order", ["first first", "last first"])
def test_a_microphone_that_comes_late_is_closed_at_once(chromium: Browser, url: str, double: FakeAssistant, order: str) -> None:
    page = open_page(chromium, url, script=HOLD_TRACKS)
    button = page.locator("talk-button button")
    for _ in range(2):
        button.hover()
        page.mouse.down()
        page.locator("body[data-phase=opening]").wait_for()
        page.wait_for_timeout(600)
        page.mouse.up()
        page.locator("body[data-phase=idle]").wait_for()
    page.mouse.down()
    page.locator("body[data-phase=opening]").wait_for()
    page.wait_for_function("() => waiting.length === 3")
    microphones(page, given=0, live=0)
    live = 0
    for given, which in enumerate([0, 1, 2] if order == "first first" else [2, 1, 0], start=1):
        page.evaluate("which => waiting[which]()", which)
        live = max(live, int(which == 2))
        microphones(page, given=given, live=live)
    expect(page.locator("body")).to_have_attribute("data-phase", "listening")
    assert double.kinds().count("listen") == 1
    page.mouse.up()
    answer(page)
    microphones(page, given=3, live=0)
    page.context.close()


def test_a_microphone_that_comes_after_the_time_out_is_closed(chromium: Browser, url: str) -> None:
    page = open_page(chromium, url, script=HOLD_TRACKS)
    page.clock.install()
    button = page.locator("talk-button button")
    button.click()
    page.locator("body[data-phase=opening]").wait_for()
    page.clock.run_for(10_500)
    assert "Touching and typing work" in answer(page)
    page.clock.resume()
    button.click()
    page.wait_for_function("() => waiting.length === 2")
    page.evaluate("waiting[0]()")
    microphones(page, given=1, live=0)
    page.evaluate("waiting[1]()")
    microphones(page, given=2, live=1)
    button.click()
    answer(page)
    microphones(page, given=2, live=0)
    page.context.close()


def test_captions_appear_while_speaking(page: Page, double: FakeAssistant) -> None:
    page.locator("talk-button button").click()
    page.locator("body[data-phase=listening]").wait_for()
    assert until(lambda: double.sound)
    double.push(wire.CaptionMessage(turn_id="turn-1", text="when is the", final=False))
    expect(page.locator(".question")).to_have_text("when is the")


def test_nothing_heard_is_told_with_tiles(page: Page, double: FakeAssistant) -> None:
    double.heard = ""
    page.locator("talk-button button").click()
    page.locator("body[data-phase=listening]").wait_for()
    page.locator("talk-button button").click()
    assert "did not hear" in answer(page)
    expect(page.locator("suggestion-tiles button")).to_have_count(6)


def test_a_refused_microphone_leaves_touch_and_typing(chromium: Browser, url: str) -> None:
    page = open_page(chromium, url, script=REFUSE_MICROPHONE)
    page.locator("talk-button button").click()
    assert "Touching and typing work" in answer(page)
    page.locator("suggestion-tiles button").nth(2).click()
    expect(page.locator("place-card")).to_be_visible()
    page.context.close()


def test_a_lost_connection_closes_the_microphone(chromium: Browser, url: str, double: FakeAssistant) -> None:
    page = open_page(chromium, url, script=WATCH_TRACKS)
    page.locator("talk-button button").click()
    page.locator("body[data-phase=listening]").wait_for()
    double.drop()
    assert "lost the connection while you spoke" in answer(page)
    assert page.evaluate("tracks.map((track) => track.readyState)") == ["ended"]
    page.context.close()
