"""A way through the station in words: small walks in one, distances as people say them, signs quoted."""

from dataclasses import dataclass, replace
from math import ceil

from assistant.answers.renderer import Renderer
from assistant.conversation.models import StepRow
from assistant.knowledge.models import Route, Step

SHORT_M = 8.0
"""A walk shorter than this that no sign and no name marks is not worth a word."""
CLIMBS = ("stairs", "escalator", "lift")
TAKEN = (*CLIMBS, "moving_walkway")


FEW = {
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "zh": ("零", "一", "两", "三", "四", "五", "六", "七", "八", "九"),
    "ko": ("영", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"),
}


class Few(int):
    """A small number that is said as a word in one language."""

    language: str

    def __new__(cls, number: int, language: str) -> "Few":
        """A number in a language."""
        few = super().__new__(cls, number)
        few.language = language
        return few

    def __str__(self) -> str:
        words = FEW.get(self.language, ())
        return words[self] if self < len(words) else int.__repr__(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Steps that are one instruction."""

    steps: tuple[Step, ...]

    @property
    def last(self) -> Step:
        """Where it ends."""
        return self.steps[-1]

    @property
    def metres(self) -> float | None:
        """Its length, None where a part has none."""
        lengths = [step.metres for step in self.steps]
        return None if None in lengths else sum(length or 0.0 for length in lengths)

    @property
    def sign(self) -> str | None:
        """What its first sign says."""
        return next((step.sign for step in self.steps if step.sign), None)

    @property
    def slight(self) -> bool:
        """True where it goes without saying."""
        return self.last.mode == "walkway" and not self.sign and not self.last.goal_name and (self.metres or SHORT_M) < SHORT_M


def stretches(steps: tuple[Step, ...]) -> list[Stretch]:
    """The steps as instructions: walks are joined until a sign says something new, and slight ones join what follows."""
    joined: list[Stretch] = []
    for step in steps:
        before = joined[-1] if joined else None
        if before and before.last.mode == step.mode == "walkway" and (step.sign in (None, before.sign) or before.slight):
            joined[-1] = replace(before, steps=(*before.steps, step))
        else:
            joined.append(Stretch(steps=(step,)))
    told: list[Stretch] = []
    unsaid: tuple[Step, ...] = ()
    for stretch in joined:
        whole = replace(stretch, steps=unsaid + stretch.steps)
        unsaid = whole.steps if stretch.slight and stretch is not joined[-1] else ()
        told += [] if unsaid else [whole]
    return told


def rows(renderer: Renderer, route: Route, heading: float | None) -> list[StepRow]:
    """The instructions of a way from the kiosk, whose user looks towards `heading` (degrees clockwise from north)."""
    told = stretches(route.steps)
    made, place, quoted, level = [], route.start_name, None, None
    climbed = any(step.levels for step in route.steps if step.mode in CLIMBS)
    for at, stretch in enumerate(told):
        last = at == len(told) - 1
        goal = goal_words(renderer, route) if last else (stretch.last.goal_name or "").rstrip(".")
        turn = turn_of(route.steps[0], heading) if at == 0 else None
        if level is None or not climbed or stretch.last.mode in CLIMBS:  # see `climb`
            level = stretch.last.level_name
        made.append(
            StepRow(
                text=_words(renderer, stretch, goal=goal, by=place, turn=turn, quoted=quoted), mode=stretch.last.mode,
                level=level, metres=None if stretch.metres is None else rounded_m(stretch.metres),
                seconds=sum(step.seconds for step in stretch.steps),
            )
        )
        quoted = stretch.sign or quoted
        place = "" if stretch.last.goal_name else place if stretch.last.mode in ("fare_gate", "exit_gate") else ""
    return made


def goal_words(renderer: Renderer, route: Route) -> str:
    """What the goal is called in a sentence."""
    if route.goal_platform:
        return renderer.text("utter_wayfinding_platform", platform=route.goal_platform)
    return route.goal_name.rstrip(".") or route.goal_id


def rounded_m(metres: float) -> int:
    """Metres as people say them: 5, 10, 20, … 100, 150, …"""
    if metres < 7.5:
        return 5 if metres else 0
    unit = 10 if metres < 95 else 50
    return int(metres / unit + 0.5) * unit


def minutes(seconds: int) -> int:
    """Whole minutes, rounded up."""
    return max(1, ceil(seconds / 60))


def climb(steps: tuple[Step, ...]) -> int | None:
    """Levels gone up (below 0 down); None where a level that is gone to is not known, or lies between two floors.

    Feeds give some platforms the level above or below their own: where stairs, escalators and lifts tell the level, walks do not.
    """
    changes = [step.levels for step in steps if step.mode in CLIMBS]
    total = sum(changes if any(changes) else [step.levels for step in steps])
    unknown = any(step.level_name is None for step in steps if step.mode in CLIMBS)
    return None if unknown or total != round(total) else round(total)


def turn_of(step: Step, heading: float | None) -> str | None:
    """The side to which somebody at the screen turns: ahead, right, around or left; None where the data does not tell."""
    if heading is None or step.bearing is None or step.mode in CLIMBS:
        return None
    return ("ahead", "right", "around", "left")[round((step.bearing - heading) % 360 / 90) % 4]


def _words(renderer: Renderer, stretch: Stretch, *, goal: str, by: str, turn: str | None, quoted: str | None) -> str:
    texts = [renderer.text(f"utter_wayfinding_turn_{turn}")] if turn else []
    mode, sign = stretch.last.mode, stretch.sign
    if mode == "walkway":
        texts.append(_walk(renderer, stretch.metres, goal))
    elif mode in TAKEN:
        texts += _take(renderer, stretch.last, by)
    else:
        texts.append(renderer.text("utter_wayfinding_fare_gate" if mode == "fare_gate" else "utter_wayfinding_exit_gate"))
    if sign and sign != quoted and sign.casefold() != goal.casefold():
        texts.append(renderer.text("utter_wayfinding_sign", sign=sign))
    return ("" if renderer.language == "zh" else " ").join(texts)


def _walk(renderer: Renderer, metres: float | None, goal: str) -> str:
    if metres is None:
        return renderer.text("utter_wayfinding_go_to", goal=goal) if goal else renderer.text("utter_wayfinding_go")
    if goal:
        return renderer.text("utter_wayfinding_walk_to", metres=rounded_m(metres), goal=goal)
    return renderer.text("utter_wayfinding_walk", metres=rounded_m(metres))


def _take(renderer: Renderer, step: Step, by: str) -> list[str]:
    means = means_words(renderer, step.mode, by)
    rise = step.levels or step.stairs or 0
    where = "up" if rise > 0 else "down" if rise < 0 else "on"
    if step.level_name and step.levels:
        texts = [renderer.text(f"utter_wayfinding_level_{where}", means=means, level=step.level_name)]
    else:
        texts = [renderer.text(f"utter_wayfinding_take_{where}", means=means)]
    if step.stairs:
        texts.append(renderer.text("utter_wayfinding_stairs", count=abs(step.stairs)))
    return texts


def means_words(renderer: Renderer, mode: str, by: str) -> str:
    """A lift, stairs, … and where they begin: "the lift by Main hall"."""
    means = renderer.text(f"utter_wayfinding_means_{mode}")
    return renderer.text("utter_wayfinding_by", means=means, place=by.rstrip(".")) if by else means
