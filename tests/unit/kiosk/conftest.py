"""A kiosk session for every test of the room."""

import pytest

from assistant.answers.desk import Desk
from assistant.clock import StartedClock
from assistant.settings import Settings
from tests.fixtures.kiosk import Kiosk


@pytest.fixture
def kiosk(desk: Desk, station_settings: Settings, clock: StartedClock) -> Kiosk:
    """A session whose page has not said hello yet."""
    return Kiosk(desk, station_settings, clock)
