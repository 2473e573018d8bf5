"""Trains that go on as another trip (`block_id`, in-seat transfers): to travellers they are one ride."""

from functools import cached_property
from typing import NamedTuple

from assistant.knowledge.store import Boarding, Store
from assistant.knowledge.store.rows import TripRow

MOST_TRIPS = 8
"""Trips in a row that somebody is expected to stay aboard for."""


class Arrival(NamedTuple):
    """A train's arrival at a station."""

    arrival_s: int
    """Second of the service day."""
    key: str
    """Of the row of `stop_times.txt`."""
    onward: tuple[TripRow, ...]
    """What the train goes on as before."""


class Through:
    """Which trains reach a station without a change, trips they go on as included."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def patterns(self, station: int, destination: int | None, line: int | None) -> list[int]:
        """Patterns that can be boarded at `station`, on `line` only, and may reach `destination` without a change."""
        direct = self._store.patterns(station, destination=destination, line=line)
        if destination is None or not self._following:
            return direct
        goals, known = self._store.trips.reaching(destination), set(direct)
        others = [pattern for pattern in self._store.patterns(station, line=line) if pattern not in known]
        return direct + [pattern for pattern in others if self._leads_to(pattern, goals)]

    def arrival(self, call: Boarding, station: int, destination: int, services: str) -> Arrival | None:
        """When a boarded train gets to `destination`, and what it goes on as until then.

        A train that would first come back to `station` is none: it can be boarded then.
        """
        direct = self._store.arrival(call.trip, call.sequence, destination)
        if direct is not None:
            return Arrival(direct[0], f"{call.trip_id}|{direct[1]}", ())
        onward: list[TripRow] = []
        trip = call.trip
        while self._following and len(onward) < MOST_TRIPS and (row := self._store.trips.goes_on_as(trip, services)):
            onward.append(row)
            trip = row.id
            call_at = self._store.first_call(trip, destination=destination, boarded=station)
            if call_at is not None:
                return Arrival(call_at[1], f"{row.trip_id}|{call_at[2]}", tuple(onward)) if call_at[0] == destination else None
        return None

    @cached_property
    def _following(self) -> dict[int, set[int]]:
        return self._store.trips.following()

    def _leads_to(self, pattern: int, goals: set[int]) -> bool:
        seen: set[int] = set()
        front = {pattern}
        for _ in range(MOST_TRIPS):
            front = {after for each in front for after in self._following.get(each, ())} - seen
            if front & goals:
                return True
            seen |= front
        return False
