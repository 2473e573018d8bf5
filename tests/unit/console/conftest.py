"""The whole API with its console, over the example station, without processes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from assistant.accounts.models import Role
from assistant.accounts.tokens import KnownTokens
from assistant.alarm.board import NoAlarms
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
from assistant.settings import ClockStart, Settings, Token
from assistant.surfaces import Surfaces, create_api
from assistant.unanswered.counter import Counter
from assistant.unanswered.models import Limits
from tests.fixtures.accounts import GOOD, Door
from tests.fixtures.accounts import database as database
from tests.fixtures.accounts import door as door
from tests.fixtures.accounts import empty as empty
from tests.fixtures.accounts import hands as hands
from tests.fixtures.studio import Around, studio
from tests.unit.api.conftest import OPERATOR, token

URL = "http://127.0.0.1:8080"
API = "/console/api"
LISTED = token("lift-watch", OPERATOR, ["operate", "alert"])


@dataclass
class Browser:
    """A browser at the console: keeps cookies, sends Origin, and shows the CSRF token once it is signed in."""

    client: TestClient
    csrf: str = ""

    def sign_in(self, name: str, password: str = GOOD) -> Response:
        answer = self.ask("POST", "/session", json={"name": name, "password": password})
        self.csrf = answer.json().get("csrf", "")
        return answer

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, **more: object) -> Response:
        return self.client.request(method, API + path, headers={"Origin": URL, "X-CSRF-Token": self.csrf, **(headers or {})}, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def parts(desk: Desk, clock: StartedClock, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Reports]:
    """What the console shows besides accounts."""
    store = ReportStore.open(tmp_path_factory.mktemp("reports") / "reports.sqlite")
    return desk, Reports(store, clock, kiosk="kiosk-1")


class Served:
    """The API, built once; each test puts its own door in."""

    door: Door

    def __getattr__(self, name: str) -> object:
        return getattr(self.door, name)


class Tokens:
    """What the API takes, by the door of the test."""

    def __init__(self, served: Served) -> None:
        self._served = served

    def __iter__(self) -> Iterator[Token]:
        return iter(KnownTokens([LISTED], self._served.door.database, self._served.door.now))


@pytest.fixture(scope="session")
def around(tmp_path_factory: pytest.TempPathFactory) -> Around:
    """Drafts and releases of a small content."""
    return studio(tmp_path_factory.mktemp("studio"))


@pytest.fixture(scope="session")
def restart(station_settings: Settings) -> Restart:
    """Whether the assistant starts anew soon; a start would take up another name."""
    return Restart(station_settings, lambda: station_settings.model_copy(update={"name": {"": "Other"}}))


@pytest.fixture(scope="session")
def feeds(desk: Desk, clock: StartedClock, station_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Feeds:
    """Timetables of a state folder of their own, over a refresher that works when a test lets it."""
    small = station_settings.feed.model_copy(update={"limit_mb": 2.0})
    settings = station_settings.model_copy(update={
        "data": tmp_path_factory.mktemp("feeds"), "feed": small, "clock": ClockStart(start=clock.now()),
    })  # fmt: skip
    return Feeds.of(settings, Refresher(settings, clock, Knowledge.open(settings, clock), lambda: None))


@pytest.fixture(scope="session")
def served(parts: tuple[Desk, Reports], station_settings: Settings, around: Around, restart: Restart, feeds: Feeds) -> tuple[Gate, Served]:
    """The gate of the API, and where a door is put in."""
    (desk, reports), later = parts, Served()
    health, absent = (lambda: Health(components={"knowledge": "ready"}, speech={})), None
    workshop = Workshop(
        access=later, health=health, desk=desk, alerts=list, reports=reports, model=lambda: "model.tar.gz",  # type: ignore[arg-type]
        restart=restart, tokens=[LISTED], studio=around.studio, unanswered=Counter(later, Limits(conversations=3, hours=2)),  # type: ignore[arg-type]
        feeds=feeds, record=lambda: record(station_settings),
    )  # fmt: skip
    surfaces = Surfaces(
        desk=desk, turns=absent, speech=absent, settings=station_settings, health=health, vocabulary=absent, record=absent,  # type: ignore[arg-type]
        changes=Changes(), reports=reports, board=NoAlarms(), book=absent, intake=absent, view=absent, end=absent,  # type: ignore[arg-type]
        tokens=Tokens(later), console=workshop,
    )  # fmt: skip
    return Gate(create_api(surfaces), 1_000_000, {UPLOAD: 2_000_000}), later


@pytest.fixture
def open_browser(door: Door, served: tuple[Gate, Served]) -> Callable[[], Browser]:
    """Makes browsers of one console over the door of this test."""
    gate, later = served
    later.door = door
    return lambda: Browser(TestClient(gate, base_url=URL, raise_server_exceptions=False))


@pytest.fixture
def browser(open_browser: Callable[[], Browser], door: Door) -> Browser:
    """A browser at a console with one admin, ada; nobody is signed in."""
    door.admin()
    return open_browser()


@pytest.fixture
def as_role(open_browser: Callable[[], Browser], door: Door) -> Callable[[Role], Browser]:
    """A signed-in browser of a role."""
    door.admin()

    def enter(role: Role) -> Browser:
        if role != "admin":
            door.person(door.enter("ada").visitor, f"a-{role}", role)
        one = open_browser()
        assert one.sign_in("ada" if role == "admin" else f"a-{role}").status_code == 201
        return one

    return enter
