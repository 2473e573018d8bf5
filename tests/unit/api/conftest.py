"""The real API over the example station, without processes, with two tokens."""

import hashlib
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient

from assistant.alarm.board import NoAlarms
from assistant.answers.desk import Desk
from assistant.answers.renderer import Responses
from assistant.api.access import Gate
from assistant.clock import StartedClock
from assistant.environment.monitor import Monitor
from assistant.events import Changes
from assistant.knowledge import Knowledge
from assistant.reports.reports import Reports
from assistant.reports.store import ReportStore
from assistant.settings import Settings, Token
from assistant.surfaces import Surfaces, create_api
from tests.conftest import EXAMPLE, ROOT

OPERATOR, STRANGER = "operators-token", "token-of-nothing"


def token(name: str, value: str, scopes: list[str]) -> Token:
    return Token(name=name, scopes=scopes, sha256=hashlib.sha256(value.encode()).hexdigest())  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def operated(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The example station with tokens."""
    settings = Settings.load(station=EXAMPLE, data=tmp_path_factory.mktemp("api"))
    return settings.model_copy(update={"tokens": [token("lift-watch", OPERATOR, ["operate"]), token("nobody", STRANGER, [])]})


@pytest.fixture(scope="session")
def knowledge(operated: Settings, clock: StartedClock) -> Knowledge:
    return Knowledge.open(operated, clock)


@pytest.fixture(scope="session")
def reports(operated: Settings, clock: StartedClock) -> Iterator[Reports]:
    """The station's reports, on a disk."""
    kiosk = operated.kiosk
    register = Reports(ReportStore.open(operated.data / "reports.sqlite"), clock, kiosk=kiosk.id, place=kiosk.place)
    yield register
    register.close()


@pytest.fixture(scope="session")
def served(operated: Settings, knowledge: Knowledge, clock: StartedClock, reports: Reports) -> TestClient:
    """A client of the API behind its gate."""
    environment = Monitor(operated, clock, ZoneInfo("Europe/London"))
    desk = Desk(operated, knowledge, environment, clock, Responses.load(ROOT / "dialogues" / "domain"))
    absent: object = None
    surfaces = Surfaces(
        desk=desk, turns=absent, speech=absent, settings=operated, health=absent, vocabulary=absent, record=absent, changes=Changes(),  # type: ignore[arg-type]
        reports=reports, board=NoAlarms(), book=absent, intake=absent, view=absent, end=absent,
    )  # fmt: skip
    return TestClient(Gate(create_api(surfaces), 1_000_000), base_url="http://127.0.0.1:8080", raise_server_exceptions=False)


@pytest.fixture
def client(served: TestClient, knowledge: Knowledge) -> Iterator[TestClient]:
    """The same; afterwards nothing is out of order."""
    yield served
    for outage in knowledge.outages.listed():
        knowledge.outages.remove(outage.id)


@pytest.fixture
def operator() -> dict[str, str]:
    """What an operator's program sends."""
    return {"Authorization": f"Bearer {OPERATOR}"}
