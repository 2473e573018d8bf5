"""All SQL of questions that found no answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.unanswered.models import Key, Kind, Limits, Name, NameKind, PublicId, Row, Topic
from assistant.unanswered.tables import UnansweredRow

KEPT = timedelta(days=90)
HOUR = timedelta(hours=1)
type Counts = Mapping[tuple[Key, datetime], int]
"""Key and the hour's beginning → conversations."""


def add(session: Session, counts: Counts) -> None:
    """Adds to what was counted before."""
    for (key, hour), conversations in counts.items():
        name_kind, name = (key.name.kind.value, str(key.name.id)) if key.name else ("", "")
        columns = (key.kind.value, key.topic.value, str(key.language), name_kind, name, hour)
        row = session.get(UnansweredRow, columns)
        if row is None:
            kind, topic, language, name_kind, name, hour = columns
            session.add(UnansweredRow(
                kind=kind, topic=topic, language=language, name_kind=name_kind, name=name, hour=hour, conversations=conversations,
            ))  # fmt: skip
        else:
            row.conversations += conversations


def forget(session: Session, now: datetime) -> None:
    """Drops what is older than is kept."""
    session.execute(delete(UnansweredRow).where(UnansweredRow.hour < now - KEPT))


def rows(session: Session, now: datetime, limits: Limits) -> list[Row]:
    """What enough conversations had, far enough apart; the most asked first. Anything less is never told."""
    table = UnansweredRow
    of = (table.kind, table.topic, table.language, table.name_kind, table.name)
    total = func.sum(table.conversations)
    query = (
        select(*of, total, func.min(table.hour), func.max(table.hour))
        .where(table.hour >= now - KEPT).group_by(*of).having(total >= limits.conversations)
    )  # fmt: skip
    return sorted(_far_enough(session.execute(query), limits), key=lambda row: -row.at_least)


def _far_enough(found: Iterable[Any], limits: Limits) -> Iterable[Row]:
    """Of rows with their key's five columns, the sum, and the first and last hour."""
    for kind, topic, language, name_kind, name, total, first, last in found:
        if last - first - HOUR < timedelta(hours=limits.hours):  # the first may have been at the end of its hour
            continue
        step = limits.conversations
        yield Row(key=_key(kind, topic, language, name_kind, name), at_least=int(total) // step * step)


def _key(kind: str, topic: str, language: str, name_kind: str, name: str) -> Key:
    """What was written by `add`."""
    of = Name(kind=NameKind(name_kind), id=PublicId(name)) if name_kind else None
    return Key(kind=Kind(kind), topic=Topic(topic), language=PublicId(language), name=of)
