"""The book of alerts: what stands now, who raised and who ended it. Memory first, the disk right after: an alert waits for no disk."""

import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from assistant import log
from assistant.alarm.cap.rules import Identity, identity_of
from assistant.alarm.cap.write import write
from assistant.alarm.models import Action, Alert, Entry, Source, Standing
from assistant.alarm.store import MOST_ENDED, MOST_ENTRIES, MOST_SEEN, AlertStore, Change, Ended, Seen
from assistant.clock import Clock
from assistant.errors import AssistantError

FORGOTTEN_AFTER: Final = timedelta(hours=24)
"""When a sender's alert that is not for life and safety ends where it does not say so itself: CAP 1.2 leaves that to the recipient."""
MOST_WAITING: Final = 1000
"""Changes that wait for the disk; with more, the whole state is written anew when it answers again."""
AGAIN_AFTER: Final = timedelta(seconds=10)
"""When writing is tried again after it failed."""
PROGRAM: Final = "station-assistant"
"""Who ended what ended by the clock."""


class Book:
    """The alerts of this kiosk. Safe from every thread."""

    def __init__(self, store: AlertStore, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._lock = threading.RLock()
        self._listeners: list[Callable[[], None]] = []
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="alerts")
        self._waiting, self._unwritten = 0, False
        self._tried: datetime | None = None
        self._standing: dict[str, Standing] = {}
        self._seen: dict[bool, dict[Identity, Seen]] = {True: {}, False: {}}
        self._ended: dict[str, Ended] = {}
        try:
            kept = store.load()
        except AssistantError:  # the store has logged it
            self._unwritten = True
            return
        self._standing = {one.id: one for one in kept.standing}
        self._ended = {old.id: old for old in kept.ended}
        for message in kept.seen:
            self._seen[message.direct][message.identity] = message

    @property
    def durable(self) -> bool:
        """False where a restart would forget alerts: no file can be written, or the last change could not be."""
        return self._store.durable and not self._unwritten

    def listen(self, told: Callable[[], None]) -> None:
        """Calls `told` after each change of what stands, on the thread that made it and outside the lock."""
        self._listeners.append(told)

    def standing(self) -> tuple[Standing, ...]:
        """What stands now: life safety first, then the oldest first."""
        with self._lock:
            return tuple(sorted(self._standing.values(), key=lambda one: (not one.life_safety, one.since, one.id)))

    def find(self, alert_id: str) -> Standing | None:
        """What stands under an id."""
        with self._lock:
            return self._standing.get(alert_id)

    def seen(self, message: Identity) -> Seen | None:
        """What is known of a message that came before, from its sender or else from another kiosk."""
        with self._lock:
            return self._seen[True].get(message) or self._seen[False].get(message)

    def ended(self, alert_id: str) -> Ended | None:
        """What is known of an alert that stood here and does not any more."""
        with self._lock:
            return self._ended.get(alert_id)

    def history(self, limit: int = MOST_ENTRIES) -> list[Entry]:
        """The log of every message and who ended what, the newest first. Raises Unavailable."""
        self.flush()
        return self._store.history(limit)

    def stand(
        self, alert: Alert, *, source: Source, life_safety: bool = False, latched: bool = False, key: str | None = None,
        alert_id: str | None = None, by: str | None = None,
    ) -> Standing:  # fmt: skip
        """Lets an alert stand, and gives what stands then; the same message again changes nothing.

        `key` names what it is about where its source tells of the same thing again after a restart (the id of a rule): it then goes on
        under the same id. Only an Actual alert is for life and safety, whatever is asked. `by` is for the log: the sender, if not given.
        """
        name = alert_id or id_of(alert, key)
        with self._lock:
            old, now = self._standing.get(name), self._clock.now()
            new = Standing(
                id=name, alert=alert, since=old.since if old else now, life_safety=life_safety and alert.status == "Actual",
                latched=latched, source=source,
            )  # fmt: skip
            if old is not None and identity_of(old.alert) == identity_of(alert) and replace(new, alert=old.alert) == old:
                return old
            self._standing[name] = new
            self._ended.pop(name, None)
            seen = self._see(alert, name, direct=source != "kiosk")
            self._write(Change(standing=new, seen=seen, entry=_entry(new, "updated" if old else "raised", now, by or alert.sender)))
        log.event("alert_stands", id=log.Id(name), life_safety=new.life_safety, source=log.Id(source), again=old is not None)
        self._tell()
        return new

    def update(self, alert_id: str, alert: Alert, *, life_safety: bool | None = None, by: str | None = None) -> Standing | None:
        """Puts a newer message in the place of the one that stands; None where none does. Its rank stays where none is given."""
        old = self.find(alert_id)
        if old is None:
            return None
        rank = old.life_safety if life_safety is None else life_safety
        return self.stand(alert, source=old.source, life_safety=rank, latched=old.latched, alert_id=alert_id, by=by)

    def clear(self, alert_id: str, by: str, *, operator: bool = False, message: Alert | None = None, final: bool = True) -> bool:
        """Ends an alert, by its source or with `operator` by staff; False where none stands, or where only staff may end it (latched).

        `by` is the sender, the part of this program or the token's name, `message` the Cancel where there is one. An end that is not
        `final` lets another kiosk's copy bring the alert back.
        """
        with self._lock:
            old = self._standing.get(alert_id)
            if old is None or (old.latched and not operator):
                return False
            self._end(old, "cleared" if operator else "ended", self._clock.now(), by, message=message, final=final)
        log.event("alert_cleared", id=log.Id(alert_id), operator=operator, life_safety=old.life_safety)
        self._tell()
        return True

    def note(self, alert: Alert, alert_id: str, by: str) -> None:
        """Keeps a message in mind and in the log that changes nothing here."""
        with self._lock:
            found = self._standing.get(alert_id)
            stand_in = replace(found, alert=alert) if found else Standing(
                id=alert_id, alert=alert, since=self._clock.now(), life_safety=False, source="sender"
            )  # fmt: skip
            seen = self._see(alert, alert_id, direct=True)
            self._write(Change(seen=seen, entry=_entry(stand_in, "noted", self._clock.now(), by)))

    def tick(self, now: datetime) -> None:
        """Ends what has expired, and writes what could not be written. A clock that nobody vouches for ends nothing."""
        trusted = self._clock.trusted()
        with self._lock:
            over = [one for one in self._standing.values() if trusted and (end := ends_at(one)) is not None and end <= now]
            for one in over:
                self._end(one, "expired", now, PROGRAM, final=False)
            if self._unwritten and not self._waiting and (self._tried is None or abs(now - self._tried) >= AGAIN_AFTER):
                self._tried = now
                self._rewrite()
        for one in over:
            log.event("alert_expired", id=log.Id(one.id), life_safety=one.life_safety)
        if over:
            self._tell()

    def flush(self, limit_s: float = 5.0) -> bool:
        """Waits until everything so far is on the disk; False where it is not."""
        try:
            self._writer.submit(lambda: None).result(limit_s)
        except (Late, RuntimeError):
            return False
        return self.durable

    def close(self) -> None:
        """Writes what waits, and lets go of the file."""
        self._writer.shutdown(wait=True)
        self._store.close()

    def _end(self, old: Standing, action: Action, now: datetime, by: str, *, message: Alert | None = None, final: bool) -> None:
        del self._standing[old.id]
        ended = Ended(id=old.id, sent=(message or old.alert).sent, final=final)
        self._ended.pop(old.id, None)
        self._ended[old.id] = ended
        _trim(self._ended, MOST_ENDED)
        seen = self._see(message, old.id, direct=True) if message else None
        told = replace(old, alert=message) if message else old
        self._write(Change(ended=ended, seen=seen, entry=_entry(told, action, now, by)))

    def _see(self, alert: Alert, alert_id: str, *, direct: bool) -> Seen | None:
        message = identity_of(alert)
        if not direct and message in self._seen[True]:
            return None
        seen = Seen(identity=message, id=alert_id, direct=direct)
        self._seen[False].pop(message, None)
        self._seen[direct][message] = seen
        _trim(self._seen[direct], MOST_SEEN)
        return seen

    def _write(self, change: Change) -> None:
        if self._unwritten or self._waiting >= MOST_WAITING:
            self._unwritten = True
            return
        self._submit(lambda: self._store.record(change))

    def _rewrite(self) -> None:
        standing, ended = list(self._standing.values()), list(self._ended.values())
        seen = [message for part in self._seen.values() for message in part.values()]
        self._unwritten = False
        self._submit(lambda: self._store.rewrite(standing, seen, ended))

    def _submit(self, work: Callable[[], None]) -> None:
        self._waiting += 1
        try:
            self._writer.submit(work).add_done_callback(self._written)
        except RuntimeError:  # the machine is just being stopped
            self._waiting, self._unwritten = self._waiting - 1, True

    def _written(self, done: "Future[None]") -> None:
        with self._lock:
            self._waiting -= 1
            if (error := done.exception()) is not None:
                self._unwritten = True
                if not isinstance(error, AssistantError):
                    log.failure("alert_not_written", error)

    def _tell(self) -> None:
        for told in self._listeners:
            try:
                told()
            except Exception as error:  # whoever listens, the others are told
                log.failure("alert_listener_failed", error)


