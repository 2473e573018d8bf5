"""Sensirion SPS30 (particles) and SCD4x (carbon dioxide) on an I²C bus, by the maker's drivers."""

import math
import time
from contextlib import suppress
from typing import Any, Final

from assistant.environment.devices.models import Decoded, Values
from assistant.environment.devices.ports import Bus

SPS30_ADDRESS: Final = 0x69
SCD4X_ADDRESS: Final = 0x62
SPS30_SETTLE_S: Final = 30.0
"""Longest start-up time of the SPS30, that of clean air (datasheet, 1.1)."""
_WAKING_S: Final = 0.03
"""The SCD4x takes so long to wake (datasheet, 3.11.3)."""
CRC: Final = (8, 0x31, 0xFF, 0x00)
"""Width, polynomial, initial value, final xor: `BE EF` → `92` (both datasheets)."""


class Sps30:
    """The SPS30; a new value every second."""

    def __init__(self, bus: Bus) -> None:
        from sensirion_i2c_sps30 import Sps30Device  # type: ignore[import-untyped]
        from sensirion_i2c_sps30.commands import OutputFormat  # type: ignore[import-untyped]

        self._driver = Sps30Device(_channel(bus, SPS30_ADDRESS))
        # It starts from idle only, and may still measure for whoever was here before.
        with suppress(OSError):
            self._driver.stop_measurement()
        self._driver.start_measurement(OutputFormat.OUTPUT_FORMAT_FLOAT)

    def sample(self) -> Decoded:
        """PM1, PM2.5, PM10 in µg/m³ where there are new ones. Raises OSError."""
        return _checked(self._sample)

    def _sample(self) -> Decoded:
        if not self._driver.read_data_ready_flag() & 1:
            return {}
        pm1, pm2_5, _, pm10, *_ = self._driver.read_measurement_values_float()
        return _numbers({"pm1": pm1, "pm2_5": pm2_5, "pm10": pm10})


class Scd4x:
    """The SCD40, SCD41 or SCD43; a new value every 5 s. Its self-calibration, which takes the lowest value of a week for fresh air, is off:
    under ground no air is fresh."""

    def __init__(self, bus: Bus) -> None:
        from sensirion_i2c_scd4x import Scd4xDevice  # type: ignore[import-untyped]

        self._driver = Scd4xDevice(_channel(bus, SCD4X_ADDRESS))
        # In sleep it takes nothing else, and never confirms that it wakes; while it measures it takes no settings.
        self._driver.wake_up()
        time.sleep(_WAKING_S)
        with suppress(OSError):
            self._driver.stop_periodic_measurement()
        self._driver.set_automatic_self_calibration_enabled(0)
        self._driver.start_periodic_measurement()

    def sample(self) -> Decoded:
        """Carbon dioxide in ppm, temperature in °C, humidity in %, where there are new ones. Raises OSError."""
        return _checked(self._sample)

    def _sample(self) -> Decoded:
        if not self._driver.get_data_ready_status():
            return {}
        co2, temperature, humidity = self._driver.read_measurement()
        return _numbers({"co2": co2.value, "temperature": temperature.value, "humidity": humidity.value})


class _Transceiver:
    """A bus of ours as the drivers want it (their API version 1, single channel)."""

    API_VERSION = 1
    channel_count = None

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def transceive(
        self, slave_address: int, tx_data: bytes | None, rx_length: int | None, read_delay: float, timeout: float
    ) -> tuple[int, None, bytes]:
        """Writes, waits, reads. Raises OSError instead of returning a status."""
        if tx_data is not None:
            self._bus.write(slave_address, tx_data)
        if rx_length is None:
            return 0, None, b""  # the driver waits by itself after a command without an answer
        if read_delay > 0:
            time.sleep(read_delay)
        return 0, None, self._bus.read(slave_address, rx_length)


def _channel(bus: Bus, address: int) -> Any:
    from sensirion_driver_adapters.i2c_adapter.i2c_channel import I2cChannel  # type: ignore[import-untyped]
    from sensirion_i2c_driver import CrcCalculator, I2cConnection  # type: ignore[import-untyped]

    return I2cChannel(I2cConnection(_Transceiver(bus)), slave_address=address, crc=CrcCalculator(*CRC))


def _checked(sample: Any) -> Decoded:
    from sensirion_i2c_driver.errors import I2cChecksumError  # type: ignore[import-untyped]

    try:
        decoded: Decoded = sample()
    except I2cChecksumError:
        return "garbled"
    return decoded


def _numbers(values: Values) -> Decoded:
    return values if all(map(math.isfinite, values.values())) else "nonsense"
