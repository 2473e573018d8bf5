"""The official places: Alpha Cephei's list of Vosk models, and the repository of Whisper's conversions."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import httpx

from assistant.errors import ModelError, Unavailable
from assistant.speech.catalogue import Model, Repository, VoskZip
from assistant.speech.sources import Progress, archive

CONNECT_S = 3.0
READ_S = 20.0
WHISPER_FILES = ("config.json", "tokenizer.json", "vocabulary.txt", "model.bin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Addresses of the official places."""

    vosk_list: str = "https://alphacephei.com/vosk/models/model-list.json"
    repositories: str = "https://huggingface.co"


def fetch(model: Model, folder: Path, places: Places, progress: Progress) -> None:
    """Downloads `model` into `folder`. Raises Unavailable where the place cannot be reached, ModelError for wrong content."""
    timeout = httpx.Timeout(READ_S, connect=CONNECT_S)
    try:
        with httpx.Client(timeout=timeout, follow_redirects=True) as client:
            match model.official:
                case VoskZip(name=name):
                    _fetch_vosk(client, name, folder, places, progress)
                case Repository(name=name):
                    for file in WHISPER_FILES:
                        address = f"{places.repositories}/{name}/resolve/main/{file}"
                        _download(client, address, folder / file, progress)
                case None:
                    raise ModelError(f"{model.name} has no official place")
    except httpx.HTTPError as error:
        raise Unavailable("the official place of the speech models cannot be reached", code="models-unreachable") from error


def _fetch_vosk(client: httpx.Client, name: str, folder: Path, places: Places, progress: Progress) -> None:
    answer = client.get(places.vosk_list)
    answer.raise_for_status()
    entry = _entry(answer, name)
    zipped = folder / f"{name}.zip"
    md5 = hashlib.md5(usedforsecurity=False)
    _download(client, str(entry["url"]), zipped, progress, digest=md5)
    if md5.hexdigest() != entry.get("md5"):
        raise ModelError(f"{name}: the download is damaged: it is not what the official list says")
    archive.unpack(zipped, folder)
    zipped.unlink()


def _entry(answer: httpx.Response, name: str) -> Mapping[str, Any]:
    try:
        entries = answer.json()
    except ValueError:
        entries = None
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and entry.get("name") == name and "url" in entry:
            return entry
    raise ModelError(f"the official list does not name {name}")


class _Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...


def _download(client: httpx.Client, address: str, target: Path, progress: Progress, *, digest: _Digest | None = None) -> None:
    with client.stream("GET", address) as answer, target.open("wb") as file:
        answer.raise_for_status()
        total, shown = int(answer.headers.get("content-length", 0)), 0
        for piece in answer.iter_bytes(1 << 20):
            file.write(piece)
            if digest:
                digest.update(piece)
            if total and file.tell() * 4 // total > shown:
                shown = file.tell() * 4 // total
                progress(f"  {target.name}: {file.tell() / 1e6:.0f} of {total / 1e6:.0f} MB")
