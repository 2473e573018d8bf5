"""What every device does alike: values become measurements, and foreign errors become ours."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from assistant.environment.devices.models import UNITS, Values
from assistant.environment.models import Measurement
from assistant.errors import AssistantError, Unavailable

_MEND = "check its plug and its power, and that this user may use the port (groups dialout and i2c)"


def measurements(values: Values, at: datetime) -> list[Measurement]:
    """The values as measurements at `at`; what is no number is left out."""
    return [
        Measurement(quantity=quantity, value=float(value), unit=UNITS[quantity], at=at)
        for quantity, value in values.items()
        if math.isfinite(value)
    ]


def silent(name: str, limit_s: float) -> Unavailable:
    """The error of a device that brought nothing usable in time."""
    return Unavailable(f"{name} brought no value within {limit_s:g} s", hint=_MEND)


def not_open(name: str) -> Unavailable:
    """The error of a device that is read before it is opened."""
    return Unavailable(f"{name} is not open", hint="open it first")


@contextmanager
def ours(name: str) -> Iterator[None]:
    """Whatever a driver or the machine raises inside becomes Unavailable; drivers raise nearly anything where a wire is loose."""
    try:
        yield
    except AssistantError:
        raise
    except Exception as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
        raise Unavailable(f"{name} cannot be used: {reason}", hint=_MEND) from error
