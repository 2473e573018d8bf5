"""Journeys in small cities made up by chance, with every kind of transfer, held against brute force."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.clock import StartedClock
from assistant.knowledge import Knowledge
from assistant.knowledge.realtime.parse import parse
from assistant.settings import Settings
from tests.fixtures.realtime import TRIP, feed, stop, trip
from tests.reference.gtfs_by_hand import ByHand
from tests.reference.journeys_by_hand import JourneysByHand, compare_earliest, compare_latest

LONDON = ZoneInfo("Europe/London")
STATIONS = ("a", "b", "c", "d")
PLATFORMS = ("a1", "a2", "b1", "b2", "c1", "d")
"""Two stations of two platforms, one of one, and a stop on its own."""
DAYS = ("2026-11-24", "2026-10-24", "2026-03-28")
"""The clocks change in the night after the second and after the third."""
Tables = dict[str, list[str]]
minutes = st.integers(0, 12)


@st.composite
def trips(draw: st.DrawFn) -> list[list[tuple[str, int, int, int, int]]]:
    """Calls of each trip: platform, arrival and departure in minutes after 22:00, pickup and drop-off type."""
    found = []
    for _ in range(draw(st.integers(6, 12))):
        at, calls = draw(st.integers(0, 120)), []
        for platform in draw(st.lists(st.sampled_from(PLATFORMS), min_size=3, max_size=5)):
            arrival = at + draw(minutes)
            at = arrival + draw(st.integers(0, 3))
            calls.append((platform, arrival, at, *draw(st.sampled_from([(0, 0), (0, 0), (0, 0), (1, 0), (0, 1)]))))
        found.append(calls)
    return found


@st.composite
def transfers(draw: st.DrawFn, count: int) -> list[str]:
    """Rows of `transfers.txt` about some of the `count` trips: rules for stops, stations, routes, trips, and in-seat ones."""
    rows = []
    for _ in range(draw(st.integers(0, 6))):
        ends = [draw(st.sampled_from((*PLATFORMS, "a", "b"))) for _ in "ab"]
        routes = [draw(st.sampled_from(("", "", "r0", "r1"))) for _ in "ab"]
        named = [draw(st.sampled_from(("", "", *(f"t{number}" for number in range(count))))) for _ in "ab"]
        routes = [route if not trip else "" for route, trip in zip(routes, named, strict=True)]
        rows.append(",".join([*ends, *routes, *named, draw(st.sampled_from("0123")), draw(st.sampled_from(("", "0", "300")))]))
    for _ in range(draw(st.integers(0, 3))):
        one, other = draw(st.integers(0, count - 1)), draw(st.integers(0, count - 1))
        if one != other:
            rows.append(f",,,,t{one},t{other},4,")
    return rows


@st.composite
def cities(draw: st.DrawFn) -> Tables:
    """Tables of a feed."""
    calls = draw(trips())
    times, named = [], []
    for number, each in enumerate(calls):
        named.append(f"t{number},r{number % 3},daily")
        for sequence, (platform, arrival, departure, pickup, drop_off) in enumerate(each):
            times.append(f"t{number},{sequence},{platform},{clock(arrival)},{clock(departure)},{pickup},{drop_off}")
    often = draw(st.sampled_from([None, None, (300, 0), (600, 0), (420, 1)]))
    rows = draw(transfers(len(calls)))
    waits = []
    if often:  # no in-seat transfer is about the trip that runs again and again
        rows = [row for row in rows if not (row.endswith("4,") and ",t0," in row)]
        begin = calls[0][0][2]
        waits = [f"t0,{clock(begin)},{clock(begin + 45)},{often[0]},{often[1]}"]
    return {
        "agency": ["agency_id,agency_name,agency_url,agency_timezone", "a,City,https://city.example,Europe/London"],
        "stops": [
            "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code",
            "a,Aa,51.500,-0.1,1,,", "a1,Aa,51.500,-0.1,0,a,1", "a2,Aa,51.502,-0.1,0,a,2", "b,Bb,51.6,-0.1,1,,", "b1,Bb,51.6,-0.1,0,b,1",
            "b2,Bb,51.6,-0.1,0,b,2", "c,Cc,51.7,-0.1,1,,", "c1,Cc,51.7,-0.1,0,c,", "d,Dd,51.8,-0.1,0,,",
        ],
        "routes": ["route_id,agency_id,route_short_name,route_type", "r0,a,R0,2", "r1,a,R1,2", "r2,a,R2,2"],
        "trips": ["trip_id,route_id,service_id", *named],
        "stop_times": ["trip_id,stop_sequence,stop_id,arrival_time,departure_time,pickup_type,drop_off_type", *times],
        "calendar": [
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
            "daily,1,1,1,1,1,1,1,20260101,20261231",
        ],
        "transfers": [
            "from_stop_id,to_stop_id,from_route_id,to_route_id,from_trip_id,to_trip_id,transfer_type,min_transfer_time", *rows,
        ],
        "frequencies": ["trip_id,start_time,end_time,headway_secs,exact_times", *waits],
    }  # fmt: skip


def clock(minute: int) -> str:
    return f"{22 + minute // 60:02}:{minute % 60:02}:00"


@contextmanager
def opened(tables: Tables, now: datetime) -> Iterator[tuple[JourneysByHand, Knowledge]]:
    """The city at a moment, imported and by hand."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "gtfs").mkdir()
        (folder / "station.yaml").write_text("name: Aa\nstop: a\nlanguages: [en]\n")
        for table, lines in tables.items():
            (folder / "gtfs" / f"{table}.txt").write_text("\n".join(lines) + "\n")
        knowledge = Knowledge.open(Settings.load(station=folder, data=folder / "data"), StartedClock(now))
        yield JourneysByHand(ByHand(folder / "gtfs")), knowledge
        knowledge.close()


