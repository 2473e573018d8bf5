"""Journeys of a GTFS feed found by brute force: in each round every train is tried at every call, over the rows as they are.

Nothing of `assistant` is imported. The change times are those of the GTFS reference for `transfers.txt`, else two minutes (none on one
platform, more where the platforms lie further apart).
"""

import math
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, NamedTuple

from tests.reference.gtfs_by_hand import ByHand, Call, Row

DEFAULT_S = 120
LONGEST_STAY_S = 1800
"""A vehicle that stands for longer is not stayed aboard of."""


class Train(NamedTuple):
    """A trip on a day. Of one without exact times `opens` to `closes` is when the first call can be left, and `headway_s` its wait."""

    trip: Row
    calls: list[Call]
    midnight: int
    headway_s: int | None = None
    span_s: int = 0


class Off(NamedTuple):
    """Somebody got off."""

    at: int
    stop_id: str
    trip: Row | None


class JourneysByHand:
    """Brute force over one feed."""

    def __init__(self, feed: ByHand) -> None:
        self.feed = feed
        self.rules = [row for row in feed.rows("transfers") if (row.get("transfer_type") or "0") in "0123"]
        self.in_seat = self._in_seat()
        self.frequencies: dict[str, list[Row]] = defaultdict(list)
        for row in feed.rows("frequencies"):
            self.frequencies[row["trip_id"]].append(row)
        self.served = feed.served()
        self.late: dict[tuple[str, int], int | None] = {}
        """Trip and second 0 of its day → how late it is all along, None where it is cancelled."""
        self._cached: dict[tuple[str, str, str, str], int | None] = {}
        self.reached = {stop: [other for other in self.served if self._near(stop, other)] for stop in self.served}
        self.reaching = {stop: [other for other in self.served if stop in self.reached[other]] for stop in self.served}

    def earliest(self, origin: str, destination: str, at: datetime, *, hours: float, rides: int) -> list[int | None]:
        """Per number of rides the earliest arrival, in seconds since 1970, within some hours."""
        start = math.ceil(at.timestamp())
        trains = self.trains(start, start + int(hours * 3600))
        own = [stop for stop in self.served if self.feed.station(stop) == self.feed.station(origin)]
        if self.feed.station(origin) != origin and origin in own:
            own = [origin]
        offs: dict[str, list[Off]] = defaultdict(list)
        for stop in own:
            offs[stop].append(Off(start, stop, None))
        best: list[int | None] = []
        for _ in range(rides):
            offs = self._ride(trains, offs, start + int(hours * 3600))
            ends = [off.at + walk for each in offs.values() for off in each if (walk := self._end_walk(off, destination)) is not None]
            best.append(min(ends, default=None))
        return best

    def latest(self, origin: str, destination: str, by: datetime, *, hours: float, rides: int) -> int | None:
        """The latest moment from which one gets there in time with at most so many rides; None where none is within some hours."""
        limit = math.floor(by.timestamp())
        low, high = limit - int(hours * 3600), limit + 1

        def in_time(since: int) -> bool:
            found = self.earliest(origin, destination, datetime.fromtimestamp(since, UTC), hours=(limit - since + 60) / 3600, rides=rides)
            return any(each is not None and each <= limit for each in found)

        if not in_time(low):
            return None
        while high - low > 1:  # who leaves later never arrives earlier
            middle = (low + high) // 2
            low, high = (middle, high) if in_time(middle) else (low, middle)
        return low

    def trains(self, since: int, until: int) -> list[Train]:
        """Trains that are under way between two moments."""
        first = datetime.fromtimestamp(since, self.feed.zone).date()
        last = datetime.fromtimestamp(until, self.feed.zone).date()
        found = []
        day = first - timedelta(days=2)
        while day <= last:
            midnight, services = int(self.feed.midnight(day).timestamp()), self.feed.services(day)
            for trip_id, calls in self.feed.calls.items():
                if self.feed.trips[trip_id]["service_id"] in services:
                    found += self._of_trip(self.feed.trips[trip_id], calls, midnight)
            day += timedelta(days=1)
        return [each for each in found if self._ends(each) >= since and each.midnight + each.calls[0].departure_s <= until]

    def _of_trip(self, trip: Row, calls: list[Call], midnight: int) -> list[Train]:
        if trip["trip_id"] not in self.frequencies:
            late = self.late.get((trip["trip_id"], midnight), 0)
            return [] if late is None else [Train(trip, [_later(call, late) for call in calls], midnight)]
        found = []
        for row in self.frequencies[trip["trip_id"]]:
            headway, start, end = int(row["headway_secs"]), _clock(row["start_time"]), _clock(row["end_time"])
            shifts = range(start - calls[0].departure_s, end - calls[0].departure_s, headway)
            if row.get("exact_times") == "1":
                found += [Train(trip, calls, midnight + shift) for shift in shifts]
            elif shifts:
                found.append(Train(trip, calls, midnight + shifts[0], headway, shifts[-1] - shifts[0]))
        return found

    def _ends(self, train: Train) -> int:
        return train.midnight + train.calls[-1].arrival_s + train.span_s + (train.headway_s or 0)

    def _ride(self, trains: list[Train], ready: dict[str, list[Off]], until: int) -> dict[str, list[Off]]:
        """Everybody boards every train that can be caught; where they get off."""
        offs: dict[str, list[Off]] = defaultdict(list)
        aboard: list[Train] = []
        for train in trains:
            if train.headway_s is None:
                boards = next((at for at in range(len(train.calls) - 1) if self._caught(train, at, ready)), None)
                if boards is not None:
                    self._get_off(train, boards, offs, until)
                    aboard.append(train)
            else:
                self._wait(train, ready, offs)
        seen: set[tuple[str, int]] = set()
        while aboard:  # who stays in the seat is in the next train from its first call on
            left = aboard.pop()
            for train in trains:
                goes_on = (left.trip["trip_id"], train.trip["trip_id"]) in self.in_seat and left.midnight == train.midnight
                key = (train.trip["trip_id"], train.midnight)
                if goes_on and key not in seen and left.calls[-1].arrival_s <= train.calls[0].departure_s:
                    seen.add(key)
                    self._get_off(train, 0, offs, until)
                    aboard.append(train)
        return offs

    def _get_off(self, train: Train, boarded: int, offs: dict[str, list[Off]], until: int) -> None:
        for call in train.calls[boarded + 1 :]:
            if call.drops_off and train.midnight + call.arrival_s <= until:
                offs[call.stop_id].append(Off(train.midnight + call.arrival_s, call.stop_id, train.trip))

    def _caught(self, train: Train, at: int, ready: dict[str, list[Off]]) -> bool:
        call = train.calls[at]
        leaves = train.midnight + call.departure_s
        return call.picks_up and any(
            off.at <= leaves and (seconds := self._change(off, call.stop_id, train.trip)) is not None and off.at + seconds <= leaves
            for stop in self.reaching[call.stop_id] for off in ready.get(stop, ())
        )  # fmt: skip

    def _wait(self, train: Train, ready: dict[str, list[Off]], offs: dict[str, list[Off]]) -> None:
        """A train without exact times, waited for as long as its headway at each of its calls."""
        assert train.headway_s is not None
        for at, call in enumerate(train.calls[:-1]):
            opens = train.midnight + call.departure_s
            times = [
                max(opens, off.at + seconds) for stop in self.reaching[call.stop_id] for off in ready.get(stop, ())
                if (seconds := self._change(off, call.stop_id, train.trip)) is not None
            ] if call.picks_up else []  # fmt: skip
            if times and min(times) <= opens + train.span_s:
                for later in train.calls[at + 1 :]:
                    if later.drops_off:
                        lasts = train.headway_s + later.arrival_s - call.departure_s
                        offs[later.stop_id].append(Off(min(times) + lasts, later.stop_id, train.trip))

    def _change(self, off: Off, stop: str, trip: Row) -> int | None:
        """Seconds from getting off to being ready at a stop for a trip."""
        if off.trip is None:
            return 0 if off.stop_id == stop else self.change(off.stop_id, stop, None, None)
        return self.change(off.stop_id, stop, off.trip, trip)

    def _end_walk(self, off: Off, destination: str) -> int | None:
        there = self.feed.station(destination)
        if self.feed.station(off.stop_id) == there:
            return 0
        walks = [self.change(off.stop_id, stop, None, None) for stop in self.reached[off.stop_id] if self.feed.station(stop) == there]
        return min((walk for walk in walks if walk is not None), default=None)

    def change(self, start: str, goal: str, left: Row | None, boarded: Row | None) -> int | None:
        """Seconds between two trains, by the most specific rule; None where there is no change."""
        key = (start, goal, left["trip_id"] if left else "", boarded["trip_id"] if boarded else "")
        if key not in self._cached:
            self._cached[key] = self._change_of(start, goal, left, boarded)
        return self._cached[key]

    def _change_of(self, start: str, goal: str, left: Row | None, boarded: Row | None) -> int | None:
        ends = self._names(start), self._names(goal)
        scored = [(score, -number) for number, rule in enumerate(self.rules) if (score := _score(rule, *ends, left, boarded))]
        rule = self.rules[-max(scored)[1]] if scored else {"transfer_type": "0"}
        kind, seconds = rule.get("transfer_type") or "0", rule.get("min_transfer_time")
        if kind == "3":
            return None
        if kind == "1":
            return 0
        return int(seconds) if seconds else self._default(start, goal)

    def _default(self, start: str, goal: str) -> int:
        one, other = self.feed.stops[start], self.feed.stops[goal]
        if start == goal:
            return 0 if one.get("parent_station") or one.get("platform_code") else DEFAULT_S
        if not (one.get("stop_lat") and other.get("stop_lat")):
            return DEFAULT_S
        north = float(one["stop_lat"]) - float(other["stop_lat"])
        east = (float(one["stop_lon"]) - float(other["stop_lon"])) * math.cos(math.radians(float(one["stop_lat"])))
        return max(DEFAULT_S, round(111_195 * math.hypot(north, east)))

    def _names(self, stop: str) -> list[str]:
        """The stop, then its parent station, as rules may name it."""
        parent = self.feed.stops[stop].get("parent_station")
        return [stop, parent] if parent else [stop]

    def _near(self, start: str, goal: str) -> bool:
        return self.feed.station(start) == self.feed.station(goal) or any(
            rule["from_stop_id"] in self._names(start) and rule["to_stop_id"] in self._names(goal) for rule in self.rules
        )

    def _in_seat(self) -> set[tuple[str, str]]:
        """Trips that one train runs as: of one block one after the other from the same stop, or by transfers of type 4, without type 5."""
        found = set()
        blocks = defaultdict(list)
        for trip_id, calls in self.feed.calls.items():
            if self.feed.trips[trip_id].get("block_id"):
                blocks[self.feed.trips[trip_id]["block_id"]].append((calls[0].departure_s, trip_id))
        for block in blocks.values():
            for (_, one), (_, other) in product(sorted(block), repeat=2):
                if self._next_of_block(one, other, [trip_id for _, trip_id in sorted(block)]):
                    found.add((one, other))
        for row in self.feed.rows("transfers"):
            if row.get("transfer_type") == "4":
                one, other = row["from_trip_id"], row["to_trip_id"]
                if 0 <= self.feed.calls[other][0].departure_s - self.feed.calls[one][-1].arrival_s <= LONGEST_STAY_S:
                    found.add((one, other))
        return found - {(row["from_trip_id"], row["to_trip_id"]) for row in self.feed.rows("transfers") if row.get("transfer_type") == "5"}

    def _next_of_block(self, one: str, other: str, block: list[str]) -> bool:
        """Whether a vehicle goes on as `other` on the days of one service."""
        here = [each for each in block if self.feed.trips[each]["service_id"] == self.feed.trips[one]["service_id"]]
        if other not in here or one == other:
            return False
        end = self.feed.calls[one][-1]
        later = [each for each in here if each != one and self.feed.calls[each][0].departure_s >= end.arrival_s]
        if not later or later[0] != other:
            return False
        begin = self.feed.calls[other][0]
        return begin.stop_id == end.stop_id and begin.departure_s - end.arrival_s <= LONGEST_STAY_S


