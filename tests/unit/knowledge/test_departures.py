"""What counts as a departure, and when it is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.errors import NotFound
from assistant.knowledge import Knowledge

LONDON = ZoneInfo("Europe/London")
Open = Callable[..., Knowledge]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def times(knowledge: Knowledge, moment: str, until: str | None = None, **narrow: object) -> list[str]:
    found = knowledge.departures(at=at(moment), until=at(until) if until else None, **narrow)  # type: ignore[arg-type]
    return [f"{departure.scheduled:%m-%d %H:%M}" for departure in found]


def test_a_train_that_ends_here_does_not_depart(knowledge: Open) -> None:
    found = knowledge().departures(at=at("2026-11-24T06:00"), until=at("2026-11-24T23:59"))
    assert [departure.trip_id for departure in found] == ["out"]


def test_a_departure_says_all_that_its_rows_say(knowledge: Open) -> None:
    [found] = knowledge().departures(at=at("2026-11-24T08:00"), destination="end", limit=1)
    assert found.scheduled == at("2026-11-24T08:05")
    assert found.arrival == at("2026-11-24T08:40")
    assert (found.line, found.headsign, found.platform, found.stop_id) == ("R1", "End of the World", "1", "here1")
    assert (found.status, found.expected, found.headway_s) == ("scheduled", None, None)
    assert (found.source.table, found.source.key) == ("stop_times", "out|1")


def test_now_is_not_too_late_and_a_second_after_is(knowledge: Open) -> None:
    city = knowledge()
    assert times(city, "2026-11-24T08:05", limit=1) == ["11-24 08:05"]
    assert times(city, "2026-11-24T08:05:01", limit=1) == ["11-25 08:05"]


def test_until_is_kept(knowledge: Open) -> None:
    city = knowledge()
    assert times(city, "2026-11-24T08:00", "2026-11-24T08:05") == ["11-24 08:05"]
    assert times(city, "2026-11-24T08:00", "2026-11-24T08:04") == []


def test_the_list_goes_on_into_the_next_days(knowledge: Open) -> None:
    assert times(knowledge(), "2026-11-24T08:00", limit=3) == ["11-24 08:05", "11-25 08:05", "11-26 08:05"]


def test_destination_is_a_stop_later_in_the_trip(knowledge: Open) -> None:
    city = knowledge()
    assert times(city, "2026-11-24T06:00", limit=1, stop_id="mid", destination="end") == ["11-24 08:21"]
    assert times(city, "2026-11-24T06:00", limit=1, stop_id="mid", destination="here2") == ["11-24 07:21"]
    assert times(city, "2026-11-24T06:00", stop_id="mid", destination="mid") == []


def test_no_boarding_and_no_alighting_are_respected(knowledge: Open) -> None:
    calls = """trip_id,stop_sequence,stop_id,arrival_time,departure_time,pickup_type,drop_off_type
out,1,here1,08:00:00,08:05:00,0,0
out,2,mid,08:20:00,08:21:00,1,1
out,3,end,08:40:00,08:40:00,0,0
"""
    city = knowledge(stop_times=calls)
    assert times(city, "2026-11-24T06:00", stop_id="mid") == []
    assert times(city, "2026-11-24T06:00", destination="mid") == []
    assert times(city, "2026-11-24T06:00", destination="end", limit=1) == ["11-24 08:05"]


def test_in_a_circle_the_destination_comes_after_boarding(knowledge: Open) -> None:
    calls = """trip_id,stop_sequence,stop_id,arrival_time,departure_time
out,1,mid,08:00:00,08:00:00
out,2,here1,08:10:00,08:10:00
out,3,end,08:20:00,08:20:00
out,4,here1,08:30:00,08:30:00
out,5,mid,08:40:00,08:40:00
"""
    city = knowledge(stop_times=calls)
    found = city.departures(at=at("2026-11-24T06:00"), destination="end", until=at("2026-11-24T23:00"))
    assert [f"{departure.scheduled:%H:%M} {departure.arrival:%H:%M}" for departure in found] == ["08:10 08:20"]


def test_night_trains_belong_to_the_day_before(knowledge: Open) -> None:
    calls = """trip_id,stop_sequence,stop_id,arrival_time,departure_time
