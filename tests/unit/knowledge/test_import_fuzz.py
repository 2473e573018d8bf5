"""Feeds broken in every way: an import ends in notices or in one error that names the file, and what was in service answers on."""

import io
import random
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.clock import SystemClock
from assistant.errors import StationError
from assistant.knowledge import Knowledge
from assistant.knowledge.imports import current, import_station
from assistant.knowledge.store import Store
from assistant.settings import Settings

Write = Callable[..., Settings]
Mutation = Callable[[random.Random, bytes], bytes]
MORNING = datetime(2026, 11, 24, 6, tzinfo=UTC)
MORE = {
    "calendar_dates": "service_id,date,exception_type\ndaily,20261225,2\nextra,20261226,1\n",
    "frequencies": "trip_id,start_time,end_time,headway_secs,exact_times\nloop,10:00:00,11:00:00,600,1\n",
    "trips": "trip_id,route_id,service_id,trip_headsign,block_id,trip_short_name\n"
    "out,r1,daily,End of the World,b1,IC 1\nback,r1,daily,Here Central,b1,IC 2\nloop,r2,extra,Mid Town,b2,\n",
    "stop_times": """trip_id,stop_sequence,stop_id,arrival_time,departure_time,stop_headsign,pickup_type,drop_off_type,track
out,1,here1,08:00:00,08:05:00,,0,1,4
out,2,mid,,,End,0,0,
out,3,end,08:40:00,08:40:00,,1,0,2
back,1,end,08:45:00,08:50:00,,0,0,
back,2,mid,09:20:00,09:21:00,"Here, at last",2,3,
back,3,here2,25:40:00,25:40:00,,0,0,
loop,5,here2,00:00:00,00:00:00,,,,
loop,9,mid,00:10:00,00:10:00,,,,
""",
    "transfers": "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id,to_trip_id\n"
    "here1,here2,2,120,,\nend,end,4,,out,back\n",
    "levels": "level_id,level_index,level_name\nl0,0,Street\nl1,-1,Platforms\n",
    "pathways": "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,length,traversal_time,stair_count,signposted_as\n"
    "p1,here1,here2,2,1,12.5,20,14,To 2\np2,here2,here1,5,0,,,,\n",
    "fare_attributes": "fare_id,price,currency_type,payment_method,transfers\nf1,2.50,EUR,1,0\n",
    "fare_rules": "fare_id,route_id,origin_id,destination_id,contains_id\nf1,r1,,,\n",
    "translations": "table_name,field_name,language,translation,record_id,record_sub_id,field_value\n"
    "stops,stop_name,ko,중간,mid,,\nstop_times,stop_headsign,zh,终点,out,2,\nroutes,route_long_name,zh,河线,,,River Line\n",
    "feed_info": "feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version\n"
    "C,x,en,20260101,20261231,v7\n",
}
CELLS = [
    "", " ", "25:61:00", "-1:00:00", "99:59:59", "08:00", "-1", "99999999999999999999", "1e9", "nan", "inf", "0x10", "١٢", "1_0", "\0",
    "\u202e", "here1", "out", "x" * 5000, '"', "'", ";DROP TABLE trips", "20261301", "00000000", "99991231", "Ａ", "🚆", "\x85", "a\tb",
    "NULL", "3.7", "2" * 30,
]  # fmt: skip
STRAY = [b"\0", b'"', b"\xff", b"\xc3", b",", b"\r", b"\n", b"\n\n", b"\x1a", b"\xef\xbb\xbf", b"\\"]


def lines(content: bytes) -> list[bytes]:
    return content.split(b"\n")


def drop_column(draw: random.Random, content: bytes) -> bytes:
    rows = [line.split(b",") for line in lines(content)]
    at = draw.randrange(len(rows[0]))
    return b"\n".join(b",".join(row[:at] + row[at + 1 :]) for row in rows)


def double_column(draw: random.Random, content: bytes) -> bytes:
    rows = [line.split(b",") for line in lines(content)]
    at = draw.randrange(len(rows[0]))
    return b"\n".join(b",".join([*row, *row[at : at + 1]]) for row in rows)


def change_cell(draw: random.Random, content: bytes) -> bytes:
    rows = [line.split(b",") for line in lines(content)]
    for _ in range(draw.randint(1, 4)):
        row = draw.choice(rows[1:-1] or rows)
        row[draw.randrange(len(row))] = draw.choice(CELLS).encode()
    return b"\n".join(map(b",".join, rows))


def repeat_line(draw: random.Random, content: bytes) -> bytes:
    rows = lines(content)
    rows.insert(draw.randrange(1, len(rows)), draw.choice(rows))
    return b"\n".join(rows)


def shuffle_lines(draw: random.Random, content: bytes) -> bytes:
    head, *rows = lines(content)
    draw.shuffle(rows)
    return b"\n".join([head, *rows])


def quote_with_space(draw: random.Random, content: bytes) -> bytes:
    return b"\n".join(b",".join(b'"' + cell + b'" ' for cell in line.split(b",")) for line in lines(content) if line)


def insert_bytes(draw: random.Random, content: bytes) -> bytes:
    at = draw.randrange(len(content) + 1)
    return content[:at] + draw.choice(STRAY) + content[at:]


