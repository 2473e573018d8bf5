"""Fields that feeds fill in differently: where each ends up in the database."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from assistant.knowledge.imports import import_station
from assistant.settings import Settings

Write = Callable[..., Settings]
HEAD = "trip_id,stop_sequence,stop_id,arrival_time,departure_time"


def rows(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(import_station(settings).database)) as db:
        return db.execute(query).fetchall()


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("0", "tram"), ("12", "monorail"), ("100", "rail"), ("109", "rail"), ("200", "bus"), ("401", "metro"), ("405", "monorail"),
        ("700", "bus"), ("800", "trolleybus"), ("900", "tram"), ("1000", "ferry"), ("1300", "gondola"), ("1400", "funicular"),
        ("1700", "other"), ("8", "other"), ("rail", "other"), ("9" * 30, "other"),
    ],
)
def test_route_types_are_modes_extended_ones_too(write: Write, kind: str, mode: str) -> None:
    routes = f"route_id,route_short_name,route_type\nr1,R1,{kind}\n"
    assert rows(write(routes=routes), "SELECT mode FROM lines") == [(mode,)]


def test_a_boarding_area_belongs_to_the_station_of_its_platform(write: Write) -> None:
    stops = (
        "stop_id,stop_name,location_type,parent_station,platform_code,platform_name\nhere,Here,1,,,\nhere1,Here,0,here,,Track 7\n"
        "front,,4,here1,,\nend,End,0,,,Track 3\nmid,Mid,0,,,\nhere2,Here,0,here,9,Track 8\n"
    )
    found = rows(write(stops=stops), "SELECT stop_id, station, platform FROM stops ORDER BY id")
    assert found == [("here", 1, None), ("here1", 1, "7"), ("front", 1, None), ("end", 4, None), ("mid", 5, None), ("here2", 1, "9")]


def test_a_headsign_of_a_stop_is_translated_by_record_by_value_and_by_text(write: Write) -> None:
    each = enumerate((("here1", "North"), ("mid", "North"), ("end", "South")), 1)
    calls = [f"{HEAD},stop_headsign", *(f"out,{at},{stop},0{at}:00:00,0{at}:00:00,{text}" for at, (stop, text) in each)]
    translations = (
        "table_name,field_name,language,translation,record_id,record_sub_id,field_value\n"
        "stop_times,stop_headsign,ko,북쪽,out,2,\nstop_times,stop_headsign,zh,北,,,North\nstop_times,stop_headsign,zh,,,,South\n"
    )
    query = "SELECT names FROM stop_times JOIN headsigns ON headsigns.id = stop_times.headsign ORDER BY sequence"
    found = rows(write(stop_times="\n".join(calls), translations=translations), query)
    assert found == [('{"": "North", "zh": "北"}',), ('{"": "North", "ko": "북쪽", "zh": "北"}',), ('{"": "South"}',)]


def test_rows_of_a_trip_that_are_apart_are_put_together(write: Write) -> None:
    stops = list(enumerate(("here1", "mid", "end"), 7))
    calls = [f"t{trip},{hour},{stop},0{hour}:00:00,0{hour}:00:00" for trip in range(30) for hour, stop in stops]
    trips = "trip_id,route_id,service_id\n" + "".join(f"t{trip},r1,daily\n" for trip in range(30))
    query = "SELECT trip_id, sequence, stop, arrival_s, departure_s FROM stop_times JOIN trips ON trips.id = trip"
    together = rows(write(trips=trips, stop_times="\n".join([HEAD, *calls])), query)
    random.Random(1).shuffle(calls)  # noqa: S311
    calls = [call.replace(",", " ,", 1) if index % 3 else call for index, call in enumerate(calls)]
    apart = rows(write(trips=trips, stop_times="\n".join([HEAD, *calls])), query)
    assert len(together) == 90
    assert sorted(apart) == sorted(together)


def test_notices_are_the_same_whether_rows_are_together_or_apart(write: Write) -> None:
    good = ["out,1,here1,08:00:00,08:05:00", "out,2,end,08:40:00,08:40:00", "back,1,end,08:40:00,08:45:00"]
    bad = ["back,2,nowhere,09:00:00,09:00:00", "none,1,here1,09:00:00,09:00:00"]
    together = import_station(write(stop_times="\n".join([HEAD, *good, *bad]))).notices
    apart = import_station(write(stop_times="\n".join([HEAD, good[0], *bad, *good[1:]]))).notices
    assert {(found.code, found.count) for found in together} == {(found.code, found.count) for found in apart}
    assert {found.code: found.line for found in apart} == {"call-broken": 3, "call-trip-unknown": 4}


def test_a_trip_of_more_calls_than_there_can_be_is_left_out(write: Write) -> None:
    many = "".join(f"back,{number},{'here2' if number % 2 else 'end'},09:00:00,09:00:00\n" for number in range(10_001))
    good = "out,1,here1,08:00:00,08:05:00\nout,2,end,08:40:00,08:40:00\n"
    report = import_station(write(stop_times=f"{HEAD}\n{good}{many}"))
    assert [(found.code, found.line) for found in report.notices] == [("trip-long", 4)]
    assert report.counts["stop_times"] == 2


def test_a_stop_that_is_served_on_request_can_be_boarded(write: Write) -> None:
    each = enumerate((("here1", "2,1"), ("mid", "3,3"), ("end", "1,2")), 1)
    calls = [f"{HEAD},pickup_type,drop_off_type", *(f"out,{at},{stop},0{at}:00:00,0{at}:00:00,{kinds}" for at, (stop, kinds) in each)]
    assert rows(write(stop_times="\n".join(calls)), "SELECT boards, alights FROM stop_times ORDER BY sequence") == [(1, 0), (1, 1), (0, 1)]


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("ja", '{"": "天神", "ja": "天神", "ja-hrkt": "てんじん"}'), ("mul", '{"": "天神", "ja-hrkt": "てんじん"}'),
        ("", '{"": "天神", "ja-hrkt": "てんじん"}'),
    ],
)
def test_the_feeds_own_texts_are_in_its_language(write: Write, lang: str, names: str) -> None:
    info = f"feed_publisher_name,feed_publisher_url,feed_lang\nC,x,{lang}\n"
    stops = "stop_id,stop_name\nhere1,天神\nend,End\nmid,Mid\nhere2,H\n"
    translations = "trans_id,lang,translation\n天神,ja-Hrkt,てんじん\n"
    found = rows(write(feed_info=info, stops=stops, translations=translations), "SELECT names FROM stops ORDER BY id LIMIT 2")
    assert found == [(names,), ('{"": "End"}',)]


def test_names_as_they_are_said(write: Write) -> None:
    stops = (
        "stop_id,stop_name,tts_stop_name\nhere1,Mtn View,Mountain View\n"
        "end,Same,Same\nmid,Kópavogur,Koh-pa-vo-gur\nhere2,Plain,\n"
    )
    translations = "table_name,field_name,language,translation,record_id\nstops,stop_name,ko,산뷰,here1\n"
    translations += "stops,tts_stop_name,ko,산 뷰,here1\n"
    query = "SELECT language, written, said FROM spoken_names ORDER BY written, language"
    found = rows(write(stops=stops, translations=translations), query)
    assert found == [("", "Kópavogur", "Koh-pa-vo-gur"), ("", "Mtn View", "Mountain View"), ("ko", "산뷰", "산 뷰")]
