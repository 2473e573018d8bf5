"""What a release is."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

SHIPPED = "shipped"
"""The name of the content that came with the product: it is a release like others, but stands in the product's own folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One immutable state of the content, and why it came to be."""

    id: str
    """The first 16 hex digits of `content`."""
    content: str
    """SHA-256 over every file's path and bytes, in hex."""
    model: str
    """Name of the trained model: 16 hex digits over all that a model is made of."""
    rasa: str
    """Version of Rasa that trained it."""
    who: str
    why: str
    at: datetime
    parent: str | None
    """The release that was live when this one was made."""
    broken: tuple[str, ...] = ()
    """Golden conversations that it was known to break when it was made."""

    def as_json(self) -> dict[str, Any]:
        """As `release.json` holds it."""
        return {**asdict(self), "at": self.at.isoformat(), "broken": list(self.broken)}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "Release":
        """What `as_json` made. Raises KeyError, TypeError and ValueError for anything else."""
        return cls(**{**content, "at": datetime.fromisoformat(content["at"]), "broken": tuple(content["broken"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """One change of what is live."""

    id: str
    who: str
    at: datetime
    back: bool
    """True for a roll-back: the release before is live again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One file that differs between two contents."""

    path: str
    kind: str
    """`added`, `removed` or `changed`."""
    lines: tuple[str, ...]
    """As a unified diff, without its head."""
