"""Ways through a small station: both ways and one way, without steps, around what is out of order, from the feed and the station file."""

import heapq
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.clock import SystemClock
from assistant.errors import NotFound
from assistant.knowledge import Knowledge
from assistant.knowledge.imports.folder_check import check_folder
from assistant.knowledge.indoor.models import Way
from assistant.knowledge.indoor.network import Network
from assistant.knowledge.models import Outage, Route, Source
from assistant.settings import Settings

Open = Callable[..., Knowledge]

STOPS = """stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code,level_id,wheelchair_boarding
here,Here Central,51.5,-0.1,1,,,,
here1,Here Central,51.5004,-0.1,0,here,1,down,
here2,Here Central,51.5008,-0.1,0,here,2,down,
area,Front,51.5008,-0.1,4,here2,,down,
door,North Door,51.5,-0.101,2,here,,up,1
hatch,Cellar Hatch,51.5,-0.102,2,here,,up,2
hall,Hall,51.5,-0.1,3,here,,up,
nook,,,,3,here,,up,
mid,Mid Town,51.6,-0.1,0,,,,
end,End of the World,51.7,-0.1,0,,,,
"""
LEVELS = "level_id,level_index,level_name\nup,0,Street\ndown,-1,Trains\n"
HEAD = (
    "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,length,traversal_time,stair_count,max_slope,min_width,"
    "signposted_as,reversed_signposted_as\n"
)
PATHWAYS = HEAD + """w1,door,hall,1,1,70,60,,,,Trains,Way out
s1,hall,here1,2,1,,20,-30,,,,
l1,hall,here1,5,1,,90,,,,,
e1,here1,hall,4,0,,25,,,,,
g1,hall,area,6,0,,5,,,,,
g2,area,hall,7,1,,5,,,,,
h1,hatch,hall,1,1,80,70,,,,,
"""
KIOSK = "kiosk: {place: hall}\n"


@pytest.fixture
def city(knowledge: Open) -> Open:
    def open_city(yaml: str = KIOSK, pathways: str | None = PATHWAYS, **tables: str | None) -> Knowledge:
        return knowledge(yaml, **({"stops": STOPS, "levels": LEVELS, "pathways": pathways} | tables))

    return open_city


def way_ids(route: Route | None) -> list[str]:
    assert route is not None
    return [step.source.key for step in route.steps]


def out(knowledge: Knowledge, *targets: str) -> None:
    now = datetime.now(UTC)
    source = Source(kind="record", table="outages", key="x", as_of=now.isoformat())
    knowledge.outages.add(
        Outage(id="x", targets=targets, reason="", since=datetime(2026, 1, 1, tzinfo=UTC), until=None, origin="api", source=source)
    )


def test_the_quickest_way_and_the_way_without_steps(city: Open) -> None:
    station = city()
    quick, free = station.route(goal="here1"), station.route(goal="here1", step_free=True)
    assert (way_ids(quick), way_ids(free)) == (["s1"], ["l1"])
    assert quick is not None and free is not None  # noqa: PT018
    assert (quick.seconds, quick.step_free, free.seconds, free.step_free) == (20, False, 90, True)
    assert (quick.steps[0].stairs, quick.steps[0].levels, quick.steps[0].level_name) == (-30, -1.0, "Trains")


def test_stairs_are_climbed_the_other_way_and_escalators_only_theirs(city: Open) -> None:
    station = city()
    assert way_ids(station.route(origin="here1", goal="hall")) == ["e1"]
    out(station, "e1")
    up = station.route(origin="here1", goal="hall")
    assert way_ids(up) == ["s1"]
    assert up is not None
    assert (up.steps[0].stairs, up.steps[0].levels) == (30, 1.0)


def test_nobody_goes_in_by_an_exit_gate_even_where_the_feed_says_both_ways(city: Open) -> None:
    station = city()
    assert way_ids(station.route(goal="here2")) == ["g1"]
    assert way_ids(station.route(origin="here2", goal="door")) == ["g2", "w1"]
    out(station, "g1")
    assert station.route(goal="here2") is None


