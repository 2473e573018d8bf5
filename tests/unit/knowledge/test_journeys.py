"""Journeys in a small city: which train, which change, and what they rest on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.errors import NotFound
from assistant.knowledge import Knowledge
from assistant.knowledge.models import Journey, Outage, Source

LONDON = ZoneInfo("Europe/London")
Open = Callable[..., Knowledge]

STOPS = """stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code,wheelchair_boarding
here,Here Central,51.5,-0.1,1,,,
here1,Here Central,51.5,-0.1,0,here,1,1
here2,Here Central,51.5,-0.1,0,here,2,1
mid,Mid Town,51.6,-0.1,1,,,
mid1,Mid Town,51.6,-0.1,0,mid,1,1
mid2,Mid Town,51.6,-0.1,0,mid,2,1
mid3,Mid Town,51.6,-0.1,0,mid,3,2
end,End of the World,51.7,-0.1,1,,,
end1,End of the World,51.7,-0.1,0,end,1,1
inn,The Inn,51.703,-0.1,0,,,1
"""
TRIPS = """trip_id,route_id,service_id,trip_headsign,trip_short_name,wheelchair_accessible,block_id
out,r1,daily,Mid Town,R 1,1,
on,r2,daily,End of the World,H 7,1,
late,r2,daily,End of the World,H 9,1,
slow,r1,daily,End of the World,,1,
"""
TIMES = """trip_id,stop_sequence,stop_id,arrival_time,departure_time
out,1,here1,08:05:00,08:05:00
out,2,mid1,08:20:00,08:20:00
on,1,mid2,08:23:00,08:23:00
on,2,end1,08:40:00,08:40:00
late,1,mid2,08:33:00,08:33:00
late,2,end1,08:50:00,08:50:00
slow,1,here2,08:00:00,08:00:00
slow,2,end1,08:55:00,08:55:00
"""
CITY = {"stops": STOPS, "trips": TRIPS, "stop_times": TIMES}
TRANSFERS = "from_stop_id,to_stop_id,from_route_id,to_route_id,from_trip_id,to_trip_id,transfer_type,min_transfer_time\n"


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-24T{text}").replace(tzinfo=LONDON)


def ways(knowledge: Knowledge, moment: str = "08:00", destination: str = "end", **more: object) -> list[list[str]]:
    found = knowledge.journeys(destination=destination, depart_at=at(moment), **more)  # type: ignore[arg-type]
    return [rides(journey) for journey in found]


def rides(journey: Journey) -> list[str]:
    return [f"{leg.trip_ids[-1]} {leg.departure:%H:%M}-{leg.arrival:%H:%M}" for leg in journey.legs if leg.kind == "ride"]


def test_a_journey_names_trains_platforms_and_rows(knowledge: Open) -> None:
    [best, direct] = knowledge(**CITY).journeys(destination="end", depart_at=at("08:00"))
    ride, walk, onward = best.legs
    assert (ride.line, ride.headsign, ride.trip_name, ride.start_platform, ride.goal_platform) == ("R1", "Mid Town", "R 1", "1", "1")
    assert (ride.start.name, ride.goal.name, ride.start_id, ride.goal_id) == ("Here Central", "Mid Town", "here1", "mid1")
    assert [source.key for source in ride.sources] == ["out|1", "out|2"]
    assert (walk.kind, walk.start_platform, walk.goal_platform, walk.arrival - walk.departure) == ("walk", "1", "2", timedelta(minutes=2))
    assert (onward.line, onward.departure, onward.arrival, onward.step_free) == ("R2", at("08:23"), at("08:40"), True)
    assert (best.departure, best.arrival, best.changes) == (at("08:05"), at("08:40"), 1)
    assert (direct.changes, direct.departure, direct.arrival) == (0, at("08:00"), at("08:55"))


def test_the_latest_departure_for_an_arrival_time(knowledge: Open) -> None:
    city = knowledge(**CITY)
    assert [rides(each) for each in city.journeys(destination="end", arrive_by=at("08:45"))] == [["out 08:05-08:20", "on 08:23-08:40"]]
    by_nine = city.journeys(destination="end", arrive_by=at("09:00"))
    assert rides(by_nine[0])[0] == "out 08:05-08:20"
    assert [journey.changes for journey in by_nine] == [1, 0]
    assert city.journeys(destination="end", arrive_by=at("08:39")) == []
    assert city.journeys(destination="end", arrive_by=at("08:45"), depart_at=at("08:06")) == []


def test_a_platform_is_a_place_to_begin_at_and_the_walk_to_another_counts(knowledge: Open) -> None:
    city = knowledge(**CITY)
    [first, *_] = city.journeys(origin="here1", destination="end", depart_at=at("07:58"))
    assert rides(first)[0] == "out 08:05-08:20"
    assert ways(city, "07:58", origin="here1")[-1] == ["slow 08:00-08:55"]
    assert ways(city, "07:59", origin="here1")[-1] != ["slow 08:00-08:55"]
    assert ways(city, "08:00", origin="here2")[-1] == ["slow 08:00-08:55"]


@pytest.mark.parametrize(
    ("rules", "train"),
    [
        ("mid,mid,,,,,2,180", "on"),
        ("mid,mid,,,,,2,181", "late"),
        ("mid,mid,,,,,2,600\nmid1,mid2,,,,,2,60", "on"),
        ("mid1,mid2,,,,,2,60\nmid,mid,r1,r2,,,2,600", "late"),
        ("mid,mid,r1,r2,,,2,600\nmid,mid,,,out,,1,", "on"),
        ("mid,mid,,,out,on,3,", "late"),
        ("mid,mid,,,,,2,600\nmid1,mid2,,,out,on,0,", "on"),
    ],
)
def test_the_most_specific_rule_of_transfers_counts(knowledge: Open, rules: str, train: str) -> None:
    city = knowledge(**CITY, transfers=TRANSFERS + rules + "\n")
    assert ways(city)[0][-1].startswith(train)


def test_no_change_is_made_where_the_feed_forbids_it(knowledge: Open) -> None:
    assert ways(knowledge(**CITY, transfers=f"{TRANSFERS}mid,mid,,,,,3,\n")) == [["slow 08:00-08:55"]]


def test_a_transfer_between_stations_is_walked_before_between_and_after_trains(knowledge: Open) -> None:
    early = TIMES + "inn,1,inn,05:00:00,05:00:00\ninn,2,end1,05:10:00,05:10:00\n"
    trips = TRIPS + "inn,r1,daily,,,1,\n"
    city = knowledge(**(CITY | {"stop_times": early, "trips": trips}), transfers=f"{TRANSFERS}end,inn,,,,,2,240\n")
    [best, *_] = city.journeys(destination="inn", depart_at=at("08:00"))
    assert [leg.kind for leg in best.legs] == ["ride", "walk", "ride", "walk"]
    assert (best.legs[-1].goal.name, best.arrival) == ("The Inn", at("08:44"))
    assert [source.table for source in best.legs[-1].sources] == ["transfers"]


def test_who_stays_aboard_does_not_change(knowledge: Open) -> None:
    trips = TRIPS.replace("out,r1,daily,Mid Town,R 1,1,", "out,r1,daily,Mid Town,R 1,1,b").replace("World,H 7,1,", "World,H 7,1,b")
    times = TIMES.replace("on,1,mid2,", "on,1,mid1,").replace("08:23:00,08:23:00", "08:20:00,08:20:00")
    city = knowledge(**(CITY | {"trips": trips, "stop_times": times}), transfers=f"{TRANSFERS}mid,mid,,,,,2,600\n")
    [best] = city.journeys(destination="end", depart_at=at("08:01"))
    [leg] = best.legs
    assert (leg.trip_ids, leg.stops, best.changes) == (("out", "on"), 1, 0)
    assert [source.key for source in leg.sources] == ["out|1", "on|2"]


def test_a_train_without_exact_times_is_waited_for_as_long_as_its_headway(knowledge: Open) -> None:
    often = "trip_id,start_time,end_time,headway_secs\nout,07:00:00,09:00:00,600\n"
    [best, *_] = knowledge(**CITY, frequencies=often).journeys(destination="mid", depart_at=at("08:03"))
    [leg] = best.legs
    assert (leg.headway_s, leg.departure, leg.arrival, best.departure) == (600, at("08:13"), at("08:28"), at("08:03"))


def test_step_free_leaves_out_platforms_and_trains_that_are_not(knowledge: Open) -> None:
    city = knowledge(**(CITY | {"stop_times": TIMES.replace("on,1,mid2,", "on,1,mid3,")}))
    assert ways(city)[0][-1].startswith("on")
    assert ways(city, step_free=True)[0][-1].startswith("late")
    stepped = knowledge(**(CITY | {"trips": TRIPS.replace("World,,1,", "World,,2,")}))
    assert ways(stepped, "08:00", step_free=True) == [["out 08:05-08:20", "on 08:23-08:40"]]


def broken(lift: str) -> Outage:
    return Outage(
        id="o1", targets=(lift,), reason="", since=at("07:00") - timedelta(days=300), until=None, origin="api",
        source=Source(kind="record", table="outages", key="o1", as_of=""),
    )  # fmt: skip


PATHWAYS = """pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time
stairs,mid1,mid2,2,1,170
lift,mid1,mid2,5,1,400
"""


def test_changes_take_the_ways_of_the_station_and_step_free_ones_its_lifts(knowledge: Open) -> None:
    city = knowledge(**CITY, pathways=PATHWAYS)
    assert ways(city)[0][-1].startswith("on")
    assert ways(city, step_free=True)[0][-1].startswith("late")
    city.outages.add(broken("lift"))
    assert ways(city, step_free=True) == [["slow 08:00-08:55"]]
    city.outages.remove("o1")
    assert ways(city, step_free=True)[0][-1].startswith("late")


@pytest.mark.parametrize("lift", ["down", "up"])
def test_no_journey_is_step_free_while_a_lift_to_the_train_or_from_it_is_out(knowledge: Open, lift: str) -> None:
    doors = "door,Street Door,51.5,-0.1,2,here,,1\nexit,Far Exit,51.7,-0.1,2,end,,1\n"
    lifts = "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time\n" + "".join(
        f"{name},{door},{platform},{mode},1,30\n"
        for name, door, platform, mode in (
            ("down", "door", "here1", 5), ("stairs", "door", "here2", 2), ("up", "end1", "exit", 5), ("steps", "end1", "exit", 2),
        )
    )  # fmt: skip
    city = knowledge(**(CITY | {"stops": STOPS + doors, "pathways": lifts}))
    assert [journey[0] for journey in ways(city, step_free=True)] == ["out 08:05-08:20"], "no lift leads to the platform of the other"
    city.outages.add(broken(lift))
    assert ways(city, step_free=True) == []
    assert ways(city) != []


def test_a_journey_goes_on_after_midnight_and_on_the_day_after(knowledge: Open) -> None:
    times = TIMES
    for early, late in (("08:05", "23:55"), ("08:20", "24:10"), ("08:33", "24:33"), ("08:50", "24:50")):
        times = times.replace(f"{early}:00", f"{late}:00")
    city = knowledge(**(CITY | {"stop_times": times}))
    [first, *_] = city.journeys(destination="end", depart_at=at("23:50"))
    assert (rides(first), first.arrival) == (["out 23:55-00:10", "late 00:33-00:50"], at("00:50") + timedelta(days=1))
    assert city.journeys(origin="mid", destination="end", depart_at=at("00:20"))[0].arrival == at("00:50")


def test_many_days_can_be_asked_for(knowledge: Open) -> None:
    city = knowledge(**CITY)
    for day in range(1, 8):
        moment = at("08:00") + timedelta(days=day)
        assert city.journeys(destination="end", depart_at=moment)[0].arrival == at("08:40") + timedelta(days=day)
    city.load_journeys(moment.date())
    assert ways(city)[0][-1] == "on 08:23-08:40"


def test_a_stop_that_is_none_is_not_found_and_here_needs_no_journey(knowledge: Open) -> None:
    city = knowledge(**CITY)
    assert city.journeys(destination="here2", depart_at=at("08:00")) == []
    for ends in ({"destination": "nowhere"}, {"origin": "nowhere", "destination": "end"}):
        with pytest.raises(NotFound):
            city.journeys(depart_at=at("08:00"), **ends)


def test_trains_that_take_no_time_feed_each_other_in_any_order(knowledge: Open) -> None:
    times = """trip_id,stop_sequence,stop_id,arrival_time,departure_time
on,1,mid1,08:20:00,08:20:00
on,2,end1,08:20:00,08:20:00
out,1,here1,08:20:00,08:20:00
out,2,mid1,08:20:00,08:20:00
"""
    trips = "trip_id,route_id,service_id\non,r2,daily\nout,r1,daily\n"
    city = knowledge(**(CITY | {"trips": trips, "stop_times": times}))
    assert ways(city) == [["out 08:20-08:20", "on 08:20-08:20"]]
    assert [rides(each) for each in city.journeys(destination="end", arrive_by=at("08:20"))] == [["out 08:20-08:20", "on 08:20-08:20"]]
