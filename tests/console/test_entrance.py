"""Coming in: the first set-up, codes, passwords, lock-out, going out."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from assistant.accounts.models import Role
from tests.console.conftest import Desktop, Now
from tests.fixtures.accounts import GOOD, NEXT, Door, Hands

WEAK = "passwordpassword"


def summary(page: Page) -> list[str]:
    """What the form says is wrong, read where the focus is."""
    page.locator(".summary:focus").wait_for()
    return page.locator(".summary li").all_inner_texts()


def sign_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.keyboard.press("Enter")


def test_the_first_person_becomes_an_admin_by_the_machines_code(desktop: Desktop, door: Door) -> None:
    page = desktop.open()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up the workshop")
    page.get_by_role("button", name="Set the password").click()
    assert summary(page) == ["Type the code.", "Type the name.", "Type the password."]
    page.locator(".summary").get_by_role("button", name="Type the name.").click()
    expect(page.get_by_label("Your name here")).to_be_focused()
    code, _ = door.recovery_code()
    page.get_by_label("One-time code").fill(code.lower().replace("-", " "))
    page.get_by_label("Your name here").fill("ada")
    page.get_by_label("New password").fill(WEAK)
    page.keyboard.press("Enter")
    [told] = summary(page)
    assert told.startswith("Choose another password:")
    expect(page.get_by_label("New password")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("New password").fill(GOOD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    expect(page.locator("header .who")).to_have_text("ada · Admin")


def test_a_colleague_sets_a_password_by_the_code_of_an_admin(desktop: Desktop, door: Door, people: Callable[[Role], str]) -> None:
    people("admin")
    _, code, _ = door.invite(door.enter("ada").visitor, "bob", "editor")
    page = desktop.open()
    page.get_by_role("button", name="I have a one-time code").click()
    expect(page.get_by_label("Your name here")).to_be_hidden()
    page.get_by_label("One-time code").fill("AAAA-AAAA-AAAA-AAAA-AAAA")
    page.get_by_label("New password").fill(NEXT)
    page.keyboard.press("Enter")
    assert summary(page) == ["This code is not valid, or not any more. Have a new one made."]
    expect(page.get_by_label("New password")).to_have_value(NEXT), "what was typed stays"
    page.get_by_label("One-time code").fill(code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("The password is set. Sign in with it.")
    sign_in(page, "bob", NEXT)
    expect(page.locator("header .who")).to_have_text("bob · Editor")


def test_a_lost_password_is_set_anew_at_the_machine(desktop: Desktop, door: Door, people: Callable[[Role], str]) -> None:
    people("admin")
    code, _ = door.recovery_code()
    page = desktop.open()
    page.get_by_role("button", name="I have a one-time code").click()
    page.get_by_label("The machine printed it").check()
    page.get_by_label("One-time code").fill(code)
    page.get_by_label("Your name here").fill("ada")
    page.get_by_label("New password").fill(NEXT)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    assert door.enter("ada", NEXT)


def test_lock_out_is_told_plainly_and_ends(desktop: Desktop, hands: Hands, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.open()
    for _ in range(5):
        sign_in(page, "ada", "not it at all")
        assert summary(page) == ["Name or password is not right."]
        page.get_by_label("Name", exact=True).focus()
    sign_in(page, "ada", GOOD)
    assert summary(page) == ["Too many tries. Wait 2 seconds, then try again."]
    expect(page.locator(".summary")).to_have_text("The wait is over. You can try again.")
    hands.turn(seconds=3)
    sign_in(page, "ADA ", GOOD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")


def test_a_name_that_nobody_has_is_told_the_same(desktop: Desktop, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.open()
    sign_in(page, "nobody", GOOD)
    assert summary(page) == ["Name or password is not right."]


def test_signing_out_ends_the_session_here_and_on_the_machine(desktop: Desktop, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.signed_in(where="#/people")
    page.get_by_role("table").wait_for()
    cookies = page.context.cookies()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_text("May sign in")).to_have_count(0)
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_kiosk_that_does_not_answer_is_told(desktop: Desktop, now: Now) -> None:
    page = desktop.open()
    page.route("**/console/api/**", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("This cannot be shown")
    expect(page.locator("main")).to_contain_text("The kiosk does not answer.")
    page.unroute("**/console/api/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up the workshop")


def test_an_address_leads_to_its_page_after_signing_in(desktop: Desktop, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.signed_in(where="#/password")
    for title in ("My password", "Overview"):
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page).to_have_title(f"{title} – Station workshop")
        expect(page.get_by_role("navigation").locator("[aria-current=page]")).to_have_text(title)
        page.goto(f"{desktop.address}/console/#/overview")
