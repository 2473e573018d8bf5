"""A warning through the real assistant into the real page: it takes over, outlives a kill, and goes when its sender takes it back."""

import hashlib
import json
import signal
import socket
from datetime import UTC, datetime
from pathlib import Path

import httpx
from playwright.sync_api import Browser, expect

from assistant.alarm.cap.followups import cancelled
from assistant.alarm.cap.write import write
from assistant.alarm.models import Alert, Area, Info
from tests.browser.conftest import open_page
from tests.conftest import Running, start_assistant

TOKEN = "citys-token"  # noqa: S105
SENDER = "control@city.example"


def fire(status: str = "Actual") -> Alert:
    told = {"en": ("Fire in the metro", "Leave the station."), "ko": ("지하철 화재", "역 밖으로 나가세요.")}
    infos = tuple(
        Info(
            language=language, categories=("Fire",), event=headline, responses=("Evacuate",), urgency="Immediate", severity="Extreme",
            certainty="Observed", headline=headline, instruction=instruction, areas=(Area(description="Metro", zones=("hc-metro",)),),
        )
        for language, (headline, instruction) in told.items()
    )  # fmt: skip
    sent = datetime(2026, 11, 24, 8, tzinfo=UTC)
    return Alert(identifier=f"fire-{status}", sender=SENDER, sent=sent, status=status, message_type="Alert", infos=infos)  # type: ignore[arg-type]


def send(running: Running, alert: Alert) -> httpx.Response:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/cap+xml"}
    with running.client() as client:
        return client.post("/v1/alerts", content=write(alert), headers=headers)


def test_a_warning_of_the_city_from_its_first_word_to_its_end(chromium: Browser, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    tokens = [{"name": "city", "scopes": ["alert"], "sha256": hashlib.sha256(TOKEN.encode()).hexdigest()}]
    senders = [{"sender": SENDER, "name": {"en": "City control room", "ko": "시 상황실"}, "token": "city", "life_safety": True}]
    settings = {
        "ASSISTANT_DIALOGUE__ENGINE": "direct", "ASSISTANT_SPEECH__ADDRESS": "tcp://127.0.0.1:9", "ASSISTANT_TOKENS": json.dumps(tokens),
        "ASSISTANT_ALERTS__SENDERS": json.dumps(senders), "ASSISTANT_HTTP__PORT": port,
    }  # fmt: skip
    data = tmp_path / "data"
    data.mkdir()
    with start_assistant(data, **settings) as running:
        page = open_page(chromium, running.url)
        assert send(running, fire("Exercise")).status_code == 201
        expect(page.locator("alert-banner")).to_contain_text("EXERCISE")
        assert page.locator("body").get_attribute("data-phase") == "idle", "an exercise takes over nothing"
        page.get_by_role("button", name="Toilets").click()
        page.locator("body[data-phase=answer]").wait_for()
        assert send(running, fire()).status_code == 201
        page.locator("body[data-phase=alarm]").wait_for()
        shown = page.locator("alarm-screen")
        expect(shown).to_contain_text("Fire in the metro")
        expect(shown).to_contain_text("City control room")
        expect(shown).to_contain_text("Information only.")
        expect(page.locator("alarm-way h2")).to_contain_text("Exit")
        assert send(running, fire()).json()["code"] == "alert-replay"
        page.keyboard.press("Escape")
        page.mouse.click(5, 5)
        running.process.send_signal(signal.SIGKILL)
        running.process.wait(20)
        expect(shown).to_contain_text("Last known")
    with start_assistant(data, **settings) as running:
        expect(shown).not_to_contain_text("Last known", timeout=30_000)
        assert page.locator("body").get_attribute("data-phase") == "alarm", "it stood all the time"
        cancel = cancelled(fire(), identifier="over", sent=datetime(2026, 11, 24, 8, 1, tzinfo=UTC))
        assert send(running, cancel).json()["action"] == "ended"
        page.locator("body[data-phase=idle]").wait_for()
        expect(page.locator("alert-banner")).to_contain_text("EXERCISE")
        page.context.close()
