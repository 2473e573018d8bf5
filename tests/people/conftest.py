"""The station, started once for all who come."""

from collections.abc import Iterator

import pytest

from tests.people.station import Station, opened


@pytest.fixture(scope="session")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    """The real assistant, a real Chromium and a microphone that hears a file."""
    with opened(tmp_path_factory.mktemp("people")) as station:
        yield station
