"""Who may come in, and what a refusal looks like; over the real API without its processes."""

import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message
from starlette.websockets import WebSocketDisconnect

from assistant.alarm.board import NoAlarms
from assistant.answers.desk import Desk
from assistant.api.access import Gate
from assistant.clock import StartedClock
from assistant.conversation.health import Health
from assistant.conversation.store import ConversationStore
from assistant.conversation.turn import Turns
from assistant.events import Changes
from assistant.settings import Settings
from assistant.surfaces import Surfaces, create_api
from tests.fixtures.fakes import DeskDialogue, ScriptedSpeech

HOST = "127.0.0.1:8080"


def api(desk: Desk, settings: Settings, clock: StartedClock, dialogue: DeskDialogue, speech: ScriptedSpeech) -> FastAPI:
    health = Health(components={"knowledge": "ready"}, speech={})
    return create_api(
        Surfaces(
            desk=desk, turns=Turns(desk, ConversationStore(clock, 60), dialogue, settings.languages), speech=speech, settings=settings,
            health=lambda: health, vocabulary=lambda _: [], record=lambda: None, changes=Changes(), reports=None, board=NoAlarms(),  # type: ignore[arg-type, return-value]
            book=None, intake=None, view=None, end=None,  # type: ignore[arg-type]
        )
    )  # fmt: skip


@pytest.fixture
def dialogue(desk: Desk) -> DeskDialogue:
    return DeskDialogue(desk)


@pytest.fixture
def speech() -> ScriptedSpeech:
    return ScriptedSpeech()


@pytest.fixture
def client(desk: Desk, station_settings: Settings, clock: StartedClock, dialogue: DeskDialogue, speech: ScriptedSpeech) -> TestClient:
    app = Gate(api(desk, station_settings, clock, dialogue, speech), 1_000_000)
    return TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False)


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "LOCALHOST"])
def test_this_machines_own_names_are_served(client: TestClient, host: str) -> None:
    assert client.get("/livez", headers={"Host": host}).json() == {"status": "live"}


@pytest.mark.parametrize("host", [
    "evil.example", "127.0.0.1.evil.example", "192.0.2.7:8080", "", "[", "localhost@evil.example", "evil.example@127.0.0.1",
    "127.0.0.1/evil", "localhost#evil", "localhost:CANARY7", "127.0.0.1\t:8080", "localhost.", "::1", "127.0.0.1:8080:8080",
])  # fmt: skip
def test_any_other_name_is_refused(client: TestClient, host: str) -> None:
    refused = client.get("/livez", headers={"Host": host})
    assert refused.status_code == 403
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "wrong-host"


@pytest.mark.parametrize("origin", [
    "https://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:8080", "http://[", "http://]:8080", "",
    "file://127.0.0.1:8080", "http://127.0.0.1:8080/", "http://evil@127.0.0.1:8080",
])  # fmt: skip
def test_pages_of_other_origins_are_refused(client: TestClient, origin: str) -> None:
    assert client.post("/v1/conversations", json={}, headers={"Origin": origin}).status_code == 403
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/v1/kiosk", headers={"Host": HOST, "Origin": origin}):
        pass


def test_one_foreign_origin_among_several_is_refused(client: TestClient) -> None:
    headers = [("Origin", "https://evil.example"), ("Origin", f"http://{HOST}")]
    assert client.get("/livez", headers=headers).status_code == 403


def test_its_own_page_is_let_in(client: TestClient) -> None:
    with client.websocket_connect("/v1/kiosk", headers={"Host": HOST, "Origin": f"http://{HOST}"}) as socket:
        socket.send_text(json.dumps({"type": "hello", "language": "ko"}))
        assert socket.receive_json()["station"] == "항구중앙역"


def test_answers_carry_the_page_headers(client: TestClient) -> None:
    headers = client.get("/").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "camera=()" in headers["permissions-policy"]
    assert "access-control-allow-origin" not in headers


def test_a_page_of_the_disk_may_wait_for_the_heartbeat_alone(client: TestClient) -> None:
    policies = [client.get(path).headers["cross-origin-resource-policy"] for path in ("/livez", "/readyz", "/")]
    assert policies == ["cross-origin", "same-origin", "same-origin"]


def conversation(client: TestClient, language: str = "en") -> str:
    return str(client.post("/v1/conversations", json={"language": language}).json()["id"])


