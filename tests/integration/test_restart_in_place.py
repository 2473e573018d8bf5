"""A release with another place goes live: the assistant starts anew in place, at the same port, and nobody is turned away."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from assistant.content import tree
from assistant.content.models import SHIPPED
from assistant.content.releases import Releases
from assistant.dialogue.supervisor import DIALOGUES
from assistant.dialogue.trainer import ModelShelf
from tests.conftest import EXAMPLE, Running, start_assistant, until

pytestmark = pytest.mark.long
AT = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """An assistant that understands touch only: a release needs no more than the name of a model."""
    with start_assistant(tmp_path / "data", ASSISTANT_DIALOGUE__ENGINE="direct", ASSISTANT_MODELS=str(tmp_path / "models")) as one:
        yield one


def made(running: Running, old: str, new: str) -> tuple[Releases, str]:
    """A release of the example with other words in its station file."""
    releases = Releases(running.data / "content", DIALOGUES, EXAMPLE / tree.STATION, ModelShelf(running.data.parent / "models"))
    files = releases.files(SHIPPED)
    files[tree.STATION] = files[tree.STATION].replace(old.encode(), new.encode())
    release = releases.make(files, who="test", why="because", at=AT).id
    model = releases.model(release)
    model.parent.mkdir(parents=True, exist_ok=True)
    model.touch()
    return releases, release


def offices(client: httpx.Client) -> list[str]:
    return [place["name"] for place in client.get("/v1/places", params={"category": "ticket_office"}).json()["places"]]


def test_a_place_changes_and_changes_back_without_a_failed_request(running: Running) -> None:
    releases, release = made(running, "en: Ticket Office", "en: Tickets and Passes")
    failed: list[object] = []
    over = threading.Event()

    def probe() -> None:
        while not over.is_set():
            try:
                status = httpx.get(f"{running.url}livez", timeout=30, trust_env=False).status_code
            except httpx.HTTPError as error:
                status = type(error).__name__  # type: ignore[assignment]
            if status != 200:
                failed.append(status)
            time.sleep(0.02)

    thread = threading.Thread(target=probe)
    thread.start()
    try:
        with running.client() as client:
            assert offices(client) == ["Ticket Office"]
            for wanted, name in ((release, "Tickets and Passes"), (SHIPPED, "Ticket Office")):
                if wanted == SHIPPED:
                    releases.roll_back(who="test", at=AT)
                else:
                    releases.activate(wanted, who="test", at=AT)
                assert until(lambda name=name: offices(client) == [name], 40)
    finally:
        over.set()
        thread.join()
    assert failed == []
    assert running.process.poll() is None


def test_somebody_who_talks_is_not_interrupted(running: Running) -> None:
    releases, release = made(running, "en: Ticket Office", "en: Tickets and Passes")
    with running.client() as client:
        conversation = client.post("/v1/conversations", json={"language": "en"}).json()["id"]
        releases.activate(release, who="test", at=AT)
        time.sleep(8)
        assert offices(client) == ["Ticket Office"]
        assert client.delete(f"/v1/conversations/{conversation}").status_code == 204
        assert until(lambda: offices(client) == ["Tickets and Passes"], 40)


def test_a_release_that_does_not_fit_this_machine_keeps_nothing_from_starting(tmp_path: Path) -> None:
    environment = {"ASSISTANT_DIALOGUE__ENGINE": "direct", "ASSISTANT_MODELS": str(tmp_path / "models")}
    with start_assistant(tmp_path / "data", **environment) as running, running.client() as client:
        releases, release = made(running, "source: replay:", "source: mqtt:")
        releases.activate(release, who="test", at=AT)
        assert not until(lambda: offices(client) != ["Ticket Office"], 5)
        _, fits = made(running, "en: Ticket Office", "en: Tickets and Passes")
        releases.activate(fits, who="test", at=AT)
        assert until(lambda: offices(client) == ["Tickets and Passes"], 40)
        releases.activate(release, who="test", at=AT)
        assert not until(lambda: offices(client) != ["Tickets and Passes"], 5), "what was served goes on"
    with start_assistant(tmp_path / "data", **environment) as running, running.client() as client:
        assert offices(client) == ["Ticket Office"]
    assert "cannot be used" in (tmp_path / "data.log").read_text(encoding="utf-8")
