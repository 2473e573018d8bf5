"""Every route of the console against nobody and every role. A route without a row fails."""

import re
from collections.abc import Callable

import pytest
from fastapi import FastAPI

from assistant.accounts.models import ROLES, Role, reaches
from assistant.console.door import OPEN, table
from assistant.console.surface import create_console
from tests.unit.console.conftest import Browser

NOBODY = "nobody"
TABLE: dict[tuple[str, str], str] = {
    ("GET", "/start"): NOBODY,
    ("POST", "/session"): NOBODY,
    ("GET", "/session"): "viewer",
    ("DELETE", "/session"): "viewer",
    ("PUT", "/session/password"): "viewer",
    ("POST", "/codes"): NOBODY,
    ("GET", "/accounts"): "admin",
    ("POST", "/accounts"): "admin",
    ("POST", "/accounts/{account_id}/code"): "admin",
    ("PATCH", "/accounts/{account_id}"): "admin",
    ("DELETE", "/accounts/{account_id}"): "admin",
    ("GET", "/tokens"): "admin",
    ("POST", "/tokens"): "admin",
    ("DELETE", "/tokens/{token_id}"): "admin",
    ("GET", "/audit"): "admin",
    ("GET", "/audit/check"): "admin",
    ("GET", "/overview"): "viewer",
    ("GET", "/reports"): "viewer",
    ("POST", "/reports/{report_id}/acknowledgement"): "editor",
    ("GET", "/outages"): "viewer",
    ("POST", "/outages"): "editor",
    ("DELETE", "/outages/{outage_id}"): "editor",
    ("GET", "/notices"): "viewer",
    ("POST", "/notices"): "editor",
    ("PUT", "/notices/{notice_id}"): "editor",
    ("GET", "/feed"): "viewer",
    ("POST", "/feed/look"): "publisher",
    ("POST", "/feed/upload"): "publisher",
    ("POST", "/feed/known/{feed_id}/return"): "publisher",
    ("GET", "/privacy"): "viewer",
    ("DELETE", "/notices/{notice_id}"): "editor",
    ("GET", "/drafts"): "viewer",
    ("POST", "/drafts"): "editor",
    ("GET", "/drafts/{draft_id}"): "viewer",
    ("DELETE", "/drafts/{draft_id}"): "editor",
    ("GET", "/drafts/{draft_id}/topics"): "viewer",
    ("GET", "/drafts/{draft_id}/topics/{topic}"): "viewer",
    ("PUT", "/drafts/{draft_id}/topics/{topic}"): "editor",
    ("GET", "/drafts/{draft_id}/pronunciations"): "viewer",
    ("PUT", "/drafts/{draft_id}/pronunciations"): "editor",
    ("GET", "/drafts/{draft_id}/station"): "viewer",
    ("PUT", "/drafts/{draft_id}/station/facts"): "editor",
    ("PUT", "/drafts/{draft_id}/station/languages"): "editor",
    ("PUT", "/drafts/{draft_id}/station/{section}/{entry_id}"): "editor",
    ("DELETE", "/drafts/{draft_id}/station/{section}/{entry_id}"): "editor",
    ("GET", "/drafts/{draft_id}/checks"): "viewer",
    ("POST", "/drafts/{draft_id}/checks"): "editor",
    ("DELETE", "/drafts/{draft_id}/checks"): "editor",
    ("GET", "/drafts/{draft_id}/training"): "viewer",
    ("POST", "/drafts/{draft_id}/training"): "editor",
    ("DELETE", "/drafts/{draft_id}/training"): "editor",
    ("GET", "/drafts/{draft_id}/proof"): "viewer",
    ("POST", "/drafts/{draft_id}/proof"): "editor",
    ("DELETE", "/drafts/{draft_id}/proof"): "editor",
    ("POST", "/drafts/{draft_id}/turns"): "editor",
    ("GET", "/drafts/{draft_id}/difference"): "viewer",
    ("POST", "/drafts/{draft_id}/update"): "editor",
    ("GET", "/drafts/{draft_id}/publication"): "viewer",
    ("POST", "/drafts/{draft_id}/publication"): "publisher",
    ("GET", "/releases"): "viewer",
    ("GET", "/releases/{release_id}"): "viewer",
    ("GET", "/releases/{release_id}/difference"): "viewer",
    ("POST", "/releases/{release_id}/activation"): "publisher",
    ("POST", "/rollback"): "publisher",
    ("POST", "/restart"): "publisher",
    ("GET", "/unanswered"): "viewer",
}
"""Method and path → the least that lets in. Written by hand, so that a route that lets in more than was meant is seen."""


def console(browser: Browser) -> FastAPI:
    """The console's own application."""
    gate = browser.client.app
    mounts = [route.app for route in gate._app.routes if getattr(route, "path", "") == "/console/api"]  # type: ignore[attr-defined]
    assert isinstance(mounts[0], FastAPI)
    return mounts[0]


def test_every_route_has_a_row_and_the_role_of_its_row(browser: Browser) -> None:
    assert {route: role or NOBODY for route, role in table(console(browser)).items()} == TABLE
    assert {route for route, role in TABLE.items() if role == NOBODY} == OPEN


def bodies(path: str) -> dict[str, object]:
    """A body that would be good, so that a refusal is one of the role."""
    return {
        "/accounts": {"name": "new-one", "role": "viewer"}, "/accounts/{account_id}": {"active": True},
        "/tokens": {"name": "box", "scopes": ["operate"]}, "/session/password": {"old": "x", "new": "y"},
        "/drafts": {"name": "new"}, "/drafts/{draft_id}/turns": {"text": "hi", "language": "en"},
        "/drafts/{draft_id}/publication": {"why": "because"},
    }.get(path, {})  # fmt: skip


@pytest.mark.parametrize("role", [NOBODY, *ROLES])
def test_every_route_lets_in_whom_its_row_lets_in(
    role: Role, as_role: Callable[[Role], Browser], open_browser: Callable[[], Browser]
) -> None:
    one = as_role(role) if role != NOBODY else open_browser()
    last = ("DELETE", "/session")
    for (method, path), least in sorted(TABLE.items(), key=lambda row: row[0] == last):
        answer = one.ask(method, re.sub(r"{\w+}", "0123456789ab", path), json=bodies(path)) if method != "GET" else one.ask(method, path)
        told = f"{method} {path} as {role}: {answer.status_code} {answer.text[:200]}"
        if role == NOBODY and least != NOBODY:
            assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in"), told
        elif least != NOBODY and not reaches(role, least):  # type: ignore[arg-type]
            assert (answer.status_code, answer.json()["code"]) == (403, "wrong-role"), told
        else:
            assert answer.status_code not in (401, 403, 405, 500) or answer.json()["code"] == "password-refused", told


def test_a_route_without_a_door_stops_the_console_from_starting(browser: Browser) -> None:
    app = FastAPI(openapi_url=None)

    @app.get("/left-open")
    def left_open() -> None:
        """Somebody forgot."""

    with pytest.raises(TypeError, match="GET /left-open stands open"):
        table(app)


def test_the_kiosks_document_has_nothing_of_the_console(browser: Browser) -> None:
    gate = browser.client.app
    assert not [path for path in gate._app.openapi()["paths"] if "console" in path]  # type: ignore[attr-defined]
    for path in ("/openapi.json", "/docs", "/redoc", "/", "/CANARY7"):
        assert browser.ask("GET", path).status_code == 404
    assert create_console.__doc__
