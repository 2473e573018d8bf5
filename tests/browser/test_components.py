"""Every component alone: its examples by axe and whole, its own tests in a real Chromium, and nothing asked of the assistant."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from assistant.settings import ROOT
from tests.browser.checks import AXE, AXE_SOURCE, CUT, SMALL
from tests.browser.fake_assistant import FakeAssistant, serve

FOLDER = ROOT / "kiosk_ui" / "components"
COMPONENTS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
THEMES = ("light", "dark", "contrast")
LANGUAGES = ("en", "zh", "ko")
TEXTS = ("normal", "large", "largest")
OF_A_WHOLE_PAGE = (
    "region", "page-has-heading-one", "heading-order", "landmark-banner-is-top-level", "landmark-complementary-is-top-level",
    "landmark-contentinfo-is-top-level", "landmark-main-is-top-level", "landmark-no-duplicate-banner", "landmark-no-duplicate-contentinfo",
    "landmark-no-duplicate-main", "landmark-one-main", "landmark-unique", "duplicate-id-aria",
)  # fmt: skip
"""Rules on how often something may stand on a page; here it stands once for every example. The kiosk's page is held to them."""
BY_DESIGN = {
    "caption-strip": {"p. is cut below"},  # Three lines, moved on as they are said.
    "idle-screen": {"a departure is hidden by the air"},  # Where there is no air; its own tests look at the rows.
}


@dataclass
class Gallery:
    """The examples in a browser, and what their page asked for."""

    url: str
    page: Page
    double: FakeAssistant
    asked: list[str] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def open(self, **query: str) -> Page:
        """Opens the examples page."""
        for log in (self.asked, self.connected, self.troubles):
            log.clear()
        self.page.goto(f"{self.url}/examples.html?{urlencode(query, quote_via=quote)}")
        self.page.locator("body[data-ready]").wait_for()
        return self.page


@pytest.fixture(scope="module")
def gallery(chromium: Browser) -> Iterator[Gallery]:
    """One page for all components, as small as the kiosk's screen."""
    double = FakeAssistant()
    with serve(double) as url:
        page = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce").new_page()
        page.set_default_timeout(15_000)
        shown = Gallery(url, page, double)
        page.on("request", lambda request: shown.asked.append(urlsplit(request.url).path))
        page.on("websocket", lambda socket: shown.connected.append(socket.url))
        page.on("pageerror", lambda error: shown.troubles.append(str(error)))
        page.on("console", lambda message: shown.troubles.append(message.text) if message.type in ("error", "warning") else None)
        yield shown
        page.context.close()


