"""Other readers of GTFS, each asked in its own way: environments of their own under `var/bench/`, which can be deleted."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.running import ROOT

SCRIPTS = Path(__file__).parent / "gtfs_peers"
BENCH = ROOT / "var" / "bench"
PYTHON = BENCH / "python" / "bin" / "python"
NODE = BENCH / "node"
PYTHON_PACKAGES = {"gtfs-kit": "12.0.3", "partridge": "1.1.2"}
NAMES = ("gtfs-kit", "partridge", "node-gtfs")
NODE_PACKAGES = {"gtfs": "4.18.7", "better-sqlite3": "12.10.0"}
INSTALL_LIMIT_S = 1200


class Absent(Exception):
    """A peer that cannot be had on this machine; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One of them: how it is called, and what it does in plain words."""

    name: str
    version: str
    command: tuple[str, ...]
    bare: tuple[str, ...]
    """Starts the same interpreter with nothing to do but to say its peak."""
    imports: str
    departures: str


def installed() -> tuple[list[Peer], dict[str, str]]:
    """The peers that can be had here, and why the others cannot."""
    absent: dict[str, str] = {}
    peers = []
    for names, make in ((NAMES[:2], python_peers), (NAMES[2:], node_peers)):
        try:
            peers += make()
        except Absent as error:
            absent |= dict.fromkeys(names, str(error))
    return peers, absent


def python_peers() -> list[Peer]:
    """gtfs-kit and partridge, both on pandas."""
    wanted = [f"{name}=={version}" for name, version in PYTHON_PACKAGES.items()]

    def install() -> None:
        _run([sys.executable, "-m", "venv", str(PYTHON.parent.parent)])
        _run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--prefer-binary", *wanted])

    _once(BENCH / "python", " ".join(wanted), install)
    bare = (str(PYTHON), str(SCRIPTS / "bare.py"))
    return [
        Peer(
            name="gtfs-kit", version=PYTHON_PACKAGES["gtfs-kit"], command=(str(PYTHON), str(SCRIPTS / "ask_gtfs_kit.py")), bare=bare,
            imports="reads the tables it knows into data frames in memory, as text; no pathways, no levels, no checks, nothing kept",
            departures="builds the day's timetable of every platform, trains that end there left in; nothing from the day before",
        ),
        Peer(
            name="partridge", version=PYTHON_PACKAGES["partridge"], command=(str(PYTHON), str(SCRIPTS / "ask_partridge.py")), bare=bare,
            imports="reads every table into data frames in memory, times as seconds; stops that no trip serves are dropped, nothing kept",
            departures="a filter over the frame of all calls, trains that end there left in; nothing from the day before",
        ),
    ]  # fmt: skip


def node_peers() -> list[Peer]:
    """node-gtfs, on a SQLite that is built from source."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        raise Absent("there is no Node.js on this machine")

    def install() -> None:
        NODE.mkdir(parents=True, exist_ok=True)
        manifest = {"private": True, "type": "module", "dependencies": NODE_PACKAGES, "overrides": NODE_PACKAGES}
        (NODE / "package.json").write_text(json.dumps(manifest), encoding="utf-8")
        # Node's own headers, where they came with it: else they would have to be downloaded.
        prefix = Path(node).resolve().parent.parent
        headers = {"npm_config_nodedir": str(prefix)} if (prefix / "include" / "node" / "node.h").is_file() else {}
        _run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=NODE, env=os.environ | headers)
        _run([node, "--eval", 'new (require("better-sqlite3"))(":memory:")'], cwd=NODE)

    _once(NODE, json.dumps(NODE_PACKAGES), install)
    for script in SCRIPTS.glob("*.mjs"):  # a module finds its packages beside itself
        shutil.copy(script, NODE)
    return [
        Peer(
            name="node-gtfs", version=NODE_PACKAGES["gtfs"], command=(node, str(NODE / "ask_node_gtfs.mjs")),
            bare=(node, str(NODE / "bare.mjs")),
            imports="copies every table, shapes too, into a SQLite file of the same tables; no checks across tables",
            departures="one query over the calls of the coming hour, trains that end there left in; nothing from the day before",
        ),
    ]  # fmt: skip


def said(command: Sequence[str], *arguments: str, given: str = "") -> dict[str, Any]:
    """What a measuring process printed as its last line, which is JSON; it reads `given`. Raises CalledProcessError."""
    done = subprocess.run([*command, *arguments], check=True, cwd=ROOT, input=given, stdout=subprocess.PIPE, text=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _once(folder: Path, wanted: str, install: Callable[[], None]) -> None:
    """Installs into a folder unless just this is there already. Raises Absent."""
    stamp = folder / "installed"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        install()
    except (OSError, subprocess.SubprocessError) as error:
        raise Absent(f"could not be installed: {type(error).__name__}") from error
    stamp.write_text(wanted, encoding="utf-8")


def _run(command: list[str], **options: Any) -> None:
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(command, check=True, timeout=INSTALL_LIMIT_S, **quiet, **options)
