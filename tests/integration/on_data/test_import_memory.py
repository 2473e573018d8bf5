"""The memory of an import does not grow with the feed: a real one, multiplied, costs what the single one does."""

import io
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
GROWTH_MB = 8
"""Room for allocators, not for feeds: the calls alone, multiplied as below, are 20 MB and more in any form."""
IMPORT = """
import re, sys
from pathlib import Path

def peak_kb():  # ru_maxrss would count the parent, whose memory this process shared until it began
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

bare = peak_kb()
from assistant.knowledge.imports import import_station
from assistant.settings import Settings

report = import_station(Settings.load(station=Path(sys.argv[1]), data=Path(sys.argv[1]) / "data"))
print(report.counts["stop_times"], report.counts["trips"], len(report.notices), peak_kb() - bare)
"""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import in a process of its own said."""

    calls: int
    trips: int
    notices: int
    peak_mb: float


def run(folder: Path) -> Imported:
    command = [sys.executable, "-c", IMPORT, str(folder)]
    calls, trips, notices, peak_kb = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    return Imported(calls=int(calls), trips=int(trips), notices=int(notices), peak_mb=int(peak_kb) / 1024)


def multiplied(source: Path, folder: Path, times: int, *, shuffled: bool = False) -> Path:
    """A station folder with every trip `times` times; shuffled, the rows of `stop_times.txt` come in any order."""
    folder.mkdir()
    (folder / "station.yaml").write_text("name: Metro Center\nstop: STN_A01_C01\nlanguages: [en]\nfeed: {limit_mb: 1000}\n")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(folder / "gtfs.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if name not in ("trips.txt", "stop_times.txt", "shapes.txt"):
                new.writestr(name, old.read(name))
        for name in ("trips.txt", "stop_times.txt"):
            lines = old.read(name).decode("utf-8-sig").splitlines()
            at = lines[0].split(",").index("trip_id")
            copies: Iterable[str] = copied(lines[1:], at, times)
            if shuffled and name == "stop_times.txt":
                copies = list(copies)
                random.Random(4).shuffle(copies)  # noqa: S311
            with new.open(name, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8") as file:
                file.write(lines[0] + "\n")
                file.writelines(copies)
    return folder


def copied(lines: list[str], at: int, times: int) -> Iterator[str]:
    for number in range(times):
        for line in lines:
            fields = line.split(",", at + 1)
            fields[at] = f"{number}-{fields[at]}"
            yield ",".join(fields) + "\n"


@pytest.mark.timeout(120)
@pytest.mark.parametrize("shuffled", [pytest.param(False, marks=pytest.mark.long), True], ids=["trip by trip", "in any order"])
def test_eight_times_the_feed_takes_no_more_memory(shared_data: Path, tmp_path: Path, shuffled: bool) -> None:
    source = shared_data / "gtfs" / "wmata-rail-2026-oneday" / "gtfs.zip"
    once = run(multiplied(source, tmp_path / "once", 1, shuffled=shuffled))
    often = run(multiplied(source, tmp_path / "often", 8, shuffled=shuffled))
    assert (once.calls, once.trips) == (45_037, 1_854)
    assert (often.calls, often.trips, often.notices) == (8 * once.calls, 8 * once.trips, once.notices)
    assert often.peak_mb < once.peak_mb + GROWTH_MB


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("shuffled", [False, True], ids=["trip by trip", "in any order"])
def test_five_million_calls_take_no_more_memory(shared_data: Path, tmp_path: Path, shuffled: bool) -> None:
    source = shared_data / "gtfs" / "wmata-rail-2026" / "gtfs.zip"
    once = run(multiplied(source, tmp_path / "once", 1, shuffled=shuffled))
    often = run(multiplied(source, tmp_path / "often", 15, shuffled=shuffled))
    assert (often.calls, often.trips) == (15 * 352_668, 15 * 16_514)
    assert often.peak_mb < once.peak_mb + GROWTH_MB
