"""Trains that go on as another trip are one ride."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.knowledge import Knowledge

LONDON = ZoneInfo("Europe/London")
Open = Callable[..., Knowledge]
STOPS = """stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code
here,Here Central,51.5,-0.1,1,,
here1,Here Central,51.5,-0.1,0,here,1
mid,Mid Town,51.6,-0.1,0,,
end,End of the World,51.7,-0.1,0,,
far,Far Away,51.8,-0.1,0,,
west,West,51.4,-0.1,0,,
"""
TRIPS = """trip_id,route_id,service_id,trip_headsign,block_id
out,r1,daily,End of the World,b
on,r2,{service},Far Away,b
back,r1,daily,West,b
"""
CALLS = """trip_id,stop_sequence,stop_id,arrival_time,departure_time
out,1,here1,08:00:00,08:05:00
out,2,mid,08:20:00,08:21:00
out,3,end,08:40:00,08:40:00
on,1,end,08:45:00,08:45:00
on,2,far,09:00:00,09:00:00
back,1,far,09:10:00,09:10:00
back,2,here1,09:50:00,09:50:00
back,3,west,10:00:00,10:00:00
"""
CALENDAR = """service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
daily,1,1,1,1,1,1,1,20260101,20261231
sundays,0,0,0,0,0,0,1,20260101,20261231
"""


def city(knowledge: Open, service: str = "daily") -> Knowledge:
    return knowledge(stops=STOPS, trips=TRIPS.format(service=service), stop_times=CALLS, calendar=CALENDAR)


def rides(city: Knowledge, destination: str, day: str = "2026-11-24", **narrow: str) -> list[tuple[str, str, list[str]]]:
    """Departure, arrival and what each train goes on as."""
    since, until = (datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=LONDON) for time in ("06:00", "23:00"))
    found = city.departures(at=since, until=until, destination=destination, **narrow)  # type: ignore[arg-type]
    return [(f"{each.scheduled:%H:%M}", f"{each.arrival:%H:%M}", [on.trip_id for on in each.onward]) for each in found]


def test_a_train_that_goes_on_reaches_what_its_next_trip_reaches(knowledge: Open) -> None:
    through = city(knowledge)
    assert rides(through, "far") == [("08:05", "09:00", ["on"])]
    assert rides(through, "end") == [("08:05", "08:40", [])], "what it reaches itself needs no other trip"
    [departure] = through.departures(at=datetime(2026, 11, 24, 8, tzinfo=LONDON), destination="far", limit=1)
    [onward] = departure.onward
    assert (departure.line, departure.headsign) == ("R1", "End of the World")
    assert (onward.line, onward.headsign, onward.source.table, onward.source.key) == ("R2", "Far Away", "trips", "on")


def test_who_only_comes_back_to_the_station_has_not_boarded(knowledge: Open) -> None:
    through = city(knowledge)
    assert rides(through, "west") == [("09:50", "10:00", [])]
    assert rides(through, "west", stop_id="mid") == [("08:21", "10:00", ["on", "back"])]


def test_a_line_is_that_of_the_train_one_boards(knowledge: Open) -> None:
    through = city(knowledge)
    assert rides(through, "far", line="r1") == [("08:05", "09:00", ["on"])]
    assert rides(through, "far", line="r2") == []


def test_it_goes_on_only_on_days_on_which_its_next_trip_runs(knowledge: Open) -> None:
    through = city(knowledge, "sundays")
    assert rides(through, "far") == []
    assert rides(through, "far", day="2026-11-29") == [("08:05", "09:00", ["on"])]


def test_a_train_says_what_it_goes_on_as(knowledge: Open) -> None:
    through = city(knowledge, "sundays")
    sunday, monday = datetime(2026, 11, 29).date(), datetime(2026, 11, 30).date()
    train = through.train("out", sunday, "en")
    assert train is not None
    assert train.onward is not None
    assert (train.onward.trip_id, train.onward.headsign) == ("on", "Far Away")
    weekday = through.train("out", monday, "en")
    assert weekday is not None
    assert weekday.onward is None or weekday.onward.trip_id != "on"
