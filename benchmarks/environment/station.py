"""A station of fifty sensors with rules, and the messages that its sensors send."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.settings import Sensor, Settings
from assistant.settings.sensing import Rule

SENSORS = 50
START = datetime(2026, 11, 24, 8, tzinfo=UTC)
KINDS: tuple[tuple[str, str, str, float, float], ...] = (
    ("pm2_5", "µg/m³", "ug/m3", 4.0, 60.0), ("pm10", "µg/m³", "ug/m3", 8.0, 90.0), ("co2", "ppm", "ppm", 420.0, 1800.0),
    ("temperature", "°C", "Cel", 15.0, 24.0), ("smoke", "state", "", 0.0, 0.0),
)  # fmt: skip
"""Quantity, our unit, SenML's, and between which values it goes. Detectors speak as Zigbee2MQTT does."""


def settings(folder: Path) -> Settings:
    """Ten sensors of each kind, each kind with its rules."""
    sensors = [
        Sensor.model_validate({
            "id": f"{kind[0]}-{number}", "name": "Hall", "quantity": kind[0], "unit": kind[1], "area": f"Hall {number}",
            "source": f"push:box{number}", "stuck_s": 0.0 if kind[0] == "smoke" else 3600.0,
        })
        for number in range(SENSORS // len(KINDS)) for kind in KINDS
    ]  # fmt: skip
    of = {kind[0]: [sensor.id for sensor in sensors if sensor.quantity == kind[0]] for kind in KINDS}
    rules = [
        rule("dust", of["pm2_5"], above=35.0, hold_s=5.0, clear=30.0, clear_s=5.0),
        rule("coarse", of["pm10"], above=80.0, hold_s=2.0, clear_s=2.0, hours="Mo-Su 04:00-01:00"),
        rule("stale", of["co2"], above=1500.0, hold_s=5.0, clear=1400.0, clear_s=5.0),
        rule("heat", of["temperature"], rise={"by": 8.0, "within_s": 60.0}),
        rule("fire", of["smoke"], above=0.5, confirm=2),
    ]
    return Settings(station=folder, name={"": "Bench"}, stop="S", sensors=sensors, rules=rules)


def rule(key: str, sensors: list[str], **condition: Any) -> Rule:
    """A rule with the least of an alert."""
    alert = {"category": "Env", "event": {"en": key}, "headline": {"en": key}}
    return Rule(**{"id": key, "sensors": sensors, "alert": alert, **condition})


def messages(station: Settings, seed: int = 1) -> Iterator[tuple[Sensor, bytes]]:
    """One reading a message, the sensors in turn, without an end; every value wanders, so that rules begin and end to hold."""
    draw = random.Random(seed)  # noqa: S311  the same in every run
    kinds = {kind[0]: kind for kind in KINDS}
    values = {sensor.id: draw.uniform(*kinds[sensor.quantity][3:]) for sensor in station.sensors}
    while True:
        for sensor in station.sensors:
            _, _, unit, low, high = kinds[sensor.quantity]
            if sensor.quantity == "smoke":
                said: object = {"smoke": draw.random() < 0.02, "battery_low": False, "tamper": False, "battery": 97, "linkquality": 120}
            else:
                step = (high - low) * draw.uniform(-0.05, 0.05)
                values[sensor.id] = value = round(min(high, max(low, values[sensor.id] + step)), 2)
                said = [{"bn": f"urn:dev:ow:{sensor.id.partition('-')[2]}:", "n": sensor.quantity, "u": unit, "v": value}]
            yield sensor, json.dumps(said).encode()
