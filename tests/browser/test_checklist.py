"""Rows of the accessibility checklist that no other test shows; `docs/reference/accessibility.md` lists them all."""

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.kiosk import protocol as wire
from tests.browser import acts, scripted
from tests.browser import scripted_alerts as alerts
from tests.browser.checks import grey
from tests.browser.conftest import open_page
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.stage import THEMES, Stage, stage
from tests.browser.states import STATES
from tests.conftest import until

KEYBOARD = ["idle", "route", "journey", "choices", "keyboard-typed", "quiet", "settings", "help", "banner-card", "alarm-two"]
FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  element.dataset.met ??= String(document.querySelectorAll("[data-met]").length);
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const seen = [0.1, 0.5, 0.9].flatMap((across) => [0.1, 0.5, 0.9].map((down) => {
    const top = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
    return top !== null && (element.contains(top) || top.contains(element));
  }));
  return {
    name: `${element.localName}.${element.className} ${element.innerText?.slice(0, 30) ?? ""}`, number: element.dataset.met,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, seen: seen.some(Boolean), centre: seen[4],
    control: element.matches("button, input, summary"),
  };
}"""
UNREACHED = """() => {
  const open = document.querySelector("dialog[open]");
  return [...document.querySelectorAll("button, input, summary")]
    .filter((one) => one.checkVisibility() && !one.disabled && !one.closest("[inert]") && (!open || open.contains(one)))
    .filter((one) => one.type !== "radio" || one.checked)
    .filter((one) => one.dataset.met === undefined).map((one) => one.innerText || one.className);
}"""
RECORDING = """
  window.sounds = [];
  window.now = () => performance.now() / 1000; // each voice has a clock of its own
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (when = 0, ...more) {
    const sound = { from: window.now() + Math.max(0, when - this.context.currentTime), until: 0 };
    sound.until = sound.from + (this.buffer?.duration ?? 0);
    this.sound = sound;
    window.sounds.push(sound);
    return start.call(this, when, ...more);
  };
  const stop = AudioBufferSourceNode.prototype.stop;
  AudioBufferSourceNode.prototype.stop = function (...when) {
    if (this.sound) this.sound.until = Math.min(this.sound.until, Math.max(this.sound.from, window.now()));
    return stop.call(this, ...when);
  };
"""
TOGETHER_S = """() => {
  const edges = window.sounds.filter((sound) => sound.until > sound.from)
    .flatMap(({ from, until }) => [[from + 0.01, 1], [until, -1]]).sort(([one], [other]) => one - other);
  let [playing, together, since] = [0, 0, 0];
  for (const [at, change] of edges) {
    if (playing > 1) together += at - since;
    [playing, since] = [playing + change, at];
  }
  return { together, sounds: window.sounds.length };
}"""
LITTLE_S = 0.5
"""The row allows 3 s."""
LISTENING = """
  window.listened = new Set();
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, ...more) {
    window.listened.add(type);
    return listen.call(this, type, ...more);
  };
