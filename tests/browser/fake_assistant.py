"""A fast double of the assistant's kiosk end: the same protocol models, scripted answers, no speech and no Rasa.

It stands beside the real one: what it receives is checked by the real `ClientMessage`, what it sends is made of the real models.
"""

import asyncio
import re
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import pi, sin
from typing import Any, Literal

import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel

from assistant.alarm.views import AlertView
from assistant.api.access import HEARTBEAT, page_headers
from assistant.conversation.health import Component, Health
from assistant.conversation.models import Turn
from assistant.kiosk import protocol as wire
from assistant.settings import ROOT, HeadsetEvent, KeyAction
from assistant.speech.endpointing import Sign
from tests.browser import scripted
from tests.browser import scripted_alerts as alerts
from tests.browser import scripted_ways as ways
from tests.conftest import until


class FakeAssistant:
    """Answers every question from `scripted`; a test may push any message at any time."""

    def __init__(self) -> None:
        self.received: list[BaseModel] = []
        self.sound = bytearray()
        self.refused: list[str] = []
        self.idle_s = 60.0
        self.quiet_s = 0.0
        self.notice: str | None = None
        self.components: dict[str, Component] = dict.fromkeys(("dialogue", "speech", "knowledge", "environment"), "ready")
        self.speech = {language: wire.SpeechAbility(hear=True, speak=True, captions=True) for language in ("en", "zh", "ko")}
        self.heard = "When is the next train to the airport?"
        self.alerts: list[AlertView] = []
        self.speaks = False
        self.ends_by_itself = False
        """Whether a question begun with a tap is over as soon as that is told."""
        self.languages = ["en", "zh", "ko"]
        self.keypad: dict[str, KeyAction] = {}
        self.headset: dict[str, HeadsetEvent] = {}
        self.screen = wire.ScreenSize()
        self.help = {
            language: wire.Help(emergency=scripted.EMERGENCY, staff=scripted.STAFF_PHONE, where=[where])
            for language, where in scripted.STAFF.items()
        }
        self.privacy = dict(scripted.PRIVACY)
        self.read: list[str] = []
        """Texts that were to be read aloud, in order."""
        self.piece = 2205
        """Samples of a piece of what is read aloud."""
        self.preferred: list[wire.Prefer] = []
        self.unable = False
        """Whether nothing can be read aloud."""
        self.forgets = False
        """Whether the conversation of a lost connection is gone at once."""
        self.silent = False
        """True: questions are taken and never answered."""
        self.away = False
        """True: connections are closed as soon as they are open."""
        self.notices: dict[str, list[str]] = {}
        """Language → what the station itself has to say."""
        self.board_waits_s: dict[str, float] = {}
        """Language → how long its departures take."""
        self._sockets: set[WebSocket] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._language = "en"
        self._turns = 0
        self._told = 0
        """The newest turn that pages were told of."""
        self._conversations = 0
        self._reading: asyncio.Task[None] | None = None
        self.app = self._build()

    def kinds(self) -> list[str]:
        """The types of the messages received so far."""
        return [message.type for message in self.received]  # type: ignore[attr-defined]

    def push(self, *messages: BaseModel) -> None:
        """Sends messages to every page; one about a turn waits until the page was told that the turn has begun."""
        for message in messages:
            text = message.model_dump_json()
            turn = max(map(int, re.findall(r'"turn-(\d+)"', text)), default=0)
            assert until(lambda turn=turn: self._told >= turn, 5, 0.01), f"no question has begun turn-{turn}"
            for socket in list(self._sockets):
                self._on_loop(socket.send_text(text))

    def warn(self, *alerts: AlertView) -> None:
        """These alerts stand from now on; every page is told."""
        self.alerts = list(alerts)
        self.push(self.warnings())

    def say_alarm(self, alert: AlertView, language: str, seconds: float) -> None:
        """Sends an alarm said aloud to every page."""
        self.push(wire.AlertAudio(alert_id=alert.id, language=language, rate=22050))
        self.sound_out(seconds)

    def sound_out(self, seconds: float) -> None:
        """Sends a tone to every page."""
        for socket in list(self._sockets):
            for _ in range(round(seconds * 10)):
                self._on_loop(socket.send_bytes(_tone(2205)))

    def leave(self) -> None:
        """Closes every connection, and takes no new one until `back`."""
        self.away = True
        self.drop()

    def back(self) -> None:
        """Takes connections again."""
        self.away = False

    def drop(self) -> None:
        """Closes every connection."""
        for socket in list(self._sockets):
            self._on_loop(socket.close())

    def _on_loop(self, work: Any) -> None:
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._loop).result(5)

    def _build(self) -> FastAPI:
        app = FastAPI()

        @app.middleware("http")
        async def headers(request: Any, call_next: Any) -> Response:
            response: Response = await call_next(request)
            response.headers.update(page_headers(request.url.path, response.headers.get("content-type", "")))
            return response

        @app.get(HEARTBEAT)
        def heartbeat() -> JSONResponse:
            return JSONResponse({"status": "live"})

        @app.get("/v1/departures")
        def departures(language: str = "en") -> JSONResponse:
            time.sleep(self.board_waits_s.get(language, 0))
            return JSONResponse({"departures": [row.model_dump(mode="json") for row in scripted.departures(language)]})

        @app.get("/v1/service-alerts")
        def service_alerts(language: str = "en") -> JSONResponse:
            ours = [{"header": text, "source": {"kind": "record", "table": "notices"}} for text in self.notices.get(language, [])]
            others = [{"header": "Delays on line 2", "source": {"kind": "realtime", "table": "alerts"}}]
            return JSONResponse({"alerts": ours + others})

        @app.get("/v1/environment")
        def environment(language: str = "en") -> JSONResponse:
            return JSONResponse({"card": scripted.air(language).model_dump(mode="json"), "sensors": []})

        @app.get("/v1/routes/map")
        def level_map(level: str, language: str = "en") -> Response:
            return Response(ways.level_map(level, language), media_type="image/svg+xml")

        app.websocket("/v1/kiosk")(self._serve)
        app.mount("/", StaticFiles(directory=ROOT / "kiosk_ui", html=True))
        return app

    async def _serve(self, socket: WebSocket) -> None:
        self._loop = asyncio.get_running_loop()
        await socket.accept()
        if self.away:
            return await socket.close()
        self._sockets.add(socket)
        try:
            while True:
                message = await socket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                if message.get("bytes") is not None:
                    self.sound += message["bytes"]
                else:
                    await self._take(socket, message["text"])
        except (WebSocketDisconnect, RuntimeError):
            return
        finally:
            self._sockets.discard(socket)
            await self._quiet()

    async def _take(self, socket: WebSocket, raw: str) -> None:
        try:
            message = wire.client_message.validate_json(raw)
        except ValueError as error:
            self.refused.append(str(error))
            return
        self.received.append(message)
        match message:
            case wire.Hello() | wire.Reset() | wire.ChooseLanguage():
                await self._greet(socket, message)
            case wire.Say(text=text):
                await self._answer(socket, scripted.answer(text, self._language))
            case wire.AskMessage(ask=ask):
                await self._answer(socket, scripted.answer(ask.intent, self._language))
            case wire.Prefer():
                self.preferred.append(message)
            case wire.Read() | wire.Hush():
                await self._aloud(socket, message)
            case wire.Listen():
                await self._quiet()
                self.sound.clear()
                self._turns += 1
                await socket.send_text(wire.Listening(turn_id=self._id()).model_dump_json())
                self._told = self._turns
            case wire.ListenFree() if self.ends_by_itself:
                await socket.send_text(wire.ListeningEnd(turn_id=self._id(), reason=Sign.END).model_dump_json())
                await self._hear(socket)
            case wire.ListenEnd():
                await self._hear(socket)

    async def _greet(self, socket: WebSocket, message: wire.Hello | wire.Reset | wire.ChooseLanguage) -> None:
        resumed = isinstance(message, wire.Hello) and message.resume == self.conversation and not self.forgets
        if not resumed:
            self._language = message.language or self._language
            self._conversations += not isinstance(message, wire.ChooseLanguage)
        await self._quiet()
        await socket.send_text(self.welcome(self._language, resumed=resumed).model_dump_json())
        await socket.send_text(self.warnings().model_dump_json())
        if isinstance(message, wire.Hello):
            await socket.send_text(self.status().model_dump_json())

    async def _aloud(self, socket: WebSocket, message: wire.Read | wire.Hush) -> None:
        await self._quiet()
        if isinstance(message, wire.Read):
            self.read.append(message.text)
            self._reading = asyncio.create_task(self._read(socket, message))
            await asyncio.sleep(0)  # it begins, so that it ends with its `reading_end` however soon

    async def _read(self, socket: WebSocket, message: wire.Read) -> None:
        """A tone for a text, a tenth of a second at a time and longer for more text, up to a second."""
        outcome: Literal["said", "cancelled", "unable"] = "unable" if self.unable else "cancelled"
        try:
            if self.unable:
                return
            await socket.send_text(wire.Reading(reading_id=message.reading_id, rate=22050).model_dump_json())
            for _ in range(max(1, min(10, len(message.text) // 2))):
                await socket.send_bytes(_tone(self.piece))
                await asyncio.sleep(self.piece / 220_500)
            outcome = "said"
        finally:
            with suppress(RuntimeError, WebSocketDisconnect):  # the page may be gone
                await socket.send_text(wire.ReadingEnd(reading_id=message.reading_id, outcome=outcome).model_dump_json())

    async def _quiet(self) -> None:
        """Ends what is being read."""
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.cancel()
            await asyncio.wait({reading})

    async def _hear(self, socket: WebSocket) -> None:
        await socket.send_text(wire.CaptionMessage(turn_id=self._id(), text=self.heard, final=True).model_dump_json())
        if self.heard:
            return await self._answer(socket, scripted.answer(self.heard, self._language), new=False)
        await socket.send_text(wire.TurnEnd(turn_id=self._id(), outcome="nothing_heard").model_dump_json())

    async def _answer(self, socket: WebSocket, turn: Turn, *, new: bool = True) -> None:
        self._turns += new
        turn = turn.model_copy(update={"id": self._id(), "conversation_id": self.conversation})
        self._language = turn.language
        await socket.send_text(wire.Thinking(turn_id=turn.id).model_dump_json())
        self._told = self._turns
        if self.silent:
            return
        await socket.send_text(wire.TurnMessage(turn=turn).model_dump_json())
        if self.speaks:
            await self._quiet()
            said = " ".join(reply.speech for reply in turn.replies)
            await socket.send_text(wire.Audio(turn_id=turn.id, rate=22050, text=said).model_dump_json())
            for _ in range(30):
                await socket.send_bytes(_tone(2205))
        await socket.send_text(wire.TurnEnd(turn_id=turn.id, outcome="answered").model_dump_json())

    def _id(self) -> str:
        return f"turn-{self._turns}"

    @property
    def turn_id(self) -> str:
        """Id of the newest turn."""
        return self._id()

    @property
    def conversation(self) -> str:
        """Id of the conversation."""
        return f"c-{self._conversations}"

    def welcome(self, language: str, *, resumed: bool = False) -> wire.Welcome:
        """A welcome in a language."""
        return wire.Welcome(
            conversation_id=self.conversation, resumed=resumed, language=language, languages=self.languages,
            station=scripted.STATION[language], kiosk="kiosk-1", now=scripted.NOW, idle_s=self.idle_s, quiet_s=self.quiet_s,
            speech=self.speech, suggestions=scripted.tiles(language), notice=self.notice, keypad=self.keypad, headset=self.headset,
            screen=self.screen, help=self.help[language], privacy=self.privacy[language],
        )  # fmt: skip

    def warnings(self) -> wire.AlertsMessage:
        """What stands now."""
        return wire.AlertsMessage(alerts=self.alerts, disclaimer=alerts.DISCLAIMER)

    def status(self) -> wire.Status:
        """What works now."""
        status = Health(components=self.components, speech={}).status
        return wire.Status(status=status, components=self.components, speech=self.speech)


def _tone(samples: int) -> bytes:
    return struct.pack(f"<{samples}h", *(int(2000 * sin(2 * pi * 440 * n / 22050)) for n in range(samples)))


@contextmanager
def serve(fake: FakeAssistant) -> Iterator[str]:
    """Serves the double on a free port; yields its address."""
    config = uvicorn.Config(fake.app, port=0, log_level="critical", ws="websockets-sansio", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            thread.join(0.02)
            assert thread.is_alive(), "the double did not start"
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
