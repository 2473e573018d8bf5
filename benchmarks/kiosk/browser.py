"""A Chromium that is as slow as a small computer, and the pages it opens."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.browser.conftest import CHROMIUM

SLOWER = 6
"""So many times slower than this machine runs the page: about a Raspberry Pi 4 (the issue's own factor)."""
FLAGS = [
    "--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    "--enable-precise-memory-info",
]  # fmt: skip
WATCH = """
  window.seen = { long: [], events: [] };
  new PerformanceObserver((list) => seen.long.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => seen.events.push(...list.getEntries().filter(({ interactionId }) => interactionId)
    .map(({ interactionId, name, duration }) => ({ interactionId, name, duration })))).observe({ type: "event", durationThreshold: 16 });
"""
"""Long tasks, and how long the page took from an input to the next picture (Long Tasks and Event Timing of the W3C; in steps of 8 ms)."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def page(browser: Browser, *, slower: float = 1, width: int = 1280, height: int = 800) -> Iterator[tuple[Page, CDPSession]]:
    """A fresh page without cache, so many times slower, that watches itself."""
    context = browser.new_context(viewport={"width": width, "height": height})
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    session = context.new_cdp_session(opened)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    opened.add_init_script(WATCH)
    yield opened, session
    context.close()
