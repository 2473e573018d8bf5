"""The way out of the station in a fire: to the nearest exit around the zones where it may burn, never by a lift.

Where nobody can get out without stairs, the way to a refuge; where none is reached either, to the help point furthest from the fire;
where none of them is, to stay where no fire is.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Literal

from assistant.alarm.views import WayOut
from assistant.answers.directions import goal_words, rounded_m, rows
from assistant.answers.renderer import Renderer, Responses
from assistant.knowledge import Knowledge
from assistant.knowledge.indoor import Escape
from assistant.knowledge.models import FoundPlace, Route
from assistant.settings import Settings

EVERY = 10_000
Kind = Literal["exit", "refuge", "waiting", "staying"]
To = Callable[[Iterable[str]], Escape | None]
"""The best way to any of these, by id."""
Message = Literal["unsafe", "refuge", "waiting", "staying", "place"]
WORDS: dict[Message, dict[str, str]] = {
    "unsafe": {
        "en": "No way out is known to be safe. Follow the instructions of staff.",
        "zh": "没有确认安全的出口路线，请听从工作人员的指示。",
        "ko": "안전이 확인된 탈출로가 없습니다. 직원의 안내에 따르세요.",
    },
    "refuge": {
        "en": "There is no safe way out without stairs. Wait in this refuge and call for help: {name}.",
        "zh": "没有不走楼梯的安全出口路线。请在避难区等候并呼救：{name}。",
        "ko": "계단 없이 안전하게 나가는 길이 없습니다. 이 대피 공간에서 기다리며 도움을 요청하세요: {name}.",
    },
    "waiting": {
        "en": "There is no safe way out without stairs, and no refuge. Wait at this help point and call for help: {name}.",
        "zh": "没有不走楼梯的安全出口路线，也没有避难区。请在求助点等候并呼救：{name}。",
        "ko": "계단 없이 안전하게 나가는 길도, 대피 공간도 없습니다. 이 도움 요청 지점에서 기다리며 도움을 요청하세요: {name}.",
    },
    "staying": {
        "en": "There is no safe way out without stairs. Keep away from smoke, wait and call for help.",
        "zh": "没有不走楼梯的安全出口路线。请远离烟雾，等候并呼救。",
        "ko": "계단 없이 안전하게 나가는 길이 없습니다. 연기를 피해 기다리며 도움을 요청하세요.",
    },
    "place": {"en": "Safer place", "zh": "较安全的地方", "ko": "더 안전한 곳"},
}
"""Message → language → sentence. Here and not among the responses that operators edit: no edit may take these away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Where to go, and whether that can be called safe."""

    escape: Escape
    kind: Kind
    safe: bool


def way_out(
    knowledge: Knowledge, settings: Settings, responses: Responses, *, at: datetime, avoid: Collection[str] = (),
    step_free: bool = False, origin: str | None = None,
) -> WayOut | None:  # fmt: skip
    """The way out from the kiosk, or from a stop or place, in every language of the station; None where the map knows none.

    `avoid` holds the zones where a fire may be, by ids of stops and places; `at` is aware, in the station's zone.
    """
    chosen = choose(knowledge, at=at, avoid=frozenset(avoid), step_free=step_free, origin=origin)
    if chosen is None:
        return None
    heading = settings.kiosk.heading if origin in (None, settings.kiosk.place) else None
    names, steps, told = {}, {}, None
    for language in settings.languages:
        told = knowledge.escape_route(chosen.escape, language)
        renderer = Renderer(responses, language, at)
        names[language] = goal_words(renderer, told) if told.goal_name or told.goal_platform else _word("place", language)
        steps[language] = _sentences(renderer, chosen, told, names[language], heading)
    if told is None:
        return None
    return WayOut(
        exit_id=chosen.escape.goal, refuge=chosen.kind != "exit", safe=chosen.safe, name=names, steps=steps,
        metres=None if told.metres is None else rounded_m(told.metres), seconds=told.seconds,
    )  # fmt: skip


def choose(
    knowledge: Knowledge, *, at: datetime, avoid: frozenset[str] = frozenset(), step_free: bool = False, origin: str | None = None
) -> Chosen | None:
    """Where to go: an exit that is reached around the zones; else, without steps, where to wait; else what cannot be called safe.

    That is an exit which is closed at this hour, before one for which the zones have to be crossed; then the one with the least of them.
    """

    def to(goals: Iterable[str]) -> Escape | None:
        return knowledge.escape(goals, origin=origin, step_free=step_free, avoid=avoid)

    places = knowledge.places(at=at, language="", limit=EVERY)
    exits = [place for place in places if place.category == "exit"]
    crossing = to(place.id for place in exits if place.open_now is not False)
    if crossing and not crossing.enters:
        return Chosen(escape=crossing, kind="exit", safe=True)
    if step_free:
        for kind, escape in _shelters(knowledge, places, avoid, to):
            if not escape.enters:
                return Chosen(escape=escape, kind=kind, safe=True)
    shut = to(place.id for place in exits)
    last = shut if shut and not shut.enters else crossing or shut
    return Chosen(escape=last, kind="exit", safe=False) if last else None


def _shelters(knowledge: Knowledge, places: list[FoundPlace], avoid: frozenset[str], to: To) -> Iterator[tuple[Kind, Escape]]:
    """Where to wait for help: the nearest refuge, else the help points, the furthest from the fire first, else where no fire is."""
    if refuge := to(place.id for place in places if place.category == "refuge"):
        yield "refuge", refuge
    zones = knowledge.zones()
    fire = {zone for key in avoid if (zone := zones.zone(key))}
    metres = zones.metres_from(fire)
    points = [place.id for place in places if place.category == "help_point"]
    for point in sorted(points, key=lambda point: -metres.get(zones.zone(point) or "", inf)):
        if found := to([point]):
            yield "waiting", found
    if found := to(zone for zone in zones.zones() if zone not in fire):
        yield "staying", found


def _sentences(renderer: Renderer, chosen: Chosen, route: Route, name: str, heading: float | None) -> list[str]:
    """Where nothing is safe this is said first; where to wait is said last."""
    told = [row.text for row in rows(renderer, route, heading)]
    if not told and chosen.kind != "staying":
        told = [renderer.text("utter_wayfinding_here")]
    if not chosen.safe:
        told.insert(0, _word("unsafe", renderer.language))
    if chosen.kind != "exit":
        told.append(_word(chosen.kind, renderer.language).format(name=name))
    return told


def unsafe(language: str) -> str:
    """What is said where no way is known to be safe."""
    return _word("unsafe", language)


def _word(message: Message, language: str) -> str:
    return WORDS[message].get(language, WORDS[message]["en"])
