"""What every answer is looked up with: the rooms, the moment, the language, and the slots of the question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from assistant.answers.models import Answer
from assistant.answers.ports import NOBODY, NOTHING_STANDS, Reporter, Warnings
from assistant.answers.renderer import Renderer
from assistant.conversation.models import Ask, ChoicesCard, Reply, SlotValue, Suggestion
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge, names
from assistant.knowledge.models import Match
from assistant.settings import Settings

Slots = Mapping[str, str]
"""Slot type → what was said, or the id that a tile carries."""

type Meant = dict[Literal["destination", "origin", "line"], Match]
"""What a question about trains names."""

CLEAR = names.CLEAR
"""From this confidence on a name is taken as meant, unless another is as near."""
LONGEST_REPEATED = 30
REPEATED = re.compile(r"[^\W\d_][^\W_]*(?:[ .'’·-]{1,2}[^\W_]+)*\.?")
TILES = 4
"""Most tiles that are offered as a choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One question's surroundings."""

    settings: Settings
    knowledge: Knowledge
    environment: Monitor
    renderer: Renderer
    now: datetime
    """Aware, in the station's zone."""
    clock_trusted: bool
    reporter: Reporter = NOBODY
    """Whom an emergency is reported to."""
    warnings: Warnings = NOTHING_STANDS
    """What is warned of now."""
    conversation: str = ""
    """In which the question was asked; "" for none."""
    step_free: bool = False
    """True for who takes no stairs: every walk that is told or shown is one without."""

    @property
    def language(self) -> str:
        """The language the answer is given in."""
        return self.renderer.language

    def in_language(self, language: str) -> "Context":
        """The same surroundings in another language."""
        return replace(self, renderer=replace(self.renderer, language=language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a slot means: one thing, several near ones, or nothing known."""

    match: Match | None = None
    near: tuple[Match, ...] = ()
    said: str = ""
    """The name as it may be repeated, where nothing is known by it; empty where it had better not be."""


def resolve(context: Context, said: str, kinds: set[str]) -> Resolved:
    """The stop, line or place that `said` means: an id as it is, else a name by its closeness."""
    knowledge = context.knowledge
    if "stop" in kinds and (stop := knowledge.stop(said, context.language)):
        return Resolved(match=Match(kind="stop", id=stop.id, name=stop.name, confidence=1.0))
    if "line" in kinds and (line := knowledge.line(said, context.language)):
        return Resolved(match=Match(kind="line", id=line.id, name=line.name, confidence=1.0))
    if "place" in kinds and (places := knowledge.places(place_id=said, at=context.now, language=context.language)):
        return Resolved(match=Match(kind="place", id=places[0].id, name=places[0].name, confidence=1.0))
    matches = knowledge.match(said.removeprefix("category:").replace("_", " "), language=context.language, kinds=kinds, limit=TILES)
    clear = [match for match in matches if match.confidence >= CLEAR]
    if len(clear) == 1 or (clear and clear[0].confidence > clear[1].confidence):
        return Resolved(match=clear[0])
    if clear and len({match.name.casefold() for match in clear}) == 1:
        # A place that is called like its kind: the kind knows all of them.
        return Resolved(match=next((match for match in clear if match.kind == "category"), clear[0]))
    if kind := _kind_of_all(context, clear):
        return Resolved(match=kind)
    return Resolved(near=tuple(clear or matches), said="" if matches else repeatable(said))


def repeatable(said: str) -> str:
    """A name as an answer may repeat it: short, of letters and what stands between them; else nothing."""
    name = " ".join(said.split())
    if len(name) > LONGEST_REPEATED or not REPEATED.fullmatch(name):
        return ""
    return name.title() if name.isascii() and name.islower() else name


def _kind_of_all(context: Context, matches: list[Match]) -> Match | None:
    """The one kind among these to which all the places belong: "lost property office" is a kind, and an office of this name."""
    kinds = [match for match in matches if match.kind == "category"]
    places = [match.id for match in matches if match.kind == "place"]
    if len(kinds) != 1 or len(kinds) + len(places) != len(matches):
        return None
    found = [place for key in places for place in context.knowledge.places(place_id=key, at=context.now, language=context.language)]
    return kinds[0] if all(place.category == kinds[0].id for place in found) else None


def slots_of(meant: Meant) -> list[SlotValue]:
    """What a question names, as the turn shows it."""
    return [SlotValue(type=kind, value=match.name, id=match.id) for kind, match in meant.items()]


def choices(
    context: Context, response: str, tiles: list[Suggestion], waiting: Literal["destination", "place"] | None = None, **values: object
) -> Answer:
    """A question with tiles to choose from; `waiting` is what an answer to it names."""
    title = context.renderer.text(response, **values)
    reply: Reply = context.renderer.reply((response, values), card=ChoicesCard(title=title, choices=tiles) if tiles else None)
    return Answer(replies=[reply], suggestions=tiles, waiting=waiting)


def ask(intent: str, **slots: str) -> Ask:
    """What a tile asks."""
    return Ask(intent=intent, slots=slots)
