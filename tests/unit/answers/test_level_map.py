"""Maps of levels: what is drawn where, what is said, and that no name is ever more than a name."""

import re
from collections.abc import Callable
from dataclasses import replace
from math import hypot
from xml.etree import ElementTree as ET

import pytest

from assistant.answers import level_map
from assistant.answers.context import Context
from assistant.answers.desk import Desk
from assistant.answers.level_drawing import Captions, Sign, draw
from assistant.answers.level_words import visits, words
from assistant.knowledge.indoor import LevelPlan, PlanNode, PlanWay
from assistant.knowledge.models import Route, Source

SVG = "{http://www.w3.org/2000/svg}"
SOURCE = Source(kind="gtfs", table="stops", key="x", as_of="2026-11-24")
CAPTIONS = Captions(language="en", title="Street level", north="N", description="A map.")
HOSTILE = '</text><script>alert(1)</script><image href="http://evil.example/x"/>&"\'\x00\x0b\ufffe'


def node(key: str, x: float, y: float, *, name: str | None = None, kind: str = "node", platform: str | None = None) -> PlanNode:
    return PlanNode(
        id=key, kind=kind, name=name, platform=platform, category=None, at=None, x_m=x, y_m=y, estimated=False, source=SOURCE  # type: ignore[arg-type]
    )  # fmt: skip


def way(start: str, goal: str, mode: str = "walkway", leads_to: str | None = None) -> PlanWay:
    return PlanWay(
        id=f"{start}-{goal}", mode=mode, start_id=start, goal_id=goal, both_ways=True, leads_to=leads_to,  # type: ignore[arg-type]
        levels=1.0 if leads_to else 0.0, closed=False, step_free=True, source=SOURCE,
    )  # fmt: skip


def plan(*nodes: PlanNode, ways: tuple[PlanWay, ...] = (), here: str | None = None) -> LevelPlan:
    return LevelPlan(id="street", name="Street level", index=0, nodes=nodes, ways=ways, here=here)


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314


def text_at(svg: ET.Element, text: str) -> tuple[float, float]:
    """Where a text stands."""
    [found] = [element for element in svg.iter(f"{SVG}text") if element.text == text]
    return float(found.get("x", "")), float(found.get("y", ""))


CROSS = plan(
    node("m", 0, 0), node("n", 0, 50, kind="platform", platform="1"), node("e", 50, 0, kind="platform", platform="2"),
    node("s", 0, -50, kind="platform", platform="3"), node("w", -50, 0, kind="platform", platform="4"),
    ways=tuple(way("m", key) for key in "nesw"), here="m",
)  # fmt: skip
PLATES = [Sign(node=key, kind="platform", text=text) for key, text in zip("nesw", "1234", strict=True)]


@pytest.mark.parametrize(
    ("heading", "up", "right"),
    [(None, "1", "2"), (0, "1", "2"), (90, "2", "3"), (180, "3", "4"), (270, "4", "1"), (450, "2", "3")],
)
def test_what_lies_ahead_is_up(heading: float | None, up: str, right: str) -> None:
    svg = drawn(draw(CROSS, [], PLATES, CAPTIONS, heading))
    places = {text: text_at(svg, text) for text in "1234"}
    assert min(places, key=lambda text: places[text][1]) == up
    assert max(places, key=lambda text: places[text][0]) == right


@pytest.mark.parametrize(("heading", "dx", "dy"), [(0, 0, -1), (90, -1, 0), (180, 0, 1), (270, 1, 0)])
def test_the_north_mark_points_north(heading: float, dx: int, dy: int) -> None:
    svg = drawn(draw(CROSS, [], PLATES, CAPTIONS, heading))
    [mark] = [element for element in svg.iter(f"{SVG}polygon") if element.get("fill") == "#8c1022"]
    (tip_x, tip_y), *wings = [tuple(map(float, point.split(","))) for point in mark.get("points", "").split()]
    foot_x, foot_y = sum(x for x, _ in wings) / 2, sum(y for _, y in wings) / 2
    length = hypot(tip_x - foot_x, tip_y - foot_y)
    assert (round((tip_x - foot_x) / length), round((tip_y - foot_y) / length)) == (dx, dy)


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    svg = drawn(draw(CROSS, [], PLATES, CAPTIONS, 0))
    [label] = [element.text or "" for element in svg.iter(f"{SVG}text") if re.fullmatch(r"\d+ m", element.text or "")]
    [bar] = [element for element in svg.iter(f"{SVG}polyline") if element.get("stroke-width") == "6.0"]
    (start, _), (end, _) = [tuple(map(float, point.split(","))) for point in bar.get("points", "").split()]
    metre = hypot(*(a - b for a, b in zip(text_at(svg, "1"), text_at(svg, "3"), strict=True))) / 100
    assert (end - start) / metre == pytest.approx(float(label.removesuffix(" m")), rel=0.01)


