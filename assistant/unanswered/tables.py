"""The table of questions that found no answer."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database import Base
from assistant.unanswered.models import LONGEST


class UnansweredRow(Base):
    """How many conversations had a key within an hour. No conversation, no word, no time but the hour."""

    __tablename__ = "unanswered"
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    topic: Mapped[str] = mapped_column(String(32), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name_kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    """"" for no name, as in `name`."""
    name: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    """When it began."""
    conversations: Mapped[int]
