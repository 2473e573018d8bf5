from datetime import UTC, datetime, timedelta

import pytest

from assistant.conversation.store import ConversationStore
from assistant.errors import Busy, NotFound


class HandClock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def trusted(self) -> bool:
        return True


def test_a_conversation_expires_and_is_named_once() -> None:
    clock = HandClock()
    store = ConversationStore(clock, expiry_s=60)
    conversation = store.open("en")
    clock.time += timedelta(seconds=59)
    assert store.get(conversation.id) is conversation
    clock.time += timedelta(seconds=59)
    assert store.get(conversation.id) is conversation, "a look at it starts its expiry anew"
    clock.time += timedelta(seconds=60)
    with pytest.raises(NotFound):
        store.get(conversation.id)
    assert store.expired() == [conversation.id]
    assert store.expired() == []
    assert len(store) == 0


def test_conversations_are_bounded_in_number() -> None:
    store = ConversationStore(HandClock(), expiry_s=60, limit=2)
    first = store.open("en")
    store.open("en")
    with pytest.raises(Busy):
        store.open("en")
    assert store.open("ko", kiosk=True).language == "ko", "headless clients must not lock the page out"
    store.close(first.id)
    with pytest.raises(Busy):
        store.open("en")
