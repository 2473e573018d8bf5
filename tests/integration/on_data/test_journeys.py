"""Journeys over real feeds: what the scan finds is what brute force over the raw rows finds."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.clock import SystemClock
from assistant.knowledge import Knowledge
from assistant.knowledge.models import Journey
from assistant.settings import Settings
from tests.conftest import EXAMPLE
from tests.reference.gtfs_by_hand import ByHand
from tests.reference.journeys_by_hand import JourneysByHand, compare_earliest, compare_latest

HOURS = 3


@dataclass(frozen=True, kw_only=True)
class Case:
    """A feed, days on which its timetable holds, hours of the day to ask at, and how many questions."""

    folder: str
    stop: str
    days: tuple[str, ...]
    hours: tuple[int, ...]
    questions: int


CASES = [
    Case(folder="harbour-central", stop="hc", days=("2026-11-24", "2027-03-28", "2026-11-28"), hours=(0, 5, 8, 16, 21, 23), questions=40),
    Case(folder="detroit-people-mover-2024", stop="1", days=("2024-03-04", "2024-03-10"), hours=(0, 7, 12, 17, 20), questions=60),
    Case(folder="caltrain-2023-rt", stop="70021", days=("2023-10-02", "2023-10-28"), hours=(6, 7, 8, 16, 17, 21), questions=200),
]
A_FEW = [*(replace(case, questions=case.questions // 2) for case in CASES[:2]), CASES[2]]


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A case with its rows and its knowledge."""

    case: Case
    hand: JourneysByHand
    knowledge: Knowledge


@pytest.fixture(
    scope="module", params=[*A_FEW, *(pytest.param(case, marks=pytest.mark.long) for case in CASES[:2])],
    ids=lambda case: f"{case.folder}-{case.questions}",
)  # fmt: skip
def opened(request: pytest.FixtureRequest, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The feed, imported with the smallest station file."""
    case: Case = request.param
    source = EXAMPLE / "gtfs" if case.folder == EXAMPLE.name else shared_data / "gtfs" / case.folder
    folder = tmp_path_factory.mktemp(case.folder)
    (folder / "station.yaml").write_text(f"name: Station\nstop: '{case.stop}'\nlanguages: [en]\n")
    zipped = source / "gtfs.zip"
    (folder / ("gtfs.zip" if zipped.exists() else "gtfs")).symlink_to(zipped if zipped.exists() else source)
    knowledge = Knowledge.open(Settings.load(station=folder, data=folder / "data"), SystemClock())
    yield Opened(case=case, hand=JourneysByHand(ByHand(zipped if zipped.exists() else source)), knowledge=knowledge)
    knowledge.close()


def draw(opened: Opened) -> Iterator[tuple[str, str, datetime]]:
    """Two stations and a moment, again and again."""
    chance = random.Random(opened.case.folder)  # noqa: S311
    stations = sorted({opened.hand.feed.station(stop) for stop in opened.hand.served})
    while True:
        day, hour = chance.choice(opened.case.days), chance.choice(opened.case.hours)
        at = datetime.fromisoformat(f"{day}T{hour:02}:{chance.randrange(60):02}").replace(tzinfo=opened.hand.feed.zone)
        origin, destination = chance.sample(stations, 2)
        yield origin, destination, at.astimezone(UTC)


@pytest.mark.timeout(300)
def test_earliest_arrival_and_fewest_changes_are_those_of_brute_force(opened: Opened) -> None:
    reached = changes = 0
    questions = draw(opened)
    for _ in range(opened.case.questions):
        origin, destination, at = next(questions)
        found = compare_earliest(opened.hand, opened.knowledge, origin, destination, at, hours=HOURS)
        if not found:
            continue
        reached += 1
        changes += found[0].changes > 0
    assert reached >= opened.case.questions / 3
    assert changes >= 5 or opened.case.folder.startswith("detroit")


@pytest.mark.timeout(300)
def test_latest_departure_is_that_of_brute_force(opened: Opened) -> None:
    compared = 0
    questions = draw(opened)
    for _ in range(opened.case.questions // 4):
        origin, destination, by = next(questions)
        found = compare_latest(opened.hand, opened.knowledge, origin, destination, by, hours=HOURS)
        compared += bool(found)
    assert compared >= opened.case.questions / 20


@pytest.mark.timeout(300)
def test_every_journey_can_be_travelled(opened: Opened) -> None:
    questions = draw(opened)
    travelled = 0
    for _ in range(opened.case.questions):
        origin, destination, at = next(questions)
        for journey in opened.knowledge.journeys(origin=origin, destination=destination, depart_at=at):
            travel(opened, journey, at)
            assert (journey.legs[0].start.id, journey.legs[-1].goal.id) == (origin, destination)
            travelled += 1
    assert travelled >= opened.case.questions / 3


def travel(opened: Opened, journey: Journey, at: datetime) -> None:
    """Follows a journey through the raw rows, call by call."""
    hand, ready, left = opened.hand, at, None
    for leg in journey.legs:
        assert leg.departure >= ready
        if leg.kind == "walk":
            assert left is None or leg.start_id == left[0]
            ready = leg.arrival
            continue
        rows = {f"{trip}|{call.sequence}": call for trip in leg.trip_ids for call in hand.feed.calls[trip]}
        boards, gets_off = (rows[source.key] for source in leg.sources)
        assert (boards.stop_id, gets_off.stop_id) == (leg.start_id, leg.goal_id)
        midnight = leg.departure.astimezone(UTC) - timedelta(seconds=boards.departure_s)
        assert leg.arrival.astimezone(UTC) == midnight + timedelta(seconds=gets_off.arrival_s)
        assert boards.picks_up
        assert gets_off.drops_off
        if left is not None:
            change = hand.change(left[0], leg.start_id, hand.feed.trips[left[1]], hand.feed.trips[leg.trip_ids[0]])
            assert change is not None
            assert leg.departure - left[2] >= timedelta(seconds=change)
        assert all(pair in hand.in_seat for pair in zip(leg.trip_ids, leg.trip_ids[1:], strict=False))
        left, ready = (leg.goal_id, leg.trip_ids[-1], leg.arrival), leg.arrival
    assert journey.changes == sum(leg.kind == "ride" for leg in journey.legs) - 1
