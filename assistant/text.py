"""Text in the station's languages."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator

LANGUAGES = ("en", "zh", "ko")
"""The languages this program is taught: English, Chinese (Mandarin, simplified), Korean."""


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
