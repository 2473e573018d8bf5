"""What the double answers about ways: journeys with changes, and a route through the station with its maps."""

from datetime import datetime, timedelta
from typing import Any

from assistant.answers.level_drawing import Captions, Sign, draw
from assistant.conversation.models import JourneyCard, JourneyRow, LegRow, LevelMap, RouteCard, StepRow
from assistant.knowledge.indoor import LevelPlan, PlanNode, PlanWay
from assistant.knowledge.models import Source

NAMES = {
    "en": {
        "here": "Harbour Central", "mill": "Mill Bridge", "goal": "Old Harbour", "lake": "Lakeside", "title": "To Old Harbour",
        "airport": "Airport Terminal 2",
    },
    "zh": {"here": "港口中央站", "mill": "磨坊桥", "goal": "旧港", "lake": "湖畔", "title": "前往旧港", "airport": "机场2号航站楼"},
    "ko": {
        "here": "하버 중앙역", "mill": "밀브리지", "goal": "올드하버", "lake": "레이크사이드", "title": "올드하버까지",
        "airport": "공항 제2터미널",
    },
}  # fmt: skip
IC = {"line": "IC 5", "colour": "C8102E", "text_colour": "FFFFFF", "mode": "rail", "trip_name": "IC 512", "trip": "ic5"}
R = {"line": "R 24", "colour": "7A8B99", "text_colour": "FFFFFF", "mode": "rail", "trip": "r24"}
M = {"line": "M 3", "mode": "metro", "trip": "m3", "headway_s": 480}
"""A line that has no colour, and no exact times."""


def _leg(now: datetime, start: str, goal: str, leave: int, arrive: int, platforms: tuple[str | None, str | None], **ride: Any) -> LegRow:
    return LegRow(
        kind="ride" if ride else "walk", start=start, goal=goal, start_platform=platforms[0], goal_platform=platforms[1],
        departure=now + timedelta(minutes=leave), arrival=now + timedelta(minutes=arrive), **ride,
    )  # fmt: skip


def journeys(language: str, now: datetime) -> JourneyCard:
    """One change with a walk between; two changes; a long direct train tomorrow."""
    name = NAMES[language]
    here, mill, goal, lake = name["here"], name["mill"], name["goal"], name["lake"]
    changing = [
        _leg(now, here, mill, 4, 25, ("2", "1"), headsign=name["airport"], stops=3, **IC),
        _leg(now, mill, mill, 25, 29, ("1", "6"), ),
        _leg(now, mill, goal, 33, 56, ("6", None), headsign=goal, stops=1, **R),
    ]  # fmt: skip
    twice = [
        _leg(now, here, lake, 7, 20, ("5", "2"), headsign=lake, **R),
        _leg(now, lake, mill, 28, 41, ("3", "1"), headsign=name["airport"], stops=4, **M),
        _leg(now, mill, goal, 49, 72, ("6", "1"), headsign=goal, stops=1, **R),
    ]
    direct = [_leg(now, here, goal, 1440, 1440 + 95, ("11", "2"), headsign=goal, stops=14, **M)]
    rows = [
        JourneyRow(departure=legs[0].departure, arrival=legs[-1].arrival, changes=changes, legs=legs, sources=[])
        for legs, changes in ((changing, 1), (twice, 2), (direct, 0))
    ]
    return JourneyCard(title=name["title"], journeys=rows)


STEPS = {
    "en": [
        "Walk to the ticket hall.", "Go through the gate.", "Take the lift by the north ticket hall to platform level.",
        "Walk straight on to platform 3.",
    ],
    "zh": ["步行至售票厅。", "通过检票口。", "乘北售票厅旁的电梯到站台层。", "直走到3号站台。"],
    "ko": [
        "매표소까지 걸어가세요.", "개찰구를 통과하세요.", "북쪽 매표소 옆 엘리베이터로 승강장 층으로 가세요.",
        "3번 승강장까지 곧장 걸어가세요.",
    ],
}  # fmt: skip
LEVELS = {"en": ("Street level", "Platform level"), "zh": ("地面层", "站台层"), "ko": ("지상층", "승강장 층")}
TITLES = {"en": "The way to platform 3", "zh": "前往3号站台的路线", "ko": "3번 승강장으로 가는 길"}
SEEN = {
    "en": (
        "You are here on street level. The lift to platform level is 60 metres ahead.",
        "Platform 3 is 40 metres to the left of the lift.",
    ),
    "zh": ("您在地面层。去站台层的电梯在前方60米处。", "3号站台在电梯左侧40米处。"),
    "ko": ("지금 지상층에 계십니다. 승강장 층으로 가는 엘리베이터는 앞쪽 60m에 있습니다.", "3번 승강장은 엘리베이터 왼쪽 40m에 있습니다."),
}  # fmt: skip

