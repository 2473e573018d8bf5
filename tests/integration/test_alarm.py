"""Smoke through a running assistant without Rasa and without the speech worker: broker to rule to screen, over a kill, to its end."""

import hashlib
import json
import os
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.conftest import Running, start_assistant, until
from tests.fixtures.broker import Mosquitto, mosquitto

TOKEN = "control-rooms-token"  # noqa: S105
OPERATOR = {"Authorization": f"Bearer {TOKEN}"}
DETECTOR = {"quantity": "smoke", "unit": "state", "silent_s": 86_400}
HALL = {"en": "Main hall", "zh": "大厅", "ko": "중앙 홀"}
SENSORS = [
    {**DETECTOR, "id": "smoke-hall", "name": "Smoke, hall", "area": HALL, "zone": "hc-hall", "source": "mqtt:zigbee2mqtt/smoke-hall"},
    {**DETECTOR, "id": "smoke-metro", "name": "Smoke 2", "area": "Metro", "zone": "hc-metro", "source": "mqtt:zigbee2mqtt/smoke-metro"},
    {"id": "dust", "name": "Dust", "quantity": "pm2_5", "unit": "µg/m³", "area": HALL, "silent_s": 1, "source": "mqtt:station/dust"},
]  # fmt: skip
RULES = [{
    "id": "fire", "sensors": ["smoke-hall", "smoke-metro"], "above": 0.5, "clear_s": 1,
    "alert": {
        "life_safety": True, "category": "Fire", "severity": "Extreme", "response": "Evacuate",
        "event": {"en": "Fire", "zh": "火灾", "ko": "화재"},
        "headline": {"en": "Smoke in the station.", "zh": "站内有烟雾。", "ko": "역 안에 연기가 났습니다."},
        "instruction": {"en": "Leave the station.", "zh": "请离开车站。", "ko": "역 밖으로 나가세요."},
    },
}]  # fmt: skip


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Mosquitto]:
    (tmp_path / "broker").mkdir()
    with mosquitto(tmp_path / "broker") as running:
        yield running


def started(data: Path, server: Mosquitto, **more: str) -> AbstractContextManager[Running]:
    tokens = [{"name": "control-room", "scopes": ["operate"], "sha256": hashlib.sha256(TOKEN.encode()).hexdigest()}]
    data.mkdir(exist_ok=True)
    alone = {"ASSISTANT_DIALOGUE__ENGINE": "direct", "ASSISTANT_SPEECH__ADDRESS": "tcp://127.0.0.1:9"}
    return start_assistant(
        data, ASSISTANT_TOKENS=json.dumps(tokens), ASSISTANT_MQTT__HOST="127.0.0.1", ASSISTANT_MQTT__PORT=str(server.port),
        ASSISTANT_SENSORS=json.dumps(SENSORS), ASSISTANT_RULES=json.dumps(RULES), ASSISTANT_ALERTS__TOPIC="station/alerts",
        **(more or alone),
    )  # fmt: skip


@contextmanager
def page(running: Running) -> Iterator[ClientConnection]:
    with connect(running.url.replace("http", "ws") + "v1/kiosk", origin=running.url.rstrip("/")) as socket:
        socket.send('{"type": "hello", "language": "en"}')
        yield socket


def alerts(socket: ClientConnection, count: int, limit_s: float = 20) -> list[dict[str, Any]]:
    """The alerts of the next message that has so many."""
    while True:
        message = socket.recv(timeout=limit_s)
        if isinstance(message, str) and (told := json.loads(message))["type"] == "alerts" and len(told["alerts"]) == count:
            found: list[dict[str, Any]] = told["alerts"]
            return found


def smoke(server: Mosquitto, name: str, *, there: bool) -> None:
    server.publish(f"zigbee2mqtt/{name}", json.dumps({"smoke": there, "battery": 97, "linkquality": 120}))


