"""The words for kinds of places, in every language taught."""

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from assistant.knowledge.names import Named

FILE = Path(__file__).with_name("categories.yaml")


@cache
def categories() -> dict[str, dict[str, list[str]]]:
    """Category → language → names, the first of each the one to show."""
    content = YAML(typ="safe").load(FILE)
    return {category: entry["names"] for category, entry in content.items()}


def named_categories() -> list[Named]:
    """The categories as things to be matched."""
    return [
        Named(
            kind="category", id=category, names={language: words[0] for language, words in names.items()},
            aliases=tuple(word for words in names.values() for word in words[1:]),
        )
        for category, names in categories().items()
    ]
