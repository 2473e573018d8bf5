"""A running assistant gets a newer timetable: by address, by stick, by command; and keeps the old one where that fails."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.clock import StartedClock
from assistant.knowledge import Knowledge
from assistant.knowledge.imports import current
from assistant.knowledge.refresh import bring_in, fetch, known_state
from assistant.settings import Feed, Settings
from tests.conftest import ROOT, Running, start_assistant, until

pytestmark = pytest.mark.timeout(180)
FRIDAY = "2026-05-01T08:00:00-04:00"
SATURDAY = "2026-05-02T08:00:00-04:00"


@pytest.fixture
def station(tmp_path: Path, shared_data: Path) -> Path:
    """A real station with a feed of one day."""
    folder = tmp_path / "station"
    folder.mkdir()
    shutil.copy(shared_data / "gtfs" / "wmata-rail-2026-oneday" / "gtfs.zip", folder)
    (folder / "station.yaml").write_text("name: Metro Center\nstop: STN_A01_C01\nlanguages: [en]\n", encoding="utf-8")
    return folder


@pytest.fixture
def newer(shared_data: Path) -> Path:
    """The same agency's feed of months."""
    return shared_data / "gtfs" / "wmata-rail-2026" / "gtfs.zip"


@pytest.fixture
def publisher(newer: Path) -> Iterator[tuple[str, list[int]]]:
    """An address that gives the newer feed, with an ETag; and the statuses it answered with."""
    content, statuses = newer.read_bytes(), list[int]()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            same = self.headers.get("If-None-Match") == '"now"'
            statuses.append(304 if same else 200)
            self.send_response(statuses[-1])
            self.send_header("ETag", '"now"')
            self.send_header("Content-Length", "0" if same else str(len(content)))
            self.end_headers()
            if not same:
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/gtfs.zip", statuses
    server.shutdown()
    server.server_close()
    thread.join()


def knows_times(running: Running) -> bool:
    with running.client() as client:
        return client.get("/v1/departures", params={"limit": 1}).status_code == 200


def environment(station: Path, start: str) -> dict[str, str]:
    """Touch only: no Rasa, no speech."""
    mute = {"ASSISTANT_SPEECH__ENGINES": '{"en": "none"}', "ASSISTANT_SPEECH__VOICES": '{"en": "none"}'}
    return {"ASSISTANT_STATION": str(station), "ASSISTANT_CLOCK__START": start, "ASSISTANT_DIALOGUE__ENGINE": "direct"} | mute


def test_a_running_assistant_takes_the_feed_of_its_address(tmp_path: Path, station: Path, publisher: tuple[str, list[int]]) -> None:
    url, statuses = publisher
    ask = {"ask": {"intent": "timetable_next_departures", "slots": {}}}
    with start_assistant(tmp_path / "data", **environment(station, SATURDAY), ASSISTANT_FEED__URL=url) as running:
        with running.client() as client:
            conversation = client.post("/v1/conversations", json={"language": "en"}).json()["id"]
            slowest, texts = 0.0, list[str]()
            while not texts or ("ended" in texts[-1] and len(texts) < 2000):
                began = time.monotonic()
                answer = client.post(f"/v1/conversations/{conversation}/turns", json=ask)
                slowest = max(slowest, time.monotonic() - began)
                texts.append(answer.json()["replies"][0]["text"])
                time.sleep(0.02)
            assert "My timetable ended on" in texts[0], "the folder's feed is of the day before"
            assert "ended" not in texts[-1], "the newer one is in service without a restart"
            assert slowest < 2, "touch is answered while a feed is imported"
            assert client.get("/readyz").json()["components"]["knowledge"] == "ready"
            assert client.get("/v1/transparency").json()["connects_to"][0]["address"] == url.removesuffix("/gtfs.zip")
    assert statuses == [200]
    with start_assistant(tmp_path / "data", **environment(station, SATURDAY)) as running:
        assert knows_times(running), "it is there after a restart, without the address"


def test_a_broken_stick_changes_nothing_and_a_command_is_followed(tmp_path: Path, station: Path, newer: Path) -> None:
    media = tmp_path / "media"
    media.mkdir()
    env = environment(station, SATURDAY)
    with start_assistant(tmp_path / "data", **env, ASSISTANT_FEED__STICK=str(media)) as running:
        assert not knows_times(running)
        broken = media / "BROKEN"
        broken.mkdir()
        (broken / "gtfs.zip").write_bytes(newer.read_bytes()[:100_000])
        settings = Settings.load(station=station, data=tmp_path / "data")
        assert until(lambda: (known_state(settings).last or None) is not None, 30)
        last = known_state(settings).last
        assert last is not None
        assert (last.origin, last.result, last.code) == ("stick", "refused", "feed-damaged")
        assert not knows_times(running)
        done = subprocess.run(
            [sys.executable, "-m", "assistant", "station", "refresh", str(newer)], cwd=ROOT,
            env=os.environ | env | {"ASSISTANT_DATA": str(tmp_path / "data")}, capture_output=True, text=True,
        )  # fmt: skip
        assert (done.returncode, done.stdout.startswith("in service: version ")) == (0, True), done.stderr
        assert until(lambda: knows_times(running), 30)
        assert running.process.poll() is None


def test_killing_a_refresh_leaves_the_old_feed_in_service(tmp_path: Path, station: Path, publisher: tuple[str, list[int]]) -> None:
    url, _ = publisher
    clock = StartedClock(datetime.fromisoformat(FRIDAY))
    settings = Settings.load(station=station, data=tmp_path / "data").model_copy(update={"feed": Feed(url=url)})
    bring_in(settings, clock)
    before = current(settings)
    env = os.environ | environment(station, FRIDAY) | {"ASSISTANT_DATA": str(tmp_path / "data"), "ASSISTANT_FEED__URL": url}
    for wait_s in (0.5, 0.9, 1.3, 1.7, 2.1):
        child = subprocess.Popen([sys.executable, "-m", "assistant.knowledge.refresh", "look"], cwd=ROOT, env=env)
        time.sleep(wait_s)
        child.send_signal(signal.SIGKILL)
        if child.wait() == -signal.SIGKILL:
            knowledge = Knowledge.open(settings, clock)
            assert knowledge.departures(at=clock.now(), limit=1), "times are told as before"
            knowledge.close()
    bring_in(settings, clock)
    assert fetch(settings, clock).result in ("taken", "unchanged")
    assert current(settings) not in (None, before)
    assert not list((tmp_path / "data").rglob("*.part"))
