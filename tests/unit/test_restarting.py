"""When the assistant starts anew in place, and when it waits."""

import asyncio
from dataclasses import replace

import pytest

from assistant.errors import Conflict, StationError
from assistant.restarting import LATEST_S, NOBODY, QUIET_S, Around, Restart
from assistant.settings import Settings
from assistant.settings.released import Source

HERE = Settings(name={"": "Here"}, stop="A")
OTHER = Settings(name={"": "Other"}, stop="A")
TALKING = Around(conversations=1, turns=0, still_s=5, life_safety=False)


class Machine:
    """Settings that a start would take, and a clock that is set by hand."""

    def __init__(self, **more: object) -> None:
        self.now, self.fresh = 1000.0, OTHER
        self.restart = Restart(HERE, lambda: self.load(), monotonic=lambda: self.now, **more)  # type: ignore[arg-type]

    def load(self) -> Settings:
        return self.fresh

    def look(self) -> bool:
        asyncio.run(self.restart.look())
        return self.restart.due

    def moment(self, around: Around) -> bool:
        self.restart.around = lambda: around
        return self.restart.moment()


def test_it_is_due_where_content_differs_and_for_nothing_else() -> None:
    machine = Machine()
    assert not machine.restart.due
    assert not machine.moment(NOBODY)
    assert machine.look()
    machine.fresh = HERE.model_copy(update={"stop": "B"})
    assert not machine.look()
    assert not Restart(HERE).due


@pytest.mark.parametrize(("around", "now"), [
    (NOBODY, True),
    (TALKING, False),
    (replace(TALKING, still_s=QUIET_S), True),
    (replace(NOBODY, turns=1), False),
    (replace(NOBODY, life_safety=True), False),
])  # fmt: skip
def test_it_waits_for_a_moment_that_troubles_nobody(around: Around, now: bool) -> None:
    machine = Machine()
    machine.look()
    assert machine.moment(around) is now


def test_it_waits_a_quarter_of_an_hour_at_most_but_for_a_turn_or_an_alert() -> None:
    machine = Machine()
    machine.look()
    machine.now += LATEST_S - 1
    machine.look()
    assert not machine.moment(TALKING)
    machine.now += 1
    assert machine.moment(TALKING)
    assert not machine.moment(replace(TALKING, turns=1))
    assert not machine.moment(replace(TALKING, life_safety=True))


def test_who_asks_for_it_has_it_at_once() -> None:
    machine = Machine()
    with pytest.raises(Conflict, match="nothing waits"):
        machine.restart.ask()
    machine.look()
    machine.restart.around = lambda: replace(TALKING, life_safety=True)
    with pytest.raises(Conflict, match="alert"):
        machine.restart.ask()
    machine.restart.around = lambda: TALKING
    machine.restart.ask()
    assert machine.restart.moment()
    assert not machine.moment(replace(TALKING, turns=1))


def test_what_cannot_be_used_is_told_and_not_tried() -> None:
    machine = Machine()
    machine.fresh = OTHER.model_copy().taken_from(Source(file=HERE.station, problem="a topic needs mqtt.host"))
    assert not machine.look()
    assert machine.restart.problem == "a topic needs mqtt.host"
    machine.fresh = OTHER
    assert machine.look()
    assert machine.restart.problem is None

    def broken() -> Settings:
        raise StationError("no YAML")

    machine.load = broken  # type: ignore[method-assign]
    assert not machine.look()
    assert machine.restart.problem == "no YAML"


def test_a_start_that_failed_is_not_tried_again_before_something_else_is_live() -> None:
    machine = Machine(refused=OTHER, problem="no such stop")
    assert not machine.look()
    assert machine.restart.problem == "no such stop"
    machine.fresh = OTHER.model_copy(update={"name": {"": "Third"}})
    assert machine.look()
    assert machine.restart.problem is None


def test_it_begins_by_itself() -> None:
    async def run() -> None:
        restart = Restart(HERE, lambda: OTHER)
        await restart.look()
        restart.ask()
        await restart.run()
        assert restart.begins.is_set()

    asyncio.run(run())