"""
FLASHING = """() => document.getAnimations().flatMap((animation) => {
  const { duration, iterations, direction } = animation.effect.getComputedTiming();
  const seen = animation.effect.getKeyframes().some((frame) => ["opacity", "visibility", "color", "backgroundColor", "filter", "fill"]
    .some((property) => frame[property] !== undefined));
  if (!seen || iterations < 2) return [];
  const second = 1000 / (direction.startsWith("alternate") ? duration * 2 : duration);
  return second > 3 ? [`${animation.effect.target.localName}.${animation.effect.target.className}: ${second} a second`] : [];
})"""


@pytest.fixture(scope="module")
def shared(chromium: Browser) -> Iterator[Stage]:
    """One page for the tests that show many states."""
    with stage(chromium) as made:
        yield made


def walk(page: Page) -> list[dict[str, Any]]:
    """Everything the key Tab reaches, until it begins again."""
    page.evaluate("document.activeElement?.blur()")
    met: dict[str, dict[str, Any]] = {}
    last = None
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or focused["number"] == last:  # The focus may leave the page and come back a moment later.
            continue
        last = focused["number"]
        if last in met:
            break
        met[last] = focused
    return list(met.values())


@pytest.mark.parametrize("state", KEYBOARD)
def test_the_key_tab_reaches_everything_and_the_focus_is_seen(shared: Stage, state: str) -> None:
    """Rows 17 and 18."""
    page = shared.show(state, size="small" if KEYBOARD.index(state) % 2 else "landscape")
    met = walk(page)
    assert page.evaluate(UNREACHED) == []
    assert [one["name"] for one in met if not one["seen"] or (one["control"] and not one["centre"])] == [], "hidden while it has the focus"
    assert [one["name"] for one in met if one["control"] and not one["ring"]] == [], "without a ring"
    page.evaluate("for (const one of document.querySelectorAll('[data-met]')) delete one.dataset.met")


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_stands_out_in_every_theme(shared: Stage, theme: str) -> None:
    """Row 18."""
    page = shared.show("idle", theme=theme)
    for selector in ("button.type", "suggestion-tiles button"):
        button = page.locator(selector).first
        box = button.bounding_box()
        assert box is not None
        around = {"x": box["x"] - 6, "y": box["y"] - 6, "width": box["width"] + 12, "height": box["height"] + 12}
        pictures = []
        for _ in range(2):
            pictures.append(grey(page.screenshot(clip=around)))  # type: ignore[arg-type]
            page.keyboard.press("Shift")  # The last thing done is a key: the ring is for those who use keys.
            button.focus()
        changed = np.abs(pictures[0] - pictures[1]) > 40
        assert changed.sum() > 2 * 2 * (box["width"] + box["height"]), f"{selector} looks alike with the focus"
        button.blur()


def test_no_two_sounds_compete(chromium: Browser, url: str, double: FakeAssistant) -> None:
    """Row 6: an answer is being said when another follows, then the warning before the wipe, then an alarm."""
    double.speaks = True
    page = open_page(chromium, url, script=RECORDING)
    acts.ask("place")(page, double, "en")
    page.locator(".stage .speaking").wait_for()
    acts.ask("air")(page, double, "en")
    assert until(lambda: page.evaluate(TOGETHER_S)["sounds"] > 30)
    acts.warning(page, double, "en")
    assert until(lambda: bool(double.read))
    double.warn(alerts.fire())
    acts.phase(page, "alarm")
    sounds = page.evaluate(TOGETHER_S)["sounds"]
    double.say_alarm(alerts.fire(), "en", 1.0)
    assert until(lambda: page.evaluate(TOGETHER_S)["sounds"] >= sounds + 10)
    assert page.evaluate(TOGETHER_S)["together"] < LITTLE_S
    page.context.close()


def test_what_is_read_is_in_the_language_shown(page: Page, double: FakeAssistant) -> None:
    """Row 13."""
    for language in ("ko", "zh"):
        acts.speak(page, language)
        acts.warning(page, double, language)
        assert until(lambda: [one.language for one in double.received if isinstance(one, wire.Read)][-1:] == [language])  # noqa: B023
        acts.tell(page, "start-over")


@pytest.mark.parametrize("way", ["touch", "keys"])
def test_everything_is_asked_without_speaking(chromium: Browser, url: str, double: FakeAssistant, way: str) -> None:
    """Row 15: there is no microphone at all."""
    page = open_page(chromium, url, script="navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('none'))")
    for number, label in enumerate(scripted.TILES["en"]):
        if way == "touch":
            page.get_by_role("button", name=label, exact=True).click()
        else:
            page.get_by_role("button", name=label, exact=True).focus()
            page.keyboard.press("Enter")
        acts.phase(page, "answer")
        asked = [one for one in double.received if isinstance(one, wire.AskMessage)]
        assert asked[-1].ask == scripted.ASKS[number]
        page.locator("button.over").click()
        acts.phase(page, "idle")
    page.locator("button.type").click()
    for key in ["t", "r", "a", "i", "n"]:
        page.get_by_role("button", name=key, exact=True).click()
    page.locator("text-entry .send").click()
    expect(page.locator(".answer")).to_have_text(scripted.SENTENCES["departures"]["en"])
    page.context.close()


def test_no_state_of_a_departure_is_told_by_colour_alone(shared: Stage) -> None:
    """Row 24: each has its own sign and its own word, and looks different in grey."""
    page = shared.show("idle", size="wide")
    told, pictures = {}, {}
    for row, status in ((1, "on_time"), (2, "delayed"), (3, "scheduled"), (5, "cancelled")):
        cell = page.locator(f"departures-board tbody tr:nth-child({row}) td:last-child")
        told[status] = (cell.locator(".icon").first.evaluate("icon => icon.innerHTML"), cell.inner_text())
        pictures[status] = grey(cell.locator(".icon").first.screenshot())
    assert len({sign for sign, _ in told.values()}) == len(told)
    assert len({word for _, word in told.values()}) == len(told)
    for (one, first), (other, second) in itertools.combinations(pictures.items(), 2):
        assert first.shape != second.shape or np.abs(first - second).mean() > 4, f"{one} and {other} look alike in grey"


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_chosen_is_seen_without_colour(shared: Stage, theme: str) -> None:
    """Row 24: the language chosen, and the setting chosen, differ in grey from those that are not."""
    page = shared.show("idle", theme=theme)
    chosen, other = (grey(page.locator(f"kiosk-dock [data-language={language}]").screenshot()) for language in ("en", "ko"))
    assert abs(float(np.median(chosen)) - float(np.median(other))) > 60
    page = shared.show("settings", theme=theme)
    pressed = page.locator("settings-panel [aria-pressed=true], settings-panel label:has(:checked)").first
    free = page.locator("settings-panel [aria-pressed=false], settings-panel label:has(input:not(:checked))").first
    signs = [
        one.locator(".icon").evaluate_all("icons => icons.filter((icon) => icon.checkVisibility({ visibilityProperty: true })).length")
        for one in (pressed, free)
    ]
    assert abs(float(np.median(grey(pressed.screenshot()))) - float(np.median(grey(free.screenshot())))) > 60 or signs[0] > signs[1]


def test_the_air_is_told_by_word_and_place_besides_colour(shared: Stage) -> None:
    """Row 24."""
    page = shared.show("air")
    card = page.locator("air-quality.card")
    expect(card).to_contain_text(scripted.AIR_LABEL["en"])
    expect(card).to_contain_text("42")
    chart = card.locator("svg[role=img]")
    assert (chart.get_attribute("aria-label") or chart.inner_text()).strip()
    pieces = chart.locator("path").evaluate_all(
        "bars => bars.map((bar) => [bar.getAttribute('class'), bar.getAttribute('d').split('M').length - 1])"
    )
    assert {number for kind, number in pieces if kind == "band-1"} == {1}
    assert {number for kind, number in pieces if kind == "band-2"} == {2}


def test_nothing_needs_a_drag_or_a_gesture(chromium: Browser, url: str, double: FakeAssistant) -> None:
    """Row 29: no part listens to what only a path of the finger makes. A scroll during an alarm says no more than that somebody reads."""
    page = open_page(chromium, url, script=LISTENING)
    for name in ("settings", "keyboard", "route", "listening"):
        STATES[name](page, double)
        acts.tell(page, "start-over")
        acts.phase(page, "idle")
    listened = set(page.evaluate("[...window.listened]"))
    paths = {"dragstart", "drag", "dragover", "drop", "touchstart", "touchend", "gesturestart", "gesturechange", "dblclick"}
    assert {"click", "pointerdown"} <= listened
    assert listened & paths == set()
    assert page.locator("[draggable=true], input[type=range]").count() == 0
    page.context.close()


@pytest.mark.parametrize("state", [*STATES, "alarm", "alarm-two", "alarm-over"])
def test_nothing_flashes_more_than_three_times_a_second(shared: Stage, state: str) -> None:
    """Row 30, by the animations the page has at work when motion is wanted."""
    shared.page.emulate_media(reduced_motion="no-preference")
    page = shared.show(state)
    assert page.evaluate(FLASHING) == []
    shared.page.emulate_media(reduced_motion="reduce")


def test_flashing_would_be_found(shared: Stage) -> None:
    page = shared.show("idle")
    page.evaluate("document.querySelector('h1').animate([{ opacity: 0 }, { opacity: 1 }], { duration: 200, iterations: Infinity })")
    assert len(page.evaluate(FLASHING)) == 1
    page.evaluate("for (const animation of document.getAnimations()) animation.cancel()")