MUTATIONS: dict[str, Mutation] = {
    "a column is missing": drop_column,
    "a column is there twice": double_column,
    "cells are nonsense": change_cell,
    "a line is repeated, maybe the header": repeat_line,
    "lines come in any order": shuffle_lines,
    "a space after each closing quote": quote_with_space,
    "bytes that do not belong there": insert_bytes,
    "BOM": lambda draw, content: b"\xef\xbb\xbf" + content,
    "CRLF": lambda draw, content: content.replace(b"\n", b"\r\n"),
    "lone CR": lambda draw, content: content.replace(b"\n", b"\r"),
    "UTF-16": lambda draw, content: content.decode().encode("utf-16"),
    "Korean of old": lambda draw, content: content.decode().encode("euc-kr", "replace"),
    "semicolons": lambda draw, content: content.replace(b",", b";"),
    "tabs": lambda draw, content: content.replace(b",", b"\t"),
    "empty": lambda draw, content: b"",
    "only a header": lambda draw, content: lines(content)[0],
    "no header": lambda draw, content: b"\n".join(lines(content)[1:]),
    "cut off": lambda draw, content: content[: draw.randrange(len(content))],
    "NULs": lambda draw, content: bytes(200),
    "not text": lambda draw, content: draw.randbytes(400),
}
ALWAYS_WELL = {
    "a space after each closing quote", "BOM", "CRLF", "lone CR", "lines come in any order", "a line is repeated, maybe the header",
    "a column is there twice",
}  # fmt: skip
RANDOM = {"cells are nonsense", "bytes that do not belong there", "cut off"}
ALWAYS_WRONG = {"UTF-16", "not text"}
NAMED = (".txt", ".zip", "no service with a trip", "the new feed has no timetable")
"""What an error speaks of."""


def feed(write: Write) -> Settings:
    return write("places: [{id: loo, name: Loo, category: toilet, hours: Mo-Su 06:00-22:00}]\n", **MORE)


def answers(settings: Settings, database: Path) -> None:
    """Everything that is asked of a database must be answered, whatever the feed was."""
    city = Knowledge(settings, Store(database), SystemClock())
    try:
        for departure in city.departures(at=MORNING, limit=20):
            assert departure.scheduled >= MORNING
        assert city.station("ko").name == "Here Central"
        assert city.counts()["stations"] >= 1
        assert city.expired(MORNING)
        city.lines("zh")
        city.match("Mid Town", language="en")
    finally:
        city.close()


def survive(settings: Settings, told: str) -> bool:
    """Imports; True where that went well. What is in service is whole and answers, and nothing lies about."""
    before = current(settings)
    assert before is not None
    try:
        database, said = Path(import_station(settings).database), ""
    except StationError as error:
        database, said = before, error.message
    assert not said or any(name in said for name in NAMED), told
    assert not list((settings.data / "station").glob("*.part*")), told
    assert current(settings) == database, told
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("PRAGMA quick_check").fetchone() == ("ok",), told
    answers(settings, database)
    return not said


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_broken_file_ends_in_notices_or_one_error(write: Write, name: str) -> None:
    draw, ends = random.Random(name), set()  # noqa: S311
    import_station(feed(write))
    tables = sorted(path.stem for path in (feed(write).station / "gtfs").glob("*.txt"))
    for table in tables * (3 if name in RANDOM else 1):
        settings = feed(write)
        path = settings.station / "gtfs" / f"{table}.txt"
        path.write_bytes(MUTATIONS[name](draw, path.read_bytes()))
        ends.add(survive(settings, f"{name}: {table}"))
    assert (True in ends, False in ends) == (name not in ALWAYS_WRONG, name not in ALWAYS_WELL)


def test_several_files_are_broken_at_once(write: Write) -> None:
    draw, ends = random.Random(4), []  # noqa: S311
    import_station(feed(write))
    for number in range(40):
        settings, told = feed(write), []
        for path in draw.sample(sorted((settings.station / "gtfs").glob("*.txt")), draw.randint(1, 3)):
            name = draw.choice(sorted(MUTATIONS))
            told.append(f"{name}: {path.name}")
            path.write_bytes(MUTATIONS[name](draw, path.read_bytes()))
        ends.append(survive(settings, f"{number}: {told}"))
    assert {True, False} == set(ends)


def test_files_are_absent(write: Write) -> None:
    draw, ends = random.Random(5), []  # noqa: S311
    import_station(feed(write))
    for _ in range(30):
        settings = feed(write)
        paths = sorted((settings.station / "gtfs").glob("*.txt"))
        for path in draw.sample(paths, draw.randint(1, len(paths))):
            path.unlink()
        ends.append(survive(settings, ", ".join(sorted(path.name for path in (settings.station / "gtfs").glob("*.txt")))))
    assert {True, False} == set(ends)


def test_a_zip_is_cut_off_or_has_wrong_bytes(write: Write, tmp_path: Path) -> None:
    draw, ends = random.Random(6), []  # noqa: S311
    settings = feed(write)
    import_station(settings)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((settings.station / "gtfs").glob("*.txt")):
            archive.write(path, path.name)
    (settings.station / "gtfs").rename(tmp_path / "unpacked")
    whole = buffer.getvalue()
    for number in range(50):
        content = bytearray(whole)
        if number % 2:
            del content[draw.randrange(len(content)) :]
        else:
            for _ in range(draw.randint(1, 5)):
                content[draw.randrange(len(content))] = draw.randrange(256)
        (settings.station / "gtfs.zip").write_bytes(content)
        ends.append(survive(settings, f"zip {number}"))
    assert False in ends
