"""Pushed readings by the API: who may, in which forms, and what is refused without an echo."""

import base64
import json
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.answers.desk import Desk
from assistant.answers.renderer import Responses
from assistant.api import environment, problems
from assistant.api.access import Gate
from assistant.clock import StartedClock
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.settings import Sensor, Settings
from tests.conftest import ROOT
from tests.unit.api.conftest import token

SECRET = "CANARY7"  # noqa: S105
BOX, OTHER, OPERATOR = "box-token", "other-token", "operators-token"
PATH = "/v1/environment/readings"
SENML = "application/senml+json"


def sensor(id_: str, quantity: str, unit: str, source: str) -> Sensor:
    return Sensor.model_validate({"id": id_, "name": id_, "quantity": quantity, "unit": unit, "area": "Hall", "source": source})


@pytest.fixture(scope="module")
def sensors() -> list[Sensor]:
    return [
        sensor("a", "pm10", "µg/m³", "push:esp8266-13597771"), sensor("b", "pm2_5", "µg/m³", "push:esp8266-13597771"),
        sensor("p", "pressure", "hPa", "push:esp8266-13597771"), sensor("c", "co2", "ppm", "push:hall"),
        sensor("s", "smoke", "state", "push:hall"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def responses() -> Responses:
    return Responses.load(ROOT / "dialogues" / "domain")


@pytest.fixture
def client(
    operated: Settings, knowledge: Knowledge, clock: StartedClock, sensors: list[Sensor], responses: Responses
) -> Iterator[TestClient]:
    """The calls of the air over a station with sensors that wait."""
    tokens = [
        token("box", BOX, ["sense:esp8266-13597771",
        "sense:nowhere"]), token("hall", OTHER, ["sense:hall"]), token("op", OPERATOR, ["operate"]),
    ]  # fmt: skip
    settings = operated.model_copy(update={"sensors": sensors, "tokens": tokens})
    monitor = Monitor(settings, clock, ZoneInfo("Europe/London"))
    desk = Desk(settings, knowledge, monitor, clock, responses)
    app = FastAPI()
    problems.install(app)
    app.include_router(environment.router(desk, settings.sensors, settings.tokens))
    with TestClient(Gate(app, 1_000_000), base_url="http://127.0.0.1:8080", raise_server_exceptions=False) as client:
        yield client


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def basic(name: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


def values(client: TestClient) -> dict[str, float]:
    report = client.get("/v1/environment").json()
    return {row["id"]: row["value"] for row in report["sensors"] if row["value"] is not None}


def airrohr(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"software_version": "NRZ-2020-133", "sensordatavalues": [{"value_type": name, "value": value} for name, value in pairs]}


def test_senml_is_taken(client: TestClient) -> None:
    pack = [{"bn": "hall/", "bu": "ppm"}, {"n": "co2", "v": 812, "t": -30}, {"n": "smoke", "vb": False}, {"n": "co2", "v": "x"}]
    taken = client.post(PATH, content=json.dumps(pack), headers=bearer(OTHER) | {"Content-Type": SENML})
    assert (taken.status_code, taken.json()) == (200, {"accepted": 2, "rejected": 1})
    assert values(client) == {"c": 812, "s": 0}
    assert client.post(PATH, json=[{"n": "co2", "u": "ppm", "v": 813}], headers=bearer(OTHER)).json() == {"accepted": 1, "rejected": 0}
    assert values(client)["c"] == 813


@pytest.mark.parametrize("headers", [bearer(BOX), basic("anybody", BOX), basic("", BOX)], ids=["bearer", "basic", "no name"])
def test_a_box_of_sensor_community_is_heard(client: TestClient, headers: dict[str, str]) -> None:
    body = airrohr(("SDS_P1", "14.80"), ("SDS_P2", "14.00"), ("BME280_pressure", "100659.00"), ("BME280_humidity", "40"), ("signal", "-52"))
    taken = client.post(PATH, json=body, headers=headers | {"X-Sensor": "esp8266-13597771"})
    assert (taken.status_code, taken.json()) == (200, {"accepted": 3, "rejected": 1})
    assert values(client) == {"a": 14.8, "b": 14.0, "p": 1006.59}
    pinned = client.post(PATH, json=airrohr(("P1", "20")), headers=headers | {"X-Sensor": "esp8266-13597771", "X-PIN": "1"})
    assert pinned.json() == {"accepted": 1, "rejected": 0}
    assert values(client)["a"] == 20


GOOD = airrohr(("P1", "1"))


@pytest.mark.parametrize(("headers", "status", "code"), [
    ({}, 401, "not-authorised"), (bearer(SECRET), 401, "not-authorised"), (basic("x", SECRET), 401, "not-authorised"),
    (basic(BOX, ""), 401, "not-authorised"), ({"Authorization": "Basic CANARY7!"}, 401, "not-authorised"),
    (bearer(OPERATOR), 403, "wrong-scope"),
    ({"Authorization": BOX}, 401, "not-authorised"), (basic("x", OPERATOR), 403, "wrong-scope"), (bearer(OTHER), 403, "wrong-sensor"),
])  # fmt: skip
def test_others_may_not(client: TestClient, headers: dict[str, str], status: int, code: str) -> None:
    refused = client.post(PATH, json=GOOD, headers=headers | {"X-Sensor": "esp8266-13597771"})
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.headers["content-type"] == "application/problem+json"
    assert (status == 401) == ("www-authenticate" in refused.headers)
    assert SECRET not in refused.text
    assert values(client) == {}


SENT = json.dumps(GOOD).encode()


@pytest.mark.parametrize(("body", "kind", "name", "status", "code"), [
    (b"CANARY7", "application/json", "", 400, "invalid-input"), (b"", "application/json", "", 400, "invalid-input"),
    (b"[" * 60_000, SENML, "", 400, "invalid-input"), (b"\xff\xfe", "application/json", "", 400, "invalid-input"),
    (b'{"CANARY7": 1}', SENML, "", 400, "unusable-readings"), (b'{"CANARY7": 1}', "application/json", "", 400, "unusable-readings"),
    (b'[{"n": "CANARY7", "v": 1}]', SENML, "", 400, "unusable-readings"),
    (b'[{"n": "esp8266-13597771/pm10", "u": "CANARY7", "v": 1}]', SENML, "", 400, "unusable-readings"),
    (b'[{"n": "esp8266-13597771/pm10", "u": "ug/m3", "v": 1, "t": 100}]', SENML, "", 400, "unusable-readings"),
    (b'[{"n": "esp8266-13597771/co2", "u": "ppm", "v": 1}]', SENML, "", 400, "unusable-readings"),
    (SENT, "application/json", "", 400, "unnamed-sensor"), (SENT, "text/plain", "", 415, "unsupported-body"),
    (SENT, "application/json", "CANARY7 x", 400, "unusable-readings"), (SENT, "application/json", "CANARY7", 403, "wrong-sensor"),
    (SENT, "application/json", "nowhere", 404, "unknown-sensor"), (b" " * 64_001, "application/json", "", 413, "too-large"),
    (b" " * 1_000_001, "application/json", "", 413, "too-large"),
])  # fmt: skip
def test_what_cannot_be_is_refused_without_an_echo(client: TestClient, body: bytes, kind: str, name: str, status: int, code: str) -> None:
    headers = bearer(BOX) | {"Content-Type": kind} | ({"X-Sensor": name} if name else {})
    refused = client.post(PATH, content=body, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.headers["content-type"] == "application/problem+json"
    assert SECRET not in refused.text
    assert values(client) == {}


def test_an_empty_token_is_none(client: TestClient) -> None:
    assert client.post(PATH, json=GOOD, headers=bearer("")).status_code == 401


def test_both_ways_to_show_a_token_are_described(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    call = document["paths"][PATH]["post"]
    assert {name for way in call["security"] for name in way} == {"HTTPBearer", "HTTPBasic"}
    assert set(call["requestBody"]["content"]) == {SENML, "application/json"}
