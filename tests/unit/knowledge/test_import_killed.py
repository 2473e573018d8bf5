"""An import that is killed, whenever: the old station answers on, or the new one does, whole; the next import tidies up."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.clock import SystemClock
from assistant.knowledge import Knowledge
from assistant.knowledge.imports import current, import_station
from assistant.knowledge.store import Store
from assistant.settings import Settings

Write = Callable[..., Settings]
Kill = Callable[[Settings, str, float], int]
ROOT = Path(__file__).resolve().parents[3]
TRIPS = 400
KILLER = """
import os, random, signal, sys, time
from pathlib import Path
from assistant.knowledge.imports import import_station
from assistant.settings import Settings

WATCHED = {"open", "os.rename", "os.remove", "os.listdir", "sqlite3.connect", "fcntl.flock"}

def imported(settings, how, moment):
    count = 0
    def watch(event, args):  # before each look at a file, and each change of one
        nonlocal count
        if event in WATCHED:
            count += 1
            if how == "before" and count == moment:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    import_station(settings)
    return count

for line in sys.stdin:
    station, data, how, moment = line.rstrip("\\n").split("\\t")
    settings = Settings.load(station=Path(station), data=Path(data))
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(tell, b"%d" % imported(settings, how, float(moment)))
        os._exit(0)
    os.close(tell)
    if how == "after":
        time.sleep(float(moment))
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(status, os.read(told, 20).decode() or 0, flush=True)
    os.close(told)
"""


@contextmanager
def killer() -> Iterator[Kill]:
    """Imports in a process that is killed `before` its n-th use of a file or `after` some seconds; gives how many uses a whole one has."""
    process = subprocess.Popen([sys.executable, "-c", KILLER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin
    assert process.stdout

    def run(settings: Settings, how: str, moment: float) -> int:
        print(settings.station, settings.data, how, moment, sep="\t", file=process.stdin, flush=True)
        status, uses = map(int, process.stdout.readline().split())
        assert status in (0, -signal.SIGKILL)
        return uses

    try:
        yield run
    finally:
        process.communicate()


def city(write: Write, number: int) -> Settings:
    """A station that differs a little with the number, in its feed and in its names."""
    calls = "".join(f"t{trip},1,here1,08:00:00,08:05:00\nt{trip},2,end,08:40:00,0{9 + number % 9}:00:00\n" for trip in range(TRIPS))
    trips = "".join(f"t{trip},r1,daily\n" for trip in range(TRIPS))
    return write(
        f"aliases: {{end: [Name {number}]}}\n", trips=f"trip_id,route_id,service_id\n{trips}",
        stop_times=f"trip_id,stop_sequence,stop_id,arrival_time,departure_time\n{calls}",
    )


def whole(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("PRAGMA quick_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM trips").fetchone() == (TRIPS,)


def check_after_the_kill(before: Settings, after: Settings, old: Path) -> bool:
    """True where the new station is in service already."""
    state, served = after.data / "station", current(after)
    assert served is not None
    whole(served)
    settings = before if served == old else after
    knowledge = Knowledge(settings, Store(served), SystemClock())
    assert len(knowledge.departures(at=datetime(2026, 11, 24, 6, tzinfo=UTC), limit=5)) == 5
    knowledge.close()
    json.loads((state / "gazetteer.json").read_text(encoding="utf-8"))
    report = import_station(after)
    assert current(after) == Path(report.database)
    whole(Path(report.database))
    assert json.loads((state / "gazetteer.json").read_text(encoding="utf-8"))["hash"] == report.content_hash
    assert not list(state.glob("*.part*"))
    assert len(list(state.glob("*.sqlite"))) <= 2
    return served != old


@pytest.mark.timeout(120)
def test_an_import_may_be_killed_before_any_use_of_a_file(write: Write) -> None:
    before = city(write, 0)
    import_station(before)
    with killer() as kill:
        uses = kill(after := city(write, 1), "before", 0)
        assert uses > 20
        served = []
        moments = random.Random(7).sample(range(1, uses - 8), 17) + list(range(uses - 8, uses + 1))  # noqa: S311  the swap is in the last ones
        for number, moment in enumerate(moments, 2):
            before, old = after, current(after)
            after = city(write, number)
            kill(after, "before", moment)
            assert old is not None
            served.append(check_after_the_kill(before, after, old))
    assert set(served) == {True, False}


@pytest.mark.timeout(120)
def test_an_import_may_be_killed_at_any_time(write: Write) -> None:
    after = city(write, 0)
    seconds = import_station(after).seconds
    draw = random.Random(8)  # noqa: S311
    with killer() as kill:
        for number in range(1, 13):
            before, old = after, current(after)
            after = city(write, number)
            kill(after, "after", draw.uniform(0, seconds * 1.5))
            assert old is not None
            check_after_the_kill(before, after, old)
