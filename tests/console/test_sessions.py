"""A session that ends in the middle of work, and roles."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assistant.accounts.models import ROLES, Role
from tests.console.conftest import Desktop, Now
from tests.fixtures.accounts import GOOD, Door, Hands

EVERYBODY = ["Overview", "Reports to staff", "Unanswered questions", "Lifts and closures", "Notices", "Timetable", "Drafts", "Releases"]
ADMIN = ["People and roles", "Access for programs", "Audit log"]
SEEN = {role: [*EVERYBODY, "Privacy record", *(ADMIN if role == "admin" else []), "My password"] for role in ROLES}


def typing(page: Page) -> None:
    """Somebody is in the middle of adding a person."""
    add = page.locator("work-form")
    add.get_by_label("Name").fill("bob")
    add.get_by_label("Editor").check()


def test_nothing_typed_is_lost_when_the_session_ends(desktop: Desktop, hands: Hands, door: Door, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.signed_in(where="#/people")
    typing(page)
    hands.turn(minutes=31)
    page.get_by_role("button", name="Add this person").click()
    again = page.get_by_role("dialog", name="Sign in again")
    expect(again.get_by_label("Password", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(again).to_be_visible()
    again.get_by_label("Password", exact=True).fill("not it at all")
    page.keyboard.press("Enter")
    expect(again.locator(".summary:focus")).to_contain_text("Name or password is not right.")
    again.get_by_label("Password", exact=True).fill(GOOD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Code for bob")).to_be_focused()
    assert [(account.name, account.role) for account in door.accounts()] == [("ada", "admin"), ("bob", "editor")], "made once"


def test_whoever_cannot_sign_in_again_leaves(desktop: Desktop, hands: Hands, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.signed_in(where="#/people")
    hands.turn(minutes=31)
    page.get_by_role("button", name="Change ada").click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    page.get_by_role("dialog", name="Sign in again").get_by_role("button", name="Leave the page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_window_goes_on_when_another_one_renews_the_session(desktop: Desktop, door: Door, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.signed_in(where="#/people")
    typing(page)
    page.context.clear_cookies()
    other = door.enter("ada")
    page.context.add_cookies([{"name": "console", "value": other.secret, "url": f"{desktop.address}/console"}])
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_role("heading", name="Code for bob")).to_be_focused()


def test_nothing_is_done_in_the_name_of_somebody_else(desktop: Desktop, door: Door, people: Callable[[Role], str]) -> None:
    people("admin")
    door.person(door.enter("ada").visitor, "eve", "admin")
    page = desktop.signed_in(where="#/people")
    typing(page)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "console", "value": door.enter("eve").secret, "url": f"{desktop.address}/console"}])
    page.get_by_role("button", name="Add this person").click()
    expect(page.locator(".summary:focus")).to_contain_text("Somebody else has signed in in this browser since.")
    assert [account.name for account in door.accounts()] == ["ada", "eve"]


def test_leaving_asks_where_something_is_typed(desktop: Desktop, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.signed_in(where="#/people")
    typing(page)
    page.get_by_role("link", name="Overview").click()
    leave = page.get_by_role("dialog", name="Leave this page?")
    expect(leave.get_by_role("button", name="No, go back")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("#/people$"))
    expect(page.locator("work-form").get_by_label("Name")).to_have_value("bob")
    page.get_by_role("link", name="Overview").click()
    leave.get_by_role("button", name="Leave and lose it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")


@pytest.mark.parametrize("role", [pytest.param(role, marks=pytest.mark.long if role in ("editor", "publisher") else ()) for role in ROLES])
def test_each_role_sees_its_pages(desktop: Desktop, people: Callable[[Role], str], role: Role) -> None:
    page = desktop.signed_in(people(role))
    assert page.get_by_role("navigation").get_by_role("link").all_inner_texts() == SEEN[role]
    for path in {"people", "tokens", "audit"} if role != "admin" else set():
        page.goto(f"{desktop.address}/console/#/{path}")
        expect(page.locator("main")).to_contain_text(f"This page is for the role Admin. You have the role {role.title()}.")
    assert role == "admin" or not {url for _, url in desktop.asked} & {"/console/api/accounts", "/console/api/tokens", "/console/api/audit"}


def test_a_role_taken_away_meanwhile_is_told(desktop: Desktop, now: Now, door: Door, people: Callable[[Role], str]) -> None:
    editor = people("editor")
    assert now.reports
    now.reports.add("spill", "staff")
    page = desktop.signed_in(editor, "#/reports")
    page.get_by_role("button", name="I look after report 1").wait_for()
    account = next(account for account in door.accounts() if account.name == editor)
    door.change_account(door.enter("ada").visitor, account.id, role="viewer", active=None)
    page.get_by_role("button", name="I look after report 1").click()
    again = page.get_by_role("dialog", name="Sign in again")
    again.get_by_label("Password", exact=True).fill(GOOD)
    page.keyboard.press("Enter")
    expect(page.locator("header .who")).to_have_text("a-editor · Viewer")
    expect(page.locator("main .refused")).to_have_text("Your role does not allow this. An admin can give you another one.")
    assert [report.acknowledged_by for report in now.reports.listed(limit=1)] == [None]
