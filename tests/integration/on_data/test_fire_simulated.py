"""Simulated fires of another model than the locator's: it has to hold what it promises, and to beat the first detector."""

from pathlib import Path
from random import Random

import pytest

from assistant.settings import Settings
from benchmarks.figures import Figure
from benchmarks.fire.__main__ import station, stations
from benchmarks.fire.located import COVERED, Station, figures
from benchmarks.fire.simulation import FALSE_A_YEAR, burn, false_alarms, placed, quickest


@pytest.fixture(scope="module")
def example(station_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Station:
    return station("example", Path(station_settings.station), tmp_path_factory.mktemp("fires"))


def by_name(found: list[Figure], name: str) -> Figure:
    return next(figure for figure in found if name in figure.name)


def hold(found: list[Figure]) -> None:
    for when in ("60 s after", "180 s after"):
        share, likeliest = by_name(found, f"in the set, {when}"), by_name(found, f"likeliest zone is the fire's, {when}")
        assert share.holds, "no better than as many zones around the first detector"
        assert likeliest.holds, "no better than the first detector's zone"
        assert share.value is not None
        assert share.value > 88
    sizes = [by_name(found, f"size of the set, {when}").value or 0 for when in ("at the first", "60 s", "180 s")]
    assert sizes == sorted(sizes, reverse=True), "more is known with time"


def test_fires_in_the_example_station_are_located(example: Station) -> None:
    hold(figures(example, 200, 3))


@pytest.mark.long
def test_fires_in_both_stations_are_located() -> None:
    with stations() as burning:
        for each in burning:
            hold(figures(each, 1000, 4))


def test_the_same_seed_burns_the_same(example: Station) -> None:
    detectors = placed(example.graph, COVERED)
    one, same, other = (burn(example.graph, detectors, example.indexes, Random(seed)) for seed in (5, 5, 6))  # noqa: S311
    assert one == same != other
    assert one.real <= set(one.alarms) <= {each.id for each in detectors}


def test_detectors_are_spread_over_the_station(example: Station) -> None:
    detectors = placed(example.graph, COVERED)
    assert len({each.zone for each in detectors}) == len(detectors) == 18
    lengths = {zone: dict(example.graph.neighbours(zone)) for zone in example.graph.zones()}
    for zone in example.graph.zones():
        metres = quickest(lengths, zone)
        assert min(metres[each.zone] for each in detectors) <= 50


def test_false_alarms_come_as_often_as_is_said_and_seldom_twice() -> None:
    single, double = false_alarms(40, 2000, Random(1))  # noqa: S311
    assert single == pytest.approx(40 * FALSE_A_YEAR, rel=0.05)
    assert 0 < double < single / 10
