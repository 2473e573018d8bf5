"""Alerts: whom they concern, when, in whose language, and what they put out of order."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from google.transit import gtfs_realtime_pb2 as pb

from assistant.settings import Settings
from tests.fixtures.realtime import alert
from tests.unit.knowledge.test_realtime import SIX_TRAINS, City, at

STATION = {
    "stops": """stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code
here,Here Central,51.5,-0.1,1,,
here1,Here Central,51.5,-0.1,0,here,1
here2,Here Central,51.5,-0.1,0,here,2
door,North door,51.5,-0.1,2,here,
lift-top,,51.5,-0.1,3,here,
lift-low,,51.5,-0.1,3,here,
mid,Mid Town,51.6,-0.1,0,,
end,End of the World,51.7,-0.1,0,,
""",
    "pathways": "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional\n"
    "walk,door,lift-top,1,1\nlift-1,lift-top,lift-low,5,1\nlanding,lift-low,here1,1,1\n",
}


@pytest.fixture
def city(write: Callable[..., Settings]) -> Iterator[City]:
    made = City(write(**SIX_TRAINS | STATION))
    yield made
    made.knowledge.close()


def told(city: City, **narrow: str) -> list[str]:
    return [found.header for found in city.knowledge.alerts(city.hands.now(), language="en", **narrow)]  # type: ignore[arg-type]


def test_an_alert_concerns_the_lines_and_stops_that_it_names(city: City) -> None:
    city.hears(
        alert("1", "line", {"route_id": "r1"}), alert("2", "station", {"stop_id": "here"}), alert("3", "platform", {"stop_id": "here2"}),
        alert("4", "elsewhere", {"stop_id": "end"}), alert("5", "line elsewhere", {"route_id": "r1", "stop_id": "end"}),
        alert("6", "other line", {"route_id": "r9"}), alert("7", "all", {"agency_id": "a"}), alert("8", "train", {"trip_id": "t1"}),
        alert("9", "nobody", {}),
    )  # fmt: skip
    assert told(city) == ["line", "station", "platform", "all"]
    assert told(city, route="r2") == ["station", "platform", "elsewhere", "all"]
    assert told(city, route="r2", stop="here") == ["station", "platform", "all"]
    assert told(city, stop="end") == ["elsewhere", "all"]
    assert told(city, route="r1", stop="here", trip="t1") == ["line", "station", "platform", "all", "train"]


def test_an_alert_is_told_while_it_is_on(city: City) -> None:
    city.hears(
        alert("1", "now", {"route_id": "r1"}, periods=[(at("07:00"), at("09:00"))]),
        alert("2", "later", {"route_id": "r1"}, periods=[(at("09:00"), None)]),
        alert("3", "twice", {"route_id": "r1"}, periods=[(None, at("07:00")), (at("07:30"), at("08:30"))]),
        alert("4", "over", {"route_id": "r1"}, periods=[(None, at("08:00"))]),
    )
    assert told(city) == ["now", "twice"]
    assert [found.id for found in city.knowledge.alerts(at("09:00"), language="en")] == ["2"]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"en": "Late", "ko": "지연", "zh": "晚点"}, ("Late", "晚点", "지연")),
        ({"en-US": "Late", "zh-Hant": "晚點"}, ("Late", "晚點", "Late")),
        ({"": "Retard", "en": "Late"}, ("Late", "Retard", "Retard")),
        ({"fr": "Retard", "en-GB": "Late"}, ("Late", "Late", "Late")),
        ({"fr": "Retard", "de": "Spät"}, ("Retard", "Retard", "Retard")),
    ],
)
def test_the_words_are_those_of_the_language_where_there_are_any(city: City, texts: dict[str, str], said: tuple[str, ...]) -> None:
    city.hears(alert("1", texts, {"route_id": "r1"}))
    found = [city.knowledge.alerts(city.hands.now(), language=language)[0] for language in ("en", "zh", "ko")]
    assert tuple(each.header for each in found) == said
    assert (found[0].source.kind, found[0].source.table, found[0].source.key) == ("realtime", "alerts", "1")


def test_an_alert_names_what_it_is_about(city: City) -> None:
    city.hears(alert("1", "x", {"route_id": "r1", "stop_id": "here"}, {"route_id": "r1"}, {"trip_id": "t1"}, description="y"))
    [found] = city.knowledge.alerts(city.hands.now(), language="en")
    assert (found.routes, found.stops, found.trips, found.description, found.effect) == (
        ("r1",), ("here",), ("t1",), "y", "SIGNIFICANT_DELAYS",
    )  # fmt: skip


def test_what_is_too_old_is_not_told(city: City) -> None:
    city.hears(alert("1", "now", {"route_id": "r1"}))
    city.hands.at += timedelta(seconds=181)
    assert told(city) == []
    assert not city.knowledge.realtime.knows("alerts")


def targets(city: City) -> list[tuple[str, ...]]:
    return [outage.targets for outage in city.knowledge.realtime.outages()]


@pytest.mark.parametrize(
    ("effect", "informed", "closed"),
    [
        (pb.Alert.ACCESSIBILITY_ISSUE, [{"stop_id": "lift-top"}, {"stop_id": "here"}], [("lift-top",)]),
        (pb.Alert.ACCESSIBILITY_ISSUE, [{"stop_id": "lift-1"}], [("lift-1",)]),
        (pb.Alert.OTHER_EFFECT, [{"stop_id": "door"}], [("door",)]),
        (pb.Alert.NO_SERVICE, [{"stop_id": "here2"}], [("here2",)]),
        (pb.Alert.ACCESSIBILITY_ISSUE, [{"stop_id": "here2"}], []),
        (pb.Alert.NO_SERVICE, [{"stop_id": "here2", "route_id": "r1"}], []),
        (pb.Alert.NO_SERVICE, [{"stop_id": "here"}], []),
        (pb.Alert.DETOUR, [{"stop_id": "door"}], []),
        (pb.Alert.ACCESSIBILITY_ISSUE, [{"stop_id": "moon"}], []),
    ],
)
def test_what_is_out_of_order(city: City, effect: int, informed: list[dict[str, str]], closed: list[tuple[str, ...]]) -> None:
    city.hears(alert("1", "Out of order", *informed, effect=effect))  # type: ignore[arg-type]
    assert targets(city) == closed


def test_an_outage_says_since_when_until_when_and_why(city: City) -> None:
    city.hears(alert("1", {"ko": "고장", "en": "Lift 1"}, {"stop_id": "lift-top"}, effect=pb.Alert.ACCESSIBILITY_ISSUE,
                     periods=[(at("06:00"), at("12:00"))]))  # fmt: skip
    [outage] = city.knowledge.realtime.outages()
    assert (outage.since, outage.until, outage.reason, outage.origin) == (at("06:00"), at("12:00"), "Lift 1", "realtime")
    assert (outage.source.table, outage.source.key) == ("alerts", "1")
    city.hands.at = at("12:00")
    assert targets(city) == []


def test_a_lift_stays_broken_when_the_feed_stops(city: City) -> None:
    city.hears(alert("1", "Lift 1", {"stop_id": "lift-top"}, effect=pb.Alert.ACCESSIBILITY_ISSUE))
    city.hands.at += timedelta(minutes=10)
    assert targets(city) == [("lift-top",)]
