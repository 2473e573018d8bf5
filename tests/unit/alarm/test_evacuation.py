"""The way out in a fire: every place of two stations times a fire in every zone, held against a search over the raw rows."""

import shutil
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from assistant.alarm.evacuation import WORDS, Chosen, choose, way_out
from assistant.alarm.views import WayOut
from assistant.answers.renderer import Responses
from assistant.clock import StartedClock
from assistant.knowledge import Knowledge
from assistant.knowledge.models import Outage, Source
from assistant.settings import Settings
from assistant.text import LANGUAGES
from tests.conftest import EXAMPLE, MORNING, ROOT
from tests.reference.ways_by_hand import number, rows_of

AT = datetime.fromisoformat(MORNING)
NIGHT = datetime.fromisoformat("2026-11-24T02:30:00+00:00")
"""Market Street Exit and Harbour Exit are closed."""
METRO = "name: Metro Center\nstop: STN_A01_C01\nlanguages: [en]\nkiosk: {place: ENT_A01_C01_N}\n"
REFUGE = """places:
  - id: refuge-upper
    name: {en: Refuge at Platform 5, zh: 五号站台避难区, ko: 5번 승강장 대피 공간}
    category: refuge
    level: upper
    stop: hc-p5
    step_free: true
  - id: help-point-far
    name: East Passage Help Point
    category: help_point
    level: street
    stop: hc-far
    step_free: true
"""


@pytest.fixture(scope="module")
def responses() -> Responses:
    return Responses.load(ROOT / "dialogues" / "domain")


