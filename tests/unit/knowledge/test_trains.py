"""Single trains: calls, names, days; the first and the last of a service day."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.errors import NotFound
from assistant.knowledge import Knowledge

LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 11, 24)
Open = Callable[..., Knowledge]
TRIPS = """trip_id,route_id,service_id,trip_headsign,trip_short_name,wheelchair_accessible
early,r1,daily,End of the World,IC 101,1
late,r1,daily,End of the World,IC 103,2
night,r2,daily,Mid Town,,
weekend,r1,weekend,End of the World,IC 101,
"""
CALLS = """trip_id,stop_sequence,stop_id,arrival_time,departure_time,pickup_type,drop_off_type
early,1,here1,08:00:00,08:05:00,0,0
early,2,mid,08:20:00,08:21:00,1,0
early,3,end,08:40:00,08:40:00,0,0
late,1,here1,22:00:00,22:05:00,0,0
late,2,mid,22:20:00,22:21:00,0,1
late,3,end,22:40:00,22:40:00,0,0
night,1,here2,24:30:00,24:30:00,0,0
night,2,mid,24:50:00,24:50:00,0,0
weekend,1,here1,09:00:00,09:05:00,0,0
weekend,2,end,09:40:00,09:40:00,0,0
"""
CALENDAR = """service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
daily,1,1,1,1,1,0,0,20260101,20261231
weekend,0,0,0,0,0,1,1,20260101,20261231
"""
DATES = "service_id,date,exception_type\ndaily,20261125,2\nweekend,20261125,1\n"


@pytest.fixture
def city(knowledge: Open) -> Knowledge:
    """Three trains on weekdays, one at the weekend, and a holiday on Wednesday the 25th."""
    return knowledge(trips=TRIPS, stop_times=CALLS, calendar=CALENDAR, calendar_dates=DATES)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_a_train_has_its_calls_with_what_they_allow(city: Knowledge) -> None:
    train = city.train("early", DAY, "en")
    assert train is not None
    assert (train.name, train.line, train.headsign, train.step_free, train.day) == ("IC 101", "R1", "End of the World", True, DAY)
    assert [(call.stop.name, call.platform) for call in train.calls] == [
        ("Here Central", "1"), ("Mid Town", None), ("End of the World", None),
    ]
    assert [(call.arrival, call.departure) for call in train.calls] == [
        (None, at("2026-11-24T08:05")), (at("2026-11-24T08:20"), None), (at("2026-11-24T08:40"), None),
    ]
    assert [call.source.key for call in train.calls] == ["early|1", "early|2", "early|3"]
    assert train.source.key == "early"
    late = city.train("late", DAY, "en")
    assert late is not None
    assert (late.step_free, late.calls[1].arrival, late.calls[1].departure) == (False, None, at("2026-11-24T22:21"))


def test_a_night_train_calls_on_the_day_after_its_service_day(city: Knowledge) -> None:
    train = city.train("night", DAY, "en")
    assert train is not None
    assert train.calls[0].departure == at("2026-11-25T00:30")
    assert train.name is None


def test_a_train_is_found_by_its_name_whatever_its_spaces_and_case(city: Knowledge) -> None:
    for name in ("IC 101", "ic101", " Ic  101 "):
        assert [train.trip_id for train in city.find_trains(name=name, day=DAY, language="en")] == ["early"]
    assert [train.trip_id for train in city.find_trains(name="IC 101", day=date(2026, 11, 28), language="en")] == ["weekend"]
    assert city.trips_named("ic 101") == ["early", "weekend"]
    assert city.find_trains(name="IC 10", day=DAY, language="en") == []


def test_days_are_those_of_the_calendar_and_its_exceptions(city: Knowledge) -> None:
    assert [city.runs("early", date(2026, 11, day)) for day in (24, 25, 26, 28)] == [True, False, True, False]
    assert city.train("early", date(2026, 11, 25), "en") is None
    week = {"first": date(2026, 11, 23), "last": date(2026, 11, 29)}
    assert [day.day for day in city.running_days(["early"], **week)] == [23, 24, 26, 27]
    assert [day.day for day in city.running_days(["weekend"], **week)] == [25, 28, 29]
    assert [day.day for day in city.running_days(["early", "weekend"], **week)] == [23, 24, 25, 26, 27, 28, 29]
    assert not city.runs("no such trip", DAY)
    assert city.running_days(["no such trip"], **week) == []


def test_the_last_of_a_day_may_be_after_midnight(city: Knowledge) -> None:
    last, first = city.last_departure(day=DAY), city.first_departure(day=DAY)
    assert last is not None
    assert first is not None
    assert (last.trip_id, last.scheduled) == ("night", at("2026-11-25T00:30"))
    assert (first.trip_id, first.scheduled, first.trip_name) == ("early", at("2026-11-24T08:05"), "IC 101")


def test_first_and_last_are_narrowed(city: Knowledge) -> None:
    def edges(day: date, **narrow: str) -> list[str | None]:
        found = (city.first_departure(day=day, **narrow), city.last_departure(day=day, **narrow))  # type: ignore[arg-type]
        return [each.trip_id if each else None for each in found]

    assert edges(DAY, destination="end") == ["early", "late"]
    assert edges(DAY, destination="mid") == ["early", "night"], "the IC 103 lets nobody out there"
    assert edges(DAY, line="r2") == ["night", "night"]
    assert edges(DAY, stop_id="mid", destination="end") == ["late", "late"], "the IC 101 takes nobody along there"
    assert edges(DAY, line="r2", destination="end") == [None, None]
    assert edges(date(2026, 11, 25)) == ["weekend", "weekend"]
    limited = city.last_departure(day=DAY, until=at("2026-11-24T22:05"))
    assert limited is not None
    assert limited.trip_id == "late"
    before = city.last_departure(day=DAY, until=at("2026-11-24T22:04:59"))
    assert before is not None
    assert before.trip_id == "early"


def test_one_run_of_a_repeated_trip_is_told_by_its_moment(knowledge: Open) -> None:
    city = knowledge(frequencies="trip_id,start_time,end_time,headway_secs,exact_times\nout,10:00:00,10:30:00,600,1\n")
    first = city.train("out", DAY, "en")
    third = city.train("out", DAY, "en", at=at("2026-11-24T10:20"))
    assert first is not None
    assert third is not None
    assert [train.calls[0].departure for train in (first, third)] == [at("2026-11-24T10:00"), at("2026-11-24T10:20")]
    assert third.calls[1].arrival == at("2026-11-24T10:35")


def test_ids_that_are_none_are_not_found(city: Knowledge) -> None:
    for narrow in ({"stop_id": "x"}, {"destination": "x"}, {"line": "x"}):
        with pytest.raises(NotFound):
            city.first_departure(day=DAY, **narrow)
    assert city.train("x", DAY, "en") is None
