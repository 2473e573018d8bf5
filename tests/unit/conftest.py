"""The example station's real rooms, imported once."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.answers.desk import Desk
from assistant.answers.renderer import Responses
from assistant.clock import StartedClock
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.settings import Settings
from tests.conftest import EXAMPLE, MORNING, ROOT


@pytest.fixture(scope="session")
def clock() -> StartedClock:
    return StartedClock(datetime.fromisoformat(MORNING))


@pytest.fixture(scope="session")
def station_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings.load(station=EXAMPLE, data=tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def desk(station_settings: Settings, clock: StartedClock) -> Desk:
    knowledge = Knowledge.open(station_settings, clock)
    environment = Monitor(station_settings, clock, ZoneInfo(knowledge.validity().timezone))
    return Desk(station_settings, knowledge, environment, clock, Responses.load(ROOT / "dialogues" / "domain"))
