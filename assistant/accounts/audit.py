"""The audit log: who did what to which object and when. Each line carries the hash of the one before; triggers refuse to change one."""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.accounts.models import Change, Entry
from assistant.accounts.tables import AuditHeadRow, AuditRow

WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:@/+-]{0,159}")
"""What a field may hold: ids, hashes and names that this program or its operator made."""
START = "0" * 64


def append(session: Session, change: Change, at: datetime) -> Entry:
    """Adds a line within the transaction of the change itself. Raises ValueError for free text."""
    fields = (change.actor, change.action, change.object, change.before, change.after)
    if not all(field is None or WORD.fullmatch(field) for field in fields):
        raise ValueError("the audit log takes ids, hashes and words of this program only")
    head = session.scalars(select(AuditHeadRow).where(AuditHeadRow.id == 1).with_for_update()).one()
    number, at = head.number + 1, at.astimezone(UTC)
    hash_ = _hash(number, at, change, head.hash)
    session.add(AuditRow(
        number=number, at=at, actor=change.actor, action=change.action, object=change.object, before=change.before, after=change.after,
        hash=hash_,
    ))  # fmt: skip
    head.number, head.hash = number, hash_
    session.flush()
    return Entry(number=number, at=at, change=change, hash=hash_)


def listed(session: Session, *, limit: int, before: int | None = None) -> Sequence[Entry]:
    """Lines, the newest first; `before` a number, where given."""
    query = select(AuditRow).order_by(AuditRow.number.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditRow.number < before)
    return [_entry(row) for row in session.scalars(query)]


def broken(session: Session) -> int | None:
    """Number of the first line that was changed, taken out or put in by other hands; None for a whole log."""
    last = START
    number = 0
    for row in session.scalars(select(AuditRow).order_by(AuditRow.number).execution_options(yield_per=500)):
        number += 1
        entry = _entry(row)
        if entry.number != number or entry.hash != _hash(number, entry.at, entry.change, last):
            return number
        last = entry.hash
    head = session.get(AuditHeadRow, 1)
    return None if head is not None and (head.number, head.hash) == (number, last) else number + 1


def _entry(row: AuditRow) -> Entry:
    change = Change(actor=row.actor, action=row.action, object=row.object, before=row.before, after=row.after)
    return Entry(number=row.number, at=row.at, change=change, hash=row.hash)


def _hash(number: int, at: datetime, change: Change, last: str) -> str:
    line = [number, at.isoformat(), change.actor, change.action, change.object, change.before, change.after, last]
    return hashlib.sha256(json.dumps(line, ensure_ascii=True).encode()).hexdigest()
