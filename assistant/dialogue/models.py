"""What the dialogue gives back for one thing said."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """The next step: what was understood, and the messages of the actions that ran."""

    intent: str
    confidence: float
    messages: list[dict[str, Any]] = field(default_factory=list)
    """What the actions said, in order: each an answer as JSON."""
    nearest: str | None = None
    """The likeliest intent that is a question, also where none was sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a text would be understood as, said by nobody yet."""

    text: str
    intent: str
    confidence: float
    strange_names: bool = False
    """True where it names a stop that this station's data does not know."""
