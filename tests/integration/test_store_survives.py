"""The file of readings after sudden deaths, torn ends and full disks: whole, nothing that was committed lost, nothing counted twice."""

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean

import pytest

from assistant.environment import history as history_module
from assistant.environment import store as store_module
from assistant.environment.history import History
from assistant.environment.models import Reading
from assistant.environment.store import ReadingStore
from assistant.settings import Sensor

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DEATHS = 20
EVERY = timedelta(seconds=7)
RAW_KEPT, MINUTES_KEPT = 2 * 3_600_000, 24 * 60
"""Milliseconds and minutes: short, so that deaths also fall into the moments of forgetting."""
AGAIN = 40
"""Readings that the next life sends once more."""
SENSORS = [
    Sensor(id=key, name={"": "Hall"}, quantity="pm2_5", unit="µg/m³", area={"": "Hall"}, source=f"push:{key}") for key in ("s1", "s2")
]


class Clock:
    """It is as late as the newest reading."""

    time = NOON

    def now(self) -> datetime:
        return self.time

    def trusted(self) -> bool:
        return True


def reading(number: int) -> Reading:
    """The same in every life. The values are quarters, so that sums are exact in any order."""
    return Reading(
        sensor=SENSORS[number % 2].id, quantity="pm2_5", value=(number * 37 % 101) / 4, unit="µg/m³", at=NOON + number * EVERY
    )


def life(path: Path, start: int) -> None:
    """Writes readings from number `start` on until it is killed, and tells how many are committed."""
    store_module.RAW_KEPT = history_module.RAW_KEPT = RAW_KEPT
    store_module.MINUTES_KEPT, store_module.STEP_ROWS, store_module.STEP_MINUTES = MINUTES_KEPT, 50, 120
    history_module.SETTLED_S = history_module.CARE_S = 0.0
    clock = Clock()
    history = History(path, SENSORS, clock, commit_s=0.001)
    history.start()
    for number in range(start, 1_000_000):
        clock.time = reading(number).at
        history.add(reading(number))
        if number % 50 == 49 and history.flush():
            print(number + 1, flush=True)


def lives() -> None:
    """Begins a life for each line it reads, the modules loaded once; tells its process id first."""
    for line in sys.stdin:
        path, start = json.loads(line)
        child = os.fork()
        if child == 0:
            life(Path(path), start)
        os.waitpid(child, 0)
        print("dead", flush=True)


def grandchild(parent: int) -> int:
    return int(Path(f"/proc/{parent}/task/{parent}/children").read_text().split()[0])


@contextmanager
def mother() -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", "from tests.integration.test_store_survives import lives; lives()"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.wait(20)
        process.stdout.close()


