"""Chromium with a fake microphone, and the page at both sizes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.fake_assistant import FakeAssistant, serve

CHROMIUM = Path("/usr/bin/chromium")
SIZES = {"portrait": (1080, 1920), "landscape": (1280, 800)}


@pytest.fixture(scope="session")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that Chromium's fake microphone plays; it is read anew whenever the page opens the microphone."""
    return tmp_path_factory.mktemp("microphone") / "said.wav"


@pytest.fixture(scope="session")
def chromium(microphone: Path) -> Iterator[Browser]:
    """Debian's Chromium, as the kiosk runs it, with a fake microphone."""
    flags = [
        "--no-sandbox",
        "--autoplay-policy=no-user-gesture-required",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={microphone}%noloop",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


def open_page(browser: Browser, url: str, size: str = "landscape", *, idle: bool = True) -> Page:
    """The page at a size; any error of the page fails the test that reads `page.errors`."""
    width, height = SIZES[size]
    page = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce").new_page()
    page.set_default_timeout(10_000)
    page.goto(url)
    if idle:
        page.locator("body[data-phase=idle]").wait_for()
    return page


@pytest.fixture
def double() -> FakeAssistant:
    """The double, before the page meets it."""
    return FakeAssistant()


@pytest.fixture
def url(double: FakeAssistant) -> Iterator[str]:
    """The address of the double."""
    with serve(double) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, url: str) -> Iterator[Page]:
    """The page, idle, at 1280 × 800. Errors and refusals of its security policy fail the test."""
    troubles: list[str] = []
    opened = open_page(chromium, url)
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    yield opened
    opened.context.close()
    assert troubles == []
