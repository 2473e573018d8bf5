"""From a sensor's unit to the one that an index asks for."""

import unicodedata
from decimal import Decimal
from functools import cache
from typing import Literal

from assistant.environment.air_quality.means import Hours

type Unit = Literal["ppb", "ppm", "μg/m3", "mg/m3"]
"""As NFKC writes them."""

AT_25 = Decimal("24.465")
"""Litres a mole of gas takes at 25 °C and 1013.25 hPa: the reference of the US (40 CFR 50.3) and, since 2018, of GB 3095."""
AT_20 = Decimal("24.055")
"""The same at 20 °C and 1013 hPa, the reference of Directive 2008/50/EC, Annex VI C."""
MOLAR_MASS = {"no2": Decimal("46.006"), "o3": Decimal("47.998"), "so2": Decimal("64.064"), "co": Decimal("28.010")}
"""Grams a mole, from IUPAC's standard atomic weights."""
_PARTS = {"ppb": Decimal(1), "ppm": Decimal(1000)}
_MASSES = {"μg/m3": Decimal(1), "mg/m3": Decimal(1000)}


@cache
def factor(quantity: str, unit: str, to: Unit, litres: Decimal = AT_25) -> Decimal | None:
    """What a value in `unit` is multiplied with to be one in `to`; None where it cannot be.

    `litres` is the molar volume at the index's reference temperature. Particles have no parts per million.
    """
    unit = unicodedata.normalize("NFKC", unit)
    if quantity not in MOLAR_MASS:
        return Decimal(1) if unit == to and to in _MASSES else None
    for family in (_PARTS, _MASSES):
        if unit in family and to in family:
            return family[unit] / family[to]
    density = MOLAR_MASS[quantity] / litres
    if unit in _PARTS and to in _MASSES:
        return _PARTS[unit] * density / _MASSES[to]
    if unit in _MASSES and to in _PARTS:
        return _MASSES[unit] / density / _PARTS[to]
    return None


def scaled(hours: Hours, by: Decimal) -> list[Decimal | None]:
    """Hourly means in another unit."""
    return [None if hour is None else hour * by for hour in hours]
