"""Simulated fires, of another model than the locator's.

The locator takes the time to a detector for distance / speed + normal noise, with one speed a fire. Here every way has its own speed
(lognormal, median 0.3 m/s), smoke goes up levels at twice and down at a third of it, one way in twenty is a closed door at a tenth of
it, and it takes the quickest path through these. The fire grows as α·t² (slow to ultra-fast, NFPA 72's classes, each as likely; a
quarter smoulders first for ten minutes on average, drawn exponentially); a detector sounds when the fire that it sees, thinned by
distance, passes its threshold (lognormal, median 40 kW at the fire, σ 0.5), up to 20 s late as it is asked in turn. All of this is
assumed; no published model of smoke in stations on a graph was found.
"""

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from assistant.environment.fire import Detector
from assistant.environment.ports import ZoneGraph

GROWTHS_KW_S2 = (0.00293, 0.01172, 0.0469, 0.1876)
LARGEST_KW = 2000.0
DEAD = 0.1
"""One detector in ten: the issue's."""
COINCIDENT = 0.05
"""One fire in twenty has a false alarm of some detector in the five minutes before its first alarm or the two after it; assumed, and far
more often than false alarms come, so that it is seen what they do."""
FALSE_A_YEAR = 0.065
"""False alarms of a detector: 65 a year per 1,000 heads are "considered reasonable", Y. Gupta and A. Dharmadhikari, Analysis of false
alarms given by automatic fire detection systems, Reliability Engineering 13 (1985), 163-174."""
SPREADING = 0.03
"""Part of false alarms (dust, steam, drills) that a second detector nearby follows within the confirmation time; assumed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fire:
    """One fire: where it is, and who sounds when, in seconds from its beginning."""

    zone: str
    alarms: dict[str, float]
    """Detector → seconds; false alarms may lie below 0."""
    real: frozenset[str]
    """Those that sound because of it."""


def placed(graph: ZoneGraph, share: float) -> list[Detector]:
    """Detectors in a share of the zones, each put where the next one is furthest; every sixth answers to heat."""
    zones, lengths = list(graph.zones()), {zone: dict(graph.neighbours(zone)) for zone in graph.zones()}
    chosen, nearest = [zones[0]], quickest(lengths, zones[0])
    while len(chosen) < round(share * len(zones)):
        chosen.append(max(zones, key=lambda zone: (nearest.get(zone, math.inf), zone)))
        further = quickest(lengths, chosen[-1])
        nearest = {zone: min(nearest.get(zone, math.inf), further.get(zone, math.inf)) for zone in zones}
    return [Detector(id=f"d{n}", zone=zone, kind="heat_alarm" if n % 6 == 5 else "smoke") for n, zone in enumerate(chosen)]


def burn(graph: ZoneGraph, detectors: Sequence[Detector], indexes: Mapping[str, float], draw: Random) -> Fire:
    """One fire in a zone at random; `indexes` holds the height of levels."""
    lengths = {zone: dict(graph.neighbours(zone)) for zone in graph.zones()}
    zone = draw.choice(sorted(lengths))
    times = _travel(graph, lengths, indexes, draw)
    travel, metres = quickest(times, zone), quickest(lengths, zone)
    growth = draw.choice(GROWTHS_KW_S2)
    smoulders = draw.expovariate(1 / 600) if draw.random() < 0.25 else 0.0
    alarms: dict[str, float] = {}
    for each in detectors:
        threshold = 40.0 * math.exp(draw.gauss(0, 0.5))
        late, dead = draw.uniform(0, 20), draw.random() < DEAD
        thinned, strength = (15.0, 1.5) if each.kind == "smoke" else (5.0, 2.5)
        needed = threshold * (1 + (metres.get(each.zone, math.inf) / thinned) ** strength)
        if not dead and needed < LARGEST_KW:
            alarms[each.id] = smoulders + math.sqrt(needed / growth) + travel[each.zone] + late
    real = frozenset(alarms)
    if alarms and draw.random() < COINCIDENT:
        false = draw.choice([each.id for each in detectors])
        alarms[false] = min(alarms.get(false, math.inf), min(alarms.values()) + draw.uniform(-300, 120))
    return Fire(zone=zone, alarms=alarms, real=real)


def false_alarms(detectors: int, years: int, draw: Random, *, within_s: float = 60.0) -> tuple[float, float]:
    """False alarms a year of a station: of any detector, and of two within `within_s` of each other."""
    single, double, last = 0, 0, -math.inf
    at, rate = 0.0, detectors * FALSE_A_YEAR / (365.25 * 86_400)
    while (at := at + draw.expovariate(rate)) < years * 365.25 * 86_400:
        single += 1
        double += at - last < within_s or draw.random() < SPREADING
        last = at
    return single / years, double / years


def quickest(lengths: Mapping[str, Mapping[str, float]], start: str) -> dict[str, float]:
    """Zone → least sum of lengths from `start`."""
    found: dict[str, float] = {}
    heap = [(0.0, start)]
    while heap:
        length, zone = heapq.heappop(heap)
        if zone not in found:
            found[zone] = length
            for other, more in lengths[zone].items():
                heapq.heappush(heap, (length + more, other))
    return found


def _travel(
    graph: ZoneGraph, lengths: Mapping[str, Mapping[str, float]], indexes: Mapping[str, float], draw: Random
) -> dict[str, dict[str, float]]:
    """Seconds of smoke from zone to zone, drawn for one fire."""
    pace = math.exp(draw.gauss(0, 0.4))
    found: dict[str, dict[str, float]] = {zone: {} for zone in lengths}
    for zone in sorted(lengths):
        for other, metres in lengths[zone].items():
            if zone < other:
                speed = 0.3 * pace * math.exp(draw.gauss(0, 0.6)) * (0.1 if draw.random() < 0.05 else 1.0)
                rise = indexes.get(graph.level(other) or "", 0.0) - indexes.get(graph.level(zone) or "", 0.0)
                found[zone][other] = metres / (speed * _draught(rise))
                found[other][zone] = metres / (speed * _draught(-rise))
    return found


def _draught(rise: float) -> float:
    return 2.0 if rise > 0 else 1 / 3 if rise < 0 else 1.0
