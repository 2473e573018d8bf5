"""Which values a working sensor can report. Others are kept but marked, and count for nothing.

The ranges are the widest measuring range or output range that the data sheets of the kinds of sensor named beside them give.
"""

import math
import unicodedata

DETECTORS = frozenset({"smoke", "heat_alarm", "co_alarm", "water_leak", "call_point"})
"""States: 1 while the detector sounds, else 0."""
_STATE = (0.0, 1.0)
_RANGES: dict[str, dict[str, tuple[float, float]]] = {
    "pm1": {"µg/m³": (0.0, 1000.0)},  # Plantower PMS5003 (maximum range), Sensirion SPS30
    "pm2_5": {"µg/m³": (0.0, 1000.0)},  # PMS5003, SPS30; Nova SDS011: 999.9
    "pm10": {"µg/m³": (0.0, 2000.0)},  # SDS011 caps PM10 at 1999.9; PMS5003, SPS30: 1000
    "co2": {"ppm": (200.0, 40_000.0)},  # Sensirion SCD4x gives up to 40,000; below 200 there is no air on earth, only a lost calibration
    "temperature": {"°C": (-40.0, 85.0)},  # Bosch BME280, BME680; SCD4x: -10 to 60
    "humidity": {"%": (0.0, 100.0)},  # BME280, BME680, SCD4x
    "pressure": {"hPa": (300.0, 1100.0)},  # BME280, BME680
    "no2": {"ppb": (0.0, 20_000.0), "ppm": (0.0, 20.0), "µg/m³": (0.0, 37_600.0)},  # Alphasense NO2-B43F: 20 ppm
    "o3": {"ppb": (0.0, 20_000.0), "ppm": (0.0, 20.0), "µg/m³": (0.0, 39_300.0)},  # Alphasense OX-B431: 20 ppm
    "co": {"ppm": (0.0, 1000.0), "mg/m³": (0.0, 1145.0)},  # Alphasense CO-B4: 1000 ppm
    "so2": {"ppb": (0.0, 100_000.0), "ppm": (0.0, 100.0), "µg/m³": (0.0, 262_000.0)},  # Alphasense SO2-B4: 100 ppm
    "voc": {"Ω": (100.0, 20_000_000.0), "ppb": (0.0, 60_000.0), "µg/m³": (0.0, 270_000.0), "index": (0.0, 500.0)},
    # BME680's resistance in the span its gas tables can express; Sensirion SGP30: 60,000 ppb; Sensirion's VOC index: 500
}  # fmt: skip
_RANGES |= {detector: {"state": _STATE} for detector in DETECTORS}
_PLAIN = {
    quantity: {unicodedata.normalize("NFKC", unit): span for unit, span in spans.items()} for quantity, spans in _RANGES.items()
}
_WIDEST = {quantity: max(spans.values(), key=lambda span: span[1]) for quantity, spans in _RANGES.items()}


def units(quantity: str) -> tuple[str, ...]:
    """The units in which `quantity` is known, the usual one first; none for an unknown quantity."""
    return tuple(_RANGES.get(quantity, ()))


def limits(quantity: str, unit: str | None = None) -> tuple[float, float]:
    """Lowest and highest value a working sensor of `quantity` reports in `unit`; the widest span where the unit is not known."""
    if quantity not in _RANGES:
        return -math.inf, math.inf
    if unit in _RANGES[quantity]:
        return _RANGES[quantity][unit]
    return _PLAIN[quantity].get(unicodedata.normalize("NFKC", unit or ""), _WIDEST[quantity])


def plausible(quantity: str, value: float, unit: str | None = None) -> bool:
    """True where a working sensor of `quantity` could report `value`; a detector reports 0 or 1, nothing between."""
    low, high = limits(quantity, unit)
    return math.isfinite(value) and low <= value <= high and (quantity not in DETECTORS or value in _STATE)
