"""The history of readings: counted once each, summed up right in whatever order they come, forgotten by age, and never in the way."""

import math
import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.environment import history as history_module
from assistant.environment import store as store_module
from assistant.environment.history import History, Settled
from assistant.environment.models import Reading
from assistant.environment.store import DiskTrouble, Point, ReadingStore, Row
from assistant.errors import BadRequest, NotFound, Unavailable
from assistant.settings import Sensor

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
START = int(NOON.timestamp() * 1000)
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
KEYS = [("s1", "pm2_5", "µg/m³"), ("s2", "co2", "ppm"), ("s3", "co2", "ppm")]


class Clock:
    def __init__(self, time: datetime = NOON) -> None:
        self.time = time

    def now(self) -> datetime:
        return self.time

    def trusted(self) -> bool:
        return True


def sensor(key: str = "s1", **overrides: Any) -> Sensor:
    return Sensor(**{
        "id": key, "name": "Hall", "quantity": "pm2_5", "unit": "µg/m³", "area": "Hall", "source": f"push:{key}", **overrides,
    })


def reading(value: float = 5.0, at: datetime = NOON, key: str = "s1", **overrides: Any) -> Reading:
    return Reading(**{"sensor": key, "quantity": "pm2_5", "value": value, "unit": "µg/m³", "at": at, **overrides})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ReadingStore]:
    opened = ReadingStore.open(tmp_path / "new" / "readings.sqlite")
    opened.numbers(KEYS)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def history(tmp_path: Path, clock: Clock) -> Iterator[History]:
    opened = History(tmp_path / "readings.sqlite", [sensor(), sensor("s2")], clock, commit_s=0.02)
    opened.start()
    yield opened
    opened.close()


def values(points: Sequence[Point]) -> list[tuple[int, float, float, float, int]]:
    return [(int(point.at.timestamp() * 1000), point.mean, point.min, point.max, point.n) for point in points]


def counted(store: ReadingStore) -> int:
    """Good readings in hours, minutes and open minutes together."""
    return sum(point.n for number in (1, 2, 3) for point in store.series(number, 0, START * 2, "hour"))


# The store by itself.


def test_a_minute_that_goes_on_is_seen_and_written_once_when_it_ends(store: ReadingStore) -> None:
    rows: list[Row] = [(START, 1, 4.0, 1), (START + 30_000, 1, 8.0, 1), (START + 59_999, 1, 6.0, 1), (START + 1, 2, 400.0, 1)]
    assert store.write(rows, START + 59_999) == 4
    assert store._writing.execute("SELECT count(*) FROM minutes").fetchone() == (0,)
    assert values(store.series(1, START, START + MINUTE, "minute")) == [(START, 6.0, 4.0, 8.0, 3)]
    store.write([], START + MINUTE + store_module.LATE)
    assert store._writing.execute("SELECT count(*) FROM minutes").fetchone() == (2,)
    assert store._writing.execute("SELECT count(*) FROM open_minutes").fetchone() == (0,)
    assert values(store.series(1, START, START + MINUTE, "minute")) == [(START, 6.0, 4.0, 8.0, 3)]
    assert values(store.series(1, START, START + HOUR, "hour")) == [(START, 6.0, 4.0, 8.0, 3)]


def test_late_readings_mend_their_minute_and_copies_do_not(store: ReadingStore) -> None:
    store.write([(START, 1, 4.0, 1)], START)
    for _ in range(2):
        store.write([(START, 1, 9.0, 1), (START + 10, 1, 10.0, 1), (START + 10, 1, 10.0, 1)], START + 5 * MINUTE)
        assert values(store.series(1, START, START + MINUTE, "minute")) == [(START, 7.0, 4.0, 10.0, 2)]
    assert [point.mean for point in store.series(1, START, START + MINUTE, "raw")] == [4.0, 10.0]


def test_a_suspect_reading_is_kept_raw_and_counts_for_nothing(store: ReadingStore) -> None:
    store.write([(START, 1, 4.0, 1), (START + 10, 1, 900.0, 0)], START)
    assert [point.n for point in store.series(1, START, START + MINUTE, "raw")] == [1, 0]
    assert values(store.series(1, START, START + MINUTE, "minute")) == [(START, 4.0, 4.0, 4.0, 1)]
    assert store.last(1, START + MINUTE) == (START, 4.0)


