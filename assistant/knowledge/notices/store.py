"""Notices in the database."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.database import Database
from assistant.errors import Conflict, NotFound, Stale
from assistant.knowledge.notices.models import MOST, Notice, NoticeKind
from assistant.knowledge.notices.tables import NoticeRow

KEPT = timedelta(days=90)
"""So long one that is over can be looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody writes."""

    kind: NoticeKind
    texts: dict[str, str]
    since: datetime
    until: datetime
    stops: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def reader(database: Database) -> Callable[[], Sequence[Notice]]:
    """Reads every notice. The reader raises Unavailable."""

    def read() -> Sequence[Notice]:
        with database.reading() as session:
            return listed(session)

    return read


def listed(session: Session) -> list[Notice]:
    """Every notice, by when it begins."""
    return [_notice(row) for row in session.scalars(select(NoticeRow).order_by(NoticeRow.since, NoticeRow.id))]


def find(session: Session, notice_id: str) -> Notice:
    """One notice. Raises NotFound."""
    return _notice(_row(session, notice_id))


def identity() -> str:
    """The id of a new one."""
    return secrets.token_hex(6)


def add(session: Session, notice_id: str, said: Written, by: str, at: datetime, now: datetime) -> Notice:
    """A new notice, written `at` by the machine's time; what was over long before `now`, by the station's, is forgotten.

    Raises Conflict where there are too many.
    """
    session.execute(delete(NoticeRow).where(NoticeRow.until < now - KEPT))
    if (session.scalar(select(func.count()).select_from(NoticeRow)) or 0) >= MOST:
        raise Conflict(f"there are {MOST} notices already", code="too-many-notices")
    row = NoticeRow(id=notice_id, version=1, made_by=by, changed_at=at)
    _fill(row, said)
    session.add(row)
    return _notice(row)


def change(session: Session, notice_id: str, said: Written, version: int, at: datetime) -> Notice:
    """Other words or times for one that is still as it was read. Raises NotFound, Stale."""
    row = _row(session, notice_id)
    if row.version != version:
        raise Stale("somebody has changed this notice since you read it", code="notice-changed")
    row.version, row.changed_at = row.version + 1, at
    _fill(row, said)
    return _notice(row)


def remove(session: Session, notice_id: str) -> None:
    """It is told no more. Raises NotFound."""
    session.delete(_row(session, notice_id))


def _row(session: Session, notice_id: str) -> NoticeRow:
    row = session.get(NoticeRow, notice_id)
    if row is None:
        raise NotFound("no notice has this id", code="notice-not-found")
    return row


def _fill(row: NoticeRow, said: Written) -> None:
    row.kind, row.texts, row.since, row.until = said.kind, dict(said.texts), said.since, said.until
    row.stops, row.lines = list(said.stops), list(said.lines)


def _notice(row: NoticeRow) -> Notice:
    return Notice(
        id=row.id, kind=cast("NoticeKind", row.kind), texts=dict(row.texts), since=row.since, until=row.until, stops=tuple(row.stops),
        lines=tuple(row.lines), version=row.version, made_by=row.made_by, changed_at=row.changed_at,
    )  # fmt: skip
