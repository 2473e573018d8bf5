"""Where a fire is: Bayes' rule over the zones of the station.

P(zone) ∝ prior · Σ over start time τ and smoke speed v of
    Π over detectors that sound   N(t − τ − delay − distance / v; σ) · P(reached)
  · Π over detectors that do not  P(no alarm yet)

Times of alarms at several detectors as evidence of the place of the fire are those of G. Liu, H. Yuan and L. Huang, "A fire alarm
judgment method using multiple smoke alarms based on Bayesian estimation", Fire Safety Journal 2023, doi:10.1016/j.firesaf.2023.103733,
of which only the abstract was read: they take the intervals between alarms to a posterior over place and strength of the source. Ours
is a plainer relative: distances along the ways of the map stand for the spread of smoke, a fire's unknown growth is part of its unknown
start time, and silent, dead, unreached and false detectors are ours. None of it is calibrated on stations.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from math import erf, inf, sqrt

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from assistant.environment.fire.models import RESPONSES, Detector, Located, Model, Response, Sighting
from assistant.environment.ports import ZoneGraph

Numbers = NDArray[np.float64]
STARTS = 48
"""Start times that are summed over; the step between them widens σ."""
_WIDEST, _PER_SIGMA = 5, 100
_NORMAL = np.array([0.5 * (1.0 + erf(each / _PER_SIGMA / sqrt(2.0))) for each in range(-_WIDEST * _PER_SIGMA, _WIDEST * _PER_SIGMA + 1)])
"""The normal distribution's cumulated probability at each hundredth of σ: numpy has none."""


