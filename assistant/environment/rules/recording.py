"""A recorded CSV, row by row: as `sensors.replay` reads it, sensor.community's archive, seconds from a start, or year, month, day, hour."""

import csv
import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Literal, TextIO

from assistant.errors import StationError

TIME_COLUMNS = ("time", "timestamp", "date", "datetime")
PARTS = ("year", "month", "day", "hour", "minute")
MISSING = frozenset({"", "na", "nan", "null", "-"})
HEADER_LIMIT = 65_536
DAY_BEGINS = datetime(2000, 1, 1, tzinfo=UTC)
START = datetime(1970, 1, 1, tzinfo=UTC)
_OF_DAY = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")

Kind = Literal["dated", "day", "elapsed"]
"""Moments; times of one day, taken as 2000-01-01 in UTC; seconds from a start, taken as 1970-01-01 in UTC."""


class Recording:
    """A CSV file that is read once, never as a whole. Times without an offset are the station's."""

    def __init__(self, path: Path, zone: tzinfo) -> None:
        """Reads the header. Raises StationError that names the file and the mend."""
        self.path, self._zone = path, zone
        self.left_out = 0
        """Cells and rows that hold no number or no time."""
        self.disordered = 0
        """Rows that are earlier than one before them."""
        with self._file() as file:
            self._delimiter, self.names = _header(file, path)
            first = next(self._read(file), [])
        self._where = _clock(self.names, path)
        self.kind = self._kind(self._text(self._cells(first)))

    def rows(self, columns: Mapping[str, str]) -> Iterator[tuple[datetime, dict[str, float]]]:
        """Time (aware) and values of every row that has one, oldest first; `columns`: key → name of its column."""
        latest: datetime | None = None
        with self._file() as file:
            file.readline(HEADER_LIMIT)
            for row in self._read(file):
                cells = self._cells(row)
                try:
                    at = self._moment(self._text(cells))
                except (ValueError, OverflowError):
                    self.left_out += 1
                    continue
                if latest is not None and at < latest:
                    self.disordered += 1
                    continue
                latest = at
                if values := self._values(cells, columns):
                    yield at, values

    def _file(self) -> TextIO:
        try:
            return self.path.open(encoding="utf-8-sig", newline="")
        except OSError as error:
            raise StationError(f"{self.path}: {error.strerror}", hint="name a CSV file") from None

    def _read(self, file: TextIO) -> Iterator[list[str]]:
        reader = csv.reader(file, delimiter=self._delimiter)
        try:
            yield from reader
        except (UnicodeDecodeError, csv.Error):
            raise StationError(f"{self.path}:{reader.line_num + 2}: it is no CSV in UTF-8", hint="save it as such") from None

    def _cells(self, row: list[str]) -> dict[str, str]:
        # A row that is longer than its header begins with an unnamed row number, as R writes it.
        return dict(zip(self.names, row[1 if len(row) == len(self.names) + 1 else 0 :], strict=False))

    def _values(self, cells: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, float]:
        found = {}
        for key, name in columns.items():
            text = cells.get(name, "").strip()
            if text.lower() in MISSING:
                continue
            try:
                value = float(text)
            except ValueError:
                value = math.nan
            if math.isfinite(value):
                found[key] = value
            else:
                self.left_out += 1
        return found

    def _text(self, cells: Mapping[str, str]) -> str:
        """The time of a row as text."""
        if len(self._where) == 1:
            return cells.get(self._where[0], "").strip()
        year, month, day, *rest = (cells.get(name, "").strip().zfill(2) for name in self._where)
        hour, minute = (*rest, "00", "00")[:2]
        return f"{year.zfill(4)}-{month}-{day}T{hour}:{minute}"

    def _kind(self, text: str) -> Kind:
        if _OF_DAY.fullmatch(text):
            return "day"
        try:
            float(text)
        except ValueError:
            pass
        else:
            return "elapsed"
        try:
            datetime.fromisoformat(text)
        except ValueError:
            raise StationError(f"{self.path}:2: no time", hint="write it as 2026-05-01T07:05:00, as 07:05, or in seconds") from None
        return "dated"

    def _moment(self, text: str) -> datetime:
        """Raises ValueError or OverflowError for a text that is no time of the recording's kind."""
        if self.kind == "elapsed":
            return START + timedelta(seconds=float(text))
        if self.kind == "day":
            match = _OF_DAY.fullmatch(text)
            if match is None:
                raise ValueError("no time of day")
            return DAY_BEGINS.replace(hour=int(match[1]), minute=int(match[2]), second=int(match[3] or 0))
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo is not None else at.replace(tzinfo=self._zone)).astimezone(UTC)


def _header(file: TextIO, path: Path) -> tuple[str, list[str]]:
    try:
        header = file.readline(HEADER_LIMIT)
        delimiter = ";" if header.count(";") > header.count(",") else ","
        return delimiter, [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
    except (UnicodeDecodeError, csv.Error):
        raise StationError(f"{path} is no CSV in UTF-8", hint="save it as such") from None


def _clock(names: list[str], path: Path) -> list[str]:
    """The columns that hold the time."""
    lower = {name.lower(): name for name in reversed(names)}
    if found := next((lower[name] for name in TIME_COLUMNS if name in lower), None):
        return [found]
    parts = [lower[name] for name in PARTS if name in lower]
    if [name.lower() for name in parts[:3]] == list(PARTS[:3]):
        return parts
    wanted = " or ".join(TIME_COLUMNS)
    raise StationError(f"{path}:1: there is no column {wanted}", hint=f"it has {', '.join(names)[:500]}")
