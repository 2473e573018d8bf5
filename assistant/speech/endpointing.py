"""When somebody begins to speak and when they are done: pure logic, frame by frame, time passed in.

Voice alone does not tell the end in a hall, where the people behind the traveller speak on. Whoever stands at the kiosk is louder
than they are: a frame is the traveller's where it is voice *and* louder than a level between the hall's and the traveller's.
The figures were chosen on the recordings and noises of `benchmarks/speech/corpus.tsv`; what they come to stands in
`benchmarks/results/speech.md`.
"""

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LIKELY = 0.8
"""Probability of voice from which on a frame may be the traveller's."""
CERTAIN = 0.85
"""Probability from which on a frame tells how loud the traveller is."""
LEAST_VOICE_S = 0.096
"""Voice without which nothing was said."""
SMOOTHING = 0.5
"""Weight of what went before in the power of a frame."""
TRAVELLER, HALL = 0.7, 0.2
"""The traveller's level: so many certain frames are quieter. The hall's: so many of all frames are."""
MEMORY = 300
"""Frames that levels are taken from, the last ones: 10 s."""
SURE_FRAMES = 4
"""Certain frames without which the traveller's level is not known yet."""
BETWEEN = 0.5
"""Where the threshold lies between hall (0) and traveller (1), in decibels."""
NEAREST_DB, FARTHEST_DB = 6.0, 25.0
"""Bounds of the threshold below the traveller's level: speech swings by so much, and fades by so much at its end."""


class Sign(StrEnum):
    """What an endpointer notices."""

    START = "start"
    """Somebody speaks."""
    PAUSE = "pause"
    """They stopped, perhaps to go on."""
    RESUME = "resume"
    """They went on."""
    END = "end"
    """They are done."""
    NEVER_STARTED = "never-started"
    """Nobody spoke."""
    TOO_LONG = "too-long"
    """Voice goes on for longer than a question takes: it is a long story, or the hall's."""


FINAL = frozenset({Sign.END, Sign.NEVER_STARTED, Sign.TOO_LONG})
"""Signs after which no other comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """In seconds."""

    pause_s: float = 0.25
    """Silence that is a pause."""
    end_s: float = 0.65
    """Silence that is the end."""
    start_s: float = 6.0
    """Silence at the beginning after which nobody is waited for."""
    longest_s: float = 9.0
    """Speech after which its end is not waited for: one of a second or more that was missed is waited for 8 s at most."""


class Endpointer:
    """Follows one utterance."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._power = 0.0
        self._traveller: deque[float] = deque(maxlen=MEMORY)
        self._hall: deque[float] = deque(maxlen=MEMORY)
        self._now = self._began = self._last = self._voiced = 0.0
        self._started = self._paused = self._over = False

    def take(self, probability: float, power: float, seconds: float) -> Sign | None:
        """Takes the next frame: how likely it is voice (0 to 1), its mean square (0 to 1) and its length.

        Returns what is noticed with it, if anything; nothing any more after one of `FINAL`.
        """
        if self._over:
            return None
        self._now += seconds
        sign = self._voice(seconds) if self._is_traveller(probability, power) else self._silence()
        self._over = sign in FINAL
        return sign

    def _is_traveller(self, probability: float, power: float) -> bool:
        self._power = SMOOTHING * self._power + (1 - SMOOTHING) * power if self._hall else power
        level = 10 * math.log10(self._power + 1e-10)
        self._hall.append(level)
        if probability >= CERTAIN:
            self._traveller.append(level)
        if probability < LIKELY or len(self._traveller) < SURE_FRAMES:
            return probability >= LIKELY
        traveller, hall = _quantile(self._traveller, TRAVELLER), _quantile(self._hall, HALL)
        threshold = hall + BETWEEN * (traveller - hall)
        return level >= min(max(threshold, traveller - FARTHEST_DB), traveller - NEAREST_DB)

    def _voice(self, seconds: float) -> Sign | None:
        self._voiced += seconds
        self._last = self._now
        if not self._started:
            if self._voiced < LEAST_VOICE_S:
                return None
            self._started, self._began = True, self._now - self._voiced
            return Sign.START
        if self._now - self._began >= self._limits.longest_s:
            return Sign.TOO_LONG
        resumed, self._paused = self._paused, False
        return Sign.RESUME if resumed else None

    def _silence(self) -> Sign | None:
        if not self._started:
            return Sign.NEVER_STARTED if self._now >= self._limits.start_s else None
        quiet_s = self._now - self._last
        if quiet_s >= self._limits.end_s:
            return Sign.END
        if quiet_s >= self._limits.pause_s and not self._paused:
            self._paused = True
            return Sign.PAUSE
        return None


def _quantile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[int(share * (len(ordered) - 1))]
