"""What is typed is text and nothing else, and the page reaches for nothing but its own calls."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from assistant.accounts.models import Role
from assistant.environment.monitor import Monitor
from tests.console.conftest import Desktop, Now, go, warning
from tests.fixtures.accounts import Door

ATTACKS = [
    '<img src=x onerror="window.broken=1">', "<script>window.broken=1</script>",
    '"><svg onload=window.broken=1>', "javascript:window.broken=1",
]  # fmt: skip
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective}: ${event.sample}`));
"""
FIELDS = 'main input:is([type="text"], [type="password"]):visible'
HANDLERS = "[...document.querySelectorAll('body *')].flatMap((e) => e.getAttributeNames()).filter((name) => name.startsWith('on'))"
INNER_HTML = "(() => { try { document.body.innerHTML = '<b>x</b>'; } catch (error) { return error.message; } })()"
LINK = """() => {
  const link = Object.assign(document.createElement("a"), { href: "javascript:window.broken=1", textContent: "x" });
  document.body.append(link);
  link.click();
}"""
KEPT = "[localStorage.length, sessionStorage.length, document.cookie, navigator.serviceWorker?.controller ?? null]"


def untouched(page: Page) -> None:
    """Nothing typed or answered was taken for markup."""
    assert page.evaluate("window.violations") == []
    assert page.evaluate("window.broken") is None
    assert page.locator("body :is(img, script, iframe, object)").count() == 0
    assert page.locator("body svg:not(.icon)").count() == 0
    assert page.evaluate(HANDLERS) == []


def attack(page: Page, button: str) -> None:
    """Types each attack into every field that is seen, and sends it."""
    for typed in ATTACKS:
        for field in page.locator(FIELDS).all():
            field.fill(typed)
        page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
        page.locator(".summary:focus, .told:not(:empty)").first.wait_for()
        untouched(page)


def test_what_is_typed_at_the_door_stays_text(desktop: Desktop, door: Door) -> None:
    page = desktop.open(script=WATCH)
    attack(page, "Set the password")
    door.admin()
    page.reload()
    attack(page, "Sign in")
    page.get_by_role("button", name="I have a one-time code").click()
    page.get_by_label("The machine printed it").check()
    attack(page, "Set the password")


@pytest.mark.parametrize(("title", "button"), [
    ("People and roles", "Add this person"), ("Access for programs", "Make this token"), ("My password", "Save"),
])  # fmt: skip
def test_what_is_typed_on_a_page_stays_text(desktop: Desktop, people: Callable[[Role], str], title: str, button: str) -> None:
    people("admin")
    page = desktop.open(script=WATCH)
    page.get_by_label("Name", exact=True).fill("ada")
    page.get_by_label("Password", exact=True).fill("violet harbour kettle moon")
    page.keyboard.press("Enter")
    page.get_by_role("navigation").wait_for()
    go(page, title)
    if title == "Access for programs":
        page.get_by_label("Bring in what sensors measure").check()
    attack(page, button)


def test_what_the_kiosk_answers_stays_text(
    desktop: Desktop, now: Now, people: Callable[[Role], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of sensors, headlines, places and refusals, as if other hands had got into the machine."""
    people("admin")
    now.alerts = [warning(typed).model_copy(update={"id": f"alert-{at}", "severity": typed}) for at, typed in enumerate(ATTACKS)]
    assert now.reports
    for typed in ATTACKS:
        now.reports.add("spill", "staff", typed)
    air = Monitor.air
    named = lambda state, typed: replace(state, name={"en": typed}, unit=typed, quantity=typed)  # noqa: E731
    monkeypatch.setattr(Monitor, "air", lambda self, at=None: (found := air(self, at)) and replace(
        found, sensors=[named(state, typed) for state, typed in zip(found.sensors, ATTACKS, strict=False)],
    ))  # fmt: skip
    page = desktop.signed_in(script=WATCH)
    for title in ("Overview", "Reports to staff"):
        go(page, title)
        for typed in ATTACKS:
            expect(page.get_by_text(typed, exact=True).first).to_be_visible()
        untouched(page)
    body = json.dumps({"code": "unheard-of", "detail": ATTACKS[0], "errors": []})
    go(page, "People and roles")
    page.route("**/console/api/accounts", lambda route: route.fulfill(status=409, body=body))
    page.locator("work-form").get_by_label("Name").fill("bob")
    page.keyboard.press("Enter")
    expect(page.locator(".summary:focus li")).to_have_text(ATTACKS[0])
    untouched(page)


def test_the_policy_refuses_what_slips_through(desktop: Desktop, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.open(script=WATCH)
    assert "TrustedHTML" in page.evaluate(INNER_HTML)
    page.evaluate(LINK)
    page.wait_for_function("window.violations.length >= 2")
    assert page.evaluate("window.broken") is None
    assert page.evaluate("fetch('https://example.org/').then(() => 'reached', () => 'refused')") == "refused"
    assert page.evaluate("['microphone', 'camera', 'geolocation'].filter((name) => document.featurePolicy.allowsFeature(name))") == []
    desktop.troubles.clear()


def test_nothing_is_kept_in_the_browser_and_only_its_own_calls_are_reached(desktop: Desktop, people: Callable[[Role], str]) -> None:
    people("admin")
    page = desktop.signed_in()
    for title in ("Reports to staff", "People and roles", "Access for programs", "Audit log", "My password", "Overview"):
        go(page, title)
        page.wait_for_load_state("networkidle")
    assert page.evaluate(KEPT) == [0, 0, "", None]
    assert page.evaluate("indexedDB.databases()") == []
    csrf = page.evaluate("fetch('api/session').then((answer) => answer.json()).then(({csrf}) => csrf)")
    assert csrf not in page.content()
    for method, url in desktop.asked:
        assert re.match(r"/console/|/kiosk_ui/", url), url
        assert method == "GET" or url.startswith("/console/api/")
