"""`make bench`: what a feed costs and how fast its questions are answered, side by side with other readers of GTFS."""

import argparse
import json
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import gtfs_readers
from benchmarks.feeds import DAY, FEED, STATION, busiest, questions, scaled
from benchmarks.figures import Figure, Report, middle, percentile, spread
from benchmarks.gtfs_readers import SCRIPTS, Peer, said
from benchmarks.running import say

INSIDE = (sys.executable, "-m", "benchmarks.inside")
SERVING = (sys.executable, "-m", "benchmarks.serving")
BARE = (sys.executable, str(SCRIPTS / "bare.py"))
PEER_QUESTIONS = 60
"""Fewer, as they are slow."""
PARTS = {"a quarter of the trips": 0.25, "half of the trips": 0.5, "the whole feed": 1}
MULTIPLE = 15
OURS = "streams every table but shapes, checks them against each other and writes an indexed SQLite file that stays"
KINDS: dict[str, tuple[str, float | None, str]] = {
    "departures": ("next departures at the busiest station", 2, "the next five, trains that end there left out, the day before looked at"),
    "departures_to": ("next departures from the busiest station to another", 2, "the next five that go there, with their arrival"),
    "journeys": ("journey with up to 3 changes", 5, "the best three from a moment on, between any two stations; the day is loaded before"),
    "journeys_by": ("journey with up to 3 changes, to arrive by a time", 5, "the best three that leave last; the day is loaded before"),
    "routes": ("indoor route with its words", 2, "from the kiosk at an entrance to a platform, half of them step-free, three languages"),
}
"""Kind of question → what it is called, its bar in milliseconds, what it does."""


def main() -> None:
    """Measures everything and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="imports a reader of GTFS, each in a fresh process")
    parser.add_argument("--without-peers", action="store_true", help="leave out the other readers, which have to be installed")
    parser.add_argument("--without-multiple", action="store_true", help="leave out the feed of five million calls")
    options = parser.parse_args()
    report = Report("knowledge", versions={"sqlite": sqlite3.sqlite_version})
    if not FEED.exists():
        raise SystemExit("../shared/data is not here")
    absent = dict.fromkeys(gtfs_readers.NAMES, "left out")
    peers: list[Peer] = []
    if not options.without_peers:
        say("installing other readers of GTFS under var/bench")
        peers, absent = gtfs_readers.installed()
        report.versions |= {peer.name: peer.version for peer in peers}
    report.figures += imports(peers, absent, options.runs)
    report.figures += answers(peers, absent)
    report.figures += growth(options.runs)
    if not options.without_multiple:
        report.figures += multiple()
    print(report.write())


def imports(peers: list[Peer], absent: dict[str, str], runs: int) -> list[Figure]:
    """Time and memory of a whole import, the readers taking turns, every time in a fresh process."""
    nothing = json.dumps({"stops": [], "date": DAY, "times": []})
    seconds: dict[str, list[float]] = {name: [] for name in ("", *(peer.name for peer in peers))}
    over_bare: dict[str, list[float]] = {name: [] for name in seconds}
    with station(FEED) as folder:
        for number in range(runs):
            say(f"imports, round {number + 1} of {runs}")
            measured = {"": said(INSIDE, str(folder))} | {peer.name: said(peer.command, str(FEED), nothing) for peer in peers}
            bare = {"": said(BARE)} | {peer.name: said(peer.bare) for peer in peers}
            for name in seconds:
                seconds[name].append(measured[name]["seconds"])
                over_bare[name].append(measured[name]["peak_mb"] - bare[name]["peak_mb"])
    modules = measured[""]["modules_mb"] - bare[""]["peak_mb"]
    figures = [
        middle("import of Washington's rail feed", "s", seconds[""], bar=2.5, note=OURS, peer=beside("node-gtfs", seconds)),
        middle(
            "import, peak memory over the bare interpreter", "MB", over_bare[""], bar=60, peer=beside("node-gtfs", over_bare),
            note=f"of it {modules:.0f} MB are the assistant's modules, loaded before the import begins",
        ),
        share_of_node(seconds, absent),
    ]  # fmt: skip
    for peer in peers:
        figures.append(middle(f"import by {peer.name}", "s", seconds[peer.name], note=peer.imports))
        figures.append(middle(f"import by {peer.name}, peak memory over its bare interpreter", "MB", over_bare[peer.name]))
    return figures + [Figure(name=f"import by {name}", unit="s", value=None, note=why) for name, why in absent.items()]


def beside(name: str, values: dict[str, list[float]]) -> dict[str, Any] | None:
    """The median of a peer, where it could be had."""
    return {"name": name, "value": round(statistics.median(values[name]), 2)} if name in values else None


def share_of_node(seconds: dict[str, list[float]], absent: dict[str, str]) -> Figure:
    """The import against node-gtfs's, of the same run."""
    name = "import time as a part of node-gtfs's"
    if "node-gtfs" in absent:
        return Figure(name=name, unit="×", value=None, bar=0.5, note=absent["node-gtfs"])
    return Figure(
        name=name, unit="×", value=statistics.median(seconds[""]) / statistics.median(seconds["node-gtfs"]), bar=0.5, n=len(seconds[""]),
        note="medians; neither counts the start of its interpreter and the loading of its code",
    )  # fmt: skip


