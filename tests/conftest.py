"""What several suites share: the project's folders, and a real assistant started once for a whole run."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from assistant.answers.desk import Desk
from assistant.answers.renderer import Responses
from assistant.clock import StartedClock
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
EXAMPLE = ROOT / "examples" / "harbour-central"
MODELS = Path(os.environ.get("ASSISTANT_MODELS", ROOT / "var" / "models"))
MORNING = "2026-11-24T08:00:00+00:00"
"""A Tuesday on which the example station's timetable holds."""
START_LIMIT_S = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A started assistant."""

    url: str
    seconds: float
    pid: int
    data: Path
    process: "subprocess.Popen[str]"

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=30, trust_env=False)

    def children(self) -> dict[str, int]:
        """Name → pid of the supervised processes."""
        found = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                if int(path.read_text().rpartition(")")[2].split()[1]) != self.pid:
                    continue
                words = (path.parent / "cmdline").read_bytes().split(b"\0")
            except (OSError, ValueError):
                continue
            if b"assistant.knowledge.refresh" in words:
                continue
            name = "speech" if b"assistant.speech.worker" in words else "rasa"
            found[name] = int(path.parent.name)
        return found


@contextmanager
def start_assistant(data: Path, **environment: str) -> Iterator[Running]:
    """Starts `python -m assistant serve` as a user would and stops it in the end."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("ASSISTANT_")}
    env |= {"ASSISTANT_DATA": str(data), "ASSISTANT_MODELS": str(MODELS), "ASSISTANT_HTTP__PORT": "0", "ASSISTANT_CLOCK__START": MORNING}
    env |= environment
    log = (data.parent / f"{data.name}.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve"], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=log, text=True
    )
    try:
        assert process.stdout is not None
        readable, _, _ = select.select([process.stdout], [], [], START_LIMIT_S)
        line = process.stdout.readline() if readable else ""
        log.flush()
        assert line, f"the assistant did not get ready:\n{Path(log.name).read_text()[-3000:]}"
        ready = json.loads(line)
        yield Running(url=ready["url"], seconds=ready["seconds"], pid=process.pid, data=data, process=process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
        log.close()


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The example station on a Tuesday morning, with every real part."""
    with start_assistant(tmp_path_factory.mktemp("assistant")) as running:
        yield running


@pytest.fixture
def client(assistant: Running) -> Iterator[httpx.Client]:
    """A client of the API."""
    with assistant.client() as client:
        yield client


def until(true: "object", limit_s: float = 20.0, every_s: float = 0.1) -> bool:
    """Waits until the callable `true` is; False where it does not become so."""
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        if true():  # type: ignore[operator]
            return True
        time.sleep(every_s)
    return False


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The shared real data; its absence is a visible skip."""
    if not SHARED.exists():
        pytest.skip("../shared/data is not here")
    return SHARED


@pytest.fixture(scope="session")
def clock() -> StartedClock:
    """The clock of the tests without processes."""
    return StartedClock(datetime.fromisoformat(MORNING))


@pytest.fixture(scope="session")
def station_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The example station."""
    return Settings.load(station=EXAMPLE, data=tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def desk(station_settings: Settings, clock: StartedClock) -> Desk:
    """Answers from the example station, imported once."""
    knowledge = Knowledge.open(station_settings, clock)
    environment = Monitor(station_settings, clock, ZoneInfo(knowledge.validity().timezone))
    return Desk(station_settings, knowledge, environment, clock, Responses.load(ROOT / "dialogues" / "domain"))
