"""Plantower PMS5003: particles, over a serial port. Frames are decoded by pypms."""

from assistant.environment.devices.frames import Layout
from assistant.environment.devices.models import Values
from assistant.environment.devices.pms import command, decoder, whole
from assistant.environment.devices.serial_port import SerialModel

PMS5003 = "PMSx003"
"""As pypms names the PMS5003 and its sisters."""
SETTLE_S = 30.0
"""Seconds after waking in which the fan has no even stream of air yet (PMS5003 data manual, 2016, "Attention")."""


def pms5003() -> SerialModel:
    """The PMS5003: 9600 baud; 32 bytes `42 4D 00 1C …`, big-endian, sum of the first 30 bytes at the end. Loads pypms."""
    return SerialModel(
        layouts=(
            Layout(header=command(PMS5003, "passive_read").answer_header, length=32, decode=decoder(PMS5003, _values)),
            Layout(header=command(PMS5003, "sleep").answer_header, length=8, decode=whole(_sum_holds), values=False),
        ),
        wake=(command(PMS5003, "wake").command, command(PMS5003, "active_mode").command),
        settle_s=SETTLE_S,
    )  # fmt: skip


def _values(observed: dict[str, float]) -> Values:
    """The values "under atmospheric environment"; those for the factory's air (CF=1) are left alone."""
    return {"pm1": observed["pm01"], "pm2_5": observed["pm25"], "pm10": observed["pm10"]}


def _sum_holds(frame: bytes) -> bool:
    return sum(frame[:-2]) == int.from_bytes(frame[-2:])
