"""Alerts, a clock by hand and a hub without a broker, for the tests of the alarm."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from assistant.alarm.cap.write import write
from assistant.alarm.models import Alert, Area, Info, Reference
from assistant.mqtt import Handler, Message

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SENDER = "control@rail.example"
FIRE = Info(
    language="en", categories=("Fire",), event="Fire", responses=("Evacuate",), urgency="Immediate", severity="Extreme",
    certainty="Observed", headline="Fire in the main hall", instruction="Leave the station", expires=NOON + timedelta(hours=2),
    areas=(Area(description="Main hall", zones=("hc-hall",)),),
)  # fmt: skip
WARNING = Alert(identifier="a1", sender=SENDER, sent=NOON, status="Actual", message_type="Alert", infos=(FIRE,))


class Hands:
    """A clock that is set by hand."""

    def __init__(self, now: datetime = NOON, *, vouched: bool = True) -> None:
        self.time, self.vouched = now, vouched

    def now(self) -> datetime:
        return self.time

    def trusted(self) -> bool:
        return self.vouched


def reference(alert: Alert) -> Reference:
    return Reference(sender=alert.sender, identifier=alert.identifier, sent=alert.sent)


def following(alert: Alert, kind: str, identifier: str, seconds: int = 1, **changes: object) -> Alert:
    """A later message about `alert`."""
    later: dict[str, object] = {"identifier": identifier, "sent": alert.sent + timedelta(seconds=seconds), "message_type": kind}
    later |= {"references": (reference(alert),), **({"infos": ()} if kind == "Cancel" else {}), **changes}
    return replace(alert, **later)  # type: ignore[arg-type]


def bytes_of(alert: Alert = WARNING, **changes: object) -> bytes:
    return write(replace(alert, **changes))  # type: ignore[arg-type]


class Hub:
    """A broker in memory with retained messages; whoever is off gets nothing."""

    def __init__(self) -> None:
        self.retained: dict[str, bytes] = {}
        self.sent: list[Message] = []
        self.ends: list[End] = []

    def end(self) -> "End":
        self.ends.append(End(self))
        return self.ends[-1]

    def put(self, topic: str, payload: bytes) -> None:
        self.sent.append(Message(topic=topic, payload=payload))
        self.retained[topic] = payload
        if not payload:
            with suppress(KeyError):
                del self.retained[topic]
        for end in self.ends:
            end.bring(topic, payload)


class End:
    """One client's end of the hub."""

    def __init__(self, hub: Hub) -> None:
        self._hub, self.connected = hub, False
        self._handlers: list[Handler] = []
        self._greeters: list[Callable[[], None]] = []
        self._unsent: dict[str, bytes] = {}

    def subscribe(self, topic_filter: str, handler: Handler) -> None:
        assert topic_filter == "station/alerts/+/+"
        self._handlers.append(handler)

    def on_connect(self, told: Callable[[], None]) -> None:
        self._greeters.append(told)

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> bool:
        assert retain
        if self.connected:
            self._hub.put(topic, payload)
        else:
            self._unsent[topic] = payload
        return self.connected

    def bring(self, topic: str, payload: bytes) -> None:
        if self.connected:
            for handler in self._handlers:
                handler(Message(topic=topic, payload=payload))

    def connect(self) -> None:
        for told in self._greeters:
            told()
        self.connected = True
        for topic, payload in list(self._hub.retained.items()):
            self.bring(topic, payload)
        unsent, self._unsent = self._unsent, {}
        for topic, payload in unsent.items():
            self._hub.put(topic, payload)

    def disconnect(self) -> None:
        self.connected = False
