"""Unpacks a zip of a model, of which nothing is believed."""

import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath

from assistant.errors import ModelError

LIMIT_BYTES = 2 * 1024**3
"""Largest model a zip may unpack to."""


def unpack(archive: Path, folder: Path) -> None:
    """Unpacks `archive` into `folder`; one folder that holds everything is left out. Raises ModelError."""
    try:
        with zipfile.ZipFile(archive) as content:
            members = [item for item in content.infolist() if not item.is_dir()]
            _check(members)
            top = _common_top(members)
            for item in members:
                target = folder / PurePosixPath(item.filename).relative_to(top)
                target.parent.mkdir(parents=True, exist_ok=True)
                with content.open(item) as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise ModelError(f"{archive.name} is no usable zip") from error


def _check(members: list[zipfile.ZipInfo]) -> None:
    if not members:
        raise ModelError("the zip is empty")
    if sum(item.file_size for item in members) > LIMIT_BYTES:
        raise ModelError(f"the zip unpacks to more than {LIMIT_BYTES // 1024**2} MB")
    for item in members:
        path = PurePosixPath(item.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in item.filename or stat.S_ISLNK(item.external_attr >> 16):
            raise ModelError("the zip holds a path that leads out of it")


def _common_top(members: list[zipfile.ZipInfo]) -> PurePosixPath:
    tops = {PurePosixPath(item.filename).parts[0] for item in members}
    alone = len(tops) == 1 and all(len(PurePosixPath(item.filename).parts) > 1 for item in members)
    return PurePosixPath(tops.pop()) if alone else PurePosixPath()