def test_smoke_takes_over_the_screen_outlives_a_kill_and_ends(tmp_path: Path, server: Mosquitto) -> None:
    data = tmp_path / "data"
    with started(data, server) as running, page(running) as socket:
        assert alerts(socket, 0) == []
        assert until(lambda: "mqtt_connected" in (tmp_path / "data.log").read_text())
        server.publish("zigbee2mqtt/somebody-elses", '{"smoke": true}')
        smoke(server, "smoke-metro", there=True)
        (alert,) = alerts(socket, 1)
        assert (alert["life_safety"], alert["colour"], alert["status"]) == (True, "red", "Actual")
        assert alert["headline"] == {"en": "Smoke in the station.", "zh": "站内有烟雾。", "ko": "역 안에 연기가 났습니다."}
        assert alert["area"]["ko"] == "Metro"
        while alert["way_out"] is None:
            (alert,) = alerts(socket, 1)
        assert alert["way_out"]["exit_id"] in {"exit-north", "exit-harbour", "exit-west"}, "not by the metro, where it burns"
        socket.send('{"type": "say", "text": "turn off the alarm"}')
        socket.send('{"type": "reset"}')
        with running.client() as client:
            assert [one["id"] for one in client.get("/v1/alerts").json()["alerts"] if one["life_safety"]] == [alert["id"]]
        running.process.send_signal(signal.SIGKILL)
        running.process.wait(20)
    smoke(server, "smoke-metro", there=True)
    with started(data, server) as running, page(running) as socket:
        assert alerts(socket, 1)[0]["id"] == alert["id"], "it stands again before anything is heard"
        assert until(lambda: "mqtt_connected" in (tmp_path / "data.log").read_text())
        smoke(server, "smoke-metro", there=True)
        smoke(server, "smoke-metro", there=False)
        assert alerts(socket, 0) == []


def test_only_staff_end_it_by_hand_and_a_silent_sensor_is_theirs_to_see(tmp_path: Path, server: Mosquitto) -> None:
    with started(tmp_path / "data", server) as running, page(running) as socket, running.client() as client:
        assert until(lambda: "Infra" in [one["category"] for one in client.get("/v1/alerts").json()["alerts"]]), "the dust sensor is silent"
        assert alerts(socket, 0) == [], "which travellers are not warned of"
        assert until(lambda: "mqtt_connected" in (tmp_path / "data.log").read_text())
        smoke(server, "smoke-hall", there=True)
        (alert,) = alerts(socket, 1)
        assert client.delete(f"/v1/alerts/{alert['id']}").status_code == 401
        assert client.delete(f"/v1/alerts/{alert['id']}", headers=OPERATOR).status_code == 204
        assert alerts(socket, 0) == []


def test_it_is_said_in_every_language_while_the_speech_worker_hangs(tmp_path: Path, server: Mosquitto) -> None:
    data = tmp_path / "data"
    deaf = json.dumps(dict.fromkeys(("en", "zh", "ko"), "none"))
    speaking = {"ASSISTANT_DIALOGUE__ENGINE": "direct", "ASSISTANT_SPEECH__ENGINES": deaf, "ASSISTANT_LANGUAGES": '["en", "ko"]'}
    with started(data, server, **speaking) as running:
        made = data / "announcements"
        assert until(lambda: made.is_dir() and len(list(made.glob("*.wav"))) >= 2 * 6)
        assert until(lambda: "mqtt_connected" in (tmp_path / "data.log").read_text())
        worker = running.children()["speech"]
        os.kill(worker, signal.SIGSTOP)
        with page(running) as socket:
            smoke(server, "smoke-hall", there=True)
            said, sound = list[tuple[str, str]](), 0
            while len({language for _, language in said}) < 2:
                message = socket.recv(timeout=30)
                if isinstance(message, bytes):
                    sound += len(message)
                elif (told := json.loads(message))["type"] == "alert_audio":
                    said.append((told["alert_id"], told["language"]))
        assert list(dict.fromkeys(language for _, language in said)) == ["en", "ko"]
        assert sound > 22_050 * 2 * 3, "seconds of speech"
