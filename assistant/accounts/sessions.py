"""Sessions: begun with a fresh secret, kept by its hash, ended on the server."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from assistant.accounts.models import SignedIn, Visitor
from assistant.accounts.people import account_of
from assistant.accounts.secrets import csrf, digest, secret
from assistant.accounts.tables import AccountRow, SessionRow

SEEN_EVERY = timedelta(seconds=60)
"""How exactly it is known when a session was used last: not every click is a write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a session lasts."""

    idle: timedelta
    longest: timedelta


def begin(session: Session, row: AccountRow, now: datetime, limits: Limits) -> SignedIn:
    """A session under a secret that nobody has seen before: what a browser brought along is never taken over."""
    sweep(session, now, limits)
    key = secret()
    session.add(SessionRow(hash=digest(key), account_id=row.id, began_at=now, seen_at=now))
    visitor = Visitor(account=account_of(row), ends_at=now + limits.longest, csrf=csrf(key))
    return SignedIn(secret=key, visitor=visitor)


def find(session: Session, key: str, now: datetime, limits: Limits) -> tuple[Visitor, bool] | None:
    """Who is signed in by a secret, and whether it is time to note that; None for a session that has ended, or an account that is off."""
    row = session.get(SessionRow, digest(key))
    if row is None or not alive(row, now, limits):
        return None
    account = session.get(AccountRow, row.account_id)
    if account is None or not account.active:
        return None
    visitor = Visitor(account=account_of(account), ends_at=row.began_at + limits.longest, csrf=csrf(key))
    return visitor, now - row.seen_at >= SEEN_EVERY


def alive(row: SessionRow, now: datetime, limits: Limits) -> bool:
    """Whether a session lasts. One that began in the future, on a clock that has been set back since, does not."""
    return row.began_at - SEEN_EVERY <= now < row.began_at + limits.longest and now < row.seen_at + limits.idle


def note(session: Session, key: str, now: datetime) -> None:
    """It was used now."""
    row = session.get(SessionRow, digest(key))
    if row is not None:
        row.seen_at = max(row.seen_at, now)


def end(session: Session, key: str) -> None:
    """The secret opens nothing any more."""
    session.execute(delete(SessionRow).where(SessionRow.hash == digest(key)))


def end_all(session: Session, account_id: str) -> None:
    """Every session of an account ends."""
    session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))


def sweep(session: Session, now: datetime, limits: Limits) -> None:
    """Drops those that ended by themselves."""
    session.execute(delete(SessionRow).where((SessionRow.began_at <= now - limits.longest) | (SessionRow.seen_at <= now - limits.idle)))
