"""From an answer that is none to what it is counted under: of the station's own ids and this program's words, or not at all."""

from datetime import datetime

from assistant.answers.models import Answer, Missed
from assistant.knowledge import Knowledge
from assistant.knowledge.categories import categories, groups
from assistant.knowledge.facts import TOPICS
from assistant.unanswered.models import LONGEST, Key, Kind, Name, NameKind, PublicId, Topic

WORDS = frozenset({*TOPICS, *categories(), *groups()})
"""Kinds of places, groups of them, and subjects of facts: the program's own words."""


def topic_of(intent: str | None) -> Topic | None:
    """The topic that an intent's name begins with."""
    return next((topic for topic in Topic if intent and intent.startswith(f"{topic}_")), None)


def key_of(
    answer: Answer, understood: str, nearest: str | None, language: str, served: tuple[str, ...], knowledge: Knowledge, at: datetime
) -> Key | None:
    """What a turn is counted under; None where it found an answer, or where nothing public tells what it was about.

    `understood` is the intent, `nearest` the likeliest one where none was sure. What is no id of the station's data is left out.
    """
    missed = answer.missed
    if missed is None or language not in served:
        return None
    asked = answer.asked.intent if answer.asked else None
    topic = topic_of(nearest) if missed.kind is Kind.NOT_UNDERSTOOD else topic_of(asked) or topic_of(understood)
    if topic is None:
        return None
    return Key(kind=missed.kind, topic=topic, language=PublicId(language), name=_name(missed, language, knowledge, at))


def _name(missed: Missed, language: str, knowledge: Knowledge, at: datetime) -> Name | None:
    """The name where it is one of the station's own."""
    kind, said = missed.of, missed.id
    if kind is None or said is None or len(said) > LONGEST:
        return None
    match kind:
        case NameKind.STOP:
            known = knowledge.stop(said, language) is not None
        case NameKind.LINE:
            known = knowledge.line(said, language) is not None
        case NameKind.PLACE:
            known = bool(knowledge.places(place_id=said, at=at, language=language))
        case NameKind.CATEGORY | NameKind.SUBJECT:
            known = said in WORDS
    return Name(kind=kind, id=PublicId(said)) if known else None
