import asyncio
from functools import partial
from typing import Any

import pytest
from fastapi import FastAPI

from assistant.alarm.board import NoAlarms
from assistant.answers.desk import Desk
from assistant.clock import StartedClock
from assistant.conversation.health import Health
from assistant.conversation.store import ConversationStore
from assistant.conversation.turn import Turns
from assistant.events import Changes
from assistant.kiosk import socket
from assistant.kiosk.waiting import Waiting
from assistant.settings import Settings
from tests.fixtures.fakes import DeskDialogue, ScriptedSpeech
from tests.fixtures.kiosk import empty


@pytest.mark.parametrize("taken", [1, 3, 5])
async def test_a_page_that_takes_nothing_any_more_is_given_up(
    desk: Desk, station_settings: Settings, clock: StartedClock, monkeypatch: pytest.MonkeyPatch, taken: int
) -> None:
    """It asks, takes the first messages and then none, and never goes by itself."""
    monkeypatch.setattr(socket, "SEND_LIMIT_S", 0.05)
    monkeypatch.setattr(socket, "Waiting", partial(Waiting, kept_s=0.01))
    turns = Turns(desk, ConversationStore(clock, 60), DeskDialogue(desk), station_settings.languages)
    app, changes = FastAPI(), Changes()
    health = Health(components={}, speech={})
    app.include_router(socket.router(desk, turns, ScriptedSpeech(), station_settings, lambda: health, lambda _: [], changes, NoAlarms()))
    asked = ['{"type": "hello", "language": "en"}', '{"type": "say", "text": "next trains"}']
    received: list[dict[str, Any]] = [{"type": "websocket.connect"}, *({"type": "websocket.receive", "text": text} for text in asked)]
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        if not received:
            await asyncio.Event().wait()
        return received.pop(0)

    async def send(message: Any) -> None:
        if len(sent) == taken:
            await asyncio.Event().wait()
        sent.append(message)

    scope = {"type": "websocket", "path": "/v1/kiosk", "headers": [], "query_string": b"", "subprotocols": [], "scheme": "ws"}
    async with asyncio.timeout(5):
        await app(scope, receive, send)
        assert len(sent) == taken
    assert await empty(turns.store), "once the page cannot come back any longer"
