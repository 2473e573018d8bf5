"""The folder of installed models: one folder a model, with `model.json` that says what it is and what its files hash to."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ModelError
from assistant.speech.catalogue import MODELS, Model

MANIFEST = "model.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A model on this machine."""

    model: Model
    path: Path
    source: str
    """Where it was had from: official, package or local."""


def speech_folder(models: Path) -> Path:
    """The folder of speech models inside the folder of all models."""
    return models / "speech"


def path_of(model: Model, models: Path) -> Path:
    """Where `model` is, or would be."""
    return speech_folder(models) / model.name


def installed(models: Path) -> list[Installed]:
    """The models that are installed, in the catalogue's order of preference."""
    found = []
    for model in MODELS:
        path = path_of(model, models)
        if (path / MANIFEST).is_file():
            found.append(Installed(model=model, path=path, source=str(_manifest(path).get("source", "?"))))
    return found


def write_manifest(folder: Path, model: Model, source: str) -> None:
    """Writes `model.json`: name, licence, origin and the hash of every file of the finished folder."""
    content = {
        "name": model.name,
        "engine": model.engine,
        "languages": model.languages,
        "licence": model.licence,
        "origin": model.origin,
        "source": source,
        "sha256": hashes(folder),
    }
    (folder / MANIFEST).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def verify(item: Installed) -> list[str]:
    """What is wrong with an installed model: files that are missing, changed or were added. Empty where all is well."""
    expected = {**_strings(_manifest(item.path).get("sha256")), **item.model.sha256}
    actual = hashes(item.path)
    wrong = [f"{name} is missing" for name in sorted(expected.keys() - actual.keys())]
    wrong += [f"{name} is not part of it" for name in sorted(actual.keys() - expected.keys())]
    wrong += [f"{name} has changed" for name in sorted(expected.keys() & actual.keys()) if expected[name] != actual[name]]
    return wrong


def check_pinned(folder: Path, model: Model) -> None:
    """Raises ModelError unless every file whose content is known beforehand is there and is right."""
    for name, expected in model.sha256.items():
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{model.name}: {name} is missing from what was had")
        if file_hash(path) != expected:
            raise ModelError(f"{model.name}: {name} is damaged or is another file: its SHA-256 is not the expected one")


def hashes(folder: Path) -> dict[str, str]:
    """Path inside `folder` → SHA-256, without the manifest."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): file_hash(path) for path in files}


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest(folder: Path) -> dict[str, object]:
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _strings(value: object) -> dict[str, str]:
    return {str(key): str(item) for key, item in value.items()} if isinstance(value, dict) else {}
