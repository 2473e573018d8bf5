"""What one sensor's values say of one rule's condition. Pure; times are seconds on any scale that never goes back."""

from collections import deque
from statistics import median
from typing import Protocol

from assistant.environment.rules.models import Verdict
from assistant.settings.sensing import Rise, Rule

GRAIN = 1024
"""A rise is looked at in so many steps of its window at most; readings further apart than a step are told apart exactly."""


class Condition(Protocol):
    """Judges the values of one sensor, oldest first."""

    def judge(self, at: float, value: float) -> Verdict:
        """What the value at `at` says."""

    def reset(self) -> None:
        """Forgets what came before: the sensor was silent."""


class Above:
    """Values above a threshold; over at `clear` and below."""

    def __init__(self, threshold: float, clear: float | None) -> None:
        self._threshold, self._clear = threshold, threshold if clear is None else min(clear, threshold)

    def judge(self, at: float, value: float) -> Verdict:
        """What the value says."""
        return "holds" if value > self._threshold else "safe" if value <= self._clear else "between"

    def reset(self) -> None:
        """Nothing is remembered."""


class Below:
    """Values below a threshold; over at `clear` and above."""

    def __init__(self, threshold: float, clear: float | None) -> None:
        self._threshold, self._clear = threshold, threshold if clear is None else max(clear, threshold)

    def judge(self, at: float, value: float) -> Verdict:
        """What the value says."""
        return "holds" if value < self._threshold else "safe" if value >= self._clear else "between"

    def reset(self) -> None:
        """Nothing is remembered."""


class Climb:
    """Values that climb by at least `by` within `within_s`; over when they do not, and are down at `clear` where that is set.

    One wrong value makes no rise: the running median of three readings is looked at (Tukey, Exploratory Data Analysis, 1977), so a rise
    is told one reading later than it is there, and from the third reading on. The lowest median of the window stands at the head of a
    queue that only grows upwards: constant time a reading, at most `GRAIN` + 1 entries.
    """

    def __init__(self, rise: Rise, clear: float | None) -> None:
        self._rise, self._clear = rise, clear
        self._last: deque[float] = deque(maxlen=3)
        self._lows: deque[tuple[float, float]] = deque()

    def judge(self, at: float, value: float) -> Verdict:
        """What the values up to this one say."""
        self._last.append(value)
        if len(self._last) < 3:
            return "between"
        smooth, lows = median(self._last), self._lows
        while lows and lows[0][0] < at - self._rise.within_s:
            lows.popleft()
        while lows and lows[-1][1] >= smooth:
            lows.pop()
        if not lows or at - lows[-1][0] >= self._rise.within_s / GRAIN:
            lows.append((at, smooth))
        if smooth - lows[0][1] >= self._rise.by:
            return "holds"
        return "safe" if self._clear is None or value <= self._clear else "between"

    def reset(self) -> None:
        """Begins anew."""
        self._last.clear()
        self._lows.clear()


def condition(rule: Rule) -> Condition:
    """The condition of a rule, for one sensor."""
    if rule.above is not None:
        return Above(rule.above, rule.clear)
    if rule.below is not None:
        return Below(rule.below, rule.clear)
    if rule.rise is None:
        raise ValueError("a rule has a condition")
    return Climb(rule.rise, rule.clear)
