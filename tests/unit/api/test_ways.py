"""Journeys, routes and maps by the API: what is answered, and what attackers get."""

from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

SECRET = "CANARY7"  # noqa: S105
SVG = "{http://www.w3.org/2000/svg}"


def test_a_journey_has_legs_platforms_and_sources(client: TestClient) -> None:
    journeys = client.get("/v1/journeys", params={"to": "zo", "depart_at": "2026-11-24T09:00:00", "limit": 2}).json()["journeys"]
    assert 1 <= len(journeys) <= 2
    first = journeys[0]
    rides = [leg for leg in first["legs"] if leg["kind"] == "ride"]
    assert first["changes"] == len(rides) - 1
    assert rides[0]["line"]
    assert rides[0]["start_platform"]
    assert datetime.fromisoformat(first["departure"]) >= datetime.fromisoformat("2026-11-24T09:00:00+00:00")
    assert (first["departure"], first["arrival"]) == (first["legs"][0]["departure"], first["legs"][-1]["arrival"])
    assert {source["table"] for source in first["sources"]} >= {"stop_times"}


def test_a_journey_is_there_in_time(client: TestClient) -> None:
    limit = "2026-11-24T10:00:00+00:00"
    journeys = client.get("/v1/journeys", params={"from": "ap", "to": "Zoo", "arrive_by": limit}).json()["journeys"]
    assert journeys
    assert all(datetime.fromisoformat(journey["arrival"]) <= datetime.fromisoformat(limit) for journey in journeys)


@pytest.mark.parametrize(("query", "status", "code"), [
    ("to=zo&depart_at=2026-11-24T09:00:00&arrive_by=2026-11-24T10:00:00", 400, "two-times"),
    ("to=zo&depart_at=CANARY7", 422, "invalid-input"),
    ("to=zo&depart_at=2026-02-30T09:00:00", 422, "invalid-input"),
    ("to=zo&depart_at=0001-01-01T00:00:00", 400, "out-of-timetable"),
    ("to=zo&arrive_by=9999-12-31T23:59:59-12:00", 400, "out-of-timetable"),
    ("to=zo&depart_at=1999-01-01T00:00:00", 400, "out-of-timetable"),
    ("to=zo&limit=0", 422, "invalid-input"),
    ("to=zo&limit=99999999999999999999", 422, "invalid-input"),
    ("to=zo&step_free=CANARY7", 422, "invalid-input"),
    ("to=zo&language=CANARY7", 422, "invalid-input"),
    ("to=zo&language=fr", 400, "unknown-language"),
    ("to=CANARY7", 404, "unknown-stop"),
    ("from=CANARY7&to=zo", 404, "unknown-stop"),
    ("to=" + "CANARY7" * 20, 422, "invalid-input"),
    ("", 422, "invalid-input"),
    ("to=%00", 404, "unknown-stop"),
])  # fmt: skip
def test_a_journey_that_cannot_be_is_refused_without_an_echo(client: TestClient, query: str, status: int, code: str) -> None:
    refused = client.get(f"/v1/journeys?{query}")
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.headers["content-type"] == "application/problem+json"
    assert SECRET not in refused.text


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_a_route_says_each_step_its_level_and_length(client: TestClient, language: str) -> None:
    answer = client.get("/v1/routes", params={"to": "hc7", "language": language}).json()
    route = answer["route"]
    assert route["goal"] == "hc7"
    assert route["seconds"] == pytest.approx(sum(step["seconds"] for step in route["steps"]), abs=1)
    assert all(step["text"] for step in route["steps"])
    assert any(step["metres"] for step in route["steps"])
    assert route["steps"][-1]["level"] == {"en": "Platform level", "zh": "站台层", "ko": "승강장층"}[language]
    assert {source["table"] for source in answer["sources"]} == {"pathways"}
    assert [level["level"] for level in route["maps"]] == ["street", "upper"]


def test_a_route_between_two_places_begins_there(client: TestClient) -> None:
    there = client.get("/v1/routes", params={"from": "hc7", "to": "toilets-north"}).json()["route"]
    assert there["goal"] == "toilets-north"
    assert [level["level"] for level in there["maps"]] == ["upper", "street"]
    assert "from=hc7" in there["maps"][0]["image"]
    by_name = client.get("/v1/routes", params={"from": "hc7", "to": "North Toilets"}).json()["route"]
    assert by_name == there


@pytest.mark.parametrize(("path", "status", "code"), [
    ("/v1/routes", 422, "invalid-input"),
    ("/v1/routes?to=CANARY7", 404, "unknown-place"),
    ("/v1/routes?to=hc7&from=CANARY7", 404, "unknown-place"),
    ("/v1/routes?to=ap1", 404, "unknown-place"),
    ("/v1/routes?to=hc7&step_free=CANARY7", 422, "invalid-input"),
    ("/v1/routes?to=hc7&language=fr", 400, "unknown-language"),
    ("/v1/routes/map", 422, "invalid-input"),
    ("/v1/routes/map?level=CANARY7", 404, "level-not-found"),
    ("/v1/routes/map?level=street&to=CANARY7", 404, "unknown-place"),
    ("/v1/routes/map?level=" + "CANARY7" * 20, 422, "invalid-input"),
    ("/v1/service-alerts?line=CANARY7", 404, "unknown-line"),
])  # fmt: skip
def test_a_way_that_cannot_be_is_refused_without_an_echo(client: TestClient, path: str, status: int, code: str) -> None:
    refused = client.get(path)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.headers["content-type"] == "application/problem+json"
    assert SECRET not in refused.text


def test_the_maps_of_a_route_are_served_as_images_that_run_nothing(client: TestClient) -> None:
    for level in client.get("/v1/routes", params={"to": "hc7"}).json()["route"]["maps"]:
        image = client.get(level["image"])
        assert image.status_code == 200
        assert image.headers["content-type"] == "image/svg+xml"
        assert image.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert image.headers["cache-control"] == "no-store"
        assert image.headers["x-content-type-options"] == "nosniff"
        svg = ET.fromstring(image.text)  # noqa: S314
        assert svg.findtext(f"{SVG}title") == level["name"]
        assert svg.findtext(f"{SVG}desc") == level["text"]


def test_a_map_without_a_way_shows_the_level(client: TestClient) -> None:
    image = client.get("/v1/routes/map", params={"level": "metro", "language": "ko"})
    texts = [element.text for element in ET.fromstring(image.text).iter(f"{SVG}text")]  # noqa: S314
    assert {"지하철층", "9", "12"} <= set(texts)


def test_there_are_no_alerts_without_a_source(client: TestClient) -> None:
    assert client.get("/v1/service-alerts").json() == {"alerts": []}
