"""Questions that the station answers in its own words: what it says of a subject, where that is, and else who can tell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

from assistant.answers.context import Context, Slots, ask
from assistant.answers.facilities import best_of, hours_phrases, place_card, place_phrase, walk, way_tiles
from assistant.answers.models import Answer, Missed, row
from assistant.answers.renderer import Phrase
from assistant.answers.staff_help import request as staff
from assistant.conversation.models import SlotValue, SourceRow, Suggestion
from assistant.knowledge.models import Fact, FoundPlace
from assistant.unanswered.models import Kind, NameKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a question is about; `tell` is its look-up."""

    facts: tuple[str, ...]
    """Keys of the station's facts; the first one that it fills is said."""
    unknown: str
    """Said where the station fills none."""
    opening: str | None = None
    """Said before everything else."""
    places: tuple[str, ...] = ()
    """Categories; the place of them that is reached first is told."""
    hours: bool = False
    """True where the hours of the place belong to the answer, also while it is open."""
    place_answers: bool = False
    """True where such a place is an answer without any fact."""
    tiles: Callable[[Context], list[Suggestion]] | None = None
    """What is asked after this."""

    def tell(self, context: Context, slots: Slots, done: Sequence[Phrase] = ()) -> Answer:
        """The station's own words and the place; without either it says so, and where staff are, unless something is `done` about it."""
        fact, place = known(context, self.facts), nearest(context, self.places)
        phrases: list[Phrase] = [*([(self.opening, {})] if self.opening else []), *done]
        missed = None
        if fact:
            phrases.append(("utter_facilities_fact", {"text": fact.text}))
        elif not (place and self.place_answers) and not done:
            phrases.append((self.unknown, {}))
            missed = Missed(kind=Kind.NOT_TOLD, of=NameKind.SUBJECT, id=self.facts[0])
        if place:
            phrases += place_phrases(context, place, hours=self.hours)
        reply = context.renderer.reply(*phrases, card=place_card(context, place, []) if place else None)
        helped = Answer(replies=[]) if fact or place or done else staff(context, {})
        sources: list[SourceRow] = [row(found.source) for found in (fact, place) if found]
        tiles = way_tiles(context, place) if place else helped.suggestions
        return Answer(
            replies=[reply, *helped.replies], sources=[*sources, *helped.sources],
            suggestions=[*tiles, *(self.tiles(context) if self.tiles else []), staff_tile(context)],
            slots=[SlotValue(type="place", value=place.name, id=place.id)] if place else helped.slots, missed=missed,
        )  # fmt: skip


def known(context: Context, keys: tuple[str, ...]) -> Fact | None:
    """The first of these facts that the station fills."""
    return next((fact for key in keys if (fact := context.knowledge.fact(key, context.language))), None)


def nearest(context: Context, categories: tuple[str, ...]) -> FoundPlace | None:
    """The place of these categories that is reached first, an open one before a closed one.

    For who takes no stairs it is one that is reached without, where there is any.
    """
    found = (best_of(context, categories, step_free=True) if context.step_free else []) or best_of(context, categories)

    def distance(place: FoundPlace) -> tuple[bool, float]:
        seconds = walk(context, place)[1]
        return place.open_now is False, inf if seconds is None else seconds

    return min(found, key=distance, default=None)


def place_phrases(context: Context, place: FoundPlace, *, hours: bool = False) -> list[Phrase]:
    """Where a place is; its hours where they are wanted and known, or where it is closed."""
    wanted = place.open_now is False or (hours and place.open_now is not None)
    return [place_phrase(context, place), *(hours_phrases(context, place) if wanted else [])]


def staff_tile(context: Context) -> Suggestion:
    """The tile for help from staff."""
    return context.renderer.suggestion("utter_suggest_staff", ask("staff_help_request"))
