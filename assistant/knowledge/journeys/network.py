"""The trains of some service days as arrays for the scan, in both directions of time."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise

from assistant.knowledge.journeys.changes import Changes, Hold, Train
from assistant.knowledge.journeys.scan import RIDES, Ground, Hop, Table
from assistant.knowledge.store.journeys import NetworkCall
from assistant.knowledge.store.rows import LegRow, NetworkStopRow, NetworkTripRow

Place = tuple[int, Hold]
"""A stop, and the rules of `transfers.txt` that hold there for some trips alone."""
Part = tuple[int, int]
"""A trip, and second 0 of its service day."""
TRIP, SEQUENCE, STOP, ARRIVAL, DEPARTURE, BOARDS, ALIGHTS = range(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A service day's trains; `origin_s` is its second 0 in the network's time."""

    origin_s: int
    trips: dict[int, NetworkTripRow]
    calls: Iterable[NetworkCall]
    """Trip by trip, in order."""
    continuations: list[tuple[int, int]]


class Network:
    """Trains of several service days. Doors and exits are the places where one boards and gets off."""

    def __init__(self, changes: Changes, days: Iterable[Day]) -> None:
        self.doors: dict[Place, int] = {}
        self.exits: dict[Place, int] = {}
        self.trip, self.boarded, self.left = array("i"), array("i"), array("i")
        """Per connection its trip, and the `stop_sequence` of its two calls."""
        self._changes = changes
        self._leaves, self._arrives, self._door, self._exit, self._run = (array("i") for _ in range(5))
        self._step_free = bytearray()
        """Per connection: 1, one may board without a step as far as the feed knows; 2, one may get off so."""
        self._hops: list[tuple[int, Hop]] = []
        self._eased: dict[int, int] = {}
        """Doors of trips that some trains wait for → the door of all other trips there: they are boarded through both."""
        self._count = 0
        self.parts: dict[int, list[Part]] = {}
        """Run → the trips that it is made of; none for trains without exact times."""
        self.runs: dict[Part, list[int]] = defaultdict(list)
        for day in days:
            self._add(day)
        self.forward = self._table(self._order())
        self.backward = _mirrored(self._table(self._order(backward=True)))
        del self._leaves, self._arrives, self._door, self._exit, self._run

    @cached_property
    def step_free_forward(self) -> Table:
        """The forward table without what the feed knows to be no step-free boarding or getting off."""
        return self._without_steps(self.forward, 1, 2)

    @cached_property
    def step_free_backward(self) -> Table:
        """The same for the mirrored table."""
        return self._without_steps(self.backward, 2, 1)

    def grounds(self, changes: Changes, *, step_free: bool) -> tuple[Ground, Ground]:
        """Change times and hops for both directions."""
        boarded: dict[int, list[tuple[int, Hold]]] = defaultdict(list)
        for (stop, hold), door in self.doors.items():
            boarded[stop].append((door, hold))
        reached: list[tuple[tuple[int, int], ...]] = []
        back: list[list[tuple[int, int]]] = [[] for _ in self.doors]
        for exit_, (stop, leaving) in enumerate(self.exits):
            found = []
            for goal in changes.reached(stop):
                for door, boarding in boarded.get(goal, ()):
                    seconds = changes.seconds(stop, goal, leaving, boarding)
                    if seconds is not None and not (door in self._eased and seconds == changes.seconds(stop, goal, leaving)):
                        found.append((door, seconds))
                        back[door].append((exit_, seconds))
            reached.append(tuple(found))
        hops = [(door, hop) for door, hop in self._hops if not step_free or self._hop_without_steps(hop)]
        mirrored = [
            (hop.exit, Hop(door, hop.lasts, -hop.closes - hop.lasts, -hop.opens - hop.lasts, hop.leave, hop.enter)) for door, hop in hops
        ]
        return Ground(reached=reached, hops=_by_first(hops)), Ground(reached=[tuple(row) for row in back], hops=_by_first(mirrored))

    def door_at(self, stop_id: str, row: LegRow) -> int:
        """Where a trip is boarded at a stop; -1 where no train of the timetable is."""
        stop = self._numbers.get(stop_id, -1)
        return self.doors.get((stop, self._changes.boarding(stop, row)), -1)

    def through(self, door: int) -> set[int]:
        """All doors through which a trip is boarded that is boarded through this one."""
        return {door, self._eased.get(door, door)}

    def exit_at(self, stop_id: str, row: LegRow) -> int:
        """Where one gets off a trip; -1 where nobody does by the timetable."""
        stop = self._numbers.get(stop_id, -1)
        return self.exits.get((stop, self._changes.leaving(stop, row)), -1)

    def step_free(self, start: str, goal: str, row: LegRow) -> int:
        """The bits of `_step_free` for a ride between two stops."""
        stops = self._changes.stops
        return _step_free(row, stops[self._numbers[start]], stops[self._numbers[goal]]) if {start, goal} <= self._numbers.keys() else 0

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {stop.stop_id: stop.id for stop in self._changes.stops.values()}

    def _add(self, day: Day) -> None:
        linked = {trip for link in day.continuations for trip in link}
        through: dict[int, list[NetworkCall]] = {}
        repeated: dict[tuple[str, int], list[list[NetworkCall]]] = defaultdict(list)
        for trip, group in groupby(day.calls, key=lambda call: call[TRIP]):
            calls, row = list(group), day.trips[trip]
            if row.headway_s:
                repeated[row.trip_id, row.headway_s].append(calls)
            elif trip in linked:
                through[trip] = calls
            else:
                self._add_run([calls], day)
        for chain in _chains(through, day.continuations):
            self._add_run([through[trip] for trip in chain], day)
        for (_, headway_s), runs in repeated.items():
            for first, last in _windows(runs, headway_s):
                self._add_hops(first, last, headway_s, day)

    def _add_run(self, chain: list[list[NetworkCall]], day: Day, *, timed: bool = True) -> None:
        """One train from its first call to its last, whatever number of trips it runs as."""
        stops = self._changes.stops
        for calls in chain:
            row = day.trips[calls[0][TRIP]]
            for one, other in pairwise(calls):
                self._leaves.append(day.origin_s + one[DEPARTURE])
                self._arrives.append(day.origin_s + other[ARRIVAL])
                self._door.append(self._door_of(one, row) if timed else -1)
                self._exit.append(self._exit_of(other, row) if timed else -1)
                self._run.append(self._count)
                self.trip.append(row.id)
                self.boarded.append(one[SEQUENCE])
                self.left.append(other[SEQUENCE])
                self._step_free.append(_step_free(row, stops[one[STOP]], stops[other[STOP]]))
        if timed:
            self.parts[self._count] = [(calls[0][TRIP], day.origin_s) for calls in chain]
            for part in self.parts[self._count]:
                self.runs[part].append(self._count)
        self._count += 1

    def _add_hops(self, calls: list[NetworkCall], last: list[NetworkCall], headway_s: int, day: Day) -> None:
        """Rides between all calls of a trip that runs about every `headway_s`: the wait counts as a whole headway."""
        row, first, span = day.trips[calls[0][TRIP]], len(self.trip), last[0][DEPARTURE] - calls[0][DEPARTURE]
        self._add_run([calls], day, timed=False)
        for at, one in enumerate(calls):
            door, opens = self._door_of(one, row), day.origin_s + one[DEPARTURE]
            for to in range(at + 1, len(calls)) if door >= 0 else ():
                if (exit_ := self._exit_of(calls[to], row)) >= 0:
                    lasts = headway_s + calls[to][ARRIVAL] - one[DEPARTURE]
                    hop = Hop(exit_, lasts, opens, opens + span, first + at, first + to - 1)
                    self._hops += [(each, hop) for each in self.through(door)]

    def _door_of(self, call: NetworkCall, row: NetworkTripRow) -> int:
        if not call[BOARDS]:
            return -1
        hold = self._changes.boarding(call[STOP], row)
        door = self.doors.setdefault((call[STOP], hold), len(self.doors))
        if hold and door not in self._eased and self._changes.eases(hold):
            self._eased[door] = self.doors.setdefault((call[STOP], ()), len(self.doors))
        return door

    def _exit_of(self, call: NetworkCall, row: NetworkTripRow) -> int:
        place = (call[STOP], self._changes.leaving(call[STOP], row))
        return self.exits.setdefault(place, len(self.exits)) if call[ALIGHTS] else -1

    def _hop_without_steps(self, hop: Hop) -> bool:
        return bool(self._step_free[hop.enter] & 1 and self._step_free[hop.leave] & 2)

    def _without_steps(self, table: Table, boards: int, alights: int) -> Table:
        free = self._step_free
        return replace(
            table,
            door=array("i", (door if free[at] & boards else -1 for door, at in zip(table.door, table.connection, strict=True))),
            exit=array("i", (exit_ if free[at] & alights else -1 for exit_, at in zip(table.exit, table.connection, strict=True))),
        )

    def _order(self, *, backward: bool = False) -> list[int]:
        """Connections by departure, of one moment those that arrive first before others; backward the other way round."""
        first, second = (self._arrives, self._leaves) if backward else (self._leaves, self._arrives)
        order = list(range(len(first) - 1, -1, -1) if backward else range(len(first)))
        order.sort(key=second.__getitem__, reverse=backward)
        order.sort(key=first.__getitem__, reverse=backward)
        return list(self._repeated(order))

    def _repeated(self, order: list[int]) -> Iterator[int]:
        """Connections that take no time may follow each other in any order: those of one moment are scanned once per ride."""
        leaves, arrives = self._leaves, self._arrives
        for moment, group in groupby(order, key=lambda at: leaves[at] if leaves[at] == arrives[at] else -1):
            if moment == -1:
                yield from group
            else:
                together = list(group)
                yield from together * (RIDES if len({self._run[at] for at in together}) > 1 else 1)

    def _table(self, order: list[int]) -> Table:
        rows = [(at, self._door[at]) for at in order]
        if self._eased:
            rows = [(at, each) for at, door in rows for each in self.through(door)]
            order = [at for at, _ in rows]

        def column(values: array[int]) -> array[int]:
            return array("i", map(values.__getitem__, order))

        return Table(
            leaves=column(self._leaves), arrives=column(self._arrives), door=array("i", (door for _, door in rows)),
            exit=column(self._exit), run=column(self._run), connection=array("i", order), runs=self._count, doors=len(self.doors),
            exits=len(self.exits),
        )  # fmt: skip


