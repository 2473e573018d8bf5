"""What a sentence asks, by three opinions on it: plain functions over texts and sentence vectors, without Rasa.

- two small networks, one over the encoder's pooled layer and one over its sentence vectors: meaning, fitted to this station's questions;
- a linear support vector machine over words and pieces of words: wording;
- the nearest known phrases of each intent, by the cosine of the sentence vectors: what a few phrases in another language teach.

A third of their sum is compared with `NOTHING`, the score below which a sentence is none of the intents. Measured in
`benchmarks/results/understanding.md`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from pypinyin import lazy_pinyin
from scipy.special import log_softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from components.network import Network
from components.words import is_han, is_hangul, script, words

Floats = NDArray[np.float32]

WORDING_C = 0.5
MARGIN_SHARPNESS, FEW, GROWTH = 5.0, 20, 0.38
"""What a margin of the support vector machine is multiplied by to be compared with a log-probability: so much with so few phrases an
intent in the mean, and more by this power of their number, since wording is worth more the more of it is taught. Chosen on CLINC150,
BANKING77 and HWU64 with 20 phrases an intent and on the project's own."""
NEAREST = 3
"""Phrases of an intent that count, by their mean cosine."""
ASKED = 6
"""Intents whose phrases are looked through: all of them would take most of the time of a parse. On 4,800 held-out phrases the answers
were the same with 3 as with 16."""
NEARNESS = 15.0
"""What a cosine is multiplied by to be compared with a log-probability."""
COSINE_STEPS = np.float32(400)
"""Sentence vectors are kept in steps of this part of 1: their 512 parts stay below 0.3, and a cosine changes by less than 0.005."""
KNOWN, FOREIGN = 2.0, 0.4
"""Score from which on a sentence is one that its own language teaches, so that intents taught only in others are not looked for; and
the least mean cosine to their phrases for those to be heard: with less, what is out of scope is heard as them."""
SHARPNESS = 2.0
NOTHING = 1.0
PIECES, KOREAN_PIECES, LETTERS = (2, 5), (1, 4), (2, 4)
"""Shortest and longest pieces, in characters; of Korean also in letters (jamo), of which a syllable has two or three."""


def word_terms(text: str) -> list[str]:
    """Words and pairs of neighbouring words."""
    text = text.casefold()
    said = [text[start:end] for start, end in words(text)]
    return said + [f"{first} {second}" for first, second in pairwise(said)]


def piece_terms(text: str) -> list[str]:
    """Pieces of each word, its ends marked; of Korean pieces of the whole, because spaces are put as people like.

    Korean is cut into syllables and into their letters: endings change letters, and so does a slip. Chinese characters are words already:
    of them it is the sound, one and two syllables long, because recognisers and keyboards write another character that sounds alike.
    """
    said = text.casefold()
    if any(is_hangul(char) for char in said):
        whole = "".join(char for char in said if char.isalnum())
        return _cut(whole, KOREAN_PIECES) + _cut(unicodedata.normalize("NFD", whole), LETTERS)
    pieces = [piece for start, end in words(said) for piece in _cut(f" {said[start:end]} ", PIECES)]
    return pieces + _sounds(said) if any(is_han(char) for char in said) else pieces


def _beside(words: sparse.csr_matrix, pieces: sparse.csr_matrix) -> sparse.csr_matrix:
    return sparse.hstack([words, pieces], dtype=np.float32).tocsr()


def _sounds(text: str) -> list[str]:
    """Chinese by its syllables without tones (pinyin), and by pairs of neighbouring ones."""
    said = [f"<{syllable}>" for syllable in lazy_pinyin("".join(char for char in text if char.isalnum()))]
    return said + [first + second for first, second in pairwise(said)]


def _cut(text: str, sizes: tuple[int, int]) -> list[str]:
    return [text[at : at + size] for size in range(sizes[0], sizes[1] + 1) for at in range(len(text) - size + 1)]


