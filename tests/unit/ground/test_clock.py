from datetime import UTC, datetime, timedelta

import pytest

from assistant.clock import StartedClock, SystemClock


@pytest.mark.parametrize(
    ("operator", "hardware", "ntp", "trusted"),
    [
        (None, False, False, False),
        (None, True, False, True),
        (None, False, True, True),
        (True, False, False, True),
        (False, True, True, False),
    ],
)
def test_somebody_has_to_vouch_for_the_machines_clock(operator: bool | None, hardware: bool, ntp: bool, trusted: bool) -> None:
    assert SystemClock(operator=operator, hardware=lambda: hardware, ntp=lambda: ntp).trusted() is trusted


def test_a_clock_that_ntp_reaches_later_is_trusted_from_then_on() -> None:
    reached = [False]
    clock = SystemClock(hardware=lambda: False, ntp=lambda: reached[0])
    assert not clock.trusted()
    reached[0] = True
    assert clock.trusted()


def test_a_started_clock_runs_on_from_its_start() -> None:
    start = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
    clock = StartedClock(start)
    assert timedelta(0) <= clock.now() - start < timedelta(seconds=5)
    assert clock.trusted()


def test_a_start_needs_an_offset() -> None:
    with pytest.raises(ValueError, match="offset"):
        StartedClock(datetime(2026, 5, 1, 8, 0))
