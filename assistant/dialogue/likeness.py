"""Two contents that differ in words only have the same model: Rasa decides which reply, the assistant words it."""

import contextlib
import os
import shutil
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assistant.dialogue.trainer import CONTENT, content_hash

DOMAIN = "domain/*.yml"


def same_but_words(one: Path, other: Path) -> bool:
    """True where the folders differ in nothing but what replies say; False where that cannot be told."""
    rest = [pattern for pattern in CONTENT if pattern != DOMAIN]
    if _bytes(one, rest) != _bytes(other, rest):
        return False
    return same_course(one, other)


def same_course(one: Path, other: Path) -> bool:
    """True where what is understood alike is answered by the same steps: rules, slots, forms and the pipeline are the same."""
    rest = ["config.yml", "data/rules/*.yml", "data/stories/*.yml"]
    if _bytes(one, rest) != _bytes(other, rest):
        return False
    first, second = _bytes(one, [DOMAIN]), _bytes(other, [DOMAIN])
    if first.keys() != second.keys():
        return False
    try:
        return all(first[name] == second[name] or _bones(first[name]) == _bones(second[name]) for name in first)
    except (YAMLError, UnicodeDecodeError, AttributeError, TypeError):
        return False


def reuse(models: Path, dialogues: Path, like: Path) -> bool:
    """Gives the model of `like` the name of `dialogues` too, where it is the same; False where it is not, or is not trained."""
    old, new = (models / "dialogues" / f"{content_hash(folder)}.tar.gz" for folder in (like, dialogues))
    if new.exists():
        return True
    if not old.exists() or not same_but_words(dialogues, like):
        return False
    part = new.with_name(f".{new.name}.new")
    part.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        os.link(old, part)
    if not part.exists():
        shutil.copyfile(old, part)
    part.replace(new)
    return True


def _bytes(folder: Path, patterns: list[str]) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for pattern in patterns for path in folder.glob(pattern)}


def _bones(file: bytes) -> Any:
    loaded = YAML(typ="safe").load(file)
    return {**loaded, "responses": sorted(loaded.get("responses") or ())}
