"""An import is taken into service at once or not at all."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.clock import SystemClock
from assistant.errors import StationError
from assistant.knowledge import Knowledge
from assistant.knowledge.imports import current, import_station
from assistant.settings import Settings

Write = Callable[..., Settings]
Open = Callable[..., Knowledge]
ROOT = Path(__file__).resolve().parents[3]


def test_the_same_content_is_imported_once(write: Write) -> None:
    first, second = import_station(write()), import_station(write())
    assert (first.fresh, second.fresh) == (True, False)
    assert (first.database, first.counts) == (second.database, second.counts)


@pytest.mark.parametrize(
    "change", [{"routes": "route_id,route_short_name,route_type\nr1,R9,2\nr2,R2,2\n"}, {"yaml": "aliases: {end: [Finis Terrae]}\n"}]
)
def test_changed_content_is_imported_anew(write: Write, change: dict[str, str]) -> None:
    before = import_station(write())
    after = import_station(write(**change))
    assert after.fresh
    assert current(write(**change)) == Path(after.database) != Path(before.database)


def test_state_that_was_deleted_is_rebuilt(write: Write) -> None:
    settings = write()
    first = import_station(settings)
    for path in (settings.data / "station").iterdir():
        path.unlink()
    assert import_station(settings).fresh
    assert Path(first.database).is_file()


def test_only_the_one_in_service_and_the_one_before_are_kept(write: Write) -> None:
    for number in range(4):
        settings = write(f"aliases: {{end: [Name {number}]}}\n")
        import_station(settings)
    assert len(list((settings.data / "station").glob("*.sqlite"))) == 2
    assert current(settings) is not None


def test_a_broken_feed_leaves_the_old_one_in_service(write: Write) -> None:
    import_station(write())
    settings = write(stops="stop_name\nHere\n")
    gazetteer = (settings.data / "station" / "gazetteer.json").read_bytes()
    before = current(settings)
    with pytest.raises(StationError):
        import_station(settings)
    assert current(settings) == before is not None
    assert (settings.data / "station" / "gazetteer.json").read_bytes() == gazetteer


@pytest.mark.timeout(60)
def test_an_import_that_is_killed_leaves_the_old_one_in_service(write: Write) -> None:
    import_station(write())
    settings = write("aliases: {end: [Finis Terrae]}\n")
    before = current(settings)
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom assistant.settings import Settings\n"
        "from assistant.knowledge.imports import import_station\n"
        "import_station(Settings.load(station=Path(sys.argv[1]), data=Path(sys.argv[2])), lambda _: os.kill(os.getpid(), signal.SIGKILL))\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(settings.station), str(settings.data)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    state = settings.data / "station"
    assert list(state.glob("*.part"))
    assert current(settings) == before is not None
    assert import_station(settings).fresh
    assert not list(state.glob("*.part"))


def test_the_database_is_never_written_by_readers(write: Write, knowledge: Open) -> None:
    city = knowledge()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        city._in.store._db.execute("DELETE FROM trips")


def test_the_old_database_answers_while_a_new_one_is_imported(write: Write, knowledge: Open) -> None:
    city = knowledge()
    for number in range(3):
        import_station(write(f"aliases: {{end: [Name {number}]}}\n"))
    assert city.departures(at=datetime(2026, 11, 24, 6, tzinfo=UTC), limit=1)[0].trip_id == "out"


def test_the_gazetteer_holds_every_name(write: Write) -> None:
    settings = write(
        "places: [{id: loo, name: {en: Main Loo, ko: 큰 화장실}, category: toilet, aliases: [the ladies]}]\n"
        "aliases: {end: [Finis Terrae]}\n",
        translations="table_name,field_name,language,translation,record_id\nstops,stop_name,zh,中城,mid\n",
    )
    report = import_station(settings)
    content = json.loads((settings.data / "station" / "gazetteer.json").read_text(encoding="utf-8"))
    assert (content["version"], content["hash"]) == (1, report.content_hash)
    names = {(entry["entity"], entry["id"]): set(entry["names"]) for entry in content["entries"]}
    assert {"Mid Town", "中城", "中城站"} <= names["stop", "mid"]
    assert "Finis Terrae" in names["stop", "end"]
    assert {"R1", "River Line"} <= names["line", "r1"]
    assert {"Main Loo", "큰 화장실", "the ladies"} <= names["place", "loo"]
    assert {"toilet", "洗手间", "화장실"} <= names["place", "category:toilet"]


def test_a_line_that_is_a_lone_number_is_only_tagged_beside_the_word(write: Write) -> None:
    settings = write(routes="route_id,route_short_name,route_type\nr1,2,1\nr2,R,1\n")
    import_station(settings)
    content = json.loads((settings.data / "station" / "gazetteer.json").read_text(encoding="utf-8"))
    names = {entry["id"]: set(entry["names"]) for entry in content["entries"] if entry["entity"] == "line"}
    assert {"line 2", "line two", "2号线", "2호선"} <= names["r1"]
    assert not {"2", "two", "R"} & (names["r1"] | names["r2"])


def test_another_feed_is_imported_for_the_same_station(write: Write, tmp_path: Path) -> None:
    own = import_station(write())
    newer = (write(trips="trip_id,route_id,service_id\nout,r1,daily\n").station / "gtfs").rename(tmp_path / "newer")
    report = import_station(write(), feed=newer)
    assert (own.counts["trips"], report.counts["trips"]) == (2, 1)
    assert current(write()) == Path(report.database)


def reopened(settings: Settings) -> tuple[list[str], list[str]]:
    """What is told of opening a station, and the trains it then knows."""
    told: list[str] = []
    city = Knowledge.open(settings, SystemClock(), told.append)
    trains = [departure.trip_id for departure in city.departures(at=datetime(2026, 11, 24, 6, tzinfo=UTC), limit=1)]
    city.close()
    return told, trains


@pytest.mark.parametrize(
    "broken", [{"stops": "stop_name\nHere\n"}, {"agency": None}, {"stops": "stop_id,stop_name\nmid,Mid\nend,End\n"}, {"trips": b"\xff\xfe"}]
)
def test_a_station_whose_new_feed_is_broken_opens_with_the_last_good_one(write: Write, broken: dict[str, str | bytes | None]) -> None:
    import_station(write())
    told, trains = reopened(write(**broken))
    assert trains == ["out"]
    assert "last good import stays in service" in told[-1]


def test_a_station_whose_feed_is_gone_opens_with_the_last_good_one(write: Write) -> None:
    settings = write()
    import_station(settings)
    shutil.rmtree(settings.station / "gtfs")
    told, trains = reopened(settings)
    assert trains == ["out"]
    assert "gtfs.zip is missing" in told[-1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stop: here1", "stop: mid"), ("name: Here Central", "name: Elsewhere"),
        ("[en, zh, ko]", "[en]\nplaces: [{id: a, name: A, category: none}]"),
    ],
)
def test_another_station_is_never_served_in_its_place(write: Write, old: str, new: str) -> None:
    import_station(write())
    station = write(agency=None).station
    file = station / "station.yaml"
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(StationError, match=r"agency\.txt is missing"):
        Knowledge.open(Settings.load(station=station, data=station.parent / "data"), SystemClock())


def test_names_are_those_of_the_database_in_service(write: Write) -> None:
    settings = write()
    report = import_station(settings)
    path = settings.data / "station" / "gazetteer.json"
    path.write_text(json.dumps({"version": 1, "hash": "of another", "entries": []}))
    assert import_station(settings).fresh
    assert json.loads(path.read_text(encoding="utf-8"))["hash"] == report.content_hash


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from assistant.clock import SystemClock
from assistant.errors import Unavailable
from assistant.knowledge import Knowledge
from assistant.knowledge.imports import import_station
from assistant.settings import Settings

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
settings = Settings.load(station=Path(sys.argv[1]), data=Path(sys.argv[2]))
try:
    import_station(settings)
except Unavailable as error:
    print(error.code)
print(*[line.name for line in Knowledge.open(settings, SystemClock(), print).lines("en")])
"""


def test_a_disk_that_takes_no_more_leaves_the_old_station_in_service(write: Write) -> None:
    import_station(write())
    settings = write(routes="route_id,route_short_name,route_type\nr1,New,2\nr2,R2,2\n")
    before = current(settings)
    command = [sys.executable, "-c", FULL_DISK, str(settings.station), str(settings.data)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    assert (said[0], said[-1]) == ("feed-disk", "R1")
    assert current(settings) == before is not None
    assert not list((settings.data / "station").glob("*.part"))


def test_a_feed_that_cannot_be_read_is_named(write: Write) -> None:
    settings = write(stops=None)
    (settings.station / "gtfs" / "stops.txt").symlink_to("/proc/self/mem")  # a file whose reading fails, for every user
    with pytest.raises(StationError, match="gtfs cannot be read"):
        import_station(settings)
