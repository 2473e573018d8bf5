"""Links lead somewhere, and the pieces of station files shown in the pages are good ones."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from assistant.settings import ROOT, Settings

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
STATION_PAGES = [
    ROOT / "README.md", ROOT / "docs/how-to/your-own-station.md", ROOT / "docs/how-to/tell-a-lift-is-out.md",
    ROOT / "docs/how-to/connect-realtime.md",
    ROOT / "docs/reference/station-file.md",
]  # fmt: skip
SMALLEST = {"name": {"en": "Fruitvale"}, "stop": "FTVL", "languages": ["en"]}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if "://" not in link and not (page.parent / link).exists()]


def blocks(page: Path) -> list[str]:
    """The pieces of YAML that a page shows."""
    return re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", STATION_PAGES, ids=lambda page: page.name)
def test_station_files_shown_are_valid(page: Path) -> None:
    shown = blocks(page)
    assert shown
    for block in shown:
        content = YAML(typ="safe").load(block)
        assert Settings(**{**SMALLEST, **content}).stop
