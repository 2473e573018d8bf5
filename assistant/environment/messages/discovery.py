"""The station's sensors as Home Assistant finds them by itself: MQTT discovery of a device (`dev`, `o`, `cmps`; since 2024.11).

An announcement is retained; an empty payload takes one back. Source: Home Assistant's documentation of its MQTT integration.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant import __version__
from assistant.environment.messages.units import spelled
from assistant.environment.plausible import DETECTORS
from assistant.settings import Sensor, Settings
from assistant.text import in_language

ONLINE: Final = b"online"
OFFLINE: Final = b"offline"
_CLASSES: Final = {
    "pm1": ("pm1", {"µg/m³"}), "pm2_5": ("pm25", {"µg/m³"}), "pm10": ("pm10", {"µg/m³"}), "co2": ("carbon_dioxide", {"ppm"}),
    "temperature": ("temperature", {"°C", "°F", "K"}), "humidity": ("humidity", {"%"}),
    "pressure": ("atmospheric_pressure", {"hPa", "Pa", "kPa"}), "no2": ("nitrogen_dioxide", {"µg/m³"}), "o3": ("ozone", {"µg/m³"}),
    "so2": ("sulphur_dioxide", {"µg/m³"}), "co": ("carbon_monoxide", {"ppm"}), "voc": ("volatile_organic_compounds", {"µg/m³", "mg/m³"}),
}  # fmt: skip
"""Quantity → device class of a sensor, and the units in which it takes it; in others it is a plain number there."""
_STATE_CLASSES: Final = {
    "smoke": "smoke", "heat_alarm": "heat", "co_alarm": "carbon_monoxide", "water_leak": "moisture", "call_point": "safety",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Retained:
    """A message that the broker is to keep."""

    topic: str
    payload: bytes


def availability(settings: Settings) -> str | None:
    """The topic that says whether this kiosk is there (`online`, `offline`); None where nothing is published. Its last will goes there."""
    topic = settings.environment.topic
    return None if topic is None else f"{topic}/{_level(settings.kiosk.id)}/availability"


def state_topic(topic: str, sensor: str) -> str:
    """The topic of a sensor's readings below `environment.topic`."""
    return f"{topic}/{_level(sensor)}"


def announcements(settings: Settings) -> list[Retained]:
    """What tells Home Assistant of the sensors; nothing where `environment.discovery` or `environment.topic` is unset."""
    prefix, topic, available = settings.environment.discovery, settings.environment.topic, availability(settings)
    if prefix is None or topic is None or not settings.sensors:
        return []
    language, kiosk = settings.languages[0], _word(settings.kiosk.id)
    payload = {
        "dev": {"ids": [kiosk], "name": f"{in_language(settings.name, language)} {settings.kiosk.id}", "sw": __version__},
        "o": {"name": "station-assistant", "sw": __version__},
        "cmps": _components(settings.sensors, kiosk, topic, language),
        "avty_t": available, "pl_avail": ONLINE.decode(), "pl_not_avail": OFFLINE.decode(), "qos": 1,
    }  # fmt: skip
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return [Retained(topic=f"{prefix}/device/{kiosk}/config", payload=text.encode())]


def _components(sensors: Sequence[Sensor], kiosk: str, topic: str, language: str) -> dict[str, dict[str, object]]:
    return {_word(sensor.id): _component(sensor, kiosk, topic, language) for sensor in sensors}


def _component(sensor: Sensor, kiosk: str, topic: str, language: str) -> dict[str, object]:
    told: dict[str, object] = {
        "name": in_language(sensor.name, language), "uniq_id": f"{kiosk}_{_word(sensor.id)}", "stat_t": state_topic(topic, sensor.id),
        "exp_aft": max(1, round(sensor.silent_s)),
    }  # fmt: skip
    if sensor.quantity in DETECTORS:
        template = "{{ 'ON' if value_json.value else 'OFF' }}"
        return {"p": "binary_sensor", "dev_cla": _STATE_CLASSES[sensor.quantity], "val_tpl": template, **told}
    told |= {"p": "sensor", "val_tpl": "{{ value_json.value }}", "unit_of_meas": sensor.unit, "stat_cla": "measurement"}
    device_class, taken = _CLASSES[sensor.quantity]
    if spelled(sensor.unit) in taken:
        told["dev_cla"] = device_class
    return told


def _word(text: str) -> str:
    """As an id of Home Assistant."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", text)


def _level(text: str) -> str:
    """As one level of a topic."""
    return re.sub(r"[+#/\x00]", "_", text)
