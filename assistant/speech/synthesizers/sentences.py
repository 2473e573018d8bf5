"""Cuts a text into sentences, so that the first can be heard while the rest is made."""

import re

_END = re.compile(r"(?<=[。！？…])\s*|(?<=[.!?])\s+|\n+")


def split(text: str) -> list[str]:
    """The sentences of `text`, each with its end mark; those without a letter or a digit are left out."""
    return [part.strip() for part in _END.split(text) if any(character.isalnum() for character in part)]
