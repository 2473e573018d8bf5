"""How alarms and warnings look: whole at every size, legible from afar, told by shape and word; what is not real never looks real."""

import io
import itertools
import re

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page, expect

from tests.browser import scripted_alerts as alerts
from tests.browser.conftest import SIZES, SMALL, open_page
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.pictures import ALARMS, FOLDER
from tests.browser.test_accessible import check

KINDS = {"red": "danger", "yellow": "caution", "green": "safe"}
SCROLLED = """() => [...document.querySelectorAll("alarm-screen .text, alarm-screen alarm-way")]
  .filter((part) => part.checkVisibility() && part.scrollHeight > part.clientHeight + 1).map((part) => part.className || part.localName)"""
OVERLAPPING = """() => {
  const all = document.querySelectorAll("alarm-screen :is(.head .sign, .clock, .text, alarm-way, .stack, language-switch, .disclaimer)");
  const parts = [...all].filter((part) => part.checkVisibility() && part.textContent.trim())
    .map((part) => [part.className || part.localName, part.getBoundingClientRect()]);
  const found = [];
  for (const [i, [name, a]] of parts.entries()) {
    if (a.bottom > innerHeight || a.right > innerWidth) found.push(`${name} leaves the screen`);
    for (const [other, b] of parts.slice(i + 1)) {
      const beside = a.left >= b.right - 1 || b.left >= a.right - 1 || a.top >= b.bottom - 1 || b.top >= a.bottom - 1;
      if (!beside) found.push(`${name} covers ${other}`);
    }
  }
  return found;
}"""
CAPITAL = """(selector) => {
  const element = document.querySelector(selector);
  const pen = document.createElement("canvas").getContext("2d");
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
  pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  return pen.measureText("H").actualBoundingBoxAscent;
}"""


EVERY_SIZE = list(SIZES | SMALL)
LANGUAGES = ["en", "zh", "ko"]
SHOWN = [
    pytest.param(
        state, size, language, marks=[] if place == number % len(EVERY_SIZE) and turn == number % len(LANGUAGES) else [pytest.mark.long]
    )
    for number, state in enumerate(ALARMS) for place, size in enumerate(EVERY_SIZE) for turn, language in enumerate(LANGUAGES)
]  # fmt: skip
"""Each at one size in one language, in turn; all the others in `make test-long`."""


@pytest.mark.parametrize(("state", "size", "language"), SHOWN)
def test_an_alarm_is_accessible_and_whole(chromium: Browser, url: str, double: FakeAssistant, state: str, size: str, language: str) -> None:
    page = open_page(chromium, url, size)
    ALARMS[state](page, double, language)
    check(page, f"{state} {size} {language}")
    assert page.evaluate(OVERLAPPING) == []
    if state != "alarm-long":
        assert page.evaluate(SCROLLED) == []
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / (f"{state}-{size}.png" if language == "en" else f"{state}-{language}-{size}.png"))
    page.context.close()


def test_what_is_too_long_is_scrolled_by_keyboard(chromium: Browser, url: str, double: FakeAssistant) -> None:
    page = open_page(chromium, url, "small")
    double.warn(alerts.fire(instruction={"en": "Walk, do not run, and help others. " * 40}))
    text = page.locator("alarm-screen .text")
    text.focus()
    assert page.evaluate(SCROLLED) == ["text"]
    page.keyboard.press("End")
    page.wait_for_function("() => document.querySelector('alarm-screen .text').scrollTop > 0")
    assert page.evaluate(OVERLAPPING) == []
    page.context.close()


def test_the_word_is_legible_from_three_metres(chromium: Browser, url: str, double: FakeAssistant) -> None:
    """0.7 degrees (EN 301 549, 5.1.4) at 3 m are 36.7 mm; a 32-inch screen upright has 0.369 mm a pixel, a 27-inch one lying 0.454 mm."""
    for size, millimetres in (("portrait", 0.369), ("landscape", 0.454)):
        page = open_page(chromium, url, size)
        double.warn(alerts.fire())
        page.locator("body[data-phase=alarm]").wait_for()
        word, headline, step = (page.evaluate(CAPITAL, f"alarm-screen {part}") * millimetres for part in (".word", "h1", ".steps li"))
        print(f"{size}: word {word:.1f} mm, headline {headline:.1f} mm, steps {step:.1f} mm")
        assert word >= 36.7
        assert headline >= 18.4, "0.7 degrees at 1.5 m"
        assert step >= 7.3, "0.7 degrees at 0.6 m"
        double.warn()
        page.context.close()


def grey(page: Page, selector: str) -> NDArray[np.uint8]:
    """What an element looks like without colour, 0 to 255."""
    png = page.locator(selector).screenshot()
    with av.open(io.BytesIO(png)) as picture:
        return next(picture.decode(video=0)).to_ndarray(format="gray")


