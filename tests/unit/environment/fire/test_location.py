"""Where a fire is, on zone graphs small enough to think through, and against the formula written out plainly."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import erf, exp, inf, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.environment.fire import Detector, Located, Locator, Model, Sighting
from assistant.environment.fire.location import STARTS
from assistant.environment.fire.models import RESPONSES

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


class Graph:
    """Zones and the metres between them."""

    def __init__(self, *ways: tuple[str, str, float], alone: Sequence[str] = ()) -> None:
        self.ways = ways
        self.alone = alone

    def zones(self) -> Sequence[str]:
        return tuple(dict.fromkeys([*(zone for way in self.ways for zone in way[:2]), *self.alone]))

    def neighbours(self, zone: str) -> Sequence[tuple[str, float]]:
        return [(other, metres) for one, two, metres in self.ways for here, other in ((one, two), (two, one)) if here == zone]

    def level(self, zone: str) -> str | None:
        return None


def row(count: int, metres: float = 20.0) -> Graph:
    return Graph(*((f"z{n}", f"z{n + 1}", metres) for n in range(count - 1)))


def each_zone(graph: Graph) -> list[Detector]:
    return [Detector(id=f"in {zone}", zone=zone) for zone in graph.zones()]


def ago(**seconds: float) -> dict[str, datetime]:
    return {f"in {zone}": NOW - timedelta(seconds=when) for zone, when in seconds.items()}


def located(locator: Locator, alarms: dict[str, datetime], **others: object) -> Located:
    found = locator.locate(alarms, at=NOW, **others)  # type: ignore[arg-type]
    assert found is not None
    return found


def chance(found: Located, zone: str) -> float:
    return dict(zip(found.zones, found.probabilities, strict=True)).get(zone, 0.0)


def test_nothing_that_sounds_is_nowhere() -> None:
    locator = Locator(row(3), each_zone(row(3)))
    assert locator.locate({}, at=NOW) is None
    assert locator.locate({"of another station": NOW}, at=NOW) is None
    assert locator.locate({"in z1": NOW + timedelta(seconds=1)}, at=NOW) is None, "not yet"
    assert Locator(row(3), [Detector(id="d", zone="nowhere")]).locate({"d": NOW}, at=NOW) is None


def test_one_detector_that_sounds_alone_points_at_its_zone_and_those_around() -> None:
    graph = row(7)
    found = located(Locator(graph, each_zone(graph)), ago(z3=60))
    assert (found.first, found.zones[0], found.at) == ("z3", "z3", NOW)
    assert chance(found, "z3") > 0.5
    whole = located(Locator(graph, each_zone(graph), Model(share=1.0)), ago(z3=60))
    assert chance(whole, "z2") == pytest.approx(chance(whole, "z4"))
    assert chance(whole, "z2") > max(chance(whole, "z1"), chance(whole, "z0"))


def test_a_fire_between_two_detectors_is_where_none_hangs() -> None:
    graph = row(5)
    detectors = [Detector(id=f"in {zone}", zone=zone) for zone in ("z0", "z1", "z3", "z4")]
    found = located(Locator(graph, detectors), ago(z1=100, z3=100, z0=20, z4=20))
    assert found.zones[0] == "z2"
    assert found.first in ("z1", "z3")


def test_the_order_of_alarms_tells_the_direction() -> None:
    graph = row(6)
    toward = located(Locator(graph, each_zone(graph)), ago(z1=180, z2=120, z3=60))
    assert toward.zones[0] in ("z0", "z1")
    assert chance(toward, "z3") < 0.01


def test_a_detector_that_is_known_to_be_silent_tells_nothing() -> None:
    graph = row(4)
    locator = Locator(graph, each_zone(graph), Model(share=1.0))
    quiet = located(locator, ago(z1=120))
    unknown = located(locator, ago(z1=120), silent={"in z0"})
    assert chance(unknown, "z0") > 2 * chance(quiet, "z0")
    without = Locator(graph, [each for each in each_zone(graph) if each.zone != "z0"], Model(share=1.0))
    assert located(without, ago(z1=120)).probabilities == pytest.approx(unknown.probabilities)


def test_a_dead_detector_in_the_zone_of_the_fire_does_not_rule_it_out() -> None:
    graph = row(5)
    found = located(Locator(graph, each_zone(graph)), ago(z1=100, z3=100, z0=20, z4=20))
    assert "z2" in found.zones


@pytest.mark.parametrize("apart", [0.0, 5.0, 1000.0, 5000.0])
def test_alarms_that_no_one_fire_explains_leave_both_ends_possible(apart: float) -> None:
    graph = row(12, 60.0)
    found = located(Locator(graph, each_zone(graph)), ago(z0=apart, z11=0))
    assert set(found.zones) & {"z0", "z1"} or set(found.zones) & {"z10", "z11"}
    assert sum(found.probabilities) >= 0.9
    assert found.first == "z0"


def test_an_alarm_long_after_the_first_moves_nothing() -> None:
    graph = row(6)
    locator = Locator(graph, each_zone(graph), Model(share=1.0))
    late = Model().window_s + 100
    with_it = locator.locate(ago(z1=late, z5=0), at=NOW)
    without = locator.locate(ago(z1=late), at=NOW, silent={"in z5"})
    assert with_it is not None
    assert without is not None
    assert with_it.probabilities == pytest.approx(without.probabilities)


def test_a_part_of_the_station_that_nothing_joins_is_never_burning_for_others() -> None:
    graph = Graph(("a", "b", 10.0), ("c", "d", 10.0), alone=["e"])
    found = located(Locator(graph, each_zone(graph)), ago(a=60, b=30))
    assert set(found.zones) <= {"a", "b"}


def test_a_call_point_alone_points_around_itself_and_what_is_said_at_a_kiosk_less() -> None:
    graph = row(9)
    pressed = located(Locator(graph, [Detector(id="in z4", zone="z4", kind="call_point")]), ago(z4=30))
    locator = Locator(graph, [])
    said = located(locator, {}, sightings=[Sighting(zone="z4", at=NOW)])
    assert pressed.zones[0] == said.zones[0] == "z4" == pressed.first == said.first
    assert pressed.probabilities[0] > said.probabilities[0] > 1 / 9
    assert len(said.zones) >= len(pressed.zones)
    assert locator.locate({}, at=NOW, sightings=[Sighting(zone="elsewhere", at=NOW)]) is None


def test_a_call_point_that_nobody_presses_tells_nothing() -> None:
    graph = row(4)
    smoke = each_zone(graph)
    points = [Detector(id=f"point {zone}", zone=zone, kind="call_point") for zone in graph.zones()]
    assert located(Locator(graph, [*smoke, *points]), ago(z2=60)) == located(Locator(graph, smoke), ago(z2=60))


def test_people_and_detectors_add_up() -> None:
    graph = row(7)
    detectors = [Detector(id="in z3", zone="z3"), Detector(id="point", zone="z6", kind="call_point")]
    model = Model(share=1.0)
    alone = located(Locator(graph, detectors, model), ago(z3=60))
    both = located(Locator(graph, detectors, model), ago(z3=60) | {"point": NOW})
    assert both.first == "z3"
    assert chance(both, "z5") > chance(alone, "z5")
    assert chance(both, "z0") < chance(alone, "z0")


def test_heat_is_felt_near_the_fire_only() -> None:
    graph = row(5, 30.0)
    smoke = located(Locator(graph, [Detector(id="in z2", zone="z2")]), ago(z2=0))
    heat = located(Locator(graph, [Detector(id="in z2", zone="z2", kind="heat_alarm")]), ago(z2=0))
    assert chance(heat, "z2") > chance(smoke, "z2")


def test_a_prior_weighs_and_can_rule_out() -> None:
    graph = row(5)
    found = located(Locator(graph, each_zone(graph), prior={"z2": 0.0}), ago(z2=60))
    assert "z2" not in found.zones


@st.composite
def stations(draw: st.DrawFn) -> tuple[Graph, list[Detector], dict[str, datetime]]:
    count = draw(st.integers(2, 8))
    ways = [(f"z{draw(st.integers(0, n - 1))}", f"z{n}", float(draw(st.integers(3, 60)))) for n in range(1, count)]
    kinds = st.sampled_from(["smoke", "heat_alarm", "co_alarm"])
    detectors = [Detector(id=f"d{n}", zone=f"z{draw(st.integers(0, count - 1))}", kind=draw(kinds)) for n in range(draw(st.integers(1, 8)))]
    sounding = draw(st.lists(st.sampled_from(detectors), min_size=1, unique=True))
    return Graph(*ways), detectors, {each.id: NOW - timedelta(seconds=draw(st.integers(0, 900))) for each in sounding}


def metres(graph: Graph, start: str) -> dict[str, float]:
    found = dict.fromkeys(graph.zones(), inf) | {start: 0.0}
    for _ in graph.zones():
        for one, two, length in graph.ways:
            found[one] = min(found[one], found[two] + length)
            found[two] = min(found[two], found[one] + length)
    return found


def by_hand(graph: Graph, detectors: list[Detector], alarms: dict[str, datetime]) -> dict[str, float]:
    """The docstring's formula, term by term."""
    model, origin = Model(), min(alarms.values())
    last = max((when - origin).total_seconds() for when in alarms.values())
    starts = np.linspace(-model.before_s, last, STARTS)
    step, weights = float(starts[1] - starts[0]), {}
    for zone in graph.zones():
        away, total = metres(graph, zone), 0.0
        for speed in model.speeds_m_s:
            for start in starts:
                product = 1.0
                for each in detectors:
                    response, travel = RESPONSES[each.kind], away[each.zone] / speed
                    sigma = sqrt(response.spread_s**2 + (model.lag * travel) ** 2 + step**2 / 12)
                    able = (1 - model.dead) * exp(-away[each.zone] / response.reach_m)
                    until = alarms.get(each.id, NOW)
                    late = ((until - origin).total_seconds() - start - response.delay_s - travel) / sigma
                    if each.id in alarms:
                        density = able * exp(-0.5 * late**2) / (sigma * sqrt(2 * pi))
                        product *= (1 - model.spurious) * density + model.spurious / (model.before_s + model.window_s)
                    else:
                        product *= 1 - able * 0.5 * (1 + erf(late / sqrt(2)))
                total += product
        weights[zone] = total
    return {zone: weight / sum(weights.values()) for zone, weight in weights.items()}


@settings(max_examples=40, deadline=None)
@given(stations())
def test_it_is_the_formula(made: tuple[Graph, list[Detector], dict[str, datetime]]) -> None:
    graph, detectors, alarms = made
    found = located(Locator(graph, detectors, Model(share=1.0)), alarms)
    expected = by_hand(graph, detectors, alarms)
    assert sum(found.probabilities) == pytest.approx(1.0)
    for zone in graph.zones():
        assert chance(found, zone) == pytest.approx(expected[zone], abs=0.01), zone


@settings(max_examples=60, deadline=None)
@given(stations(), st.floats(0.5, 0.99))
def test_the_set_is_the_smallest_that_holds_the_share(made: tuple[Graph, list[Detector], dict[str, datetime]], share: float) -> None:
    graph, detectors, alarms = made
    found = located(Locator(graph, detectors, Model(share=share)), alarms)
    assert len(set(found.zones)) == len(found.zones)
    assert all(one >= other for one, other in pairwise(found.probabilities))
    assert sum(found.probabilities) >= share - 1e-6
    assert sum(found.probabilities[:-1]) < share
    assert found.first == {each.id: each.zone for each in detectors}[min(alarms, key=lambda key: (alarms[key], key))]