def test_signs_are_those_of_the_direction(city: Open) -> None:
    station = city()
    there, back = station.route(origin="door", goal="hall"), station.route(goal="door")
    assert there is not None and back is not None  # noqa: PT018
    assert (there.steps[0].sign, back.steps[0].sign) == ("Trains", "Way out")


def test_signs_and_levels_are_translated(city: Open) -> None:
    translations = """table_name,field_name,language,translation,record_id,field_value
pathways,signposted_as,ko,열차,w1,
levels,level_name,zh,站台,,Trains
"""
    station = city(translations=translations)
    there = station.route(origin="door", goal="here1", language="ko")
    assert there is not None
    assert (there.steps[0].sign, there.steps[-1].level_name) == ("열차", "Trains")
    down = station.route(goal="here1", language="zh")
    assert down is not None
    assert down.steps[-1].level_name == "站台"


@pytest.mark.parametrize(("column", "step_free"), [(",0.08,", True), (",-0.09,", False), (",,0.8", False), (",,0.9", True)])
def test_steep_and_narrow_ways_are_no_way_without_steps(city: Open, column: str, step_free: bool) -> None:
    slope, width = column.split(",")[1:]
    station = city(pathways=f"{HEAD}r1,hall,here1,1,1,50,40,,{slope},{width},,\n")
    assert station.route(goal="here1") is not None
    assert (station.route(goal="here1", step_free=True) is not None) == step_free


def test_an_entrance_that_says_it_is_not_accessible_is_believed(city: Open) -> None:
    station = city()
    assert station.route(goal="hatch") is not None
    assert station.route(goal="hatch", step_free=True) is None
    assert station.route(goal="door", step_free=True) is not None


def metres(station: Knowledge, goal: str) -> float | None:
    route = station.route(goal=goal)
    assert route is not None
    return route.metres


@pytest.mark.parametrize("target", ["l1", "hall"])
def test_what_is_out_of_order_leaves_the_graph_at_once_and_comes_back(city: Open, target: str) -> None:
    station = city()
    before = station.route(origin="door", goal="here1", step_free=True)
    out(station, target)
    assert station.route(origin="door", goal="here1", step_free=True) is None
    assert [outage.targets for outage in station.obstacles(origin="door", goal="here1", step_free=True)] == [(target,)]
    station.outages.remove("x")
    assert station.route(origin="door", goal="here1", step_free=True) == before
    assert station.obstacles(origin="door", goal="here1", step_free=True) == []


def test_walking_times_change_with_what_is_out_of_order(city: Open) -> None:
    station = city()
    assert (station.walking_s("here1"), station.walking_s("door"), metres(station, "door")) == (20, 60, 70.0)
    assert (station.change_s("here2", "here1"), station.change_s("here2", "here1", step_free=True)) == (25, 95)
    out(station, "s1")
    assert station.walking_s("here1") == 90
    assert metres(station, "here1") == 0.0
    assert station.walking_s("nook") is None


def test_times_that_are_zero_or_missing_are_estimated(city: Open) -> None:
    station = city(pathways=HEAD + "w1,hall,door,1,1,60,0,,,,,\ns1,hall,here1,2,1,,,-30,,,,\nl1,door,here1,5,1,,,,,,,\n")
    # 60 m at 1.2 m/s; 30 steps of 0.3 m at 0.67 m/s down and 0.5 m/s up; a lift with its wait.
    assert (station.walking_s("door"), station.walking_s("here1"), station.change_s("here1", "hall")) == (50, 14, 18)
    assert station.change_s("here1", "door", step_free=True) == 60
    assert metres(station, "here1") is None


def test_a_feed_without_levels_has_ways_all_the_same(city: Open) -> None:
    route = city(levels=None).route(goal="here1")
    assert route is not None
    assert (route.steps[0].level_name, route.steps[0].levels) == (None, 0.0)


