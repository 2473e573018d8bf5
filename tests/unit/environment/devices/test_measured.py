"""What every device does alike."""

import math
import struct

import pytest

from assistant.environment.devices.measured import measurements, ours
from assistant.environment.models import Measurement
from assistant.errors import StationError, Unavailable
from tests.unit.environment.devices.peers import NOON


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_no_measurement(value: float) -> None:
    assert measurements({"co2": value, "humidity": 40}, NOON) == [Measurement(quantity="humidity", value=40.0, unit="%", at=NOON)]


@pytest.mark.parametrize("error", [
    OSError(121, "Remote I/O error"), TimeoutError("late"), ValueError("no"), RuntimeError("no"), ZeroDivisionError(), IndexError(),
    struct.error("short"), AssertionError(), ImportError("no driver"), TypeError(), Exception("anything"),
])  # fmt: skip
def test_whatever_a_driver_raises_becomes_one_error(error: Exception) -> None:
    with pytest.raises(Unavailable, match="hall cannot be used") as raised, ours("hall"):
        raise error
    assert raised.value.__cause__ is error
    assert raised.value.hint


def test_our_own_errors_stay_as_they_are() -> None:
    with pytest.raises(StationError, match="as it is"), ours("hall"):
        raise StationError("as it is")
