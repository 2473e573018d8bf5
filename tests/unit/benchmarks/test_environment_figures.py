"""The environment's benchmark on a small scale: every reading goes through, every question is answered, every bar is there."""

from itertools import islice
from pathlib import Path

import pytest

from assistant.environment.messages import senml, zigbee2mqtt
from benchmarks.environment import __main__ as bench
from benchmarks.environment import pipeline, year
from benchmarks.environment.station import SENSORS, START, messages, settings


def test_every_message_holds_one_reading_of_its_sensor(tmp_path: Path) -> None:
    station = settings(tmp_path)
    assert len(station.sensors) == SENSORS
    for sensor, payload in islice(messages(station), 500):
        parse = zigbee2mqtt.parse if sensor.quantity == "smoke" else senml.parse
        parsed = parse(payload, START)
        assert [(one.measurement.quantity, one.measurement.unit) for one in parsed.found] == [(sensor.quantity, sensor.unit)]
        assert not parsed.rejected


def test_the_pipeline_takes_every_reading_and_judges_it(tmp_path: Path) -> None:
    measured = pipeline.run(tmp_path, 0.6, 0)
    assert measured["sent"] == measured["found"] == len(measured["ms"]) > 0
    assert (measured["dropped"], measured["written"]) == (0, True)
    assert measured["index"] > 0
    assert set(measured["stages_us"]) == set(pipeline.STAGES)
    assert all(spent > 0 for spent in measured["stages_us"].values())


def test_what_falls_behind_counts_from_the_moment_it_was_due(tmp_path: Path) -> None:
    measured = pipeline.run(tmp_path, 0.3, 1_000_000)
    assert measured["ms"][-1] > 100, "a rate that nobody can hold shows as lateness"


def run(**changes: object) -> dict[str, object]:
    return {
        "ms": [1.0] * 98 + [60.0] * 2, "idle_ms": [0.1], "rate": 1000.0, "cpu": 0.3, "sent": 100, "found": 100, "dropped": 0,
        "written": True, "seconds": 60.0,
        "memory_mb": [[number, 50.0 + (number >= 50)] for number in range(60)], "file_mb": 3.0, "changes": 7, "stages_us": {"parse": 5.0},
    } | changes  # fmt: skip


def test_the_99th_percentile_is_held_to_the_bar_and_lost_readings_are_told() -> None:
    figures = {figure.name: figure for figure in bench.paced([run(), run(rate=900.0, found=99, written=False)])}
    by_end = [figure for name, figure in figures.items() if name.endswith("p99")]
    assert [(figure.value, figure.bar, figure.holds) for figure in by_end] == [(60.0, 50, False)]
    assert figures["readings taken in at that rate"].holds is False
    assert figures["readings lost on the way or not written"].value == 2
    assert figures["growth of memory"].value == pytest.approx(1 / 14 * 60)


def test_a_day_of_a_small_year_is_found_by_both() -> None:
    figures = bench.asking(2, 10)
    assert [figure.bar for figure in figures] == [20, None, None, None, None]
    assert all(figure.value is not None and figure.value > 0 for figure in figures)
    assert figures[0].n == 10


def test_the_same_questions_give_the_same_values_from_the_peer(tmp_path: Path) -> None:
    own, other = tmp_path / "own.sqlite", tmp_path / "other.sqlite"
    assert year.build(own, 1).rows == year.build_peer(other, 1).rows == 1440 * SENSORS
    store, connection = year.ReadingStore.open(own), year.sqlite3.connect(other)
    begin = year.FIRST * 60.0
    theirs = connection.execute(year.PEER_ASKS, (7, begin, begin + 86_400)).fetchall()
    assert [(point.at.timestamp(), point.mean, point.min, point.max, point.n) for point in year.day_of(store, 7, 0)] == theirs
    store.close()
    connection.close()
