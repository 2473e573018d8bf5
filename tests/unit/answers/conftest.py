"""A desk over the example station, changed for one test."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.answers.desk import Desk
from assistant.answers.renderer import Responses
from assistant.clock import StartedClock
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.settings import ROOT, Settings
from tests.conftest import EXAMPLE, MORNING

type Changed = Callable[..., Desk]
type Bare = Callable[[str], tuple[str, str]]


@pytest.fixture
def changed(tmp_path: Path) -> Iterator[Changed]:
    """Opens the example station with pieces of its file replaced."""
    opened: list[Knowledge] = []

    def open_desk(*changes: tuple[str, str], start: str = MORNING) -> Desk:
        folder = Path(shutil.copytree(EXAMPLE, tmp_path / f"station-{len(opened)}"))
        text = (folder / "station.yaml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (folder / "station.yaml").write_text(text, encoding="utf-8")
        settings, clock = Settings.load(station=folder, data=tmp_path / "data"), StartedClock(datetime.fromisoformat(start))
        knowledge = Knowledge.open(settings, clock)
        opened.append(knowledge)
        environment = Monitor(settings, clock, ZoneInfo(knowledge.validity().timezone))
        return Desk(settings, knowledge, environment, clock, Responses.load(ROOT / "dialogues" / "domain"))

    yield open_desk
    for knowledge in opened:
        knowledge.close()


@pytest.fixture
def bare() -> Bare:
    """Makes the change that leaves no facts, places and sensors but those given."""
    whole = (EXAMPLE / "station.yaml").read_text(encoding="utf-8")
    return lambda text: (whole[whole.index("facts:") :], text)
