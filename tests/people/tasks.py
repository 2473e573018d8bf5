"""A task, the paths a person tries, and how it went."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Error

from tests.people.facts import Facts, Wanted
from tests.people.person import Person
from tests.people.persona import Stuck

type Act = Callable[[Person], None]
TRIES = 2
"""How often somebody asks by voice before they look for another path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Acts, one after the other, after which the person should know."""

    name: str
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something a traveller wants to know."""

    name: str
    wanted: Callable[[Facts], Wanted]
    spoken: tuple[str, ...] = ()
    """The question, and how it is put the second time."""
    paths: tuple[Path, ...] = ()
    """What is tried next, in this order."""
    before: tuple[Act, ...] = ()
    """What the person does first of all."""
    each: tuple[Act, ...] = ()
    """What the person does before each path: a language and settings are wiped by starting over."""
    after: tuple[Act, ...] = ()
    """What must hold in the end; raises Stuck where it does not."""
    alarm: bool = False
    """Whether a real alarm of the city stands meanwhile."""


@dataclass(slots=True, kw_only=True)
class Outcome:
    """How a task went."""

    person: str
    task: str
    solved: bool = False
    path: str = ""
    voice: bool | None = None
    """Whether it was solved by voice alone; None where the person does not ask by voice."""
    voice_counts: bool = True
    seconds: float = 0.0
    """From the first act to the fact."""
    why: list[str] = field(default_factory=list)
    """What went wrong on the way, path by path."""


def attempt(person: Person, task: Task, facts: Facts) -> Outcome:
    """Tries the paths of a task until the person knows what they wanted to know."""
    outcome = Outcome(person=person.persona.name, task=task.name, voice_counts=person.persona.understandable)
    outcome.voice = False if person.persona.speaks and task.spoken else None
    at_first = task.wanted(facts)
    began = time.monotonic()
    if not _prepared(person, task, outcome):
        return outcome
    for number, path in enumerate(_paths(person, task)):
        if number:
            _starts_over(person, outcome)
        if not _tried(person, task, path, outcome):
            continue
        if _knows(person, task, facts, at_first):
            outcome.solved, outcome.path = True, path.name
            break
        outcome.why.append(f"{path.name}: {person.record()}; wanted {at_first}")
    outcome.seconds = time.monotonic() - began
    if outcome.voice is not None:
        outcome.voice = outcome.path.startswith("voice")
    _finish(person, task, outcome)
    return outcome


def _knows(person: Person, task: Task, facts: Facts, at_first: Wanted) -> bool:
    """Whether the person knows what was true at first, or is true now: trains leave meanwhile."""
    return person.learns(at_first) or ((now := task.wanted(facts)) != at_first and person.learns(now))


def _tried(person: Person, task: Task, path: Path, outcome: Outcome) -> bool:
    """Whether a path could be gone to its end."""
    try:
        for act in (*task.each, *path.acts):
            act(person)
    except (Stuck, Error) as trouble:
        outcome.why.append(f"{path.name}: {str(trouble).splitlines()[0]}")
        return False
    return True


def _prepared(person: Person, task: Task, outcome: Outcome) -> bool:
    """What the person does first of all; False where it cannot be done."""
    try:
        for act in task.before:
            act(person)
    except (Stuck, Error) as trouble:
        outcome.why.append(f"before: {str(trouble).splitlines()[0]}")
        return False
    return True


def _starts_over(person: Person, outcome: Outcome) -> None:
    """Back to the beginning before the next path, where that can be done."""
    try:
        person.starts_over()
    except (Stuck, Error) as trouble:
        outcome.why.append(f"start over: {str(trouble).splitlines()[0]}")


def _paths(person: Person, task: Task) -> list[Path]:
    """Voice first, twice, where the person speaks; then the others."""
    spoken = task.spoken[:TRIES] if person.persona.speaks else ()
    return [Path(name=f"voice {number}", acts=(says(text),)) for number, text in enumerate(spoken, 1)] + list(task.paths)


def _finish(person: Person, task: Task, outcome: Outcome) -> None:
    """What must hold in the end."""
    try:
        for act in task.after:
            act(person)
    except (Stuck, Error) as trouble:
        outcome.solved = False
        outcome.why.append(f"afterwards: {str(trouble).splitlines()[0]}")


def says(text: str) -> Act:
    """Asks by voice."""
    return lambda person: person.say(text)


def touching(*names: str) -> Path:
    """Touches one control after the other."""
    return Path(name="touch", acts=tuple(touches(name) for name in names))


def typing(text: str) -> Path:
    """Types on the screen."""
    return Path(name="type", acts=(lambda person: person.type(text),))


def by_keys(*names: str) -> Path:
    """Finds and chooses one control after the other by key."""
    return Path(name="keys", acts=tuple(_select(name) for name in names))


def touches(name: str) -> Act:
    """Touches one control."""
    return lambda person: person.touch(name)


def _select(name: str) -> Act:
    return lambda person: person.select(name)
