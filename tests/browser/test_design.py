"""The design holds in every look: contrast of the themes, height of the largest letters, low reach, nothing cut."""

import math
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from assistant.kiosk import protocol as wire
from tests.browser import acts
from tests.browser.checks import CUT
from tests.browser.conftest import open_page
from tests.browser.fake_assistant import FakeAssistant, serve
from tests.browser.stage import SCREENS, THEMES, Stage, stage

pytestmark = pytest.mark.long

INCHES = {"portrait": 32.0, "landscape": 10.1, "wide": 24.0, "small": 7.0}
DISTANCE_MM = {"portrait": 600, "landscape": 400, "wide": 600, "small": 400}
DEGREES = 0.7
CAPITAL = 0.733
"""Of the size of a letter of Noto Sans."""
ENOUGH = {"light": 7.0, "dark": 7.0, "contrast": 10.0}
ON = {
    "page": ("text", "text-quiet"),
    "raised": ("text", "text-quiet", "text-good", "text-bad"),
    "pill": ("text", "text-quiet", "text-good", "text-bad"),
    "board": ("on-board", "on-board-quiet", "on-board-accent"),
    "board-raised": ("on-board", "on-board-quiet", "on-board-accent"),
    "strong": ("on-strong", "on-strong-accent"),
    "sign": ("on-sign",),
    "accent": ("on-accent",),
    "plate": ("on-plate",),
    "record": ("on-record",),
    "signal-light": ("signal-dark", "danger", "safe"),
    "signal-pill": ("signal-dark",),
    "danger": ("signal-light",),
    "caution": ("signal-dark",),
    "safe": ("signal-light",),
}
"""Surface → the letters that stand on it."""
TOKENS = """names => {
  const style = getComputedStyle(document.documentElement);
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  return Object.fromEntries(names.map((name) => {
    canvas.fillStyle = style.getPropertyValue(`--${name}`);
    canvas.fillRect(0, 0, 1, 1);
    return [name, [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)];
  }));
}"""
LETTERS = """smallest => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    if (!node.data.trim() || !box.checkVisibility({ visibilityProperty: true }) || box.closest("script, svg")) continue;
    if ([box, box.parentElement].some((each) => getComputedStyle(each).clipPath !== "none")) continue;
    const size = parseFloat(getComputedStyle(box).fontSize);
    if (size < smallest) found.push(`${box.localName}.${box.className} ${size} ${node.data.trim().slice(0, 20)}`);
  }
  return found;
}"""
OUT_OF_REACH = """() => {
  const found = [];
  const open = document.querySelector("dialog[open]");
  for (const target of document.querySelectorAll("button, summary, input, a[href]")) {
    if (!target.checkVisibility({ visibilityProperty: true }) || target.disabled || (open && !open.contains(target))) continue;
    const label = target.closest("label") ?? target;
    const box = label.getBoundingClientRect();
    let [highest, lowest] = [box.top + box.height / 2, box.top + box.height / 2];
    for (let region = label.parentElement; region; region = region.parentElement) {
      if (!/auto|scroll/.test(getComputedStyle(region).overflowY) || region.scrollHeight <= region.clientHeight) continue;
      lowest = Math.min(lowest + region.scrollTop, region.getBoundingClientRect().bottom - box.height / 2);
    }
    if (lowest < innerHeight / 2 - 1) found.push(`${target.innerText || target.className} at ${Math.round(lowest)} of ${innerHeight}`);
  }
  return found;
}"""
"""A control is in reach where it stands in the lower half, or can be scrolled there."""
MAIN = ["idle", "departures", "route", "place", "air", "journey", "choices", "text", "settings", "help", "privacy", "languages", "quiet"]
TOUCHED = [*MAIN, "keyboard", "banner", "banner-cards", "failed"]


@pytest.fixture(scope="module")
def shown(chromium: Browser) -> Iterator[Stage]:
    """One page for all."""
    with stage(chromium) as made:
        yield made


def _luminance(rgb: list[int]) -> float:
    red, green, blue = (value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(a: list[int], b: list[int]) -> float:
    dark, light = sorted((_luminance(a), _luminance(b)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_letters_are_seen_on_every_surface(shown: Stage, theme: str) -> None:
    page = shown.show("idle", theme=theme)
    colours: dict[str, Any] = page.evaluate(TOKENS, sorted({*ON, *(name for names in ON.values() for name in names)}))
    weak = {
        f"{letters} on {surface}": round(_contrast(colours[letters], colours[surface]), 2)
        for surface, names in ON.items()
        for letters in names
        if _contrast(colours[letters], colours[surface]) < (7.0 if "signal" in letters + surface else ENOUGH[theme])
    }
    assert weak == {}


def smallest(size: str) -> float:
    """Pixels of a letter whose capital is 0.7° high."""
    capital_mm = 2 * DISTANCE_MM[size] * math.tan(math.radians(DEGREES / 2))
    return capital_mm / CAPITAL * math.hypot(*SCREENS[size]) / INCHES[size] / 25.4


@pytest.mark.parametrize("state", MAIN)
def test_the_largest_letters_are_high_enough_and_whole(shown: Stage, state: str) -> None:
    found = {}
    for size in SCREENS:
        page = shown.show(state, size=size, text="largest")
        found[size] = page.evaluate(LETTERS, smallest(size)) + page.evaluate(CUT)
    assert {size: faults for size, faults in found.items() if faults} == {}


@pytest.mark.parametrize("state", TOUCHED)
def test_all_that_is_touched_is_in_low_reach(shown: Stage, state: str) -> None:
    found = {}
    for size, text in product(SCREENS, ("normal", "largest")):
        page = shown.show(state, size=size, text=text, reach="low")
        found[size, text] = page.evaluate(OUT_OF_REACH) + page.evaluate(CUT)
    assert {look: faults for look, faults in found.items() if faults} == {}


def test_the_station_says_how_large_its_screen_is(chromium: Browser) -> None:
    double = FakeAssistant()
    double.screen = wire.ScreenSize(inches=32, distance_mm=900)
    with serve(double) as url:
        page = open_page(chromium, url, "portrait")
        acts.tell(page, "prefer", {"text": "largest"})
        size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        page.context.close()
    assert size == math.ceil(max(45, smallest("portrait") * 900 / 600))


def test_the_mouse_is_seen_and_a_finger_has_no_arrow(shown: Stage) -> None:
    page = shown.show("idle")
    heading = page.locator("suggestion-tiles h2")
    page.evaluate("document.dispatchEvent(new PointerEvent('pointerdown', {pointerType: 'touch'}))")
    expect(heading).to_have_css("cursor", "none")
    page.mouse.move(10, 10)
    expect(heading).not_to_have_css("cursor", "none")


def test_the_checks_find_faults(shown: Stage) -> None:
    page = shown.show("idle", size="portrait", text="largest")
    page.locator(".date").evaluate("node => { node.style.fontSize = '20px'; }")
    assert page.evaluate(LETTERS, smallest("portrait"))
    page.locator("button.type").evaluate("node => { node.style.position = 'fixed'; node.style.top = '0'; }")
    assert page.evaluate(OUT_OF_REACH)
    page.locator("[style]").evaluate_all("nodes => nodes.forEach((node) => node.matches('.date, .type') && node.removeAttribute('style'))")
