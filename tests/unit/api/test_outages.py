"""Lifts out of order by the API: who may say so, what is refused, and that routes follow at once."""

from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from assistant.clock import StartedClock
from assistant.knowledge import Knowledge
from assistant.knowledge.models import Outage, Source
from tests.unit.api.conftest import STRANGER

SECRET = "CANARY7"  # noqa: S105
LIFTS = {"targets": ["lift-78"], "reason": "door does not close"}


def test_a_lift_out_of_order_is_told_listed_and_taken_back(client: TestClient, operator: dict[str, str]) -> None:
    told = client.post("/v1/outages", json=LIFTS, headers=operator)
    assert told.status_code == 201
    outage = told.json()
    assert told.headers["location"] == f"/v1/outages/{outage['id']}"
    assert (outage["targets"], outage["reason"], outage["origin"], outage["active"]) == (["lift-78"], "door does not close", "api", True)
    assert [row["id"] for row in client.get("/v1/outages").json()["outages"]] == [outage["id"]]
    assert client.delete(f"/v1/outages/{outage['id']}", headers=operator).status_code == 204
    assert client.get("/v1/outages").json() == {"outages": []}
    assert client.delete(f"/v1/outages/{outage['id']}", headers=operator).status_code == 404


def test_routes_lead_around_it_at_once(client: TestClient, operator: dict[str, str]) -> None:
    way = {"to": "hc7", "step_free": "true"}
    before = client.get("/v1/routes", params=way).json()["route"]
    assert before["step_free"]
    assert "lift" in [step["mode"] for step in before["steps"]]
    told = client.post("/v1/outages", json=LIFTS, headers=operator).json()
    refused = client.get("/v1/routes", params=way)
    assert (refused.status_code, refused.headers["content-type"]) == (404, "application/problem+json")
    assert refused.json()["code"] == "no-step-free-route"
    assert [outage["id"] for outage in refused.json()["outages"]] == [told["id"]]
    assert client.get("/v1/routes", params={"to": "hc7"}).json()["route"]["step_free"] is False
    client.delete(f"/v1/outages/{told['id']}", headers=operator)
    assert client.get("/v1/routes", params=way).json()["route"] == before


@pytest.mark.parametrize("header", [
    {}, {"Authorization": ""}, {"Authorization": "Bearer"}, {"Authorization": "Bearer "}, {"Authorization": "Bearer CANARY7"},
    {"Authorization": "Basic b3BlcmF0b3JzLXRva2Vu"}, {"Authorization": "Bearer operators-token2"}, {"Authorization": "operators-token"},
    {"Authorization": "Bearer opérators-token".encode()},
])  # fmt: skip
def test_without_a_known_token_nothing_is_written(client: TestClient, header: dict[str, str]) -> None:
    for refused in (client.post("/v1/outages", json=LIFTS, headers=header), client.delete("/v1/outages/x", headers=header)):
        assert (refused.status_code, refused.json()["code"]) == (401, "not-authorised")
        assert refused.headers["www-authenticate"].startswith("Bearer")
        assert refused.headers["content-type"] == "application/problem+json"
        assert SECRET not in refused.text
    assert client.get("/v1/outages").json() == {"outages": []}


def test_a_token_without_the_scope_writes_nothing(client: TestClient) -> None:
    refused = client.post("/v1/outages", json=LIFTS, headers={"Authorization": f"Bearer {STRANGER}"})
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong-scope")
    assert client.get("/v1/outages").json() == {"outages": []}


def test_a_token_does_not_open_the_gate_to_foreign_pages(client: TestClient, operator: dict[str, str]) -> None:
    refused = client.post("/v1/outages", json=LIFTS, headers={**operator, "Origin": "http://evil.example"})
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong-origin")


@pytest.mark.parametrize(("body", "status"), [
    ({}, 422), ({"targets": []}, 422), ({"targets": [""]}, 422), ({"targets": ["lift-78"] * 201}, 422), ({"targets": ["x" * 201]}, 422),
    ({"targets": ["CANARY7"]}, 404), ({"targets": ["lift-78", "CANARY7"]}, 404), ({"targets": "lift-78"}, 422), ({"targets": [7]}, 422),
    ({**LIFTS, "reason": "CANARY7" * 30}, 422), ({**LIFTS, "reason": "CANARY7\n"}, 422), ({**LIFTS, "CANARY7": 1}, 422),
    ({**LIFTS, "until": "CANARY7"}, 422), ({**LIFTS, "until": "2026-11-24T07:00:00"}, 400),
    ({**LIFTS, "until": "0001-01-01T00:00:00"}, 400), ({**LIFTS, "since": "9999-12-31T23:59:59-12:00"}, 400),
    ({**LIFTS, "since": "2026-11-25T10:00:00", "until": "2026-11-25T09:00:00"}, 400),
    ({**LIFTS, "origin": "realtime"}, 422), ([], 422),
])  # fmt: skip
def test_what_cannot_be_is_refused_without_an_echo(client: TestClient, operator: dict[str, str], body: object, status: int) -> None:
    refused = client.post("/v1/outages", json=body, headers=operator)
    assert (refused.status_code, refused.headers["content-type"]) == (status, "application/problem+json")
    assert SECRET not in refused.text
    assert client.get("/v1/outages").json() == {"outages": []}


def test_times_without_an_offset_are_the_stations(client: TestClient, operator: dict[str, str], clock: StartedClock) -> None:
    body = {**LIFTS, "since": "2026-11-25T10:00:00", "until": "2026-11-25T12:00:00+02:00"}
    outage = client.post("/v1/outages", json=body | {"until": "2026-11-25T13:00:00+02:00"}, headers=operator).json()
    assert datetime.fromisoformat(outage["since"]) == datetime.fromisoformat("2026-11-25T10:00:00+00:00")
    assert datetime.fromisoformat(outage["until"]) == datetime.fromisoformat("2026-11-25T11:00:00+00:00")
    assert outage["active"] is False
    assert client.post("/v1/outages", json=body, headers=operator).status_code == 400, "it ends as it begins"


def test_what_another_source_says_is_taken_back_there_alone(
    client: TestClient, operator: dict[str, str], knowledge: Knowledge, clock: StartedClock
) -> None:
    now = clock.now()
    source = Source(kind="realtime", table="alerts", key="a1", as_of=now.isoformat())
    outage = Outage(id="a1", targets=("lift-78",), reason="", since=now - timedelta(hours=1), until=None, origin="realtime", source=source)
    knowledge.outages.replace("realtime", [outage])
    refused = client.delete("/v1/outages/a1", headers=operator)
    assert (refused.status_code, refused.json()["code"]) == (403, "outage-of-another-source")
    assert [row["origin"] for row in client.get("/v1/outages").json()["outages"]] == ["realtime"]


def test_a_reason_is_one_line_of_plain_text(client: TestClient, operator: dict[str, str]) -> None:
    told = client.post("/v1/outages", json={"targets": ["lift-78"], "reason": " Motor\x85\u2028 is \u202eout "}, headers=operator)
    assert told.json()["reason"] == "Motor is out"


def test_more_outages_than_can_be_kept_are_refused(client: TestClient, operator: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.knowledge.outages.MOST", 2)
    statuses = [client.post("/v1/outages", json=LIFTS, headers=operator).status_code for _ in range(3)]
    assert statuses == [201, 201, 413]
