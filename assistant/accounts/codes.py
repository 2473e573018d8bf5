"""One-time codes: one for whoever stands at the machine, one for each new colleague."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from assistant.accounts.secrets import code, digest, typed
from assistant.accounts.tables import CodeRow
from assistant.errors import NotAuthorised

MACHINE_LASTS = timedelta(minutes=15)
INVITATION_LASTS = timedelta(hours=24)


def issue(session: Session, account_id: str | None, now: datetime) -> tuple[str, datetime]:
    """A new code and when it expires; earlier ones for the same purpose are void. `account_id` None: an admin's, for the machine only."""
    session.execute(delete(CodeRow).where(CodeRow.account_id == account_id if account_id else CodeRow.account_id.is_(None)))
    made, expires_at = code(), now + (INVITATION_LASTS if account_id else MACHINE_LASTS)
    session.add(CodeRow(hash=digest(made), account_id=account_id, expires_at=expires_at, used_at=None))
    return made, expires_at


def take(session: Session, text: str, now: datetime) -> str | None:
    """Uses a code up and gives whose it is; None for an admin's. Raises NotAuthorised, the same for unknown, used and expired ones."""
    key = digest(typed(text))
    # One statement: of two who use it at once, one finds it used.
    fresh = (CodeRow.hash == key) & CodeRow.used_at.is_(None) & (CodeRow.expires_at > now) & (CodeRow.expires_at <= now + INVITATION_LASTS)
    taken = session.execute(update(CodeRow).where(fresh).values(used_at=now).returning(CodeRow.account_id)).first()
    if taken is None:
        raise NotAuthorised("this code is not valid, or not any more", code="code-refused", hint="make a new one")
    return taken[0]
