"""Journeys over the imported timetable: which days are loaded, which scans are run, and which journeys are worth telling."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.errors import NotFound
from assistant.knowledge.journeys.changes import Changes
from assistant.knowledge.journeys.legs import Legs, Walks
from assistant.knowledge.journeys.live import Live, Timetable
from assistant.knowledge.journeys.network import Day, Network
from assistant.knowledge.journeys.ports import Ways
from assistant.knowledge.journeys.scan import RIDES, Ground, Ride, Scan
from assistant.knowledge.models import Journey, Stop
from assistant.knowledge.realtime.overlay import Snapshot
from assistant.knowledge.store import Store
from assistant.knowledge.timetable import service_day_origin

AHEAD_S = 24 * 3600
"""How far ahead a journey is looked for."""
BACK_S = 20 * 3600
"""How long before the time to arrive by a journey may begin."""
SPARE = 0.5
"""A journey with fewer changes is told where it takes no more than half as long again, counted from the time asked for."""
KEPT = 3
"""Networks in memory: today's, tomorrow's, and that of another day somebody asked for."""
Kind = tuple[bool, frozenset[str]]
"""Whether without steps, and what is out of order."""


@dataclass(slots=True, kw_only=True)
class Loaded:
    """The network around one day, and its ground in both directions for each kind of change times that was asked for."""

    network: Network
    begins: datetime
    grounds: dict[Kind, tuple[Ground, Ground]] = field(default_factory=dict)
    live: Live | None = None
    used: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question in terms of a network: doors and exits with the seconds to or from them; times are seconds of the network."""

    network: Network
    grounds: tuple[Ground, Ground]
    live: Live
    step_free: bool
    doors: dict[int, int]
    exits: dict[int, int]

    def ahead(self, at: int, until: int, rides: int, spare: float) -> Scan:
        """Earliest arrivals."""
        network = self.network
        table = network.step_free_forward if self.step_free else network.forward
        changed = self.live.changed(step_free=self.step_free, backward=False)
        scan = Scan(table, self.grounds[0], self.exits, changed, rides=rides, until=until, spare=spare)
        scan.run({door: at + seconds for door, seconds in self.doors.items()})
        return scan

    def back(self, by: int, since: int, rides: int, spare: float) -> Scan:
        """Latest departures, as negative times."""
        network = self.network
        table = network.step_free_backward if self.step_free else network.backward
        changed = self.live.changed(step_free=self.step_free, backward=True)
        scan = Scan(table, self.grounds[1], self.doors, changed, rides=rides, until=-since, spare=spare)
        scan.run({exit_: seconds - by for exit_, seconds in self.exits.items()})
        return scan

    def departing(self, at: int) -> list[list[Ride]]:
        """Rides of the journeys that arrive first, each begun as late as it can be; then those of later ones with fewer changes."""
        first = self.ahead(at, at + AHEAD_S, RIDES, SPARE)
        return [_reversed(self.back(first.best[rides], at, rides, 0).paths[rides]) for rides in _worth(first)]

    def arriving(self, by: int, since: int) -> list[list[Ride]]:
        """Rides of the journeys that depart latest, each done as early as it can be; then those of earlier ones with fewer changes."""
        first = self.back(by, since, RIDES, SPARE)
        return [_in_order(self.ahead(-first.best[rides], by, rides, 0).paths[rides]) for rides in _worth(first)]


