"""Chromium with a fake microphone, and the page at every size."""

import math
import struct
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.fake_assistant import FakeAssistant, serve

CHROMIUM = Path("/usr/bin/chromium")
SMALL = {"small": (800, 480)}
"""The smallest screen: a 7-inch touch display."""
SIZES = {"portrait": (1080, 1920), "landscape": (1280, 800), "wide": (1920, 1080), **SMALL}


@pytest.fixture(scope="session")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that Chromium's fake microphone plays; it is read anew whenever the page opens the microphone."""
    path = tmp_path_factory.mktemp("microphone") / "said.wav"
    write_tone(path)
    return path


def write_tone(path: Path) -> None:
    """Five seconds of a loud tone."""
    tone = (int(8000 * math.sin(2 * math.pi * 440 * n / 48000)) for n in range(48000 * 5))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48000, 0, "NONE", ""))
        file.writeframes(struct.pack(f"<{48000 * 5}h", *tone))


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


def open_page(browser: Browser, url: str, size: str = "landscape", script: str = "") -> Page:
    """The page, idle, at a size; `script` runs before the page's own."""
    width, height = SIZES[size]
    page = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce").new_page()
    page.set_default_timeout(10_000)
    page.add_init_script(script or "0")
    page.goto(url)
    page.locator("body[data-phase=idle]").wait_for()
    return page


@pytest.fixture
def double() -> Iterator[FakeAssistant]:
    """The double, before the page meets it. A message that does not fit the protocol fails the test."""
    fake = FakeAssistant()
    yield fake
    assert fake.refused == []


@pytest.fixture
def url(double: FakeAssistant) -> Iterator[str]:
    """The address of the double."""
    with serve(double) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, url: str) -> Iterator[Page]:
    """The page, idle, at 1280 x 800. Its errors and refusals of its security policy fail the test."""
    troubles: list[str] = []
    opened = open_page(chromium, url)
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    yield opened
    opened.context.close()
    assert troubles == []


def answer(page: Page) -> str:
    """The answer's text, once there is one."""
    page.locator("body[data-phase=answer]").wait_for()
    return page.locator(".answer").inner_text()
