"""Prices of rides, by the fares of GTFS Schedule (v1).

A fare without rules holds everywhere. Else one row of `fare_rules.txt` has to hold: its route is the one that is ridden, its zones are
those of boarding and of alighting, an empty field is any. Rows that differ in `contains_id` alone are one rule: the zones passed are
then exactly those. Source: GTFS Schedule reference, `fare_attributes.txt` and `fare_rules.txt`.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from assistant.knowledge.models import Fare, Source
from assistant.knowledge.store import Store
from assistant.knowledge.store.rows import FareRow, RuleRow


class Ride(NamedTuple):
    """A direct ride as fares see it."""

    route_id: str
    agency: str | None
    origin: str | None
    destination: str | None
    zones: frozenset[str | None]


class Fares:
    """The prices of one imported feed."""

    def __init__(self, store: Store) -> None:
        self._store, self._version = store, store.meta["version"]

    def between(self, origin: int, destination: int, line: int | None) -> list[Fare]:
        """Fares from one station to another, the cheapest first; empty where the feed has none.

        Without a direct ride only fares that hold on any route and allow any number of changes are known to hold.
        """
        rules = _grouped(self._store.fares.rules(self._store.fares.zones(origin), self._store.fares.zones(destination)))
        everywhere = self._store.fares.without_rules()
        rides = list(self._rides(origin, destination, line)) if rules or everywhere else []
        if line is not None and not rides:
            return []
        routes: dict[str, set[str]] = {fare_id: set() for fare_id in everywhere}
        for (fare_id, route_id, start, goal), contains in rules.items():
            if not rides and route_id is None and contains is None:
                routes.setdefault(fare_id, set())
            for ride in rides:
                zones_hold = start in (None, ride.origin) and goal in (None, ride.destination) and contains in (None, ride.zones)
                if zones_hold and route_id in (None, ride.route_id):
                    routes.setdefault(fare_id, set()).add(ride.route_id)
        fares = (self._fare(row, routes[row.fare_id], rides, everywhere) for row in self._store.fares.listed(routes))
        return [fare for fare in fares if fare is not None]

    def _rides(self, origin: int, destination: int, line: int | None) -> Iterator[Ride]:
        for row in self._store.fares.rides(self._store.patterns(origin, destination=destination, line=line)):
            calls = self._store.fares.zones_of(row.trip)
            first = next(at for at, (station, _) in enumerate(calls) if station == origin)
            goal = next((at for at, (station, _) in enumerate(calls) if station == destination and at > first), None)
            if goal is not None:
                start = max(at for at, (station, _) in enumerate(calls[:goal]) if station == origin)
                zones = frozenset(zone for _, zone in calls[start : goal + 1])
                yield Ride(row.route_id, row.agency, calls[start][1], calls[goal][1], zones)

    def _fare(self, row: FareRow, routes: set[str], rides: list[Ride], everywhere: list[str]) -> Fare | None:
        """The fare, or None where no ride of its agency is left, or changes that it may not allow are needed."""
        covered = {ride.route_id for ride in rides if row.agency in (None, ride.agency) or ride.agency is None}
        if row.fare_id not in everywhere:
            covered &= routes
        if not covered and (rides or row.transfers is not None):
            return None
        return Fare(
            fare_id=row.fare_id, price=Decimal(row.price), currency=row.currency, on_board=bool(row.on_board), transfers=row.transfers,
            valid_s=row.valid_s, routes=tuple(sorted(covered)),
            source=Source(kind="gtfs", table="fare_attributes", key=row.fare_id, as_of=self._version),
        )  # fmt: skip


type Rule = tuple[str, str | None, str | None, str | None]


def _grouped(rows: list[RuleRow]) -> dict[Rule, frozenset[str] | None]:
    """Fare, route, origin and destination → zones that have to be passed, or None for any."""
    found: dict[Rule, set[str]] = defaultdict(set)
    for row in rows:
        zones = found[row.fare_id, row.route_id, row.origin, row.destination]
        if row.contains is not None:
            zones.add(row.contains)
    return {rule: frozenset(zones) or None for rule, zones in found.items()}
