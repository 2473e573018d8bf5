"""How far a text is from what was said."""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
DIGITS = {"zh": "零一二三四五六七八九", "ko": "영일이삼사오육칠팔구"}


def comparable(text: str, language: str) -> list[str]:
    """What is compared: words of English, characters of Chinese and Korean; without signs and capitals, numbers as words."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    if language == "en":
        return re.sub(r"[^\w']+", " ", re.sub(r"\d+", lambda match: f" {in_words(match[0])} ", text)).split()
    spelt = "".join(DIGITS[language][int(char)] if char.isdecimal() and char.isascii() else char for char in text)
    return [char for char in spelt if char.isalnum()]


def in_words(digits: str) -> str:
    """A number up to 99 as English words; a longer one digit by digit."""
    number = int(digits)
    if len(digits) > 2 or (digits[0] == "0" and len(digits) > 1):
        return " ".join(UNITS[int(digit)] for digit in digits)
    if number < len(UNITS):
        return UNITS[number]
    return " ".join([TENS[number // 10 - 2], *([UNITS[number % 10]] if number % 10 else [])])


def error_rate(pairs: Sequence[tuple[str, str]], language: str) -> float:
    """Insertions, deletions and substitutions over the length of what was said, in percent, over all (said, heard) pairs."""
    compared = [(comparable(said, language), comparable(heard, language)) for said, heard in pairs]
    return 100 * sum(Levenshtein.distance(said, heard) for said, heard in compared) / max(1, sum(len(said) for said, _ in compared))


def names_it(heard: str, name: str, language: str) -> bool:
    """Whether a name stands in what was heard, however its words are written together."""
    return "".join(comparable(name, language)) in "".join(comparable(heard, language))
