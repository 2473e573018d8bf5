"""Inside Harbour Central: three levels, entrances, nodes, and the pathways between them and the platforms."""

from math import ceil, hypot
from typing import NamedTuple

from network import HUB, Name, platform_codes

WALKWAY, STAIRS, ESCALATOR, LIFT, FARE_GATE, EXIT_GATE = 1, 2, 4, 5, 6, 7
ENTRANCE, NODE = 2, 3


class Level(NamedTuple):
    """A floor."""

    height: int
    name: Name


LEVELS = {
    "upper": Level(1, Name("Platform level", "站台层", "승강장층")),
    "street": Level(0, Name("Street level", "地面层", "지상층")),
    "metro": Level(-1, Name("Metro level", "地铁层", "지하철층")),
}


class Spot(NamedTuple):
    """An entrance or a node; `x` and `y` are metres east and north of the middle of the main hall."""

    kind: int
    name: Name
    x: float
    y: float
    level: str


SPOTS = {
    "hcN": Spot(ENTRANCE, Name("North Entrance", "北入口", "북쪽 출입구"), 0, 70, "street"),
    "hcS": Spot(ENTRANCE, Name("Harbour Entrance", "港口入口", "항구 출입구"), 0, -70, "street"),
    "hcW": Spot(ENTRANCE, Name("West Entrance", "西入口", "서쪽 출입구"), -80, 0, "street"),
    "hcE": Spot(ENTRANCE, Name("Market Street Entrance", "集市街入口", "시장가 출입구"), 60, -60, "street"),
    "hc-hall": Spot(NODE, Name("Main hall", "大厅", "중앙 홀"), 0, 0, "street"),
    "hc-north": Spot(NODE, Name("North hall", "北厅", "북쪽 홀"), 0, 45, "street"),
    "hc-south": Spot(NODE, Name("South hall", "南厅", "남쪽 홀"), 0, -45, "street"),
    "hc-west": Spot(NODE, Name("West hall", "西厅", "서쪽 홀"), -50, 0, "street"),
    "hc-gates": Spot(NODE, Name("Platform passage", "站台通道", "승강장 통로"), 25, 0, "street"),
    "hc-far": Spot(NODE, Name("East passage", "东通道", "동쪽 통로"), 65, 0, "street"),
    "hc-p1": Spot(NODE, Name("Platforms 1 and 2", "1、2站台", "1·2번 승강장"), 20, 20, "upper"),
    "hc-p3": Spot(NODE, Name("Platforms 3 and 4", "3、4站台", "3·4번 승강장"), 35, 20, "upper"),
    "hc-p5": Spot(NODE, Name("Platforms 5 and 6", "5、6站台", "5·6번 승강장"), 60, 20, "upper"),
    "hc-p7": Spot(NODE, Name("Platforms 7 and 8", "7、8站台", "7·8번 승강장"), 75, 20, "upper"),
    "hc-metro": Spot(NODE, Name("Metro hall", "地铁大厅", "지하철 홀"), 5, -25, "metro"),
    "hc-under": Spot(NODE, Name("Metro passage", "地铁通道", "지하철 통로"), 20, -25, "metro"),
}
PLATFORM_SPOTS = {
    "1": (15, 45, "upper"), "2": (25, 45, "upper"), "3": (30, 45, "upper"), "4": (40, 45, "upper"),
    "5": (55, 45, "upper"), "6": (65, 45, "upper"), "7": (70, 45, "upper"), "8": (80, 45, "upper"),
    "9": (40, -20, "metro"), "10": (40, -30, "metro"), "11": (20, -55, "metro"), "12": (30, -55, "metro"),
    "A": (-95, 15, "street"), "B": (-95, -15, "street"),
}
"""Platform code → metres east and north of the main hall, level."""

TO_12, TO_34 = Name("Platforms 1–2", "1–2站台", "1–2번 승강장"), Name("Platforms 3–4", "3–4站台", "3–4번 승강장")
TO_56, TO_78 = Name("Platforms 5–6", "5–6站台", "5–6번 승강장"), Name("Platforms 7–8", "7–8站台", "7–8번 승강장")
TO_RAIL, TO_METRO = Name("Platforms 1–8", "1–8站台", "1–8번 승강장"), Name("Metro", "地铁", "지하철")
TO_HALL, TO_EXIT = Name("Main hall", "大厅", "중앙 홀"), Name("Way out", "出口", "나가는 곳")
TO_BUS = Name("Bus stands", "公交站台", "버스 승강장")
TO_METRO_TRAINS = Name("Platforms 9–12", "9–12站台", "9–12번 승강장")
SIGNS = (TO_12, TO_34, TO_56, TO_78, TO_RAIL, TO_METRO, TO_HALL, TO_EXIT, TO_BUS, TO_METRO_TRAINS)


