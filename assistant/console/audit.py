"""The audit log, read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from assistant.accounts import audit
from assistant.console.door import Door
from assistant.conversation.models import Wire

MOST = 500


class AuditLine(Wire):
    """Who did what to which object, and when."""

    number: int
    at: datetime
    actor: str
    """Id of an account, or `machine`."""
    name: str | None
    """Of the account, while there is one."""
    action: str
    object: str
    before: str | None
    after: str | None
    hash: str


class AuditLog(Wire):
    """Lines, the newest first."""

    entries: Sequence[AuditLine]


class AuditCheck(Wire):
    """Whether the log is as it was written."""

    broken_at: int | None
    """Number of the first line that other hands changed, took out or put in."""


def router(door: Door) -> APIRouter:
    """The routes of `/audit`."""
    routes = APIRouter(prefix="/audit", tags=["audit"], dependencies=[Depends(door.admin)])

    @routes.get("")
    def log(limit: Annotated[int, Query(ge=1, le=MOST)] = 100, before: Annotated[int, Query(ge=1)] | None = None) -> AuditLog:
        """What was changed, by whom; `before` a number for older lines."""
        names = {account.id: account.name for account in door.access.accounts()}
        with door.access.database.reading() as session:
            entries = audit.listed(session, limit=limit, before=before)
        return AuditLog(entries=[
            AuditLine(
                number=entry.number, at=entry.at, actor=entry.change.actor, name=names.get(entry.change.actor), action=entry.change.action,
                object=entry.change.object, before=entry.change.before, after=entry.change.after, hash=entry.hash,
            ) for entry in entries
        ])  # fmt: skip

    @routes.get("/check")
    def check() -> AuditCheck:
        """Follows the chain from the first line to the last."""
        with door.access.database.reading() as session:
            return AuditCheck(broken_at=audit.broken(session))

    return routes
