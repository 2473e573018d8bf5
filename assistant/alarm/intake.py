"""Warnings from outside: who may send what, by which way, and what a message does. Everything else is refused, counted and logged."""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final, Literal

from assistant import log
from assistant.alarm.book import Book
from assistant.alarm.cap.choose import acute
from assistant.alarm.cap.read import Received, read
from assistant.alarm.cap.rules import identity, identity_of
from assistant.alarm.models import Alert
from assistant.clock import Clock
from assistant.errors import AssistantError, BadRequest, NotAllowed
from assistant.settings.sensing import Alerts, Sender

EARLY: Final = timedelta(minutes=5)
"""How far a sender's clock may be ahead of ours."""
MOST_STANDING: Final = 50
"""Alerts of one sender that stand at once, as many more for life and safety; updates and ends of them are always taken."""


class Refusal(StrEnum):
    """Why a message is not taken."""

    malformed = "malformed"
    """No CAP, or against its rules."""
    forbidden_xml = "forbidden-xml"
    """With a document type, entities or outside references."""
    too_large = "too-large"
    unknown_sender = "unknown-sender"
    wrong_way = "wrong-way"
    """A listed sender, but by a token, topic or folder that is not its own."""
    draft = "draft"
    not_public = "not-public"
    """Restricted or Private: a kiosk is for everybody."""
    stale = "stale"
    future = "future"
    expired = "expired"
    replay = "replay"
    unknown_reference = "unknown-reference"
    foreign_reference = "foreign-reference"
    """It updates or cancels a message of another sender."""
    other_status = "other-status"
    """As an Exercise that cancels an Actual alert."""
    nothing_said = "nothing-said"
    """Without an info there is nothing to show."""
    crowded = "crowded"


MESSAGES: Final[dict[Refusal, str]] = {
    Refusal.unknown_sender: "no such sender is listed under alerts.senders",
    Refusal.wrong_way: "this sender is not listed with this token, topic or folder under alerts.senders",
    Refusal.draft: "a draft is not for the public",
    Refusal.not_public: "only messages of the scope Public are shown at a kiosk",
    Refusal.stale: "the message was sent too long ago (alerts.stale_s)",
    Refusal.future: "the message was sent later than now; one of the two clocks is wrong",
    Refusal.expired: "the message has expired",
    Refusal.replay: "this message came before",
    Refusal.unknown_reference: "none of the messages that it updates or cancels is known here; send it as an Alert",
    Refusal.foreign_reference: "it updates or cancels messages of other senders",
    Refusal.other_status: "it updates or cancels a message of another status",
    Refusal.nothing_said: "an alert without <info> says nothing",
    Refusal.crowded: f"more than {MOST_STANDING} alerts of this sender stand; cancel some",
}
BY_CODE: Final = {"cap-too-large": Refusal.too_large, "cap-forbidden-xml": Refusal.forbidden_xml}


@dataclass(frozen=True, slots=True, kw_only=True)
class Via:
    """The way by which a message came."""

    kind: Literal["token", "topic", "folder"]
    name: str = ""
    """Name of the token, or the topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a message did."""

    action: Literal["stands", "updated", "ended", "ignored"]
    """`ended` also where nothing stood any more; `ignored` for Ack and Error."""
    id: str | None = None
    """Of the alert here."""
    life_safety: bool = False


class Refused(AssistantError):
    """A message that is not taken."""

    def __init__(self, reason: Refusal, error: AssistantError) -> None:
        super().__init__(error.message, code=error.code, hint=error.hint)
        self.reason, self.status = reason, error.status


