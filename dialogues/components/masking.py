"""Names of stops give way to one stand-in, so that what is asked is understood alike whatever the station's feed calls its stops."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from components.words import is_han, is_hangul

STAND_INS = {"hangul": "춘천", "han": "春田", "latin": "Springfield"}
"""A common name of a city for each script."""


def masked(text: str, entities: Iterable[dict[str, Any]]) -> str:
    """`text` with the name of each stop replaced; entities are as Rasa holds them (`entity`, `start`, `end`)."""
    spans = sorted({(entity["start"], entity["end"]) for entity in entities if entity.get("entity") == "stop"}, reverse=True)
    last = len(text)
    for start, end in spans:
        if end <= last and start < end:
            text = text[:start] + _stand_in(text[start:end]) + text[end:]
            last = start
    return text


def _stand_in(name: str) -> str:
    if any(is_hangul(char) for char in name):
        return STAND_INS["hangul"]
    return STAND_INS["han" if any(is_han(char) for char in name) else "latin"]
