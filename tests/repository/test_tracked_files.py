"""What must not be in the repository: lock files with hosts, paths of a machine, registries' hosts, data and models."""

import ast
import re
from pathlib import Path

import pytest

# Written so that these patterns do not match their own file.
MACHINE_PATH = re.compile(r"(?<![\w.~}/$-])/(?:work|root|tmp|home/\w+|Users/\w+)/[\w.]")
REGISTRY = re.compile(
    r"https?://[^\s\"')]+(?:/simple\b|/packages/[0-9a-f]{2}/[0-9a-f]{2}/|/maven2\b)|https?://"
    + r"registry\.|files\.python"
    + r"hosted|py"
    + r"pi\.org/|npm"
    + r"js\.org"
)
LARGEST_KB = 900


def texts(root: Path, tracked: list[Path]) -> list[tuple[Path, str]]:
    """Tracked files that are text."""
    found = []
    for path in tracked:
        try:
            found.append((path, (root / path).read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_no_lock_that_names_hosts(tracked: list[Path]) -> None:
    assert not [path for path in tracked if path.name in {"uv.lock", "package-lock.json", "poetry.lock", "yarn.lock"}]


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["machine", "registry"])
def test_no_path_of_a_machine_and_no_registry(root: Path, tracked: list[Path], pattern: re.Pattern[str]) -> None:
    here = Path(__file__).resolve().relative_to(root)
    assert not [f"{path}: {match[0]}" for path, text in texts(root, tracked) if path != here and (match := pattern.search(text))]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINE_PATH, "cd /" + "root/.pyenv"),
        (MACHINE_PATH, '"/' + 'home/pi/station"'),
        (REGISTRY, "https://" + "py" + "pi.org/simple"),
        (REGISTRY, "https://" + "registry." + "example.com/x"),
    ],
)
def test_such_a_path_or_host_would_be_seen(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


def test_no_file_is_too_large(root: Path, tracked: list[Path]) -> None:
    assert not [f"{path} {size // 1000} kB" for path in tracked if (size := (root / path).stat().st_size) > LARGEST_KB * 1000]


def test_no_models_and_no_sound_of_people(tracked: list[Path]) -> None:
    assert not [path for path in tracked if path.suffix in {".bin", ".onnx", ".pt", ".tflite", ".mp3", ".ogg", ".flac", ".gz", ".whl"}]


def test_files_stay_readable(root: Path, tracked: list[Path]) -> None:
    """Around 300 lines are comfortable; past 500 there is nearly always a seam."""
    code = [path for path in tracked if path.suffix in {".py", ".js", ".css"}]
    assert not [path for path in code if (root / path).read_text(encoding="utf-8").count("\n") > 500]


def test_functions_stay_readable(root: Path, tracked: list[Path]) -> None:
    """Around 40 lines are comfortable; past 60 there is nearly always a seam."""
    long = []
    for path in tracked:
        if path.suffix == ".py":
            for node in ast.walk(ast.parse((root / path).read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 60:
                    long.append(f"{path}:{node.lineno} {node.name}")
    assert not long


def test_licence_and_first_pages_are_there(root: Path) -> None:
    assert "Apache License" in (root / "LICENSE").read_text()
    for page in ("README.md", "CHANGELOG.md", "docs/README.md"):
        assert (root / page).stat().st_size > 200, page
