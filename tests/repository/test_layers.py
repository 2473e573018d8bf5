"""Imports point down only: surfaces, stories, rooms, ground."""

import ast
from pathlib import Path

import pytest

GROUND = {"settings", "errors", "events", "clock", "log", "mqtt", "sqlite", "process", "server", "launch", "text", "database", "restarting"}
ROOMS = {"speech", "dialogue", "knowledge", "environment", "content", "privacy", "reports", "accounts", "backup", "unanswered"}
STORIES = {"conversation", "answers", "alarm"}
SURFACES = {"kiosk", "api", "console", "actions", "cli"}
WIRING = {"app", "surfaces", "rehearsal", "judging", "contracts", "__main__", ""}
"""`app` wires everything, `surfaces` what listens, `rehearsal` a part of it once more for a draft; `judging` looks at a draft's station
file, `contracts` describes what is wired, `cli` starts it; the package itself (`""`) holds the version."""


def allowed(part: str) -> set[str]:
    """What a part of the assistant may import besides itself."""
    if part in GROUND:
        return GROUND | {""}
    if part in ROOMS:
        return GROUND | {""}
    if part in STORIES:
        return GROUND | ROOMS | STORIES | {""}
    below = GROUND | ROOMS | STORIES | {""}
    if part == "cli":
        return below | {"app", "rehearsal"}
    if part in SURFACES:
        return below
    assert part in WIRING, f"assistant/{part} has no place among ground, rooms, stories and surfaces"
    return below | SURFACES | WIRING


def imports(path: Path, package: tuple[str, ...]) -> list[tuple[int, str]]:
    """Line and first part below `assistant` of every import of our own code, also inside functions."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            names = [f"{base}.{alias.name}" for alias in node.names] if base == "assistant" else [base]
        for name in names:
            head, *rest = name.split(".")
            if head == "assistant":
                part = rest[0] if rest else ""
                found.append((node.lineno, "" if part.startswith("__v") else part))
    return found


def violations(root: Path) -> list[str]:
    """Every import that points up or sideways."""
    found = []
    for path in sorted((root / "assistant").rglob("*.py")):
        inside = path.relative_to(root).with_suffix("").parts
        part = inside[1] if inside[1] != "__init__" else ""
        may = allowed(part) | {part}
        found += [f"{path.relative_to(root)}:{line} imports {name}" for line, name in imports(path, inside[:-1]) if name not in may]
    return found


def test_imports_point_down(root: Path) -> None:
    assert not violations(root)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("knowledge/store.py", "from assistant.environment.models import Reading"),
        ("knowledge/store.py", "from assistant.app import build"),
        ("knowledge/store.py", "from ..speech import client"),
        ("answers/air.py", "def answer():\n    import assistant.api.routes"),
        ("kiosk/socket.py", "from assistant.api.routes import router"),
        ("errors.py", "from assistant import knowledge"),
    ],
)
def test_an_import_that_points_up_is_seen(tmp_path: Path, file: str, line: str) -> None:
    path = tmp_path / "assistant" / file
    path.parent.mkdir(parents=True)
    path.write_text(line)
    assert violations(tmp_path)