@pytest.fixture(scope="module")
def knowledge(station_settings: Settings, clock: StartedClock) -> Iterator[Knowledge]:
    opened = Knowledge.open(station_settings, clock)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def with_refuge(tmp_path_factory: pytest.TempPathFactory, clock: StartedClock) -> Iterator[Knowledge]:
    folder = tmp_path_factory.mktemp("refuge") / "station"
    shutil.copytree(EXAMPLE, folder)
    file = folder / "station.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("\nplaces:\n", f"\n{REFUGE}", 1), encoding="utf-8")
    opened = Knowledge.open(Settings.load(station=folder, data=folder / "data"), clock)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def metro(shared_data: Path, tmp_path_factory: pytest.TempPathFactory, clock: StartedClock) -> Iterator[Knowledge]:
    folder = tmp_path_factory.mktemp("metro")
    (folder / "gtfs.zip").symlink_to(shared_data / "gtfs" / "wmata-rail-2026-oneday" / "gtfs.zip")
    (folder / "station.yaml").write_text(METRO)
    opened = Knowledge.open(Settings.load(station=folder, data=folder / "data"), clock)
    yield opened
    opened.close()


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows of a feed, and a plain search over them."""

    ways: dict[str, list[str]]

    @classmethod
    def read(cls, folder: Path, *, step_free: bool) -> "Rows":
        stops = {row["stop_id"]: row for row in rows_of(folder, "stops")}
        ways: dict[str, list[str]] = {}
        for row in rows_of(folder, "pathways"):
            start, goal, mode = row["from_stop_id"], row["to_stop_id"], row["pathway_mode"]
            barred = any(stops[end]["location_type"] == "2" and stops[end].get("wheelchair_boarding") == "2" for end in (start, goal))
            narrow, steep = 0 < number(row.get("min_width")) < 0.9, abs(number(row.get("max_slope"))) > 1 / 12
            if mode == "5" or (step_free and (mode not in "167" or barred or narrow or steep)):
                continue
            ways.setdefault(start, []).append(goal)
            if row["is_bidirectional"] == "1" and mode != "7":
                ways.setdefault(goal, []).append(start)
        return cls(ways=ways)

    def reached(self, start: str, zone: str = "") -> set[str]:
        """What is reached without going into `zone`; out of it one may go."""
        found, queue = {start}, deque([start])
        while queue:
            for other in self.ways.get(queue.popleft(), ()):
                if other not in found and other != zone:
                    found.add(other)
                    queue.append(other)
        return found


def visited(knowledge: Knowledge, chosen: Chosen) -> list[str]:
    """The nodes of a way, its start first; asserts that it is one way, on foot."""
    route = knowledge.escape_route(chosen.escape, "en")
    for one, other in zip(route.steps, route.steps[1:], strict=False):
        assert one.goal_id == other.start_id
    assert all(step.mode != "lift" for step in route.steps)
    return [*(step.start_id for step in route.steps[:1]), *(step.goal_id for step in route.steps)]


EXITS = {"exit-north": "hcN", "exit-harbour": "hcS", "exit-west": "hcW", "exit-market-street": "hcE"}


@pytest.mark.parametrize("step_free", [False, True])
def test_from_every_place_of_the_example_station_around_a_fire_in_every_zone(
    knowledge: Knowledge, step_free: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = knowledge.places(at=AT, language="", limit=100)
    monkeypatch.setattr(knowledge, "places", lambda **_: listed)  # the same each time, and slow to look up 900 times
    rows = Rows.read(EXAMPLE / "gtfs", step_free=step_free)
    safe, shelters = 0, 0
    for zone in knowledge.zones().zones():
        for origin in knowledge.zones().zones():
            doors = {door for key, door in EXITS.items() if not (step_free and key == "exit-market-street")}
            possible = doors & rows.reached(origin, zone) - {zone}
            chosen = choose(knowledge, at=AT, avoid=frozenset({zone}), step_free=step_free, origin=origin)
            if chosen is None:
                assert step_free, "on foot there is always a way out of this station"
                assert origin == zone
                continue
            path = visited(knowledge, chosen)
            assert path[:1] in ([], [origin])
            assert (chosen.kind == "exit" and chosen.safe) == bool(possible), (origin, zone)
            if chosen.safe:
                assert zone not in path[1:]
                assert path[-1:] != [zone]
            if chosen.kind == "exit":
                safe += chosen.safe
                assert (path or [origin])[-1] == EXITS[chosen.escape.goal]
            else:
                shelters += 1
                assert step_free
                assert (path or [origin])[-1] != zone
            assert chosen.escape.inside == (origin == zone)
    assert safe > (300 if step_free else 700)
    assert (shelters > 300) == step_free


@pytest.mark.parametrize("step_free", [False, True])
def test_from_every_place_of_a_real_station_around_a_fire_in_every_zone(metro: Knowledge, shared_data: Path, step_free: bool) -> None:
    rows = Rows.read(shared_data / "gtfs" / "wmata-rail-2026-oneday", step_free=step_free)
    exits = {place.id for place in metro.places(category="exit", at=AT, language="en", limit=100)}
    assert len(exits) == 5
    ways = 0
    for zone in metro.zones().zones():
        for origin in metro.zones().zones():
            escape = metro.escape(exits, origin=origin, step_free=step_free, avoid=frozenset({zone}))
            possible = exits & rows.reached(origin, zone) - {zone}
            crossing = exits & rows.reached(origin)
            if escape is None:
                assert not crossing, (origin, zone)
                continue
            path = visited(metro, Chosen(escape=escape, kind="exit", safe=not escape.enters)) or [origin]
            assert path[0] == origin
            assert path[-1] == escape.goal in exits
            assert escape.enters == (not possible), (origin, zone)
            assert escape.enters == (zone in path[1:] or path == [zone])
            ways += not escape.enters
    assert ways > (200 if step_free else 3500)


def told(knowledge: Knowledge, settings: Settings, responses: Responses, **asked: object) -> WayOut:
    found = way_out(knowledge, settings, responses, **({"at": AT} | asked))  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.fixture
def tell(knowledge: Knowledge, station_settings: Settings, responses: Responses) -> Callable[..., WayOut]:
    return lambda **asked: told(knowledge, station_settings, responses, **asked)


def test_the_way_from_the_kiosk_in_every_language(tell: Callable[..., WayOut]) -> None:
    found = tell()
    assert (found.exit_id, found.refuge, found.metres, found.seconds) == ("exit-harbour", False, 70, 59)
    assert set(found.name) == set(found.steps) == set(LANGUAGES)
    assert found.name["zh"] == "港口出口"
    assert found.steps["en"] == ["Turn around. Walk 70 metres to Harbour Exit. Follow the signs to “Way out”."]
    assert all(sentence for steps in found.steps.values() for sentence in steps)


def test_a_fire_on_the_way_leads_to_another_exit(tell: Callable[..., WayOut]) -> None:
    assert tell(avoid=["hc-south"]).exit_id == "exit-north"
    assert tell(avoid=["pharmacy"]).exit_id == "exit-north", "a place of the station file stands for its zone"
    assert tell(avoid=["hcS", "hcN"]).exit_id == "exit-west"
    assert tell(avoid=["no such zone"]).exit_id == "exit-harbour"


def test_a_kiosk_in_the_fire_is_left_by_the_shortest_way(tell: Callable[..., WayOut], knowledge: Knowledge) -> None:
    found = tell(avoid=["hc-hall", "hc-south"])
    assert found.exit_id == "exit-north"
    chosen = choose(knowledge, at=AT, avoid=frozenset({"hc-hall", "hc-south"}))
    assert chosen is not None
    assert (chosen.escape.inside, chosen.safe) == (True, True)


def test_where_every_way_crosses_the_fire_it_says_so_first(tell: Callable[..., WayOut]) -> None:
    found = tell(avoid=["hc-gates", "hc-far"], origin="hc5")
    for language in LANGUAGES:
        assert found.steps[language][0] == WORDS["unsafe"][language]
        assert len(found.steps[language]) > 1
    around = tell(avoid=["hc-north", "hc-south", "hcW", "hc-metro"])
    assert around.steps["en"][0] == WORDS["unsafe"]["en"]


def test_at_an_exit_it_is_right_here(tell: Callable[..., WayOut]) -> None:
    found = tell(origin="exit-west")
    assert (found.exit_id, found.seconds, found.metres, found.steps["en"]) == ("exit-west", 0, 0, ["It is right here."])


def test_without_stairs_from_the_metro_it_is_the_help_point_and_says_why(tell: Callable[..., WayOut]) -> None:
    found = tell(origin="hc9", step_free=True)
    assert (found.exit_id, found.refuge) == ("help-point-metro", True)
    for language in LANGUAGES:
        assert found.steps[language][-1] == WORDS["waiting"][language].format(name=found.name[language])
    assert tell(origin="hc-hall", step_free=True).exit_id == "exit-harbour"


def test_without_stairs_and_without_a_help_point_it_is_to_stay(tell: Callable[..., WayOut]) -> None:
    found = tell(origin="hc9", step_free=True, avoid=["hc-under"])
    assert (found.exit_id, found.refuge, found.seconds) == ("hc9", True, 0)
    assert found.steps["en"] == [WORDS["staying"]["en"]]
    away = tell(origin="hc-p5", step_free=True, avoid=["hc-p5"])
    assert (away.exit_id in ("hc5", "hc6"), away.refuge) == (True, True)
    assert away.name["en"].startswith("platform ")


def test_a_refuge_is_better_than_a_help_point(with_refuge: Knowledge, station_settings: Settings, responses: Responses) -> None:
    found = told(with_refuge, station_settings, responses, origin="hc6", step_free=True)
    assert (found.exit_id, found.refuge, found.name["en"]) == ("refuge-upper", True, "Refuge at Platform 5")
    assert found.steps["ko"][-1] == WORDS["refuge"]["ko"].format(name="5번 승강장 대피 공간")
    burning = told(with_refuge, station_settings, responses, origin="hc6", step_free=True, avoid=["hc-p5"])
    assert burning.exit_id == "hc6", "not into the fire"
    assert not told(with_refuge, station_settings, responses, origin="hc6").refuge, "whoever walks gets out"


def test_of_two_help_points_it_is_the_one_further_from_the_fire(
    with_refuge: Knowledge, station_settings: Settings, responses: Responses
) -> None:
    halls = ["hc-north", "hc-south", "hc-west"]
    found = told(with_refuge, station_settings, responses, origin="hc-hall", step_free=True, avoid=halls)
    assert found.exit_id == "help-point-far"


def test_at_night_an_exit_that_may_be_locked_comes_last(tell: Callable[..., WayOut]) -> None:
    assert tell(at=NIGHT).exit_id == "exit-north"
    locked = tell(at=NIGHT, origin="hc-metro", avoid=["hc-hall"])
    assert locked.exit_id == "exit-market-street"
    assert locked.steps["en"][0] == WORDS["unsafe"]["en"]


def test_an_escalator_that_stands_still_takes_as_long_as_stairs(knowledge: Knowledge) -> None:
    chosen = choose(knowledge, at=AT, origin="hc5")
    assert chosen is not None
    route = knowledge.escape_route(chosen.escape, "en")
    moving = [step for step in route.steps if step.mode == "escalator"]
    assert all(step.seconds >= (step.metres or 0) / 0.67 for step in moving)
    assert {step.mode for step in route.steps} <= {"walkway", "stairs", "escalator", "exit_gate"}


def test_nobody_goes_through_a_ticket_gate_to_get_out_where_there_is_another_way(knowledge: Knowledge) -> None:
    chosen = choose(knowledge, at=AT, avoid=frozenset({"hc-hall"}))
    assert chosen is not None
    assert all(way.mode != "fare_gate" for way in chosen.escape.path.ways)


def test_an_exit_that_is_out_of_order_is_not_a_way_out(station_settings: Settings, clock: StartedClock, responses: Responses) -> None:
    opened = Knowledge.open(station_settings, clock)
    source = Source(kind="record", table="outages", key="door", as_of=MORNING)
    opened.outages.add(Outage(id="door", targets=("hcS",), reason="Door", since=AT, until=None, origin="api", source=source))
    try:
        assert told(opened, station_settings, responses).exit_id == "exit-north"
    finally:
        opened.outages.remove("door")
        opened.close()


def test_a_start_that_nobody_knows_has_no_way_out(knowledge: Knowledge, station_settings: Settings, responses: Responses) -> None:
    assert way_out(knowledge, station_settings, responses, at=AT, origin="nowhere") is None


def test_every_message_is_there_in_every_language() -> None:
    assert all(set(texts) == set(LANGUAGES) for texts in WORDS.values())
