"""A newer feed is put into service between questions, while others are being asked."""

import gc
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.answers.desk import Desk
from assistant.answers.renderer import Responses
from assistant.clock import StartedClock
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.knowledge.imports import import_station
from assistant.knowledge.store import Store
from assistant.settings import ROOT, Settings
from tests.unit.knowledge.conftest import BASE

Write = Callable[..., Settings]
SWAPS = 25


@pytest.fixture
def early() -> StartedClock:
    """Half an hour before the first train, whenever the test runs."""
    return StartedClock(datetime(2026, 11, 24, 7, 30, tzinfo=UTC))


def other_city() -> dict[str, str]:
    """The same station, where every stop, line, time and headsign has another name."""
    return {
        "stops": BASE["stops"].replace("mid,Mid Town", "mid,Centre Town").replace("end,End of the World", "fin,Land's End"),
        "routes": BASE["routes"].replace("R1,River Line", "B1,Brook Line"),
        "trips": BASE["trips"].replace("End of the World", "Land's End"),
        "stop_times": BASE["stop_times"].replace(",end,", ",fin,").replace("08:05:00", "08:07:00"),
    }


@pytest.fixture
def two_feeds(write: Write, tmp_path: Path) -> tuple[Settings, list[Path]]:
    """A station with two databases imported: the switch between them is all that is left to do."""
    settings = write()
    first = Path(import_station(settings).database)
    newer = (write(**other_city()).station / "gtfs").rename(tmp_path / "newer")
    second = Path(import_station(write(), feed=newer).database)
    return settings, [first, second]


def point_to(settings: Settings, database: Path) -> None:
    """What an import does last."""
    draft = settings.data / "station" / "current.part"
    draft.write_text(database.name)
    draft.replace(settings.data / "station" / "current")


def open_files(folder: Path) -> int:
    """Databases below `folder` that this process holds open."""
    gc.collect()
    links = [os.readlink(path) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    return len({link for link in links if link.startswith(str(folder)) and ".sqlite" in link})


OLD = ("R1", "End of the World", "08:05", "End of the World", ["mid", "end"])
NEW = ("B1", "Land's End", "08:07", "Land's End", ["mid", "fin"])


def facts(knowledge: Knowledge, at: datetime) -> tuple[str, str, str, str, list[str]]:
    """What several questions in a row say of the next train."""
    [train] = knowledge.departures(at=at, limit=1)
    reached = [stop.id for stop in knowledge.popular_destinations("en", 5)]
    [direct] = knowledge.departures(at=at, destination=reached[-1], limit=1)
    goal = knowledge.stop(reached[-1], "en")
    return train.line, direct.headsign, f"{train.scheduled:%H:%M}", goal.name if goal else "", reached


@pytest.mark.timeout(120)
def test_questions_go_on_while_the_feed_changes(two_feeds: tuple[Settings, list[Path]], early: StartedClock) -> None:
    settings, databases = two_feeds
    point_to(settings, databases[0])
    knowledge = Knowledge(settings, Store(databases[0]), early)
    environment = Monitor(settings, early, ZoneInfo(knowledge.validity().timezone))
    desk = Desk(settings, knowledge, environment, early, Responses.load(ROOT / "dialogues" / "domain"))
    stop, wrong, answered = threading.Event(), list[str](), [0, 0]

    def ask() -> None:
        try:
            while not stop.is_set():
                said = desk.answer("timetable_next_departures", {}, "en").replies[0].text
                if not (("R1" in said and "8:05" in said) or ("B1" in said and "8:07" in said)):
                    wrong.append(said)
                found = facts(knowledge.pinned(), early.now())
                if found not in (OLD, NEW):
                    wrong.append(f"mixed: {found}")
                answered[found == NEW] += 1
        except Exception as error:
            wrong.append(repr(error))

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    for number in range(1, SWAPS + 1):
        point_to(settings, databases[number % 2])
        assert knowledge.reload()
    stop.set()
    for asker in askers:
        asker.join()
    assert wrong == []
    assert all(count > 10 for count in answered), "both feeds were asked"
    assert open_files(settings.data) == 1, "the feed in service and no other is open"
    knowledge.close()


def test_a_question_under_way_ends_with_the_feed_it_began_with(two_feeds: tuple[Settings, list[Path]], early: StartedClock) -> None:
    settings, databases = two_feeds
    knowledge = Knowledge(settings, Store(databases[0]), early)
    environment = Monitor(settings, early, ZoneInfo(knowledge.validity().timezone))
    desk = Desk(settings, knowledge, environment, early, Responses.load(ROOT / "dialogues" / "domain"))
    question = desk.context("en").knowledge
    point_to(settings, databases[1])
    assert knowledge.reload()
    assert not knowledge.reload()
    assert (facts(question, early.now()), facts(knowledge, early.now())) == (OLD, NEW)
    assert open_files(settings.data) == 2
    del question
    assert open_files(settings.data) == 1
    knowledge.close()


def test_where_the_new_one_is_gone_the_old_one_stays(two_feeds: tuple[Settings, list[Path]], early: StartedClock) -> None:
    settings, databases = two_feeds
    knowledge = Knowledge(settings, Store(databases[0]), early)
    (settings.data / "station" / "current").write_text("gone.sqlite")
    assert not knowledge.reload()
    assert knowledge.stop("mid", "en")
    knowledge.close()
