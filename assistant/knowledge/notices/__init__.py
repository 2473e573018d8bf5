"""Short messages of the station, written in the console and told to travellers while they are in force."""

from assistant.knowledge.notices.board import NoticeBoard, is_notice
from assistant.knowledge.notices.models import Notice, NoticeKind

__all__ = ["Notice", "NoticeBoard", "NoticeKind", "is_notice"]
