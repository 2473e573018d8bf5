"""The US National Weather Service's heat index: what warm and humid air feels like.

Rothfusz's regression (1990, NWS Technical Attachment SR 90-23) to Steadman's table (1979), with the service's adjustments.
"""

from decimal import ROUND_HALF_UP, Decimal

from assistant.environment.air_quality.means import countable

# Of 1, T, RH, T·RH, T², RH², T²·RH, T·RH² and T²·RH², in °F and per cent.
_FACTORS = tuple(map(Decimal, (
    "-42.379", "2.04901523", "10.14333127", "-0.22475541", "-0.00683783", "-0.05481717", "0.00122874", "0.00085282", "-0.00000199",
)))  # fmt: skip
_LOWEST = Decimal(80)
_HOTTEST = Decimal(112)
"""The service's adjustments end there; the regression is "not valid for extreme conditions" beyond Steadman's data."""
_HIGHEST = Decimal(137)
"""The highest heat index of the service's chart."""


def heat_index(celsius: Decimal, humidity: Decimal) -> Decimal | None:
    """The heat index in °C, to a tenth, of shaded air in °C and its relative humidity in per cent.

    None where it is not defined: below a heat index of 80 °F (26.7 °C), above 137 °F (58.3 °C), where the service's chart ends,
    in air above 112 °F (44.4 °C), and for a humidity that is none.
    """
    if not (countable(celsius) and countable(humidity) and 0 <= humidity <= 100):
        return None
    t = celsius * 9 / 5 + 32
    if t > _HOTTEST or _steadman(t, humidity) < _LOWEST:
        return None
    index = _regression(t, humidity) + _adjustment(t, humidity)
    if not _LOWEST <= index <= _HIGHEST:
        return None
    return ((index - 32) * 5 / 9).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _steadman(t: Decimal, rh: Decimal) -> Decimal:
    """The service's simple formula; the regression holds where it reaches 80 °F."""
    return (t + 61 + (t - 68) * Decimal("1.2") + rh * Decimal("0.094")) / 2


def _regression(t: Decimal, rh: Decimal) -> Decimal:
    terms = (Decimal(1), t, rh, t * rh, t * t, rh * rh, t * t * rh, t * rh * rh, t * t * rh * rh)
    return sum((factor * term for factor, term in zip(_FACTORS, terms, strict=True)), Decimal(0))


def _adjustment(t: Decimal, rh: Decimal) -> Decimal:
    """Subtracted in dry air of 80 to 112 °F, added in humid air of 80 to 87 °F."""
    if rh < 13 and 80 <= t <= 112:
        return -(13 - rh) / 4 * ((17 - abs(t - 95)) / 17).sqrt()
    if rh > 85 and 80 <= t <= 87:
        return (rh - 85) / 10 * (87 - t) / 5
    return Decimal(0)
