"""`python -m benchmarks.fire`: how well fires are located, in simulated fires of two stations and in four real ones of a house."""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.clock import SystemClock
from assistant.environment.fire import Detector, Locator
from assistant.knowledge import Knowledge
from assistant.settings import Settings
from benchmarks.figures import ROOT, Figure, Report, spread
from benchmarks.fire import house
from benchmarks.fire.located import Station, figures
from benchmarks.running import say

SHARED = ROOT.parent / "shared" / "data"
EXAMPLE = ROOT / "examples" / "harbour-central"
METRO = "name: Metro Center\nstop: STN_A01_C01\nlanguages: [en]\n"
TESTED_SEED = 20261124
"""Of the fires that are reported. The locator's figures were looked at with other seeds only."""


class Tree:
    """A made-up station: each zone joined to one before it."""

    def __init__(self, zones: int) -> None:
        draw = random.Random(1)  # noqa: S311
        self._lengths: dict[str, dict[str, float]] = {f"z{number}": {} for number in range(zones)}
        for number in range(1, zones):
            before, metres = f"z{draw.randrange(max(0, number - 6), number)}", draw.uniform(5, 40)
            self._lengths[f"z{number}"][before] = self._lengths[before][f"z{number}"] = metres

    def zones(self) -> list[str]:
        """Every zone."""
        return list(self._lengths)

    def neighbours(self, zone: str) -> list[tuple[str, float]]:
        """The zones next to one."""
        return list(self._lengths[zone].items())

    def level(self, zone: str) -> str | None:
        """All on one."""
        return None


def main() -> None:
    """Measures everything and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fires", type=int, default=2000, help="simulated fires a station")
    parser.add_argument("--seed", type=int, default=TESTED_SEED)
    parser.add_argument("--dry", action="store_true", help="write no report")
    options = parser.parse_args()
    report = Report("fire")
    report.figures += speed()
    with stations() as burning:
        for station in burning:
            say(f"fires in {station.name}")
            report.figures += figures(station, options.fires, options.seed)
    if house.FOLDER.exists():
        report.figures += house.figures()
    print(report.table() if options.dry else report.write())


def speed() -> list[Figure]:
    """Milliseconds for one location in a large station."""
    draw, tree, now = random.Random(2), Tree(300), datetime.now(UTC)  # noqa: S311
    detectors = [Detector(id=f"d{number}", zone=f"z{draw.randrange(300)}") for number in range(60)]
    locator, taken = Locator(tree, detectors), []
    for round_ in range(60):
        alarms = {f"d{number}": now - timedelta(seconds=draw.uniform(0, 120)) for number in range(1 + round_ % 20)}
        began = time.perf_counter()
        locator.locate(alarms, at=now)
        taken.append(1000 * (time.perf_counter() - began))
    return [spread("locating a fire among 300 zones by 60 detectors, 1 to 20 sounding", "ms", taken)]


@contextmanager
def stations() -> Iterator[list[Station]]:
    """The example station, and Washington's Metro Center where its feed is at hand."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        made = [station("example station", EXAMPLE, Path(scratch) / "example")]
        feed = SHARED / "gtfs" / "wmata-rail-2026-oneday" / "gtfs.zip"
        if feed.exists():
            folder = Path(scratch) / "metro"
            folder.mkdir()
            (folder / "gtfs.zip").symlink_to(feed)
            (folder / "station.yaml").write_text(METRO)
            made.append(station("Metro Center, Washington", folder, folder / "data"))
        yield made


def station(name: str, folder: Path, data: Path) -> Station:
    """A station of a folder."""
    knowledge = Knowledge.open(Settings.load(station=folder, data=data), SystemClock())
    zones, levels = knowledge.zones(), knowledge.levels()
    return Station(name=name, graph=zones, indexes={level: float(-number) for number, level in enumerate(levels)})


if __name__ == "__main__":
    main()
