"""One fresh process with the assistant's knowledge, measured from inside: `python -m benchmarks.inside import|serve FOLDER [JSON]`."""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.clock import StartedClock
from assistant.knowledge.imports import import_station
from assistant.settings import Settings
from benchmarks.feeds import at
from benchmarks.gtfs_peers.bare import peak_mb

if TYPE_CHECKING:
    from assistant.knowledge import Knowledge


def main() -> None:
    """Prints what was measured as one line of JSON."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(imported(folder) if what == "import" else in_service(folder, json.loads(sys.argv[3]))))


def imported(folder: Path) -> dict[str, Any]:
    """A whole import into a new database."""
    with tempfile.TemporaryDirectory(prefix="bench-") as data:
        settings = Settings.load(station=folder, data=Path(data))
        modules = peak_mb()
        began = time.perf_counter()
        report = import_station(settings)
        return {"seconds": time.perf_counter() - began, "peak_mb": peak_mb(), "modules_mb": modules, "notices": len(report.notices)}


def in_service(folder: Path, asked: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    """Milliseconds of every question, by kind, and how much the process grew by opening the feed and answering them all."""
    from assistant.knowledge import Knowledge  # an import of a feed does without it

    settings = Settings.load(station=folder, data=folder / "data")
    before = pss_mb()
    began = time.perf_counter()
    knowledge = Knowledge.open(settings, StartedClock(at("08:00:00")))
    opened = (time.perf_counter() - began) * 1000
    taken = {kind: list(timed(ASK[kind], knowledge, questions)) for kind, questions in asked.items()}
    gc.collect()
    return {"open_ms": opened, "modules_mb": before, "grown_mb": pss_mb() - before, "ms": taken}


def timed(ask: Callable[[Knowledge, dict[str, str]], object], knowledge: Knowledge, questions: Iterable[dict[str, str]]) -> Iterable[float]:
    """Milliseconds of each question."""
    for question in questions:
        began = time.perf_counter()
        ask(knowledge, question)
        yield (time.perf_counter() - began) * 1000


def departures(knowledge: Knowledge, question: dict[str, str]) -> None:
    """The next five departures."""
    if not knowledge.departures(stop_id=question["stop"], at=at(question["at"]), limit=5):
        raise SystemExit("no departures found")


ASK = {"departures": departures}


def pss_mb() -> float:
    """Memory of this process, what it shares with others counted by its share."""
    line = next(line for line in Path("/proc/self/smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024 / 1e6


if __name__ == "__main__":
    main()