def id_of(alert: Alert, key: str | None = None) -> str:
    """The id of an alert on every kiosk: of its first message, or of its sender and what it is about."""
    parts = (alert.sender, "key", key) if key is not None else identity_of(alert)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def ends_at(one: Standing) -> datetime | None:
    """When an alert ends by the clock: when the last of its infos expires. None: not by the clock."""
    if one.latched:
        return None
    expiries = [info.expires for info in one.alert.infos]
    told = [at for at in expiries if at is not None]
    if expiries and len(told) == len(expiries):
        return max(told)
    return one.alert.sent + FORGOTTEN_AFTER if one.source == "sender" and not one.life_safety else None


def _trim(held: dict[Identity, Seen] | dict[str, Ended], most: int) -> None:
    while len(held) > most:
        del held[next(iter(held))]  # type: ignore[arg-type]


def _entry(one: Standing, action: Action, at: datetime, by: str) -> Entry:
    alert = one.alert
    return Entry(
        at=at, action=action, id=one.id, sender=alert.sender, identifier=alert.identifier, sent=alert.sent, status=alert.status,
        message_type=alert.message_type, source=one.source, by=by, cap=_bytes(alert),
    )  # fmt: skip


def _bytes(alert: Alert) -> bytes | None:
    try:
        return write(alert)
    except ValueError as error:  # an alert of ours that breaks a rule of CAP still stands
        log.failure("alert_not_cap", error)
        return None
