"""Cards of trains and ways in the real page: what a person reads, touches and is told by a screen reader."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import scripted_ways as ways
from tests.browser.conftest import open_page
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.scripted import NOW
from tests.conftest import until

LOADED = "image => image.complete && image.naturalWidth > 0"


def ask(page: Page, text: str) -> None:
    """Types a question and waits for its answer."""
    page.keyboard.type(f"{text}\n")
    page.locator("body[data-phase=answer]").wait_for()


def test_a_board_says_in_words_and_signs_what_is_late_moved_or_gone(page: Page) -> None:
    late, gone = page.locator("tr.delayed"), page.locator("tr.cancelled")
    expect(late.locator(".remark span")).to_have_text(["Expected 08:15", "New platform"])
    expect(late.locator("s")).to_have_text(["08:09", "4"])
    expect(late.locator("td.platform .moved")).to_have_text("5")
    expect(gone.locator(".remark span")).to_have_text("Cancelled")
    expect(gone.locator("s.planned")).to_have_text("08:20")
    signs = page.locator("td.remark p:first-child path").evaluate_all("paths => paths.map((path) => path.getAttribute('d'))")
    rows = page.locator("td.remark p:first-child").evaluate_all("lines => lines.map((line) => line.className)")
    assert len(set(zip(rows, signs, strict=True))) == 4, "each status has a sign of its own"


def test_a_train_without_exact_times_has_no_time_on_the_board(page: Page) -> None:
    row = page.locator("departures-board tbody tr", has_text="University")
    expect(row.locator("td.time")).to_have_text("every 8\u00a0min")
    expect(row.locator(".remark span")).to_have_text("No exact times")
    assert not re.search(r"\d\d:\d\d", row.inner_text())
    expect(page.locator("tr.on_time .train")).to_have_text("IC 512")
    expect(page.locator("tbody tr", has_text="Airport").locator(".train")).to_have_text("goes on as A 2")


def test_a_journey_is_read_leg_by_leg(page: Page) -> None:
    ask(page, "change")
    cards = page.locator("journey-card details")
    expect(cards).to_have_count(3)
    expect(cards.nth(0).locator(".gist time")).to_have_text(["08:06", "08:58"])
    expect(cards.nth(0).locator(".gist .line-badge")).to_have_text(["IC 5", "R 24"])
    expect(cards.nth(0).locator("summary")).to_contain_text("52 minutes · 1 change")
    legs = cards.nth(0).locator("li")
    expect(legs.nth(0).locator(".call")).to_have_text(["08:06Harbour CentralPlatform 2", "08:27Mill BridgePlatform 1"])
    expect(legs.nth(0).locator(".train span")).to_have_text(["IC 5", "towards Airport Terminal 2", "IC 512", "3 stops between"])
    expect(legs.nth(1)).to_have_text("Walk to platform 64 minutes")
    expect(legs.nth(2).locator(".call").last).to_have_text("08:58Old Harbour")
    expect(cards.nth(2).locator("summary")).to_contain_text("1 h 35 min · direct")
    expect(cards.nth(2).locator(".times .quiet")).to_have_text("Wed")


def test_a_train_without_exact_times_has_none_in_a_journey(page: Page) -> None:
    ask(page, "change")
    direct = page.locator("journey-card details").nth(2)
    expect(direct.locator(".gist time")).to_have_text(["~08:02", "~09:37"])
    direct.locator("summary").click()
    expect(direct.locator(".call time")).to_have_text(["~08:02", "~09:37"])
    expect(direct.locator(".every")).to_have_text("every 8\u00a0min")


def test_one_journey_is_open_at_a_time(page: Page) -> None:
    ask(page, "change")
    cards = page.locator("journey-card details")
    legs = cards.locator("ol")
    expect(legs.nth(0)).to_be_visible()
    expect(legs.nth(1)).to_be_hidden()
    cards.nth(1).locator("summary").click()
    expect(legs.nth(1)).to_be_visible()
    expect(legs.nth(0)).to_be_hidden()
    badge = cards.nth(1).locator("li .line-badge").nth(1)
    expect(badge).to_have_text("M 3")
    assert badge.evaluate("badge => getComputedStyle(badge).color") != badge.evaluate("badge => getComputedStyle(badge).backgroundColor")


def test_a_route_has_steps_and_a_map_of_each_level(page: Page) -> None:
    ask(page, "way to")
    card = page.locator("route-card")
    expect(card.locator(".facts span")).to_have_text(["4 minutes on foot", "140 metres", "Step-free"])
    expect(card.locator(".steps li p:first-child")).to_have_text(ways.STEPS["en"])
    expect(card.locator(".steps .level")).to_have_text("Platform level")
    image, buttons = card.locator("img"), card.locator(".levels button")
    expect(image).to_have_attribute("alt", ways.SEEN["en"][0])
    assert until(lambda: image.evaluate(LOADED))
    expect(buttons).to_have_text(list(ways.LEVELS["en"]))
    buttons.nth(1).click()
    expect(buttons.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(buttons.nth(0)).to_have_attribute("aria-pressed", "false")
    expect(image).to_have_attribute("alt", ways.SEEN["en"][1])
    expect(image).to_have_attribute("src", re.compile("level=L-1"))
    assert until(lambda: image.evaluate(LOADED))
    words = card.locator("details p")
    expect(words).to_be_hidden()
    card.locator("summary").click()
    expect(words).to_have_text(ways.SEEN["en"][1])


@pytest.mark.parametrize("size", ["portrait", "landscape"])
def test_the_map_of_a_route_is_seen_at_once(chromium: Browser, url: str, size: str) -> None:
    page = open_page(chromium, url, size)
    ask(page, "way to")
    card, screen = page.locator("route-card"), page.locator("conversation-screen").bounding_box()
    assert until(lambda: card.locator("img").evaluate(LOADED))
    seen = [card.locator("img").bounding_box(), card.locator(".steps li").first.bounding_box()]
    page.context.close()
    assert screen is not None
    for box in seen:
        assert box is not None
        assert screen["y"] <= box["y"] < box["y"] + box["height"] <= screen["y"] + screen["height"], size


def test_minutes_on_foot_are_those_that_are_said(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ways.route
    monkeypatch.setattr(ways, "route", lambda language: whole(language).model_copy(update={"seconds": 81}))
    ask(page, "way to")
    expect(page.locator("route-card .facts span").first).to_have_text("2 minutes on foot")


def test_a_route_that_is_not_step_free_says_so(page: Page, double: FakeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ways.route
    monkeypatch.setattr(ways, "route", lambda language: whole(language).model_copy(update={"step_free": False, "maps": [], "metres": None}))
    ask(page, "way to")
    card = page.locator("route-card")
    expect(card.locator(".facts span")).to_have_text(["4 minutes on foot", "With stairs or escalators"])
    expect(card.locator("img")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_cards_speak_the_language_of_the_page(page: Page, language: str) -> None:
    page.locator(f"[data-language={language}]").click()
    page.locator(f"html:lang({language})").wait_for()
    ask(page, "change")
    words = {
        "en": ("Platform 2", "Walk to platform 6"), "zh": ("2号站台", "步行至6号站台"), "ko": ("2번 승강장", "6번 승강장으로 걷기"),
    }  # fmt: skip
    for word in words[language]:
        expect(page.locator("journey-card")).to_contain_text(word)
    assert ways.journeys(language, NOW).journeys[0].legs[0].start in page.locator("journey-card").inner_text()


def test_a_place_says_how_long_one_walks(page: Page) -> None:
    ask(page, "toilet")
    expect(page.locator("place-card .facts li").first).to_have_text("2 minutes on foot")
