"""The accessibility page names every row of the checklist, and tests that are there."""

import re
from pathlib import Path

import pytest

ROWS = [1, 2, 3, 4, 5, 6, 8, *range(11, 26), 29, 30]
"""Of the checklist for a terminal that speaks; the numbers between are of things that it does not have."""
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    """The page."""
    return (root / "docs" / "reference" / "accessibility.md").read_text(encoding="utf-8")


def test_every_row_is_there_and_shown_by_a_test(page: str) -> None:
    rows = re.findall(r"^\| (\d+) \|(.*)$", page, re.MULTILINE)
    assert [int(number) for number, _ in rows] == ROWS
    assert [number for number, row in rows if not TEST.search(row)] == []


def test_every_test_named_exists(page: str, root: Path) -> None:
    named = TEST.findall(page)
    assert len(named) > len(ROWS)
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (root / file).exists() or not re.search(rf"^(async )?def {name}\(", (root / file).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert missing == []


def test_what_is_called_long_is_long(page: str, root: Path) -> None:
    for line in page.splitlines():
        for file, _ in TEST.findall(line):
            marked = "pytestmark = pytest.mark.long" in (root / file).read_text(encoding="utf-8")
            assert not marked or "long" in line or "low reach" in line, line
