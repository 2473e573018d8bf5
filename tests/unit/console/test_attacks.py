"""What somebody would try who has no account, or a lesser one, or somebody else's browser."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from assistant.accounts.models import Role
from tests.fixtures.accounts import GOOD, NEXT, Door, Hands
from tests.unit.api.conftest import OPERATOR
from tests.unit.console.conftest import API, URL, Browser

SECRET = "CANARY7"  # noqa: S105


def cookie(one: Browser) -> str:
    return str(one.client.cookies["console"])


def test_signing_in_sets_a_cookie_that_no_script_and_no_other_site_gets(browser: Browser) -> None:
    answer = browser.sign_in("ada")
    assert answer.status_code == 201
    parts = {part.strip() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert parts == {"HttpOnly", "Path=/console", "SameSite=strict"}
    assert cookie(browser) not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_over_tls_the_cookie_is_bound_to_the_host(browser: Browser) -> None:
    browser.client.base_url = "https://127.0.0.1:8080"
    headers = {"Origin": "https://127.0.0.1:8080"}
    answer = browser.ask("POST", "/session", headers, json={"name": "ada", "password": GOOD})
    name, *parts = (part.strip() for part in answer.headers["set-cookie"].split(";"))
    assert name.startswith("__Host-console=")
    assert set(parts) == {"HttpOnly", "Path=/", "SameSite=strict", "Secure"}
    assert browser.ask("GET", "/session").status_code == 200
    plain = {"Cookie": f"console={answer.headers['set-cookie'].split('=')[1].split(';')[0]}"}
    assert browser.client.get(API + "/session", headers=plain).status_code in (200, 401)
    browser.client.cookies.clear()
    assert browser.client.get(API + "/session", headers=plain).status_code == 401, "over TLS the plain name is not read"


@pytest.mark.parametrize("headers", [
    {"X-CSRF-Token": ""}, {"X-CSRF-Token": "x" * 43}, {"Origin": "http://evil.example"}, {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Host": "evil.example"},
])  # fmt: skip
def test_another_site_cannot_ride_on_a_session(as_role: Callable[[Role], Browser], door: Door, headers: dict[str, str]) -> None:
    admin = as_role("admin")
    refused = admin.ask("POST", "/accounts", headers, json={"name": "eve", "role": "admin"})
    assert refused.status_code == 403
    assert refused.json()["code"] in ("wrong-csrf", "wrong-origin", "wrong-host")
    assert [account.name for account in door.accounts()] == ["ada"]


def test_a_change_without_an_origin_is_refused(as_role: Callable[[Role], Browser], browser: Browser) -> None:
    admin = as_role("admin")
    answer = admin.client.post(API + "/accounts", json={"name": "eve", "role": "admin"}, headers={"X-CSRF-Token": admin.csrf})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong-origin")
    signing_in = browser.client.post(API + "/session", json={"name": "ada", "password": GOOD})
    assert (signing_in.status_code, signing_in.json()["code"]) == (403, "wrong-origin"), "nobody is signed in by another site either"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_signs_nobody_in(browser: Browser, kind: str) -> None:
    body = json.dumps({"name": "ada", "password": GOOD})
    answer = browser.ask("POST", "/session", {"Content-Type": kind}, content=body)
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


def test_the_csrf_token_of_another_session_is_none(as_role: Callable[[Role], Browser]) -> None:
    admin, viewer = as_role("admin"), as_role("viewer")
    admin.csrf = viewer.csrf
    assert admin.ask("POST", "/accounts", json={"name": "eve", "role": "admin"}).json()["code"] == "wrong-csrf"


def test_a_session_that_was_planted_is_not_taken_over(browser: Browser) -> None:
    browser.client.cookies.set("console", "planted-by-somebody-else", path="/console")
    browser.sign_in("ada")
    browser.client.cookies.clear()
    browser.client.cookies.set("console", "planted-by-somebody-else", path="/console")
    assert browser.ask("GET", "/session").status_code == 401


def test_a_session_cannot_be_replayed_after_signing_out(browser: Browser) -> None:
    browser.sign_in("ada")
    stolen, csrf = cookie(browser), browser.csrf
    assert browser.ask("DELETE", "/session").status_code == 204
    assert "console" not in browser.client.cookies
    browser.client.cookies.set("console", stolen, path="/console")
    for method, path in (("GET", "/session"), ("POST", "/accounts"), ("DELETE", "/session")):
        assert browser.ask(method, path, {"X-CSRF-Token": csrf}).status_code == 401


def test_signing_in_again_ends_the_session_before(browser: Browser, open_browser: Callable[[], Browser]) -> None:
    browser.sign_in("ada")
    thief = open_browser()
    thief.client.cookies.set("console", cookie(browser), path="/console")
    assert thief.ask("GET", "/session").status_code == 200
    browser.sign_in("ada")
    assert thief.ask("GET", "/session").status_code == 401


def test_ones_own_new_role_comes_with_a_new_session(as_role: Callable[[Role], Browser], door: Door) -> None:
    admin = as_role("admin")
    door.person(door.enter("ada").visitor, "second", "admin")
    own = next(account.id for account in door.accounts() if account.name == "ada")
    before = cookie(admin)
    assert admin.ask("PATCH", f"/accounts/{own}", json={"role": "viewer"}).status_code == 200
    assert cookie(admin) != before
    assert admin.ask("GET", "/accounts").json()["code"] == "wrong-role"
    admin.client.cookies.set("console", before, path="/console")


def test_guessing_is_slowed_and_tells_nothing(browser: Browser, hands: Hands) -> None:
    answers = {}
    for name in ("ada", "nobody"):
        tries = [browser.sign_in(name, f"wrong {number}") for number in range(7)]
        answers[name] = [(answer.status_code, answer.json(), answer.headers.get("retry-after")) for answer in tries]
        hands.turn(hours=1)
    assert answers["ada"] == answers["nobody"]
    assert [status for status, *_ in answers["ada"]] == [401] * 5 + [429] * 2
    assert answers["ada"][-1][2] == "2"


@pytest.mark.parametrize("body", [
    b"", b"{", b"\xff", b"[]", b'{"name": "CANARY7"}', b'{"name": 7, "password": "CANARY7"}', 
    b'{"name": "a", "password": "b", "CANARY7": 1}',
    b'{"name": "' + b"CANARY7" * 100 + b'", "password": "x"}', b'{"name": "x", "password": "' + b"CANARY7" * 1000 + b'"}', b"[" * 100_000,
    b'{"name": "\\ud800", "password": "CANARY7"}', b'{"name": "x\\u0000", "password": "\\u0000CANARY7"}',
])  # fmt: skip
def test_a_bad_body_is_a_problem_without_an_echo(browser: Browser, body: bytes) -> None:
    answer = browser.ask("POST", "/session", {"Content-Type": "application/json"}, content=body)
    assert answer.status_code in (400, 401, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert SECRET not in answer.text


@pytest.mark.parametrize("path", ["/session", "/codes", "/accounts"])
def test_an_oversized_body_is_cut_off(browser: Browser, path: str) -> None:
    for body in (b"x" * 1_000_001, (b"x" * 100_000 for _ in range(20))):
        answer = browser.ask("POST", path, {"Content-Type": "application/json"}, content=body)
        assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


@pytest.mark.parametrize("account_id", ["..%2f..%2fsession", "'%20OR%201=1--", "%00", "CANARY7", "a" * 5000, "%ed%a0%80"])
def test_an_id_is_only_an_id(as_role: Callable[[Role], Browser], account_id: str) -> None:
    answer = as_role("admin").ask("POST", f"/accounts/{account_id}/code")
    assert answer.status_code in (404, 422)
    assert SECRET not in answer.text


@pytest.mark.parametrize("name", ["Ada", "a", "ada lovelace", "<script>", "аda", "ada\n", "../x", "a" * 33, "machine\u202e"])
def test_names_are_plain(as_role: Callable[[Role], Browser], name: str) -> None:
    assert as_role("admin").ask("POST", "/accounts", json={"name": name, "role": "viewer"}).status_code == 422


def test_no_token_of_the_api_opens_the_console(browser: Browser) -> None:
    for headers in ({"Authorization": f"Bearer {OPERATOR}"}, {"Cookie": f"console={OPERATOR}"}, {"Authorization": f"Basic {OPERATOR}"}):
        assert browser.client.get(API + "/overview", headers=headers).status_code == 401


def test_no_session_opens_what_needs_a_token(as_role: Callable[[Role], Browser]) -> None:
    admin = as_role("admin")
    headers = {"Cookie": f"console={cookie(admin)}", "Origin": URL, "X-CSRF-Token": admin.csrf}
    assert admin.client.get("/v1/reports", headers=headers).status_code == 401
    bearer = {"Authorization": f"Bearer {cookie(admin)}"}
    assert admin.client.get("/v1/reports", headers=bearer).status_code == 401


def test_a_token_is_made_used_revoked_and_not_used_again(as_role: Callable[[Role], Browser], hands: Hands) -> None:
    admin = as_role("admin")
    made = admin.ask("POST", "/tokens", json={"name": "box", "scopes": ["operate"], "days": 3})
    assert made.status_code == 201
    secret, key = made.json()["secret"], made.json()["token"]["id"]
    assert secret not in admin.ask("GET", "/tokens").text
    bearer = {"Authorization": f"Bearer {secret}"}
    assert admin.client.get("/v1/reports", headers=bearer).status_code == 200
    assert admin.ask("DELETE", f"/tokens/{key}").json()["revoked_at"]
    assert admin.client.get("/v1/reports", headers=bearer).status_code == 401
    assert admin.ask("POST", "/tokens", json={"name": "box", "scopes": ["operate"]}).json()["code"] == "name-taken"
    assert admin.ask("POST", "/tokens", json={"name": "lift-watch", "scopes": ["alert"]}).json()["code"] == "name-taken"


def test_a_token_ends_by_itself(as_role: Callable[[Role], Browser], hands: Hands) -> None:
    admin = as_role("admin")
    secret = admin.ask("POST", "/tokens", json={"name": "box", "scopes": ["operate"], "days": 2}).json()["secret"]
    bearer = {"Authorization": f"Bearer {secret}"}
    assert admin.client.get("/v1/reports", headers=bearer).status_code == 200
    hands.at += timedelta(days=2)
    assert admin.client.get("/v1/reports", headers=bearer).status_code == 401


def test_a_colleague_sets_the_password_that_nobody_else_knows(
    as_role: Callable[[Role], Browser], open_browser: Callable[[], Browser]
) -> None:
    invited = as_role("admin").ask("POST", "/accounts", json={"name": "ben", "role": "editor"}).json()
    other = open_browser()
    assert other.sign_in("ben", NEXT).status_code == 401
    assert other.ask("POST", "/codes", json={"code": invited["code"], "password": NEXT}).status_code == 204
    assert other.ask("POST", "/codes", json={"code": invited["code"], "password": GOOD}).status_code == 401
    assert other.sign_in("Ben ", NEXT).json()["account"]["role"] == "editor"


def test_every_change_is_in_the_audit_log(as_role: Callable[[Role], Browser], parts: tuple[object, object]) -> None:
    admin = as_role("admin")
    account = admin.ask("POST", "/accounts", json={"name": "ben", "role": "editor"}).json()["account"]["id"]
    report = parts[1].add("spill", "staff")  # type: ignore[attr-defined]
    for method, path, body in (
        ("PATCH", f"/accounts/{account}", {"role": "publisher"}), ("POST", f"/accounts/{account}/code", {}),
        ("DELETE", f"/accounts/{account}", {}), ("POST", "/tokens", {"name": "box", "scopes": ["alert"]}),
        ("POST", f"/reports/{report.id}/acknowledgement", {}), ("PUT", "/session/password", {"old": GOOD, "new": NEXT}),
    ):  # fmt: skip
        answer = admin.ask(method, path, json=body)
        assert answer.status_code < 300, answer.text
        admin.csrf = answer.json()["csrf"] if path == "/session/password" else admin.csrf
    entries = admin.ask("GET", "/audit").json()["entries"]
    assert [entry["action"] for entry in reversed(entries)][-9:] == [
        "session.begun", "account.made", "account.changed", "code.made", "account.erased", "token.made", "report.acknowledged",
        "account.password", "session.begun",
    ]  # fmt: skip
    changed = next(entry for entry in entries if entry["action"] == "account.changed")
    assert (changed["name"], changed["before"], changed["after"]) == ("ada", "editor:on", "publisher:on")
    assert admin.ask("GET", "/audit/check").json() == {"broken_at": None}


def test_who_acknowledges_a_report_is_named(as_role: Callable[[Role], Browser], parts: tuple[object, object]) -> None:
    editor = as_role("editor")
    report = parts[1].add("smoke", "staff")  # type: ignore[attr-defined]
    assert editor.ask("POST", f"/reports/{report.id}/acknowledgement").json()["acknowledged_by"] == "a-editor"
    assert editor.ask("POST", "/reports/0123456789ab/acknowledgement").json()["code"] == "report-not-found"
    assert report.id not in editor.ask("GET", "/reports?waiting=true").text


def test_the_overview_tells_what_works(as_role: Callable[[Role], Browser]) -> None:
    overview = as_role("viewer").ask("GET", "/overview").json()
    assert (overview["status"], overview["model"], overview["timetable"]["state"]) == ("ready", "model.tar.gz", "valid")
    assert overview["sensors"]


def test_before_the_first_set_up_the_page_is_told_so(open_browser: Callable[[], Browser], door: Door) -> None:
    fresh = open_browser()
    assert fresh.ask("GET", "/start").json() == {"ready": False}
    code, _ = door.recovery_code()
    assert fresh.ask("POST", "/codes", json={"code": code, "name": "ada", "password": GOOD}).status_code == 204
    assert fresh.ask("GET", "/start").json() == {"ready": True}
    assert fresh.sign_in("ada").status_code == 201
