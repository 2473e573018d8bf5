"""`environment replay` on small recordings of every form it reads, and on files that are none."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.main import main

STATION = """\
name: Here
stop: A
languages: [en]
sensors:
  - {id: hall-co2, name: Hall, quantity: co2, unit: ppm, area: Hall, source: "replay:readings/day.csv#hall"}
  - {id: dust, name: Hall, quantity: pm2_5, unit: µg/m³, area: Hall, source: "push:box", calibration: {factor: 0.5}}
  - {id: heat, name: Hall, quantity: temperature, unit: °C, area: Hall, source: "push:box"}
rules:
  - id: stuffy
    sensors: [hall-co2]
    above: 1000
    clear: 800
    hold_s: 120
    clear_s: 60
    alert: &alert {category: Env, event: E, headline: H}
  - {id: dusty, sensors: [dust], above: 10, clear_s: 0, hours: "06:00-22:00", alert: *alert}
  - {id: hot, sensors: [heat, dust], rise: {by: 8, within_s: 60}, confirm: 2, alert: *alert}
"""


@pytest.fixture(autouse=True)
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "gtfs").mkdir()
    (tmp_path / "station.yaml").write_text(STATION, encoding="utf-8")
    agency = "agency_name,agency_url,agency_timezone\nX,http://example.org,Asia/Seoul\n"
    (tmp_path / "gtfs" / "agency.txt").write_text(agency, encoding="utf-8")
    (tmp_path / "gtfs" / "stops.txt").write_text("stop_id,stop_name\nA,A\n", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_STATION", str(tmp_path))
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))
    return tmp_path


def csv(folder: Path, text: str, name: str = "past.csv") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def replayed(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["environment", "replay", *words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def minutes(values: list[float], begin: str = "2026-11-24T10:00:00", column: str = "hall-co2") -> str:
    first = datetime.fromisoformat(begin)
    rows = (f"{first + timedelta(minutes=number):%Y-%m-%dT%H:%M:%S},{value}\n" for number, value in enumerate(values))
    return f"time,{column}\n" + "".join(rows)


BUSY = minutes([500, 1200, 1200, 1200, 1200, 900, 700, 700, 700, 500, 500])


def test_alerts_are_listed_with_their_times(capsys: pytest.CaptureFixture[str], station: Path) -> None:
    assert main(["environment", "replay", csv(station, BUSY)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "sensor hall-co2 (hall-co2): 11 readings, 0 outside physical limits, silent after 900 s",
        "rule stuffy: 1 alert, 144.00 a day, 40.00 % of the time",
        "  2026-11-24 10:03:00 to 2026-11-24 10:07:00, 4 min 00 s: hall-co2, 1200",
    ]


def test_the_same_as_json(capsys: pytest.CaptureFixture[str], station: Path) -> None:
    found = replayed(capsys, csv(station, BUSY))
    assert found["first"] == "2026-11-24T01:00:00+00:00"
    assert found["rules"] == [{
        "id": "stuffy", "count": 1, "a_day": 144.0, "share": 0.4,
        "alerts": [{
            "raised": "2026-11-24T01:03:00+00:00", "cleared": "2026-11-24T01:07:00+00:00", "sensors": ["hall-co2"], "value": 1200.0,
            "seconds": 240.0, "unknown": False,
        }],
    }]  # fmt: skip


def test_what_still_stands_at_the_end_is_said(capsys: pytest.CaptureFixture[str], station: Path) -> None:
    assert main(["environment", "replay", csv(station, minutes([500] + [1200] * 9))]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "  2026-11-24 10:03:00 to the end: hall-co2, 1200"


def test_a_times_of_day_file_of_the_station_is_known_by_its_column(capsys: pytest.CaptureFixture[str], station: Path) -> None:
    path = csv(station, "time,hall\n07:05,500\n07:10,1200\n07:15,1200\n07:20,1200\n", "day.csv")
    found = replayed(capsys, path)
    assert (found["times"], found["sensors"][0]["column"]) == ("day", "hall")
    assert main(["environment", "replay", path]) == 0
    assert "  07:12:00 to the end" in capsys.readouterr().out


def test_the_archive_of_sensor_community(capsys: pytest.CaptureFixture[str], station: Path) -> None:
    head = "sensor_id;sensor_type;location;lat;lon;timestamp;P1;durP1;ratioP1;P2;durP2;ratioP2\n"
    rows = "".join(f"1;SDS011;2;57.1;-2.1;2019-03-04T00:{minute:02}:00;99;;;{value};;\n" for minute, value in enumerate((15, 21, 21, 15)))
    found = replayed(capsys, csv(station, head + rows), "--sensor", "dust")
    assert found["sensors"][0]["column"] == "P2"
    dusty = next(rule for rule in found["rules"] if rule["id"] == "dusty")
    # Calibrated by a half; its hours are Seoul's, where a time without offset is too: at midnight it sleeps.
    assert dusty["count"] == 0
    found = replayed(capsys, csv(station, head + rows.replace("T00:", "T06:")), "--sensor", "dust", "--rule", "dusty")
    assert [(one["raised"], one["seconds"]) for one in found["rules"][0]["alerts"]] == [("2019-03-03T21:01:00+00:00", 120.0)]


def test_seconds_from_a_start(capsys: pytest.CaptureFixture[str], station: Path) -> None:
    rows = "".join(f"{second:.2E},{20 + max(0, second - 60) * 0.4}\n" for second in range(0, 120, 2))
    path = csv(station, "TIME,TCA_1\n" + rows)
    assert main(["environment", "replay", path, "--sensor", "heat=TCA_1", "--rule", "hot"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].endswith("past.csv: 0 s to 118 s")
    assert out[-1] == "  2 sensors have to agree, and only 1 of them is played"


def test_year_month_day_and_hour_are_a_time(capsys: pytest.CaptureFixture[str], station: Path) -> None:
    rows = "".join(f"{hour},2010,1,2,{hour},{30 if hour > 7 else 'NA'},{hour}\n" for hour in range(24))
    found = replayed(capsys, csv(station, "No,year,month,day,hour,pm2.5,DEWP\n" + rows), "--rule", "dusty")
    assert found["sensors"][0]["silent_s"] == 3 * 3600
    assert found["sensors"][0]["readings"] == 16
    assert [(one["raised"], one["seconds"]) for one in found["rules"][0]["alerts"]] == [("2010-01-01T23:00:00+00:00", 14 * 3600)]


def test_troubles_of_a_sensor_are_told(capsys: pytest.CaptureFixture[str], station: Path) -> None:
    late = minutes([500] * 3, begin="2026-11-24T13:00:00").partition("\n")[2]
    assert main(["environment", "replay", csv(station, minutes([500, 99999, 99999, 99999]) + late)]) == 0
    out = capsys.readouterr().out
    assert "7 readings, 3 outside physical limits" in out
    assert "  limits: 1 time, first since 2026-11-24 10:01:00" in out
    assert "  silent: 1 time, first since 2026-11-24 10:03:00" in out


def test_bad_rows_are_counted_and_the_rest_is_played(capsys: pytest.CaptureFixture[str], station: Path) -> None:
    bad = "yesterday,500\n2026-11-24T10:20:00,much\n2026-11-24T10:21:00,nan\n2026-11-24T10:22:00,inf\n\n2026-11-24T09:00:00,500\n"
    found = replayed(capsys, csv(station, BUSY + bad))
    assert (found["left_out"], found["disordered"]) == (4, 1)
    assert found["rules"][0]["count"] == 1


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("", [], "there is no column time"),
        ("a,b\n1,2\n", [], "there is no column time"),
        ("time,x\n2026-01-01T00:00:00,1\n", [], "no column for a sensor of the station"),
        ("time,hall-co2\nsoon,1\n", [], "no time"),
        ("time,hall-co2\n", [], "no time"),
        (BUSY, ["--sensor", "nobody"], "no sensor of the station is called nobody"),
        (BUSY, ["--sensor", "hall-co2=other"], "no column for sensor hall-co2"),
        (BUSY, ["--rule", "nobody"], "no rule of the station is called nobody"),
        (BUSY, ["--sensor", "dust=hall-co2", "--rule", "stuffy"], "rule stuffy watches none of dust"),
    ],
)
def test_what_cannot_be_played_is_one_line_and_its_mend(
    capsys: pytest.CaptureFixture[str], station: Path, text: str, words: list[str], said: str
) -> None:
    assert main(["environment", "replay", csv(station, text), *words]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 2


@pytest.mark.parametrize("content", [b"\xff\xfe\x00time", b"time,hall-co2\n2026-01-01T00:00:00,1\n\xff\xff,1\n"])
def test_what_is_no_text_is_told(capsys: pytest.CaptureFixture[str], station: Path, content: bytes) -> None:
    (station / "past.csv").write_bytes(content)
    assert main(["environment", "replay", str(station / "past.csv")]) == 1
    assert "is no CSV in UTF-8" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str], station: Path) -> None:
    assert main(["environment", "replay", str(station / "none.csv")]) == 1
    assert "No such file" in capsys.readouterr().err


def test_station_check_names_the_line_of_a_rule(capsys: pytest.CaptureFixture[str], station: Path) -> None:
    text = STATION.replace("clear: 800", "clear: 1800")
    (station / "station.yaml").write_text(text, encoding="utf-8")
    assert main(["station", "check", str(station)]) == 1
    line = text.splitlines().index("    clear: 1800") + 1
    said = f"✗ station.yaml:{line}: rules[0].clear: the end lies above 1000, where it still holds: write 1000 or less\n"
    assert said in capsys.readouterr().out