class Locator:
    """Knows the station's zones and detectors. Detectors in zones that the graph lacks are left out: they locate nothing."""

    def __init__(
        self, graph: ZoneGraph, detectors: Iterable[Detector], model: Model | None = None, prior: Mapping[str, float] | None = None
    ) -> None:
        """`prior` weighs zones by how likely fires begin there, each 1 by default."""
        self.model = model or Model()
        self._zones = tuple(graph.zones())
        self._numbers = {zone: number for number, zone in enumerate(self._zones)}
        self._graph = _graph(graph, self._zones, self._numbers)
        self._detectors = {each.id: each for each in detectors if each.zone in self._numbers}
        self._distances: dict[str, Numbers] = {}
        weights = np.array([(prior or {}).get(zone, 1.0) for zone in self._zones], dtype=np.float64)
        with np.errstate(divide="ignore"):
            self._prior = np.log(weights)
        for zone in dict.fromkeys(each.zone for each in self._detectors.values()):
            self._metres(zone)

    def locate(
        self, alarms: Mapping[str, datetime], *, at: datetime, silent: Collection[str] = (), sightings: Sequence[Sighting] = ()
    ) -> Located | None:
        """Where the fire is by what is known `at` a moment; None where nothing that is known has a place.

        `alarms` holds since when detectors sound, by id; `silent` those that are known not to report, which then tell nothing by not
        sounding. Times are aware. Takes time in proportion to zones times detectors.
        """
        sounding = {key: when for key, when in alarms.items() if key in self._detectors and when <= at}
        seen = [each for each in sightings if each.zone in self._numbers and each.at <= at]
        first = self._first(sounding, seen)
        if first is None:
            return None
        weights = self._prior + self._by_people(sounding, seen)
        if timed := {self._detectors[key]: when for key, when in sounding.items() if self._detectors[key].kind != "call_point"}:
            quiet = [
                each for key, each in self._detectors.items()
                if key not in alarms and key not in silent and each.kind != "call_point"
            ]  # fmt: skip
            weights = weights + self._by_times(timed, quiet, at)
        return self._smallest(weights, first, at)

    def _first(self, sounding: Mapping[str, datetime], seen: Sequence[Sighting]) -> str | None:
        """Detectors count before what people say, whenever they say it."""
        if sounding:
            return self._detectors[min(sounding, key=lambda key: (sounding[key], key))].zone
        return min(seen, key=lambda each: each.at).zone if seen else None

    def _by_people(self, sounding: Mapping[str, datetime], seen: Sequence[Sighting]) -> Numbers:
        """People walk before they speak: when they did tells nothing, where they did a little."""
        model, total = self.model, np.zeros(len(self._zones))
        pressed = {self._detectors[key].zone for key in sounding if self._detectors[key].kind == "call_point"}
        told = [(zone, model.mistaken) for zone in sorted(pressed)]
        told += [(zone, model.misplaced) for zone in sorted({each.zone for each in seen})]
        for zone, wrong in told:
            near = np.exp(-self._metres(zone) / model.walked_m)
            total += np.log((1 - wrong) * near / near.sum() + wrong / len(self._zones))
        return total

    def _by_times(self, sounding: Mapping[Detector, datetime], quiet: Sequence[Detector], at: datetime) -> Numbers:
        """Log likelihood of each zone by who sounds when, and who does not."""
        model, origin = self.model, min(sounding.values())
        times = {each: (when - origin).total_seconds() for each, when in sounding.items()}
        late = {each for each, seconds in times.items() if seconds > model.window_s}
        until = min((at - origin).total_seconds(), model.window_s)
        last = max(seconds for each, seconds in times.items() if each not in late)
        starts, step = np.linspace(-model.before_s, last, STARTS, retstep=True)
        total = np.zeros((len(self._zones), len(model.speeds_m_s), STARTS))
        for each, seconds in times.items():
            if each not in late:
                total += self._heard(each, seconds - starts, float(step))
        for kind in {each.kind for each in quiet}:
            total += self._unheard([each.zone for each in quiet if each.kind == kind], RESPONSES[kind], until - starts, float(step))
        with np.errstate(divide="ignore"):
            found: Numbers = np.log(np.exp(total - total.max()).sum(axis=(1, 2)))
        return found

    def _heard(self, detector: Detector, elapsed: Numbers, step: float) -> Numbers:
        """Log density of an alarm so long after the start: this fire's, or a spurious one at any time."""
        model = self.model
        deviation, spread, reached = self._arrival(self._metres(detector.zone), RESPONSES[detector.kind], elapsed, step)
        density = reached * np.exp(-0.5 * deviation**2) / (spread * sqrt(2 * np.pi))
        found: Numbers = np.log((1 - model.spurious) * (1 - model.dead) * density + model.spurious / (model.before_s + model.window_s))
        return found

    def _unheard(self, zones: Sequence[str], response: Response, elapsed: Numbers, step: float) -> Numbers:
        """Log probability of no alarm for so long of detectors of one kind: dead, not reached, or not yet.

        Worked out once for each whole metre, and counted how many detectors are so far from each zone.
        """
        metres, places = np.unique(np.round([self._metres(zone) for zone in zones]), return_inverse=True)
        counts = np.zeros((len(self._zones), len(metres)))
        np.add.at(counts, (np.arange(len(self._zones)), places.reshape(len(zones), -1)), 1)
        deviation, _, reached = self._arrival(metres, response, elapsed, step)
        places = np.clip(deviation * _PER_SIGMA, -_WIDEST * _PER_SIGMA, _WIDEST * _PER_SIGMA).astype(np.intp)
        silence = np.log(1 - (1 - self.model.dead) * reached * _NORMAL[places + _WIDEST * _PER_SIGMA])
        found: Numbers = np.tensordot(counts, silence, axes=1)
        return found

    def _arrival(self, metres: Numbers, response: Response, elapsed: Numbers, step: float) -> tuple[Numbers, Numbers, Numbers]:
        """(distances, speeds, starts): how many σ later than expected `elapsed` is; σ in seconds; the chance to be reached at all."""
        travel = np.where(np.isfinite(metres), metres, 1e6)[:, None] / np.array(self.model.speeds_m_s)
        spread = np.sqrt(response.spread_s**2 + (self.model.lag * travel) ** 2 + step**2 / 12)[:, :, None]
        deviation = (elapsed - response.delay_s - travel[:, :, None]) / spread
        return deviation, spread, np.exp(-metres / response.reach_m)[:, None, None]

    def _metres(self, zone: str) -> Numbers:
        """Metres along the ways from a zone to each; infinite where there is none."""
        if zone not in self._distances:
            found = rx.dijkstra_shortest_path_lengths(self._graph, self._numbers[zone], float)
            metres = np.full(len(self._zones), inf)
            metres[list(found.keys())] = list(found.values())
            metres[self._numbers[zone]] = 0.0
            self._distances[zone] = metres
        return self._distances[zone]

    def _smallest(self, weights: Numbers, first: str, at: datetime) -> Located:
        """The most probable zones, until they hold the share."""
        chances = np.exp(weights - weights.max())
        chances /= chances.sum()
        order = np.argsort(-chances, kind="stable")
        count = int(np.searchsorted(np.cumsum(chances[order]), self.model.share - 1e-9)) + 1
        chosen = order[:count]
        return Located(
            zones=tuple(self._zones[number] for number in chosen), probabilities=tuple(float(chances[number]) for number in chosen),
            first=first, at=at,
        )  # fmt: skip


def _graph(graph: ZoneGraph, zones: Sequence[str], numbers: Mapping[str, int]) -> "rx.PyGraph[int, float]":
    made: rx.PyGraph[int, float] = rx.PyGraph(multigraph=False)
    made.add_nodes_from(range(len(zones)))
    for zone in zones:
        for other, metres in graph.neighbours(zone):
            if other in numbers:
                made.add_edge(numbers[zone], numbers[other], metres)
    return made
