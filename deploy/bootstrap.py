"""Put on this machine what the assistant needs, and what is already there leave alone. Any Python from 3.8 runs it."""

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
REQUIREMENTS = ROOT / "deploy" / "requirements"
ASSISTANT = ROOT / ".venv"
DIALOGUES = ROOT / "dialogues" / ".venv"
COMMAND = ASSISTANT / "bin" / "station-assistant"
STAMP = ".requirements.sha256"
"""In an environment: the hash of the lock it was filled from."""

DEBIAN = {
    "alsa-utils": "plays alarms on the machine's loudspeaker",
    "espeak-ng": "speaks, and brings its sound libraries",
    "fonts-noto-cjk": "Chinese and Korean letters on the screen",
}
DEBIAN_FOR_TESTS = {
    "chromium": "shows the page in browser tests",
    "mosquitto": "the broker in sensor tests",
}
TYPESCRIPT = ("5.9.3", "10e108c9cf7d5f2879053dff18515fb405abf2ccef63eaaf017d9c571687a1d3")
"""Checks the types of the page's scripts: version, and SHA-256 of the package."""
OLDEST_UV = (0, 8)
DISK_GB = 7


class Failed(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def run(*command: object, **options: object) -> None:
    """Run a command that shows its own progress."""
    words = [str(word) for word in command]
    try:
        subprocess.run(words, check=True, cwd=str(ROOT), **options)  # type: ignore[call-overload]
    except FileNotFoundError:
        raise Failed(f"{words[0]} is not on this machine") from None
    except subprocess.CalledProcessError as error:
        raise Failed(f"this command failed with {error.returncode}: {' '.join(words)}") from None


def output(*command: object) -> str:
    """Standard output of a command; empty where it is missing or fails."""
    try:
        done = subprocess.run([str(word) for word in command], cwd=str(ROOT), check=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.decode(errors="replace").strip()


def debian_packages(wanted: dict) -> None:
    """Name and install the Debian packages that are missing."""
    missing = [name for name in wanted if not output("dpkg-query", "-W", "-f=${db:Status-Status}", name) == "installed"]
    if not missing:
        return
    print("  Debian packages to be installed:")
    for name in missing:
        print(f"    {name}: {wanted[name]}")
    if not shutil.which("apt-get"):
        raise Failed("this system has no apt-get: install what is named above by its own means, under any name, and see README.md")
    root = [] if os.geteuid() == 0 else ["sudo"]
    install = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq",
               "-o", "DPkg::Lock::Timeout=300", "--no-install-recommends", *missing]
    try:
        run(*install, stdin=subprocess.DEVNULL if root == [] else None)
    except Failed:
        print("  The package lists may be old: asking for new ones")
        run(*root, "apt-get", "update", "-qq")
        run(*install)


def find_uv() -> str:
    """The uv on the PATH if it is new enough, else one in an environment of its own."""
    on_path = shutil.which("uv")
    if on_path and version(output(on_path, "--version")) >= OLDEST_UV:
        return on_path
    private = TOOLS / "bin" / "uv"
    if not private.exists():
        try:
            import ensurepip  # noqa: F401  (Debian keeps it apart from Python)
        except ImportError:
            debian_packages({"python3-venv": "makes the private environment of uv"})
        run(sys.executable, "-m", "venv", TOOLS)
        run(TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "--require-hashes", "--only-binary", ":all:", "-r", REQUIREMENTS / "uv.txt")
    return str(private)


def version(text: str) -> tuple:
    """The first version number in a text as numbers, () for none."""
    found = re.search(r"\d+(\.\d+)+", text)
    return tuple(int(part) for part in found.group().split(".")) if found else ()


def find_python(uv: str, wanted: str) -> str:
    """An interpreter of this version: on the PATH, in pyenv, or fetched by uv into `.tools/python`."""
    name = f"python{wanted}"
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    kept = TOOLS / "python"
    candidates = [shutil.which(name) or "", *pyenv.glob(f"{wanted}.*/bin/{name}"), *kept.glob(f"*/bin/{name}")]
    for candidate in candidates:
        # pyenv leaves a command of this name on the PATH also where it has no such version.
        if candidate and output(candidate, "-c", "import sys, ssl, sqlite3; print('%d.%d' % sys.version_info[:2])") == wanted:
            return str(candidate)
    print(f"  Python {wanted} is not here: fetching it")
    try:
        run(uv, "python", "install", "--no-bin", wanted, env={**os.environ, "UV_PYTHON_INSTALL_DIR": str(kept)})
    except Failed:
        raise Failed(f"Python {wanted} cannot be fetched: install it with pyenv (pyenv install {wanted}) and run this again") from None
    return str(next(kept.glob(f"*/bin/{name}")))


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def environment(uv: str, folder: Path, python: str, locks: list) -> bool:
    """Fill an environment from the first of `locks`, unless it holds what one of them says; tells whether it changed."""
    stamp = folder / STAMP
    if stamp.exists() and stamp.read_text().strip() in {digest(lock) for lock in locks}:
        return False
    interpreter = folder / "bin" / "python"
    if output(interpreter, "-c", "import sys; print('%d.%d' % sys.version_info[:2])") != python:
        run(uv, "venv", "--quiet", "--clear", "--python", find_python(uv, python), folder)
    if stamp.exists():
        stamp.unlink()
    run(uv, "pip", "sync", "--python", interpreter, "--require-hashes", "--build-constraints", REQUIREMENTS / "build.txt", locks[0])
    return True


def assistant(uv: str, machine: str, tests: bool) -> None:
    """The assistant's environment, with this checkout in it."""
    locks = [REQUIREMENTS / f"dev-{machine}.txt"]
    if not tests:
        locks.insert(0, REQUIREMENTS / f"{machine}.txt")
    if environment(uv, ASSISTANT, "3.12", locks):
        run(uv, "pip", "install", "--quiet", "--python", ASSISTANT / "bin" / "python", "--no-deps",
            "--build-constraints", REQUIREMENTS / "build.txt", "--editable", ROOT)
        (ASSISTANT / STAMP).write_text(digest(locks[0]) + "\n")


def dialogues(uv: str, machine: str) -> None:
    """The environment of Rasa."""
    lock = ROOT / "dialogues" / "requirements" / f"{machine}.txt"
    if environment(uv, DIALOGUES, "3.10", [lock]):
        (DIALOGUES / STAMP).write_text(digest(lock) + "\n")


def models(uv: str, *which: str) -> None:
    """Speech models that are missing; the official ones, or where they cannot be reached those of packages."""
    run(COMMAND, "models", "install", *which, env={**os.environ, "UV": uv})


def typescript() -> None:
    """The type checker for the page's scripts, and Node.js with npm where they are missing."""
    wanted, checksum = TYPESCRIPT
    folder = TOOLS / f"typescript-{wanted}"
    purpose = "runs and checks the page's scripts in tests"
    debian_packages({package: purpose for tool, package in (("node", "nodejs"), ("npm", "npm")) if not shutil.which(tool)})
    if folder.exists():
        return
    TOOLS.mkdir(exist_ok=True)
    archive = TOOLS / f"typescript-{wanted}.tgz"
    run("npm", "pack", "--silent", f"typescript@{wanted}", "--pack-destination", TOOLS, stdout=subprocess.DEVNULL)
    if digest(archive) != checksum:
        raise Failed(f"{archive} is not the package that is pinned: remove it, and find out why")
    half = TOOLS / "typescript.half"
    shutil.rmtree(str(half), ignore_errors=True)
    shutil.unpack_archive(str(archive), str(half))
    half.rename(folder)
    archive.unlink()


def steps(tests: bool) -> list:
    """What is to be done, in order: a title and a function each."""
    machine = platform.machine()
    if not (REQUIREMENTS / f"{machine}.txt").exists():
        raise Failed(f"no requirements for {machine}: this runs on x86_64 and aarch64")
    tools = {}  # type: dict
    wanted = [
        ("Debian packages", lambda: debian_packages({**DEBIAN, **(DEBIAN_FOR_TESTS if tests else {})})),
        ("uv", lambda: tools.update(uv=find_uv())),
        ("the assistant's environment", lambda: assistant(tools["uv"], machine, tests)),
        ("the environment of the dialogues", lambda: dialogues(tools["uv"], machine)),
        ("speech models", lambda: models(tools["uv"])),
        ("training of the dialogues", lambda: run(COMMAND, "dialogues", "train")),
    ]
    if tests:
        wanted.append(("speech models for tests", lambda: models(tools["uv"], "--for-tests")))
        wanted.append(("types of the page's scripts", typescript))
    return wanted


def check_disk() -> None:
    """Say before the first download, not after the last, that the disk is too small."""
    free = shutil.disk_usage(str(ROOT)).free / 1e9
    if not (DIALOGUES / STAMP).exists() and free < DISK_GB:
        raise Failed(f"{free:.1f} GB free here, {DISK_GB} GB needed: Rasa and TensorFlow alone take 3")


def main() -> int:
    """Do every step, with its seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", action="store_true", help="also what the tests need")
    arguments = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    try:
        check_disk()
        todo = steps(arguments.test)
        for number, (title, step) in enumerate(todo, 1):
            print(f"[{number}/{len(todo)}] {title}")
            began = time.monotonic()
            step()
            took = time.monotonic() - began
            if took >= 1:
                print(f"      {took:.0f} s")
    except Failed as error:
        print(f"Set-up stopped: {error}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
