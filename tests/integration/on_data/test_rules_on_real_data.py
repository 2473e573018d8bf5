"""Rules on recordings of real sensors; a small reference that shares no code with the engine counts the alerts."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.main import main
from assistant.environment.rules.play import Episode, play
from assistant.environment.rules.recording import Recording
from assistant.settings.sensing import Rule, Sensor

Samples = list[tuple[datetime, float]]
ALERT = {"category": "Env", "event": "E", "headline": "H"}


def sensor(quantity: str, unit: str, **fields: Any) -> Sensor:
    return Sensor(**{"id": "s", "name": "S", "quantity": quantity, "unit": unit, "area": "A", "source": "push:s", **fields})


def rule(**fields: Any) -> Rule:
    return Rule(**{"id": "r", "sensors": ["s"], "alert": ALERT, **fields})


def reference(samples: Samples, above: float, clear: float, hold: timedelta, clearing: timedelta, silent: timedelta) -> Samples:
    """Begin and end (as the seconds it stood; -1: to the end of the recording) of every alert, by runs of samples."""
    found, index = [], 0
    while index < len(samples):
        begin, last = samples[index][0], index
        while last < len(samples) and samples[last][1] > above and (last == index or samples[last][0] - samples[last - 1][0] <= silent):
            last += 1
        # The run's last value lasts until the next one comes, or the sensor counts as silent.
        until = begin if last == index else samples[last][0] if last < len(samples) else samples[-1][0]
        until = until if last == index else min(until, samples[last - 1][0] + silent)
        if last == index or until - begin < hold:
            index = max(last, index + 1)
            continue
        raised = begin + hold
        calm, ended = None, None
        index = next(number for number in range(last + 1) if number == len(samples) or samples[number][0] > raised or number == last)
        while index <= len(samples):
            before = samples[index - 1]
            following = samples[index][0] if index < len(samples) else samples[-1][0]
            if calm is not None and calm + clearing <= min(following, before[0] + silent):
                ended = calm + clearing
                break
            if index == len(samples):
                break
            if following - before[0] > silent:
                calm = None
            calm = (calm or following) if samples[index][1] <= clear else None
            index += 1
        found.append((raised, -1.0 if ended is None else (ended - raised).total_seconds()))
        if ended is None:
            break
    return found


def short(episodes: list[Episode]) -> Samples:
    return [(one.raised, -1.0 if one.cleared is None else (one.cleared - one.raised).total_seconds()) for one in episodes]


def both(samples: Samples, one: Sensor, fields: dict[str, float]) -> tuple[Samples, Samples]:
    played = play([(at, {"s": value}) for at, value in samples], [rule(**fields)], [one])
    hold, clearing = (timedelta(seconds=fields[key]) for key in ("hold_s", "clear_s"))
    silent = timedelta(seconds=played.sensors["s"].silent_s)
    return short(played.rules["r"]), reference(samples, fields["above"], fields["clear"], hold, clearing, silent)


def aberdeen(folder: Path, number: str) -> Samples:
    found = []
    for path in sorted((folder / "env" / "sensor-community-aberdeen" / number).glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter=";"):
                if row["P2"]:
                    found.append((datetime.fromisoformat(row["timestamp"]).replace(tzinfo=UTC), float(row["P2"])))
    return found


@pytest.mark.parametrize(("number", "above", "hold_s", "count"), [("5331", 15, 600, 13), ("8554", 25, 300, 3), ("22549", 4, 600, 11)])
def test_fine_dust_in_aberdeen(shared_data: Path, number: str, above: float, hold_s: float, count: int) -> None:
    samples = aberdeen(shared_data, number)
    assert len(samples) > 5_000
    fields = {"above": above, "clear": 0.7 * above, "hold_s": hold_s, "clear_s": 900}
    engine, expected = both(samples, sensor("pm2_5", "µg/m³"), fields)
    assert engine == expected
    assert len(engine) == count


@pytest.mark.parametrize(("above", "hold_s", "count"), [(150, 7200, 471), (75, 86_400, 203)])
def test_fine_dust_in_beijing(shared_data: Path, above: float, hold_s: float, count: int) -> None:
    samples = []
    with (shared_data / "env" / "beijing-pm25" / "PRSA_data_2010.1.1-2014.12.31.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["pm2.5"] not in ("", "NA"):
                at = datetime(*(int(row[key]) for key in ("year", "month", "day", "hour")), tzinfo=UTC)
                samples.append((at, float(row["pm2.5"])))
    assert len(samples) == 41_757
    engine, expected = both(samples, sensor("pm2_5", "µg/m³"), {"above": above, "clear": above - 50, "hold_s": hold_s, "clear_s": 3600})
    assert engine == expected
    assert len(engine) == count


@pytest.mark.parametrize(("name", "hold_s", "count"), [("datatraining", 600, 3), ("datatest", 60, 3), ("datatest2", 600, 4)])
def test_carbon_dioxide_of_an_office(shared_data: Path, name: str, hold_s: float, count: int) -> None:
    samples = []
    with (shared_data / "env" / "occupancy-co2" / f"{name}.txt").open(encoding="utf-8") as file:
        next(file)
        for row in csv.reader(file):
            samples.append((datetime.fromisoformat(row[1]).replace(tzinfo=UTC), float(row[5])))
    fields = {"above": 1000.0, "clear": 800.0, "hold_s": hold_s, "clear_s": 300.0}
    engine, expected = both(samples, sensor("co2", "ppm"), fields)
    assert engine == expected
    assert len(engine) == count


def test_the_recorded_files_are_read_as_they_are(shared_data: Path) -> None:
    env = shared_data / "env"
    files = {
        env / "beijing-pm25" / "PRSA_data_2010.1.1-2014.12.31.csv": ("pm2.5", "dated", 41_757),
        env / "occupancy-co2" / "datatest.txt": ("CO2", "dated", 2_665),
        env / "occupancy-co2" / "datatest2.txt": ("CO2", "dated", 9_752),
        env / "nist-smoke-alarms" / "NIST_Smoke_Alarms_SDC07.csv": ("TCA_1", "elapsed", 120),
        env / "sensor-community-aberdeen" / "22549" / "2019-03-04_sds011_sensor_22549.csv": ("P2", "dated", 0),
    }
    for path, (column, kind, rows) in files.items():
        recording = Recording(path, UTC)
        number = sum(1 for _ in recording.rows({"s": column}))
        assert (recording.kind, recording.left_out, recording.disordered) == (kind, 0, 0), path
        assert number == rows or not rows, path


def test_a_rise_of_heat_in_a_real_fire(shared_data: Path) -> None:
    """SDC02, a flaming fire: every thermocouple below the ceiling of the room of origin climbs; two have to agree."""
    path = shared_data / "env" / "nist-smoke-alarms" / "NIST_Smoke_Alarms_SDC02.csv"
    recording = Recording(path, UTC)
    columns = {name: name for name in ("TCA_1", "TCB_1", "TCC_1")}
    sensors = [sensor("temperature", "°C", id=name) for name in columns]
    played = play(recording.rows(columns), [rule(sensors=list(columns), rise={"by": 5, "within_s": 60}, confirm=2)], sensors)
    assert len(played.rules["r"]) == 1
    assert len(played.rules["r"][0].sensors) >= 2


def test_five_years_of_hours_by_the_command(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gtfs").mkdir()
    (tmp_path / "gtfs" / "agency.txt").write_text("agency_name,agency_url,agency_timezone\nX,http://x,Asia/Shanghai\n", encoding="utf-8")
    (tmp_path / "station.yaml").write_text(
        "name: X\nstop: A\nlanguages: [en]\n"
        "sensors: [{id: dust, name: X, quantity: pm2_5, unit: µg/m³, area: X, source: 'push:x'}]\n"
        "rules: [{id: r, sensors: [dust], above: 300, clear: 250, alert: {category: Env, event: E, headline: H}}]\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("ASSISTANT_STATION", str(tmp_path))
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))
    path = shared_data / "env" / "beijing-pm25" / "PRSA_data_2010.1.1-2014.12.31.csv"
    assert main(["environment", "replay", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["sensors"][0]["readings"] == 41_757
    assert found["rules"][0]["count"] == 189
