"""The map of a station as the graph that fires are located on."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from assistant.clock import StartedClock
from assistant.environment.fire import Detector, Locator
from assistant.environment.ports import ZoneGraph
from assistant.knowledge import Knowledge
from assistant.knowledge.indoor import Zones
from assistant.settings import Settings


@pytest.fixture(scope="module")
def zones(station_settings: Settings, clock: StartedClock) -> Iterator[Zones]:
    knowledge = Knowledge.open(station_settings, clock)
    yield knowledge.zones()
    knowledge.close()


def test_every_node_of_the_example_station_is_a_zone_on_its_level(zones: Zones) -> None:
    graph: ZoneGraph = zones
    assert len(graph.zones()) == len(set(graph.zones())) == 30
    assert (graph.level("hc-hall"), graph.level("hc9"), graph.level("hc1")) == ("street", "metro", "upper")
    assert graph.level("nowhere") is None
    assert not graph.neighbours("nowhere")


def test_a_way_is_one_in_both_directions_as_long_as_the_feed_says(zones: Zones) -> None:
    for zone in zones.zones():
        for other, metres in zones.neighbours(zone):
            assert dict(zones.neighbours(other))[zone] == metres >= 1.0
    assert dict(zones.neighbours("hc-hall"))["hc-north"] == 45.0
    assert dict(zones.neighbours("hc-hall"))["hc-gates"] == 4.0, "also through gates that lead one way"


def test_smoke_takes_the_shaft_of_the_lift_which_has_the_height_of_its_levels(zones: Zones) -> None:
    assert dict(zones.neighbours("hc-hall"))["hc-metro"] == pytest.approx(4.3)
    assert zones.metres_from(["hc-hall"])["hc9"] == pytest.approx(4.3 + 4.0 + 20.6)
    assert zones.metres_from(["hc9", "nowhere"])["hc9"] == 0.0
    assert not zones.metres_from([])


def test_a_place_is_in_the_zone_where_it_stands(zones: Zones) -> None:
    assert zones.zone("ticket-office") == zones.zone("hc-north") == "hc-north"
    assert zones.zone("exit-north") == "hcN"
    assert zones.zone("nowhere") is None


def test_a_fire_in_the_metro_hall_is_located_on_the_map(zones: Zones, clock: StartedClock) -> None:
    now = clock.now()
    detectors = [Detector(id=zone, zone=zone) for zone in ("hc-metro", "hc-under", "hc-hall", "hc-north", "hc-gates", "hc9")]
    alarms = {"hc-metro": now - timedelta(seconds=90), "hc-under": now - timedelta(seconds=60)}
    found = Locator(zones, detectors).locate(alarms, at=now)
    assert found is not None
    assert found.zones[0] in ("hc-metro", "hcE")
    assert "hc-north" not in found.zones
