"""Headsigns: one number for each, whatever says it."""

from assistant.knowledge.imports.translations import Translations
from assistant.knowledge.store import Builder


class Headsigns:
    """Numbers of headsigns, as names in every language."""

    def __init__(self, translations: Translations) -> None:
        self._translations = translations
        self._numbers: dict[str, int] = {}

    def number(self, table: str, field: str, text: str, record: str, sub: str = "") -> int | None:
        """Number of a headsign that a row of the feed has, None for none."""
        return self.of_names(self._translations.names(table, field, record, text, sub)) if text else None

    def of_names(self, names: str) -> int:
        """Number of a headsign by its names, as JSON."""
        return self._numbers.setdefault(names, len(self._numbers) + 1)

    def write(self, builder: Builder) -> None:
        """Copies them all into the database."""
        builder.insert("headsigns", ((number, names) for names, number in self._numbers.items()), 2)
