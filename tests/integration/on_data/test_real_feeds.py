"""Real feeds with the smallest station file: the station, its lines, its names; departures are in test_golden_answers.py."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.clock import SystemClock
from assistant.knowledge import Knowledge
from assistant.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Case:
    """A feed, a stop of the station, a day on which its timetable holds."""

    folder: str
    stop: str
    name: str
    day: str
    platforms: bool = False


CASES = [
    Case(folder="wmata-rail-2026", stop="PF_A01_1", name="Metro Center", day="2026-05-05", platforms=True),
    Case(folder="wmata-rail-2026-oneday", stop="STN_A01_C01", name="Metro Center", day="2026-05-01", platforms=True),
    Case(folder="metro-north-2026", stop="1", name="Grand Central", day="2026-09-01", platforms=True),
    Case(folder="caltrain-2023-rt", stop="70021", name="22nd Street", day="2023-10-02"),
    Case(folder="bart-2019-rt", stop="EMBR", name="Embarcadero", day="2019-08-05"),
    Case(folder="detroit-people-mover-2024", stop="1", name="Times Square", day="2024-03-04"),
    Case(folder="fukuoka-subway-2019", stop="8", name="天神", day="2019-08-05"),
    Case(folder="busan-metro-2025", stop="219", name="Seomyeon", day="2025-08-04"),
]


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A case with its knowledge."""

    case: Case
    knowledge: Knowledge

    def at(self, time: str) -> datetime:
        """A time of its day."""
        return datetime.fromisoformat(f"{self.case.day}T{time}").replace(tzinfo=ZoneInfo(self.knowledge.validity().timezone))


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.folder)
def opened(request: pytest.FixtureRequest, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The feed, imported with the smallest station file."""
    case: Case = request.param
    source, folder = shared_data / "gtfs" / case.folder, tmp_path_factory.mktemp(case.folder)
    (folder / "station.yaml").write_text(f"name: Station\nstop: '{case.stop}'\nlanguages: [en]\n")
    if (source / "gtfs.zip").exists():
        (folder / "gtfs.zip").symlink_to(source / "gtfs.zip")
    else:
        (folder / "gtfs").symlink_to(source)
    knowledge = Knowledge.open(Settings.load(station=folder, data=folder / "data"), SystemClock())
    yield Opened(case=case, knowledge=knowledge)
    knowledge.close()


def test_the_station_is_itself_and_serves_lines(opened: Opened) -> None:
    at = opened.at("08:00")
    knowledge = opened.knowledge
    assert knowledge.expired(at) == "valid"
    stop = knowledge.stop(opened.case.stop, "und")
    assert stop is not None
    assert stop.name == opened.case.name
    assert knowledge.lines("en")
    assert knowledge.match(opened.case.name, language="en", kinds={"stop"})[0].id == stop.id
    found = knowledge.departures(at=at, limit=20)
    assert any(departure.platform for departure in found) == opened.case.platforms
    assert all(departure.line and departure.headsign for departure in found)


def test_old_translations_are_read(shared_data: Path, tmp_path: Path) -> None:
    (tmp_path / "station.yaml").write_text("name: {ja: 天神}\nstop: '8'\nlanguages: [en]\n")
    (tmp_path / "gtfs.zip").symlink_to(shared_data / "gtfs" / "fukuoka-subway-2019" / "gtfs.zip")
    knowledge = Knowledge.open(Settings.load(station=tmp_path, data=tmp_path / "data"), SystemClock())
    assert knowledge.station("en").name == "Tenjin"
    ids = [[match.id for match in knowledge.match(name, language="en")] for name in ("めいのはま", "Meinohama", "姪浜")]
    assert ids == [["1"]] * 3
    knowledge.close()


def test_a_feed_without_a_timetable_has_a_station_but_no_times(shared_data: Path, tmp_path: Path) -> None:
    (tmp_path / "station.yaml").write_text("name: South Station\nstop: place-sstat\nlanguages: [en]\n")
    (tmp_path / "gtfs").symlink_to(shared_data / "gtfs" / "mbta-5-stations")
    knowledge = Knowledge.open(Settings.load(station=tmp_path, data=tmp_path / "data"), SystemClock())
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert knowledge.expired(now) == "none"
    assert knowledge.departures(at=now) == []
    assert knowledge.station("en").name == "South Station"
    assert len(knowledge.places(category="exit", at=now, language="en", limit=100)) > 5
    assert knowledge.route(origin="door-sstat-dewey", goal="NEC-2287-13") is not None
    knowledge.close()
