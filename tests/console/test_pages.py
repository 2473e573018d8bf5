"""What each page shows and does."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from assistant.accounts import audit
from assistant.accounts.models import Change, Role
from assistant.answers.desk import Desk
from tests.console.conftest import Desktop, Now, go, warning
from tests.fixtures.accounts import GOOD, NEXT, Door, Hands


def rows(page: Page, caption: str, count: int | None = None) -> list[list[str]]:
    """The cells of a table, row by row, once there are so many rows, or any."""
    lines = page.get_by_role("table", name=caption).locator("tbody tr")
    lines.first.wait_for()
    if count is not None:
        expect(lines).to_have_count(count)
    return [[re.sub(r"\s+", " ", cell).strip() for cell in line.locator("th, td").all_inner_texts()] for line in lines.all()]


def told(page: Page, words: str) -> None:
    """It was said by the live region."""
    expect(page.locator(".told")).to_have_text(words)


def test_the_overview_tells_what_works_and_what_wants_care(
    desktop: Desktop, now: Now, desk: Desk, people: Callable[[Role], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = people("viewer")
    page = desktop.signed_in(viewer)
    expect(page.get_by_text("No warning stands.")).to_be_visible()
    assert rows(page, "Parts of the kiosk")[0] == ["Understanding questions", "Works", ""]
    expect(page.locator(".facts")).to_contain_text("dialogues-0123456789abcdef.tar.gz")
    expect(page.locator(".facts")).to_contain_text("Valid")
    expect(page.locator(".facts")).to_contain_text("0 reports wait for somebody")
    sensors = rows(page, "Sensors")
    assert len(sensors) > 10
    assert ["Main hall carbon dioxide", "Carbon dioxide", "Reports in"] in [row[:3] for row in sensors]

    again = page.get_by_role("button", name="Look again now")
    again.focus()
    now.components["environment"], now.alerts = "degraded", [warning("Smoke on platform 2")]
    assert now.reports
    now.reports.add("spill", "staff")
    last = desk._environment._sensors[-1][0].id
    monkeypatch.setattr(desk._environment, "distrusted", lambda: {last})
    page.keyboard.press("Enter")
    told(page, "A new warning stands. The kiosk works worse than before. A new report to staff waits. A sensor has fallen silent.")
    expect(again).to_be_focused()
    assert rows(page, "Warnings")[0][:2] == ["Smoke on platform 2", "Extreme"]
    assert rows(page, "Parts of the kiosk")[3][1] == "Works in part"
    assert rows(page, "Sensors")[0][2] == "Silent", "silent ones come first"
    page.get_by_role("link", name="1 report waits for somebody").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reports to staff")


def test_the_overview_looks_again_by_itself_while_somebody_is_there(desktop: Desktop, now: Now, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.open()
    page.clock.install()
    page.get_by_label("Name", exact=True).fill("ada")
    page.get_by_label("Password", exact=True).fill(GOOD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("No warning stands.")).to_be_visible()
    now.alerts = [warning("Smoke on platform 2")]
    page.clock.run_for(31_000)
    expect(page.get_by_role("table", name="Warnings")).to_contain_text("Smoke on platform 2")
    page.clock.run_for(6 * 60_000)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(6 * 60_000)
    assert asked == [], "nobody is there: the session can end"


def test_whoever_may_takes_a_report_on(desktop: Desktop, now: Now, people: Callable[[Role], str]) -> None:
    editor, viewer = people("editor"), people("viewer")
    assert now.reports
    now.reports.add("spill", "staff", "platform-1")
    now.reports.add("medical", "staff")
    page, other = desktop.signed_in(editor, "#/reports"), desktop.signed_in(viewer, "#/reports")
    assert [row[:3] for row in rows(page, "Reports to staff", 2)] == [
        ["2", "Somebody is ill or hurt", "Nobody said"], ["1", "Something is spilt", "platform-1"],
    ]  # fmt: skip
    expect(other.get_by_role("table").locator("tbody tr")).to_have_count(2)
    expect(other.locator("main").get_by_role("button")).to_have_count(0)
    page.get_by_role("button", name="I look after report 2").click()
    told(page, "You look after report 2 now.")
    expect(page.locator("tr[data-key]:focus")).to_contain_text("By a-editor")
    assert [report.number for report in now.reports.listed(limit=9, waiting=True)] == [1]
    other.get_by_label("All, the newest first").check()
    expect(other.get_by_role("table")).to_contain_text("By a-editor")


def test_people_are_added_changed_and_erased(desktop: Desktop, door: Door, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.signed_in(where="#/people")
    add = page.locator("work-form")
    add.get_by_label("Name").fill("Bob Builder")
    add.get_by_role("button", name="Add this person").click()
    expect(page.locator(".summary:focus")).to_contain_text("small letters")
    add.get_by_label("Name").fill("bob")
    add.get_by_label("Editor").check()
    page.keyboard.press("Enter")
    told(page, "bob is added.")
    expect(page.get_by_role("heading", name="Code for bob")).to_be_focused()
    code = page.get_by_label("Shown this once").input_value()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    page.locator("work-form").get_by_label("Name").press("Control+V")
    expect(page.locator("work-form").get_by_label("Name")).to_have_value(code)
    page.get_by_role("navigation").get_by_role("link", name="Overview").click()
    page.get_by_role("dialog", name="Leave this page?").get_by_role("button", name="No, go back").click()
    expect(page).to_have_url(re.compile("#/people$"))
    page.get_by_role("button", name="I have it, put it away").click()
    expect(page.get_by_label("Shown this once")).to_have_count(0)
    assert door.redeem(code, None, NEXT, "127.0.0.1").role == "editor"

    page.get_by_role("button", name="Change bob").click()
    dialog = page.get_by_role("dialog", name="Change bob")
    dialog.get_by_label("Publisher").check()
    dialog.get_by_label("No, the account is closed for now").check()
    dialog.get_by_role("button", name="Save").click()
    told(page, "Saved.")
    expect(page.get_by_role("row", name="bob")).to_contain_text("Closed")
    assert [row[1:3] for row in rows(page, "People and roles", 2) if row[0] == "bob"] == [["Publisher", "Closed"]]
    expect(page.get_by_role("button", name="Change bob")).to_be_focused()
    page.get_by_role("button", name="New code for bob").click()
    expect(page.get_by_label("Shown this once")).not_to_have_value(code)
    page.get_by_role("button", name="I have it, put it away").click()
    page.get_by_role("button", name="Erase bob").click()
    expect(page.get_by_role("button", name="No, go back")).to_be_focused()
    page.get_by_role("dialog").get_by_role("button", name="Erase", exact=True).click()
    told(page, "bob is erased.")
    assert [row[0] for row in rows(page, "People and roles", 1)] == ["ada (you)"]


def test_the_last_admin_stays_one(desktop: Desktop, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.signed_in(where="#/people")
    page.get_by_role("button", name="Change ada").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Viewer").check()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator(".summary:focus")).to_contain_text("This is the last admin who can sign in.")
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.locator("header .who")).to_have_text("ada · Admin")


def test_a_name_that_is_taken_is_told_beside_the_field(desktop: Desktop, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.signed_in(where="#/people")
    page.locator("work-form").get_by_label("Name").fill("ada")
    page.keyboard.press("Enter")
    expect(page.locator(".field.wrong .fault")).to_have_text("This name is taken, or was once.")


def test_a_token_is_made_shown_once_and_revoked(desktop: Desktop, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.signed_in(where="#/tokens")
    page.get_by_role("button", name="Make this token").click()
    expect(page.locator(".summary:focus li")).to_have_text(["Type a name.", "Choose at least one."])
    page.get_by_label("Name of the program or box").fill("air-box")
    page.get_by_label("Bring in what sensors measure").check()
    page.get_by_label("Which sensors").fill("air-hall, air-platform")
    page.get_by_label("How long it holds").select_option("7 days")
    page.get_by_role("button", name="Make this token").click()
    told(page, "The token air-box is made")
    assert len(page.get_by_label("Shown this once").input_value()) > 40
    assert [row[:3] for row in rows(page, "Access for programs", 2)] == [
        ["lift-watch", "Say that a lift is out of order, file and take on reports; Bring warnings in", "The station file"],
        ["air-box", "Bring in the sensors air-hall, air-platform", "ada"],
    ]  # fmt: skip
    page.get_by_role("button", name="I have it, put it away").click()
    page.get_by_role("button", name="Revoke air-box").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke", exact=True).click()
    told(page, "air-box is revoked.")
    expect(page.get_by_role("table")).to_contain_text("Revoked")
    assert rows(page, "Access for programs")[1][4:] == ["Revoked", ""]


def test_the_audit_log_is_searched_and_its_chain_followed(
    desktop: Desktop, door: Door, hands: Hands, people: Callable[[Role], str]
) -> None:
    people("admin")
    hands.turn(days=1)
    with door.database.writing() as session:
        for _ in range(450):
            audit.append(session, Change(actor="machine", action="report.acknowledged", object="report:0123456789ab"), hands())
    hands.turn(days=1)
    page = desktop.signed_in(where="#/audit")
    expect(page.get_by_text("The log is as it was written")).to_be_visible()
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(200)
    page.get_by_role("button", name="Show older lines").click()
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(400)
    page.get_by_label("What", exact=True).select_option("Set a password")
    assert rows(page, "Audit log", 1)[0][2:] == ["At the machine", "Set a password", "Person ada", ""]
    page.get_by_label("What", exact=True).select_option("Everything")
    page.get_by_label("Who", exact=True).select_option("ada")
    page.get_by_label("Day", exact=True).fill("2026-11-26")
    assert rows(page, "Audit log", 1)[0][3] == "Signed in"
    page.get_by_label("Day", exact=True).fill("2026-11-23")
    expect(page.get_by_text("No line of the log is like that.")).to_be_visible()

    with door.database.writing() as session:
        session.execute(text("DROP TRIGGER IF EXISTS audit_no_update"))
        names = [row[0] for row in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))]
        for name in names:
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("UPDATE audit SET action = 'session.ended' WHERE number = 17"))
    page.reload()
    expect(page.locator(".chain")).to_contain_text("Line 17 was changed, taken out or put in by other hands.")


def test_ones_own_password_is_changed(desktop: Desktop, door: Door, people: Callable[[Role], str]) -> None:
    viewer = people("viewer")
    page, other = desktop.signed_in(viewer, "#/password"), desktop.signed_in(viewer)
    page.get_by_label("Present password").fill("not it at all")
    page.get_by_label("New password").fill(NEXT)
    page.keyboard.press("Enter")
    expect(page.locator(".field.wrong .fault")).to_have_text("The present password is not right.")
    page.get_by_label("Present password").fill(GOOD)
    shown = page.get_by_role("button", name="Show").nth(1)
    shown.click()
    expect(page.get_by_label("New password")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Save").click()
    told(page, "Your password is changed. You are signed out everywhere else.")
    expect(page.get_by_label("Present password")).to_have_value("")
    go(page, "Overview")
    other.get_by_role("button", name="Look again now").click()
    expect(other.get_by_role("dialog", name="Sign in again")).to_be_visible()
    assert door.enter(viewer, NEXT)
