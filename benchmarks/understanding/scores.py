"""Shares of what was understood, with their confidence intervals."""

import math
from collections.abc import Sequence

from benchmarks.understanding.phrases import UNKNOWN, Phrase

NOT_MEANT = {UNKNOWN, "oos"}
"""Intents of what no machine of the kind was made for, in the project's set and in CLINC150."""


def interval(right: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % confidence interval of a share, in percent (Wilson, 1927)."""
    if not of:
        return 0.0, 100.0
    share, below = right / of, 1 + z * z / of
    middle, half = (share + z * z / (2 * of)) / below, z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / below
    return 100 * (middle - half), 100 * (middle + half)


def accuracy(asked: Sequence[Phrase], predicted: Sequence[str], language: str | None = None) -> tuple[float, int, int]:
    """Percent of in-scope phrases whose intent is right; how many are right, of how many."""
    pairs = [
        (phrase.intent, intent) for phrase, intent in zip(asked, predicted, strict=True)
        if phrase.intent not in NOT_MEANT and language in (None, phrase.language)
    ]  # fmt: skip
    right = sum(meant == intent for meant, intent in pairs)
    return round(100 * right / max(1, len(pairs)), 2), right, len(pairs)


def recall_at(asked: Sequence[Phrase], confidence: Sequence[float], rejected: float) -> float | None:
    """Percent of out-of-scope phrases below the confidence under which `rejected` of the in-scope ones fall."""
    inside = sorted(sure for phrase, sure in zip(asked, confidence, strict=True) if phrase.intent not in NOT_MEANT)
    outside = [sure for phrase, sure in zip(asked, confidence, strict=True) if phrase.intent in NOT_MEANT]
    if not outside:
        return None
    limit = inside[int(rejected * len(inside))]
    return round(100 * sum(sure < limit for sure in outside) / len(outside), 1)