def test_shape_and_word_tell_the_kind_without_colour(chromium: Browser, url: str, double: FakeAssistant) -> None:
    page = open_page(chromium, url)
    shapes, words, pictures = set(), [], []
    for colour, kind in KINDS.items():
        double.warn(alerts.fire(colour=colour))
        page.locator(f"alarm-screen[data-kind={kind}]").wait_for()
        shapes.add(page.locator("alarm-screen .alert-sign .shape").get_attribute("d"))
        words.append(page.locator("alarm-screen .word").inner_text())
        picture = grey(page, "alarm-screen .head .alert-sign")
        light, dark = (((np.percentile(picture, share) / 255) ** 2.2 + 0.05) for share in (95, 5))
        assert light / dark >= 4.5, f"the sign of {colour} does not stand out in grey"
        pictures.append((picture > (int(picture.min()) + int(picture.max())) / 2) ^ (colour == "yellow"))
    assert words == ["DANGER", "CAUTION", "SAFE"]
    assert len(shapes) == 3
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert np.mean(pictures[one] != pictures[other]) > 0.05, "two signs look alike in grey"
    page.context.close()


@pytest.mark.parametrize(("status", "word"), [("Exercise", "EXERCISE"), ("Test", "TEST"), ("System", "SYSTEM CHECK")])
def test_what_is_not_real_is_shown_as_what_it_is(page: Page, double: FakeAssistant, status: str, word: str) -> None:
    double.warn(alerts.fire(status=status))
    line = page.locator("alert-banner .line")
    expect(line.locator(".word")).to_have_text(word)
    expect(page.locator("body")).to_have_attribute("data-phase", "idle")
    expect(page.locator("alarm-screen")).to_be_hidden()
    red = r"rgb\(158, 11, 23\)"
    assert not re.search(red, line.evaluate("line => getComputedStyle(line).backgroundColor"))
    line.click()
    card = page.locator("alert-banner article")
    expect(card).to_contain_text(word)
    expect(card).to_contain_text("This is not a real emergency.")
    expect(card).to_contain_text(alerts.DISCLAIMER["en"])
    assert not re.search(red, card.locator(".sign").evaluate("sign => getComputedStyle(sign).backgroundColor"))
    real = page.evaluate("import('./components/alert-sign/alert-sign.js').then(({alertSign}) => alertSign('danger').innerHTML)")
    assert card.locator(".alert-sign").inner_html() != real


def test_a_banner_covers_nothing_and_a_conversation_goes_on_below_it(page: Page, double: FakeAssistant) -> None:
    double.warn(alerts.dust(), alerts.exercise())
    expect(page.locator("alert-banner .line")).to_contain_text("CAUTION")
    expect(page.locator("alert-banner .more")).to_have_text("1 more")
    tops = page.evaluate("""() => ["station-header", "alert-banner", "main", "kiosk-dock"].map((name) => {
      const box = document.querySelector(name).getBoundingClientRect(); return [box.top, box.bottom]; })""")
    assert all(above[1] <= below[0] + 1 for above, below in itertools.pairwise(tops)), tops
    page.get_by_role("button", name="Where are the toilets?").click()
    expect(page.locator("place-card")).to_be_visible()
    expect(page.locator("alert-banner .line")).to_be_visible()
    page.locator("alert-banner .line").click()
    expect(page.locator("alert-banner article")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("alert-banner dialog[open]")).to_be_hidden()
    expect(page.locator("place-card")).to_be_visible()
    page.locator("alert-banner .line").click()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("alert-banner dialog[open]")).to_be_hidden()
    double.warn()
    expect(page.locator("alert-banner")).to_be_hidden()
    expect(page.locator("place-card")).to_be_visible()


def test_a_banner_stays_while_the_connection_is_lost(page: Page, double: FakeAssistant) -> None:
    double.warn(alerts.dust())
    page.locator("alert-banner .line").wait_for()
    double.leave()
    expect(page.locator("offline-screen")).to_be_visible()
    expect(page.locator("alert-banner .line")).to_contain_text("Last known at 08:02")
    page.locator("alert-banner .line").click()
    expect(page.locator("alert-banner article")).to_contain_text(alerts.dust().instruction["en"])
    double.alerts = []
    double.back()
    expect(page.locator("alert-banner")).to_be_hidden()
    expect(page.locator("alert-banner dialog[open]")).to_be_hidden()


@pytest.mark.parametrize("language", ["zh", "ko"])
def test_a_banner_speaks_the_language_of_the_page(page: Page, double: FakeAssistant, language: str) -> None:
    double.warn(alerts.dust())
    page.locator(f"kiosk-dock [data-language={language}]").click()
    expect(page.locator("alert-banner .headline")).to_have_text(alerts.dust().headline[language])