def test_the_map_is_drawn_around_the_way_where_the_level_is_large() -> None:
    far = plan(node("a", 0, 0), node("b", 30, 0), node("z", 900, 900, name="Far"), ways=(way("a", "b"), way("b", "z")), here="a")
    svg = drawn(draw(far, [("a", "b")], [Sign(node="z", kind="place", text="Far")], CAPTIONS, 0))
    assert "Far" not in [element.text for element in svg.iter(f"{SVG}text")]
    whole = drawn(draw(far, [], [Sign(node="z", kind="place", text="Far")], CAPTIONS, 0))
    assert "Far" in [element.text for element in whole.iter(f"{SVG}text")]


def test_a_lone_node_and_an_empty_level_are_drawn() -> None:
    for lone in (plan(node("a", 3, 4), here="a"), plan()):
        svg = drawn(draw(lone, [("a", "b")], [Sign(node="a", kind="here", text="You are here", needed=True)], CAPTIONS, 30))
        assert "Street level" in [element.text for element in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize("many", [5, 60])
def test_names_never_lie_upon_each_other(many: int) -> None:
    nodes = [node(str(number), number % 8 * 9, number // 8 * 7) for number in range(many)]
    signs = [Sign(node=str(number), kind=["place", "lift", "entrance"][number % 3], text=f"Number {number}") for number in range(many)]  # type: ignore[arg-type]
    svg = drawn(draw(plan(*nodes), [], signs, CAPTIONS, 0))
    boxes = []
    for element in svg.iter(f"{SVG}text"):
        text = element.text or ""
        if not text.startswith("Number"):
            continue
        wide, x, y = 0.5 * 27 * len(text), float(element.get("x", "")), float(element.get("y", ""))
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[element.get("text-anchor", "")]
        boxes.append((left, y - 18, left + wide, y))
        assert left >= 0
        assert left + wide <= 800
    assert len(boxes) >= 4
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            assert one[0] >= other[2] or one[2] <= other[0] or one[1] >= other[3] or one[3] <= other[1]


def test_a_long_name_is_cut_to_fit() -> None:
    for name in ("Platform of the Northern and Southern Coastal Railways " * 4, "北部和南部沿海铁路的站台" * 8):
        svg = drawn(draw(CROSS, [], [Sign(node="m", kind="goal", text=name, needed=True)], replace(CAPTIONS, title=name), 0))
        shown = [element.text or "" for element in svg.iter(f"{SVG}text") if (element.text or "").endswith("…")]
        assert len(shown) == 2
        assert all(name.startswith(text.removesuffix("…").strip()) and len(text) > 15 for text in shown)


def test_a_name_never_becomes_markup() -> None:
    signs = [Sign(node="m", kind="here", text=HOSTILE, needed=True), Sign(node="n", kind="platform", text=HOSTILE)]
    captions = Captions(language='ko" onload="alert(1)', title=HOSTILE, north=HOSTILE, description=HOSTILE)
    text = draw(CROSS, [], signs, captions, 0)
    svg = drawn(text)
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= {
        "svg", "title", "desc", "rect", "polyline", "polygon", "circle", "path", "text",
    }  # fmt: skip
    for element in svg.iter():
        assert not [name for name in element.attrib if name.startswith("on") or "href" in name or name == "style"]
    assert "<script" not in text
    assert "\x00" not in text
    assert any((element.text or "").startswith("</text><script>alert(1)</script>") for element in svg.iter(f"{SVG}text"))


@pytest.fixture
def context(desk: Desk) -> Callable[[str], Context]:
    return desk.context


def route(context: Context, goal: str, **wish: bool) -> Route:
    found = context.knowledge.route(goal=goal, language=context.language, **wish)
    assert found is not None
    return found


@pytest.mark.parametrize(("language", "said"), [
    ("en", "Street level: you are here. Next, the escalator to Platform level: 40 metres, to your right."),
    ("zh", "地面层：您在这里。接着是去站台层的扶梯：40米，右侧。"),
    ("ko", "지상층: 지금 계신 곳입니다. 다음은 승강장층으로 가는 에스컬레이터: 40미터, 오른쪽."),
])  # fmt: skip
def test_a_map_is_read_aloud(context: Callable[[str], Context], language: str, said: str) -> None:
    here = context(language)
    street, upper = level_map.maps(here, route(here, "hc7"), origin=None, step_free=False)
    assert street.text.startswith(said)
    assert {"en": "platform 7: 30 metres", "zh": "7号站台：30米", "ko": "7번 승강장: 30미터"}[language] in upper.text
    assert {"en": "platform 8", "zh": "8号站台", "ko": "8번 승강장"}[language] in upper.text


@pytest.mark.parametrize(
    ("heading", "side"), [(0, "straight ahead"), (90, "to your left"), (180, "behind you"), (225, "behind you on the right")]
)
def test_sides_are_told_from_where_the_kiosk_looks(context: Callable[[str], Context], heading: float, side: str) -> None:
    here = context("en")
    turned = replace(here, settings=here.settings.model_copy(update={"kiosk": here.settings.kiosk.model_copy(update={"heading": heading})}))
    [street] = level_map.maps(turned, route(turned, "toilets-north"), origin=None, step_free=False)
    assert f"North Toilets: 50 metres, {side}." in street.text


def test_without_a_heading_no_side_is_told(context: Callable[[str], Context]) -> None:
    here = context("en")
    turned = replace(here, settings=here.settings.model_copy(update={"kiosk": here.settings.kiosk.model_copy(update={"heading": None})}))
    [street] = level_map.maps(turned, route(turned, "toilets-north"), origin=None, step_free=False)
    assert "Next, North Toilets: 50 metres." in street.text


def test_the_map_shows_here_the_goal_and_what_is_taken(context: Callable[[str], Context]) -> None:
    here = context("en")
    way = route(here, "hc7", step_free=True)
    street, upper = (drawn(level_map.image(here, level, way)) for level in ("street", "upper"))
    shown = {element.text for element in street.iter(f"{SVG}text")}
    assert {"You are here", "↑ Platform level", "N"} <= shown
    assert {"Platform 7", "1", "8"} <= {element.text for element in upper.iter(f"{SVG}text")}


def test_a_walk_to_a_platform_that_the_feed_puts_elsewhere_is_told_whole(context: Callable[[str], Context]) -> None:
    here = context("en")
    way = route(here, "hc7")
    strayed = replace(way, steps=(*way.steps[:-1], replace(way.steps[-1], goal_id="hc-under", levels=-2.0)))
    text = words(here, here.knowledge.level_plan("upper", "en"), strayed)
    assert "you arrive by the escalator. Next, platform 7: 30 metres." in text


def test_where_one_stands_is_not_told_as_something_else(context: Callable[[str], Context]) -> None:
    here = context("en")
    plan = here.knowledge.level_plan("street", "en")
    assert "North Entrance" in words(here, plan, None)
    assert "North Entrance" not in words(here, replace(plan, here="hcN"), None)


def test_a_broken_lift_is_crossed_out_and_told(context: Callable[[str], Context]) -> None:
    here = context("en")
    whole = here.knowledge.level_plan("street", "en")
    broken = replace(whole, ways=tuple(replace(way, closed=way.id == "lift-metro") for way in whole.ways))
    assert words(here, broken, None).endswith("Out of order: the lift to Metro level.")
    assert "Out of order" not in words(here, whole, None)
    signs = [Sign(node="hc-hall", kind="lift", text="Metro level", closed=closed) for closed in (False, True)]
    sound, crossed = (drawn(draw(whole, [], [sign], CAPTIONS, 0)) for sign in signs)
    red = [[line for line in svg.iter(f"{SVG}polyline") if line.get("stroke") == "#8c1022"] for svg in (sound, crossed)]
    assert [len(lines) for lines in red] == [0, 2]


def test_a_way_that_comes_back_to_a_level_is_told_in_both_parts(context: Callable[[str], Context]) -> None:
    here = context("en")
    there = here.knowledge.route(origin="hcE", goal="toilets-north", language="en")
    assert there is not None
    assert len(visits(here.knowledge.level_plan("street", "en"), there)) == 2
    text = words(here, here.knowledge.level_plan("street", "en"), there)
    assert text.startswith("Street level: the way begins at Market Street Entrance. Next, the stairs to Metro level.")
    assert "you arrive by" in text