class Intake:
    """Takes messages into the book. Safe from every thread."""

    def __init__(self, settings: Alerts, book: Book, clock: Clock) -> None:
        self._settings, self._book, self._clock = settings, book, clock
        self._lock = threading.Lock()
        self.taken = 0
        """Messages taken since the start."""
        self.refused = Counter[Refusal]()
        """Messages refused since the start, by reason."""

    def take(self, data: bytes, via: Via) -> Taken:
        """Reads a message and does what it says. Raises Refused, which says why and quotes nothing."""
        try:
            received = self._read(data)
            with self._lock:
                taken = self._take(received, via)
                self.taken += 1
        except Refused as refused:
            self.refuse(refused.reason, via)
            raise
        log.event("alert_taken", action=log.Id(taken.action), via=log.Id(via.kind), life_safety=taken.life_safety)
        return taken

    def refuse(self, reason: Refusal, via: Via) -> None:
        """Counts and logs a message that is not taken."""
        self.refused[reason] += 1
        log.event("alert_refused", reason=reason, via=log.Id(via.kind))

    def _read(self, data: bytes) -> Received:
        try:
            return read(data)
        except AssistantError as error:
            raise Refused(BY_CODE.get(error.code, Refusal.malformed), error) from None

    def _take(self, received: Received, via: Via) -> Taken:
        alert = received.alert
        entry = self._entry(alert.sender, via)
        self._check(alert)
        for remark in sorted(received.remarks):
            log.event("alert_remark", remark=remark)
        if alert.message_type in ("Ack", "Error"):
            return Taken(action="ignored")
        serious = entry.life_safety and is_life_safety(alert)
        ids = [] if alert.message_type == "Alert" else self._referenced(alert)
        if ids:
            return self._follow(alert, ids, entry, serious)
        if alert.message_type == "Cancel":
            raise _refused(Refusal.unknown_reference)
        self._check_room(alert.sender, serious)  # an Update of what never came here is as good as a first message
        one = self._book.stand(alert, source="sender", life_safety=serious)
        return Taken(action="stands", id=one.id, life_safety=one.life_safety)

    def _follow(self, alert: Alert, ids: list[str], entry: Sender, serious: bool) -> Taken:
        """An Update takes the place of the alerts it names, a Cancel ends them."""
        standing = [one for one in map(self._book.find, ids) if one is not None]
        if any(one.source not in ("sender", "kiosk") for one in standing):
            raise _refused(Refusal.foreign_reference)
        if any(one.life_safety for one in standing) and not entry.life_safety:
            raise _refused(Refusal.wrong_way)  # what came by a trusted way is not taken back by another
        if any(one.alert.status != alert.status for one in standing):
            raise _refused(Refusal.other_status)
        if alert.message_type == "Cancel":
            for one in standing:
                self._book.clear(one.id, alert.sender, message=alert)
            if not standing:
                self._book.note(alert, ids[0], alert.sender)
            return Taken(action="ended", id=ids[0])
        if not standing:
            self._check_room(alert.sender, serious)
        first = standing[0].id if standing else ids[0]
        one = self._book.stand(alert, source="sender", life_safety=serious, alert_id=first)
        for other in standing[1:]:
            self._book.clear(other.id, alert.sender)
        return Taken(action="updated", id=one.id, life_safety=one.life_safety)

    def _referenced(self, alert: Alert) -> list[str]:
        """Ids of the alerts here that a message names, each once; only messages of its own sender count. None for unknown ones."""
        own = [one for one in alert.references if one.sender == alert.sender]
        if not own:
            raise _refused(Refusal.foreign_reference)
        known = [self._book.seen(identity(one.sender, one.identifier, one.sent)) for one in own]
        return list(dict.fromkeys(message.id for message in known if message is not None))

    def _entry(self, sender: str, via: Via) -> Sender:
        listed = [one for one in self._settings.senders if one.sender == sender]
        if not listed:
            raise _refused(Refusal.unknown_sender)
        fitting = [one for one in listed if comes_by(one, via)]
        if not fitting:
            raise _refused(Refusal.wrong_way)
        return max(fitting, key=lambda one: one.life_safety)

    def _check(self, alert: Alert) -> None:
        if alert.status == "Draft":
            raise _refused(Refusal.draft)
        if alert.scope != "Public":
            raise _refused(Refusal.not_public)
        now = self._clock.now()
        if self._clock.trusted():  # a wrong clock of ours must not keep a warning out
            if alert.sent < now - timedelta(seconds=self._settings.stale_s):
                raise _refused(Refusal.stale)
            if alert.sent > now + EARLY:
                raise _refused(Refusal.future)
        known = self._book.seen(identity_of(alert))
        if known is not None and known.direct:
            raise _refused(Refusal.replay)
        if alert.message_type in ("Alert", "Update"):
            if not alert.infos:
                raise _refused(Refusal.nothing_said)
            expiries = [info.expires for info in alert.infos]
            if self._clock.trusted() and all(at is not None and at <= now for at in expiries):
                raise _refused(Refusal.expired)

    def _check_room(self, sender: str, serious: bool) -> None:
        same = [one for one in self._book.standing() if one.alert.sender == sender and one.life_safety == serious]
        if len(same) >= MOST_STANDING:
            raise _refused(Refusal.crowded)


def is_life_safety(alert: Alert) -> bool:
    """Whether a message asks people to act at once: Actual, and one of its infos `acute`. Its sender must be trusted with it besides."""
    return alert.status == "Actual" and alert.message_type in ("Alert", "Update") and any(acute(info) for info in alert.infos)


def comes_by(sender: Sender, via: Via) -> bool:
    """Whether a listed sender uses this way."""
    if via.kind == "folder":
        return sender.folder
    return bool(via.name) and via.name == (sender.token if via.kind == "token" else sender.topic)


def known_token(senders: Sequence[Sender], name: str) -> bool:
    """Whether any sender is listed with the token of this name."""
    return any(one.token == name for one in senders)


def _refused(reason: Refusal) -> Refused:
    error = NotAllowed if reason in (Refusal.unknown_sender, Refusal.wrong_way) else BadRequest
    return Refused(reason, error(MESSAGES[reason], code=f"alert-{reason.value}"))
