"""Realtime over a network: cancelled trains are not boarded, late ones run at the times that are expected of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from assistant.knowledge.journeys.network import Network, Part
from assistant.knowledge.journeys.scan import UNCHANGED, Changed, Row
from assistant.knowledge.realtime.overlay import Snapshot
from assistant.knowledge.realtime.trips import LiveCall, LiveTrip
from assistant.knowledge.store.rows import CallRow, LegRow

Known = tuple[date, LiveCall]
"""What realtime says of a call, and of which service day."""


class End(NamedTuple):
    """The call at which a connection begins or ends; times are those of the network."""

    trip: int
    sequence: int
    stop_id: str
    arrival: int
    departure: int
    boards: bool
    alights: bool
    live: Known | None


class Timetable(NamedTuple):
    """How the timetable's rows of a trip are read: all its calls, and what it is."""

    calls: Callable[[int], Sequence[CallRow]]
    trip: Callable[[int, int], LegRow]


class Live:
    """One snapshot over one network. Connections and runs of its own are numbered on from those of the network."""

    def __init__(
        self, network: Network, snapshot: Snapshot, timetable: Timetable, *, begins_s: int, origins: Mapping[date, int]
    ) -> None:
        """`begins_s`: second 0 of the network since 1970; `origins`: second 0 of its service days."""
        self.snapshot = snapshot
        self._network, self._timetable, self._begins_s = network, timetable, begins_s
        self._known = {(trip.trip, origins[day]): trip for (_, day), trip in snapshot.trips.items() if day in origins}
        self._ends: list[tuple[End, End]] = []
        hidden = sorted({run for part in self._known for run in network.runs.get(part, ())})
        rows: list[tuple[Row, int]] = []
        run = network.forward.runs
        for train in (train for number in hidden for train in self._trains(network.parts[number])):
            rows += self._connections(train, run)
            run += 1
        self._changed: dict[tuple[bool, bool], Changed] = {}
        for step_free in (False, True) if hidden else ():
            kept = [_without_steps(*row) if step_free else row[0] for row in rows]
            self._changed[step_free, False] = Changed(hidden=hidden, rows=sorted(kept, key=itemgetter(0, 1)), runs=len(rows))
            back = [(-arrives, -leaves, exit_, door, *rest) for leaves, arrives, door, exit_, *rest in reversed(kept)]
            self._changed[step_free, True] = Changed(hidden=hidden, rows=sorted(back, key=itemgetter(0, 1)), runs=len(rows))  # type: ignore[arg-type]

    def changed(self, *, step_free: bool, backward: bool) -> Changed:
        """What a scan has to mind."""
        return self._changed.get((step_free, backward), UNCHANGED)

    def boarded(self, connection: int) -> tuple[int, int, Known | None]:
        """Trip and `stop_sequence` where a connection begins, and what realtime says of that call."""
        network, own = self._network, connection - len(self._network.trip)
        if own < 0:
            return network.trip[connection], network.boarded[connection], None
        return self._ends[own][0].trip, self._ends[own][0].sequence, self._ends[own][0].live

    def left(self, connection: int) -> tuple[int, int, Known | None]:
        """The same where it ends."""
        network, own = self._network, connection - len(self._network.trip)
        if own < 0:
            return network.trip[connection], network.left[connection], None
        return self._ends[own][1].trip, self._ends[own][1].sequence, self._ends[own][1].live

    def _trains(self, parts: Sequence[Part]) -> Iterator[list[list[End]]]:
        """What one run of the timetable has become: trips that one can stay aboard of, parted where one is cancelled or too late."""
        train: list[list[End]] = []
        for part in parts:
            trip = self._known.get(part)
            calls = self._planned(*part) if trip is None else self._expected(trip)
            if train and (not calls or calls[0].departure < train[-1][-1].arrival):
                yield train
                train = []
            train += [calls] if len(calls) > 1 else []
        if train:
            yield train

    def _planned(self, trip: int, origin_s: int) -> list[End]:
        return [
            End(
                trip, call.sequence, call.stop_id, origin_s + call.arrival_s, origin_s + call.departure_s, bool(call.boards),
                bool(call.alights), None,
            )
            for call in self._timetable.calls(trip)
        ]  # fmt: skip

    def _expected(self, trip: LiveTrip) -> list[End]:
        """Calls at their expected times; none for a train that does not run, or runs another way than the timetable knows."""
        if trip.cancelled or any(call.planned is None for call in trip.calls):
            return []
        ends: list[End] = []
        at = -(1 << 30)
        for call in trip.calls:
            if call.expected.skipped or call.planned is None:
                continue
            arrival = max(at, (call.expected.arrival or call.planned.arrival) - self._begins_s)
            at = max(arrival, (call.expected.departure or call.planned.departure) - self._begins_s)
            ends.append(End(trip.trip, call.boarding.sequence, call.stop_id, arrival, at, call.boards, call.alights, (trip.day, call)))
        return ends

    def _connections(self, train: list[list[End]], run: int) -> Iterator[tuple[Row, int]]:
        """Connections of a train, each with the bits that say where it is step-free."""
        for calls in train:
            row = self._timetable.trip(calls[0].trip, calls[0].sequence)
            for one, other in pairwise(calls):
                door = self._network.door_at(one.stop_id, row) if one.boards else -1
                exit_ = self._network.exit_at(other.stop_id, row) if other.alights else -1
                number = len(self._network.trip) + len(self._ends)
                self._ends.append((one, other))
                free = self._network.step_free(one.stop_id, other.stop_id, row)
                for each in self._network.through(door):
                    yield (one.departure, other.arrival, each, exit_, run, number), free


def _without_steps(row: Row, free: int) -> Row:
    leaves, arrives, door, exit_, run, connection = row
    return leaves, arrives, door if free & 1 else -1, exit_ if free & 2 else -1, run, connection
