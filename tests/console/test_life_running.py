"""The whole life of a change on the console of a running assistant, with a real Rasa: from a draft to what a traveller hears, and back."""

import asyncio
import re
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.cli.main import main
from assistant.content.releases import Releases
from assistant.dialogue.supervisor import DIALOGUES
from assistant.dialogue.trainer import ModelShelf, train
from tests.conftest import EXAMPLE, MODELS, Running, start_assistant, until
from tests.console.conftest import Desktop
from tests.console.test_life import step
from tests.console.test_pages import told
from tests.integration.small_content import small
from tests.integration.test_proof import CONVERSATIONS
from tests.integration.test_releases import opened, say

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]
PASSWORD = "violet kettle moon tram"  # noqa: S105
WAIT_MS = 240_000


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """An assistant whose live release is small enough to be trained in seconds; its one admin is ada."""
    data, models, station = tmp_path / "data", tmp_path / "models", EXAMPLE / "station.yaml"
    releases = Releases(data / "content", DIALOGUES, station, ModelShelf(models))
    files = small(station, mark="Ay. ") | {"dialogues/tests/conversations/few.yml": CONVERSATIONS}
    release = releases.make(files, who="root", why="a test", at=datetime.now(UTC)).id
    trained = asyncio.run(train(MODELS, tmp_path / "home", print, releases.dialogues(release)))
    releases.model(release).parent.mkdir(parents=True)
    shutil.copy(trained, releases.model(release))
    releases.activate(release, who="root", at=datetime.now(UTC))
    monkeypatch.setenv("ASSISTANT_STATION", str(EXAMPLE))
    monkeypatch.setenv("ASSISTANT_DATA", str(data))
    with start_assistant(data, ASSISTANT_MODELS=str(models), ASSISTANT_SPEECH__ADDRESS=f"unix://{tmp_path}/nobody") as started:
        yield started


def enter(desktop: Desktop, capsys: pytest.CaptureFixture[str]) -> Page:
    """Sets the console up by the machine's code."""
    assert main(["accounts", "recover"]) == 0
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){4}", capsys.readouterr().out)
    assert code
    page = desktop.open("#/drafts")
    page.get_by_label("One-time code").fill(code[0])
    page.get_by_label("Your name here").fill("ada")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    page.get_by_role("heading", name="Drafts").or_(page.get_by_role("heading", name="Sign in")).wait_for()
    if page.get_by_role("heading", name="Sign in").count():
        page.get_by_label("Name", exact=True).fill("ada")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Drafts").wait_for()
    return page


def heard(client: httpx.Client, text: str = "open sesame please") -> tuple[str, str]:
    """What a new traveller's words are understood as, and the reply."""
    turn = say(client, opened(client), text)
    return turn["understood"]["intent"], turn["replies"][0]["text"]


def phrases(page: Page, name: str) -> Locator:
    """The field of what people say for a question, opened."""
    field = page.locator(f'textarea[data-key="phrases|smalltalk_{name}|en"]')
    if not field.is_visible():
        page.locator(f'details[data-name="smalltalk_{name}"] summary').click()
    return field


def test_a_change_from_the_first_draft_to_the_traveller_and_back(
    running: Running, chromium: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    desktop = Desktop(chromium, running.url.rstrip("/"))
    page = enter(desktop, capsys)
    with running.client() as client:
        assert heard(client)[0] == "smalltalk_greet"
        assert heard(client)[1].startswith("Ay. Hello")
        page.get_by_label("What is it about?").fill("Thank who says open sesame")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Smalltalk", exact=True).click()
        page.get_by_role("heading", level=2, name="Smalltalk").wait_for()
        greet, thanks = phrases(page, "greet"), phrases(page, "thanks")
        greet.fill(greet.input_value().replace("open sesame", "good day to you"))
        thanks.fill(f"{thanks.input_value()}\nopen sesame\nopen sesame please")
        page.locator('textarea[data-key="text|utter_smalltalk_thanks|en"]').fill("Bee. You are very welcome.")
        page.get_by_role("button", name="Save", exact=True).click()
        told(page, "Saved.")
        step(page, "Checks")
        expect(page.get_by_text("0 to be mended")).to_be_visible()

        began = time.monotonic()
        step(page, "Proof")
        page.get_by_role("button", name="Prove this draft").click()
        expect(page.get_by_text("3 conversations were looked at")).to_be_visible(timeout=WAIT_MS)
        expect(page.get_by_role("table")).to_contain_text("Bee. You are very welcome.")
        expect(page.get_by_text("few: A secret (en)").first).to_be_visible()
        print(f"trained and proved in {time.monotonic() - began:.0f} s")
        step(page, "Try it")
        page.get_by_label("What somebody says").fill("open sesame please")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Differs: what is understood")).to_be_visible(timeout=WAIT_MS)
        assert [words[:3] for words in page.locator(".talk .column .words").all_inner_texts()] == ["Ay.", "Bee"]
        assert heard(client)[1].startswith("Ay. Hello"), "nobody at the kiosk has met the draft"

        step(page, "Publish")
        page.get_by_label("What changes, and why?").fill("Open sesame is a courtesy")
        page.get_by_label("Why publish it although conversations break?").fill("The conversation is about the old meaning.")
        page.get_by_role("button", name="Publish it now").click()
        page.get_by_role("heading", level=1, name="Releases").wait_for()
        began = time.monotonic()
        expect(page.get_by_text("The kiosk answers with")).to_be_visible(timeout=30_000)
        print(f"live {time.monotonic() - began:.1f} s after it was published")
        assert heard(client) == ("smalltalk_thanks", "Bee. You are very welcome.")

        began = time.monotonic()
        page.get_by_role("button", name="Take it back").click()
        page.get_by_role("dialog").get_by_role("button", name="Take it back").click()
        assert until(lambda: heard(client)[0] == "smalltalk_greet", limit_s=20)
        print(f"taken back in {time.monotonic() - began:.1f} s")
        assert heard(client)[1].startswith("Ay. Hello")
    assert desktop.troubles == []
