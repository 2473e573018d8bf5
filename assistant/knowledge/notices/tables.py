"""The table of notices."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database import Base


class NoticeRow(Base):
    """A message of the station to travellers."""

    __tablename__ = "notices"
    __table_args__ = (CheckConstraint("kind IN ('information', 'disruption')", name="kind"),)
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    since: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)
    stops: Mapped[list[str]] = mapped_column(JSON)
    lines: Mapped[list[str]] = mapped_column(JSON)
    version: Mapped[int]
    made_by: Mapped[str] = mapped_column(String(12))
    """Id of an account, which may be erased since."""
    changed_at: Mapped[datetime]
