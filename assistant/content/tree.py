"""The files that are content: read from any folder, checked on the way in, hashed, compared."""

import difflib
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assistant.content.models import Difference
from assistant.errors import ContentError

PARTS = ("config.yml", "domain/*.yml", "data/**/*.yml", "tests/**/*.yml")
"""What counts below `dialogues/`; programs, environments and models of the product do not."""
STATION = "station.yaml"
DIALOGUES = "dialogues"
UNANSWERED = frozenset({"sensors", "rules", "pronunciations"})
"""What of a station file no answer to a question is made of while a draft is tried."""
MOST_FILES, MOST_BYTES, MOST_LINES = 2000, 64_000_000, 400
type Files = dict[str, bytes]
"""Relative path → bytes: `station.yaml` and `dialogues/…`."""


def read(folder: Path) -> Files:
    """The content of a folder that holds `dialogues/` and `station.yaml`."""
    return read_parts(folder / DIALOGUES, folder / STATION)


def read_parts(dialogues: Path, station: Path) -> Files:
    """The content of the two parts, wherever each stands. Raises ContentError naming what is missing, foreign or too large."""
    if not (dialogues / "config.yml").is_file() or not any(dialogues.glob("domain/*.yml")):
        raise ContentError(f"{dialogues} holds no dialogues", hint="it needs config.yml, domain/ and data/")
    if not station.is_file():
        raise ContentError(f"{station} is missing", hint=f"put {STATION} beside {DIALOGUES}/")
    files: Files = {STATION: _bytes(station, station.parent)}
    for path in _listed(dialogues):
        files[f"{DIALOGUES}/{path.relative_to(dialogues).as_posix()}"] = _bytes(path, dialogues)
        if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST_BYTES:
            raise ContentError(f"{dialogues} is too large", hint=f"at most {MOST_FILES} files and {MOST_BYTES // 1_000_000} MB")
    return files


def content_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 in hex over paths, sizes and bytes."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()


def answered_alike(old: bytes, new: bytes) -> bool:
    """Whether questions are answered alike from two station files: names, places, facts and languages are the same in both."""
    try:
        before, after = (YAML(typ="safe").load(file) for file in (old, new))
        return {key: before[key] for key in before.keys() - UNANSWERED} == {key: after[key] for key in after.keys() - UNANSWERED}
    except (YAMLError, UnicodeDecodeError, AttributeError):
        return old == new


def strangers(folder: Path) -> list[str]:
    """Files of a release's folder that are not content and not its own record."""
    own = {STATION, "release.json", *(path.relative_to(folder).as_posix() for path in _listed(folder / DIALOGUES))}
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(set(found) - own)


def differences(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[Difference]:
    """Every file that is not the same, with its lines."""
    for path in sorted(old.keys() | new.keys()):
        before, after = old.get(path), new.get(path)
        if before == after:
            continue
        kind = "added" if before is None else "removed" if after is None else "changed"
        lines = difflib.unified_diff(_lines(before), _lines(after), lineterm="", n=1)
        yield Difference(path=path, kind=kind, lines=tuple(lines)[2 : 2 + MOST_LINES])


def _listed(dialogues: Path) -> list[Path]:
    return sorted({path for part in PARTS for path in dialogues.glob(part)})


def _bytes(path: Path, root: Path) -> bytes:
    """A file's bytes. A link could bring in any file of the machine, so it is refused, also where a folder above is one."""
    above = [path, *(each for each in path.parents if each != root and each.is_relative_to(root))]
    if any(each.is_symlink() for each in above) or not path.is_file():
        raise ContentError(f"{path} is a link or no file", hint="content is made of plain files")
    return path.read_bytes()


def _lines(content: bytes | None) -> list[str]:
    return content.decode(errors="replace").splitlines() if content else []
