"""The real assistant that the ten come to, with the keys of a kiosk and a city that may warn."""

import json
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from assistant.alarm.cap.followups import cancelled
from tests.browser.conftest import CHROMIUM
from tests.conftest import Running, start_assistant
from tests.fixtures.city import BELIEVED, fire, send
from tests.people.facts import Facts
from tests.people.person import KEYS, PLUG, at_kiosk
from tests.people.tasks import Outcome, Task, attempt
from tests.people.ten import Story

SETTINGS = {
    "ASSISTANT_KIOSK__KEYPAD": json.dumps({key: action for action, key in KEYS.items()}),
    "ASSISTANT_KIOSK__HEADSET": json.dumps({key: event for event, key in PLUG.items()}),
    "ASSISTANT_ALERTS__LOUDSPEAKER": "none",
    **BELIEVED,
}
FLAGS = [
    "--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip


@dataclass(slots=True)
class Station:
    """The assistant, a browser, and the file that its microphone hears."""

    running: Running
    browser: Browser
    microphone: Path
    thread: Executor
    """Where Playwright runs: another one may run in the thread of the tests."""
    alarms: int = 0

    def visit(self, story: Story, task: Task) -> Outcome:
        """One person comes with one task."""
        return self.thread.submit(self._visit, story, task).result()

    def _visit(self, story: Story, task: Task) -> Outcome:
        with self.running.client() as client, at_kiosk(self.browser, self.running.url, story.persona, self.microphone) as person:
            facts = Facts(client, story.persona.language)
            if not task.alarm:
                return attempt(person, task, facts)
            with self.alarm():
                return attempt(person, task, facts)

    @contextmanager
    def alarm(self) -> Iterator[None]:
        """A fire in the metro, told by the city, until the end."""
        self.alarms += 1
        alert = fire(f"fire-{self.alarms}")
        send(self.running, alert).raise_for_status()
        try:
            yield
        finally:
            over = cancelled(alert, identifier=f"over-{self.alarms}", sent=datetime(2026, 11, 24, 8, 1, tzinfo=UTC))
            send(self.running, over).raise_for_status()


@contextmanager
def opened(folder: Path) -> Iterator[Station]:
    """The station with everything started; `folder` holds its state."""
    microphone = folder / "said.wav"
    data = folder / "data"
    data.mkdir()
    flags = [*FLAGS, f"--use-file-for-fake-audio-capture={microphone}%noloop"]
    with start_assistant(data, **SETTINGS) as running, ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        try:
            browser = thread.submit(lambda: playwright.chromium.launch(executable_path=CHROMIUM, args=flags)).result()
            yield Station(running, browser, microphone, thread)
        finally:
            thread.submit(playwright.stop).result()