def _score(rule: Row, starts: list[str], goals: list[str], left: Row | None, boarded: Row | None) -> tuple[int, int] | None:
    """How specific a rule is: by trips and routes as the reference lists them, then by stops; None where it is about other trains."""
    if rule["from_stop_id"] not in starts or rule["to_stop_id"] not in goals:
        return None
    named = []
    for side, trip in (("from", left), ("to", boarded)):
        trip_id, route_id = rule.get(f"{side}_trip_id", ""), rule.get(f"{side}_route_id", "")
        if (trip_id or route_id) and trip is None:
            return None
        if trip is not None and (trip_id not in ("", trip["trip_id"]) or route_id not in ("", trip["route_id"])):
            return None
        named.append("trip" if trip_id else "route" if route_id else "")
    order = [{"trip"}, {"trip", "route"}, {"trip", ""}, {"route"}, {"route", ""}, {""}]
    return len(order) - order.index(set(named)), (rule["from_stop_id"] == starts[0]) + (rule["to_stop_id"] == goals[0])


def _later(call: Call, seconds: int) -> Call:
    return call._replace(arrival_s=call.arrival_s + seconds, departure_s=call.departure_s + seconds)


def _clock(text: str) -> int:
    hours, minutes, seconds = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + seconds



RIDES = 6


