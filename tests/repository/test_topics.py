"""One topic, one name: the same word in the dialogues' folders and in `assistant/answers`."""

from pathlib import Path

import pytest

WITHOUT_FACTS = {"_shared"}


def names(folder: Path) -> set[str]:
    """Topics of a folder: the first part of its YAML files' names."""
    return {path.name.split(".")[0] for path in folder.glob("*.yml")} - WITHOUT_FACTS


def test_there_are_topics(root: Path) -> None:
    assert {"timetable", "facilities", "air_quality", "fallback"} <= names(root / "dialogues" / "domain")


@pytest.mark.parametrize("folder", ["data/nlu", "data/rules", "data/stories", "tests"])
def test_a_topic_of_a_folder_is_a_topic_of_the_domain(root: Path, folder: str) -> None:
    assert names(root / "dialogues" / folder) <= names(root / "dialogues" / "domain")


@pytest.mark.parametrize("folder", ["data/nlu", "data/rules"])
def test_every_topic_is_taught(root: Path, folder: str) -> None:
    assert names(root / "dialogues" / "domain") <= names(root / "dialogues" / folder)


def test_every_topic_is_answered(root: Path) -> None:
    answers = {path.stem for path in (root / "assistant" / "answers").glob("*.py")}
    assert names(root / "dialogues" / "domain") <= answers
