"""The queue of trainings, and models that need none."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from assistant.content import editing
from assistant.dialogue.likeness import reuse, same_but_words
from assistant.dialogue.trainer import content_hash, copy, model_path
from assistant.dialogue.training import Training
from assistant.errors import Busy, Unavailable
from tests.conftest import ROOT


class Trainer:
    """Trains when it is told to."""

    def __init__(self) -> None:
        self.running: list[Path] = []
        self.go = asyncio.Event()
        self.left: list[Path] = []

    async def __call__(self, models: Path, home: Path, progress: Any, dialogues: Path, **limits: Any) -> Path:
        self.running.append(dialogues)
        limits["steps"](3, 11)
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.left.append(dialogues)
            raise
        if dialogues.name == "bad":
            raise Unavailable("training failed")
        return models / dialogues.name


@pytest.fixture
def trainer() -> Trainer:
    return Trainer()


@pytest.fixture
def training(trainer: Trainer, tmp_path: Path) -> Training:
    return Training(tmp_path, tmp_path, trainer)


async def test_one_runs_one_waits_a_third_is_refused(training: Training, trainer: Trainer) -> None:
    first, second = training.start(Path("a")), training.start(Path("bad"))
    with pytest.raises(Busy):
        training.start(Path("c"))
    await asyncio.sleep(0.01)
    assert (first.state, first.step, first.steps, second.state) == ("running", 3, 11, "waiting")
    assert trainer.running == [Path("a")]
    trainer.go.set()
    await first.ended.wait()
    await second.ended.wait()
    assert (first.state, first.model is not None) == ("done", True)
    assert (second.state, second.problem) == ("failed", "training failed")
    assert training.jobs == ()


async def test_what_is_cancelled_leaves_and_the_next_begins(training: Training, trainer: Trainer) -> None:
    first, second = training.start(Path("a")), training.start(Path("b"))
    await asyncio.sleep(0.01)
    await training.cancel(first)
    assert (first.state, trainer.left) == ("cancelled", [Path("a")])
    await asyncio.sleep(0.01)
    assert second.state == "running"
    third = training.start(Path("c"))
    await training.cancel(third)
    assert (third.state, training.jobs) == ("cancelled", (second,))
    await training.stop()
    assert second.state == "cancelled"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Two copies of what was shipped, and a folder of models in which the first is trained."""
    one, other, models = tmp_path / "one", tmp_path / "other", tmp_path / "models"
    for folder in (one, other):
        copy(ROOT / "dialogues", folder)
    model = model_path(models, one)
    model.parent.mkdir(parents=True)
    model.write_bytes(b"model")
    return one, other, models


def test_a_copy_has_the_same_model(folders: tuple[Path, Path, Path]) -> None:
    assert content_hash(folders[0]) == content_hash(folders[1]) == content_hash(ROOT / "dialogues")


def test_other_words_need_no_training(folders: tuple[Path, Path, Path]) -> None:
    one, other, models = folders
    file = other / "domain" / "smalltalk.yml"
    file.write_bytes(editing.with_wording(file.read_bytes(), "utter_smalltalk_greet", "fr", "Bonjour."))
    assert content_hash(one) != content_hash(other)
    assert same_but_words(one, other)
    assert reuse(models, other, one)
    assert model_path(models, other).read_bytes() == b"model"
    assert len(list(model_path(models, other).parent.iterdir())) == 2


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/nlu/robot.en.yml", "what can you do", "what can you make"),
        ("data/rules/robot.yml", "action_robot_identity", "action_robot_sure"),
        ("config.yml", "0.35", "0.36"),
        ("domain/smalltalk.yml", "utter_smalltalk_greet:", "utter_smalltalk_hello:"),
        ("domain/smalltalk.yml", "  - smalltalk_thanks\n", ""),
        ("domain/smalltalk.yml", "responses:", "responses: ["),
    ],
)
def test_anything_else_does(folders: tuple[Path, Path, Path], file: str, old: str, new: str) -> None:
    one, other, models = folders
    text = (other / file).read_text(encoding="utf-8")
    assert old in text
    (other / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert not reuse(models, other, one)
    assert not model_path(models, other).exists()
