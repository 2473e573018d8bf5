"""Readings at work: from whatever brings them to means, rules, watches and the disk; over a restart; recordings as they play."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.environment import sensing as module
from assistant.environment.models import Measurement
from assistant.environment.quality import Trouble
from assistant.environment.rules import Change
from assistant.environment.sensing import Sensing
from assistant.errors import BadRequest, NotFound
from assistant.mqtt import Broker
from assistant.settings import Mqtt, Settings

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
SMOKE = {"id": "smoke", "name": "s", "quantity": "smoke", "unit": "state", "area": "hall", "source": "push:box", "silent_s": 86_400}
DUST = {"id": "dust", "name": "d", "quantity": "pm2_5", "unit": "µg/m³", "area": "hall", "source": "push:box", "silent_s": 60}
FIRE = {"id": "fire", "sensors": ["smoke"], "above": 0.5, "clear_s": 0, "alert": {"category": "Fire", "event": "Fire", "headline": "Fire"}}


class Hand:
    """A clock turned by hand."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        return self.time

    def trusted(self) -> bool:
        return True


class Ears:
    def __init__(self) -> None:
        self.changes, self.troubles = list[Change](), list[Trouble]()

    def told(self, changes: Sequence[Change], troubles: Sequence[Trouble]) -> None:
        self.changes += changes
        self.troubles += troubles


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TICK_S", 0.01)


@asynccontextmanager
async def station(
    folder: Path, clock: Hand, ears: Ears, *sensors: dict[str, Any], rules: Sequence[dict[str, Any]] = (FIRE,)
) -> AsyncIterator[Sensing]:
    listed: Any = {"sensors": sensors or (SMOKE, DUST), "rules": rules}
    settings = Settings(station=folder, data=folder / "data", name={"": "x"}, stop="x", **listed)
    made = Sensing(settings, clock, ZoneInfo("Europe/London"), Broker(Mqtt()), ears.told)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


def measured(value: float, at: datetime = NOON, quantity: str = "smoke", unit: str = "state") -> Measurement:
    return Measurement(quantity=quantity, value=value, unit=unit, at=at)


async def until(condition: Any) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_smoke_raises_its_rule_sounds_and_ends(tmp_path: Path) -> None:
    clock, ears = Hand(), Ears()
    async with station(tmp_path, clock, ears) as sensing:
        sensing.monitor.take("smoke", measured(1))
        assert [(change.rule_id, change.kind) for change in ears.changes] == [("fire", "raised")]
        assert (sensing.raised(), sensing.sounding()) == ({"fire": ("smoke",)}, {"smoke": NOON})
        clock.time = NOON + timedelta(seconds=5)
        sensing.monitor.take("smoke", measured(1, clock.time))
        assert sensing.sounding() == {"smoke": NOON}, "since the first time"
        sensing.monitor.take("smoke", measured(0, clock.time + timedelta(seconds=1)))
        await until(lambda: ears.changes[-1].kind == "cleared")
        assert (sensing.raised(), sensing.sounding()) == ({}, {})


async def test_what_a_rule_raised_goes_on_after_a_restart_and_so_do_the_means(tmp_path: Path) -> None:
    clock, ears, again = Hand(), Ears(), Ears()
    async with station(tmp_path, clock, ears) as sensing:
        sensing.monitor.take("smoke", measured(1))
        for minutes in range(180, 0, -1):
            sensing.monitor.take("dust", measured(35.9, NOON - timedelta(minutes=minutes), "pm2_5", "µg/m³"))
    async with station(tmp_path, clock, again) as sensing:
        assert sensing.raised() == {"fire": ("smoke",)}
        index = sensing.monitor.air().index
        assert index is not None
        assert index.value == 102
        sensing.end("fire")
        assert [change.kind for change in again.changes] == ["cleared"]


async def test_a_file_of_rules_that_is_damaged_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rules.json").write_text('{"rules": [')
    async with station(tmp_path, Hand(), Ears()) as sensing:
        sensing.monitor.take("smoke", measured(1))
        assert sensing.raised() == {"fire": ("smoke",)}
    assert isinstance(json.loads((tmp_path / "data" / "rules.json").read_text()), dict)


async def test_a_sensor_that_falls_silent_is_a_trouble_until_it_speaks(tmp_path: Path) -> None:
    clock, ears = Hand(), Ears()
    async with station(tmp_path, clock, ears, DUST, rules=()) as sensing:
        sensing.monitor.take("dust", measured(5, NOON, "pm2_5", "µg/m³"))
        clock.time = NOON + timedelta(seconds=61)
        await until(lambda: ears.troubles)
        assert [(trouble.sensor, trouble.kind) for trouble in sensing.troubles()] == [("dust", "silent")]
        sensing.monitor.take("dust", measured(5, clock.time, "pm2_5", "µg/m³"))
        assert ears.troubles[-1].over
        assert sensing.troubles() == []


async def test_a_recording_is_heard_as_it_plays_and_not_before(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text("time,smoke\n11:00,1\n11:59,0\n12:00,0\n12:01,1\n")
    clock, ears = Hand(), Ears()
    async with station(tmp_path, clock, ears, {**SMOKE, "source": "replay:day.csv#smoke"}) as sensing:
        await asyncio.sleep(0.1)
        assert ears.changes == []
        clock.time = NOON + timedelta(minutes=1, seconds=1)
        await until(lambda: sensing.raised())


async def test_what_is_brought_is_calibrated_and_kept(tmp_path: Path) -> None:
    clock, ears = Hand(), Ears()
    async with station(tmp_path, clock, ears, {**DUST, "calibration": {"factor": 2, "offset": 1, "on": "2026-11-01"}}, rules=()) as sensing:
        reading = sensing.monitor.take("dust", measured(5, NOON, "pm2_5", "µg/m³"))
        assert (reading.value, reading.quality, str(reading.calibrated)) == (11, "good", "2026-11-01")
        assert sensing.monitor.take("dust", measured(-5, NOON, "pm2_5", "µg/m³")).quality == "suspect"
        assert await asyncio.to_thread(sensing.history.flush)
        (point,) = sensing.history.series("dust", NOON - timedelta(minutes=1), NOON + timedelta(minutes=1), "minute")
        assert (point.mean, point.n) == (11, 1)
        for strange in (measured(5, NOON, "pm2_5", "ppm"), measured(float("nan"), NOON, "pm2_5", "µg/m³")):
            with pytest.raises(BadRequest):
                sensing.monitor.take("dust", strange)
        with pytest.raises(NotFound):
            sensing.monitor.take("nobody", measured(1))


async def test_one_device_is_opened_once_for_all_it_measures(tmp_path: Path) -> None:
    clock, ears = Hand(), Ears()
    both = [{**DUST, "id": name, "quantity": name, "source": f"pms5003:{tmp_path}/gone"} for name in ("pm2_5", "pm10")]
    wrong = {**DUST, "id": "wrong", "quantity": "co2", "unit": "ppm", "source": f"pms5003:{tmp_path}/gone"}
    async with station(tmp_path, clock, ears, *both, wrong, rules=()) as sensing:
        assert len(sensing._runners) == 1
        assert [error.message for error in sensing.problems] == ["sensor wrong: its device does not measure co2"]
        sensing._measured(sensing.monitor.live(), [measured(7, NOON, "pm2_5", "µg/m³"), measured(9, NOON, "pm10", "µg/m³")])
        values = {state.id: state.last and state.last.value for state in sensing.monitor.air().sensors}
        assert values == {"pm2_5": 7, "pm10": 9, "wrong": None}
