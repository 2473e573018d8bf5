"""The WebSocket `/v1/kiosk` and the page's files."""

import asyncio
import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fastapi import APIRouter, FastAPI, WebSocket, WebSocketDisconnect
from fastapi.staticfiles import StaticFiles

from assistant.answers.desk import Desk
from assistant.conversation.health import Health
from assistant.conversation.models import Wire
from assistant.conversation.turn import Turns
from assistant.events import Changes
from assistant.kiosk.session import Session, greeting
from assistant.settings import Settings
from assistant.speech.ports import Speech

SEND_LIMIT_S = 5.0
"""Seconds after which a page that takes nothing any more is given up."""


class SocketPage:
    """A page at the other end of a WebSocket; messages never mix."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket, self._lock = socket, asyncio.Lock()

    async def send(self, message: Wire) -> None:
        """A typed message."""
        async with self._lock, asyncio.timeout(SEND_LIMIT_S):
            await self._socket.send_text(message.model_dump_json())

    async def send_sound(self, pcm: bytes) -> None:
        """A binary frame."""
        async with self._lock, asyncio.timeout(SEND_LIMIT_S):
            await self._socket.send_bytes(pcm)


def router(
    desk: Desk, turns: Turns, speech: Speech, settings: Settings, health: Callable[[], Health],
    vocabulary: Callable[[str], list[str]], changes: Changes,
) -> APIRouter:  # fmt: skip
    """The route `/v1/kiosk`."""
    routes = APIRouter()

    @routes.websocket("/v1/kiosk")
    async def kiosk(socket: WebSocket) -> None:
        await socket.accept()
        session = Session(SocketPage(socket), turns, speech, settings, health, vocabulary, partial(greeting, desk))
        watcher = asyncio.create_task(_watch(session, changes))
        try:
            while True:
                message = await socket.receive()
                if message["type"] == "websocket.disconnect":
                    break
                if (text := message.get("text")) is not None:
                    await session.text(text)
                elif (pcm := message.get("bytes")) is not None:
                    await session.sound(pcm)
        except (WebSocketDisconnect, TimeoutError, RuntimeError):
            pass
        finally:
            watcher.cancel()
            await session.close()

    return routes


async def _watch(session: Session, changes: Changes) -> None:
    """Tells the page whenever a part comes or goes."""
    with contextlib.suppress(TimeoutError, RuntimeError, WebSocketDisconnect):
        async for _ in changes.watch():
            await session.status()


def serve_page(app: FastAPI, folder: Path) -> None:
    """The page's files at `/`; nothing of it is built."""
    app.mount("/", StaticFiles(directory=folder, html=True), name="kiosk_ui")
