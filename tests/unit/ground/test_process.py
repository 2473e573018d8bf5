"""The back-off's arithmetic."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.process import backoff


def test_it_doubles_up_to_the_longest_wait() -> None:
    assert [backoff((1, 30), failures, 0) for failures in (1, 2, 3, 4, 5, 6, 7)] == [1, 2, 4, 8, 16, 30, 30]


def test_chance_shortens_it_by_half_at_most() -> None:
    assert backoff((1, 30), 3, 1.0) == 2


@given(st.integers(1, 10**6), st.floats(0, 1))
def test_it_stays_within_its_bounds(failures: int, chance: float) -> None:
    assert 0.5 <= backoff((1, 30), failures, chance) <= 30