out,1,here1,24:30:00,24:30:00
out,2,end,25:10:00,25:10:00
"""
    calendar = (
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "daily,0,0,0,0,1,0,0,20260101,20261231\n"
    )
    city = knowledge(stop_times=calls, calendar=calendar)
    assert times(city, "2026-11-28T00:10", limit=1) == ["11-28 00:30"]  # a Saturday, on Friday's service
    assert times(city, "2026-11-27T00:10", limit=1) == ["11-28 00:30"]  # early on Friday: Thursday has none


def test_calendar_exceptions_add_and_remove_days(knowledge: Open) -> None:
    dates = "service_id,date,exception_type\ndaily,20261125,2\ndaily,20270103,1\n"
    city = knowledge(calendar_dates=dates)
    assert times(city, "2026-11-24T09:00", limit=1) == ["11-26 08:05"]
    assert times(city, "2026-12-31T09:00", limit=2) == ["01-03 08:05"]
    assert city.validity().end.isoformat() == "2027-01-03"


def test_a_service_of_dates_alone_needs_no_calendar(knowledge: Open) -> None:
    city = knowledge(calendar=None, calendar_dates="service_id,date,exception_type\ndaily,20261126,1\ndaily,20261127,1\n")
    assert times(city, "2026-11-24T09:00") == ["11-26 08:05", "11-27 08:05"]
    assert [city.expired(at(moment)) for moment in ("2026-11-25T12:00", "2026-11-27T12:00", "2026-11-28T12:00")] == [
        "not_yet", "valid", "expired",
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # Clocks go forward at 01:00 UTC: noon minus twelve hours is 23:00 UTC of the day before.
        ("2026-03-29", ["03-28 23:50", "03-29 00:10", "03-29 03:00"]),
        # Clocks go back at 01:00 UTC: noon minus twelve hours is 00:00 UTC, and 01:50 comes before 01:10.
        ("2026-10-25", ["10-25 00:50", "10-25 01:10", "10-25 04:00"]),
    ],
)
def test_nights_on_which_the_clocks_change(knowledge: Open, day: str, expected: list[str]) -> None:
    trips = "trip_id,route_id,service_id\none,r1,once\ntwo,r1,once\nthree,r1,once\n"
    starts = {"one": ("00:50:00", "05:00:00"), "two": ("01:10:00", "05:00:00"), "three": ("04:00:00", "05:00:00")}
    calls = "trip_id,stop_sequence,stop_id,arrival_time,departure_time\n" + "".join(
        f"{trip},1,here1,{start},{start}\n{trip},2,end,{end},{end}\n" for trip, (start, end) in starts.items()
    )
    dates = f"service_id,date,exception_type\nonce,{day.replace('-', '')},1\n"
    city = knowledge(trips=trips, stop_times=calls, calendar=None, calendar_dates=dates)
    begin = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC) - timedelta(hours=24)
    found = city.departures(at=begin, until=begin + timedelta(hours=24))
    assert [f"{departure.scheduled.astimezone(UTC):%m-%d %H:%M}" for departure in found] == expected


def test_exact_frequencies_become_trains(knowledge: Open) -> None:
    city = knowledge(frequencies="trip_id,start_time,end_time,headway_secs,exact_times\nout,10:00:00,10:30:00,600,1\n")
    found = city.departures(at=at("2026-11-24T06:00"), until=at("2026-11-24T23:00"))
    assert [f"{departure.scheduled:%H:%M}" for departure in found] == ["10:00", "10:10", "10:20"]
    assert {departure.headway_s for departure in found} == {None}
    assert city.departures(at=at("2026-11-24T06:00"), destination="mid")[0].arrival == at("2026-11-24T10:15")


def test_loose_frequencies_say_their_headway(knowledge: Open) -> None:
    city = knowledge(frequencies="trip_id,start_time,end_time,headway_secs,exact_times\nout,10:00:00,10:30:00,600,0\n")
    assert city.departures(at=at("2026-11-24T06:00"), limit=1)[0].headway_s == 600


def test_a_line_and_a_platform_narrow_the_list(knowledge: Open) -> None:
    city = knowledge(
        trips="trip_id,route_id,service_id,trip_headsign\nout,r1,daily,End of the World\nhill,r2,daily,\n",
        stop_times="trip_id,stop_sequence,stop_id,arrival_time,departure_time\n"
        "out,1,here1,08:00:00,08:00:00\nout,2,end,08:40:00,08:40:00\nhill,1,here2,09:00:00,09:00:00\nhill,2,mid,09:10:00,09:10:00\n",
    )
    assert times(city, "2026-11-24T06:00", limit=1, line="r2") == ["11-24 09:00"]
    assert times(city, "2026-11-24T06:00", limit=1, platform="2") == ["11-24 09:00"]
    assert times(city, "2026-11-24T06:00", platform="7") == []
    assert times(city, "2026-11-24T06:00", line="r2", destination="end") == []
    assert city.departures(at=at("2026-11-24T08:30"), limit=1)[0].headsign == "Mid Town"  # of its last stop, where a trip names none


def test_ids_that_are_none_are_not_found(knowledge: Open) -> None:
    city = knowledge()
    for narrow in ({"stop_id": "x"}, {"destination": "x"}, {"line": "x"}):
        with pytest.raises(NotFound) as caught:
            city.departures(at=at("2026-11-24T06:00"), **narrow)
        assert "x" not in caught.value.message.split()
    assert city.stop("x", "en") is None
    assert city.line("x", "en") is None


@pytest.mark.parametrize(
    ("stop", "track", "platform"),
    [
        ("here1,Here Central,51.5,-0.1,0,here,4", "9", "4"),
        ("here1,Here Central,51.5,-0.1,0,here,", "9", "9"),
        ("here1,Here Central,51.5,-0.1,0,here,", "BUS", None),
        ("here1,\"Here Central, Red Line Track 2 Platform\",51.5,-0.1,0,here,", "", "2"),
        ("here1,Here Central,51.5,-0.1,0,here,", "", None),
    ],
)
def test_a_platform_is_a_code_else_a_track_else_in_the_name(knowledge: Open, stop: str, track: str, platform: str | None) -> None:
    city = knowledge(
        stops="stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code\n"
        f"here,Here Central,51.5,-0.1,1,,\n{stop}\nend,End,51.7,-0.1,0,,\n",
        trips="trip_id,route_id,service_id\nout,r1,daily\n",
        stop_times=f"trip_id,stop_sequence,stop_id,arrival_time,departure_time,track\nout,1,here1,08:00:00,08:00:00,{track}\n"
        "out,2,end,09:00:00,09:00:00,\n",
    )
    assert city.departures(at=at("2026-11-24T06:00"), limit=1)[0].platform == platform


def test_stops_of_one_name_close_together_are_one_station(knowledge: Open) -> None:
    stops = """stop_id,stop_name,stop_lat,stop_lon
