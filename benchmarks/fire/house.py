"""Four real fires: NIST's manufactured home (R. Bukowski and others, Performance of Home Smoke Alarms, NIST TN 1455-1, 2008).

What burnt, where walls, doors and instruments are: the geometry of the same tests in `firemodels/fds`,
Validation/NIST_Smoke_Alarms/FDS_Input_Files (chairs in the living room in SDC02 and SDC33, mattresses in the main bedroom in SDC07 and
SDC38). Ours are the zones (a room each; no detector hangs in kitchen, bathroom and bedroom 3), the metres between their middles through
the doors, a closed door to the bathroom where that geometry has none, and the thresholds. Smoke: optical density 0.05 /m at 20 mm below
the ceiling, 10.9 % a metre, near the upper limit of 4 % a foot that UL 217 allows. Heat: 57 °C, or a rise of 8.3 °C within a minute, the
usual ratings. Each has to hold for two readings, 4 s. The gas columns were not used: in SDC07 and SDC33 they hold other things.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.environment.fire import Detector, Kind, Located, Locator
from benchmarks.figures import ROOT, Figure

FOLDER = ROOT.parent / "shared" / "data" / "env" / "nist-smoke-alarms"
ORIGINS = {"SDC02": "living", "SDC07": "bedroom_1", "SDC33": "living", "SDC38": "bedroom_1"}
"""Test → the room it burnt in."""
BURNT = {"SDC02": "chair", "SDC07": "mattress", "SDC33": "chair", "SDC38": "mattress"}
POINTS = {"A": "bedroom_2", "B": "bedroom_1", "C": "hallway_1", "D": "hallway_2", "E": "living", "F": "living"}
"""Where smoke and temperature were measured → the zone."""
ALARMS = {"A": "bedroom_2", "B": "bedroom_1", "C": "hallway_1", "D": "hallway_2", "E": "living"}
"""The same of the recorded alarms' stations."""
WAYS = {
    ("bedroom_2", "hallway_1"): 3.5, ("hallway_1", "bathroom"): 2.0, ("hallway_1", "kitchen"): 3.8, ("kitchen", "living"): 3.6,
    ("living", "hallway_2"): 4.0, ("hallway_2", "bedroom_3"): 2.2, ("hallway_2", "bedroom_1"): 3.8,
}  # fmt: skip
SMOKE_PER_M, HOT_C, RISE_C, WITHIN_S = 0.05, 57.0, 8.3, 60.0
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


class House:
    """Its rooms. Meets `ZoneGraph`."""

    def zones(self) -> Sequence[str]:
        """Every room."""
        return tuple(dict.fromkeys(zone for pair in WAYS for zone in pair))

    def neighbours(self, zone: str) -> Sequence[tuple[str, float]]:
        """The rooms next to one."""
        return [(next(each for each in pair if each != zone), metres) for pair, metres in WAYS.items() if zone in pair]

    def level(self, zone: str) -> str | None:
        """It has one floor."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """One test: seconds at which our detectors and the recorded alarms sounded."""

    test: str
    ours: dict[str, float]
    recorded: dict[str, float]

    @property
    def first_s(self) -> float:
        """Our first alarm."""
        return min(self.ours.values())

    def at(self, after_s: float) -> Located:
        """Where the locator says it burns, so many seconds after our first alarm."""
        return _locate(DETECTORS, self.ours, self.first_s + after_s)

    def recorded_at(self, after_s: float) -> Located:
        """The same by the recorded alarms alone, as smoke detectors."""
        detectors = [Detector(id=key, zone=ALARMS[key[-1]]) for key in self.recorded]
        return _locate(detectors, self.recorded, min(self.recorded.values()) + after_s)


KINDS: dict[str, Kind] = {"SM": "smoke", "TC": "heat_alarm"}
DETECTORS = [Detector(id=f"{column}{point}_1", zone=zone, kind=kind) for column, kind in KINDS.items() for point, zone in POINTS.items()]


def replays(folder: Path = FOLDER) -> Iterator[Replay]:
    """The four tests."""
    with (folder / "Activation_Times.csv").open() as file:
        names, times = list(csv.reader(file))[:2]
    for test in ORIGINS:
        with (folder / f"NIST_Smoke_Alarms_{test}.csv").open() as file:
            rows = list(csv.DictReader(file))
        seconds = [float(row["TIME"]) for row in rows]
        ours = {each.id: _sounds(seconds, [float(row[each.id]) for row in rows], each.kind) for each in DETECTORS}
        recorded = {name.partition("-")[2]: float(when) for name, when in zip(names, times, strict=True) if name.startswith(test)}
        yield Replay(test=test, ours={key: when for key, when in ours.items() if when is not None}, recorded=recorded)


def figures() -> list[Figure]:
    """What became of each fire."""
    return [figure for replay in replays() for figure in _about(replay)]


def _about(replay: Replay) -> list[Figure]:
    origin = ORIGINS[replay.test]
    name = f"real fire {replay.test}, a {BURNT[replay.test]} in {origin}"
    recorded = min(replay.recorded, key=lambda key: replay.recorded[key])
    found = [
        Figure(
            name=f"{name}: seconds to alarm", unit="s", value=replay.first_s,
            note="our thresholds on raw channels, from the beginning of the record",
            peer={"name": f"first recorded alarm, {recorded}", "value": replay.recorded[recorded]},
        )
    ]  # fmt: skip
    looked = {"at the first alarm": replay.at(0), "60 s after it": replay.at(60)}
    for what, located in (looked | {"recorded alarms, 60 s after the first": replay.recorded_at(60)}).items():
        inside = "room of origin in the set" if origin in located.zones else "room of origin NOT in the set"
        chances = ", ".join(f"{zone} {chance:.2f}" for zone, chance in zip(located.zones, located.probabilities, strict=True))
        note = f"{inside}: {chances}; first detector's zone: {located.first}"
        found.append(Figure(name=f"{name}: zones in the set of 8, {what}", unit="zones", value=len(located.zones), note=note))
    return found


def _locate(detectors: Sequence[Detector], alarms: Mapping[str, float], until: float) -> Located:
    heard = {key: BEGIN + timedelta(seconds=when) for key, when in alarms.items() if when <= until}
    return certain(Locator(House(), detectors).locate(heard, at=BEGIN + timedelta(seconds=until)))


def certain(located: Located | None) -> Located:
    """What the locator said, where detectors with a place sound."""
    if located is None:
        raise ValueError("no detector that sounds has a place")
    return located


def _sounds(seconds: Sequence[float], values: Sequence[float], kind: str) -> float | None:
    """When a detector of ours sounds; None for never."""
    over = [_over(seconds, values, number, kind) for number in range(len(values))]
    return next((seconds[number] for number in range(1, len(over)) if over[number - 1] and over[number]), None)


def _over(seconds: Sequence[float], values: Sequence[float], number: int, kind: str) -> bool:
    if kind == "smoke":
        return values[number] > SMOKE_PER_M
    lowest = min(value for when, value in zip(seconds, values, strict=True) if seconds[number] - WITHIN_S <= when <= seconds[number])
    return values[number] > HOT_C or values[number] - lowest > RISE_C
