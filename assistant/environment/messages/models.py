"""What a message says, and why what it says was not taken."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from assistant.environment.models import Measurement

Reason = Literal[
    "too-long", "not-json", "wrong-shape", "wrong-version", "too-many", "unknown-name", "unknown-unit", "wrong-value", "wrong-time",
    "age-unknown", "no-value", "refused",
]  # fmt: skip
"""Why a value, or a whole message, was not taken. Constant words: nothing of a message is in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A measurement, and what the message calls the device that made it."""

    device: str
    """Empty where the message does not say."""
    measurement: Measurement


@dataclass(slots=True, kw_only=True)
class Parsed:
    """What could be read of a message, and how much could not."""

    found: list[Named] = field(default_factory=list)
    rejected: Counter[Reason] = field(default_factory=Counter)

    @classmethod
    def nothing(cls, reason: Reason) -> "Parsed":
        """A message of which nothing could be taken."""
        return cls(rejected=Counter[Reason]({reason: 1}))