@dataclass(slots=True)
class Terms:
    """Words and pieces of words as unit-length rows of their weights (tf-idf, sublinear)."""

    words: TfidfVectorizer
    pieces: TfidfVectorizer

    @classmethod
    def fit(cls, texts: Sequence[str]) -> tuple[Terms, sparse.csr_matrix]:
        """What occurs in `texts`, and their rows; a piece counts from its second text on."""
        words = TfidfVectorizer(analyzer=word_terms, sublinear_tf=True)
        pieces = TfidfVectorizer(analyzer=piece_terms, sublinear_tf=True, min_df=2)
        return cls(words, pieces), _beside(words.fit_transform(texts), pieces.fit_transform(texts))

    def rows(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """The texts (n) as sparse rows."""
        return _beside(self.words.transform(texts), self.pieces.transform(texts))


@dataclass(slots=True)
class Vectors:
    """What the encoder makes of texts: unit-length sentence vectors (n × d) and its pooled layer (n × p), in any scale."""

    sentence: Floats
    pooled: Floats


class Opinions:
    """The three, taught."""

    def __init__(
        self, intents: list[str], networks: tuple[Network, Network], terms: Terms, wording: Floats, known: Floats,
        ends: NDArray[np.int64], scripts: list[str],
    ) -> None:  # fmt: skip
        self.intents = intents
        self._over_pooled, self._over_sentence = networks
        self._terms, self._wording = terms, wording
        self._sharpness = MARGIN_SHARPNESS * (len(known) / len(ends) / FEW) ** GROWTH
        self._known, self._ends, self._scripts = known, ends, np.asarray(scripts)
        starts = np.concatenate([[0], ends[:-1]])
        self._spans = [slice(start, end) for start, end in zip(starts, ends, strict=True)]
        self._foreign = {script: foreign for script in set(scripts) if (foreign := self._foreign_to(script)) is not None}

    @classmethod
    def fit(cls, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors], labels: Sequence[str]) -> Opinions:
        """Teaches `texts` (n) and their intents (n; at least two different ones); words and meaning at the same time."""
        order = np.argsort(np.asarray(labels), kind="stable")
        texts, target = [texts[index] for index in order], np.asarray(labels)[order]
        intents, classes, counts = np.unique(target, return_inverse=True, return_counts=True)
        terms, rows = Terms.fit(texts)
        with ThreadPoolExecutor(1) as beside:
            wording = beside.submit(lambda: _with_intercept(LinearSVC(C=WORDING_C).fit(rows, classes)))
            vectors = encode(texts)
            networks = Network.fit(vectors.pooled, classes), Network.fit(vectors.sentence, classes)
        scripts = [script(text) for text in texts]
        return cls([str(intent) for intent in intents], networks, terms, wording.result(), vectors.sentence, np.cumsum(counts), scripts)

    def scores(self, texts: Sequence[str], vectors: Vectors) -> Floats:
        """Scores (n × intents): 3 to 5 for a known phrase, about 0 where nothing fits."""
        meaning = log_softmax(self._over_pooled.logits(vectors.pooled), axis=1)
        meaning += log_softmax(self._over_sentence.logits(vectors.sentence), axis=1)
        margins = self._terms.rows(texts) @ self._wording[:, :-1].T + self._wording[:, -1]
        wording = log_softmax(self._sharpness * margins, axis=1)
        two = np.asarray(meaning + wording, dtype=np.float32)
        nearness = np.stack([self._nearness(row, sentence) for row, sentence in zip(two, vectors.sentence, strict=True)])
        scores = np.asarray((two + NEARNESS * nearness) / 3, dtype=np.float32)
        for row, text in enumerate(texts):
            if (foreign := self._foreign.get(script(text))) is not None:
                self._hear_foreign(scores[row], vectors.sentence[row], *foreign)
        return scores

    def _foreign_to(self, of: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]] | None:
        """Intents that no phrase in a script teaches, and the phrases in those scripts that do teach them; None where there are none."""
        taught_in = [set(self._scripts[span]) for span in self._spans]
        foreign = np.asarray([of not in scripts for scripts in taught_in])
        if not foreign.any() or foreign.all():
            return None
        others = set().union(*(scripts for scripts, is_foreign in zip(taught_in, foreign, strict=True) if is_foreign))
        return foreign, np.isin(self._scripts, list(others))

    def _hear_foreign(self, scores: Floats, sentence: Floats, foreign: NDArray[np.bool_], phrases: NDArray[np.bool_]) -> None:
        """Words of a language speak for intents taught in it: of the others only the meaning of their phrases can speak.

        Where phrases of the other languages lie nearest to an intent that is taught only in those, that intent comes first.
        """
        cosines = self._known @ sentence
        heard = (cosines[span][phrases[span]] for span in self._spans)
        nearness = np.asarray([_mean_of_highest(each[None])[0] if len(each) else -1 for each in heard])
        first = int(nearness.argmax())
        if foreign[first] and nearness[first] >= FOREIGN and scores.max() < KNOWN:
            scores[first] = max(float(scores.max()) + 0.5, NEARNESS * float(nearness[first]) / 3)

    def confidences(self, texts: Sequence[str], vectors: Vectors) -> Floats:
        """Confidence of each intent (n × intents): they and that of nothing make up 1."""
        scores = SHARPNESS * self.scores(texts, vectors)
        nothing = np.full((len(scores), 1), SHARPNESS * NOTHING, dtype=np.float32)
        return np.exp(log_softmax(np.hstack([scores, nothing]), axis=1))[:, :-1]

    def _nearness(self, two: Floats, sentence: Floats) -> Floats:
        """The nearest phrases of the intents that the two other opinions hold likeliest; no other intent is nearer than these."""
        likeliest = np.argpartition(two, -ASKED)[-ASKED:] if len(two) > ASKED else np.arange(len(two))
        found = [_mean_of_highest((self._known[self._spans[at]] @ sentence)[None])[0] for at in likeliest]
        nearness = np.full(len(two), min(found), dtype=np.float32)
        nearness[likeliest] = found
        return nearness

    def numbers(self) -> dict[str, NDArray[Any]]:
        """Half of what `of` needs, in as few bytes as it takes."""
        small = {"wording": self._wording.astype(np.float16), "known": np.rint(self._known * COSINE_STEPS).astype(np.int8)}
        weights = {"word_idf": self._terms.words.idf_, "piece_idf": self._terms.pieces.idf_}
        networks = _named("pooled", self._over_pooled.numbers()) | _named("sentence", self._over_sentence.numbers())
        return {**small, **weights, "ends": self._ends, **networks}

    def lists(self) -> dict[str, list[str]]:
        """The other half."""
        terms = {"words": _listed(self._terms.words), "pieces": _listed(self._terms.pieces)}
        return {"intents": self.intents, **terms, "scripts": self._scripts.tolist()}

    @classmethod
    def of(cls, numbers: Mapping[str, NDArray[Any]], lists: Mapping[str, list[str]]) -> Opinions:
        """The opinions that gave `numbers` and `lists`."""
        terms = Terms(_taught(word_terms, lists["words"], numbers["word_idf"]), _taught(piece_terms, lists["pieces"], numbers["piece_idf"]))
        known = _single(numbers["known"]) / COSINE_STEPS
        networks = Network.of(_unnamed("pooled", numbers)), Network.of(_unnamed("sentence", numbers))
        return cls(lists["intents"], networks, terms, _single(numbers["wording"]), known, numbers["ends"], lists["scripts"])


