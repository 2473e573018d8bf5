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
