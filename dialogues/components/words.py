"""Words of Latin, Han and Hangul text: the one place that knows where a word begins and ends."""

import re
import unicodedata

HAN = "\u3400-\u9fff\uf900-\ufaff"
HANGUL = "\uac00-\ud7a3"
_WORD = re.compile(rf"[{HAN}]|[{HANGUL}]+|[^\W_{HAN}{HANGUL}]+(?:['’][^\W\d_{HAN}{HANGUL}]+)?")
_APOSTROPHES = "'’‘`´"


def words(text: str) -> list[tuple[int, int]]:
    """Start and end of each word: a Han character, a run of Hangul, a run of other letters and digits."""
    return [match.span() for match in _WORD.finditer(text)]


def is_han(char: str) -> bool:
    """Whether the character is a Chinese one."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def is_hangul(char: str) -> bool:
    """Whether the character is a Korean syllable."""
    return "\uac00" <= char <= "\ud7a3"


def is_latin(char: str) -> bool:
    """Whether the character belongs to a word that ends at a space or a sign."""
    return char.isalnum() and not is_han(char) and not is_hangul(char)


def script(text: str) -> str:
    """The script that tells the language: Hangul before Han before Latin, because names are in Latin letters everywhere."""
    if any(is_hangul(char) for char in text):
        return "hangul"
    return "han" if any(is_han(char) for char in text) else "latin"


def _fold_char(char: str) -> str:
    if is_hangul(char):
        return char
    decomposed = unicodedata.normalize("NFKD", char).casefold()
    return "".join(c for c in decomposed if c.isalnum())


def fold(text: str) -> tuple[str, list[int]]:
    """The text as names are compared, and for each of its characters where it stood in `text`.

    Case, accents, apostrophes and signs go; one space stays between two words of Latin letters and none elsewhere, because
    recognisers put spaces into Chinese and Korean as they like. Folding may lengthen a character ("ß"), hence the offsets.
    """
    folded: list[str] = []
    origins: list[int] = []
    gap = False
    for index, char in enumerate(text):
        if char in _APOSTROPHES:
            continue
        for piece in "and" if char == "&" else _fold_char(char):
            if gap and folded and is_latin(folded[-1]) and is_latin(piece):
                folded.append(" ")
                origins.append(index - 1)
            gap = False
            folded.append(piece)
            origins.append(index)
        gap = gap or not char.isalnum()
    return "".join(folded), origins
