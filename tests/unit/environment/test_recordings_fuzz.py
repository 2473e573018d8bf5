"""CSV files that nobody would record, to both readers: each is played within bounds, or refused with a StationError that names the file."""

import math
import random
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from assistant.environment.rules.recording import Recording
from assistant.environment.sensors.replay import ReplaySource
from assistant.errors import StationError
from assistant.settings.sensing import Sensor

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
SEOUL = ZoneInfo("Asia/Seoul")
FILES = 1500
HEADERS = [
    "time,co2", "timestamp;co2;x", "date,co2", "datetime,co2", "year,month,day,hour,co2", "year,month,day,co2", "co2", "", "time", ",,",
    "time,time,co2", '"time","co2"', '"time,co2', "TIME,CO2", " time , co2 ", "\ufefftime,co2", "time,co2," * 50,
]  # fmt: skip
TIMES = [
    "07:05", "7:05:30", "23:59:59", "24:00", "99:99", "2026-05-01T07:05:00", "2026-05-01 07:05:00+09:00", "2026-05-01", "20260501T070500Z",
    "0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59", "2026-02-30", "0", "1.5", "-5",
    "1e300", "1e10", "nan", "inf", "", "x", "2026", "٠٧:٠٥", "2026-W05-1", "2026-05-01T07:05:60",
]  # fmt: skip
VALUES = [
    "1", "812.5", "-3", "1e308", "1e999", "nan", "inf", "", "NA", "-", "x", "١٢", "1_000", " 7 ", '"8"', '"', "0x10", "1,5", "\x00",
    "9" * 400,
]  # fmt: skip
MORE = [b"\xff\xfe", b"\x00", b'"', b"\r", b"\n\n", b";", b",", b"\xed\xa0\x80", b"x" * 140_000, b"\xef\xbb\xbf", b"\n,,,,,,\n"]


def sensor(column: str = "co2") -> Sensor:
    return Sensor.model_validate({
        "id": "hall", "name": "Hall", "quantity": "co2", "unit": "ppm", "area": "Hall", "source": f"replay:day.csv#{column}",
    })  # fmt: skip


def file(chance: random.Random) -> bytes:
    """A recording that is likely to be read, and then something that spoils it."""
    header = chance.choice(HEADERS[:3] if chance.random() < 0.7 else HEADERS)
    one_kind = chance.choice([TIMES[:3], TIMES[5:8], TIMES[14:17], TIMES])
    cut = ";" if ";" in header else ","
    lines = [header]
    for _ in range(chance.randrange(8)):
        width = max(1, header.count(cut)) + chance.choice([0, 0, 0, 0, 1, -1])
        values = [chance.choice(VALUES[:3] if chance.random() < 0.95 else VALUES) for _ in range(max(0, width))]
        lines.append(cut.join([chance.choice(one_kind if chance.random() < 0.97 else TIMES), *values]))
    body = bytearray(chance.choice(["\n", "\r\n", "\n"]).join(lines).encode("utf-8", "surrogatepass"))
    while chance.random() < 0.3:
        at = chance.randrange(len(body) + 1)
        if chance.random() < 0.5:
            body[at:at] = chance.choice(MORE)
        else:
            body[at : at + 1] = bytes([chance.randrange(256)])
    return bytes(body)


def refused(error: StationError) -> Literal[False]:
    assert "day.csv" in str(error)
    assert len(str(error)) < 20_000
    return False


def replayed(folder: Path, zone: tzinfo) -> bool:
    """Plays a file as the monitor does; False where it is refused."""
    try:
        source = ReplaySource.load(sensor(), folder, start=NOW - timedelta(days=1), zone=zone)
    except StationError as error:
        return refused(error)
    last = source.last(NOW)
    assert last is None or (last.at <= NOW and math.isfinite(last.value) and last.quality == "good")
    assert len(source.hours(NOW, 24)) <= 24
    begin = NOW - timedelta(hours=3)
    played = source.readings(begin, NOW)
    assert all(begin < reading.at <= NOW and math.isfinite(reading.value) for reading in played)
    return True


