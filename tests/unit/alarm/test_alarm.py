"""From what rules, sensors and staff do to what the screen shows and the voice says."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.alarm import alarm as module
from assistant.alarm.alarm import Alarm
from assistant.alarm.announcer import Announcement
from assistant.alarm.book import Book
from assistant.alarm.models import Alert, Area
from assistant.alarm.store import AlertStore
from assistant.answers.desk import Desk
from assistant.environment.quality import Trouble
from assistant.environment.rules import Change
from assistant.settings import Settings
from assistant.settings.sensing import Rule

START = datetime(2026, 11, 24, 8, tzinfo=UTC)


class Hand:
    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time

    def trusted(self) -> bool:
        return True


class Sensors:
    """What sensing knows, set by hand."""

    def __init__(self) -> None:
        self.rules, self.wrong, self.sounds = dict[str, tuple[str, ...]](), list[Trouble](), dict[str, datetime]()
        self.ended, self.history = list[str](), SimpleNamespace(trouble=None)
        self.heard = set[str]()

    def spoken(self) -> set[str]:
        return self.heard

    def raised(self) -> dict[str, tuple[str, ...]]:
        return self.rules

    def troubles(self) -> list[Trouble]:
        return self.wrong

    def sounding(self) -> dict[str, datetime]:
        return self.sounds

    def end(self, rule_id: str) -> None:
        self.ended.append(rule_id)
        self.rules.pop(rule_id)


class Voice:
    def __init__(self) -> None:
        self.said = list[tuple[Announcement, ...]]()

    def say(self, announcements: tuple[Announcement, ...]) -> None:
        self.said.append(announcements)

    async def stop(self) -> None:
        """Silent already."""


class Kiosk:
    """An alarm over the example station."""

    def __init__(self, folder: Path, desk: Desk, settings: Settings) -> None:
        self.clock, self.sensors, self.voice, self.rings = Hand(), Sensors(), Voice(), 0
        rules = [*settings.rules, settings.rules[0].model_copy(update={"id": "latched", "latch": True})]
        self.settings = settings.model_copy(update={"rules": rules})
        self.book = Book(AlertStore.open(folder / "alerts.sqlite"), self.clock)
        self.alarm = Alarm(
            self.settings, self.clock, ZoneInfo("Europe/London"), desk.context("en").knowledge, desk.responses, self.book,
            self.voice, self._ring,  # type: ignore[arg-type]
        )  # fmt: skip
        self.alarm.start(self.sensors, None, None)  # type: ignore[arg-type]

    def _ring(self) -> None:
        self.rings += 1

    def raised(self, rule: str, *sensors: str, kind: Any = "raised", after_s: int = 0) -> None:
        self.sensors.rules[rule] = sensors
        self.sensors.sounds |= {sensor: START + timedelta(seconds=after_s) for sensor in sensors}
        self.alarm.happened([Change(rule_id=rule, kind=kind, at=START + timedelta(seconds=after_s), sensors=sensors)], [])

    def cleared(self, rule: str) -> None:
        self.sensors.rules.pop(rule, None)
        self.alarm.happened([Change(rule_id=rule, kind="cleared", at=START + timedelta(seconds=99), sensors=())], [])


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TICK_S", 0.01)


@pytest.fixture
async def kiosk(tmp_path: Path, desk: Desk, station_settings: Settings) -> AsyncIterator[Kiosk]:
    made = Kiosk(tmp_path, desk, station_settings)
    yield made
    await made.alarm.stop()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_fire_is_shown_said_with_the_way_out_and_ends(kiosk: Kiosk) -> None:
    kiosk.raised("fire", "smoke-metro")
    await until(lambda: kiosk.alarm.standing() and kiosk.alarm.standing()[0].way_out)
    (view,) = kiosk.alarm.standing()
    assert (view.life_safety, view.colour, view.response) == (True, "red", "Evacuate")
    assert view.area == {"en": "Metro level", "zh": "地铁层", "ko": "지하철층"}
    assert view.way_out is not None
    assert view.way_out.exit_id in {"exit-north", "exit-harbour", "exit-west"}
    await until(lambda: kiosk.voice.said and "Way out" in " ".join(kiosk.voice.said[-1][0].sentences["en"]))
    (announced,) = kiosk.voice.said[-1]
    assert announced.sentences["en"] == (
        "Attention please. A fire detector has sounded in the station.", "Leave the station now by the nearest exit. Follow the staff.",
        f"Way out: {view.way_out.name['en']}.", "Do not use the lifts.",
    )  # fmt: skip
    assert list(announced.sentences) == ["en", "zh", "ko"]
    prepared = set(kiosk.alarm.sentences())
    assert {(language, text) for language, texts in announced.sentences.items() for text in texts} <= prepared, "all of it is made ahead"
    rings = kiosk.rings
    assert rings
    kiosk.cleared("fire")
    await until(lambda: not kiosk.alarm.standing() and kiosk.voice.said[-1] == ())
    assert kiosk.rings > rings


async def test_more_detectors_are_an_update_of_the_same_alert_and_lead_the_way_around(kiosk: Kiosk) -> None:
    kiosk.raised("fire", "smoke-hall")
    await until(lambda: kiosk.alarm.standing())
    first = kiosk.alarm.standing()[0]
    kiosk.raised("fire", "smoke-hall", "smoke-north", kind="updated", after_s=20)
    await until(lambda: "North hall" in kiosk.alarm.standing()[0].area["en"] and kiosk.alarm.standing()[0].way_out)
    (view,) = kiosk.alarm.standing()
    assert view.id == first.id
    (one,) = kiosk.book.standing()
    assert (one.alert.message_type, len(one.alert.references)) == ("Update", 1)
    assert {zone for info in one.alert.infos for area in info.areas for zone in area.zones} == {"hc-hall", "hc-north"}
    assert view.way_out is not None
    assert view.way_out.exit_id != "exit-north"


async def test_what_staff_end_the_rule_forgets_too(kiosk: Kiosk) -> None:
    kiosk.raised("latched", "smoke-hall")
    await until(lambda: kiosk.alarm.standing())
    (one,) = kiosk.book.standing()
    assert one.latched
    assert not kiosk.book.clear(one.id, "the kiosk"), "only staff may"
    assert kiosk.alarm.end(one.id, "control-room")
    await until(lambda: not kiosk.alarm.standing())
    assert kiosk.sensors.ended == ["latched"]
    kiosk.raised("latched", "smoke-hall", kind="updated", after_s=5)
    assert kiosk.book.standing() == (), "a change of what staff have ended raises nothing"
    assert not kiosk.alarm.end(one.id, "control-room")


async def test_alerts_that_come_and_go_beside_it_end_no_fire(kiosk: Kiosk) -> None:
    going = True

    def others() -> None:
        while going:
            for over in (False, True):
                kiosk.alarm.happened([], [Trouble(sensor="hall-co2", kind="silent", since=START, over=over)])

    beside = threading.Thread(target=others)
    beside.start()
    for number in range(50):
        kiosk.raised("fire", "smoke-hall", after_s=number)
        assert any(one.life_safety for one in kiosk.book.standing())
        kiosk.alarm.happened([Change(rule_id="fire", kind="cleared", at=START + timedelta(seconds=number), sensors=())], [])
        assert not any(one.life_safety for one in kiosk.book.standing())
    going = False
    beside.join()
    assert kiosk.sensors.ended == []


async def test_a_banner_is_said_by_no_loudspeaker(kiosk: Kiosk) -> None:
    kiosk.raised("stale-air", "hall-co2")
    await until(lambda: kiosk.alarm.standing())
    (view,) = kiosk.alarm.standing()
    assert (view.life_safety, view.colour, view.way_out) == (False, "yellow", None)
    assert all(said == () for said in kiosk.voice.said)


async def test_a_failing_sensor_is_for_staff_only(kiosk: Kiosk) -> None:
    kiosk.alarm.happened([], [Trouble(sensor="hall-co2", kind="silent", since=START), Trouble(sensor="nobody", kind="silent", since=START)])
    (one,) = kiosk.book.standing()
    assert one.alert.infos[0].headline == "No readings come from Main hall carbon dioxide. The state of its area is unknown."
    assert one.alert.scope == "Restricted"
    await asyncio.sleep(0.1)
    assert list(kiosk.alarm.standing()) == []
    assert kiosk.alarm.view(one).headline["ko"] == "중앙 홀 이산화탄소에서 측정값이 오지 않습니다. 그 구역의 상태를 알 수 없습니다."
    kiosk.alarm.happened([], [Trouble(sensor="hall-co2", kind="silent", since=START, over=True)])
    assert kiosk.book.standing() == ()


async def test_a_disk_that_takes_no_readings_is_told_and_its_end_too(kiosk: Kiosk) -> None:
    kiosk.sensors.history.trouble = "full"
    await until(kiosk.book.standing)
    assert kiosk.book.standing()[0].alert.infos[0].headline == "Readings of the sensors cannot be written to the disk."
    kiosk.sensors.history.trouble = None
    await until(lambda: not kiosk.book.standing())


async def test_what_stood_before_a_restart_and_holds_no_more_ends_after_a_while(
    tmp_path: Path, desk: Desk, station_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Kiosk(tmp_path, desk, station_settings)
    before.raised("fire", "smoke-hall")
    before.raised("stale-air", "hall-co2")
    before.alarm.happened([], [Trouble(sensor="hall-pm10", kind="silent", since=START)])
    await before.alarm.stop()
    monkeypatch.setattr(module, "SETTLING_S", 0.0)
    after = Kiosk(tmp_path, desk, station_settings)
    after.sensors.rules["stale-air"] = ("hall-co2",)
    await until(lambda: len(after.alarm.standing()) == 2)
    await asyncio.sleep(0.1)
    assert len(after.book.standing()) == 3, "nothing ends before the sensors have spoken"
    fire = next(rule for rule in station_settings.rules if rule.id == "fire")
    after.sensors.heard = {*fire.sensors[1:], "hall-pm10"}
    await until(lambda: len(after.book.standing()) == 2)
    await asyncio.sleep(0.1)
    assert len(after.book.standing()) == 2, "one detector of the fire's rule has not spoken"
    after.sensors.heard |= set(fire.sensors)
    await until(lambda: len(after.book.standing()) == 1)
    assert after.book.standing()[0].alert.infos[0].event == "Stale air"
    await after.alarm.stop()


async def test_a_disk_that_was_full_before_a_restart_is_told_to_be_well(tmp_path: Path, desk: Desk, station_settings: Settings) -> None:
    before = Kiosk(tmp_path, desk, station_settings)
    before.sensors.history.trouble = "damaged"
    await until(before.book.standing)
    await before.alarm.stop()
    after = Kiosk(tmp_path, desk, station_settings)
    await until(lambda: not after.book.standing())
    await after.alarm.stop()


async def test_the_way_around_a_fire_is_known_before_any_detector_speaks_again(
    tmp_path: Path, desk: Desk, station_settings: Settings
) -> None:
    """Detectors that tell changes only: after a restart nobody says again where it burns."""
    before = Kiosk(tmp_path, desk, station_settings)
    before.raised("fire", "smoke-north")
    await until(lambda: before.alarm.standing() and before.alarm.standing()[0].way_out)
    await before.alarm.stop()
    after = Kiosk(tmp_path, desk, station_settings)
    await until(lambda: after.alarm.standing()[0].way_out)
    way = after.alarm.standing()[0].way_out
    assert way is not None
    assert way.exit_id != "exit-north"
    await after.alarm.stop()


async def test_every_zone_whose_detector_sounds_is_kept_clear(kiosk: Kiosk) -> None:
    kiosk.raised("fire", "smoke-hall")
    kiosk.clock.time = START + timedelta(hours=2)
    kiosk.raised("fire", "smoke-hall", "smoke-metro", kind="updated", after_s=7200)
    assert {"hc-hall", "hc-metro"} <= kiosk.alarm._avoid()
    kiosk.clock.time = START - timedelta(hours=1)
    assert {"hc-hall", "hc-metro"} <= kiosk.alarm._avoid(), "also after the clock was set back"


async def test_a_test_of_another_sender_changes_no_way_out(kiosk: Kiosk) -> None:
    kiosk.raised("fire", "smoke-metro")
    before = kiosk.alarm._avoid()
    info = kiosk.book.standing()[0].alert.infos[0]
    elsewhere = replace(info, areas=(Area(description="x", zones=("hc-north", "hc-south", "hc-west")),))
    drill = Alert(identifier="t", sender="w", sent=START, status="Test", message_type="Alert", infos=(elsewhere,))
    kiosk.book.stand(drill, source="sender")
    assert kiosk.alarm._avoid() == before
    real = replace(drill, identifier="r", status="Actual")
    kiosk.book.stand(real, source="sender")
    assert kiosk.alarm._avoid() == before, "nor does one that is not trusted with life and safety"
    kiosk.book.stand(replace(real, identifier="s"), source="sender", life_safety=True)
    assert kiosk.alarm._avoid() > before


async def test_words_that_cannot_be_filled_silence_no_alarm(
    tmp_path: Path, desk: Desk, station_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Kiosk(tmp_path, desk, station_settings)
    monkeypatch.setattr(made.alarm, "_sentences", lambda *_: 1 / 0)
    made.raised("fire", "smoke-hall")
    await until(lambda: made.alarm.standing() and made.rings and made.voice.said)
    assert made.voice.said[-1][0].sentences == {"en": (), "zh": (), "ko": ()}, "the general sentence stands for them"
    await made.alarm.stop()


async def test_the_same_warning_of_several_kiosks_is_shown_once(kiosk: Kiosk) -> None:
    kiosk.raised("fire", "smoke-hall")
    alert = kiosk.book.standing()[0].alert
    kiosk.book.stand(replace(alert, sender="kiosk-2", identifier="x"), source="kiosk", life_safety=True)
    await until(lambda: len(kiosk.book.standing()) == 2)
    await asyncio.sleep(0.2)
    assert len(kiosk.alarm.standing()) == 1


async def test_a_rule_that_is_unknown_ends_nothing_and_starts_nothing(kiosk: Kiosk) -> None:
    kiosk.raised("no-such-rule", "smoke-hall")
    assert kiosk.book.standing() == ()


def test_every_life_safety_rule_of_the_example_says_what_to_do(station_settings: Settings) -> None:
    rules: list[Rule] = [rule for rule in station_settings.rules if rule.alert.life_safety]
    assert rules
    assert all(rule.alert.instruction.keys() == rule.alert.headline.keys() == set(station_settings.languages) for rule in rules)
