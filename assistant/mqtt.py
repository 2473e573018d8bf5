"""The broker: one connection that comes back by itself, hands out messages by topic filter, and sends what is published."""

import asyncio
import contextlib
import logging
import ssl
import threading
from collections import defaultdict, deque
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
MOST_UNSENT: Final = 400
"""Messages kept while no broker is there; what waits longest is dropped."""
SEND_LIMIT_S: Final = 10.0
"""Longest wait for the broker's word that it has a message, before it is sent again."""
FAREWELL_S: Final = 1.0
"""Longest wait, at the end, for the last will to be sent."""
REFUSED: Final = 128
"""MQTT 3.1.1, 3.9.3: the broker does not give a topic to us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What somebody published; an empty payload takes a retained one back."""

    topic: str
    payload: bytes
    retained: bool = False
    """Whether the broker kept it for us: nobody knows how old it is. Of a message to send: whether the broker is to keep it."""


Handler = Callable[[Message], None]


class Broker:
    """Speaks to the broker of the settings, and to nobody where none is set. Nothing of a message or a secret gets into a log."""

    def __init__(self, settings: Mqtt, changed: Callable[[], None] = lambda: None, first_wait_s: float = FIRST_WAIT_S) -> None:
        self._settings, self._changed, self._first_wait_s = settings, changed, first_wait_s
        self._handlers: list[tuple[aiomqtt.Wildcard, Handler]] = []
        self._by_topic = defaultdict[str, list[Handler]](list)
        self._greeters: list[Callable[[], None]] = []
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._unsent = deque[Message]()
        self._guard = threading.Lock()
        self._posted = asyncio.Event()
        self._will: Message | None = None
        self._giving = settings.reports is not None
        self._client_now: aiomqtt.Client | None = None
        self.connected = False

    def subscribe(self, topic_filter: str, handler: Handler) -> None:
        """Hands every message of a topic filter (`+`, `#` as MQTT has them) to `handler`, from the next `start` on. Raises ValueError."""
        wanted = aiomqtt.Wildcard(topic_filter)
        if {"+", "#"} & set(topic_filter):
            self._handlers.append((wanted, handler))
        else:
            self._by_topic[topic_filter].append(handler)

    def on_connect(self, told: Callable[[], None]) -> None:
        """Calls `told` after each connection, before its messages: retained ones come all again then."""
        self._greeters.append(told)

    def publishing_wanted(self) -> None:
        """Tells, before `start`, that messages will be given: a connection is then made although nothing may be subscribed."""
        self._giving = True

    def last_will(self, topic: str, payload: bytes) -> None:
        """Sets, before `start`, the message (retained) by which others learn that this kiosk is gone, however it went.

        There is one for the whole connection; what says that the kiosk is there is published by the caller, `on_connect`.
        """
        self._will, self._giving = Message(topic=topic, payload=payload, retained=True), True

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> bool:
        """Queues a message (QoS 1) and returns at once, on any thread; True where a broker is connected now.

        Else it waits for one. It may arrive twice where the connection is lost in between. A retained message takes the place of one
        that still waits for the same topic, and is dropped last.
        """
        if self._settings.host is None:
            return False
        with self._guard:
            self._queue(Message(topic=topic, payload=payload, retained=retain))
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is just being closed
                self._loop.call_soon_threadsafe(self._posted.set)
        return self.connected

    def start(self) -> None:
        """Begins, where a broker is set and messages are wanted or given."""
        if self._settings.host is not None and (self._handlers or self._by_topic or self._giving) and self._task is None:
            self._loop = asyncio.get_running_loop()
            self._task = asyncio.create_task(self._run(self._settings.host))

    async def stop(self) -> None:
        """Ends the connection, after the last will."""
        if self._task is not None:
            if self._client_now is not None and self._will is not None:
                with contextlib.suppress(aiomqtt.MqttError, OSError, ValueError):
                    await self._client_now.publish(self._will.topic, self._will.payload, qos=1, retain=True, timeout=FAREWELL_S)
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task, self._loop, self.connected = None, None, False

    def _queue(self, message: Message) -> None:
        """Puts a message last, and makes room: of what is not retained the oldest goes first."""
        if message.retained:
            same = next((old for old in self._unsent if old.retained and old.topic == message.topic), None)
            if same is not None:
                self._unsent.remove(same)
        while len(self._unsent) >= MOST_UNSENT:
            self._unsent.remove(next((old for old in self._unsent if not old.retained), self._unsent[0]))
        self._unsent.append(message)

    async def _run(self, host: str) -> None:
        wait_s = self._first_wait_s
        while True:
            try:
                async with self._client(host) as client:
                    await self._ask(client)
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

    async def _ask(self, client: aiomqtt.Client) -> None:
        """Subscribes; tells how many topics the broker keeps from us."""
        topics = [*dict.fromkeys(str(wanted) for wanted, _ in self._handlers), *self._by_topic]
        if topics:
            granted = await client.subscribe([(topic, 1) for topic in topics])
            refused = sum(code >= REFUSED for code in granted if isinstance(code, int))
            if refused:
                log.event("mqtt_topics_refused", level=logging.WARNING, topics=refused)

    async def _speak(self, client: aiomqtt.Client) -> None:
        """Sends and receives until the connection is lost."""
        sending = asyncio.create_task(self._send(client))
        self._client_now = client
        try:
            async for message in client.messages:
                self._handle(message)
        finally:
            self._client_now = None
            sending.cancel()
            await asyncio.wait({sending})

    async def _send(self, client: aiomqtt.Client) -> None:
        while True:
            self._posted.clear()
            while (message := self._next()) is not None:
                try:
                    await client.publish(message.topic, message.payload, qos=1, retain=message.retained, timeout=SEND_LIMIT_S)
                except (aiomqtt.MqttError, OSError, ValueError) as error:
                    log.failure("mqtt_not_sent", error)
                    await asyncio.sleep(self._first_wait_s)
                    continue
                with self._guard:
                    if self._unsent and self._unsent[0] is message:  # it may have made room meanwhile
                        self._unsent.popleft()
            await self._posted.wait()

    def _next(self) -> Message | None:
        with self._guard:
            return self._unsent[0] if self._unsent else None

    def _client(self, host: str) -> aiomqtt.Client:
        chosen, will = self._settings, self._will
        return aiomqtt.Client(
            host, chosen.port, username=chosen.username, password=chosen.password, keepalive=30, max_queued_incoming_messages=MOST_WAITING,
            tls_context=ssl.create_default_context(cafile=chosen.ca) if chosen.tls else None,
            will=aiomqtt.Will(will.topic, will.payload, qos=1, retain=True) if will else None,
        )  # fmt: skip

    def _handle(self, message: aiomqtt.Message) -> None:
        payload = bytes(message.payload) if isinstance(message.payload, bytes | bytearray) else b""
        told = Message(topic=str(message.topic), payload=payload, retained=bool(message.retain))
        matching = (handler for wanted, handler in self._handlers if message.topic.matches(wanted))
        for handler in (*self._by_topic.get(told.topic, ()), *matching):
            try:
                handler(told)
            except Exception as error:  # one message nobody foresaw must not end the others
                log.failure("mqtt_message_failed", error)

    def _tell(self, *, connected: bool) -> None:
        if connected != self.connected:
            self.connected = connected
            if connected:
                log.event("mqtt_connected")
            self._changed()
