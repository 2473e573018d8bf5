"""How a delay goes on along a trip: the cases of the GTFS-Realtime reference, and what holds for every update."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.knowledge.realtime.delays import EARLY_S, LATE_S, Expected, Planned, expect
from assistant.knowledge.realtime.models import Event, StopRelationship, StopUpdate, Unusable

PLAN = [Planned(minute * 600, minute * 600 + 60) for minute in range(6)]
"""A call every ten minutes, of a minute each."""


def late(arrival: int | None = None, departure: int | None = None, relationship: StopRelationship = "SCHEDULED") -> StopUpdate:
    arriving, leaving = (None if delay is None else Event(None, delay, None) for delay in (arrival, departure))
    return StopUpdate(sequence=None, stop_id=None, arrival=arriving, departure=leaving, relationship=relationship)


def delays(updates: dict[int, StopUpdate], whole: int | None = None) -> list[tuple[int | None, int | None]]:
    known = expect(PLAN, updates, whole)
    return [
        (None if one.arrival is None else one.arrival - plan.arrival, None if one.departure is None else one.departure - plan.departure)
        for one, plan in zip(known, PLAN, strict=True)
    ]


NOTHING = (None, None)


def test_a_delay_holds_for_all_that_follows() -> None:
    assert delays({2: late(120, 120)}) == [NOTHING, NOTHING, (120, 120), (120, 120), (120, 120), (120, 120)]


def test_until_another_one_is_given() -> None:
    """The reference: 300 s at the third stop, 60 s at the eighth."""
    assert delays({1: late(None, 300), 4: late(60, 60)}) == [
        NOTHING, (None, 300), (300, 300), (300, 300), (60, 60), (60, 60),
    ]  # fmt: skip


def test_until_there_is_no_data() -> None:
    assert delays({0: late(None, 60), 2: late(relationship="NO_DATA")}) == [(None, 60), (60, 60), NOTHING, NOTHING, NOTHING, NOTHING]


def test_a_skipped_stop_does_not_end_it() -> None:
    known = expect(PLAN, {0: late(None, 60), 2: late(relationship="SKIPPED")}, None)
    assert known[2] == Expected(skipped=True)
    assert known[3] == Expected(PLAN[3].arrival + 60, PLAN[3].departure + 60)


def test_a_departure_is_as_late_as_the_arrival() -> None:
    assert delays({1: late(90)})[1:3] == [(90, 90), (90, 90)]


def test_an_arrival_before_a_departure_that_makes_up_time() -> None:
    assert delays({0: late(None, 300), 1: late(None, 0)})[1] == (60, 0), "at the latest when it leaves"


def test_a_time_goes_before_a_delay() -> None:
    update = StopUpdate(sequence=None, stop_id=None, arrival=None, departure=Event(PLAN[1].departure + 240, 0, None))
    assert delays({1: update})[1] == (None, 240)


def test_the_delay_of_a_whole_trip() -> None:
    assert delays({}, 180) == [(180, 180)] * 6
    assert delays({3: late(60, 60)}, 180) == [(180, 180)] * 3 + [(60, 60)] * 3


def test_a_carried_time_after_the_next_known_one_is_not_known() -> None:
    assert delays({0: late(None, 900), 3: late(-100, 0)}) == [(None, 900), (900, 900), NOTHING, (-100, 0), (0, 0), (0, 0)]


@pytest.mark.parametrize("delay", [LATE_S + 1, -EARLY_S - 1, 86_400, -86_400, 2**31 - 1])
def test_a_delay_that_cannot_be(delay: int) -> None:
    with pytest.raises(Unusable, match="delay-unbelievable"):
        expect(PLAN, {1: late(delay, delay)}, None)


def test_times_that_run_back() -> None:
    with pytest.raises(Unusable, match="times-run-back"):
        expect(PLAN, {1: late(None, 900), 2: late(0)}, None)


@given(
    some.dictionaries(
        some.integers(0, 5),
        some.builds(
            late, some.none() | some.integers(-1000, 25_000), some.none() | some.integers(-1000, 25_000),
            some.sampled_from(["SCHEDULED", "SCHEDULED", "SKIPPED", "NO_DATA"]),
        ),
    ),
    some.none() | some.integers(-600, 3000),
)  # fmt: skip
def test_no_train_goes_back_in_time(updates: dict[int, StopUpdate], whole: int | None) -> None:
    try:
        known = expect(PLAN, updates, whole)
    except Unusable:
        return
    moments = [moment for one in known for moment in (one.arrival, one.departure) if moment is not None]
    assert moments == sorted(moments)
    assert all(not one.skipped or one[:2] == (None, None) for one in known)
