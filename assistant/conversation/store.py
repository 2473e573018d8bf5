"""Open conversations, in memory only: bounded in number, expiring, and gone without a trace when closed."""

import asyncio
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf

from assistant.clock import Clock
from assistant.conversation.memory import NOTHING, Memory
from assistant.conversation.models import SlotValue
from assistant.errors import Busy, NotFound
from assistant.unanswered.models import Key

KIOSK_ROOM = 20
"""Conversations that only the page can open: headless clients must not lock a traveller out."""


@dataclass(slots=True, kw_only=True)
class Conversation:
    """One visit. Nothing here outlives it."""

    id: str
    language: str
    expires_at: datetime
    known: dict[str, SlotValue] = field(default_factory=dict)
    memory: Memory = NOTHING
    warned: set[str] = field(default_factory=set)
    """The warnings that were said in it, by id."""
    missed: set[Key] = field(default_factory=set)
    """What it was counted under, so that it is counted once."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class ConversationStore:
    """Conversations by id; the clock is passed in, so that expiry can be tested without waiting."""

    def __init__(self, clock: Clock, expiry_s: float, limit: int = 500) -> None:
        self._clock, self._expiry, self._limit = clock, timedelta(seconds=expiry_s), limit
        self._open: OrderedDict[str, Conversation] = OrderedDict()

    def open(self, language: str, *, kiosk: bool = False) -> Conversation:
        """A new conversation. Raises Busy where too many are open; some room is kept for the kiosk's own page."""
        if len(self._open) >= self._limit + (KIOSK_ROOM if kiosk else 0):
            raise Busy("too many conversations are open; try again in a moment")
        conversation = Conversation(id=secrets.token_urlsafe(16), language=language, expires_at=self._clock.now() + self._expiry)
        self._open[conversation.id] = conversation
        return conversation

    def get(self, conversation_id: str) -> Conversation:
        """An open conversation, whose expiry starts anew. Raises NotFound."""
        conversation = self._open.get(conversation_id)
        if conversation is None or conversation.expires_at <= self._clock.now():
            raise NotFound("no such conversation: it never was, was closed, or has expired", code="unknown-conversation")
        conversation.expires_at = self._clock.now() + self._expiry
        self._open.move_to_end(conversation_id)
        return conversation

    def memory(self, conversation_id: str) -> Memory:
        """What a conversation remembers; nothing where there is none. Its expiry goes on."""
        conversation = self._open.get(conversation_id)
        return conversation.memory if conversation else NOTHING

    def close(self, conversation_id: str) -> Conversation:
        """Drops a conversation. Raises NotFound."""
        conversation = self.get(conversation_id)
        del self._open[conversation_id]
        return conversation

    def expired(self) -> list[str]:
        """Takes out all whose time is over and names them, so that other parts forget them too."""
        now = self._clock.now()
        over = [key for key, conversation in self._open.items() if conversation.expires_at <= now]
        for key in over:
            del self._open[key]
        return over

    def still_s(self) -> float:
        """Seconds since anything happened in an open conversation; endless where none is open."""
        last = max((conversation.expires_at for conversation in self._open.values()), default=None)
        return inf if last is None else (self._clock.now() - last + self._expiry).total_seconds()

    def __len__(self) -> int:
        return len(self._open)
