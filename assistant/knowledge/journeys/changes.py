"""How long a change takes: `transfers.txt` where it says so, else the ways of the station, else a default.

Of several rules that apply to two trips the most specific counts, as the GTFS reference orders them ("transfers.txt"): both trips, a trip
and a route, one trip, both routes, one route, stops alone. A station stands for all its platforms; a rule that names a platform is
more specific than one that names its station.
"""

from collections import defaultdict
from functools import lru_cache
from math import cos, hypot, radians

from assistant.knowledge.journeys.ports import Ways
from assistant.knowledge.store.rows import LegRow, NetworkStopRow, NetworkTripRow, TransferRow

SAME_PLATFORM_S = 0
"""Who changes to a train from the same platform stands there already."""
DEFAULT_S = 120
"""A change within a station of which nothing is known: a stair and a passage of some 100 m, at 1 m/s as with luggage."""
SECONDS_A_METRE = 1.0
"""Where platforms of one station lie further apart than that, by their coordinates."""
TIMED, IMPOSSIBLE = 1, 3
Train = NetworkTripRow | LegRow
Hold = tuple[int, ...]
"""Numbers of the rules that hold for a trip at a stop because of what the trip is; most trips have none."""

Named = tuple[int, str | None, str | None]
"""A stop, and the trip or else the route that a rule names there."""


class Changes:
    """Change times between the platforms of a feed, on any way or on step-free ones alone."""

    def __init__(
        self, stops: list[NetworkStopRow], rules: list[TransferRow], ways: Ways, *, step_free: bool, closed: frozenset[str]
    ) -> None:
        self.stops = {stop.id: stop for stop in stops}
        self._rules, self._ways, self._step_free, self._closed = rules, ways, step_free, closed
        self._leaving: dict[Named, list[int]] = defaultdict(list)
        self._boarding: dict[Named, list[int]] = defaultdict(list)
        self._plain: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._reached: dict[int, set[int]] = defaultdict(set)
        of_station: dict[int, list[int]] = defaultdict(list)
        covered: dict[int, list[int]] = defaultdict(list)
        for stop in stops:
            of_station[stop.station].append(stop.id)
            for number in {stop.id, stop.parent} - {None}:
                covered[number].append(stop.id)  # type: ignore[index]
        for stop in stops:
            self._reached[stop.id].update(of_station[stop.station])
        for number, rule in enumerate(rules):
            self._add(number, rule, covered[rule.start], covered[rule.goal])
        self._reaching: dict[int, set[int]] = defaultdict(set)
        for start, goals in self._reached.items():
            for goal in goals:
                self._reaching[goal].add(start)
        self.walk_s = lru_cache(None)(self._walk_s)

    def _add(self, number: int, rule: TransferRow, starts: list[int], goals: list[int]) -> None:
        for stop in starts if rule.from_trip or rule.from_route else ():
            self._leaving[stop, rule.from_trip, None if rule.from_trip else rule.from_route].append(number)
        for stop in goals if rule.to_trip or rule.to_route else ():
            self._boarding[stop, rule.to_trip, None if rule.to_trip else rule.to_route].append(number)
        for start in starts:
            self._reached[start].update(goals)
            if not (rule.from_trip or rule.from_route or rule.to_trip or rule.to_route):
                for goal in goals:
                    self._plain[start, goal].append(number)

    def reached(self, stop: int) -> set[int]:
        """Platforms that may be changed to, the same one among them."""
        return self._reached[stop]

    def reaching(self, stop: int) -> set[int]:
        """Platforms from which this one may be changed to."""
        return self._reaching[stop]

    def entered(self, stop: int, *, out: bool = False) -> bool:
        """Whether one gets to a platform from a door of its station, or `out` by one, without steps where steps are not taken.

        True where no way to the platform, or no door, is known.
        """
        at = self.stops[stop]
        doors = self._ways.doors(at.station) if self._step_free and self._ways.mapped(at.stop_id) else ()
        walks = ((at.stop_id, door) if out else (door, at.stop_id) for door in doors)
        return not doors or any(self._ways.change_s(*walk, step_free=True, closed=self._closed) is not None for walk in walks)

    def leaving(self, stop: int, trip: Train) -> Hold:
        """Rules that hold because this trip is the one that is left here."""
        named = self._leaving
        if not named:
            return ()
        numbers = [*named.get((stop, trip.trip_id, None), ()), *named.get((stop, None, trip.route_id), ())]
        return tuple(number for number in numbers if self._rules[number].from_route in (None, trip.route_id))

    def boarding(self, stop: int, trip: Train) -> Hold:
        """Rules that hold because this trip is the one that is boarded here."""
        named = self._boarding
        if not named:
            return ()
        numbers = [*named.get((stop, trip.trip_id, None), ()), *named.get((stop, None, trip.route_id), ())]
        return tuple(number for number in numbers if self._rules[number].to_route in (None, trip.route_id))

    def eases(self, hold: Hold) -> bool:
        """Whether rules make a change quicker than others to that platform, and never slower."""
        return all(self._rules[number].kind == TIMED for number in hold)

    def seconds(self, start: int, goal: int, leaving: Hold = (), boarding: Hold = ()) -> int | None:
        """Time between leaving one train and being ready to board another, or None where that cannot be."""
        rule = self.rule(start, goal, leaving, boarding)
        if rule is not None and rule.kind == IMPOSSIBLE:
            return None
        walk_s = self.walk_s(start, goal)
        if rule is None or walk_s is None:
            return walk_s
        if rule.kind == TIMED:
            return 0
        if rule.seconds is None:
            return walk_s
        return max(rule.seconds, walk_s) if self._step_free and start != goal else rule.seconds

    def rule(self, start: int, goal: int, leaving: Hold = (), boarding: Hold = ()) -> TransferRow | None:
        """The most specific rule about a change, if there is one."""
        numbers = list(self._plain.get((start, goal), ()))
        for number in {*leaving, *boarding}:
            rule = self._rules[number]
            left = number in leaving or not (rule.from_trip or rule.from_route)
            boarded = number in boarding or not (rule.to_trip or rule.to_route)
            if left and boarded and rule.start in (start, self.stops[start].parent) and rule.goal in (goal, self.stops[goal].parent):
                numbers.append(number)
        if not numbers:
            return None
        return self._rules[max(numbers, key=lambda number: (_specific(self._rules[number], start, goal), -number))]

    def _walk_s(self, start: int, goal: int) -> int | None:
        """Walking time by the ways of the station, else by the default; None where no step-free way is known to lead there."""
        one, other = self.stops[start], self.stops[goal]
        if start == goal:
            return SAME_PLATFORM_S if one.parent is not None or one.platform else DEFAULT_S
        if self._ways.mapped(one.stop_id) and self._ways.mapped(other.stop_id):
            found = self._ways.change_s(one.stop_id, other.stop_id, step_free=self._step_free, closed=self._closed)
            if found is not None or self._step_free:
                return found
        return max(DEFAULT_S, round(_metres(one, other) * SECONDS_A_METRE))


def _specific(rule: TransferRow, start: int, goal: int) -> tuple[int, int]:
    sides = ((rule.from_trip, rule.from_route), (rule.to_trip, rule.to_route))
    return sum(3 if trip else 1 if route else 0 for trip, route in sides), (rule.start == start) + (rule.goal == goal)


def _metres(one: NetworkStopRow, other: NetworkStopRow) -> float:
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return 0.0
    north = (one.latitude or 0.0) - (other.latitude or 0.0)
    east = ((one.longitude or 0.0) - (other.longitude or 0.0)) * cos(radians(one.latitude or 0.0))
    return 111_195 * hypot(north, east)
