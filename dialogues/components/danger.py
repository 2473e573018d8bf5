"""When somebody is in danger: how the intents of that topic are heard among the others. Plain functions, without Rasa."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DANGER = "emergency_"
"""Topic whose intents share their confidence: whether it burns or smells of gas, help is wanted."""


def heard(intents: Sequence[str], confidences: NDArray[np.float32], unmasked: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
    """Confidences (of each of `intents`) in which the likeliest emergency holds what all of them have together, if that is the most.

    `unmasked` are the confidences of the same message with nothing masked: what was taken for the name of a stop may be the very
    word that tells of the danger.
    """
    dangers = [at for at, intent in enumerate(intents) if intent.startswith(DANGER)]
    if not dangers:
        return confidences
    if unmasked is not None and unmasked[dangers].sum() > confidences[dangers].sum():
        confidences = unmasked
    together, likeliest = confidences[dangers].sum(), dangers[int(confidences[dangers].argmax())]
    if together <= np.delete(confidences, dangers).max(initial=0):
        return confidences
    raised = confidences.copy()
    raised[likeliest] = together
    return raised