class Planner:
    """The `JourneyPlanner` over one imported database. A network is loaded once and shared by all threads."""

    def __init__(
        self, store: Store, stop: Callable[[int, str], Stop], ways: Ways, closed: Callable[[], frozenset[str]],
        live: Callable[[], Snapshot],
    ) -> None:
        """`closed` gives the ids of what is out of order, `live` what is known of trains, both at the moment of asking."""
        self._store, self._stop, self._ways, self._snapshot = store, stop, ways, live
        self._zone = ZoneInfo(store.meta["timezone"])
        self._closed = closed
        self._loading = threading.Lock()
        self._loaded: dict[date, Loaded] = {}
        self._changes: dict[Kind, Changes] = {}

    def plan(
        self, *, origin: str, destination: str, depart_at: datetime | None, arrive_by: datetime | None, step_free: bool, limit: int,
        language: str,
    ) -> list[Journey]:
        """See `JourneyPlanner`. Raises NotFound, and ValueError where no time is given."""
        anchor = arrive_by or depart_at
        if anchor is None:
            raise ValueError("a journey departs at a time or arrives by one")
        start, goal = self._station(origin), self._station(destination)
        if start == goal:
            return []
        loaded, changes, grounds, live = self._ready(anchor.astimezone(self._zone).date(), (step_free, self._closed()))
        access, egress = _access(changes, start, origin), _egress(changes, goal)
        network = loaded.network
        question = Question(
            network=network, grounds=grounds, live=live, step_free=step_free,
            doors={door: access[stop][1] for (stop, _), door in network.doors.items() if stop in access},
            exits={exit_: egress[stop][1] for (stop, _), exit_ in network.exits.items() if stop in egress},
        )  # fmt: skip
        if arrive_by is None:
            found = question.departing(_second(anchor, loaded.begins, up=True))
        else:
            by = _second(arrive_by, loaded.begins)
            since = by - BACK_S if depart_at is None else max(by - BACK_S, _second(depart_at, loaded.begins, up=True))
            found = question.arriving(by, since)
        legs = Legs(
            store=self._store, stop=self._stop, live=live, changes=changes, begins=loaded.begins, zone=self._zone, language=language
        )
        return [legs.journey(rides, access, egress) for rides in found[:limit]]

    def load(self, day: date) -> None:
        """Makes the network around a day ready, so that nobody waits for it."""
        self._ready(day, (False, self._closed()))

    def _ready(self, day: date, kind: Kind) -> tuple[Loaded, Changes, tuple[Ground, Ground], Live]:
        """What answers questions about a day; what nobody needed before is made now, by one thread while others wait for it."""
        loaded, changes = self._loaded.get(day), self._changes.get(kind)
        grounds, live = (loaded.grounds.get(kind), loaded.live) if loaded is not None else (None, None)
        snapshot = self._snapshot()
        if loaded is None or changes is None or grounds is None or live is None or live.snapshot is not snapshot:
            with self._loading:
                changes = self._changes_of(kind)
                loaded = self._loaded.get(day) or self._load(day, changes)
                grounds = loaded.grounds.get(kind) or loaded.network.grounds(changes, step_free=kind[0])
                loaded.grounds = {other: known for other, known in loaded.grounds.items() if other[1] == kind[1]} | {kind: grounds}
                if loaded.live is None or loaded.live.snapshot is not snapshot:
                    loaded.live = self._lay_over(loaded, day, snapshot)
                live = loaded.live
        loaded.used = time.monotonic()
        return loaded, changes, grounds, live

    def _load(self, day: date, changes: Changes) -> Loaded:
        begins = service_day_origin(day, self._zone)
        loaded = Loaded(network=Network(changes, [self._day(each, begins) for each in _around(day)]), begins=begins)
        while len(self._loaded) >= KEPT:
            del self._loaded[min(self._loaded, key=lambda each: self._loaded[each].used)]
        self._loaded[day] = loaded
        return loaded

    def _day(self, day: date, begins: datetime) -> Day:
        rows, services = self._store.journeys, self._store.services(day)
        return Day(
            origin_s=self._origin_s(day, begins),
            trips={trip.id: trip for trip in rows.trips(services)}, calls=rows.calls(services), continuations=rows.continuations(),
        )  # fmt: skip

    def _lay_over(self, loaded: Loaded, day: date, snapshot: Snapshot) -> Live:
        timetable = Timetable(calls=self._store.trips.calls, trip=self._store.journeys.leg)
        origins = {each: self._origin_s(each, loaded.begins) for each in _around(day)}
        return Live(loaded.network, snapshot, timetable, begins_s=round(loaded.begins.timestamp()), origins=origins)

    def _origin_s(self, day: date, begins: datetime) -> int:
        return round((service_day_origin(day, self._zone) - begins).total_seconds())

    def _changes_of(self, kind: Kind) -> Changes:
        """Change times; those of another state of the ways are forgotten."""
        if kind not in self._changes:
            rows, (step_free, closed) = self._store.journeys, kind
            made = Changes(rows.stops(), rows.transfers(), self._ways, step_free=step_free, closed=closed)
            self._changes = {other: known for other, known in self._changes.items() if other[1] == closed} | {kind: made}
        return self._changes[kind]

    def _station(self, stop_id: str) -> int:
        station = self._store.station_of(stop_id)
        if station is None:
            raise NotFound("no stop has this id", code="stop-not-found")
        return station


def _around(day: date) -> list[date]:
    """Service days whose trains run on a day, and those to look ahead and back to."""
    return [day + timedelta(days=days) for days in (-1, 0, 1)]


def _access(changes: Changes, station: int, stop_id: str) -> Walks:
    """Stops to begin at: a platform alone, or all of a station, at once; others on foot."""
    own = [stop.id for stop in changes.stops.values() if stop.station == station]
    named = [stop for stop in own if stop != station and changes.stops[stop].stop_id == stop_id]
    own = named or [stop for stop in own if changes.entered(stop)]
    walks: Walks = {}
    for start in own:
        for stop in changes.reached(start):
            seconds = changes.seconds(start, stop)
            if seconds is not None and (stop not in walks or seconds < walks[stop][1]):
                walks[stop] = (start, seconds)
    return walks | {stop: (stop, 0) for stop in own}


def _egress(changes: Changes, station: int) -> Walks:
    """Stops to end at: those of the station, and others from which there is a walk."""
    own = [stop.id for stop in changes.stops.values() if stop.station == station and changes.entered(stop.id, out=True)]
    walks: Walks = {}
    for goal in own:
        for stop in changes.reaching(goal):
            seconds = changes.seconds(stop, goal)
            if seconds is not None and (stop not in walks or seconds < walks[stop][1]):
                walks[stop] = (goal, seconds)
    return walks | {stop: (stop, 0) for stop in own}


def _worth(scan: Scan) -> list[int]:
    """Numbers of rides that are better than fewer and not too late, the best first."""
    best = scan.best
    return [rides for rides in range(len(best) - 1, 0, -1) if best[rides] < best[rides - 1] and best[rides] <= scan.limit]


def _in_order(path: Ride | None) -> list[Ride]:
    """The rides of a forward scan's path in the order of travel."""
    rides = []
    while path is not None:
        rides.append(path)
        path = path.before
    return rides[::-1]


def _reversed(path: Ride | None) -> list[Ride]:
    """The rides of a backward scan's path in the order of travel, their times turned round."""
    rides = []
    while path is not None:
        rides.append(Ride(path.leave, path.enter, -path.left, -path.entered, None))
        path = path.before
    return rides


def _second(moment: datetime, begins: datetime, *, up: bool = False) -> int:
    seconds = (moment - begins).total_seconds()
    return -int(-seconds // 1) if up else int(seconds // 1)
