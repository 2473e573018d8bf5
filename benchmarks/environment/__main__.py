"""`make bench-environment`: how many readings are taken in, and how fast a day of a year is asked for, with the bars of the issue."""

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.environment import alerts, year
from benchmarks.environment.pipeline import RATE
from benchmarks.environment.station import SENSORS
from benchmarks.figures import Figure, Report, middle, percentile, spread
from benchmarks.running import ROOT, say

WARM_UP = 0.75
"""Of a run, before its memory is held against its end: SQLite's caches and the windows of rules fill for about two minutes."""
PIPELINE = "one reading a message (SenML, Zigbee2MQTT), 50 sensors, 5 rules; parse, calibrate and judge, store's queue, index, rules"
COLD = "the system made to forget the file before each"


def main() -> None:
    """Measures everything and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs at the bar's rate, each in a fresh process")
    parser.add_argument("--seconds", type=float, default=180, help="length of each")
    parser.add_argument("--days", type=int, default=365, help="days of minute means")
    options = parser.parse_args()
    report = Report("environment", versions={"sqlite": sqlite3.sqlite_version})
    report.figures += taking_in(options.runs, options.seconds)
    report.figures += asking(options.days)
    report.figures += alerts.figures()
    print(report.write())


def taking_in(runs: int, seconds: float) -> list[Figure]:
    """Readings at the rate of the bar, and as many as one core can take."""
    measured = []
    for number in range(runs):
        say(f"{RATE} readings a second for {seconds:.0f} s, run {number + 1} of {runs}")
        measured.append(pipeline(seconds, RATE))
    say("as many readings as one core takes")
    return paced(measured) + most([pipeline(min(seconds, 10), 0) for _ in range(runs)])


def pipeline(seconds: float, rate: float) -> dict[str, Any]:
    """One fresh process, pinned to a core."""
    command = [sys.executable, "-m", "benchmarks.environment.pipeline", str(seconds), str(rate)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def paced(measured: list[dict[str, Any]]) -> list[Figure]:
    """The figures of runs at the bar's rate."""
    taken = [ms for run in measured for ms in run["ms"]]
    ends = [percentile(run["ms"], 99) for run in measured]
    between = f"p99 of the runs {min(ends):.2f} to {max(ends):.2f} ms, longest {max(taken):.1f} ms; from the moment a message was due"
    lost = sum(run["sent"] - run["found"] + run["dropped"] + (not run["written"]) for run in measured)
    idle = [ms for run in measured for ms in run["idle_ms"]]
    changes = sum(run["changes"] for run in measured)
    return [
        Figure(
            name=f"a reading through parse, store, index and rules at {RATE}/s on one core, p99", unit="ms", value=percentile(taken, 99),
            n=len(taken), p50=percentile(taken, 50), p95=percentile(taken, 95), bar=50, note=f"{PIPELINE}; {between}",
            peer={"name": "the same loop without any work", "value": round(percentile(idle, 99), 2)},
        ),
        Figure(
            name="readings taken in at that rate", unit="/s", value=min(run["rate"] for run in measured), n=len(measured), bar=RATE - 1,
            higher=True, note="the slowest run",
        ),
        Figure(name="readings lost on the way or not written", unit="", value=float(lost), n=len(taken), bar=0),
        middle("share of the core", "%", [run["cpu"] * 100 for run in measured]),
        middle("growth of memory", "MB/min", [growth(run["memory_mb"]) for run in measured], note="in the last quarter of a run"),
        middle("memory at the end", "MB", [run["memory_mb"][-1][1] for run in measured]),
        middle("file", "MB/min", [run["file_mb"] / run["seconds"] * 60 for run in measured], note=f"{changes} changes of rules in all"),
    ]  # fmt: skip


def growth(memory: list[list[float]]) -> float:
    """MB a minute between the end of the warm-up and the end."""
    after = [(at, mb) for at, mb in memory if at >= memory[-1][0] * WARM_UP]
    (begin, low), (end, high) = after[0], after[-1]
    return (high - low) / max(end - begin, 1.0) * 60


def most(measured: list[dict[str, Any]]) -> list[Figure]:
    """What one core takes, and where its time goes."""
    figures = [middle("readings one core takes at most", "/s", [run["rate"] for run in measured])]
    for stage in measured[0]["stages_us"]:
        figures.append(middle(f"of it: {stage}", "µs a reading", [run["stages_us"][stage] for run in measured]))
    return figures


def asking(days: int, questions: int = 400) -> list[Figure]:
    """A day of a year, warm and cold, next to the peer."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        say(f"writing {days} days of minute means of {SENSORS} sensors")
        own = year.build(Path(scratch) / "readings.sqlite", days)
        say("the same for the peer")
        other = year.build_peer(Path(scratch) / "peer.sqlite", days)
        say("asking for days")
        few = max(1, questions // 5)
        peer = {cold: percentile(year.asked_peer(other.path, days, few if cold else questions, cold=cold), 95) for cold in (False, True)}
        name = f"a day of minutes of one of {SENSORS} sensors from {days} days"
        return [
            spread(
                name, "ms", year.asked(own.path, days, questions), bar=20, note=f"{own.rows:,} rows; next to {year.PEER}",
                peer={"name": "p95", "value": round(peer[False], 2)},
            ),
            spread(
                f"{name}, cold", "ms", year.asked(own.path, days, few, cold=True), note=COLD,
                peer={"name": "p95", "value": round(peer[True], 2)},
            ),
            spread(
                f"a day of minutes of all {SENSORS} sensors, one after the other", "ms", year.all_of_a_day(own.path, days, few),
                note=f"{year.DAY * SENSORS:,} values",
            ),
            Figure(name="size of the file", unit="MB", value=own.mb, peer={"name": "peer", "value": round(other.mb)}),
            Figure(name="building it", unit="s", value=own.seconds, peer={"name": "peer", "value": round(other.seconds, 1)}),
        ]  # fmt: skip


if __name__ == "__main__":
    main()
