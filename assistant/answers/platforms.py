"""The code of a platform in what was said: "platform three" is 3, "七号站台" is 7, "12번 승강장" is 12."""

import re

from assistant.answers.time_words import KO_DIGITS, NUMBERS, ZH_DIGITS

WORD = re.compile(r"\b(?:platforms?|tracks?|quay|bay|stand)\b|站台|月台|股道|승강장|플랫폼|타는\s*곳|홈$", re.IGNORECASE)
FILLER = re.compile(r"\b(?:the|number|no)\b|[第号號번.\s]", re.IGNORECASE)
UNNUMBERED = re.compile(r"(?:the |my )?platforms?|月?站台|승강장|플랫폼|타는 곳", re.IGNORECASE)
CODE = re.compile(r"\d{1,3}[a-z]?|[a-z]\d{0,2}", re.IGNORECASE)
HAN = re.compile(rf"[{''.join(ZH_DIGITS)}]?十?[{''.join(ZH_DIGITS)}]?")
HANGUL = re.compile(rf"[{''.join(KO_DIGITS)}]?십?[{''.join(KO_DIGITS)}]?")


def platform_code(said: str) -> str | None:
    """The code, None where no platform is named: a number alone is one, a letter or a number word only beside the word for it."""
    rest = FILLER.sub("", WORD.sub(" ", said)).casefold()
    if WORD.search(said) is None:
        return rest if re.fullmatch(r"\d{1,3}[a-z]?", rest) else None
    if rest in NUMBERS:
        return str(NUMBERS[rest])
    for pattern, digits, ten in ((HAN, ZH_DIGITS, "十"), (HANGUL, KO_DIGITS, "십")):
        if rest and pattern.fullmatch(rest):
            before, has_ten, after = rest.partition(ten)
            return str(digits.get(before, 1) * 10 + digits.get(after, 0) if has_ten else digits[rest[-1]])
    return rest if CODE.fullmatch(rest) else None


def unnumbered(said: str) -> bool:
    """True where a platform is named without its number."""
    return UNNUMBERED.fullmatch(said.strip()) is not None
