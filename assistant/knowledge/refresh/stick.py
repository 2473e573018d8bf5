"""Feeds on USB sticks: where they may lie, and a copy that trusts nothing on the stick."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assistant.errors import StationError
from assistant.knowledge.files import sync

NAME = "gtfs.zip"
DEPTH = 2
"""Sticks are mounted at /media/<stick> or at /media/<user>/<stick>."""


def on_sticks(folder: Path) -> list[Path]:
    """Every `gtfs.zip` at the top of a stick mounted below `folder`; links are not followed."""
    return sorted(_below(folder, DEPTH))


def signature(path: Path) -> tuple[int, ...] | None:
    """What changes when a file does; None where it is gone."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def copy(path: Path, target: Path, *, limit: int) -> None:
    """Copies a plain file of at most `limit` bytes.

    Raises StationError for anything else, and for a stick that is pulled out; OSError where `target` cannot be written.
    """
    with _readable(path):
        source = open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    with source, target.open("wb") as file:
        if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
            raise StationError(f"{path.name} is no plain file", code="feed-damaged", hint="copy the zip itself, not a link to it")
        done = 0
        while chunk := _chunk(source, path):
            done += len(chunk)
            if done > limit:
                raise StationError(
                    f"{path.name} holds more than the limit of {limit / 1_000_000:g} MB",
                    code="feed-too-large", hint="raise feed: {limit_mb: …} in station.yaml if the feed is right",
                )
            file.write(chunk)
    sync(target)


def _chunk(source: IO[bytes], path: Path) -> bytes:
    with _readable(path):
        return source.read(1 << 20)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StationError(f"{path.name} cannot be read: {error.strerror}", code="feed-damaged", hint="try it again") from None


def _below(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = [entry for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return
    for entry in entries:
        path = Path(entry.path) / NAME
        try:
            plain = stat.S_ISREG(path.lstat().st_mode)
        except OSError:
            plain = False
        if plain:
            yield path
        elif depth > 1:
            yield from _below(Path(entry.path), depth - 1)
