"""Releases in a running assistant: followed between turns, none mixed, lost or forgetful, and taken back within seconds."""

import asyncio
import json
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.content.following import running as live_in
from assistant.content.models import SHIPPED
from assistant.content.releases import Releases
from assistant.dialogue.supervisor import DIALOGUES
from assistant.dialogue.trainer import ModelShelf, train
from tests.conftest import EXAMPLE, MODELS, Running, start_assistant, until
from tests.integration.small_content import GREET, THANKS, small
from tests.unit.content.folders import written

pytestmark = pytest.mark.timeout(400)
ASKED = "open sesame please"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A running assistant, and two releases that understand `ASKED` differently and word both answers differently."""

    assistant: Running
    releases: Releases
    first: str
    second: str

    def activate(self, release: str) -> float:
        """Makes it live as the command does; seconds until it answers."""
        began = time.monotonic()
        self.releases.activate(release, who="tests", at=datetime.now(UTC))
        return self.wait(release, began)

    def wait(self, release: str, began: float) -> float:
        def follows() -> bool:
            live = live_in(self.releases.root)
            return live is not None and live.release == release and live.model is not None

        assert until(follows, limit_s=60, every_s=0.02), live_in(self.releases.root)
        return time.monotonic() - began


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The first release is live from the start."""
    folder = tmp_path_factory.mktemp("stage")
    data, models = folder / "data", folder / "models"
    releases = Releases(data / "content", DIALOGUES, EXAMPLE / "station.yaml", ModelShelf(models))
    station = EXAMPLE / "station.yaml"
    made = []
    for secret, mark in ((GREET, "Ay. "), (THANKS, "Bee. ")):
        release = releases.make(small(station, secret=secret, mark=mark), who="tests", why="a test", at=datetime.now(UTC)).id
        trained = asyncio.run(train(MODELS, folder / "home", print, releases.dialogues(release)))
        releases.model(release).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(trained, releases.model(release))
        made.append(release)
    releases.activate(made[0], who="tests", at=datetime.now(UTC))
    quiet = {"ASSISTANT_MODELS": str(models), "ASSISTANT_SPEECH__ADDRESS": f"unix://{folder}/nobody"}
    with start_assistant(data, **quiet) as running:
        stage = Stage(assistant=running, releases=releases, first=made[0], second=made[1])
        stage.wait(made[0], time.monotonic())
        yield stage


def opened(client: httpx.Client) -> str:
    return str(client.post("/v1/conversations", json={"language": "en"}).json()["id"])


def say(client: httpx.Client, conversation: str, text: str) -> dict[str, Any]:
    answered = client.post(f"/v1/conversations/{conversation}/turns", json={"text": text})
    assert answered.status_code == 200, answered.text
    content: dict[str, Any] = answered.json()
    return content


def seen(turn: dict[str, Any]) -> tuple[str, str]:
    """Which model and which words made a turn."""
    return turn["understood"]["intent"], turn["replies"][0]["text"].partition(".")[0]


A, B = (GREET, "Ay"), (THANKS, "Bee")


def test_the_live_release_is_there_from_the_start(stage: Stage) -> None:
    with stage.assistant.client() as client:
        assert seen(say(client, opened(client), ASKED)) == A


def test_words_and_model_follow_and_are_taken_back(stage: Stage) -> None:
    pid = stage.assistant.children()["rasa"]
    with stage.assistant.client() as client:
        stage.activate(stage.second)
        assert seen(say(client, opened(client), ASKED)) == B
        began = time.monotonic()
        assert stage.releases.roll_back(who="tests", at=datetime.now(UTC)) == stage.first
        stage.wait(stage.first, began)
        assert seen(say(client, opened(client), ASKED)) == A
    assert stage.assistant.children()["rasa"] == pid, "no process was started anew"


def test_a_question_in_the_middle_goes_on(stage: Stage) -> None:
    stage.activate(stage.first)
    with stage.assistant.client() as client:
        conversation = opened(client)
        asked = say(client, conversation, "which platform does the train leave from")
        assert asked["understood"]["intent"] == "timetable_platform"
        stage.activate(stage.second)
        answer = say(client, conversation, "Airport")
        assert "ap" in {slot["id"] for slot in answer["understood"]["slots"] if slot["type"] == "destination"}
        assert "platform" in " ".join(reply["text"] for reply in answer["replies"]).casefold()
        again = say(client, conversation, ASKED)
        assert seen(again) == B
    stage.activate(stage.first)


def test_no_turn_is_mixed_or_lost_while_releases_change(stage: Stage) -> None:
    stop, kinds, failed = threading.Event(), Counter[tuple[str, str]](), []

    def talk() -> None:
        with stage.assistant.client() as client:
            conversation = opened(client)
            while not stop.is_set():
                try:
                    kinds[seen(say(client, conversation, ASKED))] += 1
                except (AssertionError, httpx.HTTPError) as error:
                    failed.append(error)

    threads = [threading.Thread(target=talk) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(2):
            stage.activate(stage.second)
            stage.activate(stage.first)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert not failed
    assert set(kinds) == {A, B}, kinds


def test_a_touched_release_and_a_broken_model_change_nothing(stage: Stage) -> None:
    stage.activate(stage.first)
    model = stage.releases.model(stage.second)
    whole = model.read_bytes()
    with stage.assistant.client() as client:
        try:
            model.write_bytes(b"no model")
            stage.releases.activate(stage.second, who="tests", at=datetime.now(UTC))
            assert until(lambda: (live_in(stage.releases.root) or pytest.fail("gone")).problem is not None, limit_s=20)
            live = live_in(stage.releases.root)
            assert live is not None
            assert (live.release, live.model) == (stage.first, stage.releases.model(stage.first).name)
            assert seen(say(client, opened(client), ASKED)) == A
        finally:
            model.write_bytes(whole)
        stage.activate(stage.first)
        file = stage.releases.dialogues(stage.second) / "domain" / "smalltalk.yml"
        text = file.read_bytes()
        file.write_bytes(text + b"# touched\n")
        (stage.releases.root / "active").write_text(stage.second)  # as somebody might by hand
        assert until(lambda: (live_in(stage.releases.root) or pytest.fail("gone")).problem is not None, limit_s=20)
        assert seen(say(client, opened(client), ASKED)) == A
        file.write_bytes(text)
    stage.activate(stage.first)


def test_shipped_is_a_release_too(stage: Stage) -> None:
    """Its words at least; its model is the one of a start without releases."""
    assert stage.releases.find("ship") == SHIPPED
    assert json.loads((stage.releases.root / "running.json").read_text())["release"] == stage.first


def test_written_files_are_a_release_of_the_same_name(stage: Stage, tmp_path: Path) -> None:
    files = stage.releases.files(stage.first)
    other = Releases(tmp_path / "content", DIALOGUES, EXAMPLE / "station.yaml", ModelShelf(MODELS))
    written(tmp_path / "in", files)
    assert other.make(files, who="x", why="y", at=datetime.now(UTC)).id == stage.first
