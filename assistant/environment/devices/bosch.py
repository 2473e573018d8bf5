"""Bosch BME280 and BME680 (climate, vapours) on an I²C bus, by Adafruit's drivers."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

from assistant.environment.devices.models import Decoded
from assistant.environment.devices.ports import Bus
from assistant.errors import Unavailable

ADDRESSES: Final = (0x76, 0x77)
_GAS_STATUS: Final = {0: 0x2B, 1: 0x2D}
"""Register of the gas reading's state by variant: 0 BME680, 1 BME688 (gas_r_lsb, BME680 datasheet 5.3.4.5)."""
_GAS_COUNTS: Final = 0b0011_0000
"""gas_valid_r and heat_stab_r: it was measured, and with a hot plate."""
_importing = threading.Lock()


class Bme280:
    """The BME280 at an address; it measures when it is asked."""

    def __init__(self, bus: Bus, address: int) -> None:
        _check_id(bus, address, "BME280", 0x60)
        with _without_pins():
            import adafruit_bus_device.i2c_device  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: F401  loaded later else
            from adafruit_bme280.basic import Adafruit_BME280_I2C  # type: ignore[import-not-found,import-untyped,unused-ignore]

        self._driver = Adafruit_BME280_I2C(_CircuitBus(bus), address)

    def sample(self) -> Decoded:
        """Temperature in °C, humidity in %, pressure in hPa. Raises whatever the driver raises."""
        driver = self._driver
        return {"temperature": driver.temperature, "humidity": driver.relative_humidity, "pressure": driver.pressure}


class Bme680:
    """The BME680 or BME688 at an address; it measures when it is asked."""

    def __init__(self, bus: Bus, address: int) -> None:
        _check_id(bus, address, "BME680", 0x61)
        with _without_pins():
            from adafruit_bme680 import Adafruit_BME680_I2C  # type: ignore[import-not-found,import-untyped,unused-ignore]

        self._bus, self._address = bus, address
        self._status = _GAS_STATUS[_register(bus, address, 0xF0) & 1]
        # At most one measurement a second: the four values come from the same.
        self._driver = Adafruit_BME680_I2C(_CircuitBus(bus), address, refresh_rate=1)
        # Driver 3.7.16 takes the two halves of register 0xE2 the wrong way round, which costs up to 3 % of the humidity.
        self._driver._humidity_calibration[:2] = _humidity_coefficients(bus, address)  # noqa: SLF001

    def sample(self) -> Decoded:
        """As the BME280, and the gas resistance in Ω where the chip says that it counts. Raises whatever the driver raises."""
        driver = self._driver
        values = {"temperature": driver.temperature, "humidity": driver.relative_humidity, "pressure": driver.pressure}
        gas = driver.gas
        if _register(self._bus, self._address, self._status) & _GAS_COUNTS == _GAS_COUNTS:
            values["voc"] = gas
        return values


class _CircuitBus:
    """A bus of ours as CircuitPython's drivers want it (`busio.I2C`)."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def try_lock(self) -> bool:
        """Always: one thread alone uses it."""
        return True

    def unlock(self) -> None:
        """Nothing to do."""

    def writeto(self, address: int, buffer: bytes, *, start: int = 0, end: int | None = None) -> None:
        """Writes a part of `buffer`. Raises OSError."""
        self._bus.write(address, bytes(buffer[start:end]))

    def readfrom_into(self, address: int, buffer: bytearray, *, start: int = 0, end: int | None = None) -> None:
        """Fills a part of `buffer`. Raises OSError."""
        size = len(buffer[start:end])
        data = self._bus.read(address, size)
        if len(data) != size:
            raise OSError("the chip's answer is short")
        buffer[start : start + size] = data


def _check_id(bus: Bus, address: int, name: str, wanted: int) -> None:
    found = _register(bus, address, 0xD0)
    if found != wanted:
        raise Unavailable(
            f"the chip at {address:#04x} is no {name}: its id is {found:#04x}", hint="a BMP280 has 0x58, a BME280 0x60, a BME680 0x61"
        )


def _humidity_coefficients(bus: Bus, address: int) -> list[float]:
    """par_h1 and par_h2: its upper byte in 0xE3, in 0xE1; their lowest four bits share 0xE2 (BME680 datasheet, table 12)."""
    h2_high, shared, h1_high = (_register(bus, address, register) for register in (0xE1, 0xE2, 0xE3))
    return [float(h1_high << 4 | shared & 0x0F), float(h2_high << 4 | shared >> 4)]


def _register(bus: Bus, address: int, register: int) -> int:
    bus.write(address, bytes([register]))
    return bus.read(address, 1)[0]


@contextmanager
def _without_pins() -> Iterator[None]:
    """The drivers import `busio` and `digitalio` for their type names alone. Blinka's need a library for the pins of each board and fail
    without it, on every Raspberry Pi; so they see empty ones."""
    names = {"busio": ("I2C", "SPI"), "digitalio": ("DigitalInOut",)}
    with _importing:
        empty = {name: ModuleType(name) for name in names if name not in sys.modules}
        for name, module in empty.items():
            vars(module).update(dict.fromkeys(names[name], object))
        sys.modules.update(empty)
        try:
            yield
        finally:
            for name in empty:
                del sys.modules[name]
