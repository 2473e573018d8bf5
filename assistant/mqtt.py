"""The broker: one connection that comes back by itself, hands out messages by topic filter, and sends what is published."""

import asyncio
import contextlib
import ssl
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import aiomqtt

from assistant import log
from assistant.settings import Mqtt

FIRST_WAIT_S: Final = 1.0
LONGEST_WAIT_S: Final = 60.0
MOST_WAITING: Final = 1000
"""Messages kept until they are handled; what comes on top is dropped."""
MOST_UNSENT: Final = 100
"""Messages kept while no broker is there; what waits longest is dropped."""
SEND_LIMIT_S: Final = 10.0
"""Longest wait for the broker's word that it has a message, before it is sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What somebody published; an empty payload takes a retained one back."""

    topic: str
    payload: bytes


Handler = Callable[[Message], None]


class Broker:
    """Speaks to the broker of the settings, and to nobody where none is set. Nothing of a message or a secret gets into a log."""

    def __init__(self, settings: Mqtt, changed: Callable[[], None] = lambda: None, first_wait_s: float = FIRST_WAIT_S) -> None:
        self._settings, self._changed, self._first_wait_s = settings, changed, first_wait_s
        self._handlers: list[tuple[aiomqtt.Wildcard, Handler]] = []
        self._greeters: list[Callable[[], None]] = []
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._unsent = deque[Message](maxlen=MOST_UNSENT)
        self._posted = asyncio.Event()
        self.connected = False

    def subscribe(self, topic_filter: str, handler: Handler) -> None:
        """Hands every message of a topic filter (`+`, `#` as MQTT has them) to `handler`, from the next `start` on. Raises ValueError."""
        self._handlers.append((aiomqtt.Wildcard(topic_filter), handler))

    def on_connect(self, told: Callable[[], None]) -> None:
        """Calls `told` after each connection, before its messages: retained ones come all again then."""
        self._greeters.append(told)

    def publish(self, topic: str, payload: bytes) -> bool:
        """Queues a message (QoS 1, not retained) and returns at once, on any thread; True where a broker is connected now.

        Else it waits for one. It may arrive twice where the connection is lost in between.
        """
        if self._settings.host is None:
            return False
        self._unsent.append(Message(topic=topic, payload=payload))
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._posted.set)
        return self.connected

    def start(self) -> None:
        """Begins, where a broker is set and messages are wanted or given."""
        if self._settings.host is not None and (self._handlers or self._settings.reports) and self._task is None:
            self._loop = asyncio.get_running_loop()
            self._task = asyncio.create_task(self._run(self._settings.host))

    async def stop(self) -> None:
        """Ends the connection."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task, self._loop, self.connected = None, None, False

    async def _run(self, host: str) -> None:
        wait_s = self._first_wait_s
        while True:
            try:
                async with self._client(host) as client:
                    if self._handlers:
                        await client.subscribe([(topic, 1) for topic in dict.fromkeys(str(wanted) for wanted, _ in self._handlers)])
                    for told in self._greeters:
                        told()
                    self._tell(connected=True)
                    wait_s = self._first_wait_s
                    await self._speak(client)
            except (aiomqtt.MqttError, OSError, ValueError) as error:
                if self.connected or wait_s == self._first_wait_s:
                    log.failure("mqtt_lost", error)
                self._tell(connected=False)
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, LONGEST_WAIT_S)

    async def _speak(self, client: aiomqtt.Client) -> None:
        """Sends and receives until the connection is lost."""
        sending = asyncio.create_task(self._send(client))
        try:
            async for message in client.messages:
                self._handle(message)
        finally:
            sending.cancel()
            await asyncio.wait({sending})

    async def _send(self, client: aiomqtt.Client) -> None:
        while True:
            self._posted.clear()
            while self._unsent:
                message = self._unsent[0]
                try:
                    await client.publish(message.topic, message.payload, qos=1, timeout=SEND_LIMIT_S)
                except (aiomqtt.MqttError, OSError, ValueError) as error:
                    log.failure("mqtt_not_sent", error)
                    await asyncio.sleep(self._first_wait_s)
                    continue
                if self._unsent and self._unsent[0] is message:
                    self._unsent.popleft()
            await self._posted.wait()

    def _client(self, host: str) -> aiomqtt.Client:
        chosen = self._settings
        return aiomqtt.Client(
            host, chosen.port, username=chosen.username, password=chosen.password, keepalive=30, max_queued_incoming_messages=MOST_WAITING,
            tls_context=ssl.create_default_context() if chosen.tls else None,
        )  # fmt: skip

    def _handle(self, message: aiomqtt.Message) -> None:
        payload = bytes(message.payload) if isinstance(message.payload, bytes | bytearray) else b""
        for wanted, handler in self._handlers:
            if message.topic.matches(wanted):
                try:
                    handler(Message(topic=str(message.topic), payload=payload))
                except Exception as error:  # one message nobody foresaw must not end the others
                    log.failure("mqtt_message_failed", error)

    def _tell(self, *, connected: bool) -> None:
        if connected != self.connected:
            self.connected = connected
            if connected:
                log.event("mqtt_connected")
            self._changed()
