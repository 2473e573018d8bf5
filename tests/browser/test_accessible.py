"""Every state at both sizes, by axe with its strictest rules, and nothing cut off."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SIZES, open_page
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.pictures import STATES

AXE = {"rules": {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}}}
CUT = """() => {
  const found = [];
  const clips = (box) => /hidden|clip/.test(getComputedStyle(box).overflowX + getComputedStyle(box).overflowY);
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility() || element.closest("svg") || !element.textContent.trim()) continue;
    const inside = element.getBoundingClientRect();
    if (inside.left < -1 || inside.right > innerWidth + 1) found.push(`${element.localName}.${element.className} leaves the screen`);
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth && getComputedStyle(element).display !== "inline")
      found.push(`${element.localName}.${element.className} is cut sideways`);
    if (clips(element) && element.localName !== "body" && element.scrollHeight > element.clientHeight + 1)
      found.push(`${element.localName}.${element.className} is cut below`);
  }
  for (const row of document.querySelectorAll("idle-screen departures-board tr")) {
    const board = row.closest("idle-screen").querySelector("air-quality").getBoundingClientRect();
    if (row.checkVisibility() && row.getBoundingClientRect().bottom > board.top + 1) found.push("a departure is hidden by the air");
  }
  for (const tiles of document.querySelectorAll("suggestion-tiles.idle")) {
    if (tiles.checkVisibility() && tiles.scrollHeight > tiles.clientHeight + 1) found.push("tiles are hidden");
  }
  return found;
}"""
SMALL = """() => [...document.querySelectorAll("button")]
  .filter((button) => button.checkVisibility() && !button.disabled)
  .map((button) => [button.innerText, button.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44)
  .map(([name]) => name)"""


def check(page: Page, name: str) -> None:
    """No finding of axe, nothing cut off, no small target."""
    result = Axe().run(page, options=AXE)
    assert result.violations_count == 0, f"{name}: {result.generate_report()}"
    assert page.evaluate(CUT) == [], name
    assert page.evaluate(SMALL) == [], name


SHOWN = [
    pytest.param(state, size, marks=[] if (number + place) % len(SIZES) == 0 else [pytest.mark.long])
    for number, state in enumerate(STATES) for place, size in enumerate(SIZES)
]  # fmt: skip
"""Each at one size, in turn; the other one in `make test-long`."""


@pytest.mark.parametrize(("state", "size"), SHOWN)
def test_a_state_is_accessible_and_whole(chromium: Browser, url: str, double: FakeAssistant, state: str, size: str) -> None:
    page = open_page(chromium, url, size)
    page.locator("departures-board tbody tr").first.wait_for()
    STATES[state](page, double)
    check(page, f"{state} {size}")
    page.context.close()


def test_the_check_finds_faults(chromium: Browser, url: str) -> None:
    page = open_page(chromium, url)
    page.locator("departures-board tbody tr").first.wait_for()
    page.evaluate("document.querySelector('.date').style.color = '#667'; document.querySelector('button.type span').textContent = ''")
    assert Axe().run(page, options=AXE).violations_count >= 2
    page.evaluate("document.querySelector('departures-board h2').style.minHeight = '400px'")
    assert page.evaluate(CUT)
    page.evaluate("document.querySelector('button.type').style.cssText = 'min-height: 0; height: 20px'")
    assert page.evaluate(SMALL)
    page.context.close()
