"""The WebSocket `/v1/kiosk` and the page's files."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from fastapi import APIRouter, FastAPI, WebSocket, WebSocketDisconnect
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from assistant import log
from assistant.alarm.board import Board
from assistant.answers.desk import Desk
from assistant.conversation.health import Health
from assistant.conversation.models import Wire
from assistant.conversation.turn import Turns
from assistant.events import Changes
from assistant.kiosk.greeting import greeting
from assistant.kiosk.session import Session
from assistant.kiosk.waiting import Waiting
from assistant.settings import Settings
from assistant.speech.ports import Speech

SEND_LIMIT_S = 5.0
"""Seconds after which a page that takes nothing any more is given up: its session ends and its connection is closed."""


class SocketPage:
    """A page at the other end of a WebSocket; messages never mix. One that takes nothing any more is given up, once."""

    def __init__(self, socket: WebSocket, given_up: Callable[[], None]) -> None:
        self._socket, self._given_up, self._gone, self._lock = socket, given_up, False, asyncio.Lock()

    async def send(self, message: Wire) -> None:
        """A typed message."""
        await self._send(partial(self._socket.send_text, message.model_dump_json()))

    async def send_sound(self, pcm: bytes) -> None:
        """A binary frame."""
        await self._send(partial(self._socket.send_bytes, pcm))

    async def _send(self, sending: Callable[[], Awaitable[None]]) -> None:
        async with self._lock:
            if self._gone:
                raise WebSocketDisconnect(1006)
            try:
                async with asyncio.timeout(SEND_LIMIT_S):
                    await sending()
            except TimeoutError:
                self._gone = True
                self._given_up()
                raise


def router(
    desk: Desk, turns: Turns, speech: Speech, settings: Settings, health: Callable[[], Health],
    vocabulary: Callable[[str], list[str]], changes: Changes, board: Board,
) -> APIRouter:  # fmt: skip
    """The route `/v1/kiosk`."""
    routes, waiting = APIRouter(), Waiting(turns)

    @routes.websocket("/v1/kiosk")
    async def kiosk(socket: WebSocket) -> None:
        await socket.accept()
        loop = asyncio.get_running_loop()
        connection = asyncio.timeout(None)  # No limit of its own: it ends when the page is given up.
        page = SocketPage(socket, lambda: connection.reschedule(loop.time()))
        session = Session(page, turns, speech, settings, health, vocabulary, partial(greeting, desk), board, waiting)
        watcher = asyncio.create_task(_watch(session, changes))
        try:
            async with connection:
                with board.page(session.announce):
                    await _read(socket, session)
        except (WebSocketDisconnect, TimeoutError, RuntimeError):
            pass
        finally:
            watcher.cancel()
            await session.close()

    return routes


async def _read(socket: WebSocket, session: Session) -> None:
    """Hands on what the page sends, until it goes."""
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        if (text := message.get("text")) is not None:
            await session.text(text)
        elif (pcm := message.get("bytes")) is not None:
            await session.sound(pcm)


async def _watch(session: Session, changes: Changes) -> None:
    """Tells the page whenever a part or a warning comes or goes; a warning first."""
    with contextlib.suppress(TimeoutError, RuntimeError, WebSocketDisconnect):
        async for _ in changes.watch():
            await session.alerts()
            try:
                await session.status()
            except (TimeoutError, RuntimeError, WebSocketDisconnect):
                raise
            except Exception as error:  # whatever is wrong with a part, warnings still come
                log.failure("status_not_told", error)


def serve_page(app: FastAPI, folder: Path) -> None:
    """The page's files at `/`, compressed on the way; nothing of it is built."""
    app.mount("/", GZipMiddleware(StaticFiles(directory=folder, html=True)), name="kiosk_ui")
