"""Accounts, made and changed within a transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.accounts.models import Account, Role
from assistant.accounts.secrets import identity
from assistant.accounts.tables import AccountRow, AuditHeadRow
from assistant.errors import Conflict, NotFound


def account_of(row: AccountRow) -> Account:
    """A row as others know it: without its password."""
    return Account(
        id=row.id, name=row.name, role=cast("Role", row.role), active=row.active, ready=row.password is not None, made_at=row.made_at,
    )  # fmt: skip


def listed(session: Session) -> Sequence[Account]:
    """Every account, by name."""
    return [account_of(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.name))]


def named(session: Session, name: str) -> AccountRow | None:
    """The account of a name."""
    return session.scalars(select(AccountRow).where(AccountRow.name == name)).one_or_none()


def by_id(session: Session, account_id: str) -> AccountRow:
    """The account of an id. Raises NotFound."""
    row = session.get(AccountRow, account_id)
    if row is None:
        raise NotFound("no account has this id", code="account-not-found")
    return row


def make(session: Session, name: str, role: Role, now: datetime) -> AccountRow:
    """A new account, without a password. Raises Conflict where the name is taken."""
    row = AccountRow(id=identity(), name=name, role=role, password=None, active=True, made_at=now)
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        raise Conflict("this name is taken", code="name-taken") from None
    return row


def keep_an_admin(session: Session, row: AccountRow) -> None:
    """Raises Conflict where `row` is the last one that can let others in. Held until the transaction ends, so that no two leave at once."""
    session.scalars(select(AuditHeadRow).where(AuditHeadRow.id == 1).with_for_update()).one()
    others = _admins().where(AccountRow.id != row.id)
    if row.role == "admin" and row.active and not session.scalar(others):
        raise Conflict("this is the last admin who can sign in", code="last-admin", hint="make another one first")


def ready(session: Session) -> bool:
    """Whether anybody can sign in as admin."""
    return bool(session.scalar(_admins()))


def _admins() -> Select[int]:
    """How many can sign in as admin."""
    return select(func.count()).where(AccountRow.role == "admin", AccountRow.active, AccountRow.password.is_not(None))
