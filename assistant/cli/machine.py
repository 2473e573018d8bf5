"""`doctor`'s look at the machine: interpreters, environments, libraries, room, clock, port."""

import ctypes
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import distributions
from pathlib import Path

from assistant.cli.findings import Finding, advice, ok, wrong
from assistant.clock import Clock
from assistant.settings import ROOT, Http

SETUP = "make setup"
_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


def machine() -> Iterator[Finding]:
    """Everything that needs no settings."""
    yield interpreter("Python of the assistant", Path(sys.executable), "3.12")
    yield environment("packages of the assistant", Path(sys.prefix), ROOT / "deploy" / "requirements")
    dialogues = ROOT / "dialogues"
    yield interpreter("Python of the dialogues", dialogues / ".venv" / "bin" / "python", "3.10")
    yield environment("packages of the dialogues", dialogues / ".venv", dialogues / "requirements")
    yield uv()
    yield espeak()
    yield chromium()
    yield loudspeaker()
    yield memory()
    yield cores()


def interpreter(area: str, python: Path, wanted: str) -> Finding:
    """Whether `python` runs and is of the version wanted."""
    if not python.exists():
        return wrong(area, f"Python {wanted} is missing", SETUP)
    code = "import platform; print(platform.python_version())"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603  our own interpreter
    version = done.stdout.strip()
    if done.returncode or version.rpartition(".")[0] != wanted:
        return wrong(area, f"{version or 'it does not run'}; it has to be {wanted}", f"rm -r {python.parent.parent} && {SETUP}")
    return ok(area, version)


def environment(area: str, prefix: Path, locks: Path) -> Finding:
    """Whether the packages below `prefix` are those of this machine's lock."""
    lock = locks / f"{platform.machine()}.txt"
    if not lock.exists():
        return wrong(area, f"there is no lock for {platform.machine()}", "use an x86_64 or aarch64 machine")
    folders = [str(folder) for folder in prefix.glob("lib/python3*/site-packages")]
    if not folders:
        return wrong(area, "not installed", SETUP)
    missing, other = compare(lock.read_text(encoding="utf-8"), folders)
    if missing:
        return wrong(area, f"missing: {_some(missing)}", SETUP)
    if other:
        return advice(area, f"not the version of the lock: {_some(other)}", SETUP)
    return ok(area, f"as in {lock.relative_to(ROOT) if lock.is_relative_to(ROOT) else lock.name}")


def compare(lock: str, folders: list[str]) -> tuple[list[str], list[str]]:
    """Packages of the lock that are missing in `folders`, and those of another version there."""
    found = {_normal(installed.name): installed.version for installed in distributions(path=folders)}
    missing, other = [], []
    for name, version in _PINNED.findall(lock):
        here = found.get(_normal(name))
        if here is None:
            missing.append(name)
        elif here != version:
            other.append(f"{name} {here} (lock: {version})")
    return missing, other


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _some(names: Iterable[str]) -> str:
    names = list(names)
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def uv() -> Finding:
    """The installer; only set-up needs it."""
    found = shutil.which("uv") or next((str(path) for path in (ROOT / ".tools").glob("**/bin/uv")), None)
    return ok("uv", found) if found else advice("uv", "missing; only set-up needs it", SETUP)


def espeak() -> Finding:
    """The voice's library, with the sound libraries it loads."""
    try:
        ctypes.CDLL("libespeak-ng.so.1")
    except OSError:
        return wrong("espeak-ng", "its library is missing or cannot be loaded", "sudo apt-get install espeak-ng")
    return ok("espeak-ng", "loads, with its sound libraries")


def loudspeaker() -> Finding:
    """What plays alarms besides the page."""
    if shutil.which("aplay") is None:
        return advice("loudspeaker", "no aplay: alarms are heard only while the page lives", "sudo apt-get install alsa-utils")
    cards = Path("/proc/asound/cards")
    if not cards.is_file() or "no soundcards" in cards.read_text():
        return advice("loudspeaker", "no sound card: alarms are heard only while the page lives", "connect a loudspeaker to it")
    return ok("loudspeaker", "a sound card is here")


def chromium() -> Finding:
    """The browser that shows the kiosk; the page may also be opened elsewhere."""
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    if found is None:
        return advice("browser", "no Chromium; the kiosk's screen needs one", "sudo apt-get install chromium")
    return ok("browser", found)


def memory(meminfo: Path = Path("/proc/meminfo")) -> Finding:
    """Room for the three processes."""
    sizes = {name: int(size) / 1e6 for name, size in re.findall(r"^(\w+):\s+(\d+) kB", meminfo.read_text(), re.MULTILINE)}
    text = f"{sizes['MemAvailable']:.1f} of {sizes['MemTotal']:.1f} GB free"
    if sizes["MemTotal"] < 1.8:
        return wrong("memory", text, "use a machine with 2 GB or more; 4 GB is comfortable")
    if sizes["MemAvailable"] < 1.5:
        return advice("memory", f"{text}; the assistant takes up to 1.4 GB", "end other programs")
    return ok("memory", text)


def cores() -> Finding:
    """Processors: recognition takes one, everything else the other."""
    count = len(os.sched_getaffinity(0))
    return ok("processors", str(count)) if count > 1 else advice("processors", "only one: answers will be slow", "use a machine with two")


def disk(folders: Iterable[Path]) -> Iterator[Finding]:
    """Free room on the disks of `folders`, existing or not."""
    seen = set()
    for folder in folders:
        there = next(path for path in (folder, *folder.resolve().parents) if path.exists())
        device = there.stat().st_dev
        if device not in seen:
            seen.add(device)
            free = shutil.disk_usage(there).free / 1e9
            text = f"{free:.1f} GB free below {there}"
            yield ok("disk", text) if free >= 1 else wrong("disk", text, "free 1 GB: a new timetable and new models need it")
        if not os.access(there, os.W_OK):
            yield wrong("disk", f"{there} cannot be written", f"make {there} writable for this user, or set ASSISTANT_DATA")


def clock(of: Clock) -> Finding:
    """Whether the time can be trusted."""
    text = of.now().isoformat(timespec="seconds")
    if of.trusted():
        return ok("clock", text)
    return wrong("clock", f"{text} cannot be right: no times are told", "set the clock (NTP, a hardware clock), or ASSISTANT_CLOCK__START")


def port(http: Http) -> Finding:
    """Whether the assistant can listen where it should."""
    if http.port == 0:
        return ok("port", "any free one")
    family = socket.AF_INET6 if ":" in http.host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((http.host, http.port))
        except OSError as error:
            text = f"{http.host}:{http.port}: {error.strerror}"
            return advice("port", text, "fine where the assistant is running; else set ASSISTANT_HTTP__PORT")
    return ok("port", f"{http.host}:{http.port} is free")
