"""What the rules tell."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Verdict = Literal["holds", "between", "safe"]
"""What one reading says of a rule's condition: it holds; it does not, but the value for the end is not reached; it is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A rule's alert began, changed or ended."""

    rule_id: str
    kind: Literal["raised", "updated", "cleared"]
    at: datetime
    """Aware, in UTC; never before the rule's change before this one."""
    sensors: tuple[str, ...]
    """Those for which it holds now, in the rule's order; none when it is cleared, or while it only stands because it is latched."""
    unknown: tuple[str, ...] = ()
    """Those of `sensors` that have fallen silent since: the alert stays, and nobody knows whether it still holds there."""
    value: float | None = None
    """The last value of the sensor that brought the change, in its unit."""
