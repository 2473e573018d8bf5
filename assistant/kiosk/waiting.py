"""Conversations whose page was lost: kept for a moment, in memory only, for the page to come back to."""

import asyncio
import contextlib

from assistant.conversation.store import Conversation
from assistant.conversation.turn import Turns
from assistant.errors import NotFound

KEPT_S = 20.0
"""Seconds for which the conversation of a lost page is kept; then it is closed as if the page had said goodbye."""
MOST_KEPT = 3
"""Conversations that are kept at once; the oldest is closed for another one. Far fewer than the room kept for pages."""


class Waiting:
    """Who knows the id of a conversation that waits here gets it back, once. Runs on the event loop."""

    def __init__(self, turns: Turns, kept_s: float = KEPT_S) -> None:
        self._turns, self._kept_s = turns, kept_s
        self._waits: dict[str, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Task[None]] = set()

    def keep(self, conversation_id: str) -> None:
        """The page of this conversation is lost."""
        self._waits[conversation_id] = asyncio.get_running_loop().call_later(self._kept_s, self._over, conversation_id)
        while len(self._waits) > MOST_KEPT:
            self._over(next(iter(self._waits)))

    def back(self, conversation_id: str) -> Conversation | None:
        """The conversation, which waits no longer; None for one that does not wait here, was closed, or has expired."""
        wait = self._waits.pop(conversation_id, None)
        if wait is None:
            return None
        wait.cancel()
        try:
            return self._turns.store.get(conversation_id)
        except NotFound:
            return None

    def _over(self, conversation_id: str) -> None:
        self._waits.pop(conversation_id).cancel()
        closing = asyncio.create_task(self._close(conversation_id))
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    async def _close(self, conversation_id: str) -> None:
        with contextlib.suppress(NotFound):
            await self._turns.close(conversation_id)
