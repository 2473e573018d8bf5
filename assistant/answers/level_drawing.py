"""A level of a station as SVG: ways as corridors, signs of different shapes, the route, a scale and north. Data in, text out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin
from typing import Literal
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

from assistant.knowledge.indoor import LevelPlan

SignKind = Literal["here", "start", "goal", "platform", "entrance", "lift", "stairs", "escalator", "gate", "place"]
Point = tuple[float, float]
Box = tuple[float, float, float, float]

WIDTH, HEIGHT = 800.0, 600.0
FRAME: Box = (70.0, 120.0, 730.0, 510.0)
"""Left, top, right and bottom of what is drawn to scale."""
SMALLEST_M = 40.0
"""The frame shows at least so many metres, so that a lone node is no wall of colour."""
WHOLE = 2.0
"""The whole level is shown where it is at most so many times as large as the route."""
SIGN, SMALL_SIGN, DOT_SIZE, GAP = 46.0, 38.0, 24.0, 5.0
AROUND = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1), (2, 0), (-2, 0))
"""Where a sign may stand, in its own sizes from its node, the best first."""
LARGE, SMALL = 32, 27
"""Letters: 16 and 14 pixels where the map is drawn 400 wide."""
WIDEST = 21.0
"""A longer name is cut; in sizes of its letters."""
NAVY, PAPER, GROUND, EDGE, BLUE, YELLOW, RED = "#0b1e3d", "#ffffff", "#e4eaf2", "#7d8ca3", "#1b4a94", "#ffd21f", "#8c1022"
SCALES_M = (1, 2, 5, 10, 20, 50, 100, 200, 500)
FONTS = {"zh": "Noto Sans CJK SC, Noto Sans SC, Noto Sans, sans-serif"}
FONT = "Noto Sans CJK KR, Noto Sans KR, Noto Sans, sans-serif"
PICTURES = {
    "lift": "M5 3h14v18H5z M9 10.5l3-3.5 3 3.5 M9 13.5l3 3.5 3-3.5",
    "stairs": "M3 20h5v-5h5v-5h5V5h3",
    "escalator": "M3 20h4.5L17 9h4 M7 12V4 M4 7l3-3 3 3",
    "gate": "M4 4v16 M20 4v16 M4 9.5h5.5v5H4 M20 9.5h-5.5v5H20",
    "entrance": "M14 4h6v16h-6 M4 12h11 M11 8l4 4-4 4",
}
ARROW, DOT = "M12 3l7 17-7-5-7 5z", "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z"
"""On a grid of 24, like the page's pictograms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Something shown at a node. Earlier ones take the room of later ones."""

    node: str
    kind: SignKind
    text: str
    """Beside the sign; on it for a platform. "" for none."""
    until: str | None = None
    """The other end of a way within the level: the sign stands in the middle."""
    closed: bool = False
    needed: bool = False
    """Of the route: shown and named even where it is tight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captions:
    """Words on the map."""

    language: str
    title: str
    north: str
    description: str


def draw(plan: LevelPlan, route: Sequence[tuple[str, str]], signs: Sequence[Sign], captions: Captions, heading: float | None) -> str:
    """The SVG of a level, turned so that `heading` (degrees clockwise from north) is up; north is up where it is None.

    `route` holds pairs of nodes; those of which one is not on the plan are left out.
    """
    return _Map(plan, route, captions, heading).drawn(signs)


class _Map:
    def __init__(self, plan: LevelPlan, route: Sequence[tuple[str, str]], captions: Captions, heading: float | None) -> None:
        self._captions, self._heading, self._turn = captions, heading, radians(heading or 0.0)
        turned = {node.id: self._turned(node.x_m, node.y_m) for node in plan.nodes}
        self._ways = [(way.start_id, way.goal_id) for way in plan.ways if way.start_id in turned and way.goal_id in turned]
        self._route = [pair for pair in route if pair[0] in turned and pair[1] in turned]
        on_route = {turned[node] for pair in route for node in pair if node in turned}
        self._metre, middle = _fit(on_route, turned.values())
        left, top, right, bottom = FRAME
        self._at = {
            node: ((left + right) / 2 + (x - middle[0]) * self._metre, (top + bottom) / 2 + (y - middle[1]) * self._metre)
            for node, (x, y) in turned.items()
        }
        self._taken: list[Box] = []
        self._svg = ET.Element(
            "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", role="img",
            attrib={"font-family": FONTS.get(captions.language, FONT), "lang": captions.language},
        )  # fmt: skip

    def drawn(self, signs: Sequence[Sign]) -> str:
        ET.SubElement(self._svg, "title").text = clean(self._captions.title)
        ET.SubElement(self._svg, "desc").text = clean(self._captions.description)
        self._add("rect", width=WIDTH, height=HEIGHT, fill=GROUND)
        self._corridors()
        self._way()
        self._margins()
        needed = [(sign, spot) for sign in signs if sign.needed and (spot := self._spot(sign))]
        for sign in signs:
            if sign.kind == "platform":
                self._spot(sign)
        self._keep_route_clear()
        for sign, spot in needed:
            self._label(sign, spot)
        named = {(sign.node, sign.text) for sign, _ in needed}
        for sign in signs:
            if not sign.needed and sign.kind != "platform" and (spot := self._spot(sign)) and (sign.node, sign.text) not in named:
                self._label(sign, spot)
                named.add((sign.node, sign.text))
        return ET.tostring(self._svg, encoding="unicode")

    def _turned(self, east: float, north: float) -> Point:
        """Metres to the right and down on the map."""
        return (east * cos(self._turn) - north * sin(self._turn), -(east * sin(self._turn) + north * cos(self._turn)))

    def _corridors(self) -> None:
        width = min(44.0, max(16.0, 4 * self._metre))
        for colour, extra in ((EDGE, 5.0), (PAPER, 0.0)):
            for start, goal in self._ways:
                self._line([self._at[start], self._at[goal]], colour, width + extra)

    def _way(self) -> None:
        """The route, with an arrowhead on every part that is long enough for one."""
        points = [(self._at[start], self._at[goal]) for start, goal in self._route]
        for colour, width in ((PAPER, 18.0), (BLUE, 11.0)):
            for pair in points:
                self._line(pair, colour, width)
        for (x, y), (to_x, to_y) in points:
            length = hypot(to_x - x, to_y - y)
            if length < 2 * SIGN:
                continue
            along, across = ((to_x - x) / length, (to_y - y) / length), (-(to_y - y) / length, (to_x - x) / length)
            tip = (x + to_x) / 2 + along[0] * 16, (y + to_y) / 2 + along[1] * 16
            feet = [(tip[0] - along[0] * 30 + across[0] * side, tip[1] - along[1] * 30 + across[1] * side) for side in (17, -17)]
            shape = " ".join(f"{px:.1f},{py:.1f}" for px, py in (tip, *feet))
            self._add("polygon", points=shape, fill=BLUE, stroke=PAPER, **{"stroke-width": 3})

    def _margins(self) -> None:
        """Title, north and scale; nothing else is drawn there."""
        self._add("rect", width=WIDTH, height=64, fill=NAVY)
        self._text(short(self._captions.title), 28, 43, LARGE, PAPER, "start", halo=False)
        x, y = WIDTH - 46.0, 32.0
        self._add("circle", cx=x, cy=y, r=28, fill=PAPER)
        up = self._turned(0.0, 1.0)
        tip, foot = (x + up[0] * 25, y + up[1] * 25), (x - up[0] * 2, y - up[1] * 2)
        side = (-up[1] * 9, up[0] * 9)
        wings = (tip, (foot[0] + side[0], foot[1] + side[1]), (foot[0] - side[0], foot[1] - side[1]))
        self._add("polygon", points=" ".join(f"{px:.1f},{py:.1f}" for px, py in wings), fill=RED)
        self._text(self._captions.north, x - up[0] * 14, y - up[1] * 14 + 7, 20, NAVY, "middle", halo=False)
        metres = max((step for step in SCALES_M if step * self._metre <= 200), default=SCALES_M[0])
        length = metres * self._metre
        self._line([(28.0, HEIGHT - 24), (28.0 + length, HEIGHT - 24)], NAVY, 6.0, cap="butt")
        for end in (28.0, 28.0 + length):
            self._line([(end, HEIGHT - 36), (end, HEIGHT - 12)], NAVY, 4.0, cap="butt")
        self._text(f"{metres} m", 28 + length + 14, HEIGHT - 14, SMALL, NAVY, "start")
        self._taken += [(0, 0, WIDTH, 66), (0, HEIGHT - 56, length + 130, HEIGHT)]

    def _keep_route_clear(self) -> None:
        for start, goal in self._route:
            (x, y), (to_x, to_y) = self._at[start], self._at[goal]
            parts = max(1, round(hypot(to_x - x, to_y - y) / 20))
            for part in range(parts + 1):
                on_x, on_y = x + (to_x - x) * part / parts, y + (to_y - y) * part / parts
                self._taken.append((on_x - 9, on_y - 9, on_x + 9, on_y + 9))

    def _spot(self, sign: Sign) -> Point | None:
        """Draws a sign at its node, or beside it where another one stands; None where it is outside or there is no room."""
        ends = [self._at[node] for node in (sign.node, sign.until or sign.node) if node in self._at]
        if len(ends) < 2:
            return None
        x, y = (ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2
        size = _size(sign)
        step = (SIGN + size) / 2 + GAP
        for right, down in AROUND:
            spot = (x + right * step, y + down * step)
            box = (spot[0] - size / 2, spot[1] - size / 2, spot[0] + size / 2, spot[1] + size / 2)
            if self._free(box) or (sign.needed and (right, down) == AROUND[-1]):
                if sign.kind == "place" and not any(self._free(side[3]) for side in self._sides(sign, spot)):
                    continue  # a dot without a name says nothing
                self._taken.append(box)
                self._sign(sign, *spot)
                return spot
        return None

    def _sign(self, sign: Sign, x: float, y: float) -> None:
        half = _size(sign) / 2
        if sign.kind == "here":
            self._add("circle", cx=x, cy=y, r=half, fill=YELLOW, stroke=NAVY, **{"stroke-width": 5})
            self._picture(ARROW if self._heading is not None else DOT, x, y, SIGN, filled=True)
        elif sign.kind in ("goal", "start"):
            diamond = f"{x},{y + half} {x - half},{y} {x},{y - half} {x + half},{y}"
            self._add("polygon", points=diamond, fill=BLUE, stroke=PAPER, **{"stroke-width": 4})
            if sign.kind == "goal":
                self._add("circle", cx=x, cy=y, r=8, fill=PAPER)
        elif sign.kind == "platform":
            self._add("rect", x=x - half, y=y - half, width=SIGN, height=SIGN, rx=7, fill=NAVY)
            self._text(sign.text, x, y + 11, 30 if len(sign.text) < 3 else 20, PAPER, "middle", halo=False)
        elif sign.kind == "place":
            self._add("circle", cx=x, cy=y, r=10, fill=NAVY, stroke=PAPER, **{"stroke-width": 4})
        else:
            self._add("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, rx=7, fill=PAPER, stroke=NAVY, **{"stroke-width": 4})
            self._picture(PICTURES[sign.kind], x, y, _size(sign))
        if sign.closed:
            for slope in (1, -1):
                self._line([(x - half, y - half * slope), (x + half, y + half * slope)], RED, 7.0)

    def _sides(self, sign: Sign, spot: Point) -> Iterator[tuple[str, float, float, Box]]:
        """Where the name of a sign may stand: anchor, place, and the room it takes."""
        (x, y), size = spot, LARGE if sign.needed else SMALL
        wide, beside = _width(short(sign.text)) * size, _size(sign) / 2 + 8
        level, above, below = y + size * 0.35, y - beside, y + beside + size * 0.8
        inside = min(max(x, 12 + wide / 2), WIDTH - 12 - wide / 2)
        sides = [("start", x + beside, level), ("end", x - beside, level), ("middle", x, above), ("middle", x, below)]
        for shifted in (level - size * 0.55, level + size * 0.75):
            sides += [("start", x + beside, shifted), ("end", x - beside, shifted)]
        if sign.needed:
            sides += [("middle", inside, place) for place in (above, below, above - size, below + size)]
        for anchor, at_x, at_y in sides:
            left = at_x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            yield anchor, at_x, at_y, (left, at_y - size * 0.8, left + wide, at_y + size * 0.25)

    def _label(self, sign: Sign, spot: Point) -> None:
        """The name of a sign, on the first side that has room."""
        text = short(sign.text)
        if not text or sign.kind == "platform":
            return
        sides = list(self._sides(sign, spot))
        free = [side for side in sides if self._free(side[3])] or [side for side in sides if sign.needed and _inside(side[3])]
        for anchor, x, y, box in free[:1]:
            self._taken.append(box)
            colour = RED if sign.closed else NAVY
            self._text(text, x, y, LARGE if sign.needed else SMALL, colour, anchor, bold=sign.needed)

    def _free(self, box: Box) -> bool:
        left, top, right, bottom = box
        return _inside(box) and all(left >= other[2] or right <= other[0] or top >= other[3] or bottom <= other[1] for other in self._taken)

    def _line(self, points: Iterable[Point], colour: str, width: float, cap: str = "round") -> None:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._add("polyline", points=path, fill="none", stroke=colour, **{"stroke-width": width, "stroke-linecap": cap})

    def _picture(self, path: str, x: float, y: float, size: float, *, filled: bool = False) -> None:
        scale = size * 0.72 / 24
        line = {"stroke-width": 2.2, "stroke-linecap": "round", "stroke-linejoin": "round"}
        place = f"translate({x - 12 * scale:.1f} {y - 12 * scale:.1f}) scale({scale:.3f})"
        self._add("path", d=path, transform=place, fill=NAVY if filled else "none", stroke=NAVY, **line)

    def _text(self, text: str, x: float, y: float, size: int, colour: str, anchor: str, *, halo: bool = True, bold: bool = True) -> None:
        around = {"stroke": PAPER, "stroke-width": 7, "stroke-linejoin": "round", "paint-order": "stroke"} if halo else {}
        element = self._add(
            "text", x=x, y=y, fill=colour, **{"font-size": size, "text-anchor": anchor, "font-weight": 700 if bold else 600}, **around
        )
        element.text = clean(text)

    def _add(self, tag: str, **attributes: object) -> ET.Element:
        words = {name: f"{value:.1f}" if isinstance(value, float) else str(value) for name, value in attributes.items()}
        return ET.SubElement(self._svg, tag, words)


def _fit(route: Iterable[Point], everything: Iterable[Point]) -> tuple[float, Point]:
    """Units a metre and the middle of what is shown: the whole level, or what lies around the route where that is much smaller."""
    left, top, right, bottom = FRAME
    scales = []
    for points in (list(everything), list(route)):
        if points:
            low, high = ([pick(axis) for axis in zip(*points, strict=True)] for pick in (min, max))
            spans = [max(big - small, 0.0) for small, big in zip(low, high, strict=True)]
            scale = min((right - left) / max(spans[0], SMALLEST_M), (bottom - top) / max(spans[1], SMALLEST_M * 0.6))
            scales.append((scale, ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)))
    if not scales:
        return 1.0, (0.0, 0.0)
    return scales[-1] if scales[-1][0] > WHOLE * scales[0][0] else scales[0]


def _inside(box: Box) -> bool:
    return box[0] >= 8 and box[1] >= 66 and box[2] <= WIDTH - 8 and box[3] <= HEIGHT - 8


def _size(sign: Sign) -> float:
    if sign.kind == "place":
        return DOT_SIZE
    return SIGN if sign.needed or sign.kind == "platform" else SMALL_SIGN


def _width(text: str) -> float:
    """Width of a text, in sizes of its letters."""
    return sum(1.0 if east_asian_width(char) in "WF" else 0.58 for char in text)


def short(text: str) -> str:
    """A name that fits on the map."""
    name = clean(text)
    while _width(name) > WIDEST:
        name = name[:-2].rstrip() + "…"
    return name


def clean(text: str) -> str:
    """A name on one line, without what XML cannot hold."""
    return "".join(char if char.isprintable() else " " for char in text).strip()
