"""Parts are killed, hung and orphaned: touch still answers, and the part comes back."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.conftest import Running, start_assistant, until
from tests.integration.test_first_answer import opened, text, turn

AIRPORT = {"intent": "timetable_next_departures", "slots": {"destination": "ap"}}
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start_assistant(tmp_path_factory.mktemp("victim")) as running:
        yield running


def component(client: httpx.Client, name: str) -> str:
    return str(client.get("/readyz").json()["components"][name])


@pytest.mark.parametrize(("part", "name"), [("rasa", "dialogue"), ("speech", "speech")])
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_touch_answers_at_once_and_the_part_comes_back(victim: Running, part: str, name: str, blow: signal.Signals) -> None:
    with victim.client() as client:
        assert until(lambda: component(client, name) == "ready", 90)
        conversation = opened(client, "en")
        old = victim.children()[part]
        os.kill(old, blow)
        began = time.monotonic()
        answer = turn(client, conversation, ask=AIRPORT)
        assert time.monotonic() - began < 2, "touch has to answer within two seconds"
        assert "AX" in text(answer)
        typed = turn(client, conversation, text="Airport")
        assert "AX" in text(typed), "a bare name is answered without Rasa too"
        assert until(lambda: victim.children().get(part, old) != old, 90), "a new process has to be started"
        assert until(lambda: component(client, name) == "ready", 90)
        assert "AX" in text(turn(client, conversation, text="When is the next train to the airport?"))


def test_nothing_is_left_when_the_assistant_is_killed(tmp_path: Path) -> None:
    with start_assistant(tmp_path / "orphans") as running:
        children = running.children()
        assert set(children) == {"rasa", "speech"}
        os.kill(running.pid, signal.SIGKILL)

        def gone() -> bool:
            alive = []
            for pid in children.values():
                with suppress(OSError):
                    alive.append((Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X"))
            return not any(alive)

        assert until(gone, 10), "a child outlived its parent"


def test_it_stops_cleanly_when_asked(tmp_path: Path) -> None:
    with start_assistant(tmp_path / "clean") as running:
        children = running.children()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(20) == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in children.values())


def test_a_machine_without_rasa_and_speech_still_serves_touch(tmp_path: Path) -> None:
    with start_assistant(tmp_path / "touch", ASSISTANT_DIALOGUE__ENGINE="direct", ASSISTANT_MODELS=str(tmp_path / "none")) as running:
        with running.client() as client:
            ready = client.get("/readyz")
            assert ready.status_code == 200
            assert ready.json()["status"] == "degraded"
            conversation = opened(client, "ko")
            assert "AX" in text(turn(client, conversation, ask=AIRPORT))
            assert turn(client, conversation, text="뭐든지 알려 줘")["suggestions"]
