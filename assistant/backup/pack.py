"""Packs the state folder and the station folder of a running or stopped assistant into one tar."""

import hashlib
import io
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from assistant import __version__
from assistant.backup.models import DATABASE, LEFT_OUT, MANIFEST, STATE, STATION, BackupError, File, Manifest
from assistant.settings import Settings

SQLITE = b"SQLite format 3\0"
BESIDE = ("-wal", "-shm", "-journal")
"""What stands beside an SQLite file and is in its copy."""
SHORT_LIVED = ("sessions", "codes", "attempts", "unanswered")
"""Tables that a backup leaves empty: nobody who has signed out comes in again by it, and what is to be forgotten is not kept in it."""


def pack(settings: Settings, target: Path, now: datetime) -> Manifest:
    """Writes the backup, for its owner's eyes only. Raises BackupError where `target` exists or a database is damaged, OSError."""
    part = target.with_name(f"{target.name}.part")
    try:
        # Not opened by name: what a file is called may be somebody else's link.
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        raise BackupError(f"{part} is there already", hint="remove it, if no other backup is being made") from None
    try:
        if target.exists():
            raise BackupError(f"{target} is there already", hint="take another name")
        with os.fdopen(descriptor, "wb") as file, tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
            manifest = _written(settings, file, Path(scratch), now, {part.resolve(), Path(scratch).resolve()})
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return manifest


def _written(settings: Settings, file: io.BufferedWriter, scratch: Path, now: datetime, skip: set[Path]) -> Manifest:
    schema, files = None, []
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, path in _found(settings, skip):
            source = path
            try:
                if _is_sqlite(path):
                    source = _copied(path, scratch / "copy.sqlite")
                    schema = _scrubbed(source) if name == DATABASE else schema
                files.append(_add(tar, name, source, now))
            except FileNotFoundError:  # gone since it was listed: it was on its way out
                continue
        manifest = Manifest(made_at=now, product=__version__, stop=settings.stop, schema_version=schema, files=files)
        text = manifest.model_dump_json(indent=1).encode()
        tar.addfile(_header(MANIFEST, len(text), now), io.BytesIO(text))
    return manifest


def _found(settings: Settings, skip: set[Path]) -> Iterator[tuple[str, Path]]:
    """Name in the backup → file, in a fixed order. What links lead to outside is left out of the state, and followed in the station."""
    for top, folder in ((STATE, settings.data), (STATION, settings.station)):
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            left_out = top == STATE and (inside.parts[0] in LEFT_OUT or path.name in LEFT_OUT or path.is_symlink())
            if left_out or not path.is_file() or path.name.endswith(BESIDE) or skip & {path.resolve(), *path.resolve().parents}:
                continue
            yield f"{top}/{inside.as_posix()}", path


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(SQLITE)) == SQLITE


def _copied(path: Path, copy: Path) -> Path:
    """One moment of a database that others write meanwhile."""
    copy.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path, timeout=30)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
            if target.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError
    except sqlite3.Error:
        raise BackupError(f"{path} is damaged or locked", hint="stop the assistant, move the file away, and try again") from None
    return copy


def _scrubbed(copy: Path) -> str | None:
    """Empties the tables of what opens doors for a while; gives the migration."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for name in tables & set(SHORT_LIVED):
            connection.execute(f"DELETE FROM {name}")  # noqa: S608
        connection.execute("VACUUM")  # what is deleted is gone from the file
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if "alembic_version" in tables else None
        return str(row[0]) if row else None


def _add(tar: tarfile.TarFile, name: str, path: Path, now: datetime) -> File:
    """Adds a file as it is when it is opened: what others append meanwhile is left out."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        reader = _Hashed(file, size)
        tar.addfile(_header(name, size, now), reader)
    return File(path=name, size=size, sha256=reader.sha256.hexdigest())


def _header(name: str, size: int, now: datetime) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode, header.mtime = size, 0o600, int(now.timestamp())
    return header


class _Hashed:
    """A file of a fixed size, hashed while it is read. Raises BackupError where it became shorter."""

    def __init__(self, file: io.BufferedReader, size: int) -> None:
        self._file, self._left, self.sha256 = file, size, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        wanted = min(self._left, size) if size >= 0 else self._left
        data = self._file.read(wanted)
        if len(data) < wanted:
            raise BackupError(f"{self._file.name} became shorter while it was read", hint="try again")
        self._left -= len(data)
        self.sha256.update(data)
        return data
