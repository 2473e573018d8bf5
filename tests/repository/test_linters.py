"""Linters, types and the page's own tests, as tests, so that one run tells all."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGES = ["kiosk_ui", "console_ui"]


def check(*command: object, root: Path) -> None:
    """The command ends well; what it said is shown where it does not."""
    done = subprocess.run([str(word) for word in command], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_python_is_clean(root: Path) -> None:
    check(sys.executable, "-m", "ruff", "check", ".", root=root)


@pytest.mark.timeout(300)
def test_types_are_strict(root: Path) -> None:
    check(sys.executable, "-m", "mypy", root=root)


@pytest.mark.parametrize("page", PAGES)
def test_types_of_the_page_are_strict(root: Path, page: str) -> None:
    compilers = sorted((root / ".tools").glob("typescript-*/package/bin/tsc"))
    assert compilers, "make test installs TypeScript"
    check("node", compilers[-1], "-p", page, root=root)


@pytest.mark.parametrize("page", PAGES)
def test_scripts_of_the_page(root: Path, page: str) -> None:
    tests = sorted((root / page).rglob("*.test.js"))
    assert tests
    check("node", "--test", *tests, root=root)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_has_nothing_to_install(root: Path, page: str) -> None:
    package = json.loads((root / page / "package.json").read_text())
    assert not {"dependencies", "devDependencies"} & package.keys()


def test_ci_runs_make_test(root: Path) -> None:
    assert shutil.which("bash")
    check("bash", "-n", ".ci/run", root=root)
    script = (root / ".ci" / "run").read_text()
    assert script.strip().splitlines()[-1] == "exec make test"


def test_make_names_its_commands(root: Path) -> None:
    said = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True, check=True).stdout
    assert {"help", "setup", "run", "test", "check", "bench", "test-long"} <= {line.split()[0] for line in said.splitlines()}
