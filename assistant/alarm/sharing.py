"""The kiosks of a station tell each other of alerts: retained CAP at `<topic>/<kiosk>/<alert>`, so that one that was off learns of them.

A kiosk publishes only what it did not hear from another kiosk, and only below its own name, so that nothing goes in circles. An end is a
retained Cancel for a day, then the topic is emptied; either ends the alert at the others. Who may publish there is the broker's to say.
"""

import re
import threading
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol

from assistant import log
from assistant.alarm.book import PROGRAM, Book, ends_at
from assistant.alarm.cap.followups import cancelled
from assistant.alarm.cap.read import LIMIT, read
from assistant.alarm.cap.write import write
from assistant.alarm.intake import BY_CODE, EARLY, Refusal
from assistant.alarm.models import Alert, Standing
from assistant.clock import Clock
from assistant.errors import AssistantError
from assistant.mqtt import Handler, Message

LIFE_SAFETY: Final = "station-assistant:life-safety"
"""The CAP parameter by which a kiosk says to the others that an alert is for life and safety."""
NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")
"""A kiosk's name and an alert's id in a topic."""
CANCEL_KEPT: Final = timedelta(hours=24)
"""How long a kiosk that was off can still learn that an alert has ended."""
MISSED_AFTER: Final = timedelta(seconds=30)
"""When an alert that is not for life and safety ends after a connection that brought it not again; one for life and safety stays."""
SETTLING: Final = timedelta(minutes=2)
"""After a start: so long what the broker has of this kiosk is left, until its rules and senders have spoken."""
MOST_SHARED: Final = 200
"""Alerts of other kiosks that stand at once."""


def at_once(work: Callable[[], None]) -> None:
    """Does it now."""
    work()


class Hub(Protocol):
    """The broker, as far as it is needed here."""

    connected: bool

    def subscribe(self, topic_filter: str, handler: Handler) -> None:
        """Hands every message of a topic filter to `handler`."""

    def on_connect(self, told: Callable[[], None]) -> None:
        """Calls `told` after each connection, before its messages."""

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> bool:
        """Queues a message; the broker keeps a retained one, and forgets it for an empty payload."""


