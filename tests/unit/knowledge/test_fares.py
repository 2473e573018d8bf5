"""Which fares hold from here to there, after the matching rules of GTFS."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from assistant.errors import NotFound
from assistant.knowledge import Knowledge

Open = Callable[..., Knowledge]
STOPS = """stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,zone_id
here,Here Central,51.5,-0.1,1,,
here1,Here Central,51.5,-0.1,0,here,A
mid,Mid Town,51.6,-0.1,0,,B
end,End of the World,51.7,-0.1,0,,C
hill,Hill,51.8,-0.1,0,,D
"""
TRIPS = "trip_id,route_id,service_id\nslow,r1,daily\nfast,r2,daily\nother,r1,daily\n"
CALLS = """trip_id,stop_sequence,stop_id,arrival_time,departure_time
slow,1,here1,08:00:00,08:00:00
slow,2,mid,08:20:00,08:20:00
slow,3,end,08:40:00,08:40:00
fast,1,here1,09:00:00,09:00:00
fast,2,end,09:20:00,09:20:00
other,1,mid,10:00:00,10:00:00
other,2,hill,10:20:00,10:20:00
"""
FARES = "fare_id,price,currency_type,payment_method,transfers,transfer_duration\n"
RULES = "fare_id,route_id,origin_id,destination_id,contains_id\n"


@pytest.fixture
def prices(knowledge: Open) -> Callable[..., list[tuple[str, tuple[str, ...]]]]:
    """Fare ids with the routes they cover, of a feed with these fares and rules."""

    def asked(fares: str, rules: str | None, destination: str = "end", **narrow: str) -> list[tuple[str, tuple[str, ...]]]:
        city = knowledge(
            stops=STOPS, trips=TRIPS, stop_times=CALLS, fare_attributes=FARES + fares, fare_rules=None if rules is None else RULES + rules
        )
        return [(fare.fare_id, fare.routes) for fare in city.fares(destination=destination, **narrow)]  # type: ignore[arg-type]

    return asked


def test_a_fare_says_what_its_row_says(knowledge: Open) -> None:
    city = knowledge(stops=STOPS, trips=TRIPS, stop_times=CALLS, fare_attributes=FARES + "f,2.80,GBP,0,1,5400\n", fare_rules=None)
    [fare] = city.fares(destination="end")
    assert (fare.price, fare.currency, fare.on_board, fare.transfers, fare.valid_s) == (Decimal("2.80"), "GBP", True, 1, 5400)
    assert (fare.source.table, fare.source.key) == ("fare_attributes", "f")


def test_a_feed_without_fares_has_none(knowledge: Open) -> None:
    assert knowledge(stops=STOPS, trips=TRIPS, stop_times=CALLS).fares(destination="end") == []


BOTH = ("r1", "r2")


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (None, [("low", BOTH), ("high", BOTH)]),
        ("high,r2,,,\n", [("low", BOTH), ("high", ("r2",))]),
        ("low,r1,,,\nhigh,r2,,,\n", [("low", ("r1",)), ("high", ("r2",))]),
        ("low,,A,C,\nhigh,,A,B,\n", [("low", BOTH)]),
        ("low,,C,A,\nhigh,,,C,\n", [("high", BOTH)]),
        ("low,r3,A,C,\nhigh,r1,A,C,\n", [("high", ("r1",))]),
        ("low,r1,A,C,\nlow,r2,A,C,\nhigh,,B,,\n", [("low", BOTH)]),
        ("low,,,,A\nlow,,,,C\nhigh,,,,A\nhigh,,,,B\nhigh,,,,C\n", [("low", ("r2",)), ("high", ("r1",))]),
        ("low,,A,C,A\nlow,,A,C,B\nlow,,A,C,C\nhigh,,A,C,\n", [("low", ("r1",)), ("high", BOTH)]),
        ("low,,,,A\nhigh,r9,,,\n", []),
    ],
    ids=["none", "one-free", "routes", "zones", "back", "both", "many-rows", "contains", "contains-and-zones", "no-match"],
)
def test_rules(prices: Callable[..., list[object]], rules: str | None, expected: list[object]) -> None:
    assert prices("high,9.00,GBP,1,0,\nlow,2.00,GBP,1,0,\n", rules) == expected


def test_a_line_leaves_the_others_out(prices: Callable[..., list[object]]) -> None:
    fares, rules = "low,2.00,GBP,1,0,\nhigh,9.00,GBP,1,0,\n", "low,r1,,,\nhigh,r2,,,\n"
    assert prices(fares, rules, line="r2") == [("high", ("r2",))]
    assert prices(fares, rules, "hill", line="r2") == []


def test_with_a_change_only_fares_for_any_route_and_change_hold(prices: Callable[..., list[object]]) -> None:
    fares = "any,2.00,GBP,1,,\nonce,3.00,GBP,1,1,\nrouted,4.00,GBP,1,,\n"
    assert prices(fares, "any,,A,D,\nonce,,A,D,\nrouted,r1,A,D,\n", "hill") == [("any", ())]


def test_the_zone_is_that_of_the_platform_the_train_calls_at(knowledge: Open) -> None:
    stops = STOPS.replace("end,End of the World,51.7,-0.1,0,,C\n", "end,End of the World,51.7,-0.1,1,,\n")
    city = knowledge(
        stops=stops + "end1,End of the World,51.7,-0.1,0,end,C\nend2,End of the World,51.7,-0.1,0,end,E\n", trips=TRIPS,
        stop_times=CALLS.replace("slow,3,end,", "slow,3,end1,").replace("fast,2,end,", "fast,2,end2,"),
        fare_attributes=FARES + "near,2.00,GBP,1,0,\nfar,3.00,GBP,1,0,\n", fare_rules=RULES + "near,,A,C,\nfar,,A,E,\n",
    )
    assert [(fare.fare_id, fare.routes) for fare in city.fares(destination="end")] == [("near", ("r1",)), ("far", ("r2",))]


def test_an_operators_fare_holds_on_its_own_lines(knowledge: Open) -> None:
    city = knowledge(
        stops=STOPS, trips=TRIPS, stop_times=CALLS, fare_rules=None,
        agency="agency_id,agency_name,agency_url,agency_timezone\na,City,https://city.example,Europe/London\n"
        "b,Other,https://other.example,Europe/London\n",
        routes="route_id,agency_id,route_short_name,route_long_name,route_type\nr1,a,R1,River Line,2\nr2,b,R2,Hill Line,2\n",
        fare_attributes="fare_id,price,currency_type,payment_method,transfers,agency_id\nown,2.00,GBP,1,0,a\ntheirs,5.00,GBP,1,0,b\n",
    )
    assert [(fare.fare_id, fare.routes) for fare in city.fares(destination="end")] == [("own", ("r1",)), ("theirs", ("r2",))]
    assert [fare.fare_id for fare in city.fares(destination="end", line="r1")] == ["own"]


def test_ids_that_are_none_are_not_found(knowledge: Open) -> None:
    with pytest.raises(NotFound):
        knowledge().fares(destination="x")