def compare_earliest(hand: JourneysByHand, knowledge: Any, origin: str, destination: str, at: datetime, *, hours: float) -> list[Any]:
    """Asserts that both find the same arrivals; returns the journeys within these hours."""
    best = hand.earliest(origin, destination, at, hours=hours, rides=RIDES)
    found: list[Any] = knowledge.journeys(origin=origin, destination=destination, depart_at=at, limit=RIDES)
    first = min((each for each in best if each is not None), default=None)
    if first is None:
        assert not found or found[0].arrival.timestamp() > at.timestamp() + hours * 3600
        return []
    assert found
    assert found[0].arrival.timestamp() == first
    assert found[0].changes == best.index(first)
    assert all(journey.arrival.timestamp() == best[journey.changes] for journey in found)
    spare = min(3600, int((first - math.ceil(at.timestamp())) / 2))
    worth = [
        fewer for fewer, arrival in enumerate(best[: found[0].changes])
        if arrival is not None and arrival <= first + spare and all(each is None or arrival < each for each in best[:fewer])
    ]  # fmt: skip
    assert [journey.changes for journey in found[1:]] == worth[::-1]
    for journey in found:
        later = journey.departure.astimezone(UTC) + timedelta(seconds=1)
        again = hand.earliest(origin, destination, later, hours=hours, rides=journey.changes + 1)
        assert all(each is None or each > journey.arrival.timestamp() for each in again), "one could leave later"
    return found


def compare_latest(hand: JourneysByHand, knowledge: Any, origin: str, destination: str, by: datetime, *, hours: float) -> list[Any]:
    """Asserts that both find the same departure; returns the journeys within these hours."""
    latest = hand.latest(origin, destination, by, hours=hours, rides=RIDES)
    found: list[Any] = knowledge.journeys(origin=origin, destination=destination, arrive_by=by, limit=RIDES)
    if latest is None:
        assert not found or found[0].departure.timestamp() < by.timestamp() - hours * 3600
        return []
    assert found
    assert found[0].departure.timestamp() == latest
    assert found[0].arrival <= by
    best = hand.earliest(origin, destination, found[0].departure, hours=hours, rides=found[0].changes + 1)
    assert best[-1] == found[0].arrival.timestamp()
    assert all(each is None or each > by.timestamp() for each in best[:-1])
    return found