def until_killed(process: "subprocess.Popen[str]", path: Path, start: int, seconds: float) -> int:
    """One life, ended by SIGKILL; gives how many readings it said were committed."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps([str(path), start]) + "\n")
    process.stdin.flush()
    told = int(process.stdout.readline())
    time.sleep(seconds)
    os.kill(grandchild(process.pid), signal.SIGKILL)
    while (line := process.stdout.readline()) != "dead\n":
        told = int(line)
    return told


def expected(count: int, width_s: int) -> dict[tuple[int, datetime], tuple[float, float, float, int]]:
    """Mean, least, most and number of the first `count` readings, by sensor and beginning."""
    buckets = defaultdict(list)
    for number in range(count):
        at = reading(number).at.timestamp()
        buckets[number % 2, datetime.fromtimestamp(at // width_s * width_s, UTC)].append(reading(number).value)
    return {key: (fmean(values), min(values), max(values), len(values)) for key, values in buckets.items()}


def checked(path: Path) -> int:
    """How many readings the file holds, in hours, minutes and raw; they are the first ones, each counted once."""
    plain = sqlite3.connect(path)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plain.close()
    store = ReadingStore.open(path)
    try:
        numbers = store.numbers([(sensor.id, sensor.quantity, sensor.unit) for sensor in SENSORS])
        end = int((NOON + timedelta(days=4000)).timestamp() * 1000)
        hours, minutes = (
            {
                (index, point.at): (point.mean, point.min, point.max, point.n)
                for index, number in enumerate(numbers)
                for point in store.series(number, 0, end, step)
            }
            for step in ("hour", "minute")
        )
        count = sum(n for *_, n in hours.values())
        assert hours == expected(count, 3600)
        kept = reading(count).at - timedelta(minutes=MINUTES_KEPT)
        right = expected(count, 60)
        assert minutes.items() <= right.items()
        assert {key for key in right if key[1] > kept} <= minutes.keys()
    finally:
        store.close()
    return count


def test_killed_at_any_moment_nothing_committed_is_lost_and_nothing_counted_twice(tmp_path: Path) -> None:
    path, count, draw = tmp_path / "readings.sqlite", 0, random.Random()  # noqa: S311
    with mother() as process:
        for _ in range(DEATHS):
            told = until_killed(process, path, max(0, count - AGAIN), draw.uniform(0, 0.12))
            after = checked(path)
            assert after >= told
            assert after >= count
            count = after
    plain = sqlite3.connect(path)
    raw, hours = (plain.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("raw", "hours"))  # noqa: S608
    plain.close()
    assert 0 < raw < count, "deaths fell into forgetting too"
    assert hours or count * EVERY < timedelta(days=1, hours=2)


def test_an_end_that_was_not_written_whole_costs_only_itself(tmp_path: Path) -> None:
    """What a failing power leaves: the log of writes cut off anywhere, or with rubbish in its last part."""
    store = ReadingStore.open(tmp_path / "readings.sqlite")
    numbers = store.numbers([(sensor.id, sensor.quantity, sensor.unit) for sensor in SENSORS])
    store.checkpoint()
    sizes = []
    wal = tmp_path / "readings.sqlite-wal"
    for batch in range(40):
        rows = [reading(number) for number in range(batch * 10, batch * 10 + 10)]
        at = [int(one.at.timestamp() * 1000) for one in rows]
        store.write([(at[i], numbers[(batch * 10 + i) % 2], one.value, 1) for i, one in enumerate(rows)], at[-1])
        sizes.append(wal.stat().st_size)
    draw = random.Random(11)  # noqa: S311
    for torn in range(30):
        size = draw.randrange(sizes[0] // 2, sizes[-1] + 1)
        folder = tmp_path / str(torn)
        folder.mkdir()
        for name in ("readings.sqlite", "readings.sqlite-wal"):
            shutil.copy(tmp_path / name, folder / name)
        with (folder / "readings.sqlite-wal").open("r+b") as file:
            file.truncate(size)
            if torn % 2:
                file.seek(size)
                file.write(draw.randbytes(sizes[-1] - size))
        count = checked(folder / "readings.sqlite")
        whole = sum(length <= size for length in sizes)
        assert count in (whole * 10, whole * 10 + 10), "all that was whole, and no part of a batch"
    store.close()


# A disk that is full, with a child of its own.


def sent(history: History, clock: Clock, numbers: range) -> None:
    for number in numbers:
        clock.time = reading(number).at
        history.add(reading(number))


def filled(folder: Path, make_room: Callable[[], object]) -> dict[str, object]:
    """Writes until nothing goes any more, makes room, writes on; tells what was seen."""
    clock = Clock()
    history = History(folder / "readings.sqlite", SENSORS, clock, commit_s=0.005, most_waiting=1000)
    history.start()
    number = 0
    while history.trouble is None and number < 400_000:
        sent(history, clock, range(number, number + 500))
        number += 500
        history.flush(0.3)
    seen: dict[str, object] = {"trouble": history.trouble}
    sent(history, clock, range(number, number + 2000))
    number += 2000
    last = history.last(SENSORS[(number - 1) % 2].id)
    seen |= {"last": last == reading(number - 1), "waiting": len(history._waiting), "dropped": history.counts.dropped}
    make_room()
    seen["flushed"] = history.flush(8)
    sent(history, clock, range(number, number + 10))
    seen |= {"flushed_again": history.flush(8), "after": history.trouble, "written": history.counts.taken - history.counts.dropped}
    history.close()
    plain = sqlite3.connect(folder / "readings.sqlite")
    seen["rows"] = plain.execute("SELECT count(*) FROM raw").fetchone()[0]
    seen["counted"] = plain.execute("SELECT total(n) FROM minutes").fetchone()[0] + plain.execute(
        "SELECT count(*) FROM raw WHERE at / 60000 IN (SELECT minute FROM open_minutes)"
    ).fetchone()[0]
    seen["whole"] = plain.execute("PRAGMA integrity_check").fetchone()[0]
    plain.close()
    return seen


def on_a_small_disk(folder: Path) -> None:
    """In a namespace of its own, where anybody may mount."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], check=True)
    ballast = folder / "ballast"
    ballast.write_bytes(b"\0" * 2_000_000)
    print(json.dumps(filled(folder, ballast.unlink)))


def with_a_limit(folder: Path) -> None:
    """No file of this process may grow beyond a size."""
    none = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, none))
    print(json.dumps(filled(folder, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (none, none)))))


def told_by(function: str, folder: Path, *before: str) -> dict[str, object]:
    code = f"import sys, pathlib; from tests.integration.test_store_survives import {function} as run; run(pathlib.Path(sys.argv[1]))"
    child = subprocess.run([*before, sys.executable, "-c", code, folder], cwd=ROOT, capture_output=True, text=True, check=False)
    assert child.returncode == 0, child.stderr[-2000:]
    seen: dict[str, object] = json.loads(child.stdout.splitlines()[-1])
    return seen


def assert_recovered(seen: dict[str, object]) -> None:
    assert seen["last"], "the newest stay usable in memory"
    assert isinstance(seen["dropped"], int)
    assert isinstance(seen["waiting"], int)
    assert seen["waiting"] <= 1000
    assert seen["dropped"] >= 1000
    assert (seen["flushed"], seen["flushed_again"], seen["after"], seen["whole"]) == (True, True, None, "ok")
    assert seen["rows"] == seen["counted"] == seen["written"]


def test_a_disk_without_room_is_told_and_written_again_when_there_is_some(tmp_path: Path) -> None:
    may = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", tmp_path], check=False, capture_output=True)
    if may.returncode:
        pytest.skip("no small disk can be mounted here")
    seen = told_by("on_a_small_disk", tmp_path, "unshare", "-rm")
    assert seen["trouble"] == "full"
    assert_recovered(seen)


def test_a_file_that_may_not_grow_is_told_and_written_again_when_it_may(tmp_path: Path) -> None:
    seen = told_by("with_a_limit", tmp_path)
    assert seen["trouble"] == "unwritable"
    assert_recovered(seen)
