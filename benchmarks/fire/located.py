"""How well fires are located: the locator's set of zones against the zone of the first detector."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from assistant.environment.fire import Detector, Located, Locator
from assistant.environment.ports import ZoneGraph
from benchmarks.figures import Figure, spread
from benchmarks.fire.house import certain
from benchmarks.fire.simulation import DEAD, FALSE_A_YEAR, SPREADING, Fire, burn, false_alarms, placed, quickest
from benchmarks.understanding.scores import interval

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS_S = (0, 60, 180)
"""Seconds after the first alarm at which the set is looked at."""
COVERED = 0.6
"""Part of the zones that have a detector; fires begin in any."""
YEARS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A station to set on fire."""

    name: str
    graph: ZoneGraph
    indexes: Mapping[str, float]
    """Level → its height."""


def figures(station: Station, fires: int, seed: int) -> list[Figure]:
    """Everything about one station."""
    detectors = placed(station.graph, COVERED)
    draw = Random(seed)  # noqa: S311  the same fires in every run
    burnt = [burn(station.graph, detectors, station.indexes, draw) for _ in range(fires)]
    heard = [fire for fire in burnt if fire.real]
    locator = Locator(station.graph, detectors)
    zones = len(station.graph.zones())
    note = f"{zones} zones, {len(detectors)} detectors, {DEAD:.0%} of them dead and not known to be; seed {seed}"
    name = station.name
    found = [
        Figure(name=f"{name}: fires that any detector hears", unit="%", value=100 * len(heard) / fires, n=fires, note=note, higher=True)
    ]
    lengths = {zone: dict(station.graph.neighbours(zone)) for zone in station.graph.zones()}
    for after in MOMENTS_S:
        found += _at(name, lengths, heard, [_located(locator, fire, after) for fire in heard], after)
    return found + _times(name, heard) + _false(name, detectors, seed)


def _located(locator: Locator, fire: Fire, after: float) -> Located:
    began = min(fire.alarms.values())
    alarms = {key: BEGIN + timedelta(seconds=when) for key, when in fire.alarms.items() if when <= began + after}
    return certain(locator.locate(alarms, at=BEGIN + timedelta(seconds=began + after)))


def _at(
    name: str, lengths: Mapping[str, Mapping[str, float]], fires: Sequence[Fire], sets: Sequence[Located], after: int
) -> list[Figure]:
    """Shares and sizes at one moment, and the two baselines next to them."""
    n = len(fires)
    inside = sum(fire.zone in each.zones for fire, each in zip(fires, sets, strict=True))
    first = sum(fire.zone == each.first for fire, each in zip(fires, sets, strict=True))
    size = statistics.mean(len(each.zones) for each in sets)
    around = sum(_share_near(lengths, each.first, fire.zone, size) for fire, each in zip(fires, sets, strict=True))
    when = f"{after} s after the first alarm" if after else "at the first alarm"
    low, high = interval(inside, n)
    likeliest = sum(fire.zone == each.zones[0] for fire, each in zip(fires, sets, strict=True))
    return [
        Figure(
            name=f"{name}: fire located in the set, {when}", unit="%", value=100 * inside / n, n=n, higher=True,
            bar=100 * around / n, note=f"95 % interval {low:.1f} to {high:.1f}; to hold 90 % is what the set is made for",
            peer={"name": "first detector's zone and the nearest, as many", "value": 100 * around / n},
        ),
        Figure(
            name=f"{name}: likeliest zone is the fire's, {when}", unit="%", value=100 * likeliest / n, n=n, higher=True,
            bar=100 * first / n, peer={"name": "first detector's zone", "value": 100 * first / n},
        ),
        Figure(
            name=f"{name}: mean size of the set, {when}", unit="zones", value=size, n=n,
            p50=statistics.median(len(each.zones) for each in sets), p95=sorted(len(each.zones) for each in sets)[int(0.95 * n)],
            note=f"{100 * size / len(lengths):.0f} % of the station",
        ),
    ]  # fmt: skip


def _share_near(lengths: Mapping[str, Mapping[str, float]], first: str, fire: str, size: float) -> float:
    """Chance that the fire is among the `size` zones nearest to the first detector, a fraction of a zone counted as a chance."""
    metres = quickest(lengths, first)
    rank = sorted(metres, key=lambda zone: (metres[zone], zone)).index(fire) if fire in metres else len(lengths)
    return max(0.0, min(1.0, size - rank))


def _times(name: str, fires: Sequence[Fire]) -> list[Figure]:
    """Seconds from the beginning of a fire to its first and its second alarm."""
    times = [sorted(fire.alarms[key] for key in fire.real) for fire in fires]
    twice = [each[1] for each in times if len(each) > 1]
    note = "from the beginning of the fire, smouldering included"
    return [
        spread(f"{name}: seconds to the first alarm", "s", [each[0] for each in times], note=note),
        spread(f"{name}: seconds to the second alarm", "s", twice, note=f"{len(fires) - len(twice)} fires have none"),
    ]


def _false(name: str, detectors: Sequence[Detector], seed: int) -> list[Figure]:
    single, double = false_alarms(len(detectors), YEARS, Random(seed))  # noqa: S311
    return [
        Figure(
            name=f"{name}: false alarms", unit="a year", value=double, n=YEARS,
            note=(
                f"two detectors within 60 s confirm each other; {FALSE_A_YEAR} a detector and year (Gupta 1985), "
                f"{SPREADING:.0%} of them followed by a second detector (assumed)"
            ),
            peer={"name": "without confirmation", "value": single},
        )
    ]  # fmt: skip
