"""What ten people get done at the real assistant, each by what only they can do: success, and seconds from their first act to the fact."""

import tempfile
from pathlib import Path

from playwright.sync_api import Error

from benchmarks.figures import Figure, percentile
from benchmarks.running import say
from tests.people.station import Station, opened
from tests.people.tasks import Outcome, Task
from tests.people.ten import TEN, Story

ALL_SOLVED = 100.0
"""Per cent that the issue asks for, by some path."""
VOICE_FIRST = 85.0
"""Per cent that the issue asks for by voice, within two tries; what novices reached at the kiosk of MASK."""
LONGEST_NOTE = 160


def measure() -> list[Figure]:
    """All fifty tasks, one after the other."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, opened(Path(folder)) as station:
        outcomes = [_visited(station, story, task) for story in TEN for task in story.tasks]
    counted = [outcome for outcome in outcomes if outcome.voice is not None and outcome.voice_counts]
    tried = [outcome for outcome in outcomes if outcome.voice is not None and not outcome.voice_counts]
    unsolved = [f"{outcome.person}, {outcome.task}" for outcome in outcomes if not outcome.solved]
    unheard = [f"{outcome.person}, {outcome.task}" for outcome in counted if not outcome.voice]
    aside = f"synthetic voices, Piper's and an accent; {_aside(tried)}"
    return [
        _share("tasks of ten people solved by some path", [outcome.solved for outcome in outcomes], ALL_SOLVED, _listed("not", unsolved)),
        _share("tasks solved by voice, within two tries", [bool(outcome.voice) for outcome in counted], VOICE_FIRST,
               f"{aside}; {_listed('not', unheard)}"),
        *(figure for story in TEN for figure in _person(story, outcomes)),
    ]  # fmt: skip


def _aside(tried: list[Outcome]) -> str:
    """Who is not counted, and how it went with them: no recorded voice asks a station in their language."""
    who = ", ".join(sorted({outcome.person for outcome in tried}))
    return f"not counted: {who}, whose machine's voice is not understood ({sum(bool(one.voice) for one in tried)} of {len(tried)})"


def _visited(station: Station, story: Story, task: Task) -> Outcome:
    """One visit, told while it is measured; a page that breaks is a task that failed."""
    try:
        outcome = station.visit(story, task)
    except Error as broken:
        outcome = Outcome(person=story.persona.name, task=task.name, why=[str(broken).splitlines()[0]])
    how = f"{outcome.path}, {outcome.seconds:.0f} s" if outcome.solved else "not solved"
    say(f"{outcome.person}: {outcome.task}: {how}")
    for why in outcome.why:
        say(f"    {why[:LONGEST_NOTE]}")
    return outcome


def _person(story: Story, outcomes: list[Outcome]) -> list[Figure]:
    """One person's success, and the seconds of what they solved."""
    name = story.persona.name
    theirs = [outcome for outcome in outcomes if outcome.person == name]
    seconds = [outcome.seconds for outcome in theirs if outcome.solved]
    why = "; ".join(f"{outcome.task}: {outcome.why[-1][:LONGEST_NOTE]}" for outcome in theirs if not outcome.solved and outcome.why)
    figures = [_share(f"{name}: tasks solved", [outcome.solved for outcome in theirs], None, why.replace("|", "/"))]
    if seconds:
        figures.append(Figure(
            name=f"{name}: from the first act to the fact", unit="s", value=percentile(seconds, 95), p50=percentile(seconds, 50),
            p95=percentile(seconds, 95), n=len(seconds), note=", ".join(sorted({outcome.path for outcome in theirs if outcome.solved})),
        ))  # fmt: skip
    return figures


def _share(name: str, held: list[bool], bar: float | None, note: str) -> Figure:
    return Figure(name=name, unit="%", value=100 * sum(held) / len(held) if held else None, n=len(held), bar=bar, higher=True, note=note)


def _listed(word: str, names: list[str]) -> str:
    return f"{word}: {'; '.join(names)}" if names else ""
