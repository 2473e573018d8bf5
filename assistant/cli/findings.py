"""What `doctor` finds."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at."""

    area: str
    state: Literal["ok", "advice", "wrong"]
    """`wrong`: something that the assistant cannot do without is missing, too old or damaged."""
    text: str
    mend: str | None = None
    """The command or deed that mends it."""


def ok(area: str, text: str) -> Finding:
    """All is well."""
    return Finding(area=area, state="ok", text=text)


def advice(area: str, text: str, mend: str) -> Finding:
    """It works, but not as well as it could."""
    return Finding(area=area, state="advice", text=text, mend=mend)


def wrong(area: str, text: str, mend: str) -> Finding:
    """Something necessary is missing."""
    return Finding(area=area, state="wrong", text=text, mend=mend)
