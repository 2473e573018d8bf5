"""The Connection Scan Algorithm (Dibbelt, Pajor, Strasser, Wagner: "Intriguingly Simple and Fast Transit Routing", 2013).

Its labels are kept per number of rides, as the paper does for Pareto optima of arrival and changes (its journal version of 2018,
"Connection Scan Algorithm", section 5). One scan serves both directions: for the latest departure it reads a mirrored table, in which
time runs backwards and a ride begins where the traveller gets off.
"""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple, Optional

NEVER = 1 << 30
CHUNK = 1024
RIDES = 6
"""Most rides of a journey: five changes."""
SPARE_MOST_S = 3600
"""No journey with fewer changes is told that costs more than this."""


class Ride(NamedTuple):
    """The newest ride of a path: the connections at which it is entered and left, when, and the ride before it."""

    enter: int
    leave: int
    entered: int
    left: int
    before: Optional["Ride"]


class Hop(NamedTuple):
    """A ride without fixed times: possible where one is ready between `opens` and `closes`, and done `lasts` seconds later."""

    exit: int
    lasts: int
    opens: int
    closes: int
    enter: int
    leave: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Connections in the order of the scan. `door` and `exit` number where one boards and gets off; -1: that cannot be done there."""

    leaves: array[int]
    arrives: array[int]
    door: array[int]
    exit: array[int]
    run: array[int]
    connection: array[int]
    runs: int
    doors: int
    exits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is not a timed connection: per exit the doors that are reached from it with seconds, and the hops of a door."""

    reached: list[tuple[tuple[int, int], ...]]
    hops: Mapping[int, tuple[Hop, ...]] = field(default_factory=dict)


Row = tuple[int, int, int, int, int, int]
"""leaves, arrives, door, exit, run, connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What is otherwise than in the table just now: runs that are not to be taken, and connections of other runs in the table's order."""

    hidden: Collection[int] = ()
    rows: Sequence[Row] = ()
    runs: int = 0


UNCHANGED = Changed()


class Rows[T]:
    """As many equal rows as asked for; each becomes a list of its own when it is to be written to."""

    def __init__(self, row: list[T], count: int) -> None:
        self._shared = row
        self.rows = [row] * count

    def own(self, index: int) -> list[T]:
        """A row to write to."""
        if self.rows[index] is self._shared:
            self.rows[index] = self._shared.copy()
        return self.rows[index]


class Scan:
    """One search from doors at given times to exits, over one table."""

    def __init__(
        self, table: Table, ground: Ground, goals: Mapping[int, int], changed: Changed = UNCHANGED, *, rides: int, until: int, spare: float
    ) -> None:
        """`goals`: exit → seconds from there to the goal. Paths with fewer rides may take `spare` times longer than the best."""
        self._table, self._ground, self._goals, self._changed = table, ground, goals, changed
        self._rides, self._spare, self._since = rides, spare, NEVER
        self.limit = until
        """No later path is worth while."""
        # Rows are shared until they are written to: most doors and exits are never reached, and many small lists wake the collector.
        self._ready = Rows([NEVER] * rides, table.doors)
        self._came: Rows[Ride | None] = Rows([None] * rides, table.doors)
        self._arrived = Rows([-NEVER] + [NEVER] * rides, table.exits)
        self.best = [NEVER] * (rides + 1)
        """Per number of rides the earliest time at the goal, and the path that leads there."""
        self.paths: list[Ride | None] = [None] * (rides + 1)

    def run(self, starts: Mapping[int, int]) -> None:
        """Scans from `starts`: door → time from which on one is ready there."""
        table, rides, ready, arrived = self._table, self._rides, self._ready.rows, self._arrived.rows
        self._since = min(starts.values(), default=NEVER)
        for door, at in starts.items():
            self._be_ready(door, at, 0, None)
        aboard = [rides + 1] * (table.runs + self._changed.runs)
        for run in self._changed.hidden:
            aboard[run] = 0  # as if it had been left before it was boarded: no number of rides is smaller, and nobody gets off
        entered: list[tuple[int, int, Ride | None]] = [(0, 0, None)] * len(aboard)
        for rows in self._chunks():
            for leaves, arrives, door, exit_, run, connection in rows:
                if leaves > self.limit:
                    return
                legs = aboard[run]
                if door >= 0 and legs > 1 and ready[door][legs - 2] <= leaves:
                    row = ready[door]
                    legs = next(count for count in range(rides) if row[count] <= leaves) + 1
                    aboard[run] = legs
                    entered[run] = (connection, leaves, self._came.rows[door][legs - 1])
                if legs <= rides and exit_ >= 0 and arrives < arrived[exit_][legs]:
                    enter, at, before = entered[run]
                    self._get_off(exit_, arrives, legs, Ride(enter, connection, at, arrives, before))

    def _chunks(self) -> Iterator[Iterable[Row]]:
        """Connections from the first that leaves not before one begins, many at a time: most scans end soon."""
        table, changed = self._table, self._changed.rows
        first, others = bisect_left(table.leaves, self._since), bisect_left(changed, (self._since,))
        for chunk in range(first, max(len(table.leaves), first + 1), CHUNK):
            part, end = slice(chunk, chunk + CHUNK), chunk + CHUNK
            rows: Iterable[Row] = zip(
                table.leaves[part], table.arrives[part], table.door[part], table.exit[part], table.run[part], table.connection[part],
                strict=True,
            )  # fmt: skip
            until = bisect_left(changed, (table.leaves[end],)) if end < len(table.leaves) else len(changed)
            if others < until:
                rows = sorted([*rows, *changed[others:until]], key=itemgetter(0, 1))
            others = until
            yield rows

    def _get_off(self, exit_: int, at: int, legs: int, path: Ride) -> None:
        if at > self.limit or at >= self._arrived.rows[exit_][legs]:
            return
        _improve(self._arrived.own(exit_), legs, at)
        if exit_ in self._goals and _improve(self.best, legs, at + self._goals[exit_], self.paths, path):
            longest = self.best[-1] + min(SPARE_MOST_S, int(self._spare * (self.best[-1] - self._since)))
            self.limit = min(self.limit, longest, self.best[1])
        if legs < self._rides:
            for door, seconds in self._ground.reached[exit_]:
                self._be_ready(door, at + seconds, legs, path)

    def _be_ready(self, door: int, at: int, legs: int, path: Ride | None) -> None:
        if at >= self._ready.rows[door][legs]:
            return
        _improve(self._ready.own(door), legs, at, self._came.own(door), path)
        for hop in self._ground.hops.get(door, ()):
            waiting = max(at, hop.opens)
            if waiting <= hop.closes:
                left = waiting + hop.lasts
                self._get_off(hop.exit, left, legs + 1, Ride(hop.enter, hop.leave, waiting, left, path))


def _improve(row: list[int], legs: int, at: int, paths: list[Ride | None] | None = None, path: Ride | None = None) -> bool:
    """Enters a time for `legs` rides and more; False where it is no earlier than what is known."""
    if at >= row[legs]:
        return False
    for count in range(legs, len(row)):
        if at >= row[count]:
            break
        row[count] = at
        if paths is not None:
            paths[count] = path
    return True
