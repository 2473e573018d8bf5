"""The words for kinds of places, in every language taught; and groups of kinds, by which people ask too."""

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.knowledge.names import Named

FILE = Path(__file__).with_name("categories.yaml")


@cache
def categories() -> dict[str, dict[str, list[str]]]:
    """Category → language → names, the first of each the one to show."""
    return {category: entry["names"] for category, entry in _entries().items() if "kinds" not in entry}


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Group → the categories it is made of."""
    return {group: tuple(entry["kinds"]) for group, entry in _entries().items() if "kinds" in entry}


def kinds_of(category: str) -> tuple[str, ...]:
    """The categories that are meant by one or by a group."""
    return groups().get(category, (category,))


def named_categories() -> list[Named]:
    """The categories and groups as things to be matched."""
    return [
        Named(
            kind="category", id=category, names={language: words[0] for language, words in entry["names"].items()},
            aliases=tuple(word for words in entry["names"].values() for word in words[1:]),
        )
        for category, entry in _entries().items()
    ]


@cache
def _entries() -> dict[str, dict[str, Any]]:
    content: dict[str, dict[str, Any]] = YAML(typ="safe").load(FILE)
    return content
