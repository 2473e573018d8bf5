"""A draft's station file, judged by what the machine and the rooms know: what would not start here, never work, or cannot be read."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from assistant.content.checks import Finding, Level
from assistant.environment.rules.check import check
from assistant.environment.rules.schedule import is_hours
from assistant.errors import StationError
from assistant.knowledge.categories import categories
from assistant.settings import Settings
from assistant.settings.lines import Lines
from assistant.settings.released import FILE

PLACE = re.compile(r"(?::(?P<line>\d+))?: (?:(?P<key>[a-z_][\w.\[\]]*): )?(?P<text>.*)", re.DOTALL)


def judge(settings: Settings) -> Callable[[Path], list[Finding]]:
    """Finds what is wrong with a station file as the content of these settings. What is so in service already is no more than advice."""

    @lru_cache(maxsize=8)
    def known(file: Path, content: bytes) -> tuple[Finding, ...]:
        try:
            made = settings.with_content(file)
        except StationError as error:
            return tuple(_unusable(error, file))
        return tuple(_judged(made, file))

    def found(file: Path) -> list[Finding]:
        live = settings.source.file
        old = {(each.code, each.message) for each in known(live, live.read_bytes())} if live.is_file() else set()
        return [
            replace(each, level="advice") if (each.code, each.message) in old and each.code != "station-unusable" else each
            for each in known(file, file.read_bytes())
        ]  # fmt: skip

    return found


def _unusable(error: StationError, file: Path) -> Iterator[Finding]:
    """A finding for each line of the error; no path of the machine is in it."""
    for text in error.message.splitlines():
        at = PLACE.fullmatch(text.removeprefix(str(file)).removeprefix(str(file.parent)))
        key, line, why = (at["key"] or "", int(at["line"] or 0), at["text"]) if at else ("", 0, text.rpartition(": ")[2])
        message = f"{key}: {why}" if key else why
        yield _finding("station-unusable", "wrong", f"The station file cannot be used here: {message}", "Mend it there.", key, line)


def _judged(made: Settings, file: Path) -> Iterator[Finding]:
    for one in check(made, file):
        section, number = str(one.loc[0]), int(one.loc[1])
        entry = getattr(made, section)[number].id
        field = ".".join(str(part) for part in one.loc[2:])
        level: Level = "wrong" if one.severity == "error" else "advice"
        yield _finding(one.code, level, f"{section} “{entry}”, {field}: {one.text}.", f"{one.mend}.", f"{section}.{entry}", one.line or 0)
    lines, times = Lines(file), Counter(place.id for place in made.places)
    for number, place in enumerate(made.places):
        subject, line = f"places.{place.id}", lines.of(("places", number)) or 0
        if place.hours is not None and not is_hours(place.hours):
            line = lines.of(("places", number, "hours")) or line
            text, mend = "its opening hours cannot be read.", "Write them as Mo-Fr 06:00-22:00; Sa 08:00-20:00."
            yield _finding("place-hours", "wrong", f"places “{place.id}”: {text}", mend, subject, line)
        if place.category not in categories():
            text, mend = "there is no such kind of place.", "Choose one of those offered."
            yield _finding("place-category", "wrong", f"places “{place.id}”, category: {text}", mend, subject, line)
        if times[place.id] > 1:
            text, mend = "two places have this id.", "Give one of them another."
            yield _finding("place-repeated", "wrong", f"places “{place.id}”: {text}", mend, subject, line)


def _finding(code: str, level: Level, message: str, mend: str, subject: str, line: int) -> Finding:
    return Finding(code=code, level=level, message=message, mend=mend, subject=subject, file=FILE, line=line)
