"""How many sentences of travellers with a time in them are read as the time they mean: spans found, then resolved."""

import importlib.util
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from assistant.answers import times

CASES = Path(__file__).with_name("times")
COMPONENTS = Path(__file__).parents[2] / "dialogues" / "components"
ZONE = ZoneInfo("Europe/London")
POINTS = ("noon", "midnight")
KINDS = ("expect", "expect_day", "expect_window")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence said at a moment; `means` is one moment, a day, two moments, or nothing where no time is named."""

    text: str
    now: datetime
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A case that is read as something else."""

    case: Case
    read: tuple[str, ...]


def cases(language: str) -> list[Case]:
    """The cases of a language."""
    listed = YAML(typ="safe").load(CASES / f"{language}.yml")
    return [Case(row["text"], datetime.fromisoformat(row["now"]).replace(tzinfo=ZONE), _means(row)) for row in listed]


def _means(row: dict[str, str | list[str] | None]) -> tuple[str, ...]:
    (said,) = (row[kind] for kind in KINDS if kind in row)
    return () if said is None else (said,) if isinstance(said, str) else tuple(said)


def read(text: str, now: datetime) -> tuple[str, ...]:
    """What `text` means at `now`, in the terms of a case; "?" for a span that is not understood."""
    found = _spans().said_once(text, _spans().time_spans(text))
    if not found:
        return ()
    span = " ".join(text[start:end] for start, end in found)
    if window := times.window(span, now):
        return _said(window[0].at), _said(window[1])
    moment = times.parse(span, now)
    if moment is None:
        return ("?", span)
    if moment.part and moment.part not in POINTS:
        ends = datetime.combine(moment.at.date(), time(), moment.at.tzinfo) + timedelta(hours=times.PARTS[moment.part][1])
        return _said(moment.at), _said(ends)
    return (_said(moment.at) if moment.time_named else moment.at.date().isoformat(),)


def measure() -> dict[str, tuple[int, int, list[Wrong]]]:
    """Language → how many are right, of how many, and which are not."""
    return {path.stem: _measure(cases(path.stem)) for path in sorted(CASES.glob("*.yml"))}


def _measure(asked: list[Case]) -> tuple[int, int, list[Wrong]]:
    wrong = [Wrong(case, got) for case in asked if (got := read(case.text, case.now)) != case.means]
    return len(asked) - len(wrong), len(asked), wrong


@cache
def _spans() -> ModuleType:
    """The module of the dialogues that finds the spans; it needs no Rasa."""
    spec = importlib.util.spec_from_file_location("dialogues_time_words", COMPONENTS / "time_words.py")
    if spec is None or spec.loader is None:
        raise ImportError(COMPONENTS)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _said(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
