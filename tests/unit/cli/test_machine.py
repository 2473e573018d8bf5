"""`doctor`'s look at the machine, on machines made up for it."""

import platform
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.cli import machine
from assistant.cli.findings import Finding, advice, ok, wrong
from assistant.settings import Http

LOCK = """# made by a tool
fastapi==0.120.0 \\
    --hash=sha256:00
typing-extensions==4.15.0 \\
    --hash=sha256:01
    # via fastapi
wyoming==1.10.2 \\
    --hash=sha256:02
"""


def install(prefix: Path, **versions: str) -> None:
    for name, version in versions.items():
        folder = prefix / "lib" / "python3.12" / "site-packages" / f"{name}-{version}.dist-info"
        folder.mkdir(parents=True)
        folder.joinpath("METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")


@pytest.fixture
def locks(tmp_path: Path) -> Path:
    folder = tmp_path / "requirements"
    folder.mkdir()
    folder.joinpath(f"{platform.machine()}.txt").write_text(LOCK)
    return folder


def test_an_environment_that_is_as_its_lock_says(tmp_path: Path, locks: Path) -> None:
    install(tmp_path / "env", FastAPI="0.120.0", typing_extensions="4.15.0", wyoming="1.10.2", other="1")
    assert machine.environment("packages", tmp_path / "env", locks).state == "ok"


def test_an_environment_with_another_version(tmp_path: Path, locks: Path) -> None:
    install(tmp_path / "env", fastapi="0.119.0", typing_extensions="4.15.0", wyoming="1.10.2")
    finding = machine.environment("packages", tmp_path / "env", locks)
    assert (finding.state, finding.mend) == ("advice", "make setup")
    assert "fastapi 0.119.0 (lock: 0.120.0)" in finding.text
    assert "wyoming" not in finding.text


def test_an_environment_that_lacks_packages(tmp_path: Path, locks: Path) -> None:
    install(tmp_path / "env", fastapi="0.119.0")
    finding = machine.environment("packages", tmp_path / "env", locks)
    assert (finding.state, finding.text) == ("wrong", "missing: typing-extensions, wyoming")


def test_no_environment_and_no_lock(tmp_path: Path, locks: Path) -> None:
    assert machine.environment("packages", tmp_path / "none", locks).text == "not installed"
    assert machine.environment("packages", tmp_path / "none", tmp_path).state == "wrong"


def python(folder: Path, output: str, code: int = 0) -> Path:
    path = folder / "env" / "bin" / "python"
    path.parent.mkdir(parents=True)
    path.write_text(f"#!/bin/sh\necho {output}\nexit {code}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("output", "code", "state"),
    [("3.10.13", 0, "ok"), ("3.1.0", 0, "wrong"), ("3.100.0", 0, "wrong"), ("", 1, "wrong"), ("3.10.13", 1, "wrong")],
)
def test_the_version_of_an_interpreter(tmp_path: Path, output: str, code: int, state: str) -> None:
    finding = machine.interpreter("Python", python(tmp_path, output, code), "3.10")
    assert finding.state == state
    assert state == "ok" or finding.mend == f"rm -r {tmp_path / 'env'} && make setup"


def test_an_interpreter_that_is_not_there(tmp_path: Path) -> None:
    finding = machine.interpreter("Python", tmp_path / "python", "3.10")
    assert (finding.state, finding.text, finding.mend) == ("wrong", "Python 3.10 is missing", "make setup")


@pytest.mark.parametrize(
    ("total", "available", "state"),
    [(4_000_000, 3_000_000, "ok"), (4_000_000, 1_000_000, "advice"), (2_000_000, 1_600_000, "ok"), (1_000_000, 900_000, "wrong")],
)
def test_memory(tmp_path: Path, total: int, available: int, state: str) -> None:
    path = tmp_path / "meminfo"
    path.write_text(f"MemTotal:       {total} kB\nMemFree:  1 kB\nMemAvailable:   {available} kB\n")
    assert machine.memory(path).state == state


def test_disks_of_folders_that_do_not_exist_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = (50_000_000_000, 0, 5_000_000_000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": usage[2]}))
    folders = (tmp_path / "a" / "b", tmp_path / "c")
    assert [finding.state for finding in machine.disk(folders)] == ["ok"], "one finding a disk"
    usage = (50_000_000_000, 0, 100_000_000)
    (finding,) = machine.disk(folders)
    assert (finding.state, finding.text) == ("wrong", f"0.1 GB free below {tmp_path}")


class Clock:
    def __init__(self, trusted: bool) -> None:
        self._trusted = trusted

    def now(self) -> datetime:
        return datetime(1970, 1, 1, tzinfo=UTC)

    def trusted(self) -> bool:
        return self._trusted


def test_a_clock_that_nobody_vouches_for() -> None:
    assert machine.clock(Clock(trusted=True)).state == "ok"
    assert machine.clock(Clock(trusted=False)).state == "wrong"


@pytest.fixture
def busy() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_in_use(busy: int) -> None:
    assert machine.port(Http(port=busy)).state == "advice"
    assert machine.port(Http(port=0)).state == "ok"


def test_the_report_names_what_to_do_and_fails_only_for_what_is_necessary(capsys: pytest.CaptureFixture[str]) -> None:
    from assistant.cli.doctor import report

    fine: list[Finding] = [ok("uv", "here"), advice("browser", "none", "install one")]
    assert report(fine) == 0
    assert report([*fine, wrong("dialogues", "no model", "train them")]) == 1
    printed = capsys.readouterr().out
    assert "X  dialogues: no model\n      → train them\n1 to mend first\n" in printed
    assert "!  browser: none\n      → install one\nEverything necessary is here.\n" in printed
