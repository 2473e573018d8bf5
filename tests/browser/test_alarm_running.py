"""A warning through the real assistant into the real page: it takes over, outlives a kill, and goes when its sender takes it back."""

import signal
import socket
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, expect

from assistant.alarm.cap.followups import cancelled
from tests.browser.conftest import open_page
from tests.conftest import start_assistant
from tests.fixtures.city import BELIEVED, fire, send


def test_a_warning_of_the_city_from_its_first_word_to_its_end(chromium: Browser, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    touch = {"ASSISTANT_DIALOGUE__ENGINE": "direct", "ASSISTANT_SPEECH__ADDRESS": "tcp://127.0.0.1:9"}
    settings = {**touch, **BELIEVED, "ASSISTANT_HTTP__PORT": port}
    data = tmp_path / "data"
    data.mkdir()
    with start_assistant(data, **settings) as running:
        page = open_page(chromium, running.url)
        assert send(running, fire("drill", "Exercise")).status_code == 201
        expect(page.locator("alert-banner")).to_contain_text("EXERCISE")
        assert page.locator("body").get_attribute("data-phase") == "idle", "an exercise takes over nothing"
        page.get_by_role("button", name="Toilets").click()
        page.locator("body[data-phase=answer]").wait_for()
        assert send(running, fire("fire")).status_code == 201
        page.locator("body[data-phase=alarm]").wait_for()
        shown = page.locator("alarm-screen")
        expect(shown).to_contain_text("Fire in the metro")
        expect(shown).to_contain_text("City control room")
        expect(shown).to_contain_text("Information only.")
        expect(page.locator("alarm-way h2")).to_contain_text("Exit")
        assert send(running, fire("fire")).json()["code"] == "alert-replay"
        page.keyboard.press("Escape")
        page.mouse.click(5, 5)
        running.process.send_signal(signal.SIGKILL)
        running.process.wait(20)
        expect(shown).to_contain_text("Last known")
    with start_assistant(data, **settings) as running:
        expect(shown).not_to_contain_text("Last known", timeout=30_000)
        assert page.locator("body").get_attribute("data-phase") == "alarm", "it stood all the time"
        cancel = cancelled(fire("fire"), identifier="over", sent=datetime(2026, 11, 24, 8, 1, tzinfo=UTC))
        assert send(running, cancel).json()["action"] == "ended"
        page.locator("body[data-phase=idle]").wait_for()
        expect(page.locator("alert-banner")).to_contain_text("EXERCISE")
        page.context.close()