here1,Here Central,51.5000,-0.1
here2,Here  central,51.5010,-0.1
far,Here Central,51.6,-0.1
end,End,51.7,-0.1
"""
    calls = """trip_id,stop_sequence,stop_id,arrival_time,departure_time
out,1,here1,08:00:00,08:00:00
out,2,end,08:40:00,08:40:00
back,1,here2,09:00:00,09:00:00
back,2,far,09:20:00,09:20:00
"""
    city = knowledge(stops=stops, stop_times=calls)
    assert times(city, "2026-11-24T06:00", "2026-11-24T23:00") == ["11-24 08:00", "11-24 09:00"]
    assert times(city, "2026-11-24T06:00", stop_id="far") == []
    assert city.counts()["stations"] == 3


def test_open_times_between_two_known_ones_are_spread(knowledge: Open) -> None:
    calls = """trip_id,stop_sequence,stop_id,arrival_time,departure_time
out,1,here1,08:00:00,08:00:00
out,2,mid,,
out,3,end,08:40:00,
"""
    assert times(knowledge(stop_times=calls), "2026-11-24T06:00", limit=1, stop_id="mid", destination="end") == ["11-24 08:20"]


def test_rows_come_in_any_order(knowledge: Open) -> None:
    calls = """stop_id,departure_time,arrival_time,stop_sequence,trip_id
end,08:40:00,08:40:00,30,out
end,07:00:00,07:00:00,5,back
here1,08:05:00,08:00:00,2,out
here2,07:40:00,07:40:00,10,back
mid,08:21:00,08:20:00,7,out
"""
    city = knowledge(stop_times=calls)
    assert times(city, "2026-11-24T06:00", "2026-11-24T23:00") == ["11-24 08:05"]
    assert times(city, "2026-11-24T06:00", stop_id="end", destination="here", limit=1) == ["11-24 07:00"]


def test_lines_and_popular_destinations(knowledge: Open) -> None:
    city = knowledge()
    [line] = city.lines("en")
    assert (line.id, line.name, line.long_name, line.mode, line.colour) == ("r1", "R1", "River Line", "rail", "00AA44")
    assert [stop.id for stop in city.popular_destinations("en", 5)] == ["mid", "end"]
    assert city.station("en").id == "here"
    assert city.stop("here2", "en") == city.stop("here", "en")


def test_routes_of_one_name_are_one_line(knowledge: Open) -> None:
    city = knowledge(
        routes="route_id,agency_id,route_short_name,route_long_name,route_type\nnorth,a,Red,Up,1\nsouth,a,Red,Down,1\n",
        trips="trip_id,route_id,service_id\nout,north,daily\nback,south,daily\n",
    )
    assert [line.id for line in city.lines("en")] == ["north"]
    assert city.line("south", "en") == city.line("north", "en")
    assert times(city, "2026-11-24T06:00", limit=1, stop_id="end", line="north") == ["11-24 07:00"]


def test_names_in_both_forms_of_translation(knowledge: Open) -> None:
    new = (
        "table_name,field_name,language,translation,record_id,field_value\n"
        "stops,stop_name,zh-Hant,這裡,here,\nstops,stop_name,zh-Hans,这里,here,\ntrips,trip_headsign,zh,世界尽头,,End of the World\n"
        "trips,trip_headsign,ko,세상의 끝,out,\nroutes,route_short_name,ko,강1,r1,\n"
    )
    city = knowledge(translations=new)
    assert [city.station(language).name for language in ("en", "zh", "ko")] == ["Here Central", "这里", "Here Central"]
    headsigns = [city.departures(at=at("2026-11-24T06:00"), language=language)[0].headsign for language in ("en", "zh", "ko")]
    assert headsigns == ["End of the World", "世界尽头", "세상의 끝"]
    assert city.departures(at=at("2026-11-24T06:00"), language="ko")[0].line == "강1"


def test_names_in_the_old_form_of_translation(knowledge: Open) -> None:
    city = knowledge(translations="trans_id,lang,translation\nEnd of the World,zh,世界尽头\nMid Town,ko,중간\n")
    assert city.departures(at=at("2026-11-24T06:00"), language="zh")[0].headsign == "世界尽头"
    assert [stop.name for stop in city.popular_destinations("ko", 1)] == ["중간"]
