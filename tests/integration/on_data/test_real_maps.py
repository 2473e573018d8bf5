"""Maps of real stations: every way between entrances and platforms is drawn whole, and says what its steps say."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from types import SimpleNamespace
from typing import Any, cast
from xml.etree import ElementTree as ET

import pytest

from assistant.answers import level_map
from assistant.answers.context import Context
from assistant.answers.level_words import visits
from assistant.answers.renderer import Renderer, Responses
from assistant.errors import NotFound
from assistant.settings import Kiosk
from tests.conftest import ROOT
from tests.integration.on_data.test_real_ways import CASES, Case, Opened, opened

__all__ = ["opened"]
SVG = "{http://www.w3.org/2000/svg}"
BLUE = "#1b4a94"
STATIONS = [case for case in CASES if case.folder != "detroit-people-mover-2024"]


def context(feed: Opened, language: str) -> Context:
    """What maps ask of a context: the ways of a real feed, words, and how the kiosk looks."""
    ways: Any = SimpleNamespace(
        levels=feed.indoor.levels, spot=feed.indoor.spot, level_plan=lambda level, tongue: feed.indoor.level_plan(level, language=tongue)
    )
    renderer = Renderer(Responses.load(ROOT / "dialogues" / "domain"), language, datetime.now(UTC))
    settings: Any = SimpleNamespace(kiosk=Kiosk(heading=40))
    return cast(Context, SimpleNamespace(knowledge=ways, renderer=renderer, language=language, settings=settings))


@pytest.mark.parametrize("case", STATIONS, ids=lambda case: case.folder)
def test_each_way_is_drawn_step_by_step(opened: Callable[[Case], Opened], case: Case) -> None:
    feed = opened(case)
    here, drawn, levels = context(feed, "en"), 0, 0
    kinds = feed.by_hand.stations()[case.stop]
    for entrance, platform in product(kinds["2"], kinds["0"]):
        try:
            way = feed.indoor.route(origin=entrance, goal=platform, step_free=False, language="en")
        except NotFound:
            continue
        for level in level_map.maps(here, way, origin=entrance, step_free=False) if way else ():
            svg = ET.fromstring(level_map.image(here, level.level, way))  # noqa: S314
            steps = [step for visit in visits(here.knowledge.level_plan(level.level, "en"), way) for step in visit.steps]
            lines = [line for line in svg.iter(f"{SVG}polyline") if line.get("stroke") == BLUE]
            assert len(lines) == len(steps), (entrance, platform, level.level)
            for line in lines:
                for point in line.get("points", "").split():
                    x, y = map(float, point.split(","))
                    assert 0 <= x <= 800, (entrance, platform, level.level)
                    assert 64 <= y <= 600, (entrance, platform, level.level)
            assert level.text.startswith(level.name)
            drawn, levels = drawn + len(steps), levels + 1
    assert levels > 20
    assert drawn > 20