SECRET = "CANARY7"  # noqa: S105
BAD_TURNS = [
    (b"", "application/json", 400),
    (b"{", "application/json", 400),
    (b"\xff\xfe\x00", "application/json", 400),
    (b'{"text": "\xff"}', "application/json", 400),
    (b'{"text": ""}', "application/json", 400),
    (b'{"text": "   \\u0000 "}', "application/json", 400),
    (b'{"text": null}', "application/json", 400),
    (b'{"CANARY7": 1}', "application/json", 400),
    (b'{"text": "CANARY7", "ask": {"intent": "air_quality_now"}}', "application/json", 400),
    (b'{"ask": {"intent": "canary7"}}', "application/json", 400),
    (b'{"ask": {"intent": "CANARY7 "}}', "application/json", 400),
    (b'{"text": "' + b"CANARY7" * 200 + b'"}', "application/json", 400),
    (b'{"ask": {"intent": "timetable_next_departures", "slots": {"depart_at": {}}}}', "application/json", 400),
    (b'{"ask": {"intent": "timetable_next_departures", "slots": {"line": "' + b"CANARY7" * 30 + b'"}}}', "application/json", 400),
    (b"[" * 100_000, "application/json", 400),
    (b"CANARY7", "text/plain", 415),
    (b"CANARY7", "audio/wav", 422),
    (b"", "audio/wav", 422),
    (b"x" * 1_000_001, "application/json", 413),
]


@pytest.mark.parametrize(("body", "kind", "status"), BAD_TURNS)
def test_a_bad_turn_gets_a_problem_document_without_an_echo(client: TestClient, body: bytes, kind: str, status: int) -> None:
    path = f"/v1/conversations/{conversation(client)}/turns"
    refused = client.post(path, content=body, headers={"Content-Type": kind})
    assert refused.status_code == status
    assert refused.headers["content-type"] == "application/problem+json"
    document = refused.json()
    assert {"type", "title", "status", "code", "detail"} <= document.keys()
    assert document["status"] == status
    assert SECRET.casefold() not in refused.text.casefold()


@pytest.mark.parametrize("path", ["/v1/conversations", "/v1/conversations/{}/turns", "/v1/speech/synthesis", "/v1/speech/recognition"])
def test_a_body_that_grows_past_the_limit_without_a_length_is_cut_off(client: TestClient, path: str) -> None:
    pieces = (b"x" * 100_000 for _ in range(20))
    refused = client.post(path.format(conversation(client)), content=pieces, headers={"Content-Type": "application/json"})
    assert (refused.status_code, refused.json()["code"]) == (413, "too-large")
    assert "content-security-policy" in refused.headers


