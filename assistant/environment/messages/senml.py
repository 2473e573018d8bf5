"""SenML in JSON (RFC 8428): a list of records, each of which may set what holds for it and for those after it.

The full name of a value (base name + name) ends in what is measured, as `urn:dev:mac:0024befffe804ff1:co2` or `hall/pm2_5`. What stands
before it names the device, without `urn:dev:<kind>:` (RFC 9039) and the separator. Another name is the device's as it is, where the unit
alone says what is measured (Cel, %RH). Sums and data values are not read.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assistant.environment.messages import json_text, units
from assistant.environment.messages.json_text import LONGEST_B, NotJson
from assistant.environment.messages.models import Named, Parsed, Reason
from assistant.environment.messages.times import from_unix
from assistant.environment.models import Measurement
from assistant.environment.plausible import DETECTORS

MOST_RECORDS: Final = 1000
RELATIVE_BELOW: Final = float(2**28)
"""RFC 8428, 4.5.3: times below this are seconds from now."""
VERSIONS: Final = (*range(1, 11), 26)
"""Up to that of RFC 8428, and that of RFC 9100 with the feature "secondary units"."""
_LABELS: Final = frozenset({"bn", "bt", "bu", "bv", "bs", "bver", "n", "u", "v", "vs", "vb", "vd", "s", "t", "ut"})
_NAME: Final = re.compile(r"[A-Za-z0-9][-A-Za-z0-9:./_]{0,199}")
_DEV_URN: Final = re.compile(r"urn:dev:[a-z]+:")
_QUANTITIES: Final = {
    **{name: name for name in ("pm1", "pm10", "co2", "temperature", "humidity", "pressure", "no2", "o3", "co", "so2", "voc")},
    **{name: name for name in DETECTORS},
    **dict.fromkeys(("pm2_5", "pm2.5", "pm25"), "pm2_5"),
    **dict.fromkeys(("pm1_0", "pm1.0"), "pm1"), "temp": "temperature", "rh": "humidity", "tvoc": "voc",
    "leak": "water_leak", "carbon_monoxide": "co_alarm",
}  # fmt: skip
_BY_UNIT: Final = {"Cel": "temperature", "%RH": "humidity"}
_SUFFIX: Final = re.compile(rf"(?:(.*?)[:/_.-])??({'|'.join(map(re.escape, sorted(_QUANTITIES, key=len, reverse=True)))})", re.IGNORECASE)


class _Refused(Exception):
    """A record that cannot be taken; never leaves this module."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason


@dataclass(slots=True)
class _Base:
    """What earlier records set."""

    name: str = ""
    time: float = 0.0
    unit: str = ""
    value: float = 0.0


def parse(payload: bytes, now: datetime) -> Parsed:
    """The measurements of a SenML pack, `now` for times that are relative to it. Never raises; what cannot be read is counted."""
    if len(payload) > LONGEST_B:
        return Parsed.nothing("too-long")
    try:
        pack = json_text.read(payload)
    except NotJson:
        return Parsed.nothing("not-json")
    if not isinstance(pack, list) or not pack or not all(isinstance(record, dict) for record in pack):
        return Parsed.nothing("wrong-shape")
    if len(pack) > MOST_RECORDS:
        return Parsed.nothing("too-many")
    return _pack(pack, now)


def _pack(pack: list[dict[str, object]], now: datetime) -> Parsed:
    parsed, base = Parsed(), _Base()
    if any(label.endswith("_") for record in pack for label in record.keys() - _LABELS):
        return Parsed.nothing("wrong-version")  # RFC 8428, 4.4: such labels must be understood
    if any(record.get("bver", 10) not in VERSIONS for record in pack):
        return Parsed.nothing("wrong-version")
    for record in pack:
        try:
            _set(base, record)
        except _Refused as refused:  # all that follows stands on it
            parsed.rejected[refused.reason] += 1
            return parsed
        if not record.keys() & {"v", "vs", "vb", "vd"}:
            continue
        try:
            parsed.found.append(_record(base, record, now))
        except _Refused as refused:
            parsed.rejected[refused.reason] += 1
    return parsed if parsed.found or parsed.rejected else Parsed.nothing("no-value")


def _set(base: _Base, record: dict[str, object]) -> None:
    """Takes over the base values of a record."""
    base.name = _text(record.get("bn", base.name))
    base.unit = _text(record.get("bu", base.unit))
    base.time = _number(record.get("bt", base.time), "wrong-time")
    base.value = _number(record.get("bv", base.value), "wrong-value")


def _record(base: _Base, record: dict[str, object], now: datetime) -> Named:
    device, quantity = _named(base.name + _text(record.get("n", "")), _text(record.get("u", base.unit)))
    value, unit = _value(base, record, quantity)
    seconds = base.time + _number(record.get("t", 0), "wrong-time")
    at = from_unix(now.timestamp() + seconds if seconds < RELATIVE_BELOW else seconds, now)
    if at is None and quantity in DETECTORS and value:
        at = now  # no alarm is lost to a wrong clock
    if at is None:
        raise _Refused("wrong-time")
    return Named(device=device, measurement=Measurement(quantity=quantity, value=value, unit=unit, at=at))


def _named(name: str, unit: str) -> tuple[str, str]:
    """Device and quantity of a full name."""
    matched = _SUFFIX.fullmatch(name) if _NAME.fullmatch(name) else None
    if matched is not None:
        device, quantity = matched[1] or "", _QUANTITIES[matched[2].lower()]
    elif unit in _BY_UNIT and (not name or _NAME.fullmatch(name)):
        device, quantity = name, _BY_UNIT[unit]
    else:
        raise _Refused("unknown-name")
    return _DEV_URN.sub("", device.rstrip(":/_.-"), count=1), quantity


def _value(base: _Base, record: dict[str, object], quantity: str) -> tuple[float, str]:
    """Value and unit; the unit of a state is ours whatever is written."""
    if quantity in DETECTORS:
        said = record.get("vb", record.get("vs"))
        if said is None and "v" in record:
            said = base.value + _number(record["v"], "wrong-value")
        state = json_text.state(said)
        if state is None:
            raise _Refused("wrong-value")
        return state, units.STATE
    if "v" not in record:
        raise _Refused("wrong-value")
    value = _number(base.value + _number(record["v"], "wrong-value"), "wrong-value")
    unit = units.spelled(_text(record.get("u", base.unit)))
    if unit is None or not units.fits(quantity, unit):
        raise _Refused("unknown-unit")
    return value, unit


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Refused("wrong-shape")
    return value


def _number(value: object, reason: Reason) -> float:
    found = None if isinstance(value, str) else json_text.number(value)
    if found is None:
        raise _Refused(reason)
    return found
