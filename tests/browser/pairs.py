"""Few combinations in which every pair of values occurs: a covering array, made greedily and always the same."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

Pair = tuple[tuple[str, str], tuple[str, str]]
"""(factor, value) twice, in the order of the factors."""


def pairs_of(row: Mapping[str, str]) -> Iterator[Pair]:
    """Every pair of a combination."""
    return combinations(row.items(), 2)


def every_pair(factors: Mapping[str, Sequence[str]]) -> set[Pair]:
    """Every pair there is."""
    return {
        ((one, a), (other, b))
        for (one, many), (other, more) in combinations(factors.items(), 2)
        for a, b in product(many, more)
    }  # fmt: skip


def cover(factors: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """
    Combinations that hold every pair of values of `factors`. Each is begun with a pair that is still missing, and takes for every
    other factor the value that brings most missing pairs, the first of equal ones.
    """
    missing = dict.fromkeys(sorted(every_pair(factors)))
    rows = []
    while missing:
        row = dict(next(iter(missing)))
        for factor in sorted(factors, key=lambda name: -len(factors[name])):
            if factor not in row:
                row[factor] = max(factors[factor], key=lambda value: _gain(factors, row | {factor: value}, missing))
        row = {factor: row[factor] for factor in factors}
        for pair in pairs_of(row):
            missing.pop(pair, None)
        rows.append(row)
    return rows


def _gain(factors: Mapping[str, Sequence[str]], row: Mapping[str, str], missing: Mapping[Pair, None]) -> int:
    return sum(pair in missing for pair in pairs_of({factor: row[factor] for factor in factors if factor in row}))