def axe(page: Page, disabled: tuple[str, ...] = ()) -> list[str]:
    """What axe finds, one line each."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(f"{AXE_SOURCE};0")
    options = {**AXE, "rules": {**AXE["rules"], **{rule: {"enabled": False} for rule in disabled}}}  # type: ignore[dict-item]
    found = page.evaluate("async (options) => (await axe.run(document, options)).violations", options)
    return [f"{one['id']}: {node['html'][:200]} {node['failureSummary'][-160:]}" for one in found for node in one["nodes"]]


def check(page: Page, component: str, name: str) -> None:
    """Something is shown; no finding of axe, nothing cut, no small target."""
    assert page.locator(".frame > *").count(), f"{name} shows nothing"
    found = [*axe(page, OF_A_WHOLE_PAGE), *page.evaluate(CUT), *(f"too small: {target}" for target in page.evaluate(SMALL))]
    assert [fault for fault in found if fault not in BY_DESIGN.get(component, ())] == [], name


def look(gallery: Gallery, component: str, **settings: str) -> None:
    """Every example of a component, in one setting."""
    page = gallery.open(component=component, **settings)
    assert gallery.troubles == []
    name = " ".join([component, *settings.values()])
    for example in page.locator(".alone a").all_inner_texts():  # One dialog at a time can stand on a page.
        check(gallery.open(component=component, example=example, **settings), component, f"{name} {example}")
        assert gallery.troubles == []
    if page.locator(".alone").count():
        gallery.open(component=component, **settings)
    check(page, component, name)
    assert gallery.troubles == []


def test_every_component_has_examples_and_tests() -> None:
    for component in COMPONENTS:
        kinds = (".js", ".css", ".examples.js", ".tests.js")
        missing = [kind for kind in kinds if not (FOLDER / component / f"{component}{kind}").is_file()]
        assert not missing, f"{component} has no {missing}"


def test_the_page_wears_the_styles_of_every_component() -> None:
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', (ROOT / "kiosk_ui" / "index.html").read_text())
    assert [path for component in COMPONENTS if (path := f"components/{component}/{component}.css") not in styles] == []


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_component(gallery: Gallery, component: str) -> None:
    """Its examples in one theme and language, by turns; then its own tests, on the same page."""
    place = COMPONENTS.index(component)
    look(gallery, component, theme=THEMES[place % 3], language=LANGUAGES[place // 3 % 3])
    results = gallery.page.evaluate("async (name) => (await import('/examples/bench.js')).run(name)", component)
    assert results, f"{component} has no tests"
    assert {name: wrong for name, wrong in results.items() if wrong} == {}
    assert gallery.troubles == []
    assert gallery.connected == []
    assert [path for path in gallery.asked if path.startswith("/v1")] == []


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("component", COMPONENTS)
def test_a_component_in_every_theme_and_language(gallery: Gallery, component: str) -> None:
    for theme, language in itertools.product(THEMES, LANGUAGES):
        look(gallery, component, theme=theme, language=language)
    if not component.startswith("alarm-"):  # An alarm gives the page back the looks that everybody has.
        for text in TEXTS[1:]:
            look(gallery, component, text=text)
    look(gallery, component, dir="rtl")


def test_the_list_leads_to_every_component(gallery: Gallery) -> None:
    page = gallery.open()
    assert page.locator(".list a").all_inner_texts() == COMPONENTS
    page.get_by_role("link", name="text-card").click()
    page.locator("text-card").first.wait_for()
    assert axe(gallery.open()) == []


def test_an_unknown_component_is_named(gallery: Gallery) -> None:
    page = gallery.open(component="../nothing")
    assert page.get_by_role("status").inner_text() == 'There is no component "../nothing". These are there:'
    assert page.locator(".list a").count() == len(COMPONENTS)


def test_what_a_person_may_set_is_set(gallery: Gallery) -> None:
    page = gallery.open(component="text-card", theme="dark", text="large", language="ko", dir="rtl")
    root = page.evaluate("(({ lang, dir, dataset }) => ({ lang, dir, ...dataset }))(document.documentElement)")
    assert (root["lang"], root["dir"], root["theme"], root["text"]) == ("ko", "rtl", "dark", "large")
    assert page.locator("[aria-current]").all_inner_texts() == ["dark", "large", "ko", "rtl"]
    assert page.locator("text-card h2").first.inner_text() == "제가 할 수 있는 일"


def test_the_examples_wear_what_the_page_wears(gallery: Gallery) -> None:
    sheets = "[...document.querySelectorAll('link[rel=stylesheet]')].map((link) => link.getAttribute('href'))"
    shown = gallery.open(component="text-card").evaluate(sheets)
    gallery.page.goto(gallery.url)
    assert [*gallery.page.evaluate(sheets), "examples.css"] == shown


def test_the_kiosk_loads_no_examples(gallery: Gallery) -> None:
    gallery.asked.clear()
    gallery.page.goto(gallery.url)
    gallery.page.locator("departures-board tbody tr").first.wait_for()
    assert "/kiosk.js" in gallery.asked
    assert [path for path in gallery.asked if re.search(r"example|\.tests\.js", path)] == []


WORSE = {
    ".tell(": ".dataset.told = (", "this.when(": "((name, shown, draw) => draw())(", "\n  color: var(--": "\n  color: #777; --no: var(--",
}  # fmt: skip


def test_the_checks_find_faults(gallery: Gallery) -> None:
    """A card that tells nothing, draws at every update, and cannot be read."""

    def worse(route: Route) -> None:
        source = route.fetch().text()
        for good, bad in WORSE.items():
            source = source.replace(good, bad)
        route.fulfill(body=source, content_type="text/css" if route.request.url.endswith(".css") else "text/javascript")

    gallery.page.route(re.compile(r"/choices-card\.(js|css)$"), worse)
    try:
        page = gallery.open(component="choices-card")
        assert [fault for fault in axe(page, OF_A_WHOLE_PAGE) if fault.startswith("color-contrast-enhanced")]
        results = page.evaluate("async (name) => (await import('/examples/bench.js')).run(name)", "choices-card")
        assert {"tells the choice", "the same choices stay"} == {name for name, wrong in results.items() if wrong}
        gallery.open(component="choices-card", example="three")
        assert gallery.page.locator(".frame").count() == 1
    finally:
        gallery.page.unroute_all()