def recorded(path: Path, zone: tzinfo) -> int | None:
    """Rows of a file as `environment replay` reads it; None where it is refused."""
    try:
        recording = Recording(path, zone)
        rows = [*recording.rows({"hall": "co2", "other": "x"})]
    except StationError as error:
        return refused(error) or None
    times = [at for at, _ in rows]
    assert times == sorted(times)
    assert all(at.tzinfo is not None for at in times)
    assert all(values and all(math.isfinite(value) for value in values.values()) for _, values in rows)
    lines = path.read_bytes().count(b"\n") + path.read_bytes().count(b"\r") + 1
    assert len(rows) + recording.disordered <= lines
    assert recording.left_out <= 2 * lines
    return len(rows)


@pytest.mark.parametrize("zone", [UTC, SEOUL], ids=str)
def test_files_that_nobody_would_record_are_played_or_refused(tmp_path: Path, zone: tzinfo) -> None:
    path, chance, played, read, not_read = tmp_path / "day.csv", random.Random(7), 0, 0, 0  # noqa: S311
    for _ in range(FILES):
        path.write_bytes(file(chance))
        plays, rows = replayed(tmp_path, zone), recorded(path, zone)
        played, read, not_read = played + plays, read + bool(rows), not_read + (not plays) + (rows is None)
    assert played > FILES // 20
    assert read > FILES // 10
    assert not_read > FILES // 2


@pytest.mark.parametrize(("text", "told"), [
    (b"", "day.csv:1: there is no column"), (b"\xff\xfe", "day.csv is no CSV in UTF-8"),
    (b"time,co2\n", "day.csv has no value in column co2"),
    (b"time,co2\n25:00,1\n", "day.csv:2: no time of day"), (b"time,co2\n2026-05-01,1\nx,2\n", "day.csv:3: no time"),
    (b"time,co2\n07:00,1\n07:05,x\n", "day.csv:3: column co2 holds no number"), (b"x,co2\n", "day.csv:1: there is no column time"),
    (b"time,co2\n0001-01-01T00:00:00+14:00,1\n", "day.csv:2: no time"),
    (b"time,co2\n0001-01-01,1\n9999-01-01,2\n", "day.csv"),
])  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: bytes, told: str) -> None:
    (tmp_path / "day.csv").write_bytes(text)
    with pytest.raises(StationError) as caught:
        ReplaySource.load(sensor(), tmp_path, start=NOW, zone=UTC)
    assert told in str(caught.value)


@pytest.mark.parametrize(("text", "rows", "left_out", "disordered"), [
    (b"time,co2\n2026-05-01T07:00,1\nx,2\n2026-05-01T06:00,3\n2026-05-01T08:00,4\n2026-05-01T09:00,y\n", 2, 2, 1),
    (b"time,co2\n07:00,1\n99:99,2\n", 1, 1, 0), (b"TIME;co2\n0;1\n1e300;2\n1e10;3\nnan;4\ninf;5\n-5;6\n", 2, 3, 1),
    (b"year,month,day,co2\n2026,5,1,1\n2026,2,30,2\n0,0,0,3\n", 1, 2, 0),
    (b"time,co2\n2026-05-01,1\n0001-01-01T00:00:00+14:00,2\n9999-12-31T23:59:59-14:00,3\n", 1, 2, 0),
    (b'date,co2\n2026-05-01,"1"\n2026-05-02,NA\n2026-05-03,-\n2026-05-04\n\n', 1, 1, 0),
])  # fmt: skip
def test_what_is_left_out_of_a_recording_is_counted(tmp_path: Path, text: bytes, rows: int, left_out: int, disordered: int) -> None:
    path = tmp_path / "day.csv"
    path.write_bytes(text)
    recording = Recording(path, UTC)
    assert len([*recording.rows({"hall": "co2"})]) == rows
    assert (recording.left_out, recording.disordered) == (left_out, disordered)
