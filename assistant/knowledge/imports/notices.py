"""Findings of an import, one per kind and file, with the first place and how often."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from assistant.knowledge.models import Notice


class Notices:
    """Collects notices; a hundred thousand broken rows become one notice with a count."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str | None], Notice] = {}

    def __iter__(self) -> Iterator[Notice]:
        return iter(self._found.values())

    def error(self, code: str, message: str, *, file: str | None = None, line: int | None = None) -> None:
        """What makes the station unusable."""
        self._add("error", code, message, file, line)

    def warning(self, code: str, message: str, *, file: str | None = None, line: int | None = None, count: int = 1) -> None:
        """What was left out or is doubtful."""
        self._add("warning", code, message, file, line, count)

    def info(self, code: str, message: str, *, file: str | None = None, line: int | None = None) -> None:
        """What is good to know."""
        self._add("info", code, message, file, line)

    def errors(self) -> list[Notice]:
        """Only the errors."""
        return [notice for notice in self if notice.severity == "error"]

    def add_all(self, others: "Notices") -> None:
        """Takes the findings of others in."""
        for notice in others:
            self._add(notice.severity, notice.code, notice.message, notice.file, notice.line, notice.count)

    def _add(
        self, severity: Literal["error", "warning", "info"], code: str, message: str, file: str | None, line: int | None, count: int = 1
    ) -> None:
        key = (code, file)
        known = self._found.get(key)
        if known is None:
            self._found[key] = Notice(severity=severity, code=code, message=message, file=file, line=line, count=count)
        else:
            self._found[key] = replace(known, count=known.count + count)
