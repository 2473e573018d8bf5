"""What realtime says now, over the timetable: one snapshot a source, swapped whole, dropped when it is too old."""

import threading
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from assistant.clock import Clock
from assistant.knowledge.models import Outage, ServiceAlert
from assistant.knowledge.realtime import alerts as words
from assistant.knowledge.realtime.models import Feed, Unusable
from assistant.knowledge.realtime.resolve import Resolver
from assistant.knowledge.realtime.trips import LiveCall, LiveTrip
from assistant.knowledge.store import Store
from assistant.knowledge.store.live import LiveStop

AHEAD = timedelta(minutes=2)
"""How far a feed's clock may run ahead of ours."""

Part = Literal["trip_updates", "alerts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All trips that one feed speaks of."""

    as_of: str
    """ISO time of the feed."""
    trips: dict[tuple[int, date], LiveTrip] = field(default_factory=dict)
    """By number of the trip and service day; those of the timetable only, which this hides there."""
    at: dict[int, list[tuple[int, LiveTrip, LiveCall]]] = field(default_factory=dict)
    """Departures by station, in order of the time they are due at."""


NOTHING = Snapshot(as_of="")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A feed with the moment it speaks of."""

    feed: Feed
    at: datetime


class Overlay:
    """Realtime over one imported timetable. Safe from every thread: what is read is never changed, only replaced."""

    def __init__(self, clock: Clock, limit_s: float) -> None:
        self._clock, self._limit = clock, timedelta(seconds=limit_s)
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._updates: _Held | None = None
        self._alerts: _Held | None = None
        self._live: tuple[_Held, Store, Snapshot] | None = None
        self._stops: dict[str, LiveStop] = {}
        self._pathways: set[str] = set()
        self.dropped: dict[str, int] = {}
        """Why updates of the newest feed were left out → how many."""

    def bind(self, store: Store) -> None:
        """The timetable that holds from now on; what is known is worked out anew over it."""
        with self._lock:
            self._store = store
            self._resolve()
            self._look_up()

    def put(self, feed: Feed, parts: Collection[Part]) -> None:
        """Takes in a feed that has just come, for its updates, its alerts, or both. Raises Unusable for one from another time."""
        now = self._clock.now()
        said = now if feed.timestamp is None else _moment(feed.timestamp)
        if said > now + AHEAD:
            raise Unusable("feed-from-the-future")
        held = _Held(feed=feed, at=min(said, now))
        if now - held.at > self._limit:
            raise Unusable("feed-too-old")
        with self._lock:
            if "trip_updates" in parts and (self._updates is None or held.at >= self._updates.at):
                self._updates = held
                self._resolve()
            if "alerts" in parts and (self._alerts is None or held.at >= self._alerts.at):
                self._alerts = held
                self._look_up()

    def live(self, store: Store) -> Snapshot:
        """What is known of the trips of one import; nothing where it is too old, or was worked out over another import."""
        live = self._live
        if live is None:
            return NOTHING
        held, over, snapshot = live
        return snapshot if over is store and self._fresh(held) else NOTHING

    def age_s(self, part: Part) -> float | None:
        """Seconds since the moment that the newest feed speaks of; None where none came."""
        held = self._updates if part == "trip_updates" else self._alerts
        return None if held is None else (self._clock.now() - held.at).total_seconds()

    def knows(self, part: Part) -> bool:
        """Whether what is known is fresh enough to be told."""
        held = self._updates if part == "trip_updates" else self._alerts
        return held is not None and self._fresh(held)

    def alerts(
        self, at: datetime, *, routes: Collection[str] | None, stops: Collection[str] | None, language: str, trip_id: str | None = None
    ) -> list[ServiceAlert]:
        """Alerts of a moment about one of the routes and stops (None: any), in the feed's order."""
        held = self._alerts
        if held is None or not self._fresh(held):
            return []
        as_of = held.at.isoformat(timespec="seconds")
        return [
            words.service_alert(alert, language, as_of)
            for alert in held.feed.alerts
            if words.on(alert.shown, at.timestamp()) and words.concerns(alert, routes=routes, stops=stops, trip_id=trip_id)
        ]

    def outages(self) -> list[Outage]:
        """What the newest alerts put out of order, whatever their age: a lift stays broken when the feed stops."""
        held = self._alerts
        if held is None:
            return []
        return words.outages(
            held.feed.alerts, self._stops, self._pathways, self._clock.now(), held.at.isoformat(timespec="seconds")
        )  # fmt: skip

    def _fresh(self, held: _Held) -> bool:
        return -AHEAD <= self._clock.now() - held.at <= self._limit

    def _resolve(self) -> None:
        held, store = self._updates, self._store
        if held is None or store is None:
            return
        resolver = Resolver(store.live, store.services, ZoneInfo(store.meta["timezone"]), int(held.at.timestamp()))
        trips = resolver.trips(held.feed)
        at: dict[int, list[tuple[int, LiveTrip, LiveCall]]] = defaultdict(list)
        for trip in trips:
            for call in trip.calls:
                if call.boards and (due := call.due) is not None:
                    at[call.station].append((due, trip, call))
        for departures in at.values():
            departures.sort(key=_due)
        hidden = {(trip.trip, trip.day): trip for trip in trips if trip.trip > 0}
        self._live = held, store, Snapshot(as_of=held.at.isoformat(timespec="seconds"), trips=hidden, at=dict(at))
        self.dropped = {code: held.feed.dropped.get(code, 0) + resolver.dropped[code] for code in {*held.feed.dropped, *resolver.dropped}}

    def _look_up(self) -> None:
        held, store = self._alerts, self._store
        if held is None or store is None:
            return
        named = {selector.stop_id for alert in held.feed.alerts for selector in alert.selectors if selector.stop_id}
        self._stops, self._pathways = store.live.stops(named), store.live.pathways(named)


def _due(departure: tuple[int, LiveTrip, LiveCall]) -> int:
    return departure[0]


def _moment(timestamp: int) -> datetime:
    """Raises Unusable for a moment that no calendar has."""
    try:
        return datetime.fromtimestamp(timestamp, UTC)
    except (ValueError, OverflowError, OSError):
        raise Unusable("feed-from-the-future") from None
