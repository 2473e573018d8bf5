"""Names by their sound and spelling: what a recogniser or a hurried finger made of them is still found.

Latin letters are compared by metaphone, Chinese by pinyin without tones, Korean by the letters of its syllables.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from jellyfish import metaphone
from rapidfuzz import fuzz, process

HAN = re.compile(r"[\u3400-\u9fff]")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
KANA = re.compile(r"[\u3040-\u30ff]")
READINGS = 4
"""Most readings of one Chinese name that are kept: characters with two sounds multiply."""
FLOOR = 55.0
"""Below this similarity of the letters (0 to 100) no sound makes two names alike."""
ALIKE = 0.69
"""From this closeness on a name is worth offering."""
BESIDE = 0.63
"""From this closeness on a name is worth offering beside a nearer one."""
SAME_SOUND = 0.97
CANDIDATES = 60

_PINYIN = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
_JAMO = str.maketrans(
    {
        "ᄁ": "ᄀ", "ᄏ": "ᄀ", "ᄄ": "ᄃ", "ᄐ": "ᄃ", "ᄈ": "ᄇ", "ᄑ": "ᄇ", "ᄊ": "ᄉ", "ᄍ": "ᄌ", "ᄎ": "ᄌ",
        "ᅢ": "ᅦ", "ᅤ": "ᅨ", "ᅫ": "ᅬ", "ᅰ": "ᅬ", "ᆩ": "ᆨ", "ᆿ": "ᆨ", "ᆺ": "ᆮ", "ᆻ": "ᆮ", "ᆽ": "ᆮ", "ᆾ": "ᆮ", "ᇀ": "ᆮ", "ᇁ": "ᆸ",
        "ᄋ": None,
    }
)  # fmt: skip
_FINAL_AS_INITIAL = str.maketrans({"ᆨ": "ᄀ", "ᆫ": "ᄂ", "ᆮ": "ᄃ", "ᆯ": "ᄅ", "ᆷ": "ᄆ", "ᆸ": "ᄇ"})
_TELLING = re.compile(
    r"\d+|\b(?:north|south|east|west|upper|lower|old|new|terminal|exit)\b|[东西南北新旧老東]|(?<=.)[동서남북](?=역?$)|^[동서남북신구]"
)
"""Where these differ, two names are two things however alike the rest is."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One reading of a name."""

    letters: str
    code: str


@dataclass(frozen=True, slots=True)
class Near:
    """A name that is near to what was said: how near (0 to 1), and whether it may be taken for it where none else is near."""

    key: str
    score: float
    certain: bool


def script(text: str) -> str:
    """The writing a text is compared in."""
    return "kana" if KANA.search(text) else "han" if HAN.search(text) else "hangul" if HANGUL.search(text) else "latin"


def readings(text: str) -> Iterator[Sound]:
    """How a name in comparable form may sound; several for Chinese characters of two sounds, none for Japanese syllables."""
    match script(text):
        case "han":
            yield from dict.fromkeys(islice(map(_han, product(*map(_syllables, text))), READINGS))
        case "hangul":
            letters = unicodedata.normalize("NFD", text)
            yield Sound(letters, letters.translate(_JAMO).translate(_FINAL_AS_INITIAL))
        case "latin":
            yield Sound(text, metaphone(text).replace(" ", ""))
        case _:
            return


def _han(syllables: tuple[str, ...]) -> Sound:
    folded = []
    for syllable in syllables:
        for long, short in _PINYIN:
            syllable = syllable.replace(long, short)
        folded.append(f"l{syllable[1:]}" if syllable.startswith("n") and len(syllable) > 1 else syllable)
    return Sound("".join(syllables), " ".join(folded))


@lru_cache(8192)
def _syllables(char: str) -> tuple[str, ...]:
    """The readings of a character without tones, the commonest first."""
    # Phrases would take 40 MB, and a name is no phrase: this switch is the package's own.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    return tuple(dict.fromkeys(pinyin(char, style=Style.NORMAL, heteronym=True)[0]))[:2]


class Sounds:
    """Names in comparable form, ready to be compared with what was said."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._readings: dict[str, list[tuple[Sound, str]]] = {}
        for key in keys:
            for sound in readings(key):
                self._readings.setdefault(script(key), []).append((sound, key))
        self._letters = {name: [sound.letters for sound, _ in known] for name, known in self._readings.items()}

    def near(self, query: str) -> list[Near]:
        """The names near to a text in comparable form, the nearest first."""
        writing = script(query)
        if len(query) < (2 if writing != "latin" else 3) or writing not in self._readings:
            return []
        found: dict[str, Near] = {}
        for said in readings(query):
            extracted = process.extract(said.letters, self._letters[writing], scorer=fuzz.ratio, score_cutoff=FLOOR, limit=CANDIDATES)
            for _, ratio, index in extracted:
                sound, key = self._readings[writing][index]
                near = _compare(query, key, ratio / 100, fuzz.ratio(said.code, sound.code) / 100, len(sound.code))
                if near.score >= BESIDE and (key not in found or near.score > found[key].score):
                    found[key] = near
        best = sorted(found.values(), key=lambda near: -near.score)
        return best if best and best[0].score >= ALIKE else []


def _compare(query: str, key: str, letters: float, sound: float, sounds: int) -> Near:
    score = max(letters * 0.98 if letters >= 0.76 else 0.0, (letters + sound) / 2 * 0.98)
    same = sound >= SAME_SOUND and sounds >= 3 and letters >= 0.7
    told = _TELLING.findall(query) == _TELLING.findall(key) or (same and not key.isascii())
    return Near(key, score, told and len(key) > 2 - (not key.isascii()) and (same or score >= 0.9))