def test_a_series_begins_at_its_begin_and_ends_before_its_end(store: ReadingStore) -> None:
    store.write([(START + number * MINUTE, 1, number, 1) for number in range(5)], START + HOUR)
    for step in ("raw", "minute"):
        found = store.series(1, START + MINUTE, START + 3 * MINUTE, step)
        assert [point.mean for point in found] == [1.0, 2.0]
    assert [point.mean for point in store.series(1, START + 1, START + MINUTE + 1, "minute")] == [1.0]


def test_a_sensor_that_measures_something_else_begins_anew(store: ReadingStore) -> None:
    assert store.numbers(KEYS) == [1, 2, 3]
    assert store.numbers([("s1", "pm2_5", "mg/m³"), KEYS[0]]) == [4, 1]


def test_a_clock_that_goes_back_over_ended_minutes_counts_on(store: ReadingStore) -> None:
    store.write([(START, 1, 4.0, 1)], START)
    store.write([(START + 9 * DAY, 1, 5.0, 1)], START + 9 * DAY)
    store.write([(START + 20, 1, 8.0, 1)], START + 20)
    store.write([(START + 40, 1, 9.0, 1)], START + 40)
    store.write([], START + HOUR)
    assert values(store.series(1, START, START + MINUTE, "minute")) == [(START, 7.0, 4.0, 9.0, 3)]
    assert values(store.series(1, START + 9 * DAY, START + 10 * DAY, "minute")) == [(START + 9 * DAY, 5.0, 5.0, 5.0, 1)]
    assert store.last(1, START + HOUR) == (START + 40, 9.0), "what lies in the future is not the last"


ROWS = st.lists(st.tuples(
    st.integers(START, START + 4 * MINUTE), st.integers(1, 3), st.floats(-1e12, 1e12).filter(lambda value: value == 0 or abs(value) > 1e-9),
    st.sampled_from([1, 1, 1, 0]),
), max_size=25)  # fmt: skip
NOWS = st.integers(START - DAY, START + DAY) | st.integers(START, START + 5 * MINUTE)
BATCHES = st.lists(st.tuples(ROWS, NOWS, st.booleans()), max_size=6)