class Pathway(NamedTuple):
    """A row of pathways.txt."""

    id: str
    start: str
    end: str
    mode: int
    both_ways: bool
    length: float | None
    seconds: int
    stairs: int | None
    width: float | None
    sign: str
    sign_back: str


def _point(spot: str) -> tuple[float, float]:
    if spot in SPOTS:
        return SPOTS[spot].x, SPOTS[spot].y
    x, y, _ = PLATFORM_SPOTS[spot.removeprefix(HUB)]
    return x, y


def _walkway(start: str, end: str, sign: Name, back: Name) -> Pathway:
    (x1, y1), (x2, y2) = _point(start), _point(end)
    length = round(hypot(x2 - x1, y2 - y1), 1)
    seconds = ceil(length / 1.2)
    return Pathway(f"walk-{start}-{end}", start, end, WALKWAY, True, length, seconds, None, 3.0, sign.en, back.en)


def _stairs(name: str, start: str, end: str, steps: int, sign: Name, back: Name) -> Pathway:
    """A flight up is a positive number of steps."""
    length, seconds = round(abs(steps) * 0.4, 1), ceil(abs(steps) * 0.7)
    return Pathway(f"stairs-{name}", start, end, STAIRS, True, length, seconds, steps, 2.4, sign.en, back.en)


def _escalators(name: str, start: str, end: str, sign: Name, back: Name) -> list[Pathway]:
    return [
        Pathway(f"escalator-{name}-there", start, end, ESCALATOR, False, 14.0, 28, None, 1.0, sign.en, ""),
        Pathway(f"escalator-{name}-back", end, start, ESCALATOR, False, 14.0, 28, None, 1.0, back.en, ""),
    ]


def _lift(name: str, start: str, end: str, sign: Name, back: Name) -> Pathway:
    return Pathway(f"lift-{name}", start, end, LIFT, True, None, 50, None, 1.1, sign.en, back.en)


def _floors(name: str, start: str, end: str, steps: int, sign: Name, back: Name) -> list[Pathway]:
    """All three ways between two floors."""
    return [_stairs(name, start, end, steps, sign, back), *_escalators(name, start, end, sign, back),
            _lift(name, start, end, sign, back)]


def _gates(name: str, outside: str, inside: str, sign: Name) -> list[Pathway]:
    """Narrow and wide gates, in and out."""
    ways = []
    for kind, width in (("", 0.6), ("-wide", 1.0)):
        ways += [
            Pathway(f"gate-{name}{kind}-in", outside, inside, FARE_GATE, False, 4.0, 6, None, width, sign.en, ""),
            Pathway(f"gate-{name}{kind}-out", inside, outside, EXIT_GATE, False, 4.0, 6, None, width, TO_EXIT.en, ""),
        ]
    return ways


def pathways() -> list[Pathway]:
    """Every way inside the station. Only the Market Street Entrance has no step-free way."""
    ways = [
        _walkway("hcN", "hc-north", TO_HALL, TO_EXIT), _walkway("hc-north", "hc-hall", TO_HALL, TO_EXIT),
        _walkway("hcS", "hc-south", TO_HALL, TO_EXIT), _walkway("hc-south", "hc-hall", TO_HALL, TO_EXIT),
        _walkway("hcW", "hc-west", TO_HALL, TO_BUS), _walkway("hc-west", "hc-hall", TO_HALL, TO_EXIT),
        _walkway("hcW", "hcA", TO_BUS, TO_HALL), _walkway("hcW", "hcB", TO_BUS, TO_HALL),
        _stairs("market", "hcE", "hc-metro", -32, TO_METRO, TO_EXIT),
        *_gates("rail", "hc-hall", "hc-gates", TO_RAIL),
        _walkway("hc-gates", "hc-far", TO_56, TO_EXIT),
        *_floors("metro", "hc-hall", "hc-metro", -36, TO_METRO, TO_HALL),
        *_gates("metro", "hc-metro", "hc-under", TO_METRO_TRAINS),
        _stairs("change", "hc-gates", "hc-under", -36, TO_METRO, TO_RAIL),
        _lift("change", "hc-gates", "hc-under", TO_METRO, TO_RAIL),
    ]
    for foot, top, codes, sign in (
        ("hc-gates", "hc-p1", "12", TO_12), ("hc-gates", "hc-p3", "34", TO_34),
        ("hc-far", "hc-p5", "56", TO_56), ("hc-far", "hc-p7", "78", TO_78),
    ):
        ways += _floors(codes, foot, top, 42, sign, TO_EXIT)
        ways += [_walkway(top, HUB + code, sign, TO_EXIT) for code in codes]
    ways += [_walkway("hc-under", HUB + code, TO_METRO_TRAINS, TO_EXIT) for code in platform_codes(HUB)[8:12]]
    return ways
