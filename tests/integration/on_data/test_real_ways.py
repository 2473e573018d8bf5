"""Ways through the stations of real feeds: each entrance and platform, held against a plain Dijkstra over the raw rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.errors import NotFound
from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.pathways import import_pathways
from assistant.knowledge.imports.stops import import_levels, import_stops
from assistant.knowledge.imports.translations import Translations
from assistant.knowledge.indoor import Indoor
from assistant.knowledge.store import Builder, Store
from assistant.settings import Settings
from tests.reference.ways_by_hand import ByHand, costs


@dataclass(frozen=True, kw_only=True)
class Case:
    """A feed, one of its stations, the unit of its lengths, and what is known of its entrance-platform pairs."""

    folder: str
    stop: str
    feet: bool
    pairs: int
    reached: int
    step_free: int


CASES = [
    Case(folder="wmata-rail-2026-oneday", stop="STN_A01_C01", feet=True, pairs=316, reached=315, step_free=179),
    Case(folder="mbta-5-stations", stop="place-sstat", feet=False, pairs=587, reached=451, step_free=312),
    Case(folder="detroit-people-mover-2024", stop="100", feet=False, pairs=29, reached=18, step_free=18),
]
IDS = [case.folder for case in CASES]


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A feed as the assistant and as the plain reference know it."""

    case: Case
    indoor: Indoor
    notices: Notices
    by_hand: ByHand

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each entrance and each platform of a station, there and back."""
        for kinds in self.by_hand.stations().values():
            for entrance in kinds["2"]:
                for platform in kinds["0"]:
                    yield entrance, platform


@pytest.fixture(scope="module")
def opened(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Case], Opened]:
    """Imports the stops and ways of a feed, which need no timetable."""
    made: dict[str, Opened] = {}

    def open_feed(case: Case) -> Opened:
        if case.folder not in made:
            made[case.folder] = _open(case, shared_data / "gtfs" / case.folder, tmp_path_factory.mktemp("ways"))
        return made[case.folder]

    return open_feed


def _open(case: Case, folder: Path, scratch: Path) -> Opened:
    feed = Feed(folder / "gtfs.zip" if (folder / "gtfs.zip").exists() else folder, limit_mb=200)
    notices, database = Notices(), scratch / "ways.sqlite"
    with Builder(database) as builder:
        translations = Translations(feed, notices)
        import_levels(feed, builder, translations)
        import_pathways(feed, builder, translations, import_stops(feed, builder, translations, notices), notices)
        builder.insert("meta", [("version", "test")], 2)
        builder.finish()
    (scratch / "station.yaml").write_text(f'name: Here\nstop: "{case.stop}"\nlanguages: [en]\n')
    store = Store(database)
    home = store.station_of(case.stop)
    assert home is not None
    indoor = Indoor(Settings.load(station=scratch, data=scratch / "data"), store, home)
    return Opened(case=case, indoor=indoor, notices=notices, by_hand=ByHand.read(folder, feet=case.feet))


def cost(indoor: Indoor, origin: str, goal: str, *, step_free: bool = False) -> float | None:
    try:
        route = indoor.route(origin=origin, goal=goal, step_free=step_free, language="en")
    except NotFound:
        return None
    return route.cost if route else None


@pytest.mark.parametrize("case", CASES, ids=IDS)
@pytest.mark.parametrize("step_free", [False, True])
def test_each_way_between_entrance_and_platform_is_the_best_of_the_rows(
    opened: Callable[[Case], Opened], case: Case, step_free: bool
) -> None:
    feed = opened(case)
    edges = feed.by_hand.edges(step_free=step_free)
    pairs, reached = 0, 0
    for entrance, platform in feed.pairs():
        pairs += 1
        for origin, goal in ((entrance, platform), (platform, entrance)):
            expected = costs(edges, origin).get(goal)
            found = cost(feed.indoor, origin, goal, step_free=step_free)
            assert found == (None if expected is None else pytest.approx(expected)), (origin, goal)
        reached += cost(feed.indoor, entrance, platform, step_free=step_free) is not None
    assert (pairs, reached) == (case.pairs, case.step_free if step_free else case.reached)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_each_step_is_a_row_in_its_direction_and_the_next_goes_on_from_there(opened: Callable[[Case], Opened], case: Case) -> None:
    feed = opened(case)
    rows = {row["pathway_id"]: row for row in feed.by_hand.pathways}
    for entrance, platform in feed.pairs():
        try:
            route = feed.indoor.route(origin=entrance, goal=platform, step_free=False, language="en")
        except NotFound:
            continue
        if route is None:
            continue
        for step in route.steps:
            row = rows[step.source.key]
            there = (row["from_stop_id"], row["to_stop_id"]) == (step.start_id, step.goal_id)
            assert there or (row["is_bidirectional"] == "1" and (row["to_stop_id"], row["from_stop_id"]) == (step.start_id, step.goal_id))
            sign = row["signposted_as"] if there else row.get("reversed_signposted_as", "")
            assert (step.sign or "") == " ".join(sign.split()), "on one line, spaces as people write them"
        assert all(one.goal_id == other.start_id for one, other in pairwise(route.steps))
        assert (route.steps[0].start_id, route.steps[-1].goal_id) == (entrance, platform)
        assert route.seconds == sum(step.seconds for step in route.steps)


def test_some_entrances_of_washington_say_that_they_are_not_accessible_where_their_ways_are(opened: Callable[[Case], Opened]) -> None:
    feed = opened(CASES[0])
    by_mode = feed.by_hand.edges(step_free=True, believe_entrances=False)
    assert sum(platform in costs(by_mode, entrance) for entrance, platform in feed.pairs()) == 186 > CASES[0].step_free


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_lengths_in_feet_are_told_from_metres(opened: Callable[[Case], Opened], case: Case) -> None:
    assert ("pathway-feet" in {notice.code for notice in opened(case).notices}) == case.feet


def test_a_lift_that_is_out_by_its_facility_id_is_out_in_every_row(opened: Callable[[Case], Opened]) -> None:
    feed = opened(CASES[1])
    lifts = [row for row in feed.by_hand.pathways if row["pathway_mode"] == "5" and row["facility_id"]]
    row = lifts[0]
    start, goal = row["from_stop_id"], row["to_stop_id"]
    assert feed.indoor.route(origin=start, goal=goal, step_free=True, language="en")
    closed = frozenset({row["facility_id"]})
    for origin, aim in ((start, goal), (goal, start)):
        around = feed.indoor.route(origin=origin, goal=aim, step_free=True, language="en", closed=closed)
        assert around is None or row["facility_id"] not in {
            other["facility_id"] for other in lifts for step in around.steps if other["pathway_id"] == step.source.key
        }
    assert feed.indoor.route(origin=start, goal=goal, step_free=True, language="en")


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_every_level_has_a_plan_whose_ways_join_its_nodes(opened: Callable[[Case], Opened], case: Case) -> None:
    feed = opened(case)
    levels = feed.indoor.levels()
    assert levels
    for level in levels:
        plan = feed.indoor.level_plan(level, language="en")
        drawn = {node.id for node in plan.nodes}
        assert drawn
        for way in plan.ways:
            assert way.start_id in drawn
            assert (way.goal_id in drawn) == (way.leads_to is None)
        assert {node.id for node in plan.nodes if not node.estimated} <= {
            stop["stop_id"] for stop in feed.by_hand.stops.values() if stop["stop_lat"].strip()
        }
