"""Which device a sensor's `source` names, and its adapter."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from assistant.clock import Clock
from assistant.environment.devices import bosch, nova, plantower, sensirion
from assistant.environment.devices.i2c import I2cDevice, LinuxBus
from assistant.environment.devices.ports import Bus, Device
from assistant.environment.devices.serial_port import SerialDevice
from assistant.errors import StationError

MEASURES: Final = {
    "pms5003": ("pm1", "pm2_5", "pm10"),
    "sds011": ("pm2_5", "pm10"),
    "sps30": ("pm1", "pm2_5", "pm10"),
    "scd4x": ("co2", "temperature", "humidity"),
    "bme280": ("temperature", "humidity", "pressure"),
    "bme680": ("temperature", "humidity", "pressure", "voc"),
}
"""The kinds of devices, and what each measures; its unit is that of `models.UNITS`."""
_SERIAL: Final = {"pms5003": plantower.pms5003, "sds011": nova.sds011}
_ADDRESSED: Final = ("bme280", "bme680")
_PATH: Final = re.compile(r"/[A-Za-z0-9_.:+,/-]{1,250}")
_EXAMPLES: Final = {"pms5003": "/dev/ttyAMA0", "sds011": "/dev/ttyUSB0", "bme280": "/dev/i2c-1@0x76", "bme680": "/dev/i2c-1@0x77"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSource:
    """A device on a wire."""

    kind: str
    """A key of `MEASURES`."""
    path: str
    """Of the serial port or the I²C bus."""
    address: int | None = None
    """Of the chip, where several are possible."""

    @property
    def name(self) -> str:
        """For logs and people, as `bme280:i2c-1:0x76`."""
        tail = f":{self.address:#04x}" if self.address is not None else ""
        return f"{self.kind}:{self.path.rpartition('/')[2]}{tail}"


def is_device(source: str) -> bool:
    """True where a sensor's `source` names a kind of device on a wire."""
    return source.partition(":")[0] in MEASURES


def parse_source(source: str) -> DeviceSource:
    """The device of `pms5003:/dev/ttyAMA0` or `bme280:/dev/i2c-1@0x76`. Raises StationError with the mend."""
    kind, _, rest = source.partition(":")
    if kind not in MEASURES:
        raise StationError("a sensor's source names no device that is known", hint=f"write one of {', '.join(MEASURES)}")
    path, at, address = rest.partition("@")
    example = f"write it as {kind}:{_EXAMPLES.get(kind, '/dev/i2c-1')}"
    if not _PATH.fullmatch(path) or ".." in path.split("/"):
        raise StationError(f"the {kind} has no port", hint=example)
    if kind not in _ADDRESSED:
        if at:
            raise StationError(f"the {kind} takes no address", hint=example)
        return DeviceSource(kind=kind, path=path)
    known = {f"{number:#x}": number for number in bosch.ADDRESSES}
    if address.lower() not in known:
        raise StationError(f"the {kind} has no address it can have", hint=f"{example}; it is {' or '.join(known)}")
    return DeviceSource(kind=kind, path=path, address=known[address.lower()])


def device_of(source: DeviceSource, clock: Clock, *, open_bus: Callable[[str], Bus] = LinuxBus) -> Device:
    """The adapter of a device; nothing is opened or loaded yet."""
    if source.kind in _SERIAL:
        return SerialDevice(source.name, source.path, _SERIAL[source.kind], clock)
    if source.kind == "sps30":
        return I2cDevice(source.name, source.path, sensirion.Sps30, clock, settle_s=sensirion.SPS30_SETTLE_S, open_bus=open_bus)
    if source.kind == "scd4x":
        return I2cDevice(source.name, source.path, sensirion.Scd4x, clock, open_bus=open_bus)
    chip, address = (bosch.Bme280 if source.kind == "bme280" else bosch.Bme680), source.address or bosch.ADDRESSES[0]
    return I2cDevice(source.name, source.path, lambda bus: chip(bus, address), clock, open_bus=open_bus)
