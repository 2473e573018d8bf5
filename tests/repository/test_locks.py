"""What is installed is pinned by hash, for both kinds of machine, and names no download address."""

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = [
    *(f"deploy/requirements/{name}.txt" for name in ("x86_64", "aarch64", "dev-x86_64", "dev-aarch64", "build", "uv")),
    *(f"dialogues/requirements/{machine}.txt" for machine in ("x86_64", "aarch64")),
]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(\[[^\]]*\])?==([^\s;\\]+)", re.IGNORECASE)


def pins(path: Path) -> dict[str, tuple[str, int]]:
    """Name → version and number of hashes."""
    found: dict[str, tuple[str, int]] = {}
    name = ""
    for line in path.read_text().splitlines():
        if match := PIN.match(line):
            name = match[1].lower()
            found[name] = (match[3], 0)
        elif line.strip().startswith("--hash=sha256:"):
            found[name] = (found[name][0], found[name][1] + 1)
        else:
            assert not line.strip() or line.strip().startswith("#"), f"{path}: {line}"
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_by_hash(root: Path, lock: str) -> None:
    found = pins(root / lock)
    assert found
    assert not [name for name, (_, hashes) in found.items() if not hashes]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(root: Path, lock: str) -> None:
    text = (root / lock).read_text()
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|-f ", text)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_tests_run_on_the_versions_that_travellers_meet(root: Path, machine: str) -> None:
    shipped, tested = (pins(root / "deploy" / "requirements" / f"{prefix}{machine}.txt") for prefix in ("", "dev-"))
    assert shipped.items() <= tested.items()


@pytest.mark.parametrize(
    ("project", "folder"),
    [("pyproject.toml", "deploy/requirements"), ("dialogues/pyproject.toml", "dialogues/requirements")],
)
@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_lock_holds_every_requirement(root: Path, project: str, folder: str, machine: str) -> None:
    wanted = tomllib.loads((root / project).read_text())["project"]["dependencies"]
    names = {re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement)[0].lower()) for requirement in wanted}
    assert names <= pins(root / folder / f"{machine}.txt").keys()

