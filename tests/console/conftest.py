"""The real console at a real address, over accounts in a temporary folder, and Chromium in front of it."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from assistant.accounts.access import Access
from assistant.accounts.models import Role
from assistant.alarm.board import NoAlarms
from assistant.alarm.views import AlertView
from assistant.answers.desk import Desk
from assistant.api.access import Gate
from assistant.clock import StartedClock
from assistant.console.feed import UPLOAD, Feeds
from assistant.console.surface import Workshop
from assistant.conversation.health import Health
from assistant.events import Changes
from assistant.knowledge import Knowledge
from assistant.knowledge.refresh import Refresher
from assistant.privacy.record import record
from assistant.reports.reports import Reports
from assistant.reports.store import ReportStore
from assistant.restarting import Restart
from assistant.settings import ClockStart, Settings
from assistant.surfaces import Surfaces, create_api
from assistant.unanswered.counter import Counter
from assistant.unanswered.models import Limits
from tests.browser.conftest import CHROMIUM
from tests.fixtures.accounts import GOOD, Door
from tests.fixtures.accounts import database as database
from tests.fixtures.accounts import door as door
from tests.fixtures.accounts import empty as empty
from tests.fixtures.accounts import hands as hands
from tests.fixtures.studio import Around, studio
from tests.unit.api.conftest import OPERATOR, token

READY: dict[str, object] = {"dialogue": "ready", "speech": "ready", "knowledge": "ready", "environment": "ready"}
LIMITS = Limits(conversations=3, hours=2)
LISTED = token("lift-watch", OPERATOR, ["operate", "alert"])


@dataclass
class Now:
    """What the console is over in this test."""

    door: Access | None = None
    reports: Reports | None = None
    components: dict[str, object] = field(default_factory=lambda: dict(READY))
    alerts: list[AlertView] = field(default_factory=list)


class Behind:
    """Whatever a name of `Now` is at the moment."""

    def __init__(self, now: Now, name: str) -> None:
        self._now, self._name = now, name

    def __getattr__(self, wanted: str) -> object:
        return getattr(getattr(self._now, self._name), wanted)


def warning(headline: str) -> AlertView:
    """A warning that stands."""
    texts = {"en": headline}
    return AlertView(
        id="alert-1", life_safety=True, status="Actual", colour="red", category="Fire", response="Evacuate", severity="Extreme",
        since=datetime(2026, 11, 24, 8, 0, tzinfo=UTC), event=texts, headline=texts, instruction=texts, area=texts, sender=texts,
    )  # fmt: skip


@pytest.fixture(scope="session")
def around(tmp_path_factory: pytest.TempPathFactory) -> Around:
    """Drafts and releases of a small content."""
    return studio(tmp_path_factory.mktemp("studio"))


@pytest.fixture(scope="session")
def feeds(clock: StartedClock, station_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Feeds:
    """Timetables of a state folder of their own, over a refresher that works when a test lets it."""
    settings = station_settings.model_copy(update={"data": tmp_path_factory.mktemp("feeds"), "clock": ClockStart(start=clock.now())})
    return Feeds.of(settings, Refresher(settings, clock, Knowledge.open(settings, clock), lambda: None))


@pytest.fixture(scope="session")
def served(desk: Desk, station_settings: Settings, around: Around, feeds: Feeds) -> Iterator[tuple[str, Now]]:
    """The address of the console, and what is put behind it."""
    now, absent = Now(), None
    health: Callable[[], Health] = lambda: Health(components=now.components, speech={})  # type: ignore[arg-type]  # noqa: E731
    reports = cast("Reports", Behind(now, "reports"))
    workshop = Workshop(
        access=cast("Access", Behind(now, "door")), health=health, desk=desk, alerts=lambda: now.alerts, reports=reports,
        model=lambda: "dialogues-0123456789abcdef.tar.gz", tokens=[LISTED], studio=around.studio,
        unanswered=Counter(cast("Access", Behind(now, "door")), LIMITS), feeds=feeds, record=lambda: record(station_settings),
        restart=Restart(station_settings),
    )  # fmt: skip
    surfaces = Surfaces(
        desk=desk, turns=absent, speech=absent, settings=station_settings, health=health, vocabulary=absent, record=absent,  # type: ignore[arg-type]
        changes=Changes(), reports=reports, board=NoAlarms(), book=absent, intake=absent, view=absent, end=absent,  # type: ignore[arg-type]
        console=workshop,
    )  # fmt: skip
    gate = Gate(create_api(surfaces), 1_000_000, {UPLOAD: 20_000_000})
    server = uvicorn.Server(uvicorn.Config(gate, port=0, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
        assert thread.is_alive(), "the console did not start"
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", now
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def now(served: tuple[str, Now], around: Around, door: Door, clock: StartedClock, tmp_path: Path) -> Iterator[Now]:
    """A fresh console without an account, a draft or a release."""
    _, now = served
    shutil.rmtree(around.studio.releases.root, ignore_errors=True)
    around.trainings.hold = around.broken_stage = False
    now.door, now.components, now.alerts = door, dict(READY), []
    now.reports = Reports(ReportStore.open(tmp_path / "reports.sqlite"), clock, kiosk="kiosk-1")
    yield now
    now.reports.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Desktop:
    """Windows at the console. What goes wrong in them, and what they reach for, is kept."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self.address = browser, address
        self.troubles: list[str] = []
        self.asked: set[tuple[str, str]] = set()

    def open(self, where: str = "", width: int = 1280, height: int = 900, script: str = "0") -> Page:
        """A window of a browser of its own, where nobody is signed in yet."""
        context = self._browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", locale="en-GB")
        context.grant_permissions(["clipboard-write"], origin=self.address)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.add_init_script(script)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: self.troubles.append(said.text) if self._trouble(said.type, said.text) else None)
        page.on("request", lambda request: self.asked.add((request.method, request.url.removeprefix(self.address))))
        page.goto(f"{self.address}/console/{where}")
        page.locator("main h1:focus").wait_for()
        return page

    def signed_in(self, name: str = "ada", where: str = "", **more: Any) -> Page:
        """The window of somebody who is signed in."""
        page = self.open(where, **more)
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Password", exact=True).fill(GOOD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("navigation").wait_for()
        page.locator("main h1:focus").wait_for()
        return page

    @staticmethod
    def _trouble(kind: str, text: str) -> bool:
        """Answers like 401 are told by Chromium as errors."""
        return kind in ("error", "warning") and "Failed to load resource" not in text and "Unrecognized feature" not in text


@pytest.fixture
def desktop(chromium: Browser, served: tuple[str, Now], now: Now) -> Iterator[Desktop]:
    """Windows; errors of a page and refusals of its policy fail the test."""
    made = Desktop(chromium, served[0])
    yield made
    for context in chromium.contexts:
        context.close()
    assert made.troubles == []


@pytest.fixture
def people(door: Door, now: Now) -> Callable[[Role], str]:
    """Makes ada, the admin, and somebody of each role that is asked for; gives the name."""
    door.admin()
    admin = door.enter("ada").visitor

    def make(role: Role) -> str:
        if role == "admin":
            return "ada"
        door.person(admin, f"a-{role}", role)
        return f"a-{role}"

    return make


def go(page: Page, title: str) -> None:
    """Goes to a page by the list on the left, and waits until it stands."""
    page.get_by_role("navigation").get_by_role("link", name=title, exact=True).click()
    page.get_by_role("heading", level=1, name=title, exact=True).wait_for()
