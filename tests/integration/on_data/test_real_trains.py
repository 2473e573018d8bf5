"""Real feeds: first and last trains, single trains, their days, and fares are what plain loops over the rows find."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.knowledge import Knowledge
from assistant.knowledge.models import Train
from tests.integration.on_data.test_golden_answers import feed_of, opened
from tests.reference.gtfs_by_hand import ByHand

QUESTIONS = 60
"""Of each feed and kind."""
FEEDS = ("metro-north-2026", "caltrain-2023-rt", "busan-metro-2025")
WITH_FARES = ("bart-2019-rt", "fukuoka-subway-2019", "caltrain-2023-rt")
PRICED = {"caltrain-2023-rt"}
"""Of the feeds above."""


@dataclass(frozen=True, kw_only=True)
class Both:
    """The same feed twice, and the trips of each service."""

    folder: str
    knowledge: Knowledge
    by_hand: ByHand
    of_service: dict[str, list[str]]

    def running(self, day: date) -> list[str]:
        return [trip for service in self.by_hand.services(day) for trip in self.of_service[service]]

    def boardings(self, stop: str, day: date, destination: str | None, line: str | None) -> list[tuple[datetime, str]]:
        """Every chance to get on a train of one service day at a station, in order of time."""
        by_hand, found = self.by_hand, []
        for trip in self.running(day):
            calls = by_hand.calls[trip]
            if line is not None and by_hand.trips[trip]["route_id"] != line:
                continue
            for index, call in enumerate(calls[:-1]):
                later = [other for other in calls[index + 1 :] if other.drops_off]
                there = destination is None or any(by_hand.station(other.stop_id) == by_hand.station(destination) for other in later)
                if call.picks_up and there and by_hand.station(call.stop_id) == by_hand.station(stop):
                    found.append((by_hand.midnight(day) + timedelta(seconds=call.departure_s), trip))
        return sorted(found)


def both(folder: str, shared_data: Path, station: Path) -> Iterator[Both]:
    with opened(feed_of(shared_data, folder), station) as feed:
        of_service = defaultdict(list)
        for trip, row in feed.by_hand.trips.items():
            if trip in feed.by_hand.calls:
                of_service[row["service_id"]].append(trip)
        yield Both(folder=folder, knowledge=feed.knowledge, by_hand=feed.by_hand, of_service=of_service)


@pytest.fixture(scope="module", params=FEEDS)
def feed(request: pytest.FixtureRequest, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    yield from both(request.param, shared_data, tmp_path_factory.mktemp(request.param))


def drawn(feed: Both, draw: random.Random) -> Iterator[tuple[str, date, str | None, str | None]]:
    """Stops and days, half of them narrowed to somewhere and to a line."""
    served, days, routes = feed.by_hand.served(), feed.by_hand.days(), sorted(feed.by_hand.routes)
    for number in range(QUESTIONS):
        stop, day = draw.choice(served), draw.choice(days)
        trips = [trip for trip in feed.running(day) if any(call.stop_id == stop for call in feed.by_hand.calls[trip])]
        there = [call.stop_id for call in feed.by_hand.calls[draw.choice(trips)]] if trips and number % 6 else served
        line = feed.by_hand.trips[draw.choice(trips)]["route_id"] if trips else draw.choice(routes)
        yield stop, day, draw.choice(there) if number % 2 else None, line if number % 3 == 0 else None


def test_first_and_last_of_a_service_day(feed: Both) -> None:
    answered = after_midnight = 0
    for stop, day, destination, line in drawn(feed, random.Random(feed.folder)):  # noqa: S311
        narrow = {"stop_id": stop, "destination": destination, "line": line}
        expected = feed.boardings(stop, day, destination, line)
        first, last = feed.knowledge.first_departure(day=day, **narrow), feed.knowledge.last_departure(day=day, **narrow)
        if not expected:
            assert first is None, narrow
            assert last is None, narrow
            continue
        assert first is not None, narrow
        assert last is not None, narrow
        edges = [(edge.scheduled.astimezone(UTC), edge.trip_id) for edge in (first, last)]
        assert [moment for moment, _ in edges] == [expected[0][0], expected[-1][0]], (narrow, day)
        assert set(edges) <= set(expected)
        answered += 1
        after_midnight += last.scheduled.date() > day
        until = expected[-1][0] - timedelta(seconds=1)
        before = feed.knowledge.last_departure(day=day, until=until, **narrow)
        sooner = [moment for moment, _ in expected if moment <= until]
        assert (before.scheduled.astimezone(UTC) if before else None) == (sooner[-1] if sooner else None)
    assert answered >= QUESTIONS // 2
    assert after_midnight > QUESTIONS // 20


def calls_of(train: Train) -> list[tuple[str, str | None, datetime | None, datetime | None]]:
    return [
        (call.stop_id, call.platform, call.arrival and call.arrival.astimezone(UTC), call.departure and call.departure.astimezone(UTC))
        for call in train.calls
    ]


def test_a_train_and_its_days(feed: Both) -> None:
    draw, by_hand = random.Random(feed.folder), feed.by_hand  # noqa: S311
    days, trips, ran = by_hand.days(), sorted(by_hand.calls), 0
    for _ in range(QUESTIONS):
        day = draw.choice(days)
        trip = draw.choice(draw.choice((trips, feed.running(day) or trips)))
        train = feed.knowledge.train(trip, day, "und")
        runs = by_hand.trips[trip]["service_id"] in by_hand.services(day)
        assert feed.knowledge.runs(trip, day) == runs == (train is not None)
        weeks = days[days.index(day) :][:28]
        running = [each for each in weeks if by_hand.trips[trip]["service_id"] in by_hand.services(each)]
        assert feed.knowledge.running_days([trip], first=weeks[0], last=weeks[-1]) == running
        if train is None:
            continue
        ran += 1
        rows, midnight = by_hand.calls[trip], by_hand.midnight(day)
        assert calls_of(train) == [
            (
                row.stop_id, by_hand.platform(row),
                midnight + timedelta(seconds=row.arrival_s) if index and row.drops_off else None,
                midnight + timedelta(seconds=row.departure_s) if index < len(rows) - 1 and row.picks_up else None,
            )
            for index, row in enumerate(rows)
        ]
        assert [call.source.key for call in train.calls] == [f"{trip}|{row.sequence}" for row in rows]
    assert ran >= QUESTIONS // 3


def test_a_train_by_its_name(feed: Both) -> None:
    draw, found = random.Random(feed.folder), 0  # noqa: S311
    names = sorted({name for row in feed.by_hand.trips.values() if (name := row.get("trip_short_name"))})
    for _ in range(QUESTIONS if names else 0):
        name, day = draw.choice(names), draw.choice(feed.by_hand.days())
        expected = sorted(trip for trip in feed.running(day) if feed.by_hand.trips[trip]["trip_short_name"] == name)
        assert sorted(train.trip_id for train in feed.knowledge.find_trains(name=name, day=day, language="und")) == expected
        found += bool(expected)
    assert found >= (QUESTIONS // 10 if names else 0)
    assert feed.knowledge.find_trains(name="no such train", day=feed.by_hand.days()[0], language="und") == []


def test_where_no_row_names_a_price_none_is_named(feed: Both) -> None:
    start, goal = feed.by_hand.served()[:2]
    assert bool(feed.by_hand.rows("fare_attributes")) == (feed.folder in PRICED)
    assert bool(feed.knowledge.fares(origin=start, destination=goal)) == (feed.folder in PRICED)


@pytest.mark.parametrize("folder", WITH_FARES)
def test_fares_between_zones(folder: str, shared_data: Path, tmp_path: Path) -> None:
    for feed in both(folder, shared_data, tmp_path):
        draw, by_hand, priced = random.Random(folder), feed.by_hand, 0  # noqa: S311
        prices = {row["fare_id"]: row for row in by_hand.rows("fare_attributes")}
        rules = by_hand.rows("fare_rules")
        assert not any(row.get("route_id") or row.get("contains_id") for row in rules), "this loop knows zones only"
        for _ in range(QUESTIONS):
            start, goal = draw.sample(by_hand.served(), 2)
            zones = by_hand.stops[start]["zone_id"], by_hand.stops[goal]["zone_id"]
            expected = {row["fare_id"] for row in rules if (row["origin_id"], row["destination_id"]) == zones}
            found = feed.knowledge.fares(origin=start, destination=goal)
            if by_hand.station(start) != by_hand.station(goal):
                assert {fare.fare_id for fare in found} == expected, (start, goal)
            for fare in found:
                row = prices[fare.fare_id]
                assert (str(fare.price), fare.currency) == (row["price"], row["currency_type"])
            assert [fare.price for fare in found] == sorted(fare.price for fare in found)
            priced += bool(found)
        assert priced >= QUESTIONS // 2
