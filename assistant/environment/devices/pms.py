"""pypms, the package that knows the frames of particle sensors; loaded when the first is opened (0.3 s, 4 MB)."""

from collections.abc import Callable
from typing import Any

from assistant.environment.devices.models import Decoded, Values


def decoder(sensor: str, values: Callable[[dict[str, float]], Values]) -> Callable[[bytes], Decoded]:
    """What pypms says of a whole frame of `sensor`; `values` picks ours out of its names."""
    from pms import InconsistentObservation, SensorWarmingUp, WrongMessageChecksum, WrongMessageFormat

    known = _sensor(sensor)

    def decode(frame: bytes) -> Decoded:
        try:
            # Its time is not used; without one it would ask the machine's clock.
            return values(vars(known.decode(frame, time=1)))
        except (WrongMessageFormat, WrongMessageChecksum):
            return "garbled"
        except InconsistentObservation:
            return "nonsense"
        except SensorWarmingUp:
            return {}

    return decode


def command(sensor: str, name: str) -> Any:
    """A command of `sensor` as pypms knows it: `command` (bytes), `answer_header`, `answer_length`."""
    return _sensor(sensor).command(name)


def whole(holds: Callable[[bytes], bool]) -> Callable[[bytes], Decoded]:
    """The decoder of a frame without values that is whole where its checksum `holds`."""
    return lambda frame: {} if holds(frame) else "garbled"


def _sensor(name: str) -> Any:
    from pms.core import Sensor

    return Sensor[name]
