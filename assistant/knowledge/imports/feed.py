"""Reads the tables of a GTFS feed in place, from a folder or a zip: nothing is unpacked to disk."""

import csv
import hashlib
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from assistant.errors import StationError

if TYPE_CHECKING:
    from _csv import Reader

LINE_LIMIT = 1_000_000
"""Longest line, in characters; a bomb without line ends would otherwise fill the memory."""
RATIO_LIMIT = 250
"""Timetables shrink 5 to 50 times; what shrinks more is a bomb."""
UNPACKED_FACTOR = 10


class Table:
    """Rows of one file as lists of text: its columns, an empty one, and last the line of the file that ends the row."""

    def __init__(self, name: str, rows: "Reader", header: list[str]) -> None:
        self.name = name
        self.columns: dict[str, int] = {}
        for index, column in enumerate(header):
            self.columns.setdefault(column.strip().casefold(), index)
        self._rows = rows
        self._width = len(header)

    @property
    def line(self) -> int:
        """Line of the file that ends the row read last."""
        return self._rows.line_num

    @property
    def width(self) -> int:
        """Columns of every row given, the empty one and the line included."""
        return self._width + 2

    def index(self, column: str) -> int:
        """Where a column stands in every row; for a column that the file lacks that is the empty one."""
        return self.columns.get(column, self._width)

    def __iter__(self) -> Iterator[list[str]]:
        width, rows = self._width, self._rows
        for row in rows:
            if len(row) != width:
                if not row:
                    continue
                row = (row + [""] * width)[:width]
            row += ("", str(rows.line_num))
            yield row


class Feed:
    """The tables of one feed. Every way in which a file can be unusable is a StationError naming file and line."""

    def __init__(self, path: Path, *, limit_mb: float) -> None:
        self.path = path
        limit = int(limit_mb * 1_000_000)
        with _readable(path):
            if path.is_dir():
                self._files = _folder(path, limit)
            elif path.is_file():
                self._files = _zip(path, limit)
            else:
                raise StationError(f"{path} is missing", hint="put the GTFS feed there, as a folder gtfs/ or as gtfs.zip")
        self.tables = {name.removesuffix(".txt") for name in self._files}

    def digest(self) -> str:
        """Hash of everything in the feed."""
        digest = hashlib.sha256()
        with _readable(self.path):
            if self.path.is_file():
                with self.path.open("rb") as file:
                    _update(digest, file)
                return digest.hexdigest()
            for name in sorted(self._files):
                digest.update(name.encode() + b"\0")
                with self._files[name]() as file:
                    _update(digest, file)
        return digest.hexdigest()

    @contextmanager
    def table(self, name: str, required: Sequence[str] = ()) -> Iterator[Table]:
        """The rows of `name`.txt; missing columns are an error."""
        file = f"{name}.txt"
        if file not in self._files:
            raise StationError(f"{file} is missing in {self.path.name}", code="feed-file-missing", hint=f"add {file} to the feed")
        line = 0
        try:
            with self._files[file]() as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
                rows = csv.reader(_lines(text, file), skipinitialspace=True)
                table = Table(file, rows, next(rows, []))
                missing = [column for column in required if column not in table.columns]
                if missing:
                    raise StationError(
                        f"{file} line 1: column {missing[0]} is missing", code="feed-column-missing", hint=f"add the column to {file}"
                    )
                try:
                    yield table
                finally:
                    line = table.line
        except UnicodeDecodeError:
            raise StationError(
                f"{file}, at or after line {line + 1}, is not UTF-8", code="feed-encoding", hint=f"save {file} as UTF-8"
            ) from None
        except (csv.Error, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise StationError(
                f"{file}, at or after line {line + 1}, cannot be read: {error}", code="feed-damaged", hint="get the feed again"
            ) from None

    def records(self, name: str, required: Sequence[str] = ()) -> Iterator[tuple[int, dict[str, str]]]:
        """Line and row of `name`.txt, values stripped; no rows where the file is absent and nothing is required of it."""
        if f"{name}.txt" not in self._files and not required:
            return
        with self.table(name, required) as table:
            columns = list(table.columns.items())
            for row in table:
                yield table.line, {column: row[index].strip() for column, index in columns}


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"{path} cannot be read: {error.strerror}"
        raise StationError(what, code="feed-unreadable", hint="look at its rights and the disk") from None


def _update(digest: "hashlib._Hash", file: IO[bytes]) -> None:
    while chunk := file.read(1 << 20):
        digest.update(chunk)


def _lines(text: io.TextIOWrapper, file: str) -> Iterator[str]:
    while line := text.readline(LINE_LIMIT):
        if len(line) == LINE_LIMIT:
            raise StationError(f"{file} has a line of over {LINE_LIMIT:,} characters", code="feed-damaged", hint="get the feed again")
        yield line


def _folder(path: Path, limit: int) -> dict[str, Callable[[], IO[bytes]]]:
    files = {entry.name: entry for entry in path.iterdir() if entry.suffix == ".txt" and entry.is_file()}
    _check_size(sum(entry.stat().st_size for entry in files.values()), limit * UNPACKED_FACTOR, path)
    return {name: _opener(entry) for name, entry in files.items()}


def _opener(entry: Path) -> Callable[[], IO[bytes]]:
    return lambda: entry.open("rb")


def _zip(path: Path, limit: int) -> dict[str, Callable[[], IO[bytes]]]:
    _check_size(path.stat().st_size, limit, path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, UnicodeDecodeError) as error:
        raise StationError(f"{path} is no zip: {error}", code="feed-damaged", hint="get the feed again") from None
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        if ".." in parts or member.filename.startswith(("/", "\\")) or ":" in "".join(parts[:1]):
            raise StationError(
                f"{path} holds a file that points outside of it", code="feed-hostile", hint="get the feed from its publisher"
            )
        if member.file_size > 1_000_000 and member.file_size > RATIO_LIMIT * max(member.compress_size, 1):
            raise StationError(
                f"{path} holds a file packed more than {RATIO_LIMIT} times", code="feed-hostile", hint="get the feed from its publisher"
            )
    _check_size(sum(member.file_size for member in members), limit * UNPACKED_FACTOR, path)
    tops = [PurePosixPath(member.filename).parent for member in members if PurePosixPath(member.filename).name == "stops.txt"]
    top = min(tops, key=lambda folder: len(folder.parts), default=PurePosixPath("."))
    return {
        PurePosixPath(member.filename).name: _member(path, member)
        for member in members
        if PurePosixPath(member.filename).parent == top and member.filename.endswith(".txt")
    }


def _member(path: Path, member: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    def open_member() -> IO[bytes]:
        with zipfile.ZipFile(path) as archive:  # the file stays open until the member is closed
            return archive.open(member)

    return open_member


def _check_size(size: int, limit: int, path: Path) -> None:
    if size > limit:
        raise StationError(
            f"{path} holds more than the limit of {limit / 1_000_000:g} MB",
            code="feed-too-large", hint="raise feed: {limit_mb: …} in station.yaml if the feed is right",
        )