class Sharing:
    """Publishes this kiosk's alerts and takes those of the others. Safe from every thread."""

    def __init__(
        self, book: Book, hub: Hub, clock: Clock, *, topic: str, kiosk: str, sender: str, believed: Collection[str] = (),
        run: Callable[[Callable[[], None]], None] = at_once,
    ) -> None:  # fmt: skip
        """`run` has work done elsewhere, one after the other: neither writing nor reading CAP may hold up an alarm."""
        self._book, self._hub, self._clock, self._sender = book, hub, clock, sender
        self._topic, self._kiosk = topic.rstrip("/"), name_of(kiosk)
        self._believed = {name_of(other) for other in believed}
        self._run, self._began = run, clock.now()
        self._written: dict[str, tuple[Alert, bool, bytes | None]] = {}
        """What an alert is as CAP, by its id: the message and its rank it was written of, and the bytes."""
        self._orphans: dict[str, bytes] = {}
        """What the broker has of this kiosk that this kiosk knows nothing of."""
        self._lock = threading.RLock()
        self._said: dict[str, tuple[bytes, datetime | None]] = {}
        """What this kiosk has told, by id of the alert; with the time of its end for a Cancel."""
        self._holders: dict[str, dict[str, Alert]] = {}
        """Which other kiosks hold an alert now, and in which words."""
        self._missed: dict[str, datetime] = {}
        """Alerts of other kiosks that a new connection has not brought yet, and since when it is there."""
        self.refused = Counter[Refusal]()
        """Messages refused since the start, by reason."""

    def start(self) -> None:
        """Begins to listen; before the broker's own `start`."""
        self._hub.subscribe(f"{self._topic}/+/+", self._come)
        self._hub.on_connect(lambda: self._run(self.greet))
        self._book.listen(lambda: self._run(self.tell))
        self.tell()

    def _come(self, message: Message) -> None:
        if len(message.payload) > LIMIT:
            self._refuse(Refusal.too_large)
        else:
            self._run(partial(self.heard, message))

    def greet(self) -> None:
        """Tells everything again on a new connection: the broker may have lost it."""
        with self._lock:
            now = self._clock.now()
            self._missed = {one.id: now for one in self._book.standing() if one.source == "kiosk"}
            for alert_id, (payload, _) in sorted(self._said.items(), key=lambda said: said[1][1] is None):
                self._publish(alert_id, payload)  # what stands comes last, and is the last to be dropped
            self.tell()

    def tell(self) -> None:
        """Publishes what is new among this kiosk's own public alerts, and the end of what stands no more."""
        with self._lock:
            own = {one.id: one for one in self._book.standing() if one.source != "kiosk" and one.alert.scope == "Public"}
            for one in own.values():
                payload = self._as_cap(one)
                if payload and self._said.get(one.id, (b"", None))[0] != payload:
                    self._said[one.id] = payload, None
                    self._publish(one.id, payload)
            for alert_id, (payload, ended) in list(self._said.items()):
                if ended is None and alert_id not in own:
                    self._take_back(alert_id, payload)
                    self._others_go_on(alert_id)
            self._written = {key: written for key, written in self._written.items() if key in own}

    def _others_go_on(self, alert_id: str) -> None:
        """What has ended here of itself stands on where another kiosk, which tells of it by the same name, still holds it."""
        ended, holders = self._book.ended(alert_id), self._holders.get(alert_id)
        if holders and (ended is None or not ended.final) and self._book.find(alert_id) is None:
            for kiosk, alert in list(holders.items()):
                self._take(kiosk, alert_id, alert)

    def _as_cap(self, one: Standing) -> bytes | None:
        """Written once for each message: the whole of it is looked through at every change of the book."""
        before = self._written.get(one.id)
        if before is None or before[0] is not one.alert or before[1] != one.life_safety:
            before = self._written[one.id] = one.alert, one.life_safety, _shared(one)
        return before[2]

    def tick(self, now: datetime) -> None:
        """Takes old Cancels off the broker, and ends what a connection did not bring again."""
        with self._lock:
            for alert_id, (_, ended) in list(self._said.items()):
                if ended is not None and now - ended >= CANCEL_KEPT:
                    del self._said[alert_id]
                    self._publish(alert_id, b"")
            if now - self._began >= SETTLING and self._orphans:
                orphans, self._orphans = self._orphans, {}
                for alert_id, payload in orphans.items():
                    if alert_id not in self._said:
                        self._take_back(alert_id, payload)
            over = [key for key, since in self._missed.items() if self._hub.connected and now - since >= MISSED_AFTER]
            for key in over:
                del self._missed[key]
        for key in over:
            if (one := self._book.find(key)) is not None and one.source == "kiosk" and not one.life_safety:
                self._book.clear(key, PROGRAM, final=False)

    def heard(self, message: Message) -> None:
        """Takes a message of the shared topic; what is not of its shape, or says nothing that can be used, is refused and counted."""
        kiosk, _, alert_id = message.topic.removeprefix(f"{self._topic}/").partition("/")
        if not (message.topic.startswith(f"{self._topic}/") and NAME.fullmatch(kiosk) and NAME.fullmatch(alert_id)):
            return self._refuse(Refusal.wrong_way)
        if kiosk == self._kiosk:
            return self._own(alert_id, message.payload)
        if not message.payload:
            return self._ended(kiosk, alert_id)
        try:
            alert = read(message.payload).alert
        except AssistantError as error:
            return self._refuse(BY_CODE.get(error.code, Refusal.malformed))
        if alert.message_type == "Cancel":
            return self._ended(kiosk, alert_id)
        reason = self._reason(alert, alert_id)
        return self._refuse(reason) if reason else self._take(kiosk, alert_id, alert)

    def _take(self, kiosk: str, alert_id: str, alert: Alert) -> None:
        """Lets another kiosk's alert stand, unless this kiosk has it from its source, or knows it ended there, or has a newer message."""
        with self._lock:
            self._missed.pop(alert_id, None)
            self._holders.setdefault(alert_id, {})[kiosk] = alert
        here, ended = self._book.find(alert_id), self._book.ended(alert_id)
        if here is None and ended is not None and ended.final and alert.sent <= ended.sent:
            return
        if here is not None and (here.source != "kiosk" or here.alert.sender != alert.sender or alert.sent < here.alert.sent):
            return
        serious = kiosk in self._believed and _says_life_safety(alert)
        self._book.stand(alert, source="kiosk", life_safety=serious, alert_id=alert_id, by=kiosk)

    def _reason(self, alert: Alert, alert_id: str) -> Refusal | None:
        """Why another kiosk's alert is not taken. It may be old: it is retained for as long as it stands."""
        if alert.status == "Draft":
            return Refusal.draft
        if self._clock.trusted() and alert.sent > self._clock.now() + EARLY:
            return Refusal.future
        if alert.scope != "Public":
            return Refusal.not_public
        if not alert.infos or alert.message_type not in ("Alert", "Update"):
            return Refusal.nothing_said
        as_if = Standing(id=alert_id, alert=alert, since=alert.sent, life_safety=False, source="kiosk")
        if self._clock.trusted() and (end := ends_at(as_if)) is not None and end <= self._clock.now():
            return Refusal.expired
        shared = sum(one.source == "kiosk" for one in self._book.standing())
        return Refusal.crowded if shared >= MOST_SHARED and self._book.find(alert_id) is None else None

    def _ended(self, kiosk: str, alert_id: str) -> None:
        with self._lock:
            holders = self._holders.get(alert_id, {})
            holders.pop(kiosk, None)
            if holders:
                return
            self._holders.pop(alert_id, None)
            self._missed.pop(alert_id, None)
        here = self._book.find(alert_id)
        if here is not None and here.source == "kiosk":
            self._book.clear(alert_id, kiosk, final=False)

    def _own(self, alert_id: str, payload: bytes) -> None:
        """What came back, or was left at the broker by this kiosk before it was switched off and has ended since."""
        with self._lock:
            if not payload or alert_id in self._said:
                return
            if (ended := self._book.ended(alert_id)) is None:
                log.event("alert_sharing_unknown_own")  # another kiosk of the same id, or a lost disk
                self._orphans[alert_id] = payload
            elif ended.sent + CANCEL_KEPT <= self._clock.now():
                self._publish(alert_id, b"")
            else:
                self._take_back(alert_id, payload)

    def _take_back(self, alert_id: str, payload: bytes) -> None:
        now = self._clock.now()
        try:
            last = read(payload).alert
            cancel = last if last.message_type == "Cancel" else cancelled(
                last, identifier=f"{alert_id}.{int(now.timestamp())}.end", sent=now, sender=self._sender
            )  # fmt: skip
            told = write(cancel)
        except (AssistantError, ValueError) as error:
            log.failure("alert_end_not_shared_as_cancel", error)
            told = b""
        if told:
            self._said[alert_id] = told, now
        else:
            self._said.pop(alert_id, None)
        self._publish(alert_id, told)

    def _publish(self, alert_id: str, payload: bytes) -> None:
        self._hub.publish(f"{self._topic}/{self._kiosk}/{alert_id}", payload, retain=True)

    def _refuse(self, reason: Refusal) -> None:
        self.refused[reason] += 1
        log.event("alert_refused", reason=reason, via=log.Id("kiosk"))


def name_of(kiosk: str) -> str:
    """A kiosk's id as it stands in a topic."""
    return re.sub(r"[^A-Za-z0-9_.-]", "_", kiosk)[:64] or "_"


def _shared(one: Standing) -> bytes | None:
    """An alert for the other kiosks; whether it is for life and safety is this kiosk's word, not that of whoever sent it."""
    said = ((LIFE_SAFETY, "true"),) if one.life_safety else ()
    infos = tuple(
        replace(info, parameters=(*((name, value) for name, value in info.parameters if name != LIFE_SAFETY), *said))
        for info in one.alert.infos
    )
    try:
        return write(replace(one.alert, infos=infos))
    except ValueError as error:
        log.failure("alert_not_shared", error)
        return None


def _says_life_safety(alert: Alert) -> bool:
    return any((LIFE_SAFETY, "true") in info.parameters for info in alert.infos)
