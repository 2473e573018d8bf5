"""Questions that found no answer."""

import sqlalchemy as sa
from alembic import op

from assistant.database import Moment

revision = "0003"
down_revision = "0002"

KEY = ("kind", "topic", "language", "name_kind", "name", "hour")


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "unanswered", sa.Column("kind", sa.String(16), nullable=False), sa.Column("topic", sa.String(32), nullable=False),
        sa.Column("language", sa.String(8), nullable=False), sa.Column("name_kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(255), nullable=False), sa.Column("hour", Moment, nullable=False),
        sa.Column("conversations", sa.Integer, nullable=False), sa.PrimaryKeyConstraint(*KEY, name="pk_unanswered"),
    )  # fmt: skip