HERE = {"en": "You are here", "zh": "您在此处", "ko": "현재 위치"}
GOAL = {"en": "Platform 3", "zh": "3号站台", "ko": "3번 승강장"}


def route(language: str) -> RouteCard:
    """By lift to a platform of another level."""
    street, platforms = LEVELS[language]
    ways = [("walkway", street, 40), ("fare_gate", street, None), ("lift", platforms, None), ("walkway", platforms, 60)]
    steps = [
        StepRow(text=text, mode=mode, level=level, metres=metres, seconds=30)  # type: ignore[arg-type]
        for text, (mode, level, metres) in zip(STEPS[language], ways, strict=True)
    ]
    maps = [
        LevelMap(level=level, name=name, image=f"/v1/routes/map?level={level}&language={language}", text=text)
        for level, name, text in zip(("L0", "L-1"), LEVELS[language], SEEN[language], strict=True)
    ]
    return RouteCard(title=TITLES[language], goal="platform-3", metres=140, seconds=214, step_free=True, steps=steps, maps=maps)


_SOURCE = Source(kind="gtfs", table="stops", key="x", as_of="2026-11-24")


def _plan(level: str) -> LevelPlan:
    """The street with the lift ahead on the right, or the platforms below."""
    street = {"hall": (0, 0), "gate": (0, 30), "lift": (35, 60), "exit": (-45, 0), "far": (35, 95)}
    tracks = {"lift": (35, 60), "1": (-20, 20), "2": (-5, 20), "3": (35, 20), "4": (50, 20)}
    nodes = street if level == "L0" else tracks
    pairs = [("hall", "gate"), ("gate", "lift"), ("hall", "exit"), ("lift", "far")] if level == "L0" else [("lift", key) for key in "1234"]
    return LevelPlan(
        id=level, name=None, index=0, here="hall" if level == "L0" else None,
        nodes=tuple(
            PlanNode(
                id=key, kind="node", name=None, platform=None, category=None, at=None, x_m=x, y_m=y, estimated=False, source=_SOURCE
            )
            for key, (x, y) in nodes.items()
        ),
        ways=tuple(
            PlanWay(
                id=start + goal, mode="walkway", start_id=start, goal_id=goal, both_ways=True, leads_to=None, levels=0.0, closed=False,
                step_free=True, source=_SOURCE,
            )
            for start, goal in pairs
        ),
    )  # fmt: skip


def level_map(level: str, language: str) -> str:
    """A map as the assistant draws it."""
    here, goal = HERE[language], GOAL[language]
    street, tracks = LEVELS[language]
    if level == "L0":
        route = [("hall", "gate"), ("gate", "lift")]
        signs = [
            Sign(node="hall", kind="here", text=here, needed=True), Sign(node="hall", until="gate", kind="gate", text="", needed=True),
            Sign(node="lift", kind="lift", text=f"↓ {tracks}", needed=True), Sign(node="exit", kind="entrance", text="A1"),
            Sign(node="far", kind="stairs", text=f"↓ {tracks}", closed=True),
        ]  # fmt: skip
    else:
        route = [("lift", "3")]
        signs = [Sign(node="3", kind="goal", text=goal, needed=True), Sign(node="lift", kind="lift", text="", needed=True)]
        signs += [Sign(node=key, kind="platform", text=key) for key in "124"]
    title = street if level == "L0" else tracks
    return draw(_plan(level), route, signs, Captions(language=language, title=title, north="N", description=""), 20.0)
