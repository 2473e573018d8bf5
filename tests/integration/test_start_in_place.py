"""What a release says of places takes effect in a running assistant: it starts anew in place, at the same address."""

import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from assistant.content.models import SHIPPED
from assistant.content.releases import Releases
from assistant.content.tree import STATION
from assistant.dialogue.supervisor import DIALOGUES
from assistant.dialogue.trainer import ModelShelf
from tests.conftest import EXAMPLE, MODELS, Running, start_assistant, until

pytestmark = [pytest.mark.timeout(200), pytest.mark.long]


def released(releases: Releases, old: str, new: str) -> str:
    files = dict(releases.files(SHIPPED))
    text = files[STATION].decode()
    assert old in text
    release = releases.make(files | {STATION: text.replace(old, new, 1).encode()}, who="tests", why="a test", at=datetime.now(UTC))
    releases.activate(release.id, who="tests", at=datetime.now(UTC))
    return release.id


def places(running: Running) -> str:
    try:
        with running.client() as client:
            return client.get("/v1/places").text
    except httpx.HTTPError:  # just between two starts
        return ""


def test_places_of_a_release_are_told_and_a_file_that_cannot_be_used_changes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    releases = Releases(data / "content", DIALOGUES, EXAMPLE / STATION, ModelShelf(MODELS))
    with start_assistant(data, ASSISTANT_DIALOGUE__ENGINE="direct", ASSISTANT_SPEECH__ADDRESS=f"unix://{tmp_path}/nobody") as running:
        assert "Coffee of tests" not in places(running)
        first = released(releases, "name: {en: Ticket Office", "name: {en: Coffee of tests")
        assert until(lambda: "Coffee of tests" in places(running), 60)
        assert running.process.poll() is None, "the process is the same"

        released(releases, "source: replay:", "source: mqtt:nobody # ")  # this machine has no broker
        time.sleep(5)
        assert "Coffee of tests" in places(running), "what was served goes on"
        releases.activate(SHIPPED, who="tests", at=datetime.now(UTC))
        assert until(lambda: (text := places(running)) != "" and "Coffee of tests" not in text, 60)
        releases.activate(first, who="tests", at=datetime.now(UTC))
        assert until(lambda: "Coffee of tests" in places(running), 60)
