"""Which trains go on as another trip, and what fares an import keeps."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from assistant.knowledge.imports import import_station
from assistant.settings import Settings

Write = Callable[..., Settings]
CALENDAR = """service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
daily,1,1,1,1,1,1,1,20260101,20261231
week,1,1,1,1,1,0,0,20260101,20261231
weekend,0,0,0,0,0,1,1,20260101,99991231
"""
CALLS = """trip_id,stop_sequence,stop_id,arrival_time,departure_time
out,1,here1,08:00:00,08:05:00
out,2,end,08:40:00,08:40:00
on,1,end,08:45:00,08:50:00
on,2,mid,09:00:00,09:00:00
late,1,mid,09:10:00,09:10:00
late,2,here2,09:20:00,09:20:00
"""


def rows(settings: Settings, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(import_station(settings).database)) as db:
        return db.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608


def continuations(settings: Settings) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(import_station(settings).database)) as db:
        names = dict(db.execute("SELECT id, trip_id FROM trips"))
        return {(names[one], names[other]) for one, other in db.execute("SELECT trip, next FROM continuations")}


def city(write: Write, trips: str, calls: str = CALLS, **more: str) -> Settings:
    return write(calendar=CALENDAR, stop_times=calls, trips=f"trip_id,route_id,service_id,block_id\n{trips}", **more)


@pytest.mark.parametrize(
    ("trips", "expected"),
    [
        ("out,r1,daily,b\non,r1,daily,b\nlate,r1,daily,b\n", {("out", "on"), ("on", "late")}),
        ("out,r1,daily,b\non,r1,daily,b\nlate,r1,daily,\n", {("out", "on")}),
        ("out,r1,week,b\non,r1,weekend,b\nlate,r1,daily,b\n", {("on", "late")}),
        ("out,r1,daily,on\non,r1,daily,out\nlate,r1,daily,\n", {("out", "on")}),
        ("out,r1,daily,\non,r1,daily,\nlate,r1,daily,\n", set()),
    ],
    ids=["one block", "two of three", "no common day", "each other's block", "no block"],
)
def test_the_next_trip_of_a_block_goes_on(write: Write, trips: str, expected: set[tuple[str, str]]) -> None:
    assert continuations(city(write, trips)) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [("on,1,end,08:45:00,08:50:00", "on,1,here1,08:45:00,08:50:00"), ("on,1,end,08:45:00,08:50:00", "on,1,end,08:30:00,08:39:00")],
    ids=["from elsewhere", "before it comes"],
)
def test_nobody_stays_aboard_of_a_vehicle_that_goes_away(write: Write, old: str, new: str) -> None:
    trips = "out,r1,daily,b\non,r1,daily,b\nlate,r1,daily,c\n"
    assert continuations(city(write, trips, CALLS.replace(old, new))) == set()


def test_nobody_waits_aboard_for_hours(write: Write) -> None:
    calls = CALLS.replace("08:45:00,08:50:00", "09:11:00,09:11:00").replace("09:00:00,09:00:00", "10:00:00,10:00:00")
    assert continuations(city(write, "out,r1,daily,b\non,r1,daily,b\nlate,r1,daily,c\n", calls)) == set()


def test_on_days_on_which_another_trip_comes_first_the_second_is_none(write: Write) -> None:
    calls = CALLS.replace("late,1,mid,09:10:00,09:10:00", "late,1,end,08:55:00,08:55:00")
    assert continuations(city(write, "out,r1,week,b\non,r1,daily,b\nlate,r1,week,b\n", calls)) == {("out", "on")}
    assert continuations(city(write, "out,r1,daily,b\non,r1,week,b\nlate,r1,daily,b\n", calls)) == {("out", "on"), ("out", "late")}


@pytest.mark.parametrize(("kind", "expected"), [("4", {("out", "on"), ("on", "late")}), ("5", {("on", "late")})])
def test_in_seat_transfers_count(write: Write, kind: str, expected: set[tuple[str, str]]) -> None:
    trips = f"out,r1,daily,{'' if kind == '4' else 'b'}\non,r1,daily,b\nlate,r1,daily,b\n"
    transfers = f"from_stop_id,to_stop_id,transfer_type,from_trip_id,to_trip_id\nend,end,{kind},out,on\n"
    assert continuations(city(write, trips, transfers=transfers)) == expected


def test_an_in_seat_transfer_back_in_time_is_told_of(write: Write) -> None:
    transfers = "from_stop_id,to_stop_id,transfer_type,from_trip_id,to_trip_id\nmid,here1,4,on,out\n"
    settings = city(write, "out,r1,daily,\non,r1,daily,\n", transfers=transfers)
    assert "in-seat-transfer-broken" in {notice.code for notice in import_station(settings).notices}
    assert continuations(settings) == set()


def test_exact_runs_of_a_frequency_go_on_and_loose_ones_do_not(write: Write) -> None:
    trips = "out,r1,daily,b\non,r1,daily,b\n"
    windows = "trip_id,start_time,end_time,headway_secs,exact_times\nout,08:05:00,10:05:00,3600,{0}\non,08:50:00,10:50:00,3600,{0}\n"
    with closing(sqlite3.connect(import_station(city(write, trips, frequencies=windows.format(1))).database)) as db:
        assert len(db.execute("SELECT * FROM continuations").fetchall()) == 2
    assert continuations(city(write, trips, frequencies=windows.format(0))) == set()


def test_fares_are_kept_and_broken_ones_told_of(write: Write) -> None:
    settings = write(
        fare_attributes="fare_id,price,currency_type,payment_method,transfers,transfer_duration\n"
        "one,2.50,USD,1,,\ntwo,3,USD,0,2,5400\none,9.99,USD,1,,\nfree,-1,USD,1,,\nodd,1.00,dollars,1,,\n",
        fare_rules="fare_id,route_id,origin_id,destination_id,contains_id\none,r1,A,B,\ntwo,,,,C\nnone,,,,\n",
    )
    found = {notice.code: notice for notice in import_station(settings).notices}
    assert (found["fare-broken"].line, found["fare-broken"].count, found["fare-rule-unknown"].line) == (4, 3, 4)
    assert rows(settings, "fares") == [("one", "2.50", "USD", 0, None, None, None), ("two", "3", "USD", 1, 2, 5400, None)]
    assert [row[1:] for row in rows(settings, "fare_rules")] == [("one", "r1", "A", "B", None), ("two", None, None, None, "C")]
