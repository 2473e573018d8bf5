"""Bytes to a feed: what is one, what is none, and what no bytes at all may do."""

import contextlib
import random
from datetime import UTC, datetime

import pytest
from google.transit import gtfs_realtime_pb2 as pb
from hypothesis import given
from hypothesis import strategies as some

from assistant.knowledge.realtime import parse as parser
from assistant.knowledge.realtime.models import Event, Feed, Period, Unusable
from assistant.knowledge.realtime.parse import parse
from tests.fixtures.realtime import STOP, alert, feed, stop, trip

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def read(*entities: pb.FeedEntity) -> Feed:
    return parse(feed(NOON, *entities).SerializeToString())


def test_a_trip_update_says_all_that_it_says() -> None:
    called = stop("a", sequence=3, arrival=60, departure=NOON)
    made = read(trip("t1", called, date="20261124", start="25:10:00", route="r", delay=-5, at=NOON))
    [update] = made.updates
    assert made.timestamp == int(NOON.timestamp())
    assert (update.trip_id, update.route_id, update.start_date, update.start_time) == ("t1", "r", "20261124", "25:10:00")
    assert (update.delay, update.timestamp, update.relationship) == (-5, int(NOON.timestamp()), "SCHEDULED")
    [one] = update.stops
    assert (one.sequence, one.stop_id, one.relationship) == (3, "a", "SCHEDULED")
    assert (one.arrival, one.departure) == (Event(None, 60, None), Event(int(NOON.timestamp()), None, None))


def test_what_is_absent_is_none() -> None:
    [update] = read(trip("t1", STOP(stop_id="a"))).updates
    assert (update.delay, update.timestamp, update.start_date, update.route_id, update.headsign) == (None,) * 5
    assert (update.stops[0].sequence, update.stops[0].arrival, update.stops[0].departure) == (None,) * 3


def test_an_alert_says_all_that_it_says() -> None:
    [made] = read(
        alert("a1", {"en": "Lift  out\nof order", "zh-Hans": "电梯故障"}, {"route_id": "r"}, {"stop_id": "s"}, periods=[(NOON, None)])
    ).alerts
    assert made.header == (("en", "Lift out of order"), ("zh-hans", "电梯故障"))
    assert [(selector.route_id, selector.stop_id) for selector in made.selectors] == [("r", None), (None, "s")]
    assert made.shown == made.holds == (Period(int(NOON.timestamp()), None),)
    assert made.effect == "SIGNIFICANT_DELAYS"


def test_texts_of_the_operator_are_one_short_line() -> None:
    [made] = read(alert("a1", "word " * 200 + "\x00\x1b[31m", {"route_id": "r"}, description="<b>x\n\n</b>" + "y" * 9000)).alerts
    [(_, header)], [(_, description)] = made.header, made.description
    assert len(header) <= parser.LONGEST_HEADER
    assert header.endswith("word…")
    assert len(description) <= parser.LONGEST_DESCRIPTION
    assert (header + description).isprintable()


@pytest.mark.parametrize(
    ("entity", "why"),
    [
        (trip(""), "trip-unnamed"), (trip("x" * 201), "trip-unnamed"), (alert("a", ""), "alert-without-words"),
        (trip("t", stop("a", departure=datetime(9999, 1, 1, tzinfo=UTC))), "delay-unbelievable"),
    ],
)  # fmt: skip
def test_an_entity_that_is_none_is_counted(entity: pb.FeedEntity, why: str) -> None:
    made = read(entity, trip("good", stop("a", departure=60)))
    assert [update.trip_id for update in made.updates] == ["good"]
    assert made.dropped == {why: 1}


def test_what_was_deleted_is_not_read() -> None:
    gone = trip("t1", stop("a", departure=60))
    gone.is_deleted = True
    assert read(gone).updates == ()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not-gtfs-realtime"),
        (b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "not-protobuf"),
        (b'{"header": {}}', "not-protobuf"),
        (b"\x00" * 1000, "not-protobuf"),
        (b"\x0a\x05hello", "not-protobuf"),
        (feed(NOON, trip("t1", stop("a", departure=60))).SerializeToString()[:-3], "not-protobuf"),
    ],
)
def test_what_is_no_feed(data: bytes, why: str) -> None:
    with pytest.raises(Unusable) as refused:
        parse(data)
    assert refused.value.code == why


def test_a_feed_that_only_amends_is_refused() -> None:
    message = feed(NOON, trip("t1", stop("a", departure=60)))
    message.header.incrementality = pb.FeedHeader.DIFFERENTIAL
    with pytest.raises(Unusable) as refused:
        parse(message.SerializeToString())
    assert refused.value.code == "differential"


def test_too_many_entities(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "MOST_ENTITIES", 2)
    with pytest.raises(Unusable) as refused:
        read(trip("a"), trip("b"), trip("c"))
    assert refused.value.code == "too-many-entities"


@given(some.binary(max_size=300))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with contextlib.suppress(Unusable):
        parse(data)


def test_changed_bytes_of_a_feed_raise_nothing_else() -> None:
    whole = feed(
        NOON, trip("t1", stop("a", sequence=1, arrival=5, departure=NOON), route="r", at=NOON), alert("a", {"en": "Late"}, {"stop_id": "a"})
    ).SerializeToString()
    dice, read_again = random.Random(4), 0  # noqa: S311
    for _ in range(3000):
        changed = bytearray(whole)
        for _ in range(dice.randint(1, 4)):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        with contextlib.suppress(Unusable):
            parse(bytes(changed))
            read_again += 1
    assert 100 < read_again < 2900