def test_ways_and_places_of_the_station_file(city: Open) -> None:
    yaml = """kiosk: {place: desk}
levels:
  - {id: roof, index: 2, name: {en: Roof, ko: 옥상}}
places:
  - {id: desk, name: Desk, category: information, level: up, stop: hall}
  - {id: bar, name: Sky Bar, category: cafe, level: roof}
  - {id: attic, name: Attic, category: shop, level: roof}
pathways:
  - {id: up, from: desk, to: bar, mode: lift, seconds: 30, sign: {en: Bar, ko: 바}}
  - {id: slide, from: bar, to: here1, mode: stairs, both_ways: false, stairs: 60}
"""
    station = city(yaml)
    route = station.route(goal="bar", language="ko")
    assert route is not None
    step = route.steps[0]
    assert (step.mode, step.sign, step.level_name, step.levels, step.source.kind, step.source.table) == (
        "lift", "바", "옥상", 2.0, "station", "pathways"
    )  # fmt: skip
    assert (route.start_name, route.goal_name, route.seconds) == ("Desk", "Sky Bar", 30)
    down = station.route(origin="bar", goal="here1")
    assert way_ids(down) == ["slide"]
    assert down is not None
    assert down.steps[0].stairs == -60
    assert way_ids(station.route(origin="here1", goal="bar")) == ["e1", "up"]
    with pytest.raises(NotFound) as unknown:
        station.route(goal="attic")
    assert unknown.value.code == "way-unknown"
    assert station.level_plan("roof", "en").name == "Roof"


def test_nobody_said_where_the_kiosk_stands(city: Open) -> None:
    with pytest.raises(NotFound) as unknown:
        city("").route(goal="here1")
    assert unknown.value.code == "kiosk-place-unknown"


def test_a_feed_without_pathways_knows_no_way(city: Open) -> None:
    station = city(pathways=None)
    assert (station.walking_s("here1"), station.change_s("here1", "here2"), station.platforms(None, "en")) == (None, None, [])


def test_platforms_by_their_code(city: Open) -> None:
    station = city()
    assert [spot.id for spot in station.platforms("1", "en")] == ["here1"]
    assert [spot.id for spot in station.platforms(None, "en")] == ["here1", "here2"]
    assert station.platforms("9", "en") == []


def test_the_plan_of_a_level_is_in_metres_with_north_up(city: Open) -> None:
    stops = STOPS.replace("hatch,Cellar Hatch,51.5,", "hatch,Cellar Hatch,51.5002,")
    station = city(pathways=PATHWAYS + "n1,hall,nook,1,1,5,5,,,,,\nn2,nook,door,1,1,65,55,,,,,\n", stops=stops)
    assert station.levels() == ["up", "down"]
    out(station, "l1")
    plan = station.level_plan("up", "en")
    nodes = {node.id: node for node in plan.nodes}
    assert set(nodes) == {"door", "hatch", "hall", "nook"}
    assert plan.here == "hall"
    assert nodes["hall"].x_m - nodes["door"].x_m == pytest.approx(69.2, abs=0.3)
    assert nodes["hall"].y_m == nodes["door"].y_m
    assert nodes["hatch"].y_m - nodes["door"].y_m == pytest.approx(22.2, abs=0.2)
    assert (nodes["nook"].estimated, nodes["hall"].estimated) == (True, False)
    assert nodes["door"].x_m < nodes["nook"].x_m < nodes["hall"].x_m
    ways = {way.id: way for way in plan.ways}
    assert (ways["l1"].closed, ways["l1"].leads_to, ways["l1"].levels, ways["s1"].closed) == (True, "down", -1.0, False)
    assert ways["w1"].leads_to is None
    with pytest.raises(NotFound):
        station.level_plan("cellar", "en")


def test_an_entrance_without_a_level_has_that_of_the_kiosk(city: Open) -> None:
    stops = STOPS.replace("door,North Door,51.5,-0.101,2,here,,up,1", "door,North Door,51.5,-0.101,2,here,,,1")
    pathways = HEAD + "l1,door,here1,5,1,,90,,,,,\n"
    unknown = city("kiosk: {place: door}\n", pathways, stops=stops)
    assert [step.levels for step in unknown.route(goal="here1").steps] == [0]  # type: ignore[union-attr]
    told = city("kiosk: {place: door, level: up}\n", pathways, stops=stops)
    assert [step.levels for step in told.route(goal="here1").steps] == [-1]  # type: ignore[union-attr]
    assert told.level_plan("up", "en").here == "door"