def _named(part: str, numbers: Mapping[str, Floats]) -> dict[str, Floats]:
    return {f"{part}_{name}": values for name, values in numbers.items()}


def _unnamed(part: str, numbers: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    return {name.removeprefix(f"{part}_"): values for name, values in numbers.items() if name.startswith(f"{part}_")}


def _mean_of_highest(cosines: Floats) -> Floats:
    highest = cosines if cosines.shape[1] <= NEAREST else np.partition(cosines, -NEAREST, axis=1)[:, -NEAREST:]
    return np.asarray(highest.mean(axis=1))


def _with_intercept(model: LinearSVC) -> Floats:
    """Weights by intent, the intercept last. Of two intents scikit-learn keeps one row: the other is its opposite."""
    weights = np.hstack([model.coef_, model.intercept_[:, None]]).astype(np.float32)
    return weights if len(model.classes_) > 2 else np.vstack([-weights, weights])


def _single(numbers: NDArray[np.float16] | NDArray[np.int8]) -> Floats:
    return numbers.astype(np.float32)


def _listed(vectorizer: TfidfVectorizer) -> list[str]:
    return sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)


def _taught(analyzer: Callable[[str], list[str]], vocabulary: list[str], idf: NDArray[np.float64]) -> TfidfVectorizer:
    vectorizer = TfidfVectorizer(analyzer=analyzer, sublinear_tf=True, vocabulary={term: at for at, term in enumerate(vocabulary)})
    vectorizer.idf_ = idf
    return vectorizer
