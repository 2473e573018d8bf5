"""Values of the speech room. Sound is mono s16le PCM; rates are in hertz."""

from dataclasses import dataclass, field
from typing import Literal

RATE = 16_000
"""Rate the recognisers work at, in hertz."""
type Pace = Literal["slow", "normal", "fast"]
"""How fast a voice speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One hypothesis of a recogniser."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Where in an utterance somebody speaks."""

    heard: bool = False
    """True once somebody spoke."""
    start: int = 0
    """Sample at which the first voice began."""
    end: int = 0
    """Sample after the last voice so far."""
    pause_s: float = 0.0
    """Seconds since the last voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What is understood so far, while speaking."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The final text of an utterance; `text` is "" where nothing was said."""

    text: str
    confidence: float
    """0 to 1."""
    engine: str
    language: str
    alternatives: list[Alternative] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A piece of synthesised speech."""

    rate: int
    pcm: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageSpeech:
    """What can be done in one language on this machine."""

    hear: str | None
    """Name of the recogniser in use, None where there is none."""
    speak: str | None
    """Name of the synthesiser in use."""
    captions: bool
    """True where captions come while speaking."""
