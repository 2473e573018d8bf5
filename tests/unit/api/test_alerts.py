"""Warnings by the API: CAP in and out, who may, and no word of what is refused."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.alarm.book import Book
from assistant.alarm.cap.read import read
from assistant.alarm.intake import Intake
from assistant.alarm.store import AlertStore
from assistant.alarm.view import view
from assistant.api import alerts, problems
from assistant.settings import Settings, Token
from assistant.settings.sensing import Alerts, Sender
from tests.unit.alarm.messages import FIRE, SENDER, WARNING, Hands, bytes_of, following

CONTROL, OTHER, OPERATOR, STRANGER, UNLISTED = "control-token", "other-token", "operator-token", "token-of-nothing", "unlisted-token"
CANARY = "CANARY7"


def token(name: str, value: str, *scopes: str) -> Token:
    return Token(name=name, scopes=list(scopes), sha256=hashlib.sha256(value.encode()).hexdigest())


def bearer(value: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {value}", "Content-Type": "application/cap+xml"}


@dataclass
class Served:
    client: TestClient
    book: Book


@pytest.fixture
def served(station_settings: Settings, tmp_path: Path) -> Iterator[Served]:
    tokens = [
        token("control", CONTROL, "alert"), token("other", OTHER, "alert"), token("duty", OPERATOR, "operate"), token("none", STRANGER),
        token("unlisted", UNLISTED, "alert"),
    ]  # fmt: skip
    senders = [
        Sender(sender=SENDER, name={"": "Control"}, token="control", life_safety=True),  # noqa: S106
        Sender(sender="other@x", name={"": "Other"}, token="other"),  # noqa: S106
    ]  # fmt: skip
    settings = station_settings.model_copy(update={"tokens": tokens, "alerts": Alerts(senders=senders)})
    clock = Hands()
    book = Book(AlertStore.open(tmp_path / "alerts.sqlite"), clock)
    app = FastAPI()
    problems.install(app)
    intake, end = Intake(settings.alerts, book, clock), partial(book.clear, operator=True)
    app.include_router(alerts.router(settings, book, intake, lambda one: view(one, settings), end))
    yield Served(TestClient(app, raise_server_exceptions=False), book)
    book.close()


def test_a_warning_comes_in_and_is_told(served: Served) -> None:
    client = served.client
    assert client.get("/v1/alerts").json() == {"alerts": [], "durable": True, "disclaimer": alerts.DISCLAIMER}
    answer = client.post("/v1/alerts", content=bytes_of(), headers=bearer(CONTROL))
    assert answer.status_code == 201
    taken = answer.json()
    assert (taken["action"], taken["life_safety"], taken["durable"]) == ("stands", True, True)
    assert answer.headers["location"] == f"/v1/alerts/{taken['id']}"
    listed = client.get("/v1/alerts").json()
    (alert,) = listed["alerts"]
    assert (alert["id"], alert["colour"], alert["response"], alert["sender"]["en"]) == (taken["id"], "red", "Evacuate", "Control")
    assert listed["disclaimer"].startswith("Information only. Not a fire detection")
    one = client.get(f"/v1/alerts/{taken['id']}").json()
    assert one == {"alert": alert, "disclaimer": alerts.DISCLAIMER}


def test_cap_goes_out(served: Served) -> None:
    key = served.client.post("/v1/alerts", content=bytes_of(), headers=bearer(CONTROL)).json()["id"]
    answer = served.client.get(f"/v1/alerts/{key}", headers={"Accept": "application/cap+xml"})
    assert answer.headers["content-type"] == "application/cap+xml"
    assert read(answer.content).alert == WARNING


def test_an_update_and_a_cancel_come_in(served: Served) -> None:
    client = served.client
    key = client.post("/v1/alerts", content=bytes_of(), headers=bearer(CONTROL)).json()["id"]
    update = following(WARNING, "Update", "a2", infos=(replace(FIRE, headline="Fire is out", urgency="Past"),))
    answer = client.post("/v1/alerts", content=bytes_of(update), headers=bearer(CONTROL))
    assert (answer.status_code, answer.json()["action"], answer.json()["id"]) == (200, "updated", key)
    assert client.get(f"/v1/alerts/{key}").json()["alert"]["colour"] == "green"
    answer = client.post("/v1/alerts", content=bytes_of(following(update, "Cancel", "a3")), headers=bearer(CONTROL))
    assert (answer.status_code, answer.json()["action"]) == (200, "ended")
    assert client.get(f"/v1/alerts/{key}").json()["code"] == "alert-not-found"


@pytest.mark.parametrize("value", [None, CANARY, STRANGER, OPERATOR])
def test_warning_needs_the_scope(served: Served, value: str | None) -> None:
    answer = served.client.post("/v1/alerts", content=bytes_of(), headers=bearer(value) if value else {})
    assert answer.status_code == (403 if value in (STRANGER, OPERATOR) else 401)
    assert served.book.standing() == ()


@pytest.mark.parametrize(("value", "code"), [(OTHER, "alert-wrong-way"), (UNLISTED, "alert-unknown-sender")])
def test_a_token_is_for_its_own_senders(served: Served, value: str, code: str) -> None:
    answer = served.client.post("/v1/alerts", content=bytes_of(), headers=bearer(value))
    assert (answer.status_code, answer.json()["code"]) == (403, code)
    assert served.book.standing() == ()


@pytest.mark.parametrize(("body", "status", "code"), [
    (b"", 400, "cap-not-xml"), (b'{"a": 1}', 400, "cap-not-xml"), (bytes_of(scope="Private"), 400, "alert-not-public"),
    (b"<!DOCTYPE a><a/>", 400, "cap-forbidden-xml"), (b"x" * 200_001, 413, "cap-too-large"),
    (bytes_of().replace(b">Public<", b">CANARY7<"), 400, "cap-invalid"), (bytes_of(status="Draft", note=CANARY), 400, "alert-draft"),
])  # fmt: skip
def test_what_cannot_be_is_refused_without_an_echo(served: Served, body: bytes, status: int, code: str) -> None:
    answer = served.client.post("/v1/alerts", content=body, headers=bearer(CONTROL))
    assert (answer.status_code, answer.json()["code"], answer.headers["content-type"]) == (status, code, "application/problem+json")
    assert CANARY not in answer.text
    assert served.book.standing() == ()


def test_staff_end_an_alert_and_the_log_says_who(served: Served) -> None:
    one = served.book.stand(WARNING, source="rule", life_safety=True, latched=True)
    for value, status in ((None, 401), (CONTROL, 403), (OPERATOR, 204), (OPERATOR, 404)):
        answer = served.client.delete(f"/v1/alerts/{one.id}", headers=bearer(value) if value else {})
        assert answer.status_code == status
    assert served.book.standing() == ()
    assert [(entry.action, entry.by) for entry in served.book.history(1)] == [("cleared", "duty")]


def test_an_unknown_alert_is_not_found_without_an_echo(served: Served) -> None:
    for answer in (served.client.get(f"/v1/alerts/{CANARY}"), served.client.delete(f"/v1/alerts/{CANARY}", headers=bearer(OPERATOR))):
        assert (answer.status_code, answer.json()["code"]) == (404, "alert-not-found")
        assert CANARY not in answer.text


def test_an_alert_of_ours_that_is_no_cap_is_told_as_unavailable_in_cap(served: Served) -> None:
    one = served.book.stand(replace(WARNING, identifier="no cap"), source="rule")
    assert served.client.get(f"/v1/alerts/{one.id}").status_code == 200
    answer = served.client.get(f"/v1/alerts/{one.id}", headers={"Accept": "application/cap+xml"})
    assert (answer.status_code, answer.json()["code"]) == (404, "alert-without-cap")


def test_a_disk_that_takes_nothing_is_told(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served.book._store, "durable", False)
    assert served.client.post("/v1/alerts", content=bytes_of(), headers=bearer(CONTROL)).json()["durable"] is False
    assert served.client.get("/v1/alerts").json()["durable"] is False
