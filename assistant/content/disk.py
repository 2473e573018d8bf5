"""Writing that outlives a power cut: a file is whole on the disk before its name is, and a name is replaced in one step."""

import os
import shutil
from pathlib import Path


class Disk:
    """The few operations that change the state folder; a test cuts the power at each of them."""

    def folder(self, path: Path) -> None:
        """Makes a folder and those above it, for this user alone."""
        path.mkdir(parents=True, exist_ok=True, mode=0o700)

    def write(self, path: Path, content: bytes) -> None:
        """Writes a file; it is not safe before `sync`."""
        path.write_bytes(content)

    def sync(self, path: Path) -> None:
        """Waits until a file, or the names in a folder, are on the disk."""
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)

    def rename(self, old: Path, new: Path) -> None:
        """Gives a file or folder another name, in one step."""
        os.replace(old, new)

    def remove(self, path: Path) -> None:
        """Removes a file or a whole folder, if it is there."""
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

    def replace(self, path: Path, content: bytes) -> None:
        """Puts `content` in the place of a file: whoever reads it sees the old one or the new one, whole."""
        new = path.with_name(f".{path.name}.new")
        self.write(new, content)
        self.sync(new)
        self.rename(new, path)
        self.sync(path.parent)

    def place(self, files: dict[str, bytes], folder: Path) -> None:
        """Makes a folder of files by relative path, all of it or nothing. `folder` must not exist."""
        new = folder.with_name(f".{folder.name}.new")
        self.remove(new)
        folders = {new}
        for name, content in files.items():
            path = new / name
            folders |= {above for above in path.parents if above.is_relative_to(new)}
            self.folder(path.parent)
            self.write(path, content)
            self.sync(path)
        for each in sorted(folders):
            self.sync(each)
        self.rename(new, folder)
        self.sync(folder.parent)
