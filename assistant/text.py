"""Text in the station's languages."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator

LANGUAGES = ("en", "zh", "ko")
"""The languages this program is taught: English, Chinese (Mandarin, simplified), Korean."""
HANGUL = re.compile(r"[가-힣]")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc]")
CHINESE = re.compile("[的了吗呢吧去在哪怎请我您你是几什么这那到要想多少有没]")
"""Characters that Chinese sentences are built with, and names hardly ever."""
WORD = re.compile(r"[a-zà-öø-ɏ]+(?:['’][a-z]+)*|[^\W\d_a-zà-öø-ɏ]+")
"""A word in Latin letters, in lower case, or a run of other letters."""
LATIN = re.compile(r"[a-zà-öø-ɏ'’]+")
ENGLISH = frozenset(
    """the this that that's these those there there's here are aren't what what's when when's where where's which who who's whose why
    how how's does doesn't don't didn't can can't could would should must you you're your my i'm i've i'd i'll they their she her his
    and but any some every to from for with without about near next last first after before between into over today tonight tomorrow
    need wanna have haven't got get gets go goes going take takes leave leaves arrive arrives find show tell give help please thanks
    thank sorry lost early open closed close broken working buy pay speak say repeat again slower louder know wait happened someone
    somebody something anyone anything everything nothing much many more cheapest closest nearest left right your only been being
    just one two three four five""".split()
)
"""Words that English sentences are made of, and hardly those of other languages."""
SHARED = frozenset(
    """a an i is isn't it it's its in on at of or as am was we he me us do did will want not no so all by if up out off down has had be
    man men now late later soon time times long far way day stop stops train trains train's station platform platforms track bus taxi
    ticket tickets toilet toilets bathroom restroom lift elevator escalator exit food water bag baby air seat card money minutes
    hello hi bye change departures arrivals wheelchair stairs ramp""".split()
)
"""English words that stand in other languages too, or on every sign."""


def _localised(value: object) -> object:
    return {"": value} if isinstance(value, str) else value


Localised = Annotated[dict[str, str], BeforeValidator(_localised)]
"""Text per language code; the key "" holds text of any language. A plain string in a file becomes {"": text}."""


def in_language(text: Mapping[str, str], language: str) -> str:
    """The text in `language`, else the one for any language, else English, else whatever there is; "" for none."""
    for key in (language, "", "en"):
        if key in text:
            return text[key]
    return next(iter(text.values()), "")


def plain(text: str, longest: int) -> str:
    """A foreign text on one line, without control characters, cut after `longest` characters at a word's end."""
    head = text[: longest * 4]
    if not head.isprintable():
        head = "".join(char if char.isprintable() else " " for char in head)
    words = " ".join(head.split())
    if len(words) <= longest:
        return words
    cut = words[: longest - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def written_in(text: str, languages: tuple[str, ...]) -> str | None:
    """Which of `languages` a typed text is written in, by its script; None where that is not plain, as of a name or a foreign language."""
    text = unicodedata.normalize("NFKC", text.casefold())
    found = _english(text) or _asian(text)
    return found if found in languages else None


def _english(text: str) -> str | None:
    """English where at least three words stand, most of them Latin and two of them English; names in another script may be among them."""
    words = WORD.findall(text)
    latin = [word for word in words if LATIN.fullmatch(word)]
    said = {word.replace("’", "'") for word in latin}
    plain_english = said & ENGLISH and len(said & (ENGLISH | SHARED)) >= 2
    return "en" if plain_english and len(words) >= 3 and len(latin) > len(words) / 2 else None


def _asian(text: str) -> str | None:
    """Korean or Chinese; names in Latin letters, and a few in another script, may be among the words."""
    hangul, han, kana = (len(script.findall(text)) for script in (HANGUL, HAN, KANA))
    other = sum(len(word) for word in WORD.findall(text) if not LATIN.fullmatch(word)) - hangul - han - kana
    if kana + other >= hangul + han:
        return None
    built = CHINESE.search(text) is not None
    if hangul:
        return "ko" if hangul > han and not built else "zh" if han > hangul and built and not kana else None
    return "zh" if not kana else None
