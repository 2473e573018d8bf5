"""Units as sensors and messages write them, and values in another unit of the same kind."""

import unicodedata
from dataclasses import replace
from typing import Final

from assistant.environment.models import Measurement
from assistant.environment.plausible import DETECTORS

STATE: Final = "state"
LONGEST: Final = 20
"""Characters of the longest unit that is looked at."""
_MASS, _RATIO, _PRESSURE, _TEMPERATURE, _INDEX, _OHM = "mass", "ratio", "pressure", "temperature", "index", "resistance"
_KINDS: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(("pm1", "pm2_5", "pm10"), frozenset({_MASS})),
    **dict.fromkeys(("co2", "humidity"), frozenset({_RATIO})),
    **dict.fromkeys(("no2", "o3", "co", "so2"), frozenset({_MASS, _RATIO})),
    **dict.fromkeys(DETECTORS, frozenset({STATE})),
    "voc": frozenset({_MASS, _RATIO, _INDEX, _OHM}),
    "temperature": frozenset({_TEMPERATURE}), "pressure": frozenset({_PRESSURE}),
}  # fmt: skip
_UNITS: Final[dict[str, tuple[str, int]]] = {
    "µg/m³": (_MASS, 1), "mg/m³": (_MASS, 1000), "g/m³": (_MASS, 10**6), "kg/m³": (_MASS, 10**9),
    "ppb": (_RATIO, 1), "ppm": (_RATIO, 10**3), "‰": (_RATIO, 10**6), "%": (_RATIO, 10**7), "1": (_RATIO, 10**9),
    "Pa": (_PRESSURE, 1), "hPa": (_PRESSURE, 100), "kPa": (_PRESSURE, 1000),
    "°C": (_TEMPERATURE, 1), "K": (_TEMPERATURE, 1), "°F": (_TEMPERATURE, 1), STATE: (STATE, 1), "index": (_INDEX, 1),
    "Ω": (_OHM, 1),
}  # fmt: skip
"""Unit → its kind, and how many of the smallest unit of its kind it is; temperatures have zeros of their own."""
_SPELLINGS: Final = {
    **{unicodedata.normalize("NFKC", unit): unit for unit in _UNITS}, "ug/m3": "µg/m³", "Cel": "°C", "C": "°C", "degC": "°C", "F": "°F",
    "%RH": "%", "/100": "%", "/1000": "‰", "/": "1", "mbar": "hPa", "Ohm": "Ω",
}  # fmt: skip
"""Other ways to write them, those of the SenML registry (RFC 8428, 12.1; RFC 8798, secondary units) among them."""


def spelled(unit: str) -> str | None:
    """Our spelling of a unit; None where it is none of an air sensor's."""
    return _SPELLINGS.get(unicodedata.normalize("NFKC", unit)) if len(unit) <= LONGEST else None


def fits(quantity: str, unit: str) -> bool:
    """Whether a quantity is measured in a unit of this kind."""
    known = spelled(unit)
    return known is not None and _UNITS[known][0] in _KINDS.get(quantity, ())


def converted(value: float, unit: str, wanted: str) -> float | None:
    """A value in another unit; None where there is no way. Parts of volume are no mass: that takes temperature and pressure."""
    here, there = spelled(unit), spelled(wanted)
    if here is None or there is None or _UNITS[here][0] != _UNITS[there][0]:
        return None
    if here == there:
        return value
    if _UNITS[here][0] == _TEMPERATURE:
        return _from_celsius(_celsius(value, here), there)
    return round(value * _UNITS[here][1] / _UNITS[there][1], 9)


def in_unit(measurement: Measurement, wanted: str) -> Measurement | None:
    """A measurement in a sensor's unit, as the sensor writes it; None where there is no way."""
    if measurement.unit == wanted:
        return measurement
    value = converted(measurement.value, measurement.unit, wanted)
    return None if value is None else replace(measurement, value=value, unit=wanted)


def _celsius(value: float, unit: str) -> float:
    if unit == "K":
        return value - 273.15
    return (value - 32) / 1.8 if unit == "°F" else value


def _from_celsius(value: float, unit: str) -> float:
    found = value + 273.15 if unit == "K" else value * 1.8 + 32 if unit == "°F" else value
    return round(found, 6)
