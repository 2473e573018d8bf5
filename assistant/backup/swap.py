"""Puts new folders in the place of old ones: both or neither, also where the power fails in between."""

import ctypes
import errno
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.backup.models import BackupError

EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2): two names change places in one step."""
HERE = -100
"""AT_FDCWD."""


@contextmanager
def in_use(data: Path) -> Iterator[None]:
    """While this is open, no backup is put in the place of the state folder."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """While this is open, no assistant uses the state folder. Raises BackupError where one does."""
    if not data.is_dir():
        yield
        return
    with (data / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"an assistant is running with {data}", hint="stop it first") from None
        yield


def under_way(data: Path) -> bool:
    """Whether a swap has begun and not ended: what stands beside may be the old folders then."""
    return beside(data, "restore.json").exists()


def beside(folder: Path, what: str) -> Path:
    """A name next to a folder, as `data.restoring`."""
    return folder.with_name(f"{folder.name}.{what}")


def swap(data: Path, pairs: Sequence[tuple[Path, Path]]) -> list[Path]:
    """Puts each new folder (first) in the place of an old one (second); gives where the old ones are now. Raises BackupError, OSError.

    A journal beside `data` says what is under way; `finish` goes on with it after a power cut.
    """
    mark = f".restored-{secrets.token_hex(6)}"
    for new, _ in pairs:
        (new / mark).touch()
        _sync(new)
    journal = beside(data, "restore.json")
    written = beside(data, "restore.json.part")
    written.write_text(json.dumps({"mark": mark, "pairs": [[str(new), str(old)] for new, old in pairs]}), encoding="utf-8")
    _sync(written)
    written.replace(journal)
    _sync(journal.parent)
    done: list[tuple[Path, Path]] = []
    try:
        for new, old in pairs:
            _place(new, old, mark)
            done.append((new, old))
    except OSError as error:
        for new, old in reversed(done):
            if new.exists():
                exchange(new, old)
            else:  # there was none before
                old.rename(new)
        journal.unlink()
        raise BackupError(f"{error.filename or data} cannot be put in place: {error.strerror}", hint="is it a disk of its own?") from None
    return _tidied(journal)


def finish(data: Path) -> bool:
    """Goes on with a swap that the power cut short; True where there was one. Raises OSError."""
    if not under_way(data):
        return False
    journal = beside(data, "restore.json")
    told = json.loads(journal.read_text(encoding="utf-8"))
    for new, old in told["pairs"]:
        _place(Path(new), Path(old), told["mark"])
    _tidied(journal)
    return True


def exchange(one: Path, other: Path) -> None:
    """Two folders change places in one step; where the file system cannot, in three. Raises OSError."""
    call = ctypes.CDLL(None, use_errno=True).renameat2
    if call(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0:
        return
    code = ctypes.get_errno()
    if code not in (errno.EINVAL, errno.ENOSYS, errno.EXDEV):
        raise OSError(code, os.strerror(code), str(other))
    aside = beside(other, "aside")
    other.rename(aside)
    one.rename(other)
    aside.rename(one)


def _place(new: Path, old: Path, mark: str) -> None:
    """Where it is not done yet. After a cut in the middle of three renames the old folder is aside."""
    if not (old / mark).exists():
        if old.exists():
            exchange(new, old)
        else:
            old.parent.mkdir(parents=True, exist_ok=True)
            new.rename(old)
    aside = beside(old, "aside")
    if aside.exists() and not new.exists():
        aside.rename(new)
    _sync(old.parent)


def _tidied(journal: Path) -> list[Path]:
    """Old folders get their name, marks and journal go."""
    told, kept = json.loads(journal.read_text(encoding="utf-8")), []
    for new, old in ((Path(new), Path(old)) for new, old in told["pairs"]):
        before = beside(old, "before-restore")
        if new.exists():
            shutil.rmtree(before, ignore_errors=True)
            new.rename(before)
            kept.append(before)
    journal.unlink()
    _sync(journal.parent)
    for _, old in told["pairs"]:
        (Path(old) / told["mark"]).unlink(missing_ok=True)
    return kept


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
