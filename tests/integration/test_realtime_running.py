"""A running assistant with realtime: trip updates by a real broker, alerts by an address, a lift out of order by a topic."""

import json
import os
import signal
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from google.transit import gtfs_realtime_pb2 as pb

from tests.conftest import start_assistant, until
from tests.fixtures.broker import mosquitto
from tests.fixtures.realtime import alert, feed

SECRET = "quokkakey"  # noqa: S105


@pytest.mark.timeout(180)
def test_delays_come_and_go(shared_data: Path, tmp_path: Path) -> None:
    recorded = shared_data / "gtfs" / "caltrain-2023-rt"
    station = tmp_path / "station"
    station.mkdir()
    os.symlink(recorded / "gtfs.zip", station / "gtfs.zip")
    (station / "station.yaml").write_text("name: Hillsdale\nstop: '70112'\nlanguages: [en, zh, ko]\n")
    payload = (recorded / "ct-trip-updates.pb").read_bytes()
    began = datetime.fromtimestamp(pb.FeedMessage.FromString(payload).header.timestamp, UTC)
    alerts = feed(began + timedelta(seconds=5), alert("a1", {"en": "Signal works."}, {"route_id": "L1"}))
    asked: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers.get("x-key"))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(alerts.SerializeToString())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    with mosquitto(tmp_path) as broker:
        broker.publish("rt/trips", payload, retain=True)
        broker.publish("rt/outages/lift", json.dumps({"targets": ["lift"]}), retain=True)
        environment = {
            "STATION": str(station), "DIALOGUE__ENGINE": "direct", "SPEECH__ADDRESS": "tcp://127.0.0.1:9",
            "CLOCK__START": (began + timedelta(seconds=1)).isoformat(), "REALTIME__TRIP_UPDATES": "mqtt:rt/trips",
            "REALTIME__ALERTS": f"{address}/alerts?key={SECRET}", "REALTIME__HEADERS": json.dumps({"x-key": SECRET}),
            "REALTIME__REFRESH_S": "0.5", "REALTIME__LIMIT_S": "12", "MQTT__HOST": "127.0.0.1", "MQTT__PORT": str(broker.port),
            "MQTT__OUTAGES": "rt/outages/#",
        }  # fmt: skip
        started = start_assistant(tmp_path / "data", **{f"ASSISTANT_{name}": value for name, value in environment.items()})
        with started as running, running.client() as client:

            def first() -> dict[str, str]:
                row: dict[str, str] = client.get("/v1/departures", params={"limit": 1}).json()["departures"][0]
                return row

            def says() -> str:
                conversation = client.post("/v1/conversations", json={"language": "en"}).json()["id"]
                ask = {"ask": {"intent": "timetable_anywhere", "slots": {}}}
                turn = client.post(f"/v1/conversations/{conversation}/turns", json=ask).json()
                return str(turn["replies"][0]["text"])

            assert until(lambda: first()["status"] == "delayed")
            assert first()["trip"] == "310"
            assert first()["scheduled"] == "2023-11-07T16:55:00-08:00"
            assert "It is now expected at 17:09." in says()
            assert until(lambda: client.get("/readyz").json()["components"]["knowledge"] == "ready")
            record = client.get("/v1/transparency").json()
            assert [peer["address"] for peer in record["connects_to"][1:]] == [address, f"mqtt://127.0.0.1:{broker.port}"]
            assert SECRET not in json.dumps(record)
            # Nothing new comes: what was said grows old, and answers are those of the timetable again.
            assert until(lambda: first()["status"] == "scheduled")
            assert "expected" not in says()
            assert until(lambda: client.get("/readyz").json()["components"]["knowledge"] == "degraded")
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(20) == 0
    server.shutdown()
    server.server_close()
    assert set(asked) == {SECRET}
    log = (tmp_path / "data.log").read_text()
    assert SECRET not in log
    assert log.count('"source": "trip_updates", "code": "feed-too-old"') == 1, "once, when it has grown old"
    assert "mqtt_connected" in log
