"""French for the ten questions that are asked most, made only in the console of a running assistant with a real Rasa."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import MODELS, Running, start_assistant
from tests.console import french
from tests.console.conftest import Desktop
from tests.console.test_life import step
from tests.console.test_life_running import enter
from tests.console.test_pages import told

pytestmark = [pytest.mark.long, pytest.mark.timeout(2400)]
WAIT_MS = 1_200_000


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder of the assistant, also for its command line."""
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def started(data: Path) -> "Iterator[Running]":
    return start_assistant(data, ASSISTANT_MODELS=str(MODELS), ASSISTANT_SPEECH__ADDRESS=f"unix://{data.parent}/nobody")  # type: ignore[return-value]


def at(page: Page, where: str) -> None:
    """Goes to an address of the console."""
    page.evaluate("where => { document.querySelector('main > *').dataset.left = ''; location.hash = where; }", where)
    expect(page.locator("[data-left]")).to_have_count(0)
    page.locator("main h1:focus").wait_for()


def saved(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".told")).to_have_text("Saved.", timeout=60_000)  # each reply is written into its file by itself


def add_language(page: Page, draft: str) -> None:
    at(page, f"#/languages/{draft}")
    page.get_by_label("Short name of the language").fill("fr")
    page.get_by_role("button", name="Add this language").click()
    told(page, "French is added. Now it needs words.")


def name_places(page: Page, draft: str) -> None:
    for place, (name, where, aliases) in french.PLACES.items():
        at(page, f"#/place/{draft}/{place}")
        page.locator("[name='name.fr']").fill(name)
        page.locator("[name='where.fr']").fill(where)
        if aliases:
            other = page.locator("[name='aliases']")
            other.fill(f"{other.input_value()}\n{aliases}".strip())
        saved(page)
    at(page, f"#/facts/{draft}")
    for subject, text in french.FACTS.items():
        page.locator(f"[name='{subject}.fr']").fill(text)
    saved(page)


def teach(page: Page, draft: str) -> None:
    """Phrases and replies, topic by topic."""
    topics = {*french.REPLIES, "tickets_fares", "luggage"}
    for topic in sorted(topics):
        at(page, f"#/topic/{draft}/{topic}/phrases/fr")
        for intent in [intent for intent in french.PHRASES if intent.startswith(f"{topic}_")]:
            page.locator(f'details[data-name="{intent}"]').evaluate("details => { details.open = true; }")
            page.locator(f'textarea[data-key="phrases|{intent}|fr"]').fill("\n".join(french.PHRASES[intent]))
        if topic == "tickets_fares":
            mend(page)
        for reply, words in french.REPLIES.get(topic, {}).items():
            page.locator(f'textarea[data-key="text|{reply}|fr"]').fill(words)
        saved(page)


def mend(page: Page) -> None:
    """What the checks find in the content that was shipped: a phrase that another question has too."""
    page.locator('details[data-name="tickets_fares_validity"]').evaluate("details => { details.open = true; }")
    field = page.locator('textarea[data-key="phrases|tickets_fares_validity|en"]')
    field.fill("\n".join(line for line in field.input_value().splitlines() if line.strip("?! ").casefold() != "any train"))


def asked_in_the_console(page: Page) -> dict[str, tuple[str, str]]:
    """Each question to the draft, in the chat that tries it: what it was understood as, and the reply with its tiles."""
    answers = {}
    page.get_by_label("Language", exact=True).select_option("fr")
    for number, question in enumerate(french.QUESTIONS, 1):
        if number > 1:
            page.get_by_role("button", name="New conversation").click()
        page.get_by_label("What somebody says").fill(question)
        page.keyboard.press("Enter")
        turn = page.locator(".talk > li").last
        expect(turn.locator("q")).to_have_text(question, timeout=300_000)
        draft = turn.locator(".column").last
        understood = re.search(r"Understood as ([^(\n]*\w)", draft.inner_text())
        tiles = "".join(text.removeprefix("Offers: ") for text in draft.locator(".hint").all_inner_texts() if text.startswith("Offers"))
        answers[question] = understood[1] if understood else "", " ".join(draft.locator(".words").all_inner_texts()) + " · " + tiles
    return answers


def wrong(answers: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """What is not understood as it should be, or not answered in French."""
    return {
        question: (understood, text) for question, (understood, text) in answers.items()
        if understood.casefold().replace(" ", "_") != french.QUESTIONS[question][0]
        or french.QUESTIONS[question][1] not in text or re.search(french.ENGLISH, text)
    }  # fmt: skip


def test_french_is_made_in_the_console_and_spoken_at_the_kiosk(
    data: Path, chromium: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    with started(data) as running:  # type: ignore[attr-defined]
        desktop = Desktop(chromium, running.url.rstrip("/"))
        page = enter(desktop, capsys)
        page.get_by_label("What is it about?").fill("French")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Topics of a draft").wait_for()
        draft = page.url.rpartition("/")[2]
        add_language(page, draft)
        name_places(page, draft)
        teach(page, draft)
        step(page, "Checks")
        expect(page.get_by_text("0 to be mended")).to_be_visible(timeout=30_000)

        step(page, "Try it")
        began = time.monotonic()
        page.get_by_role("button", name="Let it learn").click()
        expect(page.get_by_label("What somebody says")).to_be_visible(timeout=WAIT_MS)
        print(f"learnt in {time.monotonic() - began:.0f} s")
        answers = asked_in_the_console(page)
        print("\n".join(f"{question} → {found}" for question, found in answers.items()))
        assert wrong(answers) == {}

        step(page, "Proof")
        began = time.monotonic()
        page.get_by_role("button", name="Prove this draft").click()
        expect(page.get_by_text("conversations were looked at")).to_be_visible(timeout=WAIT_MS)
        print(f"proved in {time.monotonic() - began:.0f} s: {page.locator('main').inner_text()[:600]}")
        step(page, "Publish")
        page.get_by_label("What changes, and why?").fill("French for the ten questions that are asked most")
        reason = page.get_by_label("Why publish it although conversations break?")
        if reason.count() and reason.is_visible():
            reason.fill("They are about other languages and are looked at next.")
        page.get_by_role("button", name="Publish it now").click()
        page.get_by_role("heading", level=1, name="Releases").wait_for()
        expect(page.get_by_text("The kiosk answers with")).to_be_visible(timeout=60_000)
        assert desktop.troubles == []

    with started(data) as running, running.client() as client:  # type: ignore[attr-defined]
        replies = {}
        for question in french.QUESTIONS:
            conversation = client.post("/v1/conversations", json={"language": "fr"}).json()["id"]
            turn = client.post(f"/v1/conversations/{conversation}/turns", json={"text": question}).json()
            assert turn["language"] == "fr"
            told_ = " ".join(reply["text"] for reply in turn["replies"]) + " · ".join(tile["label"] for tile in turn["suggestions"])
            replies[question] = turn["understood"]["intent"], told_
        assert wrong(replies) == {}