@given(batches=BATCHES)
@settings(max_examples=120, deadline=None)
def test_minutes_and_hours_equal_a_plain_reference(batches: list[tuple[list[Row], int, bool]]) -> None:
    """Any order, any batches, any clock, with the file closed and opened in between."""
    expected: dict[tuple[int, int], tuple[float, int]] = {}
    with TemporaryDirectory() as folder:
        store = ReadingStore.open(Path(folder) / "readings.sqlite")
        store.numbers(KEYS)
        for rows, now, again in batches:
            store.write(rows, now)
            for at, number, value, good in rows:
                expected.setdefault((number, at), (value, good))
            if again:
                store.close()
                store = ReadingStore.open(Path(folder) / "readings.sqlite")
        for step, width in (("minute", MINUTE), ("hour", HOUR)):
            buckets = defaultdict(list)
            for (number, at), (value, good) in expected.items():
                if good:
                    buckets[number, at // width * width].append(value)
            found = {(number, row[0]): row[1:] for number in (1, 2, 3) for row in values(store.series(number, 0, START * 2, step))}
            assert found.keys() == buckets.keys()
            for key, inside in buckets.items():
                mean, least, most, n = found[key]
                assert (least, most, n) == (min(inside), max(inside), len(inside))
                assert mean == pytest.approx(fmean(inside), rel=1e-9, abs=1e-9 * max(map(abs, inside)))
                assert least <= mean <= most
        store.close()


def test_500_days_leave_72_hours_raw_400_days_of_minutes_and_every_hour(store: ReadingStore) -> None:
    days, begin = 500, START // DAY * DAY
    draw = random.Random(7)  # noqa: S311
    written: dict[int, list[float]] = defaultdict(list)
    for day in range(days):
        rows: list[Row] = []
        for at in range(begin + day * DAY, begin + (day + 1) * DAY, 20 * MINUTE):
            for number in (1, 2):
                rows.append((at, number, draw.uniform(0, 50), 1))
                written[number].append(rows[-1][2])
        now = begin + (day + 1) * DAY
        store.write(rows, now)
        while store.forget(now):
            pass
    assert counted(store) == days * 72 * 2, "no reading is lost or counted twice on its way"
    for number in (1, 2):
        raw, minutes, hours = (store.series(number, 0, now, step) for step in ("raw", "minute", "hour"))
        assert (len(raw), len(minutes), len(hours)) == (3 * 72, 400 * 72, days * 24)
        assert raw[0].at == minutes[-3 * 72].at == datetime.fromtimestamp((now - 3 * DAY) / 1000, UTC)
        assert minutes[0].at == datetime.fromtimestamp((now - 400 * DAY) / 1000, UTC)
        assert [point.mean for point in hours] == pytest.approx([fmean(written[number][i : i + 3]) for i in range(0, days * 72, 3)])
        assert hours[0].max == max(written[number][:3])


def test_one_step_of_forgetting_is_small(store: ReadingStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "STEP_ROWS", 10)
    store.write([(START + number, 1, 1.0, 1) for number in range(25)], START + HOUR)
    left = []
    while store.forget(START + 4 * DAY):
        left.append(store._writing.execute("SELECT count(*) FROM raw").fetchone()[0])
    assert left == [14, 3, 0]
    assert counted(store) == 25


def test_a_minute_that_is_still_open_keeps_its_raw_readings(store: ReadingStore) -> None:
    store.write([(START, 1, 4.0, 1)], START)
    assert not store.forget(START + 4 * DAY)
    store.write([], START + 4 * DAY)
    assert store.forget(START + 4 * DAY)
    assert counted(store) == 1


def test_a_batch_is_written_whole_or_not_at_all(store: ReadingStore) -> None:
    rows: list[Any] = [(START, 1, 4.0, 1), (START + 1, 1, object(), 1)]
    with pytest.raises(DiskTrouble):
        store.write(rows, START)
    assert store.write([(START, 1, 4.0, 1)], START) == 1
    assert counted(store) == 1


# The thread that writes, and what is in memory.


def test_readings_are_there_after_opening_again(tmp_path: Path, history: History, clock: Clock) -> None:
    for number in range(5):
        assert history.add(reading(float(number), NOON + timedelta(seconds=number - 10)))
    history.add(reading(99.0, NOON, quality="suspect"))
    history.close()
    again = History.open(tmp_path / "readings.sqlite", [sensor("s2"), sensor()], clock)
    assert again.flush()
    assert again.last("s1") == reading(4.0, NOON - timedelta(seconds=6))
    assert again.last("s2") is None
    assert [point.mean for point in again.series("s1", NOON - timedelta(hours=1), NOON + timedelta(hours=1), "hour")] == [2.0]
    again.close()


def test_a_start_is_told_of_the_minutes_before_it(tmp_path: Path, clock: Clock) -> None:
    alarm = sensor("s2", quantity="smoke", unit="state")
    for _ in range(2):
        history = History(tmp_path / "readings.sqlite", [sensor(), alarm], clock, commit_s=0.02)
        history.start()
        for value, minutes in ((1.0, 30), (2.0, 10), (4.0, 10)):
            history.add(reading(value, NOON - timedelta(minutes=minutes, milliseconds=value)))
        for value, minutes in ((1.0, 9), (0.0, 8)):
            history.add(reading(value, NOON - timedelta(minutes=minutes), "s2", quantity="smoke", unit="state"))
        assert history.flush()
        told = [(one.sensor, one.value, (NOON - one.at) / timedelta(minutes=1)) for one in history.before(NOON - timedelta(minutes=20))]
        assert told[0] == ("s1", 3.0, 11.0)
        assert told[1][:2] == ("s1", 2.0)
        assert told[2:] == [("s2", 0.0, 8.0)]
        history.close()


@pytest.mark.parametrize(
    "bad",
    [
        {"value": math.nan}, {"value": math.inf}, {"value": -math.inf}, {"value": 2e12}, {"key": "unknown"}, {"unit": "ppm"},
        {"quantity": "co2"}, {"at": NOON.replace(tzinfo=None)}, {"at": NOON - timedelta(hours=73)},
        {"at": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))},
    ],
)  # fmt: skip
def test_what_no_sensor_can_have_sent_is_refused_and_counted(history: History, bad: dict[str, Any]) -> None:
    assert not history.add(reading(**bad))
    assert history.add(reading())
    assert history.flush()
    assert (history.counts.taken, history.counts.refused, history.counts.dropped) == (1, 1, 0)


def test_before_1970_there_are_no_readings(tmp_path: Path) -> None:
    history = History(tmp_path / "readings.sqlite", [sensor()], Clock(datetime(1970, 1, 1, 1, tzinfo=UTC)))
    assert not history.add(reading(at=datetime(1969, 12, 31, 23, 59, tzinfo=UTC)))
    assert history.add(reading(at=datetime(1970, 1, 1, tzinfo=UTC)))


