"""Reports by the API: who may, what is refused, and that an answer's report is there to be acknowledged."""

from datetime import datetime

import pytest
from fastapi.testclient import TestClient

from assistant.answers.desk import Desk
from assistant.answers.renderer import Responses
from assistant.clock import StartedClock
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.reports.reports import Reports
from assistant.settings import Settings
from tests.conftest import ROOT, until
from tests.unit.api.conftest import STRANGER

SECRET = "CANARY7"  # noqa: S105
CALLS = [("GET", "/v1/reports"), ("POST", "/v1/reports"), ("POST", "/v1/reports/x/acknowledgement")]


def test_a_report_is_filed_listed_and_acknowledged(client: TestClient, operator: dict[str, str], clock: StartedClock) -> None:
    filed = client.post("/v1/reports", json={"kind": "spill", "place": "exit-north", "source": "staff"}, headers=operator)
    assert filed.status_code == 201
    report = filed.json()
    assert filed.headers["location"] == f"/v1/reports/{report['id']}"
    assert (report["kind"], report["kiosk"], report["place"], report["source"]) == ("spill", "kiosk-main-hall", "exit-north", "staff")
    assert abs((datetime.fromisoformat(report["at"]) - clock.now()).total_seconds()) < 60
    assert (report["acknowledged_at"], report["acknowledged_by"]) == (None, None)
    assert client.get("/v1/reports", params={"limit": 1}, headers=operator).json() == {"reports": [report]}
    seen = client.post(f"/v1/reports/{report['id']}/acknowledgement", headers=operator)
    assert (seen.status_code, seen.json()["acknowledged_by"]) == (200, "lift-watch")
    assert client.post(f"/v1/reports/{report['id']}/acknowledgement", headers=operator).json() == seen.json()
    waiting = client.get("/v1/reports", params={"waiting": "true"}, headers=operator).json()["reports"]
    assert report["id"] not in [row["id"] for row in waiting]


def test_without_a_place_it_is_where_the_kiosk_stands(client: TestClient, operator: dict[str, str]) -> None:
    report = client.post("/v1/reports", json={"kind": "smoke"}, headers=operator).json()
    assert (report["place"], report["source"]) == ("hc-hall", "api")


def test_an_emergency_that_is_answered_is_there_to_be_acknowledged(
    client: TestClient, operator: dict[str, str], operated: Settings, knowledge: Knowledge, clock: StartedClock, reports: Reports
) -> None:
    zone = clock.now().tzinfo
    assert zone is not None
    responses = Responses.load(ROOT / "dialogues" / "domain")
    desk = Desk(operated, knowledge, Monitor(operated, clock, zone), clock, responses, reports)  # type: ignore[arg-type]
    desk.answer("emergency_despair", {}, "en", "c1")
    desk.answer("emergency_alarm", {}, "en", "c1")

    def kiosk() -> list[str]:
        rows = client.get("/v1/reports", headers=operator).json()["reports"]
        return [row["kind"] for row in rows if row["source"] == "kiosk"]

    assert until(lambda: kiosk() == ["despair"])


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize(("token", "status", "code"), [
    (None, 401, "not-authorised"), (SECRET, 401, "not-authorised"), (STRANGER, 403, "wrong-scope"),
])  # fmt: skip
def test_reading_filing_and_acknowledging_need_the_scope(
    client: TestClient, method: str, path: str, token: str | None, status: int, code: str
) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    refused = client.request(method, path, json={"kind": "spill"} if path == "/v1/reports" and method == "POST" else None, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.headers["content-type"] == "application/problem+json"
    assert SECRET not in refused.text


@pytest.mark.parametrize(("body", "status"), [
    ({}, 422), ({"kind": SECRET}, 422), ({"kind": "spill", "text": SECRET}, 422), ({"kind": "spill", "source": "kiosk"}, 422),
    ({"kind": "spill", "place": SECRET}, 404), ({"kind": "spill", "place": ""}, 422), ({"kind": "spill", "place": "x" * 201}, 422),
    ([], 422),
])  # fmt: skip
def test_what_cannot_be_is_refused_without_an_echo(client: TestClient, operator: dict[str, str], body: object, status: int) -> None:
    before = client.get("/v1/reports", headers=operator).json()
    refused = client.post("/v1/reports", json=body, headers=operator)
    assert (refused.status_code, refused.headers["content-type"]) == (status, "application/problem+json")
    assert SECRET not in refused.text
    assert client.get("/v1/reports", headers=operator).json() == before


def test_a_report_that_is_not_there_cannot_be_acknowledged(client: TestClient, operator: dict[str, str]) -> None:
    refused = client.post(f"/v1/reports/{SECRET}/acknowledgement", headers=operator)
    assert (refused.status_code, refused.json()["code"]) == (404, "report-not-found")
    assert SECRET not in refused.text


@pytest.mark.parametrize("limit", [0, 1001, "x"])
def test_a_list_has_its_limit(client: TestClient, operator: dict[str, str], limit: object) -> None:
    assert client.get("/v1/reports", params={"limit": str(limit)}, headers=operator).status_code == 422
