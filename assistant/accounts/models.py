"""Who may what, and what was done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

type Role = Literal["viewer", "editor", "publisher", "admin"]
ROLES: Final[tuple[Role, ...]] = ("viewer", "editor", "publisher", "admin")
"""Each may what those before it may."""
MACHINE: Final = "machine"
"""Who acts at the command line of the machine itself."""
NAME: Final = r"^[a-z][a-z0-9._-]{1,31}$"
"""Names of accounts: no spaces, no capitals, so that two never look alike."""

ID: Final = r"^[0-9a-f]{12}$"
"""Ids of accounts, tokens and reports."""


def reaches(role: Role, needed: Role) -> bool:
    """True where `role` may what `needed` may."""
    return ROLES.index(role) >= ROLES.index(needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody of the station."""

    id: str
    """12 hex digits; the audit log knows people by it alone."""
    name: str
    role: Role
    active: bool
    ready: bool
    """False until its person has set a password."""
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody who is signed in."""

    account: Account
    ends_at: datetime
    """When the session ends even if it is used."""
    csrf: str
    """What every change has to show, bound to the session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A new session."""

    secret: str
    """256 random bits; only their hash is kept."""
    visitor: Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedToken:
    """A token of the API, made in the console."""

    id: str
    name: str
    scopes: tuple[str, ...]
    made_by: str
    """Id of an account."""
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What somebody does: words of this program, ids and hashes; no free text."""

    actor: str
    """Id of an account, or `machine`."""
    action: str
    """As `account.made`."""
    object: str
    """Kind and id, as `account:5f0c3a9e21d4`."""
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the audit log."""

    number: int
    """Counted from 1 without a gap."""
    at: datetime
    change: Change
    hash: str
    """SHA-256 of this line and of the hash before it."""
