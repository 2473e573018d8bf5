"""The monitor over replayed and pushed readings."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.environment.models import Reading
from assistant.environment.monitor import Monitor
from assistant.errors import BadRequest, NotFound
from assistant.settings import Sensor, Settings

ZONE = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=ZONE)


class Clock:
    def __init__(self, now: datetime = NOON) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time.astimezone(UTC)

    def trusted(self) -> bool:
        return True


def sensor(source: str, **overrides: Any) -> Sensor:
    return Sensor(**{
        "id": "s1", "name": "Hall", "quantity": "pm2_5", "unit": "µg/m³", "area": "Hall", "source": source, **overrides,
    })


def settings(folder: Path, *sensors: Sensor) -> Settings:
    return Settings(station=folder, name={"": "Test"}, stop="S", sensors=list(sensors))


def monitor(folder: Path, *sensors: Sensor, clock: Clock | None = None) -> Monitor:
    return Monitor(settings(folder, *sensors), clock or Clock(), ZONE)


def day_file(folder: Path, values: dict[str, str], column: str = "hall") -> None:
    folder.joinpath("day.csv").write_text(f"time,{column}\n" + "".join(f"{at},{value}\n" for at, value in values.items()))


def every_hour(value: str) -> dict[str, str]:
    return {f"{hour:02}:00": value for hour in range(24)}


def test_a_day_is_played_on_the_local_clock(tmp_path: Path) -> None:
    day_file(tmp_path, {**every_hour("5"), "11:55": "7", "12:05": "9"})
    watch = monitor(tmp_path, sensor("replay:day.csv#hall"))
    assert [reading.value for reading in watch.readings()] == [5.0]
    assert watch.readings()[0].at == NOON
    assert watch.readings(NOON - timedelta(minutes=1))[0].value == 7.0
    assert watch.readings(NOON + timedelta(days=3, minutes=6))[0].value == 9.0


def test_before_the_first_row_yesterdays_last_one_holds(tmp_path: Path) -> None:
    day_file(tmp_path, {"00:10": "1", "23:58": "3"})
    watch = monitor(tmp_path, sensor("replay:day.csv#hall"))
    reading = watch.readings(datetime(2026, 6, 1, 0, 5, tzinfo=ZONE))[0]
    assert (reading.value, reading.at) == (3.0, datetime(2026, 5, 31, 23, 58, tzinfo=ZONE))


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, 8, tzinfo=ZONE), datetime(2026, 10, 25, 8, tzinfo=ZONE)])
def test_the_wall_clock_is_followed_on_days_that_change_it(tmp_path: Path, day: datetime) -> None:
    day_file(tmp_path, {"08:00": "8", "20:00": "20"})
    watch = monitor(tmp_path, sensor("replay:day.csv#hall"))
    assert watch.readings(day)[0].at == day
    assert watch.readings(day.replace(hour=20))[0].value == 20.0


def test_a_recording_is_played_from_its_start_over_and_over(tmp_path: Path) -> None:
    rows = ["2019-02-24T10:00:00;4", "2019-02-24T10:10:00;5", "2019-02-24T10:20:00;6"]
    tmp_path.joinpath("log.csv").write_text("sensor;timestamp;P2\n" + "".join(f"1;{row}\n" for row in rows))
    watch = monitor(tmp_path, sensor("replay:log.csv#P2"))
    values = [watch.readings(NOON + timedelta(minutes=minutes))[0].value for minutes in (0, 9, 10, 25, 30, 40, 50, 60)]
    assert values == [4, 4, 5, 6, 4, 5, 6, 4]


def test_the_index_comes_from_the_hours_before(tmp_path: Path) -> None:
    day_file(tmp_path, every_hour("35.9"))
    air = monitor(tmp_path, sensor("replay:day.csv#hall")).air()
    assert air.index is not None
    assert (air.index.system, air.index.pollutant, air.index.value, air.index.category, air.index.equivalent) == (
        "us_epa", "pm2_5", 102, "sensitive", True,
    )


def test_the_worst_sensor_decides_and_an_outdoor_one_is_no_equivalent(tmp_path: Path) -> None:
    tmp_path.joinpath("day.csv").write_text("time,a,b\n" + "".join(f"{hour:02}:00,5,200\n" for hour in range(24)))
    air = monitor(
        tmp_path, sensor("replay:day.csv#a"),
        sensor("replay:day.csv#b", id="s2", quantity="pm10", unit="μg/m3", indoor=False),
    ).air()
    assert air.index is not None
    assert (air.index.pollutant, air.index.value, air.index.equivalent) == ("pm10", 123, False)


def test_a_silent_sensor_is_said_to_be_silent_and_its_past_does_not_count(tmp_path: Path) -> None:
    day_file(tmp_path, {f"{hour:02}:{minute:02}": "5" for hour in range(11) for minute in (0, 30)})
    watch = monitor(tmp_path, sensor("replay:day.csv#hall"))
    air = watch.air()
    assert air.sensors[0].silent
    assert air.sensors[0].last is not None, "what it said last is still known"
    assert air.index is None
    assert watch.readings() == []
    assert watch.health() == "down"


def test_one_silent_sensor_degrades_and_leaves_the_others_index(tmp_path: Path) -> None:
    day_file(tmp_path, every_hour("5"))
    watch = monitor(tmp_path, sensor("replay:day.csv#hall"), sensor("push:box", id="s2"))
    air = watch.air()
    assert [state.silent for state in air.sensors] == [False, True]
    assert air.index is not None
    assert watch.health() == "degraded"
    assert monitor(tmp_path, sensor("replay:day.csv#hall")).health() == "ready"
    assert monitor(tmp_path).health() == "ready"


def test_impossible_values_count_as_silence(tmp_path: Path) -> None:
    day_file(tmp_path, every_hour("-3"))
    air = monitor(tmp_path, sensor("replay:day.csv#hall")).air()
    assert air.sensors[0].silent
    assert air.index is None


@pytest.mark.parametrize(
    ("ppm", "band"), [("799", "fresh"), ("800", "fair"), ("1000", "fair"), ("1001", "stale"), ("1500", "stale"), ("1501", "poor")]
)
def test_carbon_dioxide_has_a_band_and_no_index(tmp_path: Path, ppm: str, band: str) -> None:
    day_file(tmp_path, every_hour(ppm))
    air = monitor(tmp_path, sensor("replay:day.csv#hall", quantity="co2", unit="ppm")).air()
    assert (air.sensors[0].band, air.index) == (band, None)


@pytest.mark.parametrize(
    ("quantity", "unit", "value", "index"),
    [
        ("co", "ppm", "8.4", 90), ("no2", "ppb", "53", 50), ("no2", "ppm", "0.101", 101), ("o3", "ppm", "0.078", 126),
        ("o3", "ppb", "78.9", 126), ("o3", "ppb", "405", 301), ("no2", "µg/m³", "53", 26), ("pm2_5", "mg/m³", "1", None),
    ],
)
def test_gases_in_their_units(tmp_path: Path, quantity: str, unit: str, value: str, index: int | None) -> None:
    day_file(tmp_path, every_hour(value))
    air = monitor(tmp_path, sensor("replay:day.csv#hall", quantity=quantity, unit=unit)).air()
    assert (air.index and air.index.value) == index


def test_twelve_hours_are_looked_back_at(tmp_path: Path) -> None:
    day_file(tmp_path, {"00:30": "5"})
    watch = monitor(tmp_path, sensor("replay:day.csv#hall"))
    assert watch.air(NOON + timedelta(minutes=29)).sensors[0].last is not None
    assert watch.air(NOON + timedelta(minutes=30)).sensors[0].last is None


@pytest.mark.parametrize(("first_hour", "index"), [(7, 90), (8, None)])
def test_carbon_monoxide_needs_six_of_eight_hours(tmp_path: Path, first_hour: int, index: int | None) -> None:
    day_file(tmp_path, {f"{hour:02}:00": "8.4" for hour in range(first_hour, 13)})
    air = monitor(tmp_path, sensor("replay:day.csv#hall", quantity="co", unit="ppm")).air()
    assert (air.index and air.index.value) == index


@pytest.mark.parametrize(
    "source", ["replay:../secret.csv#hall", "replay:/etc/passwd#hall", "replay:link.csv#hall", "replay:..#hall"]
)
def test_nothing_outside_the_station_folder_is_read(tmp_path: Path, source: str) -> None:
    station = tmp_path / "station"
    station.mkdir()
    tmp_path.joinpath("secret.csv").write_text("time,hall\n12:00,5\n")
    station.joinpath("link.csv").symlink_to(tmp_path / "secret.csv")
    watch = monitor(station, sensor(source))
    assert len(watch.problems) == 1
    assert "outside the station folder" in watch.problems[0].message
    assert watch.air().sensors[0].silent


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"time,other\n12:00,5\n", "day.csv:1: there is no column hall"),
        (b"clock,hall\n12:00,5\n", "day.csv:1: there is no column time or timestamp or date"),
        (b"", "day.csv:1: there is no column"),
        (b"time,hall\n12:00,\n", "no value in column hall"),
        (b"time,hall\n12:00,5\n12:05,five\n", "day.csv:3: column hall holds no number"),
        (b"time,hall\n12:00,inf\n", "day.csv:2: column hall holds no number"),
        (b"time,hall\n12:00,5\n25:00,5\n", "day.csv:3: no time of day"),
        (b"time,hall\n12:00,5\n2026-05-01T12:00:00,5\n", "day.csv:3: no time of day"),
        (b"time,hall\nsoon,5\n", "day.csv:2: no time"),
        (b"time,hall\n12:00,\xff\xfe\n", "no CSV in UTF-8"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, content: bytes, problem: str) -> None:
    tmp_path.joinpath("day.csv").write_bytes(content)
    watch = monitor(tmp_path, sensor("replay:day.csv#hall"))
    assert [problem in error.message for error in watch.problems] == [True], watch.problems
    assert all(error.hint for error in watch.problems)
    assert watch.air().sensors[0].silent


@pytest.mark.parametrize("source", ["", "serial:/dev/ttyUSB0", "push:", "replay:gone.csv#hall"])
def test_a_source_that_is_none_leaves_its_sensor_silent(tmp_path: Path, source: str) -> None:
    watch = monitor(tmp_path, sensor(source))
    assert len(watch.problems) == 1
    assert watch.air().sensors[0].silent


def pushed(value: float, at: datetime, **overrides: Any) -> Reading:
    return Reading(**{
        "sensor": "box", "quantity": "pm2_5", "unit": "µg/m³", "value": value, "at": at, **overrides,
    })


def test_pushed_readings_make_an_index_whatever_their_order(tmp_path: Path) -> None:
    watch = monitor(tmp_path, sensor("push:box"))
    for minutes in (150, 1, 90, 30):
        watch.record(pushed(35.9, NOON - timedelta(minutes=minutes)))
    air = watch.air()
    assert air.index is not None
    assert air.index.value == 102
    assert watch.readings()[0].at == NOON - timedelta(minutes=1)


def test_a_pushed_sensor_falls_silent(tmp_path: Path) -> None:
    clock = Clock()
    watch = monitor(tmp_path, sensor("push:box", silent_s=60), clock=clock)
    watch.record(pushed(5, NOON))
    clock.time = NOON + timedelta(seconds=60)
    assert not watch.air().sensors[0].silent
    clock.time = NOON + timedelta(seconds=61)
    assert watch.air().sensors[0].silent


def test_old_pushed_readings_are_forgotten(tmp_path: Path) -> None:
    watch = monitor(tmp_path, sensor("push:box"))
    watch.record(pushed(5, NOON - timedelta(hours=20)))
    watch.record(pushed(5, NOON))
    assert watch.air(NOON - timedelta(hours=20)).sensors[0].last is None


@pytest.mark.parametrize(
    "bad",
    [
        pushed(float("nan"), NOON), pushed(5, NOON + timedelta(hours=1)), pushed(5, NOON, unit="ppm"),
        pushed(5, NOON.replace(tzinfo=None)),
    ],
)
def test_pushed_nonsense_is_refused(tmp_path: Path, bad: Reading) -> None:
    with pytest.raises(BadRequest):
        monitor(tmp_path, sensor("push:box")).record(bad)


@pytest.mark.parametrize("stranger", [pushed(5, NOON, sensor="s1"), pushed(5, NOON, quantity="pm10")])
def test_readings_of_unknown_sensors_are_refused(tmp_path: Path, stranger: Reading) -> None:
    day_file(tmp_path, every_hour("5"))
    watch = monitor(tmp_path, sensor("push:box", id="s0"), sensor("replay:day.csv#hall"))
    with pytest.raises(NotFound):
        watch.record(stranger)


def test_two_sensors_cannot_wait_for_the_same_readings(tmp_path: Path) -> None:
    watch = monitor(tmp_path, sensor("push:box"), sensor("push:box", id="s2"))
    assert len(watch.problems) == 1


def test_the_day_is_told_hour_by_hour_up_to_the_air_of_now(tmp_path: Path) -> None:
    watch = monitor(tmp_path, sensor("push:box"), sensor("push:other", id="s2"))
    for hour in range(24):
        watch.record(pushed(5 + hour, NOON - timedelta(hours=hour, minutes=5)))
    watch.record(pushed(60, NOON - timedelta(minutes=5), sensor="other"))
    watch.record(pushed(60, NOON - timedelta(hours=1, minutes=5), sensor="other"))
    air = watch.air()
    day = watch.day(air)
    assert [at for at, _ in day] == [NOON - timedelta(hours=age) for age in range(22, -1, -1)], "two of three hours make an index"
    assert day[-1] == (NOON, air.index)
    for at, index in day:
        assert index == monitor_at(tmp_path, watch, at), "as it was then"


def monitor_at(folder: Path, watch: Monitor, at: datetime) -> object:
    """The index as a monitor has it that knows nothing of later."""
    earlier = monitor(folder, sensor("push:box"), sensor("push:other", id="s2"), clock=Clock(at))
    for hour in range(24):
        if (then := NOON - timedelta(hours=hour, minutes=5)) <= at:
            earlier.record(pushed(5 + hour, then))
            if hour < 2:
                earlier.record(pushed(60, then, sensor="other"))
    return earlier.air(at).index


def test_an_hour_without_readings_is_unknown_and_a_day_without_any_is_empty(tmp_path: Path) -> None:
    watch = monitor(tmp_path, sensor("push:box", silent_s=36_000))
    assert watch.day(watch.air()) == []
    for hour in (0, 1, 2, 9, 10):
        watch.record(pushed(5, NOON - timedelta(hours=hour, minutes=5)))
    known = [index is not None for _, index in watch.day(watch.air())]
    assert known == [True, True, *[False] * 6, True, True], "two of the three hours before make one known"


def test_a_sensor_that_is_not_believed_does_not_count_in_the_day(tmp_path: Path) -> None:
    watch = monitor(tmp_path, sensor("push:box"))
    for hour in range(5):
        watch.record(pushed(5, NOON - timedelta(hours=hour, minutes=5)))
    watch.distrusted = lambda: {"s1"}
    assert watch.day(watch.air()) == []
