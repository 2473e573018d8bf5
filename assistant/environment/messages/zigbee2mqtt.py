"""What Zigbee2MQTT publishes of a device on `zigbee2mqtt/<name>`, and values of other JSON payloads by their key.

Names and units are those of Zigbee2MQTT's exposes; a retained payload, or one that its bridge had kept over a restart, is as old as
`last_seen` says. A detector that sounds is believed at once, however old the message may be: an alarm too many is better than one too few.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal

from assistant.environment.messages import json_text, units
from assistant.environment.messages.json_text import LONGEST_B, NotJson
from assistant.environment.messages.models import Named, Parsed, Reason
from assistant.environment.messages.times import from_unix
from assistant.environment.models import Measurement
from assistant.environment.plausible import DETECTORS

Trouble = Literal["battery_low", "tamper"]
TROUBLES: Final[tuple[Trouble, ...]] = ("battery_low", "tamper")
_VALUES: Final = {
    "temperature": ("temperature", "°C"), "humidity": ("humidity", "%"), "pressure": ("pressure", "hPa"), "co2": ("co2", "ppm"),
    "pm1": ("pm1", "µg/m³"), "pm25": ("pm2_5", "µg/m³"), "pm10": ("pm10", "µg/m³"), "co": ("co", "ppm"),
}  # fmt: skip
"""Key → quantity and unit, where every device has the same one. `voc`, `no2` and others differ: they are read by key."""
_STATES: Final = {
    "smoke": "smoke", "carbon_monoxide": "co_alarm", "water_leak": "water_leak", "heat_alarm": "heat_alarm", "call_point": "call_point",
}  # fmt: skip
DEEPEST: Final = 8


@dataclass(slots=True, kw_only=True)
class Device(Parsed):
    """What a device says, and whether it has a trouble of its own; troubles it does not speak of are missing."""

    troubles: dict[Trouble, bool] = field(default_factory=dict)


def parse(payload: bytes, now: datetime, *, retained: bool = False) -> Device:
    """Every measurement of a device's payload. Never raises; what cannot be read is counted.

    A payload may have none of them, as one that says nothing but `linkquality`: that is no rejection.
    """
    body, reason = _object(payload)
    device = Device()
    if body is None:
        device.rejected[reason] += 1
        return device
    for key, (quantity, unit) in _VALUES.items():
        if body.get(key) is not None:  # null: the device has not told it yet
            _add(device, body, quantity, unit, json_text.number(body[key]), now, retained=retained)
    for key, quantity in _STATES.items():
        if body.get(key) is not None:
            _add(device, body, quantity, units.STATE, json_text.state(body[key]), now, retained=retained)
    for trouble in TROUBLES:
        said = json_text.state(body.get(trouble))
        if said is not None:
            device.troubles[trouble] = bool(said)
        elif body.get(trouble) is not None:
            device.rejected["wrong-value"] += 1
    return device


def by_key(payload: bytes, key: str, quantity: str, unit: str, now: datetime, *, retained: bool = False) -> Device:
    """The one value under `key`, which may lead into inner objects (`BME280.Temperature`), in the sensor's own `unit`.

    An empty key takes a payload that is nothing but the value. Never raises.
    """
    device = Device()
    read = json_text.state if quantity in DETECTORS else json_text.number
    if not key:
        _add(device, {}, quantity, unit, read(_scalar(payload)), now, retained=retained)
        return device
    body, reason = _object(payload)
    if body is None:
        device.rejected[reason] += 1
        return device
    found = _at(body, key)
    if found is not None:
        _add(device, body, quantity, unit, read(found), now, retained=retained)
    return device


def availability(payload: bytes) -> bool | None:
    """Whether a device is online, of `{"state": "online"}` or plain `online`, `offline`; None where it says neither."""
    body, _ = _object(payload)
    said = body.get("state") if body is not None else _scalar(payload)
    return {"online": True, "offline": False}.get(said) if isinstance(said, str) else None


def _add(
    device: Device, body: Mapping[str, object], quantity: str, unit: str, value: float | None, now: datetime, *, retained: bool
) -> None:
    if value is None:
        device.rejected["wrong-value"] += 1
        return
    sounds = quantity in DETECTORS and value == 1.0
    at = now if sounds else _seen(body.get("last_seen"), now)
    if at is None and not retained:
        at = now
    if at is None:
        device.rejected["age-unknown"] += 1
        return
    device.found.append(Named(device="", measurement=Measurement(quantity=quantity, value=value, unit=unit, at=at)))


def _seen(said: object, now: datetime) -> datetime | None:
    """When the device was heard last: ISO 8601 or Unix milliseconds; None where nobody says, or it lies in the future."""
    if isinstance(said, str):
        try:
            moment = datetime.fromisoformat(said)
            seconds = moment.timestamp() if moment.tzinfo is not None else None
        except (ValueError, OverflowError):
            return None
    else:
        milliseconds = json_text.number(said)
        seconds = milliseconds / 1000 if milliseconds is not None else None
    found = from_unix(seconds, now) if seconds is not None else None
    return min(found, now).astimezone(UTC) if found is not None else None


def _object(payload: bytes) -> tuple[dict[str, object] | None, Reason]:
    """The object of a payload, or why there is none."""
    if len(payload) > LONGEST_B:
        return None, "too-long"
    try:
        body = json_text.read(payload)
    except NotJson:
        return None, "not-json"
    return (body, "wrong-shape") if isinstance(body, dict) else (None, "wrong-shape")


def _scalar(payload: bytes) -> object:
    """A payload that is one JSON value, or a bare word."""
    if len(payload) > 100:
        return None
    try:
        return json_text.read(payload)
    except NotJson:
        return payload.decode("utf-8", "replace").strip()


def _at(body: Mapping[str, object], key: str) -> object:
    """What stands under a key, or under a path of keys with dots between them."""
    if key in body:
        return body[key]
    inner: object = body
    for step in key.split(".", DEEPEST):
        inner = inner.get(step) if isinstance(inner, dict) else None
    return inner