def answers(peers: list[Peer], absent: dict[str, str]) -> list[Figure]:
    """Every kind of question to the whole feed, in one process, and departures asked of the other readers."""
    stop, platforms = busiest(FEED)
    asked = questions(FEED, stop)
    say("questions to the whole feed")
    own = serving(FEED, asked)
    theirs = {}
    for peer in peers:
        say(f"departures from {peer.name}")
        times = [question["at"] for question in asked["departures"][:PEER_QUESTIONS]]
        theirs[peer.name] = said(peer.command, str(FEED), json.dumps({"stops": platforms, "date": DAY, "times": times}))["ms"]
    node = {"name": "node-gtfs", "value": round(percentile(theirs["node-gtfs"], 95), 2)} if "node-gtfs" in theirs else None
    figures = own_answers(own, node)
    figures += [spread(f"next departures by {peer.name}", "ms", theirs[peer.name], note=peer.departures) for peer in peers]
    return figures + [Figure(name=f"next departures by {name}", unit="ms", value=None, note=why) for name, why in absent.items()]


def own_answers(own: dict[str, Any], node: dict[str, Any] | None) -> list[Figure]:
    """The figures of one process that answered everything."""
    figures = []
    for kind, taken in own["ms"].items():
        name, bar, note = KINDS[kind]
        figures.append(spread(name, "ms", taken, bar=bar, note=note, peer=node if kind == "departures" else None))
    count = sum(len(taken) for taken in own["ms"].values())
    grown = (
        f"PSS after opening the feed and answering {count} questions of all these kinds, less the PSS of the same process "
        f"when only its modules were loaded ({own['modules_mb']:.0f} MB)"
    )
    figures.append(Figure(name="growth of the process with the feed in service", unit="MB", value=own["grown_mb"], bar=60, note=grown))
    figures.append(Figure(name="opening an imported feed", unit="ms", value=own["open_ms"]))
    figures.append(Figure(name="loading the journeys of a day", unit="ms", value=own["load_ms"], note="done before anybody asks"))
    return figures


def growth(runs: int) -> list[Figure]:
    """How import and answers grow with the feed."""
    stop, _ = busiest(FEED)
    figures = []
    for part, factor in PARTS.items():
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            feed = Path(scratch) / "feed.zip"
            calls = scaled(FEED, feed, factor)
            say(f"{part}: {calls:,} calls")
            figures += imported(f"{part}, {calls:,} calls", feed, runs)
            own = serving(feed, questions(feed, stop))
            figures += [spread(f"{part}: {KINDS[kind][0]}", "ms", own["ms"][kind]) for kind in own["ms"]]
            figures.append(Figure(name=f"{part}: growth of the process with the feed in service", unit="MB", value=own["grown_mb"]))
    return figures


def multiple() -> list[Figure]:
    """One import of a feed whose trips all run many times over."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        feed = Path(scratch) / "feed.zip"
        say(f"writing a feed of {MULTIPLE} times the trips")
        calls = scaled(FEED, feed, MULTIPLE)
        return imported(f"every trip {MULTIPLE} times, {calls:,} calls", feed, 1)


def imported(label: str, feed: Path, runs: int) -> list[Figure]:
    """Time and memory of imports of a feed."""
    with station(feed) as folder:
        measured = [said(INSIDE, str(folder)) for _ in range(runs)]
    bare = said(BARE)["peak_mb"]
    return [
        middle(f"{label}: import", "s", [each["seconds"] for each in measured]),
        middle(f"{label}: import, peak memory over the bare interpreter", "MB", [each["peak_mb"] - bare for each in measured]),
    ]


def serving(feed: Path, asked: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    """What a fresh process with an imported feed measured of itself."""
    with station(feed) as folder:
        said(SERVING, str(folder), given="{}")  # imports it
        return said(SERVING, str(folder), given=json.dumps(asked))


@contextmanager
def station(feed: Path) -> Iterator[Path]:
    """A station folder with a feed."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = Path(scratch)
        (folder / "gtfs.zip").symlink_to(feed)
        (folder / "station.yaml").write_text(STATION, encoding="utf-8")
        yield folder


if __name__ == "__main__":
    main()
