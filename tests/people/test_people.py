"""Ten people at the kiosk, each with what only they can do: a few tasks of each in the usual run, all fifty in the long one."""

import pytest

from tests.people.station import Station
from tests.people.tasks import Task
from tests.people.ten import TEN, Story

pytestmark = pytest.mark.timeout(300)  # the first start of all may train the dialogues

USUAL = {
    "blind": "where the toilets are", "deaf": "what the voice says, as captions", "wheelchair": "step-free, set once",
    "Korean tourist": "where to change money", "child": "where the toilets are", "hurried commuter": "next train to University",
    "quiet": "where the toilets are", "second language": "next train to the airport", "frightened by smoke": "a real alarm",
    "hostile": "script in the text, then the next train",
}  # fmt: skip
"""The task of each that covers most."""
ALL = [(story, task) for story in TEN for task in story.tasks]


def named(pairs: list[tuple[Story, Task]]) -> list[str]:
    return [f"{story.persona.name}: {task.name}" for story, task in pairs]


FEW = [(story, task) for story, task in ALL if USUAL[story.persona.name] == task.name]
REST = [pair for pair in ALL if pair not in FEW]


def solved(station: Station, story: Story, task: Task) -> None:
    outcome = station.visit(story, task)
    if not outcome.solved:
        pytest.fail("\n".join(outcome.why), pytrace=False)


@pytest.mark.parametrize(("story", "task"), FEW, ids=named(FEW))
def test_a_person_gets_to_know(station: Station, story: Story, task: Task) -> None:
    solved(station, story, task)


@pytest.mark.long
@pytest.mark.parametrize(("story", "task"), REST, ids=named(REST))
def test_every_task_of_every_person(station: Station, story: Story, task: Task) -> None:
    solved(station, story, task)


def test_ten_people_have_five_tasks_each() -> None:
    assert len({story.persona.name for story in TEN}) == 10
    assert all(len(story.tasks) == 5 for story in TEN)
    assert len(FEW) == 10