def _step_free(row: Train, start: NetworkStopRow, goal: NetworkStopRow) -> int:
    return 0 if row.step_free == 0 else (1 if start.step_free else 0) + (2 if goal.step_free else 0)


def _mirrored(table: Table) -> Table:
    """A table in which time runs backwards: what was an exit is a door."""
    return replace(
        table, leaves=array("i", (-at for at in table.arrives)), arrives=array("i", (-at for at in table.leaves)), door=table.exit,
        exit=table.door, doors=table.exits, exits=table.doors,
    )  # fmt: skip


def _chains(through: dict[int, list[NetworkCall]], continuations: list[tuple[int, int]]) -> Iterator[list[int]]:
    """Trips that one train runs as, in order; a train that is parted goes on in a chain for each part."""
    following: dict[int, list[int]] = defaultdict(list)
    for trip, onward in continuations:
        if trip in through and onward in through and through[trip][-1][ARRIVAL] <= through[onward][0][DEPARTURE]:
            following[trip].append(onward)
    begun = set(through) - {trip for onward in following.values() for trip in onward}
    unfinished = [[trip] for trip in sorted(begun, reverse=True)]
    while unfinished:
        chain = unfinished.pop()
        longer = [[*chain, trip] for trip in following.get(chain[-1], ()) if trip not in chain]
        unfinished += longer
        if not longer:
            yield chain


def _windows(runs: list[list[NetworkCall]], headway_s: int) -> Iterator[tuple[list[NetworkCall], list[NetworkCall]]]:
    """First and last run of each time in which a trip goes every `headway_s`."""
    runs.sort(key=lambda calls: calls[0][DEPARTURE])
    first = runs[0]
    for one, other in pairwise(runs):
        if other[0][DEPARTURE] - one[0][DEPARTURE] != headway_s:
            yield first, one
            first = other
    yield first, runs[-1]


def _by_first(pairs: list[tuple[int, Hop]]) -> dict[int, tuple[Hop, ...]]:
    found: dict[int, list[Hop]] = defaultdict(list)
    for door, hop in pairs:
        found[door].append(hop)
    return {door: tuple(hops) for door, hops in found.items()}
