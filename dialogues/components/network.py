"""A network with one hidden layer, in numpy: small enough to be taught within seconds on two cores and to answer within a millisecond.

Taught by Adam (Kingma and Ba, 2015) with weights decayed apart (Loshchilov and Hutter, 2019), dropout (Srivastava et al., 2014)
and smoothed labels (Szegedy et al., 2016).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

Floats = NDArray[np.float32]

HIDDEN = 640
EPOCHS = 10
BATCH = 256
RATE = 3e-3
DECAY = 1e-3
INPUT_DROPOUT = 0.2
HIDDEN_DROPOUT = 0.5
SMOOTHING = 0.1


@dataclass(slots=True)
class Network:
    """Standardised inputs, a layer of rectified units, a score for each class."""

    mean: Floats
    scale: Floats
    weights: list[Floats]
    """Hidden weights and offsets, output weights and offsets."""

    @classmethod
    def fit(cls, rows: Floats, classes: NDArray[np.int64], seed: int = 0) -> Network:
        """Teaches `rows` (n × d) and their classes (n, from 0 without gaps); the same seed gives the same network."""
        random = np.random.default_rng(seed)
        mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
        rows, count = ((rows - mean) / scale).astype(np.float32), int(classes.max()) + 1
        network = cls(mean, scale, [_drawn(random, rows.shape[1], HIDDEN), _zeros(HIDDEN), _drawn(random, HIDDEN, count), _zeros(count)])
        steps = EPOCHS * -(-len(rows) // BATCH)
        adam = _Adam(network.weights, steps)
        for batch in _batches(random, len(rows)):
            adam.step(network._slopes(random, rows[batch], classes[batch]))
        return network

    def logits(self, rows: Floats) -> Floats:
        """Scores (n × classes) of `rows` (n × d)."""
        inner, inner_offset, outer, outer_offset = self.weights
        return np.asarray(np.maximum((rows - self.mean) / self.scale @ inner + inner_offset, 0) @ outer + outer_offset)

    def numbers(self) -> dict[str, Floats]:
        """What `of` needs, by name."""
        return {"mean": self.mean, "scale": self.scale} | {f"weights_{at}": part for at, part in enumerate(self.weights)}

    @classmethod
    def of(cls, numbers: Mapping[str, Floats]) -> Network:
        """A network from its `numbers`."""
        return cls(numbers["mean"], numbers["scale"], [numbers[f"weights_{at}"] for at in range(4)])

    def _slopes(self, random: np.random.Generator, rows: Floats, classes: NDArray[np.int64]) -> list[Floats]:
        """Slopes of the loss by each of the weights, on one batch with dropout."""
        inner, inner_offset, outer, outer_offset = self.weights
        seen = rows * _kept(random, rows.shape, INPUT_DROPOUT)
        active = seen @ inner + inner_offset
        gate = (active > 0) * _kept(random, active.shape, HIDDEN_DROPOUT)
        hidden = active * gate
        error = softmax(hidden @ outer + outer_offset, axis=1) - SMOOTHING / outer.shape[1]
        error[np.arange(len(classes)), classes] -= 1 - SMOOTHING
        error /= len(classes)
        back = (error @ outer.T) * gate
        return [seen.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]


class _Adam:
    """Steps along the slopes, shorter towards the end; `weights` change in place."""

    def __init__(self, weights: list[Floats], steps: int) -> None:
        self._weights, self._steps, self._step = weights, steps, 0
        self._first = [np.zeros_like(part) for part in weights]
        self._second = [np.zeros_like(part) for part in weights]

    def step(self, slopes: list[Floats]) -> None:
        self._step += 1
        rate = RATE * (1 - (self._step - 1) / self._steps)
        for part, slope, first, second in zip(self._weights, slopes, self._first, self._second, strict=True):
            first += 0.1 * (slope - first)
            second += 0.001 * (slope * slope - second)
            root = np.sqrt(second / np.float32(1 - 0.999**self._step)) + np.float32(1e-8)
            part -= rate * (first / np.float32(1 - 0.9**self._step) / root + (DECAY * part if part.ndim == 2 else 0))


def _batches(random: np.random.Generator, count: int) -> Iterator[NDArray[np.int64]]:
    for _ in range(EPOCHS):
        order = random.permutation(count)
        yield from (order[start : start + BATCH] for start in range(0, count, BATCH))


def _kept(random: np.random.Generator, shape: tuple[int, ...], dropped: float) -> Floats:
    return np.asarray((random.random(shape, dtype=np.float32) >= dropped) / np.float32(1 - dropped))


def _drawn(random: np.random.Generator, inputs: int, outputs: int) -> Floats:
    return np.asarray(random.standard_normal((inputs, outputs), dtype=np.float32) * np.float32(np.sqrt(1 / inputs)))


def _zeros(size: int) -> Floats:
    return np.zeros(size, dtype=np.float32)
