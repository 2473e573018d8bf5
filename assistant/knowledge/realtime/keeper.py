"""Keeps the overlay fed: one task a source, each trying again and again, none able to stop the others or an answer."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from assistant import log
from assistant.clock import Clock
from assistant.knowledge.outage_messages import OutageMessages
from assistant.knowledge.outages import Outages
from assistant.knowledge.realtime.models import Unusable
from assistant.knowledge.realtime.overlay import Overlay, Part
from assistant.knowledge.realtime.parse import parse
from assistant.knowledge.realtime.sources import LIMIT_B, FeedSource, FetchFailed, source_of
from assistant.mqtt import Broker, Message
from assistant.settings import Settings

LONGEST_WAIT_S = 300.0
OUTAGES_HOLD_S = 3600.0
"""A lift that was out of order when the alerts stopped coming is taken to be for so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How one source is doing."""

    parts: tuple[Part, ...]
    topic: bool
    """Comes by the broker."""
    failure: str | None
    """Why it gives nothing, in one word; None where all is well."""
    age_s: float | None
    """Seconds since the moment its newest feed speaks of; None where none came."""
    fresh: bool
    """Whether answers use it."""


@dataclass(slots=True, kw_only=True, eq=False)
class _Watch:
    """A source with what is to be taken from it."""

    parts: tuple[Part, ...]
    source: FeedSource | None
    """None for a topic, whose messages come by themselves."""
    failure: str | None = None
    waiting: bytes | None = None
    rings: asyncio.Event = field(default_factory=asyncio.Event)


class Keeper:
    """Fetches what the operator configured, and listens to what he subscribed to."""

    def __init__(
        self, settings: Settings, clock: Clock, overlay: Overlay, outages: Outages, broker: Broker,
        changed: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self._overlay, self._outages, self._changed = overlay, outages, changed
        self._refresh_s = settings.realtime.refresh_s
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="realtime")
        self._tasks: list[asyncio.Task[None]] = []
        wanted: dict[str, list[Part]] = {}
        if settings.realtime.trip_updates:
            wanted.setdefault(settings.realtime.trip_updates, []).append("trip_updates")
        if settings.realtime.alerts:
            wanted.setdefault(settings.realtime.alerts, []).append("alerts")
        if settings.mqtt.outages is not None:
            OutageMessages(outages, clock).listen(broker, settings.mqtt.outages)
        self._watches = [self._watch(text, parts, settings, broker) for text, parts in wanted.items()]

    def _watch(self, text: str, parts: Sequence[Part], settings: Settings, broker: Broker) -> _Watch:
        if not text.startswith("mqtt:"):
            return _Watch(parts=tuple(parts), source=source_of(text, settings.station, settings.realtime.headers))
        watch = _Watch(parts=tuple(parts), source=None)

        def come(message: Message) -> None:
            if message.payload:  # an empty one only takes a retained one back
                watch.waiting = message.payload
                watch.rings.set()

        broker.subscribe(text.removeprefix("mqtt:"), come)
        return watch

    def start(self) -> None:
        """Begins to watch every source."""
        for watch in self._watches:
            self._tasks.append(asyncio.create_task(self._listen(watch) if watch.source is None else self._poll(watch, watch.source)))

    async def stop(self) -> None:
        """Ends every task."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        for watch in self._watches:
            if watch.source is not None:
                await watch.source.close()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def states(self) -> list[SourceState]:
        """How every source is doing."""
        return [
            SourceState(
                parts=watch.parts, topic=watch.source is None, failure=watch.failure, age_s=self._overlay.age_s(watch.parts[0]),
                fresh=all(self._overlay.knows(part) for part in watch.parts),
            )
            for watch in self._watches
        ]  # fmt: skip

    async def once(self) -> list[SourceState]:
        """Looks at every address and file once; topics are left to time."""
        for watch in self._watches:
            if watch.source is not None:
                watch.failure = await self._look(watch, watch.source)
        return self.states()

    async def _poll(self, watch: _Watch, source: FeedSource) -> None:
        """Looks at an address or a file again and again, less often while it fails."""
        wait_s = self._refresh_s
        while True:
            failure = await self._look(watch, source)
            self._note(watch, failure)
            wait_s = self._refresh_s if failure is None else min(wait_s * 2, max(LONGEST_WAIT_S, self._refresh_s))
            await asyncio.sleep(wait_s)

    async def _look(self, watch: _Watch, source: FeedSource) -> str | None:
        """One look at a source; returns why it gave nothing."""
        try:
            data = await source.fetch()
        except FetchFailed as failed:
            return failed.code
        except Exception as error:  # what nobody foresaw must not end the watch
            log.failure("realtime_broken", error)
            return "broken"
        failure = None if data is None else await self._take(watch, data)
        if failure is not None:
            source.forget()
        return failure

    async def _listen(self, watch: _Watch) -> None:
        """Takes in messages as they come, the newest only where they come faster than they are worked out."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(watch.rings.wait(), self._refresh_s)
            watch.rings.clear()
            data, watch.waiting = watch.waiting, None
            self._note(watch, watch.failure if data is None else await self._take(watch, data))

    async def _take(self, watch: _Watch, data: bytes) -> str | None:
        """Puts a feed into the overlay; returns why it cannot be used."""
        try:
            if len(data) > LIMIT_B:
                return "too-large"
            await asyncio.get_running_loop().run_in_executor(self._worker, lambda: self._overlay.put(parse(data), watch.parts))
        except Unusable as unusable:
            return unusable.code
        except Exception as error:  # nor must a feed
            log.failure("realtime_broken", error)
            return "broken"
        self._changed()
        return None

    def _note(self, watch: _Watch, failure: str | None) -> None:
        """Tells the log of changes only, and brings the outages up to date."""
        if failure is None and any(self._overlay.age_s(part) is not None and not self._overlay.knows(part) for part in watch.parts):
            failure = "feed-too-old"
        if failure != watch.failure:
            parts = log.Id("-".join(watch.parts))
            if failure is None:
                log.event("realtime_back", source=parts)
            else:
                log.event("realtime_failed", level=30, source=parts, code=log.Id(failure))
            watch.failure = failure
            self._changed()
        if "alerts" in watch.parts:
            age_s = self._overlay.age_s("alerts")
            self._outages.replace("realtime", self._overlay.outages() if age_s is not None and age_s <= OUTAGES_HOLD_S else [])
