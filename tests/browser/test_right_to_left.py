"""The page in a language written from right to left: mirrored, whole, and times and platforms still legible."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser

from tests.browser import scripted
from tests.browser.checks import faults, grey
from tests.browser.pseudo import CODE, PseudoAssistant, pseudo, taught
from tests.browser.stage import Stage, stage

MAIN = [
    "idle", "listening", "departures", "journey", "route", "place", "air", "choices", "keyboard-typed", "quiet", "banner-card",
    "settings", "languages", "privacy", "help", "alarm", "alarm-two",
]  # fmt: skip
ORDER = {
    "idle": [
        ("station-header h1", "station-header .clock"),
        ("kiosk-dock .type", "talk-button button"),
        ("talk-button button", "kiosk-dock language-switch"),
        ("departures-board tbody tr:nth-child(1) .line-badge", "departures-board tbody tr:nth-child(1) .headsign"),
        ("departures-board tbody tr:nth-child(1) td:first-child", "departures-board tbody tr:nth-child(1) .line-badge"),
        ("suggestion-tiles li:nth-child(1)", "suggestion-tiles li:nth-child(2)"),
        ("suggestion-tiles li:nth-child(1) .icon", "suggestion-tiles li:nth-child(1) button > span:last-child"),
    ],
    "place": [("place-card .icon", "place-card h2")],
    "route": [("route-card .steps li .icon", "route-card .steps li p")],
    "keyboard-typed": [("text-entry input", "text-entry .send"), ("text-entry .send", "text-entry .close")],
    "alarm": [("alarm-screen .sign", "alarm-screen .clock"), ("alarm-way .steps li .icon", "alarm-way .steps li span:last-child")],
}
"""What stands before what, in the direction of reading."""
ARROWS = {
    "keyboard-typed": "text-entry .send .icon",
    "choices": "choices-card button .icon:last-child",
    "alarm-two": "alarm-screen .next .icon",
}
CENTRE = """selector => {
  const element = [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());
  if (!element) return null;
  const box = element.getBoundingClientRect();
  return box.left + box.width / 2;
}"""
BACKWARDS = r"""() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.checkVisibility()) continue;
    for (const { 0: part, index } of node.data.matchAll(/\d[\d:.]*\d|[A-Z]{1,2} \d+/g)) {
      const boxes = [...part].map((_, place) => {
        range.setStart(node, index + place);
        range.setEnd(node, index + place + 1);
        return range.getBoundingClientRect();
      });
      const oneLine = boxes.every((box) => Math.abs(box.top - boxes[0].top) < 2);
      if (oneLine && boxes.some((box, place) => place && box.left < boxes[place - 1].left - 0.5)) found.push(node.data);
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def shared(chromium: Browser) -> Iterator[Stage]:
    """One page for all tests."""
    with taught(), stage(chromium, PseudoAssistant) as made:
        yield made


def test_the_made_language_is_longer_and_keeps_gaps_and_figures() -> None:
    english = "Expected {time}, platform {platform}"
    made = pseudo(english)
    assert re.findall(r"\{\w+\}", made) == ["{time}", "{platform}"]
    assert not re.search("[A-Za-z]", re.sub(r"\{\w+\}", "", made))
    assert len(pseudo("Next departures")) >= 1.25 * len("Next departures")
    assert pseudo("12:30") == "12:30"


SHOWN = [
    pytest.param(state, size, marks=[] if (number + place) % 2 == 0 else [pytest.mark.long])
    for number, state in enumerate(MAIN) for place, size in enumerate(("portrait", "landscape"))
]  # fmt: skip
"""Each at one size, in turn; the other one in `make test-long`."""


@pytest.mark.parametrize(("state", "size"), SHOWN)
def test_a_state_is_whole(shared: Stage, state: str, size: str) -> None:
    page = shared.show(state, CODE, size)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    found = faults(page)
    assert not found, "\n".join(found)
    assert page.evaluate(BACKWARDS) == []


@pytest.mark.parametrize("state", ORDER)
def test_a_state_is_mirrored(shared: Stage, state: str) -> None:
    for language, sign in (("en", 1), (CODE, -1)):
        page = shared.show(state, language)
        for first, second in ORDER[state]:
            one, other = page.evaluate(CENTRE, first), page.evaluate(CENTRE, second)
            assert one is not None, first
            assert other is not None, second
            assert (other - one) * sign > 0, f"{language}: {first} does not stand before {second}"


@pytest.mark.parametrize("state", ARROWS)
def test_arrows_point_the_other_way(shared: Stage, state: str) -> None:
    there, back = (grey(shared.show(state, language).locator(ARROWS[state]).first.screenshot()) for language in ("en", CODE))
    height, width = (min(sizes) for sizes in zip(there.shape, back.shape, strict=True))
    there, back = there[:height, :width], back[:height, :width]
    assert np.abs(np.fliplr(there) - back).mean() < np.abs(there - back).mean() * 0.6


def test_the_hours_of_the_air_stand_below_their_bars(shared: Stage) -> None:
    page = shared.show("air", CODE)
    bars, hours = (
        page.locator(selector).evaluate_all("all => all.map((one) => one.getBoundingClientRect()).map((box) => box.left + box.width / 2)")
        for selector in ("air-quality.card .day svg path", "air-quality.card .day .hours > *")
    )
    assert len(bars) == len(hours) == len(scripted.DAY)
    assert all(abs(bar - hour) < 20 for bar, hour in zip(bars, hours, strict=True) if bar), list(zip(bars, hours, strict=True))


def test_the_check_finds_times_that_are_turned_round(shared: Stage) -> None:
    page = shared.show("idle", CODE)
    page.evaluate("document.querySelector('.date').textContent = '\\u202e08:06'")
    assert page.evaluate(BACKWARDS) != []
