"""What a sensor's `source` may name, and what is loaded for it."""

import os
import subprocess
import sys

import pytest

from assistant.environment.devices.models import UNITS
from assistant.environment.devices.source import MEASURES, DeviceSource, device_of, is_device, parse_source
from assistant.errors import StationError
from tests.conftest import ROOT
from tests.unit.environment.devices.peers import FixedClock


@pytest.mark.parametrize(("source", "kind", "path", "address", "name"), [
    ("pms5003:/dev/ttyAMA0", "pms5003", "/dev/ttyAMA0", None, "pms5003:ttyAMA0"),
    ("sds011:/dev/serial/by-id/usb-1a86_USB2.0-Ser_-if00", "sds011", "/dev/serial/by-id/usb-1a86_USB2.0-Ser_-if00", None,
     "sds011:usb-1a86_USB2.0-Ser_-if00"),
    ("sps30:/dev/i2c-1", "sps30", "/dev/i2c-1", None, "sps30:i2c-1"),
    ("scd4x:/dev/i2c-1", "scd4x", "/dev/i2c-1", None, "scd4x:i2c-1"),
    ("bme280:/dev/i2c-1@0x76", "bme280", "/dev/i2c-1", 0x76, "bme280:i2c-1:0x76"),
    ("bme680:/dev/i2c-1@0X77", "bme680", "/dev/i2c-1", 0x77, "bme680:i2c-1:0x77"),
])  # fmt: skip
def test_a_source_is_read(source: str, kind: str, path: str, address: int | None, name: str) -> None:
    found = parse_source(source)
    assert found == DeviceSource(kind=kind, path=path, address=address)
    assert found.name == name
    assert is_device(source)
    device_of(found, FixedClock()).close()


@pytest.mark.parametrize(("source", "says", "mend"), [
    ("pms7777:/dev/ttyAMA0", "no device that is known", "write one of pms5003"),
    ("", "no device that is known", "bme680"),
    ("pms5003", "has no port", "pms5003:/dev/ttyAMA0"),
    ("pms5003:ttyAMA0", "has no port", "pms5003:/dev/ttyAMA0"),
    ("sds011:/dev/../etc/passwd", "has no port", "sds011:/dev/ttyUSB0"),
    ("sds011:/dev/tty\n", "has no port", "sds011:/dev/ttyUSB0"),
    ("pms5003:/dev/ttyAMA0@0x76", "takes no address", "pms5003:/dev/ttyAMA0"),
    ("scd4x:/dev/i2c-1@0x62", "takes no address", "scd4x:/dev/i2c-1"),
    ("bme280:/dev/i2c-1", "no address it can have", "bme280:/dev/i2c-1@0x76; it is 0x76 or 0x77"),
    ("bme680:/dev/i2c-1@0x75", "no address it can have", "0x76 or 0x77"),
    ("bme680:/dev/i2c-1@", "no address it can have", "0x76 or 0x77"),
])  # fmt: skip
def test_a_wrong_source_is_told_with_the_mend(source: str, says: str, mend: str) -> None:
    with pytest.raises(StationError, match=says) as raised:
        parse_source(source)
    assert mend in (raised.value.hint or "")


@pytest.mark.parametrize("source", ["replay:air.csv#hall", "push:hall", "mqtt:a/b#c"])
def test_other_sources_are_no_devices(source: str) -> None:
    assert not is_device(source)


def test_every_quantity_of_a_device_has_its_unit() -> None:
    assert {quantity for some in MEASURES.values() for quantity in some} == set(UNITS)


def run(code: str, **environment: str) -> str:
    """What a fresh interpreter, for which warnings are errors, prints."""
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True, text=True).stdout


def test_a_kiosk_without_sensors_loads_no_driver() -> None:
    loaded = run("import sys, assistant.environment.devices.source, assistant.environment.devices.runner; print(*sys.modules)").split()
    drivers = ("pms", "serial", "loguru", "sensirion", "adafruit", "busio", "digitalio")
    assert "assistant.environment.devices.source" in loaded
    assert not [name for name in loaded if name.startswith(drivers)]


@pytest.mark.parametrize("board", ["RASPBERRY_PI_4B", "RASPBERRY_PI_5"])
def test_the_drivers_load_on_a_raspberry_pi_without_a_library_for_its_pins(board: str) -> None:
    code = """
import sys
from assistant.environment.devices import bosch
from tests.unit.environment.devices import peers
for chip, kind in ((peers.bme280(), bosch.Bme280), (peers.bme680(), bosch.Bme680)):
    print(len(kind(peers.FakeBus({0x76: chip}), 0x76).sample()))
print([name for name in ("busio", "digitalio", "board", "adafruit_blinka") if name in sys.modules])
"""
    assert run(code, BLINKA_FORCEBOARD=board, BLINKA_FORCECHIP="BCM2XXX").split("\n")[:3] == ["3", "4", "[]"]
