"""Letters: of the machine, named in the style sheet, and there for all that is written in the three languages. Nothing is fetched."""

import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession

from tests.browser.stage import LANGUAGES, Stage, stage
from tests.conftest import ROOT

SHOWN = ["idle", "departures", "journey", "route", "place", "air", "keyboard-typed", "settings", "privacy", "help", "alarm"]
FAMILY = re.compile(r"Noto Sans( (CJK )?(KR|SC))?|DejaVu Sans")
"""DejaVu for the index of a formula, as in CO₂, which the CJK fonts lack."""
NAMED = "getComputedStyle(document.body).fontFamily.split(',').map((name) => name.trim().replaceAll('\"', ''))"

EMPTY = """letters => {
  const pen = new OffscreenCanvas(40, 40).getContext("2d", { willReadFrequently: true });
  pen.font = `24px ${getComputedStyle(document.body).fontFamily}`;
  const drawn = (letter) => {
    pen.clearRect(0, 0, 40, 40);
    pen.fillText(letter, 4, 30);
    return pen.getImageData(0, 0, 40, 40).data.join();
  };
  const box = drawn("\\u{e0ffe}");
  return letters.filter((letter) => drawn(letter) === box);
}"""
"""Letters that are drawn as one is that no font has."""


@pytest.fixture(scope="module")
def shared(chromium: Browser) -> Iterator[Stage]:
    """One page for all tests; it is told what it fetches."""
    with stage(chromium) as made:
        yield made


def fonts(session: CDPSession) -> Counter[str]:
    """Family → how many letters of the page are drawn with it."""
    session.send("DOM.getDocument", {"depth": -1})
    found = session.send("DOM.performSearch", {"query": "//body//*[text()[normalize-space()]]"})
    results = {"searchId": found["searchId"], "fromIndex": 0, "toIndex": found["resultCount"]}
    nodes = session.send("DOM.getSearchResults", results)["nodeIds"]
    drawn: Counter[str] = Counter()
    for node in nodes:
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            assert not font["isCustomFont"], font
            drawn[font["familyName"]] += round(font["glyphCount"])
    return drawn


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_of_a_font_that_is_named(shared: Stage, language: str) -> None:
    for state in SHOWN:
        page = shared.show(state, language)
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        drawn = fonts(session)
        named = set(page.evaluate(NAMED))
        session.detach()
        assert sum(drawn.values()) > 20, state
        strange = {family: number for family, number in drawn.items() if family not in named}
        assert strange == {}, f"{state} in {language}: {strange} besides {named}"
        assert all(FAMILY.fullmatch(family) for family in drawn), drawn


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_of_the_words_is_an_empty_box(shared: Stage, language: str) -> None:
    words = (ROOT / "kiosk_ui" / "locales" / f"{language}.json").read_text(encoding="utf-8")
    letters = sorted({letter for text in json.loads(words).values() for letter in text if not letter.isspace()})
    page = shared.show("idle", language)
    assert page.evaluate(EMPTY, letters) == []
    assert page.evaluate(EMPTY, [*letters, "\U000e0fff"]) == ["\U000e0fff"]


def test_no_font_is_fetched(shared: Stage) -> None:
    for language in LANGUAGES:
        shared.show("idle", language)
    fetched = shared.page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert len(fetched) > 20
    assert [name for name in fetched if re.search(r"\.(woff2?|ttf|otf|eot)\b", name)] == []
    assert shared.page.evaluate("[...document.fonts].length") == 0


def test_a_letter_that_no_named_font_has_would_be_found(shared: Stage) -> None:
    page = shared.show("idle")
    page.evaluate("document.querySelector('station-header h1').style.fontFamily = 'serif'")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    assert set(fonts(session)) - set(page.evaluate(NAMED))
    session.detach()
