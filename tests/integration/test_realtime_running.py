"""A running assistant with realtime: trip updates by a real broker, alerts by an address, a lift out of order by a topic."""

import json
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from google.transit import gtfs_realtime_pb2 as pb

from tests.conftest import Running, start_assistant, until
from tests.fixtures.broker import mosquitto
from tests.fixtures.realtime import alert, feed

SECRET = "quokkakey"  # noqa: S105


@dataclass
class Operator:
    """Who runs the trains: an address of alerts, and what it was asked with."""

    alerts: bytes
    address: str = ""
    keys: list[str | None] = field(default_factory=list)


@pytest.fixture
def recorded(shared_data: Path) -> Path:
    return shared_data / "gtfs" / "caltrain-2023-rt"


@pytest.fixture
def station(tmp_path: Path, recorded: Path) -> Path:
    """Hillsdale, where train 310 of 16:55 has not come yet."""
    folder = tmp_path / "station"
    folder.mkdir()
    os.symlink(recorded / "gtfs.zip", folder / "gtfs.zip")
    (folder / "station.yaml").write_text("name: Hillsdale\nstop: '70112'\nlanguages: [en, zh, ko]\n")
    return folder


@pytest.fixture
def began(recorded: Path) -> datetime:
    """The moment of the recording."""
    message = pb.FeedMessage.FromString((recorded / "ct-trip-updates.pb").read_bytes())
    return datetime.fromtimestamp(message.header.timestamp, UTC)


@pytest.fixture
def operator(began: datetime) -> Iterator[Operator]:
    message = feed(began + timedelta(seconds=5), alert("a1", {"en": "Signal works."}, {"route_id": "L1"}))
    made = Operator(message.SerializeToString())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.keys.append(self.headers.get("x-key"))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(made.alerts)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def running(tmp_path: Path, recorded: Path, station: Path, began: datetime, operator: Operator) -> Iterator[Running]:
    with mosquitto(tmp_path) as broker:
        broker.publish("rt/trips", (recorded / "ct-trip-updates.pb").read_bytes(), retain=True)
        broker.publish("rt/outages/lift", json.dumps({"targets": ["lift"]}), retain=True)
        environment = {
            "STATION": str(station), "DIALOGUE__ENGINE": "direct", "SPEECH__ADDRESS": "tcp://127.0.0.1:9",
            "CLOCK__START": (began + timedelta(seconds=1)).isoformat(), "REALTIME__TRIP_UPDATES": "mqtt:rt/trips",
            "REALTIME__ALERTS": f"{operator.address}/alerts?key={SECRET}", "REALTIME__HEADERS": json.dumps({"x-key": SECRET}),
            "REALTIME__REFRESH_S": "0.5", "REALTIME__LIMIT_S": "12", "MQTT__HOST": "127.0.0.1", "MQTT__PORT": str(broker.port),
            "MQTT__OUTAGES": "rt/outages/#",
        }  # fmt: skip
        started = start_assistant(tmp_path / "data", **{f"ASSISTANT_{name}": value for name, value in environment.items()})
        with started as assistant:
            yield assistant


def first(client: httpx.Client) -> dict[str, str]:
    row: dict[str, str] = client.get("/v1/departures", params={"limit": 1}).json()["departures"][0]
    return row


def says(client: httpx.Client) -> str:
    conversation = client.post("/v1/conversations", json={"language": "en"}).json()["id"]
    ask = {"ask": {"intent": "timetable_anywhere", "slots": {}}}
    turn = client.post(f"/v1/conversations/{conversation}/turns", json=ask).json()
    return str(turn["replies"][0]["text"])


def knowledge_is(client: httpx.Client, state: str) -> bool:
    return bool(client.get("/readyz").json()["components"]["knowledge"] == state)


@pytest.mark.timeout(180)
def test_delays_come_and_go(running: Running, operator: Operator) -> None:
    with running.client() as client:
        assert until(lambda: first(client)["status"] == "delayed")
        assert (first(client)["trip"], first(client)["scheduled"]) == ("310", "2023-11-07T16:55:00-08:00")
        assert "It is now expected at 17:09." in says(client)
        assert until(lambda: knowledge_is(client, "ready"))
        [outage] = client.get("/v1/outages").json()["outages"]
        assert (outage["id"], outage["targets"], outage["origin"]) == ("lift", ["lift"], "mqtt")
        record = client.get("/v1/transparency").json()
        assert operator.address in [peer["address"] for peer in record["connects_to"]]
        assert "mqtt" in record["connects_to"][-1]["address"]
        assert SECRET not in json.dumps(record)
        # Nothing new comes: what was said grows old, and answers are those of the timetable again.
        assert until(lambda: first(client)["status"] == "scheduled")
        assert "expected" not in says(client)
        assert until(lambda: knowledge_is(client, "degraded"))
    written = running.data.parent / f"{running.data.name}.log"
    assert until(lambda: "feed-too-old" in written.read_text())
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(20) == 0
    assert set(operator.keys) == {SECRET}
    log = written.read_text()
    assert SECRET not in log
    assert log.count('"source": "trip_updates", "code": "feed-too-old"') == 1, "once, when it has grown old"
    assert "mqtt_connected" in log
