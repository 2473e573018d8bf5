"""Counted by hour, told only from enough conversations far enough apart."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import ClauseElement, TextClause

from assistant.errors import Unavailable
from assistant.unanswered.counter import MOST_HELD, Counter
from assistant.unanswered.models import Key, Kind, Limits, Name, NameKind, PublicId, Topic
from tests.fixtures.accounts import Door, Hands
from tests.fixtures.accounts import database as database
from tests.fixtures.accounts import door as door
from tests.fixtures.accounts import empty as empty
from tests.fixtures.accounts import hands as hands

LIMITS = Limits(conversations=3, hours=24)
LUGGAGE = Key(kind=Kind.NOT_UNDERSTOOD, topic=Topic.LUGGAGE, language=PublicId("en"))
LOCKERS = Key(
    kind=Kind.NOT_HERE, topic=Topic.FACILITIES, language=PublicId("ko"), name=Name(kind=NameKind.CATEGORY, id=PublicId("luggage"))
)  # fmt: skip


@pytest.fixture
def counter(door: Door) -> Counter:
    return Counter(door, LIMITS)


def test_a_row_shows_from_the_last_conversation_it_needs(counter: Counter, hands: Hands) -> None:
    counter.count(LUGGAGE)
    hands.turn(hours=25)
    counter.count(LUGGAGE)
    counter.write()
    assert counter.rows() == []
    counter.count(LUGGAGE)
    assert counter.rows() == [], "what is not written is not told"
    counter.write()
    assert [(row.key, row.at_least) for row in counter.rows()] == [(LUGGAGE, 3)]


def test_the_first_and_the_last_must_lie_apart_whatever_their_minutes(counter: Counter, hands: Hands) -> None:
    hands.turn(minutes=59)
    for _ in range(9):
        counter.count(LUGGAGE)
    hands.turn(hours=23, minutes=1)  # a day of hours, but not of time
    counter.count(LUGGAGE)
    counter.write()
    assert counter.rows() == []
    hands.turn(hours=1)
    counter.count(LUGGAGE)
    counter.write()
    assert [row.at_least for row in counter.rows()] == [9], "eleven are told as whole steps of three"


def test_each_key_counts_for_itself_and_the_most_asked_is_first(counter: Counter, hands: Hands) -> None:
    for hours, keys in ((0, [LOCKERS, LOCKERS, LUGGAGE, LUGGAGE]), (30, [LOCKERS] * 4 + [LUGGAGE])):
        hands.turn(hours=hours)
        for key in keys:
            counter.count(key)
        counter.write()
    other = Key(kind=Kind.NOT_TOLD, topic=Topic.LUGGAGE, language=PublicId("en"))
    counter.count(other)
    counter.write()
    assert [(row.key, row.at_least) for row in counter.rows()] == [(LOCKERS, 6), (LUGGAGE, 3)]


def test_after_90_days_it_is_gone(counter: Counter, hands: Hands, door: Door) -> None:
    for _ in range(2):
        hands.turn(hours=30)
        for _ in range(3):
            counter.count(LUGGAGE)
    counter.write()
    assert counter.rows()
    hands.turn(days=91)
    assert counter.rows() == []
    counter.write()
    hands.at -= timedelta(days=60)
    assert counter.rows() == [], "not only left out: dropped"


def test_a_database_that_is_away_costs_the_counts_and_nothing_else(counter: Counter, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise Unavailable("away")

    counter.count(LUGGAGE)
    with monkeypatch.context() as patch:
        patch.setattr(door.database, "migrate", away)
        counter.write()
        with pytest.raises(Unavailable):
            counter.rows()
    counter.write()
    assert counter.rows() == []
    assert not counter._held


def test_its_statements_are_those_of_every_database(counter: Counter, door: Door) -> None:
    seen: dict[str, ClauseElement] = {}
    for engine in (door.database._engine, door.database._reading):
        event.listen(engine, "before_execute", lambda connection, clause, *rest: seen.setdefault(str(clause), clause))
    for _ in range(2):
        counter.count(LUGGAGE)
        counter.write()
    counter.rows()
    assert len(seen) == 5
    assert all(str(clause.compile(dialect=postgresql.dialect())) for clause in seen.values() if not isinstance(clause, TextClause))


def test_what_is_held_is_bounded(counter: Counter) -> None:
    for number in range(MOST_HELD + 5):
        counter.count(Key(
            kind=Kind.NOT_HERE, topic=Topic.FACILITIES, language=PublicId("en"),
            name=Name(kind=NameKind.PLACE, id=PublicId(f"p{number}")),
        ))  # fmt: skip
    assert len(counter._held) == MOST_HELD
