"""The four real fires of NIST's manufactured home: where they are said to be, and how soon."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.fire.house import ALARMS, ORIGINS, POINTS, House, Replay, replays


@pytest.fixture(scope="module")
def fires(shared_data: Path) -> Mapping[str, Replay]:
    return {replay.test: replay for replay in replays(shared_data / "env" / "nist-smoke-alarms")}


@pytest.mark.parametrize("test", ORIGINS)
def test_the_room_of_origin_is_in_the_set(fires: Mapping[str, Replay], test: str) -> None:
    for after in (0, 30, 60):
        assert ORIGINS[test] in fires[test].at(after).zones, after
    soon = fires[test].at(60)
    assert soon.zones[0] == soon.first == ORIGINS[test]
    assert len(soon.zones) <= 3, "of eight"


@pytest.mark.parametrize("test", ORIGINS)
def test_the_recorded_alarms_say_the_same(fires: Mapping[str, Replay], test: str) -> None:
    for after in (0, 60):
        assert ORIGINS[test] in fires[test].recorded_at(after).zones, after


@pytest.mark.parametrize(("test", "ours", "theirs"), [("SDC02", 30, 24), ("SDC07", 51, 43), ("SDC33", 56, 20), ("SDC38", 59, 37)])
def test_seconds_to_our_alarm_beside_the_first_recorded_one(fires: Mapping[str, Replay], test: str, ours: float, theirs: float) -> None:
    replay = fires[test]
    assert (replay.first_s, min(replay.recorded.values())) == (ours, theirs), "ours are later: they are set high"
    assert len(replay.recorded) >= 14


@pytest.mark.parametrize("test", ORIGINS)
def test_without_the_detectors_of_the_room_of_origin_it_is_still_in_the_set_or_next_to_it(fires: Mapping[str, Replay], test: str) -> None:
    replay = fires[test]
    blind = Replay(
        test=test, recorded=replay.recorded,
        ours={key: when for key, when in replay.ours.items() if POINTS[key[2]] != ORIGINS[test]},
    )  # fmt: skip
    found = blind.at(60)
    near = {zone for each in found.zones for zone, _ in House().neighbours(each)}
    assert ORIGINS[test] in near | set(found.zones)


def test_every_detector_of_the_house_is_in_one_of_its_rooms() -> None:
    rooms = set(House().zones())
    assert len(rooms) == 8
    assert {*POINTS.values(), *ALARMS.values(), *ORIGINS.values()} <= rooms
