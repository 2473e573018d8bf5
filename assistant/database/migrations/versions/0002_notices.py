"""Notices of the station."""

import sqlalchemy as sa
from alembic import op

from assistant.database import Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "notices", sa.Column("id", sa.String(12), nullable=False), sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("texts", sa.JSON, nullable=False), sa.Column("since", Moment, nullable=False), sa.Column("until", Moment, nullable=False),
        sa.Column("stops", sa.JSON, nullable=False), sa.Column("lines", sa.JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False), sa.Column("made_by", sa.String(12), nullable=False),
        sa.Column("changed_at", Moment, nullable=False), sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.CheckConstraint("kind IN ('information', 'disruption')", name=op.f("ck_notices_kind")),
    )  # fmt: skip
    op.create_index("ix_notices_until", "notices", ["until"])
