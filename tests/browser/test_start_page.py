"""The page on the disk that waits for the assistant."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.settings import ROOT
from tests.browser.conftest import SIZES
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.test_accessible import check
from tests.browser.test_robust import free_port, on
from tests.conftest import until

START = (ROOT / "kiosk_ui" / "start.html").as_uri()
LANGUAGES = json.loads((ROOT / "kiosk_ui" / "locales" / "languages.json").read_text(encoding="utf-8"))
SPOKEN = {"en": "en-GB", "zh": "zh-Hans", "ko": "ko"}


@pytest.fixture
def start(chromium: Browser) -> Iterator[Page]:
    """A page at the smallest screen's size, before it goes anywhere."""
    context = chromium.new_context(viewport={"width": 800, "height": 480})
    yield context.new_page()
    context.close()


def test_it_goes_to_an_assistant_that_starts_later(start: Page) -> None:
    port = free_port()
    start.goto(f"{START}#http://127.0.0.1:{port}/&emergency=112")
    expect(start.locator("h1")).to_have_text("I will be right back.")
    expect(start.locator(".number")).to_have_text("112")
    expect(start.locator("time")).to_be_visible()
    expect(start.locator(".mistake")).to_be_hidden()
    start.wait_for_timeout(1200)
    assert start.url.startswith("file:")
    with on(port, FakeAssistant()):
        start.locator("body[data-phase=idle]").wait_for()
        assert start.url == f"http://127.0.0.1:{port}/"


def test_its_words_are_those_of_the_page(start: Page) -> None:
    start.goto(f"{START}#http://127.0.0.1:1/")
    expect(start.locator("section")).to_have_count(len(SPOKEN))
    for language, tag in SPOKEN.items():
        words = json.loads((ROOT / "kiosk_ui" / "locales" / f"{language}.json").read_text(encoding="utf-8"))
        expect(start.locator(f"section[lang={tag}] :is(h1, h2)")).to_have_text(words["offline_title"])
        expect(start.locator(f"section[lang={tag}] p")).to_have_text(words["offline_text"])
        expect(start.locator(f"footer [lang={tag}]")).to_have_text(words["offline_emergency"])
        assert {"code": language, "tag": tag}.items() <= next(one for one in LANGUAGES if one["code"] == language).items()


@pytest.mark.parametrize(
    "address",
    ["", "http://example.org/", "https://127.0.0.1:8080/", "http://127.0.0.1.example.org/", "http://127.0.0.1:8080/path",
     "http://user@127.0.0.1/", "javascript:alert(1)", "http://127.0.0.1@example.org/", "//127.0.0.1:8080/", "http://127.0.0.1:65536/"],
)  # fmt: skip
def test_other_addresses_are_a_mistake(start: Page, address: str) -> None:
    asked: list[str] = []
    start.on("request", lambda request: asked.append(request.url))
    start.goto(f"{START}#{address}")
    expect(start.locator(".mistake")).to_be_visible()
    assert not [url for url in asked if not url.startswith("file:")]


def test_a_number_is_a_number(start: Page) -> None:
    start.goto(f"{START}#http://127.0.0.1:1/&emergency=+49 (0)30 112")
    expect(start.locator(".number")).to_have_text("+49 (0)30 112")
    start.goto("about:blank")
    start.goto(f"{START}#http://127.0.0.1:1/&emergency=call%20me")
    expect(start.locator(".number")).to_be_hidden()


def test_a_clock_that_stands_before_its_time_is_not_shown(start: Page) -> None:
    start.clock.install(time="2000-01-01T00:00:10")
    start.goto(f"{START}#http://127.0.0.1:1/")
    expect(start.locator("h1")).to_be_visible()
    expect(start.locator("time")).to_be_hidden()


@pytest.mark.parametrize("size", [*SIZES.values(), (800, 480)])
def test_it_is_accessible_and_whole(start: Page, size: tuple[int, int]) -> None:
    start.set_viewport_size({"width": size[0], "height": size[1]})
    start.goto(f"{START}#http://127.0.0.1:1/&emergency=112")
    check(start, f"start {size}")
    assert start.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_it_keeps_its_own_policy(start: Page) -> None:
    start.goto(f"{START}#http://127.0.0.1:1/")
    start.evaluate("""() => {
      window.refused = [];
      document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
      document.body.setAttribute("style", "color: red");
      fetch("http://192.0.2.1/").catch(() => {});
    }""")
    assert until(lambda: sorted(start.evaluate("refused")) == ["connect-src", "style-src-attr"])