def test_the_first_traveller_waits_for_no_map(city: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    station = city()
    station.load_ways()
    for made in ("load", "positions", "draw"):
        monkeypatch.setattr(f"assistant.knowledge.indoor.indoor.{made}", None)
    assert [station.level_plan(level, "en").id for level in station.levels()] == ["up", "down"]
    assert way_ids(station.route(goal="here1"))


def test_directions_come_from_coordinates_and_only_from_straight_ways(city: Open) -> None:
    station = city()
    west = station.route(goal="door")
    assert west is not None
    assert west.steps[0].bearing == pytest.approx(270, abs=0.1)
    bent = city(pathways=PATHWAYS.replace("hall,1,1,70,", "hall,1,1,140,")).route(goal="door")
    assert bent is not None
    assert bent.steps[0].bearing is None


def notices_of(settings: Settings, scratch: Path) -> dict[str, str]:
    (scratch / "check.sqlite").unlink(missing_ok=True)
    found = check_folder(settings, scratch / "check.sqlite", SystemClock().now(), lambda _: None)
    return {notice.code: notice.message for notice in found}


def test_the_check_tells_what_no_way_leads_to(write: Callable[..., Settings], tmp_path: Path) -> None:
    yaml = """kiosk: {place: hall}
places:
  - {id: bar, name: Bar, category: cafe, stop: here2}
pathways:
  - {id: w1, from: bar, to: moon}
"""
    tables = {"stops": STOPS, "levels": LEVELS, "pathways": PATHWAYS.replace("g1,hall,area", "g1,area,hall").replace("l1,hall", "l1,nook")}
    found = notices_of(write(yaml, **tables), tmp_path)
    assert "here2" in found["stop-unreachable"]
    assert "here1" not in found["stop-unreachable"]
    assert "bar" in found["place-unreachable"]
    assert "moon" in found["pathway-end-unknown"]
    assert "w1" in found["pathway-repeated"]
    assert "here1" in found["platform-with-steps"]


def test_a_station_whose_ways_are_right_has_nothing_to_tell(write: Callable[..., Settings], tmp_path: Path) -> None:
    found = notices_of(write(KIOSK, stops=STOPS, levels=LEVELS, pathways=PATHWAYS), tmp_path)
    assert not {"stop-unreachable", "place-unreachable", "pathway-end-unknown", "pathway-repeated", "platform-with-steps"} & found.keys()
    assert "kiosk-without-ways" in notices_of(write("", stops=STOPS, levels=LEVELS, pathways=PATHWAYS), tmp_path)
    assert "station-without-ways" in notices_of(write(KIOSK, stops=STOPS, levels=LEVELS, pathways=None), tmp_path)


Edges = list[tuple[int, int, int]]


@given(edges=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 50)), max_size=40), start=st.integers(0, 7))
@settings(max_examples=150, deadline=None)
def test_paths_of_random_graphs_cost_what_a_plain_dijkstra_finds(edges: Edges, start: int) -> None:
    source = Source(kind="gtfs", table="pathways", key="", as_of="")
    ways = [
        Way(
            id=str(number), start=one, goal=other, mode="walkway", metres=None, seconds=cost, cost=cost, stairs=None, signs=None,
            step_free=True, facility=None, both_ways=False, source=source,
        )
        for number, (one, other, cost) in enumerate(edges)
    ]  # fmt: skip
    network, best = Network.of(8, ways), plain_dijkstra(edges, start)
    assert network.reached(start) == set(best)
    for goal in range(8):
        path = network.path(start, goal)
        assert (path.cost if path else None) == best.get(goal)
        if path and path.ways:
            assert (path.ways[0].start, path.ways[-1].goal) == (start, goal)


def plain_dijkstra(edges: Edges, start: int) -> dict[int, int]:
    best: dict[int, int] = {}
    heap = [(0, start)]
    while heap:
        cost, node = heapq.heappop(heap)
        if node not in best:
            best[node] = cost
            for one, other, more in edges:
                if one == node:
                    heapq.heappush(heap, (cost + more, other))
    return best
