"""Outages from the broker. One topic is one outage: a JSON object, published retained; an empty payload takes it back.

`{"id": "lift-1", "targets": ["lift-1"], "out": true, "reason": "Motor", "since": "2026-11-24T08:00:00+00:00", "until": null}`

Only `targets` is needed (ids of pathways, stops, facilities or places); `id` is the topic's last level where it is not given;
`"out": false` takes the outage back like an empty payload.
"""

import asyncio

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from assistant import log
from assistant.clock import Clock
from assistant.knowledge.models import Outage, Source
from assistant.knowledge.outages import LONGEST_REASON, MOST, Outages, fault
from assistant.mqtt import Broker, Message
from assistant.text import plain

LONGEST_B = 20_000
SETTLE_S = 10.0
"""After a connection the broker sends its retained messages; what is not among them after so long was taken back meanwhile."""


class OutageMessage(BaseModel):
    """The payload."""

    model_config = ConfigDict(extra="ignore")

    targets: tuple[str, ...]
    id: str | None = None
    out: bool = True
    reason: str = ""
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class OutageMessages:
    """Keeps the register as the broker has it."""

    def __init__(self, outages: Outages, clock: Clock, settle_s: float = SETTLE_S) -> None:
        self._outages, self._clock, self._settle_s = outages, clock, settle_s
        self._by_topic: dict[str, Outage] = {}
        self._seen: set[str] = set()
        self._settling: asyncio.TimerHandle | None = None

    def listen(self, broker: Broker, topic_filter: str) -> None:
        """Subscribes, before the broker is started."""
        broker.subscribe(topic_filter, self.come)
        broker.on_connect(self._connected)

    def come(self, message: Message) -> None:
        """Takes in one message; one that cannot be read changes nothing and is told."""
        if not message.payload:
            self._by_topic.pop(message.topic, None)
        else:
            try:
                self._take(message)
            except (ValidationError, ValueError) as error:
                log.failure("outage_message_unreadable", error)
        if message.topic in self._by_topic:
            self._seen.add(message.topic)
        else:  # nothing is remembered of topics that come and go
            self._seen.discard(message.topic)
        self._tell()

    def _take(self, message: Message) -> None:
        if len(message.payload) > LONGEST_B:
            raise ValueError("too long")
        said = OutageMessage.model_validate_json(message.payload)
        if not said.out:
            self._by_topic.pop(message.topic, None)
            return
        if message.topic not in self._by_topic and len(self._by_topic) >= MOST:
            raise ValueError("too many")
        known, now = self._by_topic.get(message.topic), self._clock.now()
        outage_id = said.id or message.topic.rpartition("/")[2]
        outage = Outage(
            id=outage_id, targets=said.targets, reason=plain(said.reason, LONGEST_REASON),
            since=said.since or (known.since if known else now), until=said.until, origin="mqtt",
            source=Source(kind="record", table="outages", key=outage_id, as_of=now.isoformat(timespec="seconds")),
        )  # fmt: skip
        if why := fault(outage):
            raise ValueError(why)
        self._by_topic[message.topic] = outage

    def _connected(self) -> None:
        self._seen.clear()
        if self._settling is not None:
            self._settling.cancel()
        self._settling = asyncio.get_running_loop().call_later(self._settle_s, self._settle)

    def _settle(self) -> None:
        self._by_topic = {topic: outage for topic, outage in self._by_topic.items() if topic in self._seen}
        self._tell()

    def _tell(self) -> None:
        self._outages.replace("mqtt", self._by_topic.values())
