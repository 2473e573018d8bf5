"""Every sentence is used, and every sentence that is used exists."""

import re
from pathlib import Path

import pytest

from assistant.answers.renderer import Responses

NAME = re.compile(r"utter_\w+")
BY_VALUE = re.compile(r"(utter_\w+_)\{")
"""A name that the code makes of a beginning and a value."""
ENDINGS = ("_no_platform", "_never", "_next")
"""What the code appends to names."""


@pytest.fixture(scope="module")
def responses(root: Path) -> set[str]:
    """The names in the dialogues' domain."""
    return set(Responses.load(root / "dialogues" / "domain").names())


@pytest.fixture(scope="module")
def code(root: Path) -> str:
    """The assistant's code and the dialogues' rules and components."""
    rules = [path for path in (root / "dialogues" / "data").rglob("*.yml") if "nlu" not in path.parts]
    files = [*(root / "assistant").rglob("*.py"), *(root / "dialogues" / "components").rglob("*.py"), *rules]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(files))


def test_every_response_is_used(responses: set[str], code: str) -> None:
    named, beginnings = set(NAME.findall(code)), set(BY_VALUE.findall(code))
    for ending in ENDINGS:
        assert f'"{ending}"' in code, "the code appends it no more"
    named |= {name + ending for name in named for ending in ENDINGS}
    assert sorted(name for name in responses - named if not name.startswith(tuple(beginnings))) == []


def test_every_response_that_is_used_exists(responses: set[str], code: str) -> None:
    beginnings = set(BY_VALUE.findall(code))
    assert all(any(name.startswith(beginning) for name in responses) for beginning in beginnings)
    assert sorted(set(NAME.findall(code)) - responses - beginnings) == []
