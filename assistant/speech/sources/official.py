"""The official places: Alpha Cephei's list of Vosk models, and the repository of Whisper's conversions."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

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


def fetch(model: Model, folder: Path, kept: Path, places: Places, progress: Progress) -> None:
    """Downloads `model` into `folder`. Raises Unavailable where the place cannot be reached, ModelError for wrong content.

    What was had before a download broke off stays in the folder `kept`, and the next one goes on from there.
    """
    kept.mkdir(exist_ok=True)
    timeout = httpx.Timeout(READ_S, connect=CONNECT_S)
    try:
        with httpx.Client(timeout=timeout, follow_redirects=True) as client:
            match model.official:
                case VoskZip(name=name):
                    _fetch_vosk(client, name, folder, kept, places, progress)
                case Repository(name=name):
                    for file in WHISPER_FILES:
                        address = f"{places.repositories}/{name}/resolve/main/{file}"
                        _download(client, address, kept / file, progress).rename(folder / file)
                case None:
                    raise ModelError(f"{model.name} has no official place")
    except httpx.HTTPError as error:
        raise Unavailable("the official place of the speech models cannot be reached", code="models-unreachable") from error


def _fetch_vosk(client: httpx.Client, name: str, folder: Path, kept: Path, places: Places, progress: Progress) -> None:
    answer = client.get(places.vosk_list)
    answer.raise_for_status()
    entry = _entry(answer, name)
    zipped = _download(client, str(entry["url"]), kept / f"{name}.zip", progress)
    with zipped.open("rb") as file:
        md5 = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    try:
        if md5 != entry.get("md5"):
            raise ModelError(f"{name}: the download is damaged: it is not what the official list says")
        archive.unpack(zipped, folder)
    finally:
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


def _download(client: httpx.Client, address: str, target: Path, progress: Progress) -> Path:
    """The whole file; begun ones go on where they broke off, as long as the place still has the same (RFC 9110, If-Range)."""
    part, mark = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.etag")
    headers = {}
    if part.is_file() and mark.is_file():
        headers = {"Range": f"bytes={part.stat().st_size}-", "If-Range": mark.read_text(encoding="utf-8"), "Accept-Encoding": "identity"}
    with client.stream("GET", address, headers=headers) as answer:
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink()
            return _download(client, address, target, progress)
        answer.raise_for_status()
        goes_on = answer.status_code == httpx.codes.PARTIAL_CONTENT
        mark.write_text(answer.headers.get("etag", ""), encoding="utf-8")
        if not answer.headers.get("etag", "").startswith('"'):  # without a strong mark nobody can tell whether it is still the same
            mark.unlink()
        with part.open("ab" if goes_on else "wb") as file:
            _write(answer, file, target.name, progress)
    part.rename(target)
    mark.unlink(missing_ok=True)
    return target


def _write(answer: httpx.Response, file: BinaryIO, name: str, progress: Progress) -> None:
    before = file.tell()
    total = before + int(answer.headers.get("content-length", 0))
    shown = before * 4 // total if total else 0
    if before:
        progress(f"  {name}: goes on at {before / 1e6:.0f} of {total / 1e6:.0f} MB")
    for piece in answer.iter_bytes():
        file.write(piece)
        if total and file.tell() * 4 // total > shown:
            shown = file.tell() * 4 // total
            progress(f"  {name}: {file.tell() / 1e6:.0f} of {total / 1e6:.0f} MB")
