"""Figures, with the bar an issue set for them, and the table they are shown in."""

import json
import math
import os
import platform
import re
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from assistant import __version__

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"

VERSIONED = ("rasa", "fastapi", "uvicorn", "wyoming", "vosk", "faster-whisper", "ctranslate2", "pyttsx3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured thing. `value` is what the bar is held against: lower is better, unless `higher` says otherwise."""

    name: str
    unit: str
    value: float | None
    """None where it could not be measured here; `note` says why."""
    n: int = 1
    p50: float | None = None
    p95: float | None = None
    bar: float | None = None
    note: str = ""
    peer: dict[str, Any] | None = None
    higher: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether the bar holds; None without a bar or without a value."""
        if self.bar is None or self.value is None:
            return None
        return self.value >= self.bar if self.higher else self.value <= self.bar


@dataclass(slots=True)
class Report:
    """Everything one run measured."""

    name: str
    figures: list[Figure] = field(default_factory=list)
    machine: dict[str, Any] = field(default_factory=lambda: machine())
    versions: dict[str, str] = field(default_factory=dict)
    """Of what is measured beside the assistant."""

    def write(self, folder: Path = RESULTS) -> str:
        """Writes `<name>.json` and `<name>.md`; returns the table."""
        folder.mkdir(parents=True, exist_ok=True)
        content = {
            "machine": self.machine,
            "versions": {"python": platform.python_version(), "station-assistant": __version__}
            | {name: _version(name) for name in VERSIONED}
            | self.versions,
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "figures": [{**asdict(figure), "holds": figure.holds} for figure in self.figures],
        }
        (folder / f"{self.name}.json").write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        table = self.table()
        (folder / f"{self.name}.md").write_text(table, encoding="utf-8")
        return table

    def table(self) -> str:
        """The figures as Markdown."""
        lines = [
            f"# {self.name}", "", ", ".join(f"{key}: {value}" for key, value in self.machine.items()), "",
            "| figure | value | p50 | p95 | n | bar | holds | next to it |", "| --- | ---: | ---: | ---: | ---: | ---: | --- | --- |",
        ]  # fmt: skip
        for figure in self.figures:
            peer = f"{figure.peer['name']}: {_number(figure.peer['value'])} {figure.unit}" if figure.peer else ""
            bar = f"{'≥' if figure.higher else '≤'} {_number(figure.bar)}" if figure.bar is not None else ""
            holds = {True: "yes", False: "**no**", None: ""}[figure.holds]
            value = f"{_number(figure.value)} {figure.unit}" if figure.value is not None else f"absent ({figure.note})"
            note = f" ({figure.note})" if figure.note and figure.value is not None else ""
            cells = (figure.name + note, value, _number(figure.p50), _number(figure.p95), figure.n, bar, holds, peer)
            lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
        return "\n".join(lines) + "\n"


def spread(name: str, unit: str, values: Sequence[float], *, bar: float | None = None, **others: Any) -> Figure:
    """A figure of many measurements, held to its bar by the 95th percentile."""
    return Figure(
        name=name, unit=unit, n=len(values), p50=percentile(values, 50), p95=percentile(values, 95), value=percentile(values, 95),
        bar=bar, **others,
    )  # fmt: skip


def in_parts(name: str, measures: Mapping[str, Callable[[], list[Figure]]], wanted: Sequence[str]) -> list[Figure]:
    """Measures the parts that are wanted; the figures of the others are those of the last run on this machine, where there was one."""
    last = ROOT / "var" / f"bench-{name}"
    last.mkdir(parents=True, exist_ok=True)
    for part in wanted:
        kept = [asdict(figure) for figure in measures[part]()]
        (last / f"{part}.json").write_text(json.dumps(kept), encoding="utf-8")
    files = (last / f"{part}.json" for part in measures)
    return [Figure(**figure) for file in files if file.exists() for figure in json.loads(file.read_text(encoding="utf-8"))]


def middle(name: str, unit: str, values: Sequence[float], *, note: str = "", **others: Any) -> Figure:
    """A figure of a few long measurements, held to its bar by the median."""
    between = f"{_number(min(values))} to {_number(max(values))} {unit}"
    return Figure(
        name=name, unit=unit, n=len(values), p50=percentile(values, 50), p95=percentile(values, 95), value=statistics.median(values),
        note=f"{note}; {between}" if note else between, **others,
    )  # fmt: skip


def percentile(values: Sequence[float], rank: float) -> float:
    """Nearest-rank percentile."""
    return sorted(values)[max(0, math.ceil(len(values) * rank / 100) - 1)]


def machine() -> dict[str, Any]:
    """What it was measured on."""
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text(), re.MULTILINE)
    return {
        "processor": model.group(1) if model else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(int(memory.group(1)) / 1e6, 1) if memory else None,
        "system": platform.platform(terse=True),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _version(name: str) -> str:
    sidecar = [str(folder) for folder in ROOT.glob("dialogues/.venv/lib/python3*/site-packages")]
    found = next(iter(distributions(name=name, path=sidecar if name == "rasa" else sys.path)), None)
    return found.version if found else "?"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
