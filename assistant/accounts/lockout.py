"""Guessing takes ever longer: tries are counted by name and by address, before the password is looked at."""

import math
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.accounts.secrets import digest
from assistant.accounts.tables import AttemptRow
from assistant.errors import TooMany

FREE_BY_NAME, FREE_BY_ADDRESS = 5, 20
"""Tries without a wait. At an address there may be several people."""
LONGEST_S = 900
FORGET = timedelta(days=1)
MOST = 10_000
"""Names and addresses remembered; the oldest go."""


def wait_s(count: int, free: int) -> int:
    """Seconds to wait after so many failed tries: 0, then 2, 4, 8 … to a quarter of an hour."""
    over = count - free + 1
    return 0 if over <= 0 else min(LONGEST_S, 2 ** min(over, 10))


def keys(name: str, address: str) -> dict[str, int]:
    """Key → free tries. Names that nobody has are counted like any other, so that nothing tells them apart."""
    return {digest(f"name:{name}"): FREE_BY_NAME, digest(f"address:{address}"): FREE_BY_ADDRESS}


def count(session: Session, tries: dict[str, int], now: datetime) -> bool:
    """Counts a try; True where it is the last without a wait. Raises TooMany, uncounted, where this one had to.

    It is counted before anybody knows whether it fails: of many tries at once, none slips through.
    """
    rows = {row.key: row for row in session.scalars(select(AttemptRow).where(AttemptRow.key.in_(tries)).with_for_update())}
    left = max((_left_s(row, tries[row.key], now) for row in rows.values()), default=0)
    if left:
        raise TooMany("too many tries; wait a little", left)
    for key in tries:
        if (row := rows.get(key)) is None:
            _make_room(session)
            session.add(AttemptRow(key=key, count=1, last_at=now))
        else:
            row.count, row.last_at = (row.count + 1 if row.last_at > now - FORGET else 1), now
    session.flush()
    return any(row.count == tries[key] for key, row in rows.items())


def succeeded(session: Session, name: str, address: str) -> None:
    """Forgets the tries with a name. Those from an address stay, less this one: else an own account would set it free to go on guessing."""
    by_name, by_address = keys(name, address)
    session.execute(delete(AttemptRow).where(AttemptRow.key == by_name))
    row = session.get(AttemptRow, by_address)
    if row is not None:
        row.count = max(0, row.count - 1)


def forget(session: Session, name: str) -> None:
    """Forgets the tries with a name."""
    session.execute(delete(AttemptRow).where(AttemptRow.key == digest(f"name:{name}")))


def sweep(session: Session, now: datetime) -> None:
    """Forgets what is older than a day."""
    session.execute(delete(AttemptRow).where(AttemptRow.last_at < now - FORGET))


def _left_s(row: AttemptRow, free: int, now: datetime) -> int:
    """Whole seconds still to wait. Where the clock was set far back since, nobody waits for it to come round again."""
    wait = wait_s(row.count, free)
    passed = (now - row.last_at).total_seconds()
    return 0 if passed < -LONGEST_S else max(0, min(wait, math.ceil(wait - passed)))


def _make_room(session: Session) -> None:
    if (session.scalar(select(func.count()).select_from(AttemptRow)) or 0) >= MOST:
        oldest = select(AttemptRow.key).order_by(AttemptRow.last_at).limit(MOST // 10)
        session.execute(delete(AttemptRow).where(AttemptRow.key.in_(oldest)))
