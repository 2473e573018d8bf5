"""Names that a recogniser with a fixed list of words cannot write, and what it may write instead. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase

WORD = re.compile(r"[a-z']+|[가-힣]+|[\u3400-\u9fff]+")
LEAST_PIECE = {"latin": 3, "hangul": 2, "han": 1}
"""Letters, syllables or characters of the shortest piece that a longer word may be heard in."""
NEAREST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StrangeName:
    """A name of the station, the words of it that the recogniser does not know, and what it may write for the name."""

    name: str
    words: tuple[str, ...]
    nearest: tuple[str, ...]


def strange_names(names: Iterable[str], knows: Callable[[str], bool]) -> list[StrangeName]:
    """Those of `names` with a word that is not among the words the recogniser knows, each once, in their order."""
    found = []
    for name in dict.fromkeys(names):
        words = WORD.findall(name.casefold())
        strange = tuple(word for word in words if not _written(word, knows))
        if strange:
            found.append(StrangeName(name=name, words=strange, nearest=_nearest(words, knows)))
    return found


def _written(word: str, knows: Callable[[str], bool]) -> bool:
    """Whether it is known, or written in known pieces: names are compared without spaces where the script has none of its own."""
    script = _script(word)
    return knows(word) or (script != "latin" and _pieces(word, knows, LEAST_PIECE[script]) is not None)


def _nearest(words: list[str], knows: Callable[[str], bool]) -> tuple[str, ...]:
    """The whole name with each strange word in pieces, or one letter off."""
    ways: list[list[str]] = [[]]
    for word in words:
        instead = [word] if _written(word, knows) else _instead(word, knows)
        ways = [[*way, other] for way in ways for other in instead][:NEAREST]
    return tuple(" ".join(way) for way in ways)


def _instead(word: str, knows: Callable[[str], bool]) -> list[str]:
    pieces = _pieces(word, knows, LEAST_PIECE[_script(word)])
    others = ([" ".join(pieces)] if pieces else []) + [other for other in _one_off(word) if knows(other)]
    return list(dict.fromkeys(others))[:NEAREST]


def _pieces(word: str, knows: Callable[[str], bool], least: int) -> list[str] | None:
    """Known words that make up `word`, as few as can be; None where there are none."""
    best: list[list[str] | None] = [[]]
    for end in range(1, len(word) + 1):
        ways = [
            [*before, word[start:end]]
            for start in range(end - least + 1)
            if (before := best[start]) is not None and knows(word[start:end])
        ]
        best.append(min(ways, key=len, default=None))
    return best[-1]


def _one_off(word: str) -> Iterator[str]:
    """Latin words that differ by a letter; other scripts differ by too much where they differ at all."""
    if _script(word) != "latin":
        return
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield from (word[:at] + letter + word[at + 1 :] for letter in ascii_lowercase if letter != word[at])
        yield from (word[:at] + letter + word[at:] for letter in ascii_lowercase)


def _script(word: str) -> str:
    return "latin" if word[0].isascii() else "hangul" if word[0] >= "가" else "han"
