"""Axe, keyboard, zoom."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.accounts.models import Role
from tests.browser.checks import AXE_SOURCE
from tests.console.conftest import Desktop, Now, go, warning
from tests.fixtures.accounts import GOOD, Door

PAGES = [
    "Overview", "Reports to staff", "Lifts and closures", "Notices", "Timetable", "Privacy record", "People and roles",
    "Access for programs", "Audit log", "My password",
]  # fmt: skip
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
CUT = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const box = element.getBoundingClientRect();
  const unseen = getComputedStyle(element).clipPath !== "none" || element.closest("svg, .skip, caption, thead");
  return element.checkVisibility() && !unseen && box.width && (box.left < -1 || box.right > document.documentElement.clientWidth + 1
    || (element.children.length === 0 && element.textContent && element.scrollWidth > element.clientWidth + 1
        && getComputedStyle(element).display !== "inline"));
}).map((element) => `${element.localName}.${element.className}: ${element.textContent.slice(0, 40)}`)"""
"""What leaves the page at a side, or is wider than its box."""


def axe(page: Page) -> list[str]:
    """What axe finds, one line each."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(f"{AXE_SOURCE};0")
    found: list[dict[str, Any]] = page.evaluate("options => axe.run(document, options).then(({violations}) => violations)", AXE)
    return [f"{one['id']}: {', '.join(str(target) for target in node['target'])}" for one in found for node in one["nodes"]]


def shown(page: Page) -> Iterator[str]:
    """Each state worth a look."""
    for title in PAGES:
        go(page, title)
        page.wait_for_load_state("networkidle")
        yield title
        if title in ("People and roles", "My password"):
            page.locator("work-form").get_by_role("button").last.click()
            page.locator(".summary:focus").wait_for()
            yield f"{title}, with faults"
    go(page, "People and roles")
    page.get_by_role("button", name="New code for a-viewer").click()
    page.locator("shown-once").wait_for()
    yield "a code shown once"
    page.get_by_role("button", name="Erase a-viewer").click()
    yield "a question"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Change a-viewer").click()
    yield "a dialog with a form"
    page.keyboard.press("Escape")


@pytest.mark.parametrize(("width", "height"), [
    pytest.param(1280, 900, id="laptop", marks=pytest.mark.long), pytest.param(800, 600, id="small", marks=pytest.mark.long),
    pytest.param(400, 300, id="zoomed"),
])  # fmt: skip
def test_every_page_is_accessible_and_whole(desktop: Desktop, now: Now, people: Callable[[Role], str], width: int, height: int) -> None:
    """800 px at 200 % is 400 px wide."""
    people("viewer")
    now.alerts, now.components["speech"] = [warning("Smoke on platform 2")], "down"
    assert now.reports
    now.reports.add("medical", "staff", "platform-1")
    page = desktop.signed_in(width=width, height=height)
    found = []
    for state in shown(page):
        found += [f"{state}: {fault}" for fault in [*axe(page), *page.evaluate(CUT)]]
    assert not found, "\n".join(found)


def test_the_door_is_accessible(desktop: Desktop, door: Door) -> None:
    page = desktop.open(width=400, height=300)
    expect(page.locator("main h1")).to_have_text("Set up the workshop")
    found = axe(page) + page.evaluate(CUT)
    door.admin()
    page.reload()
    page.get_by_role("heading", name="Sign in").wait_for()
    found += axe(page) + page.evaluate(CUT)
    page.get_by_role("button", name="I have a one-time code").click()
    page.get_by_role("button", name="Set the password").click()
    page.locator(".summary:focus").wait_for()
    found += axe(page) + page.evaluate(CUT)
    assert not found, "\n".join(found)


def test_the_checks_find_faults(desktop: Desktop, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.signed_in()
    page.evaluate("document.querySelector('main h1').style.cssText = 'color: #ccd; width: 9000px'")
    page.evaluate("document.querySelector('nav').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('header button').textContent = ''")
    assert any(fault.startswith("color-contrast") for fault in axe(page))
    assert any(fault.startswith("button-name") for fault in axe(page))
    assert page.evaluate(CUT)


def tab_to(page: Page, name: str) -> None:
    """Goes on by Tab until the focus is on what has this name; it is seen there, with a ring around it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if page.evaluate("(e => (e.ariaLabel || e.labels?.[0]?.innerText || e.innerText || '').trim())(document.activeElement)") == name:
            expect(focused).to_be_in_viewport()
            assert focused.evaluate("(element) => getComputedStyle(element).outlineStyle") != "none"
            return
    raise AssertionError(f"no Tab leads to {name}")


def test_everything_is_done_by_keyboard_alone(desktop: Desktop, people: Callable[[Role], str]) -> None:
    """Signing in, adding somebody, changing the role, erasing, signing out."""
    people("admin")
    page = desktop.open()
    tab_to(page, "Name")
    page.keyboard.type("ada")
    tab_to(page, "Password")
    page.keyboard.type(GOOD)
    page.keyboard.press("Enter")
    page.get_by_role("navigation").wait_for()
    expect(page.locator("main h1")).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    tab_to(page, "Skip to the content")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_be_focused()
    page.evaluate("document.querySelector('.skip').focus()")
    tab_to(page, "People and roles")
    page.keyboard.press("Enter")
    page.get_by_role("table", name="People and roles").wait_for()
    tab_to(page, "Name")
    page.keyboard.type("bob")
    tab_to(page, "Viewer")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Add this person")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Code for bob")).to_be_focused()
    tab_to(page, "I have it, put it away")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_be_focused()
    tab_to(page, "Change bob")
    page.keyboard.press("Enter")
    tab_to(page, "Editor")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="bob")).to_contain_text("Publisher")
    expect(page.get_by_role("button", name="Change bob")).to_be_focused()
    tab_to(page, "Erase bob")
    page.keyboard.press("Enter")
    tab_to(page, "Erase")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="bob")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body"), "the focus is not lost with the row"
    page.evaluate("document.querySelector('.skip').focus()")
    tab_to(page, "Sign out")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("Sign in")
