"""Reference pages say what the code says, and example stations load."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from assistant.settings import ROOT, Settings


@pytest.fixture(scope="module")
def generator(root: Path) -> dict[str, Any]:
    """What `docs/reference/generate.py` defines."""
    return runpy.run_path(str(root / "docs" / "reference" / "generate.py"))


def test_reference_pages_are_those_of_the_code(root: Path, generator: dict[str, Any]) -> None:
    for name, page in generator["PAGES"].items():
        assert (root / "docs" / "reference" / name).read_text(encoding="utf-8") == page(), "run: make docs"


def leaves(model: type[BaseModel], part_of: Callable[[Any], type[BaseModel] | None]) -> list[str]:
    """Every key of the settings, below every branch."""
    found = []
    for name, field in model.model_fields.items():
        part = part_of(field.annotation)
        found += leaves(part, part_of) if part else [name]
    return found


def test_every_setting_is_documented(root: Path, generator: dict[str, Any]) -> None:
    page = (root / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert not [name for name in leaves(Settings, generator["part_of"]) if f".{name}` |" not in page and f"`{name}` |" not in page]


@pytest.mark.parametrize("station", sorted((ROOT / "examples").glob("*/station.yaml")), ids=lambda path: path.parent.name)
def test_example_stations_load(station: Path) -> None:
    settings = Settings.load(station=station.parent)
    assert settings.name
    assert settings.stop
