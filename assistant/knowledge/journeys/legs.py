"""Scanned rides to journeys as travellers know them: stations, platforms, lines, times, and the rows they come from."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from assistant.knowledge.journeys.changes import Changes
from assistant.knowledge.journeys.live import Known, Live
from assistant.knowledge.journeys.scan import Ride
from assistant.knowledge.models import Journey, Leg, Source, Stop
from assistant.knowledge.names import pick
from assistant.knowledge.store import Store
from assistant.knowledge.store.rows import LegRow, TransferRow

Walks = dict[int, tuple[int, int]]
"""Stop → the stop it is reached from or leads to on foot, and the seconds; a stop that needs no walk is its own."""

Spot = tuple[int, str | None]
"""A stop and what its platform is called."""


class End(NamedTuple):
    """A call at which a ride begins or ends, whether realtime says when, and the rows of that."""

    row: LegRow
    expected: bool
    sources: list[Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Legs:
    """Words the rides of one network in one language."""

    store: Store
    stop: Callable[[int, str], Stop]
    """A station by its number, in a language."""
    live: Live
    changes: Changes
    begins: datetime
    """Second 0 of the network."""
    zone: ZoneInfo
    language: str

    def journey(self, rides: list[Ride], access: Walks, egress: Walks) -> Journey:
        """A journey from rides in the order of travel."""
        ends = [(self._end(*self.live.boarded(ride.enter)), self._end(*self.live.left(ride.leave))) for ride in rides]
        trains = [self._train(ride, *calls) for ride, calls in zip(rides, ends, strict=True)]
        legs = [*self._access(trains[0], ends[0][0].row, access), trains[0]]
        for number in range(1, len(trains)):
            legs += [*self._change(trains[number - 1], ends[number - 1][1].row, ends[number][0].row), trains[number]]
        legs += self._egress(trains[-1], ends[-1][1].row, egress)
        ready = self._before(legs[0].departure, legs[0].headway_s or 0)
        return Journey(legs=tuple(legs), departure=ready, arrival=legs[-1].arrival, changes=len(rides) - 1)

    def _train(self, ride: Ride, begin: End, end: End) -> Leg:
        boarded, left, stops = begin.row, end.row, self.changes.stops
        return Leg(
            kind="ride", start=self._station(boarded.stop), goal=self._station(left.stop), start_id=stops[boarded.stop].stop_id,
            goal_id=stops[left.stop].stop_id, start_platform=boarded.platform, goal_platform=left.platform,
            departure=self._moment(ride.entered + (boarded.headway_s or 0)), arrival=self._moment(ride.left),
            trip_ids=self._trip_ids(ride, boarded, left), trip_name=boarded.short_name, route_id=boarded.route_id,
            line=pick(json.loads(boarded.line_names), self.language),
            headsign=pick(json.loads(boarded.headsign_names), self.language) if boarded.headsign_names else "",
            stops=ride.leave - ride.enter, headway_s=boarded.headway_s,
            step_free=None if boarded.step_free is None else bool(boarded.step_free), expected=begin.expected,
            sources=(*begin.sources, *end.sources),
        )  # fmt: skip

    def _trip_ids(self, ride: Ride, boarded: LegRow, left: LegRow) -> tuple[str, ...]:
        trips = [self.live.boarded(at) for at in range(ride.enter, ride.leave + 1)]
        begun = [other for one, other in pairwise(trips) if one[0] != other[0]]
        between = [self._end(*each).row.trip_id for each in begun[:-1]]
        return (boarded.trip_id, *between, *([left.trip_id] if begun else []))

    def _end(self, trip: int, sequence: int, known: Known | None) -> End:
        """The timetable's row of a call, with the platform and the row that realtime has for it."""
        row = self.store.journeys.leg(trip, sequence)
        sources = [self._source("stop_times", f"{row.trip_id}|{sequence}")]
        if known is None:
            return End(row, False, sources)
        day, live = known
        expected = live.expected.departure is not None or live.expected.arrival is not None
        if expected or live.platform != row.platform:
            key = f"{row.trip_id}|{day:%Y%m%d}|{live.stop_id}"
            sources.append(Source(kind="realtime", table="trip_updates", key=key, as_of=self.live.snapshot.as_of))
        stop = next((stop.id for stop in self.changes.stops.values() if stop.stop_id == live.stop_id), row.stop)
        return End(row._replace(stop=stop, platform=live.platform), expected, sources)

    def _change(self, before: Leg, left: LegRow, boarded: LegRow) -> list[Leg]:
        """The walk from one train to the next, where it stops at another platform."""
        if left.stop == boarded.stop:
            return []
        leaving, boarding = self.changes.leaving(left.stop, left), self.changes.boarding(boarded.stop, boarded)
        seconds = self.changes.seconds(left.stop, boarded.stop, leaving, boarding) or 0
        rule = self.changes.rule(left.stop, boarded.stop, leaving, boarding)
        return [self._walk((left.stop, left.platform), (boarded.stop, boarded.platform), before.arrival, seconds, rule)]

    def _access(self, train: Leg, boarded: LegRow, access: Walks) -> list[Leg]:
        start, seconds = access[boarded.stop]
        if start == boarded.stop:
            return []
        ready = self._before(train.departure, (train.headway_s or 0) + seconds)
        ends = (start, self.changes.stops[start].platform), (boarded.stop, boarded.platform)
        return [self._walk(*ends, ready, seconds, self.changes.rule(start, boarded.stop))]

    def _egress(self, train: Leg, left: LegRow, egress: Walks) -> list[Leg]:
        goal, seconds = egress[left.stop]
        if goal == left.stop:
            return []
        ends = (left.stop, left.platform), (goal, self.changes.stops[goal].platform)
        return [self._walk(*ends, train.arrival, seconds, self.changes.rule(left.stop, goal))]

    def _walk(self, start: Spot, goal: Spot, departure: datetime, seconds: int, rule: TransferRow | None) -> Leg:
        return Leg(
            kind="walk", start=self._station(start[0]), goal=self._station(goal[0]), start_id=self.changes.stops[start[0]].stop_id,
            goal_id=self.changes.stops[goal[0]].stop_id, start_platform=start[1], goal_platform=goal[1], departure=departure,
            arrival=self._before(departure, -seconds),
            sources=(self._source("transfers", rule.key),) if rule else (),
        )  # fmt: skip

    def _station(self, stop: int) -> Stop:
        return self.stop(self.changes.stops[stop].station, self.language)

    def _moment(self, seconds: int) -> datetime:
        return (self.begins + timedelta(seconds=seconds)).astimezone(self.zone)

    def _before(self, moment: datetime, seconds: int) -> datetime:
        return (moment.astimezone(UTC) - timedelta(seconds=seconds)).astimezone(self.zone)

    def _source(self, table: str, key: str) -> Source:
        return Source(kind="gtfs", table=table, key=key, as_of=self.store.meta["version"])
