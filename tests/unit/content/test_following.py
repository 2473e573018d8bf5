"""The follower: words follow the model whatever becomes of the engine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from assistant.content.following import AGAIN_S, Follower, running
from assistant.content.models import SHIPPED
from assistant.conversation.between import Pauses
from assistant.errors import Busy, ContentError, Unavailable
from tests.unit.content.folders import NOON, publish, shelf


class Engine:
    """Loads and switches at once; what goes wrong can be set."""

    def __init__(self) -> None:
        self.model: str | None = None
        self.next: str | None = None
        self.lost = self.refuses = False

    async def serving(self) -> str | None:
        return self.model

    async def load(self, model: Path) -> None:
        if self.refuses:
            raise ContentError("no model")
        self.next = model.name

    async def switch(self) -> None:
        self.model = self.next
        if self.lost:
            raise Unavailable("no answer came")


class Stage:
    def __init__(self, folder: Path) -> None:
        self.releases, self.engine, self.words, self.now = shelf(folder), Engine(), "", 0.0
        self.follower = Follower(self.releases, self.read, Pauses(), self.engine, monotonic=lambda: self.now)
        self.engine.model = self.follower.begin().name

    def read(self, dialogues: Path):  # type: ignore[no-untyped-def]
        text = (dialogues / "domain/smalltalk.yml").read_text().split('"')[1]
        return lambda: setattr(self, "words", text)

    def both(self, release: str) -> bool:
        return self.engine.model == self.releases.model(release).name and self.follower.live.release == release


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


async def test_it_follows_and_comes_back(stage: Stage) -> None:
    assert (stage.words, stage.follower.live.release) == ("Shipped.", SHIPPED)
    name = publish(stage.releases, "New.")
    await stage.follower.look()
    assert stage.both(name)
    assert stage.words == "New."
    stage.releases.roll_back(who="ann", at=NOON)
    await stage.follower.look()
    assert stage.both(SHIPPED)
    assert stage.words == "Shipped."


async def test_an_answer_that_is_lost_leaves_words_and_model_together(stage: Stage) -> None:
    name = publish(stage.releases, "New.")
    stage.engine.lost = True
    await stage.follower.look()
    assert stage.both(name)
    assert stage.words == "New."


async def test_what_cannot_be_loaded_changes_nothing_and_is_tried_again_later(stage: Stage) -> None:
    name = publish(stage.releases, "New.")
    stage.engine.refuses = True
    await stage.follower.look()
    assert stage.both(SHIPPED)
    assert stage.words == "Shipped."
    assert stage.follower.live.problem == "no model"
    stage.engine.refuses = False
    await stage.follower.look()
    assert stage.both(SHIPPED)
    stage.now += AGAIN_S
    await stage.follower.look()
    assert stage.both(name)
    assert stage.follower.live.problem is None


async def test_an_engine_that_came_back_with_the_old_model_is_brought_along(stage: Stage) -> None:
    old = stage.engine.model
    stage.engine.model = None
    name = publish(stage.releases, "New.")
    await stage.follower.look()
    assert stage.words == "New."
    assert stage.follower.model == stage.releases.model(name)
    stage.engine.model = old
    await stage.follower.look()
    assert stage.both(name)


async def test_a_touched_release_is_passed_over_at_the_start(stage: Stage) -> None:
    first, second = publish(stage.releases, "First.", 1), publish(stage.releases, "Second.", 2)
    (stage.releases.dialogues(second) / "config.yml").write_text("touched: 1\n")
    stage.follower.begin()
    assert stage.words == "First."
    assert stage.follower.live.release == first
    assert stage.follower.live.problem


async def test_commands_see_what_runs(stage: Stage) -> None:
    assert running(stage.releases.root) is None
    following = asyncio.create_task(stage.follower.run())
    await asyncio.sleep(0.05)
    assert running(stage.releases.root) == stage.follower.live
    following.cancel()
    await asyncio.wait([following])
    assert running(stage.releases.root) is None


async def test_a_change_waits_for_turns_and_turns_wait_for_it() -> None:
    pauses, said = Pauses(), []
    inside = asyncio.Event()

    @asynccontextmanager
    async def noted(name: str) -> AsyncIterator[None]:
        async with pauses.turn():
            said.append(f"{name} begins")
            yield
            said.append(f"{name} ends")

    async def first() -> None:
        async with noted("first"):
            await inside.wait()

    async def second() -> None:
        async with noted("second"):
            pass

    async def change() -> None:
        async with pauses.turns(5):
            said.append("change")

    running_first = asyncio.create_task(first())
    await asyncio.sleep(0)
    tasks = [asyncio.create_task(change())]
    await asyncio.sleep(0)
    tasks.append(asyncio.create_task(second()))
    await asyncio.sleep(0)
    inside.set()
    await asyncio.gather(running_first, *tasks)
    assert said == ["first begins", "first ends", "change", "second begins", "second ends"]


async def test_a_change_gives_up_where_a_turn_does_not_end() -> None:
    pauses = Pauses()
    async with pauses.turn():
        with pytest.raises(Busy):
            async with pauses.turns(0.01):
                pytest.fail("a turn runs")
        async with pauses.turn():
            pass