def tell_late(hand: JourneysByHand, knowledge: Knowledge, day: date, now: datetime, late: dict[str, int | None]) -> None:
    """Realtime about the trips of a day: minutes late, None for a cancelled one."""
    midnight = int(hand.feed.midnight(day).timestamp())
    updates = []
    for trip_id, delay in late.items():
        if trip_id in hand.feed.calls and trip_id not in hand.frequencies:
            hand.late[trip_id, midnight] = None if delay is None else delay * 60
            if delay is None:
                updates.append(trip(trip_id, relationship=TRIP.CANCELED, date=f"{day:%Y%m%d}"))
            else:
                updates.append(trip(trip_id, stop(sequence=0, departure=delay * 60), date=f"{day:%Y%m%d}"))
    knowledge.realtime.put(parse(feed(now, *updates).SerializeToString()), ("trip_updates",))
    assert not knowledge.realtime.dropped


TRIPS = st.sampled_from([f"t{number}" for number in range(10)])
LATE = st.dictionaries(TRIPS, st.sampled_from([None, 0, 1, 4, 20, 60]), min_size=4, max_size=8)
REALTIME = st.none() | LATE | LATE


@pytest.mark.timeout(120)
def test_journeys_are_those_of_brute_force() -> None:
    found = Counter[str]()

    @settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(tables=cities(), day=st.sampled_from(DAYS), after=st.integers(-10, 90), ends=st.permutations(STATIONS), late=REALTIME)
    def compare(tables: Tables, day: str, after: int, ends: list[str], late: dict[str, int | None] | None) -> None:
        evening = datetime.fromisoformat(f"{day}T22:00").replace(tzinfo=LONDON).astimezone(UTC)
        with opened(tables, evening) as (hand, knowledge):
            if late is not None:
                tell_late(hand, knowledge, date.fromisoformat(day), evening, late)
            moment = evening + timedelta(minutes=after)
            served = {hand.feed.station(stop) for stop in hand.served}
            for origin, destination in pairwise(ends):
                if {origin, destination} <= served:
                    journeys = compare_earliest(hand, knowledge, origin, destination, moment, hours=6)
                    journeys += compare_latest(hand, knowledge, origin, destination, moment + timedelta(hours=1), hours=6)
                    found["any"] += bool(journeys)
                    found["changes"] += any(journey.changes for journey in journeys)
                    found["live"] += any(leg.expected for journey in journeys for leg in journey.legs)

    compare()
    assert found["any"] > 80, "cities in which nobody gets anywhere prove nothing"
    assert found["changes"] > 15
    assert found["live"] > 10
