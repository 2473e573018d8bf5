"""An emergency through a running assistant: told to the staff's broker, on the disk after a kill, acknowledged after a restart."""

import hashlib
import json
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import paho.mqtt.client as paho
import pytest

from tests.conftest import Running, start_assistant, until
from tests.fixtures.broker import Mosquitto, mosquitto

TOKEN = "control-rooms-token"  # noqa: S105
OPERATOR = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Mosquitto]:
    (tmp_path / "broker").mkdir()
    with mosquitto(tmp_path / "broker") as running:
        yield running


def started(data: Path, server: Mosquitto) -> AbstractContextManager[Running]:
    """An assistant for touch alone: no other process."""
    tokens = [{"name": "control-room", "scopes": ["operate"], "sha256": hashlib.sha256(TOKEN.encode()).hexdigest()}]
    return start_assistant(
        data, ASSISTANT_DIALOGUE__ENGINE="direct", ASSISTANT_SPEECH__ADDRESS="tcp://127.0.0.1:9", ASSISTANT_TOKENS=json.dumps(tokens),
        ASSISTANT_MQTT__HOST="127.0.0.1", ASSISTANT_MQTT__PORT=str(server.port), ASSISTANT_MQTT__REPORTS="station/reports",
        ASSISTANT_MQTT__ACKNOWLEDGEMENTS="station/reports/seen",
    )  # fmt: skip


def ask(client: httpx.Client, intent: str) -> str:
    conversation = client.post("/v1/conversations", json={"language": "en"}).json()["id"]
    turn = client.post(f"/v1/conversations/{conversation}/turns", json={"ask": {"intent": intent}}).json()
    return str(turn["replies"][0]["text"])


def reports(client: httpx.Client) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get("/v1/reports", headers=OPERATOR).json()["reports"]
    return found


def test_an_emergency_reaches_the_staff_and_outlives_a_kill(tmp_path: Path, server: Mosquitto) -> None:
    heard: list[paho.MQTTMessage] = []
    ears = paho.Client(paho.CallbackAPIVersion.VERSION2)
    ears.on_message = lambda *message: heard.append(message[2])
    ears.connect("127.0.0.1", server.port)
    ears.subscribe("station/reports", qos=1)
    ears.loop_start()
    data = tmp_path / "data"
    data.mkdir()
    log = tmp_path / "data.log"
    with started(data, server) as running, running.client() as client:
        assert until(lambda: "mqtt_connected" in log.read_text())
        assert "I am telling the staff." in ask(client, "emergency_medical")
        assert until(lambda: any(json.loads(message.payload)["kind"] == "medical" for message in heard))
        server.stop()
        assert until(lambda: "mqtt_lost" in log.read_text())
        assert "I am telling the staff." not in ask(client, "emergency_fire")
        assert until(lambda: "fire" in [report["kind"] for report in reports(client)])
        running.process.send_signal(signal.SIGKILL)
        running.process.wait(20)
    ears.loop_stop()
    with started(data, server) as running, running.client() as client:
        kept = reports(client)
        assert sorted(report["number"] for report in kept) == [1, 2], "the numbers that travellers were told"  # type: ignore[type-var]
        assert {report["kind"] for report in kept} == {"medical", "fire"}
        seen = client.post(f"/v1/reports/{kept[0]['id']}/acknowledgement", headers=OPERATOR).json()
        assert seen["acknowledged_by"] == "control-room"
        server.start()
        assert until(lambda: "mqtt_connected" in log.read_text())
        other = kept[1]
        server.publish("station/reports/seen", json.dumps({"number": other["number"], "by": "Guard 7"}))
        assert until(lambda: {report["id"]: report["acknowledged_by"] for report in reports(client)}[other["id"]] == "Guard 7")
    ears.disconnect()
