"""Set-up on machines that lack something: stand-ins on the PATH play the machine."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.fixture
def bootstrap(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`deploy/bootstrap.py`, on a machine of its own: an empty folder of tools, an empty PATH, an empty home."""
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", root / "deploy" / "bootstrap.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "bin").mkdir()
    (tmp_path / "home").mkdir()
    monkeypatch.setattr(module, "TOOLS", tmp_path / "tools")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    return module


def command(folder: Path, name: str, *lines: str) -> Path:
    """A stand-in: a shell script that does what `lines` say."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n")
    path.chmod(0o755)
    return path


def test_a_python_on_the_path_is_taken(bootstrap: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "bin" / f"python{HERE}").symlink_to(sys.executable)
    assert bootstrap.find_python("uv", HERE) == str(tmp_path / "bin" / f"python{HERE}")


def test_a_name_without_a_python_behind_it_is_passed_over(bootstrap: ModuleType, tmp_path: Path) -> None:
    """pyenv leaves such names on the PATH."""
    command(tmp_path / "bin", f"python{HERE}", "exit 127")
    kept = tmp_path / "home" / ".pyenv" / "versions" / f"{HERE}.1" / "bin" / f"python{HERE}"
    kept.parent.mkdir(parents=True)
    kept.symlink_to(sys.executable)
    assert bootstrap.find_python("uv", HERE) == str(kept)


def test_a_python_that_cannot_be_had_is_named(bootstrap: ModuleType, tmp_path: Path) -> None:
    uv = command(tmp_path / "bin", "uv", "exit 2")
    with pytest.raises(bootstrap.Failed, match=r"Python 3\.7 cannot be fetched"):
        bootstrap.find_python(str(uv), "3.7")


def test_an_old_uv_is_passed_over(bootstrap: ModuleType, tmp_path: Path) -> None:
    on_path = command(tmp_path / "bin", "uv", "echo 'uv 0.4.30 (Homebrew)'")
    private = command(tmp_path / "tools" / "bin", "uv", "echo 'uv 0.13.9'")
    assert bootstrap.find_uv() == str(private)
    command(on_path.parent, "uv", "echo 'uv 0.13.9'")
    assert bootstrap.find_uv() == str(on_path)


def test_a_filled_environment_is_left_alone(bootstrap: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("six==1.17.0\n")
    folder = tmp_path / "environment"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(sys.executable)
    (folder / bootstrap.STAMP).write_text(bootstrap.digest(lock) + "\n")
    absent = str(tmp_path / "no-uv")
    assert not bootstrap.environment(absent, folder, HERE, [lock])

    lock.write_text("six==1.16.0\n")
    with pytest.raises(bootstrap.Failed, match="no-uv is not on this machine"):
        bootstrap.environment(absent, folder, HERE, [lock])
    assert not (folder / bootstrap.STAMP).exists(), "a half-filled environment would pass for a whole one"


def test_packages_are_named_before_they_are_installed(
    bootstrap: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    command(tmp_path / "bin", "dpkg-query", '[ "$3" = here ] && printf installed')
    command(tmp_path / "bin", "apt-get", 'echo "apt-get $*"')
    command(tmp_path / "bin", "sudo", 'echo "sudo $*"')
    bootstrap.debian_packages({"here": "is there", "espeak-ng": "speaks"})
    shown = capfd.readouterr().out
    assert "here" not in shown.replace("there", "")
    assert shown.index("espeak-ng: speaks") < shown.index("sudo env DEBIAN_FRONTEND=noninteractive apt-get install")
    assert shown.rstrip().endswith("espeak-ng")


def test_old_package_lists_are_renewed(bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    lists = tmp_path / "lists"
    command(tmp_path / "bin", "dpkg-query", "exit 1")
    command(tmp_path / "bin", "apt-get", "exit 1")
    command(tmp_path / "bin", "sudo", f'case "$*" in "apt-get update"*) : > {lists};; *) [ -e {lists} ];; esac')
    bootstrap.debian_packages({"espeak-ng": "speaks"})
    assert lists.exists()


def test_a_system_without_apt_is_told_what_it_needs(bootstrap: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(bootstrap.Failed, match="no apt-get"):
        bootstrap.debian_packages({"espeak-ng": "speaks"})
    assert "espeak-ng: speaks" in capfd.readouterr().out


def test_another_package_than_the_pinned_one_is_refused(bootstrap: ModuleType, tmp_path: Path) -> None:
    archive = tmp_path / "tools" / f"typescript-{bootstrap.TYPESCRIPT[0]}.tgz"
    command(tmp_path / "bin", "node")
    command(tmp_path / "bin", "npm", f"echo something else > {archive}")
    command(tmp_path / "bin", "dpkg-query", "printf installed")
    with pytest.raises(bootstrap.Failed, match="not the package that is pinned"):
        bootstrap.typescript()
    assert not archive.with_suffix("").exists()


def test_another_kind_of_machine_is_refused(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.platform, "machine", lambda: "armv7l")
    with pytest.raises(bootstrap.Failed, match="armv7l"):
        bootstrap.steps(tests=False)
