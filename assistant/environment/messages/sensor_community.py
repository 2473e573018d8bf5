"""The format of sensor.community (airRohr): a POST with `X-Sensor`, perhaps `X-PIN`, and values as strings.

A box posts to its network once a pin (PM 1, BMP 3, DHT and SHT 7, BME280 11, SCD30 17), with bare names (`P1`), and to an "own API"
everything at once, with the part before the name (`SDS_P1`, `BME280_temperature`). P0, P1, P2 are PM1, PM10, PM2.5 in µg/m³; pressure is in
pascal.
"""

import re
from datetime import datetime
from typing import Final

from assistant.environment.messages import json_text
from assistant.environment.messages.json_text import LONGEST_B, NotJson
from assistant.environment.messages.models import Named, Parsed
from assistant.environment.models import Measurement

MOST_VALUES: Final = 200
_VALUES: Final = {
    "P0": ("pm1", "µg/m³"), "P1": ("pm10", "µg/m³"), "P2": ("pm2_5", "µg/m³"), "temperature": ("temperature", "°C"),
    "humidity": ("humidity", "%"), "pressure": ("pressure", "Pa"), "co2_ppm": ("co2", "ppm"),
}  # fmt: skip
_PINS: Final = {
    **dict.fromkeys(("SDS", "PMS", "HPM", "NPM", "IPS", "SPS30", "SEN5X"), "1"), **dict.fromkeys(("BMP", "BMP180", "BMP280"), "3"),
    **dict.fromkeys(("DHT", "HTU21D", "SHT3X"), "7"), "DS18B20": "13", "BME280": "11", "SCD30": "17",
}  # fmt: skip
"""Part of the box → the pin by which its network knows it."""
_ALSO_SENT: Final = re.compile(
    r"samples|min_micro|max_micro|interval|signal|durP[12]|ratioP[12]|pressure_sealevel|(SPS30|SEN5X)_(P4|N\d+|TS)|GPS_\w+|.*noise_\w+|counts_per_minute"
)
"""What boxes send besides, of no use here."""
_BOX: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
_PIN: Final = re.compile(r"[0-9]{1,2}")


def parse(payload: bytes, sensor: str, pin: str, now: datetime) -> Parsed:
    """The measurements of a box that calls itself `sensor` (`X-Sensor`), all of `now`. Never raises; what cannot be read is counted.

    A device is named `<sensor>`, or `<sensor>.<pin>` where the pin is known: from `X-PIN` (empty where there is none) or the value's name.
    """
    if len(payload) > LONGEST_B:
        return Parsed.nothing("too-long")
    try:
        body = json_text.read(payload)
    except NotJson:
        return Parsed.nothing("not-json")
    values = body.get("sensordatavalues") if isinstance(body, dict) else None
    if not isinstance(values, list) or (sensor and not _BOX.fullmatch(sensor)) or (pin and not _PIN.fullmatch(pin)):
        return Parsed.nothing("wrong-shape")
    if len(values) > MOST_VALUES:
        return Parsed.nothing("too-many")
    parsed = Parsed()
    for value in values:
        _take(parsed, value, sensor, pin, now)
    return parsed if parsed.found or parsed.rejected else Parsed.nothing("no-value")


def _take(parsed: Parsed, value: object, sensor: str, pin: str, now: datetime) -> None:
    name = value.get("value_type") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(name, str):
        parsed.rejected["wrong-shape"] += 1
        return
    if len(name) <= 64 and _ALSO_SENT.fullmatch(name):
        return
    part, _, bare = name.partition("_")
    part, bare = (part, bare) if part in _PINS else ("", name)
    if bare not in _VALUES:
        parsed.rejected["unknown-name"] += 1
        return
    measured = json_text.number(value.get("value"))
    if measured is None:
        parsed.rejected["wrong-value"] += 1
        return
    quantity, unit = _VALUES[bare]
    if unit == "Pa":
        measured, unit = measured / 100, "hPa"
    at_pin = _PINS.get(part, pin)
    device = f"{sensor}.{at_pin}" if sensor and at_pin else sensor
    parsed.found.append(Named(device=device, measurement=Measurement(quantity=quantity, value=measured, unit=unit, at=now)))
