"""Nova Fitness SDS011: particles, over a serial port. Frames are decoded by pypms."""

from assistant.environment.devices.frames import Layout
from assistant.environment.devices.models import Values
from assistant.environment.devices.pms import command, decoder, whole
from assistant.environment.devices.serial_port import SerialModel

SDS011 = "SDS01x"
"""As pypms names the SDS011 and its sisters."""


def sds011() -> SerialModel:
    """The SDS011: 9600 baud; 10 bytes `AA C0 … AB`, tenths of µg/m³, little-endian (protocol V1.3). Loads pypms."""
    return SerialModel(
        layouts=(
            Layout(header=command(SDS011, "passive_read").answer_header, length=10, decode=decoder(SDS011, _values)),
            Layout(header=command(SDS011, "wake").answer_header, length=10, decode=whole(_sum_holds), values=False),
        ),
        wake=(command(SDS011, "wake").command, command(SDS011, "active_mode").command),
        settle_s=0.0,
    )  # fmt: skip


def _values(observed: dict[str, float]) -> Values:
    return {"pm2_5": observed["pm25"], "pm10": observed["pm10"]}


def _sum_holds(frame: bytes) -> bool:
    return frame[-1] == 0xAB and sum(frame[2:-2]) % 256 == frame[-2]
