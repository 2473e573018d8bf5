"""Accounts, sessions, codes, tokens and the audit log."""

import sqlalchemy as sa
from alembic import op

from assistant.database import Moment

revision = "0001"
down_revision = None

SQLITE = """
CREATE TRIGGER audit_no_{name} BEFORE {event} ON audit {when}
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
"""
REPLACED = "WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)"
"""INSERT OR REPLACE takes a row out without the trigger of DELETE."""
POSTGRESQL = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
"""


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "accounts", sa.Column("id", sa.String(12), nullable=False), sa.Column("name", sa.String(32), nullable=False),
        sa.Column("role", sa.String(16), nullable=False), sa.Column("password", sa.String(256)),
        sa.Column("active", sa.Boolean, nullable=False), sa.Column("made_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"), sa.UniqueConstraint("name", name="uq_accounts_name"),
        sa.CheckConstraint("role IN ('viewer', 'editor', 'publisher', 'admin')", name=op.f("ck_accounts_role")),
    )  # fmt: skip
    for name, optional, more in (
        ("sessions", False, [sa.Column("began_at", Moment, nullable=False), sa.Column("seen_at", Moment, nullable=False)]),
        ("codes", True, [sa.Column("expires_at", Moment, nullable=False), sa.Column("used_at", Moment)]),
    ):
        op.create_table(
            name, sa.Column("hash", sa.String(64), nullable=False), sa.Column("account_id", sa.String(12), nullable=optional), *more,
            sa.PrimaryKeyConstraint("hash", name=f"pk_{name}"),
            sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=f"fk_{name}_account_id", ondelete="CASCADE"),
        )  # fmt: skip
        op.create_index(f"ix_{name}_account_id", name, ["account_id"])
    op.create_table(
        "attempts", sa.Column("key", sa.String(64), nullable=False), sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", Moment, nullable=False), sa.PrimaryKeyConstraint("key", name="pk_attempts"),
    )  # fmt: skip
    op.create_index("ix_attempts_last_at", "attempts", ["last_at"])
    op.create_table(
        "tokens", sa.Column("id", sa.String(12), nullable=False), sa.Column("name", sa.String(64), nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False), sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("made_by", sa.String(12), nullable=False), sa.Column("made_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False), sa.Column("revoked_at", Moment), sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("name", name="uq_tokens_name"), sa.UniqueConstraint("sha256", name="uq_tokens_sha256"),
    )  # fmt: skip
    _audit()


def _audit() -> None:
    op.create_table(
        "audit", sa.Column("number", sa.Integer, nullable=False, autoincrement=False), sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False), sa.Column("action", sa.String(64), nullable=False),
        sa.Column("object", sa.String(160), nullable=False), sa.Column("before", sa.String(160)), sa.Column("after", sa.String(160)),
        sa.Column("hash", sa.String(64), nullable=False), sa.PrimaryKeyConstraint("number", name="pk_audit"),
    )  # fmt: skip
    head = op.create_table(
        "audit_head", sa.Column("id", sa.Integer, nullable=False, autoincrement=False), sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )  # fmt: skip
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": "0" * 64}])
    if op.get_bind().dialect.name == "sqlite":
        for event, when in (("UPDATE", ""), ("DELETE", ""), ("INSERT", REPLACED)):
            op.execute(SQLITE.format(name=event.lower(), event=event, when=when))
    else:
        op.execute(POSTGRESQL)
