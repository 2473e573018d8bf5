"""The monitor over logs of real sensors."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.environment.monitor import Monitor
from assistant.settings import ROOT, Sensor, Settings

DATA = ROOT.parent / "shared" / "data" / "env"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not here")


class Noon:
    def now(self) -> datetime:
        return NOON

    def trusted(self) -> bool:
        return True


def monitor(folder: Path, **overrides: Any) -> Monitor:
    sensor = Sensor(**{"id": "s1", "name": "Hall", "area": "Hall", "unit": "µg/m³", "quantity": "pm2_5", **overrides})
    return Monitor(Settings(station=folder, name={"": "Test"}, stop="S", sensors=[sensor]), Noon(), UTC)


def test_a_log_of_sensor_community() -> None:
    folder = DATA / "sensor-community-aberdeen" / "22068"
    name = "2019-02-25_sds011_sensor_22068.csv"
    watch = monitor(folder, source=f"replay:{name}#P2")
    assert watch.problems == []
    first, *rows = [line.split(";") for line in (folder / name).read_text().splitlines()]
    clock, column = first.index("timestamp"), first.index("P2")
    start = datetime.fromisoformat(rows[0][clock])
    for row in rows[::50]:
        now = NOON + (datetime.fromisoformat(row[clock]) - start)
        assert watch.readings(now)[0].value == float(row[column])
    air = watch.air(NOON + timedelta(hours=14))
    assert air.index is not None


def test_a_log_written_by_r_with_row_numbers_and_date() -> None:
    watch = monitor(DATA / "occupancy-co2", source="replay:datatest.txt#CO2", quantity="co2", unit="ppm")
    assert watch.problems == []
    reading = watch.readings(NOON + timedelta(minutes=1))[0]
    assert (reading.value, reading.at) == (760.4, NOON + timedelta(seconds=59))


def test_a_log_without_a_time_column_is_refused_by_name() -> None:
    watch = monitor(DATA / "beijing-pm25", source="replay:PRSA_data_2010.1.1-2014.12.31.csv#pm2.5")
    assert "there is no column time" in watch.problems[0].message