def test_the_last_is_the_newest_of_the_clock_as_it_is(history: History, clock: Clock) -> None:
    history.add(reading(1.0, NOON))
    history.add(reading(2.0, NOON - timedelta(minutes=5)))
    last = history.last("s1")
    assert last is not None
    assert last.value == 1.0, "one that comes late is not the last"
    clock.time = NOON + timedelta(days=3000)
    history.add(reading(3.0, clock.time))
    clock.time = NOON + timedelta(minutes=1)
    history.add(reading(4.0, clock.time))
    last = history.last("s1")
    assert last is not None
    assert last.value == 4.0, "what a wrong clock put into the future does not stay"


def test_a_question_that_cannot_be_answered_says_why(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    history.add(reading())
    history.add(reading(at=NOON + timedelta(seconds=1)))
    assert history.flush()
    span = (NOON - timedelta(hours=1), NOON + timedelta(hours=1))
    with pytest.raises(NotFound):
        history.series("s9", *span, "raw")
    with pytest.raises(BadRequest, match="offset"):
        history.series("s1", NOON.replace(tzinfo=None), NOON, "raw")
    for module in (store_module, history_module):
        monkeypatch.setattr(module, "MOST_POINTS", 1)
    with pytest.raises(BadRequest, match="longer step"):
        history.series("s1", *span, "raw")
    assert len(history.series("s1", *span, "hour")) == 1


def test_nothing_is_thrown_away_until_the_clock_has_run_evenly_for_an_hour() -> None:
    settled = Settled()
    assert not settled.look(1000.0, 0.0)
    assert not settled.look(4599.0, 3599.0)
    assert settled.look(4600.0, 3600.0)
    assert settled.look(8230.0, 7200.0), "a correction by seconds is no jump"
    assert not settled.look(1e9, 7201.0)
    assert not settled.look(1e9 + 3599, 10_800.0)
    assert settled.look(1e9 + 3600, 10_801.0)


def test_old_readings_go_by_themselves(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_module, "SETTLED_S", 0.0)
    monkeypatch.setattr(history_module, "CARE_S", 0.0)
    history = History(tmp_path / "readings.sqlite", [sensor()], clock, commit_s=0.01)
    history.start()
    history.add(reading())
    assert history.flush()
    clock.time = NOON + timedelta(days=4)
    for number in range(2):
        history.add(reading(at=clock.time + timedelta(seconds=number)))
        assert history.flush()
    history.close()
    rows = sqlite3.connect(tmp_path / "readings.sqlite")
    assert rows.execute("SELECT count(*) FROM raw WHERE at = ?", (START,)).fetchone() == (0,)
    assert rows.execute("SELECT n FROM minutes WHERE minute = ?", (START // MINUTE,)).fetchone() == (1,)
    rows.close()


# When the disk fails.


@pytest.mark.parametrize("damage", [b"no database at all, but long enough for its head " * 99, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_file_is_set_aside(tmp_path: Path, clock: Clock, damage: bytes) -> None:
    path = tmp_path / "readings.sqlite"
    path.write_bytes(damage)
    history = History(path, [sensor()], clock, commit_s=0.02)
    history.start()
    history.add(reading())
    assert history.flush()
    assert (history.trouble, history.counts.dropped) == ("damaged", 0)
    assert len(history.series("s1", NOON, NOON + timedelta(hours=1), "raw")) == 1
    assert (tmp_path / "readings.sqlite.damaged").read_bytes() == damage
    history.close()


def test_with_a_damaged_file_goes_what_was_to_be_written_into_it(tmp_path: Path, clock: Clock) -> None:
    store = ReadingStore.open(tmp_path / "old" / "readings.sqlite")
    numbers = store.numbers([("s1", "pm2_5", "µg/m³")])
    store.checkpoint()
    store.write([(START - 1000, numbers[0], 99.0, 1)], START)
    for name in ("readings.sqlite", "readings.sqlite-wal"):
        (tmp_path / name).write_bytes((tmp_path / "old" / name).read_bytes())
    store.close()
    (tmp_path / "readings.sqlite").write_bytes(b"\xff" * 40_960)
    history = History(tmp_path / "readings.sqlite", [sensor()], clock, commit_s=0.02)
    history.start()
    history.add(reading())
    assert history.flush()
    assert [point.mean for point in history.series("s1", NOON - timedelta(hours=1), NOON + timedelta(hours=1), "raw")] == [5.0]
    assert (tmp_path / "readings.sqlite.damaged").exists()
    history.close()


def test_a_file_of_another_version_is_set_aside(tmp_path: Path, clock: Clock) -> None:
    other = sqlite3.connect(tmp_path / "readings.sqlite")
    other.execute("PRAGMA user_version = 77")
    other.close()
    with pytest.raises(DiskTrouble) as told:
        ReadingStore.open(tmp_path / "readings.sqlite")
    assert told.value.trouble == "damaged"


def test_damage_that_is_found_while_reading_costs_the_past_and_nothing_else(tmp_path: Path, history: History, clock: Clock) -> None:
    for number in range(3000):
        history.add(reading(at=NOON + timedelta(seconds=number)))
    history.close()
    path = tmp_path / "readings.sqlite"
    with path.open("r+b") as file:
        file.seek(4096 * 10)
        file.write(b"\xff" * 4096 * 2)
    clock.time = NOON + timedelta(hours=1)
    again = History(path, [sensor()], clock, commit_s=0.02)
    again.start()
    assert again.flush()
    assert again.trouble is None
    with pytest.raises(Unavailable):
        again.series("s1", NOON, clock.time, "raw")
    again.add(reading(7.0, clock.time))
    assert again.flush()
    assert again.trouble == "damaged"
    assert [point.mean for point in again.series("s1", NOON, clock.time + timedelta(hours=1), "raw")] == [7.0]
    assert path.with_name("readings.sqlite.damaged").exists()
    again.close()


def test_a_full_file_is_told_keeps_the_newest_and_is_written_again_when_there_is_room(tmp_path: Path, clock: Clock) -> None:
    history = History(tmp_path / "readings.sqlite", [sensor()], clock, commit_s=0.02, most_waiting=500)
    history.start()
    history.add(reading())
    assert history.flush()
    assert history._store is not None
    pages = history._store._writing.execute("PRAGMA page_count").fetchone()[0]
    history._store._writing.execute(f"PRAGMA max_page_count = {pages}")
    sent = 0
    while history.trouble is None and sent < 100_000:
        sent += 1
        history.add(reading(float(sent), NOON + timedelta(milliseconds=sent)))
        if sent % 400 == 0:
            history.flush(0.2)
    assert history.trouble == "full"
    for _ in range(2000):
        sent += 1
        history.add(reading(float(sent), NOON + timedelta(milliseconds=sent)))
    last = history.last("s1")
    assert last is not None
    assert last.value == sent, "the newest is there all the same"
    assert history.counts.dropped >= 1500
    assert len(history._waiting) <= 500
    history._store._writing.execute("PRAGMA max_page_count = 1000000")
    assert history.flush()
    history.add(reading(-1.0, NOON + timedelta(minutes=1)))
    assert history.flush()
    assert history.trouble is None
    found = history.series("s1", NOON, NOON + timedelta(hours=1), "raw")
    assert [point.mean for point in found[-3:]] == [sent - 1, sent, -1.0], "the oldest went"
    assert len(found) == history.counts.taken - history.counts.dropped
    history.close()


def test_a_folder_that_cannot_be_is_told_and_tried_again(tmp_path: Path, clock: Clock) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file, no folder")
    history = History(taken / "readings.sqlite", [sensor()], clock, commit_s=0.02)
    history.start()
    history.add(reading())
    assert not history.flush(0.2)
    assert history.trouble == "unwritable"
    with pytest.raises(Unavailable, match="cannot be read or written"):
        history.series("s1", NOON, NOON + timedelta(hours=1), "raw")
    assert history.last("s1") == reading()
    taken.unlink()
    assert history.flush()
    history.close()
    assert history.trouble is None


def test_a_file_that_somebody_deletes_is_made_again(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_module, "CARE_S", 0.0)
    history = History(tmp_path / "readings.sqlite", [sensor()], clock, commit_s=0.01)
    history.start()
    history.add(reading())
    assert history.flush()
    (tmp_path / "readings.sqlite").unlink()
    for number in range(1, 50):
        history.add(reading(float(number), NOON + timedelta(seconds=number)))
        assert history.flush()
        if (tmp_path / "readings.sqlite").exists():
            break
    assert (tmp_path / "readings.sqlite").exists()
    history.close()


def test_a_bug_in_writing_does_not_end_it(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    history.add(reading())
    assert history.flush()
    with monkeypatch.context() as patch:
        patch.setattr(ReadingStore, "write", lambda *_: 1 / 0)
        history.add(reading(at=NOON + timedelta(seconds=1)))
        assert not history.flush(0.2)
        assert history.trouble == "unwritable"
    assert history.flush()
    assert history.add(reading(at=NOON + timedelta(seconds=2)))
    assert history.flush()
    assert len(history.series("s1", NOON, NOON + timedelta(minutes=1), "raw")) == 3
