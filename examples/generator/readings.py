"""A day in the station: twelve sensors of the air and eight detectors that stay quiet, every five minutes."""

from collections.abc import Iterator
from math import cos, exp, pi, sin
from typing import NamedTuple

STEP = 5
"""Minutes between two readings."""


class Column(NamedTuple):
    """How a sensor's day looks: a base, what a full crowd adds, what the afternoon adds, and how far it trembles."""

    base: float
    crowd: float
    afternoon: float
    tremble: float
    decimals: int


COLUMNS = {
    "hall_pm2_5": Column(5.2, 6.5, 0.6, 0.5, 1),
    "hall_pm10": Column(11, 16, 1, 1.2, 1),
    "hall_co2": Column(430, 380, 10, 9, 0),
    "hall_temperature": Column(17.5, 1.3, 2.2, 0.1, 1),
    "hall_humidity": Column(52, 4, -6, 0.6, 1),
    "upper_pm2_5": Column(4.6, 3.4, 0.8, 0.6, 1),
    "upper_pm10": Column(10, 9, 2, 1.4, 1),
    "upper_temperature": Column(8.5, 0.3, 4.5, 0.2, 1),
    "metro_pm2_5": Column(7.5, 14.5, 0.3, 0.9, 1),
    "metro_pm10": Column(19, 31, 1, 2.1, 1),
    "metro_co2": Column(450, 520, 5, 12, 0),
    "metro_temperature": Column(19.5, 1.8, 0.8, 0.1, 1),
}


DETECTORS = (
    "smoke_north", "smoke_hall", "smoke_west", "smoke_south", "smoke_passage", "smoke_metro", "heat_metro", "call_point_hall",
)  # fmt: skip


def detectors() -> Iterator[list[str]]:
    """Header and states of the day: no alarm."""
    yield ["time", *DETECTORS]
    for minute in range(0, 24 * 60, STEP):
        yield [f"{minute // 60:02d}:{minute % 60:02d}", *("0" for _ in DETECTORS)]


def crowd(hour: float) -> float:
    """How full the station is at an hour of the day, 0 to 1: two rush hours, and a plateau between."""
    morning, evening = exp(-(((hour - 8.2) / 1.1) ** 2)), 0.95 * exp(-(((hour - 17.6) / 1.5) ** 2))
    plateau = 0.45 / (1 + exp(-(hour - 6.5) * 2)) / (1 + exp((hour - 21.5) * 1.3))
    return min(1.0, plateau + 0.6 * (morning + evening))


def rows() -> Iterator[list[str]]:
    """Header and readings of the day."""
    yield ["time", *COLUMNS]
    for minute in range(0, 24 * 60, STEP):
        hour = minute / 60
        afternoon = (1 - cos(2 * pi * (hour - 3) / 24)) / 2
        texts = []
        for place, column in enumerate(COLUMNS.values()):
            value = column.base + column.crowd * crowd(hour) + column.afternoon * afternoon
            texts.append(f"{value + column.tremble * _tremble(minute, place):.{column.decimals}f}")
        yield [f"{minute // 60:02d}:{minute % 60:02d}", *texts]


def _tremble(minute: int, place: int) -> float:
    """A wobble between -1 and 1 that is the same on every machine."""
    return (sin(minute * 0.37 + place * 1.9) + sin(minute * 0.113 + place * 0.7)) / 2
