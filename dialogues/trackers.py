"""What conversations know: in memory, for the whole process, and only for a while."""

from __future__ import annotations

import json
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

EXPIRY_ENV = "ASSISTANT_EXPIRY_S"
TURNS_KEPT = 4


class Shelf:
    """Texts by key: each goes when nobody touched it for `expiry_s`, the oldest when there are more than `limit`."""

    def __init__(self, *, expiry_s: float, limit: int, now: Callable[[], float] = time.monotonic) -> None:
        self._expiry_s = expiry_s
        self._limit = limit
        self._now = now
        self._kept: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def put(self, key: str, text: str) -> None:
        """Keeps `text`, as the newest."""
        self._kept[key] = (self._now(), text)
        self._kept.move_to_end(key)
        self.sweep()
        while len(self._kept) > self._limit:
            self._kept.popitem(last=False)

    def get(self, key: str) -> str | None:
        """The text, unless it is gone."""
        self.sweep()
        return self._kept[key][1] if key in self._kept else None

    def drop(self, key: str) -> None:
        """Forgets the text, if there is one."""
        self._kept.pop(key, None)

    def keys(self) -> list[str]:
        """The keys of all that is kept."""
        self.sweep()
        return list(self._kept)

    def sweep(self) -> None:
        """Forgets what expired."""
        oldest_allowed = self._now() - self._expiry_s
        while self._kept and next(iter(self._kept.values()))[0] < oldest_allowed:
            self._kept.popitem(last=False)


SHELF = Shelf(expiry_s=float(os.environ.get(EXPIRY_ENV, "900")), limit=500)
"""One for the process: Rasa makes a new store whenever a model is swapped in, and conversations go on."""


def lately(tracker: DialogueStateTracker) -> list[Event]:
    """The events of the last turns, after the slots as they stand: rules look no further back, and every turn costs its history.

    While a form is open everything is kept.
    """
    events = list(tracker.events)
    turns = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(turns) <= TURNS_KEPT or tracker.active_loop_name:
        return events
    slots = [SlotSet(name, value) for name, value in tracker.current_slot_values().items() if value is not None]
    start = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted(), ActionExecuted(ACTION_LISTEN_NAME)]
    return [*start, *slots, *events[turns[-TURNS_KEPT] :]]


class MemoryTrackerStore(TrackerStore, SerializedTrackerAsText):
    """A tracker store over the shelf."""

    def __init__(self, domain: Domain, event_broker: EventBroker | None = None, **kwargs: Any) -> None:
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps what matters of the tracker."""
        SHELF.put(tracker.sender_id, json.dumps(Dialogue(tracker.sender_id, lately(tracker)).as_dict()))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker, unless it expired or was deleted."""
        text = SHELF.get(sender_id)
        return None if text is None else self.deserialise_tracker(sender_id, text)

    async def keys(self) -> Iterable[str]:
        """The conversations there are."""
        return SHELF.keys()
