"""Links lead somewhere, and the pieces of station files shown in the pages are good ones."""

import json
import re
import shlex
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from assistant.cli.main import parser
from assistant.settings import ROOT, Settings

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
STATION_PAGES = [
    ROOT / "README.md", ROOT / "docs/how-to/your-own-station.md", ROOT / "docs/how-to/tell-a-lift-is-out.md",
    ROOT / "docs/how-to/connect-realtime.md", ROOT / "docs/how-to/hear-of-reports.md",
    ROOT / "docs/how-to/keep-the-timetable-fresh.md", ROOT / "docs/how-to/connect-sensors.md",
    ROOT / "docs/how-to/connect-a-wire.md", ROOT / "docs/how-to/take-in-warnings.md", ROOT / "docs/how-to/alert-rules.md",
    ROOT / "docs/how-to/connect-a-keypad.md", ROOT / "docs/reference/station-file.md",
]  # fmt: skip
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
"""What is shown as it is typed: `[Oakland](stop)` is no link."""
SMALLEST = {"name": {"en": "Fruitvale"}, "stop": "FTVL", "languages": ["en"]}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", CODE.sub("", page.read_text(encoding="utf-8")))
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


SHOWN = [
    (page, line)
    for page in PAGES
    for kind, shown in re.findall(r"```(\w*)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    for line in (shown.splitlines() if kind in ("", "sh") else ())
    if "station-assistant " in line and page.name != "command-line.md"
]


@pytest.mark.parametrize(("page", "line"), SHOWN, ids=lambda value: value.strip() if isinstance(value, str) else value.stem)
def test_commands_shown_work_as_typed(page: Path, line: str) -> None:
    words = [word for word in shlex.split(line, comments=True) if not re.match(r"[A-Z_]+=", word)]
    assert words[0] == ".venv/bin/station-assistant"
    assert parser().parse_args(words[1:]).run


def test_every_call_is_in_the_table_of_calls() -> None:
    table = (ROOT / "docs/reference/http.md").read_text(encoding="utf-8")
    listed = {re.sub(r"\{\w+\}", "{}", path) for path in re.findall(r"`[A-Z]+ (/[^`?]*)", table)}
    calls = json.loads((ROOT / "docs/reference/openapi.json").read_text(encoding="utf-8"))["paths"]
    assert not {path for path in calls if re.sub(r"\{\w+\}", "{}", path) not in listed}
