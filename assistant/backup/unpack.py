"""Reads a backup: everything is checked before anything is written, and written beside the folders it is for."""

import hashlib
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from assistant.backup.models import MANIFEST, MOST_FILES, STATE, STATION, BackupError, File, Manifest, checked
from assistant.database import HEAD

CHUNK = 1 << 20
PLAIN = (tarfile.REGTYPE, tarfile.AREGTYPE)
"""No folders, no links, no devices."""
LARGEST_MANIFEST = 64_000_000
DAMAGED = "the backup is damaged, or was changed after it was made"
OTHER = "take another backup"


def read(path: Path) -> Manifest:
    """The manifest of a backup that is whole and ours. Writes nothing. Raises BackupError, OSError."""
    found: dict[str, File] = {}
    manifest: Manifest | None = None
    with _members(path) as members:
        for tar, member in members:
            if manifest is not None or len(found) > MOST_FILES or member.type not in PLAIN or member.issparse():
                raise BackupError("the backup holds what no backup of this program holds", hint=OTHER)
            if member.name == MANIFEST:
                manifest = _manifest(tar, member)
            elif str(checked(member.name)) in found:
                raise BackupError("the backup holds a file twice", hint=OTHER)
            else:
                found[member.name] = File(path=member.name, size=member.size, sha256=_sha256(tar, member))
    if manifest is None:
        raise BackupError("this is no backup of this program, or it was cut short", hint=OTHER)
    if {file.path: file for file in manifest.files} != found or len(manifest.files) != len(found):
        raise BackupError(DAMAGED, hint=OTHER)
    if any(str(parent) in found for name in found for parent in checked(name).parents):
        raise BackupError(DAMAGED, hint=OTHER)
    if manifest.schema_version is not None and manifest.schema_version > HEAD:
        raise BackupError("the backup is of a newer version of this program", hint=f"install version {manifest.product}")
    return manifest


def write(path: Path, manifest: Manifest, folders: dict[str, Path]) -> None:
    """Writes the files into the new, empty `folders` of `data` and `station`. Raises BackupError, OSError."""
    expected = {file.path: file for file in manifest.files}
    size = sum(file.size for file in manifest.files)
    if shutil.disk_usage(folders[STATE].parent).free < size * 1.1:
        raise BackupError(f"the disk has no room for {size / 1e6:.0f} MB", hint="free some")
    folders[STATE].mkdir(mode=0o700)
    folders[STATION].mkdir(mode=0o755)
    with _members(path) as members:
        for tar, member in members:
            if member.name == MANIFEST:
                continue
            inside = checked(member.name)
            target, own = folders[inside.parts[0]].joinpath(*inside.parts[1:]), inside.parts[0] == STATE
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if own else 0o755)
            if member.name not in expected or _extracted(tar, member, target, 0o600 if own else 0o644) != expected[member.name].sha256:
                raise BackupError(DAMAGED, hint=OTHER)  # it was changed between two looks


def _extracted(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path, mode: int) -> str:
    """Writes one file to a name that is not there yet; gives its hash."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    digest = hashlib.sha256()
    with os.fdopen(descriptor, "wb") as file:
        for data in _data(tar, member):
            digest.update(data)
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


@contextmanager
def _members(path: Path) -> Iterator[Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]]:
    """The entries of a plain tar, one after the other: nothing compressed, so that nothing grows."""
    try:
        with tarfile.open(path, "r:") as tar:
            yield ((tar, member) for member in tar)
    except (tarfile.TarError, EOFError, UnicodeError, ValueError) as error:
        raise BackupError("this is no backup of this program, or it is damaged", hint=OTHER) from error


def _manifest(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Manifest:
    if member.size > LARGEST_MANIFEST:
        raise BackupError(DAMAGED, hint=OTHER)
    try:
        return Manifest.model_validate_json(b"".join(_data(tar, member)))
    except ValidationError:
        raise BackupError("this is a backup of another program or of a newer version", hint=OTHER) from None


def _sha256(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    digest = hashlib.sha256()
    for data in _data(tar, member):
        digest.update(data)
    return digest.hexdigest()


def _data(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    file = tar.extractfile(member)
    if file is None:
        raise BackupError(DAMAGED, hint=OTHER)
    while data := file.read(CHUNK):
        yield data