@pytest.mark.parametrize("path", ["/v1/conversations", "/v1/conversations/{}/turns", "/v1/speech/recognition"])
async def test_a_client_that_goes_in_the_middle_of_its_body_is_no_failure_of_ours(
    client: TestClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    messages: list[Message] = [{"type": "http.request", "body": b"RIFF", "more_body": True}, {"type": "http.disconnect"}]
    sent: list[Message] = []

    async def receive() -> Message:
        return messages.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", HOST.encode()), (b"content-type", b"audio/wav"), (b"content-length", b"1000")]
    path = path.format(conversation(client))
    await client.app({"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}, receive, send)
    assert sent[0]["status"] < 500
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("POST", "/v1/conversations/CANARY7/turns", 404, "unknown-conversation"),
        ("DELETE", "/v1/conversations/CANARY7", 404, "unknown-conversation"),
        ("GET", "/v1/CANARY7", 404, "not-found"),
        ("PUT", "/v1/conversations", 405, "method-not-allowed"),
        ("GET", "/v1/departures?to=CANARY7", 404, "unknown-stop"),
        ("GET", "/v1/departures?line=CANARY7", 404, "unknown-line"),
        ("GET", "/v1/departures?at=CANARY7", 422, "invalid-input"),
        ("GET", "/v1/departures?at=9999-12-31T23:59:59", 400, "out-of-timetable"),
        ("GET", "/v1/departures?at=0001-01-01T00:00:00-12:00", 400, "out-of-timetable"),
        ("GET", "/v1/departures?limit=CANARY7", 422, "invalid-input"),
        ("GET", "/v1/departures?limit=51", 422, "invalid-input"),
        ("GET", "/v1/places?language=CANARY7", 422, "invalid-input"),
        ("GET", "/%2e%2e/%2e%2e/etc/passwd", 404, "not-found"),
        ("GET", "/..%2fpyproject.toml", 404, "not-found"),
    ],
)
def test_bad_calls_get_problem_documents(client: TestClient, method: str, path: str, status: int, code: str) -> None:
    body = {"json": {"text": "hello"}} if method == "POST" else {}
    refused = client.request(method, path, **body)  # type: ignore[arg-type]
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert SECRET not in refused.text


def test_an_unknown_language_is_named_with_those_that_are_served(client: TestClient) -> None:
    for language in ("xx", "EN", "../etc"):
        refused = client.post("/v1/conversations", json={"language": language})
        assert refused.status_code == 400
        assert "en, zh, ko" in refused.json()["detail"]


def test_touch_answers_while_dialogue_and_speech_are_down(client: TestClient, dialogue: DeskDialogue, speech: ScriptedSpeech) -> None:
    dialogue.down = speech.down = True
    path = f"/v1/conversations/{conversation(client)}/turns"
    turn = client.post(path, json={"ask": {"intent": "timetable_next_departures", "slots": {"destination": "ap"}}}).json()
    assert turn["replies"][0]["card"]["departures"]
    assert {slot["type"]: slot["id"] for slot in turn["understood"]["slots"]}["destination"] == "ap"
    down = client.post("/v1/speech/synthesis", json={"text": "hello", "language": "en"})
    assert (down.status_code, down.headers["retry-after"]) == (503, "2")


def test_a_text_that_cannot_be_spoken_is_told_as_such(client: TestClient, speech: ScriptedSpeech) -> None:
    speech.pieces = 0
    refused = client.post("/v1/speech/synthesis", json={"text": "...", "language": "en"})
    assert (refused.status_code, refused.json()["code"]) == (400, "empty-text")


def test_a_closed_conversation_is_forgotten_by_the_dialogue_too(client: TestClient, dialogue: DeskDialogue) -> None:
    opened = conversation(client)
    assert client.delete(f"/v1/conversations/{opened}").status_code == 204
    assert dialogue.forgotten == [opened]
    assert client.post(f"/v1/conversations/{opened}/turns", json={"text": "hello"}).status_code == 404


@pytest.mark.parametrize(
    "at", ["9999-12-31T23:59:59", "0001-01-01", "CANARY7", "2030-06-01T10:00+14:00", "-1", "", "in 99999999999 hours", "99 to 5"]
)  # fmt: skip
def test_any_time_in_a_tile_ends_in_an_answer(client: TestClient, at: str) -> None:
    ask = {"intent": "timetable_next_departures", "slots": {"depart_at": at}}
    turn = client.post(f"/v1/conversations/{conversation(client)}/turns", json={"ask": ask})
    assert turn.status_code == 200
    assert turn.json()["replies"][0]["text"]


def test_departures_are_those_of_the_board(client: TestClient) -> None:
    board = client.get("/v1/departures", params={"to": "Airport", "limit": 3, "language": "ko"}).json()["departures"]
    assert [row["line"] for row in board] == ["AX", "AX", "AX"]
    assert all(row["source"]["table"] == "stop_times" and row["status"] == "scheduled" for row in board)
    later = client.get("/v1/departures", params={"to": "ap", "at": "2026-11-24T22:00:00", "limit": 1}).json()["departures"]
    assert later[0]["scheduled"].startswith("2026-11-24T22:")


def test_places_are_found_by_name_and_by_category(client: TestClient) -> None:
    toilets = client.get("/v1/places", params={"category": "toilet"}).json()["places"]
    assert {place["category"] for place in toilets} == {"toilet"}
    found = client.get("/v1/places", params={"q": "Airport"}).json()["stops"]
    assert found[0]["id"] == "ap"


def test_the_environment_names_every_sensor(client: TestClient, station_settings: Settings) -> None:
    report = client.get("/v1/environment", params={"language": "zh"}).json()
    assert [sensor["id"] for sensor in report["sensors"]] == [sensor.id for sensor in station_settings.sensors]
    assert report["card"]["type"] == "air_quality"
