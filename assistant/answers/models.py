"""What an answer is made of. Pydantic, because an answer travels through Rasa as JSON."""

from typing import Literal

from pydantic import Field

from assistant.conversation.models import Ask, Reply, SlotValue, SourceRow, Suggestion, Wire
from assistant.knowledge.models import Source
from assistant.speech.models import Pace
from assistant.unanswered.models import Kind, NameKind


class Missed(Wire):
    """That a question found no answer, and which public name it was about."""

    kind: Kind
    of: NameKind | None = None
    id: str | None = None
    """Of the station's data. It is counted only where it is there (`conversation/missed.py`)."""


class Answer(Wire):
    """Replies with the rows they rest on, and what the conversation knows from now on."""

    replies: list[Reply]
    suggestions: list[Suggestion] = Field(default_factory=list)
    sources: list[SourceRow] = Field(default_factory=list)
    slots: list[SlotValue] = Field(default_factory=list)
    """What the conversation knows now; a type that is not named is forgotten by `forgets`."""
    forgets: list[str] = Field(default_factory=list)
    """Slot types that no longer hold."""
    language: str | None = None
    """Set where the conversation changes its language."""
    asked: Ask | None = None
    """The question that this answers, as a tile would ask it: to be asked again, in another language, or of something else."""
    waiting: Literal["destination", "place"] | None = None
    """Set where this asks back for what `asked` lacks."""
    pace: Pace | None = None
    """Set where the voice is to speak slower, or as usual again, from now on."""
    aside: bool = False
    """True for a word in between that is about no question: everything goes on as it was."""
    ends: bool = False
    """True where nothing of what was said before may be known any longer: start over, goodbye, "forget what I said"."""
    missed: Missed | None = None
    """Set where the question found no answer."""
    answer_ms: float = 0.0
    """Time spent on looking up and wording, in milliseconds."""


def row(source: Source) -> SourceRow:
    """The wire form of a source."""
    return SourceRow(kind=source.kind, table=source.table, key=source.key, as_of=source.as_of)
