"""The tables of who may what. Secrets are there as hashes only."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database import Base


class AccountRow(Base):
    """An account."""

    __tablename__ = "accounts"
    __table_args__ = (CheckConstraint("role IN ('viewer', 'editor', 'publisher', 'admin')", name="role"),)
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str | None] = mapped_column(String(256))
    """argon2id, with its own salt and costs; None until it is set."""
    active: Mapped[bool]
    made_at: Mapped[datetime]


class SessionRow(Base):
    """A session, by the SHA-256 of its secret."""

    __tablename__ = "sessions"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class CodeRow(Base):
    """A one-time code, by its SHA-256."""

    __tablename__ = "codes"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    """Whose password it sets; None: an admin's, made on the machine."""
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AttemptRow(Base):
    """Failed tries with a name or from an address, each by its SHA-256."""

    __tablename__ = "attempts"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)


class TokenRow(Base):
    """A token of the API, by its SHA-256."""

    __tablename__ = "tokens"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class AuditRow(Base):
    """A line of the audit log; triggers refuse to change or delete one."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(64))
    object: Mapped[str] = mapped_column(String(160))
    before: Mapped[str | None] = mapped_column(String(160))
    after: Mapped[str | None] = mapped_column(String(160))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHeadRow(Base):
    """The newest line of the audit log: who writes one takes this row first, and a log cut short at its end no longer fits it."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
