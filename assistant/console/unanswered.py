"""What people could not get answered: by topic and public name, once enough of them had it."""

from collections.abc import Sequence

from fastapi import APIRouter, Depends

from assistant.answers.context import Context
from assistant.answers.desk import Desk
from assistant.console.door import Door
from assistant.conversation.models import Wire
from assistant.knowledge.categories import named_categories
from assistant.unanswered.counter import Counter
from assistant.unanswered.models import Kind, Name, NameKind, Row, Topic


class NameView(Wire):
    """A public name of the station."""

    kind: NameKind
    id: str
    names: dict[str, str]
    """By language; empty for a subject, and for what the station no longer has."""


class UnansweredView(Wire):
    """One question, by what it was about."""

    kind: Kind
    topic: Topic
    language: str
    name: NameView | None
    at_least: int
    """Conversations that had it, rounded down to whole steps of the list's `conversations`."""


class UnansweredList(Wire):
    """The most asked first. What fewer people asked is told to nobody."""

    conversations: int
    hours: int
    rows: Sequence[UnansweredView]


def router(door: Door, unanswered: Counter, desk: Desk) -> APIRouter:
    """The route `/unanswered`."""
    routes = APIRouter(tags=["overview"], dependencies=[Depends(door.viewer)])

    @routes.get("/unanswered")
    def listed() -> UnansweredList:
        """Questions that found no answer, by topic and public name, of enough conversations over enough hours."""
        limits, contexts = unanswered.limits, [desk.context(language) for language in desk.languages]
        return UnansweredList(
            conversations=limits.conversations, hours=limits.hours, rows=[_view(row, contexts) for row in unanswered.rows()],
        )  # fmt: skip

    return routes


def _view(row: Row, contexts: Sequence[Context]) -> UnansweredView:
    key = row.key
    name = NameView(kind=key.name.kind, id=key.name.id, names=_names(key.name, contexts)) if key.name else None
    return UnansweredView(kind=key.kind, topic=key.topic, language=key.language, name=name, at_least=row.at_least)


def _names(name: Name, contexts: Sequence[Context]) -> dict[str, str]:
    if name.kind in (NameKind.CATEGORY, NameKind.SUBJECT):
        return next((dict(each.names) for each in named_categories() if each.id == name.id), {})
    return {context.language: found for context in contexts if (found := _named(name, context))}


def _named(name: Name, context: Context) -> str | None:
    """What a stop, line or place is called now."""
    knowledge, language = context.knowledge, context.language
    if name.kind is NameKind.STOP:
        stop = knowledge.stop(name.id, language)
        return stop.name if stop else None
    if name.kind is NameKind.LINE:
        line = knowledge.line(name.id, language)
        return line.name if line else None
    return next((place.name for place in knowledge.places(place_id=name.id, at=context.now, language=language)), None)
