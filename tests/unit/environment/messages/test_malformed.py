"""Ten thousand payloads that nobody would send: each ends in measurements that can be, or in counted rejections.

One kind is neither: a Zigbee2MQTT object that has none of the keys that are read, or null there. Devices send such ones, as
`{"linkquality": 120}`; `says_nothing` knows them by itself.
"""

import json
import math
import random
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest

from assistant.environment.messages import senml, sensor_community, units, zigbee2mqtt
from assistant.environment.messages.models import Parsed, Reason
from assistant.settings.sensing import Quantity

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
PAYLOADS = 10_000
GOOD = [
    b'[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":1.7e9,"bver":10},{"n":"co2","u":"ppm","v":812,"t":-5},{"n":"smoke","vb":true}]',
    b'{"esp8266id":"1","software_version":"x","sensordatavalues":[{"value_type":"SDS_P1","value":"14.80"},{"value_type":"BME280_pressure",'
    b'"value":"100659.00"}]}',
    b'{"smoke":true,"battery_low":false,"tamper":"OFF","temperature":21.5,"last_seen":"2026-11-24T07:59:00Z","pm25":3,"linkquality":120}',
    b'{"state":"online"}', b"online",
]  # fmt: skip
KEYS = [*"bn bt bu bv bver n u v vb vs t s sensordatavalues value_type value smoke temperature x_".split()]
LEAVES: list[Any] = [
    None, True, False, 0, -1, 1e308, -1e308, 2**70, 10**400, "", "nan", "co2", "ppm", "P1", "1e99", "\x00", "\ud800", "٣",
    "a" * 300, [], {}, "Cel",
]  # fmt: skip
QUANTITIES = set(get_args(Quantity))
READ = [
    *"temperature humidity pressure co2 pm1 pm25 pm10 co smoke carbon_monoxide water_leak heat_alarm call_point battery_low tamper".split()
]
"""The keys that are read of a Zigbee2MQTT payload."""


def tree(chance: random.Random, depth: int = 0) -> object:
    kind = chance.random()
    if depth > 3 or kind < 0.3:
        return chance.choice(LEAVES)
    inner = [tree(chance, depth + 1) for _ in range(chance.randrange(4))]
    return inner if kind < 0.6 else {chance.choice(KEYS): value for value in inner}


def payload(chance: random.Random, likely: bytes) -> bytes:
    kind = chance.random()
    if kind < 0.4:
        return json.dumps(tree(chance)).encode()
    if kind < 0.5:
        return chance.randbytes(chance.randrange(200))
    good = bytearray(likely if chance.random() < 0.7 else chance.choice(GOOD))
    for _ in range(chance.randrange(6)):
        at = chance.randrange(len(good) + 1)
        match chance.randrange(4):
            case 0:
                del good[at : at + chance.randrange(1, 20)]
            case 1:
                good[at:at] = chance.choice([b"{", b"[" * 50, b'"', b"\xff", b"1e999", b"null", b'"v":-', b"\\u0000", b","])
            case 2:
                good[at : at + 1] = bytes([chance.randrange(256)])
            case _:
                good[at:at] = chance.choice(GOOD)
    return bytes(good)


def says_nothing(body: bytes, keys: list[str]) -> bool:
    """Whether it is an object in which nothing stands under these keys; one with dots leads into inner objects too."""
    try:
        told = json.loads(body.decode(), parse_constant=lambda _: {}[""])
    except (ValueError, KeyError, RecursionError):
        return False
    return isinstance(told, dict) and all(below(told, key) is None for key in keys)


def below(told: object, key: str) -> object:
    if not isinstance(told, dict) or key in told:
        return told.get(key) if isinstance(told, dict) else None
    first, dot, rest = key.partition(".")
    return below(told.get(first), rest) if dot else None


def check(parsed: Parsed) -> None:
    assert set(parsed.rejected) <= set(get_args(Reason))
    assert all(count > 0 for count in parsed.rejected.values())
    for named in parsed.found:
        measured = named.measurement
        assert measured.quantity in QUANTITIES
        assert math.isfinite(measured.value)
        assert units.fits(measured.quantity, measured.unit)
        assert datetime(1999, 12, 31, tzinfo=UTC) < measured.at <= NOW + timedelta(minutes=1)
        assert named.device.isascii()
        assert len(named.device) <= 200


@pytest.mark.parametrize(("kind", "likely"), [*zip(["senml", "sensor_community", "zigbee2mqtt"], GOOD, strict=False)])
def test_ten_thousand_payloads_are_each_read_or_counted(kind: str, likely: bytes) -> None:
    chance, read, counted, idle = random.Random(7), 0, 0, 0  # noqa: S311
    for _ in range(PAYLOADS):
        body, nothing = payload(chance, likely), False
        if kind == "senml":
            parsed = senml.parse(body, NOW)
        elif kind == "sensor_community":
            parsed = sensor_community.parse(body, chance.choice(["", "esp8266-1", "a b"]), chance.choice(["", "1", "x"]), NOW)
        else:
            parsed = zigbee2mqtt.parse(body, NOW, retained=chance.random() < 0.5)
            nothing = says_nothing(body, READ)
            assert not (nothing and parsed.troubles)
            assert zigbee2mqtt.availability(body) in (True, False, None)
        check(parsed)
        troubled = bool(getattr(parsed, "troubles", {}))
        assert bool(parsed.found or parsed.rejected or troubled) != nothing, body
        read, counted, idle = read + bool(parsed.found), counted + bool(parsed.rejected), idle + nothing
    assert read > 100
    assert counted > 5000
    assert bool(idle) == (kind == "zigbee2mqtt")


@pytest.mark.parametrize(("quantity", "unit"), [("co2", "ppm"), ("smoke", "state")])
def test_ten_thousand_payloads_under_a_key_are_each_read_or_counted(quantity: str, unit: str) -> None:
    chance, read, idle = random.Random(11), 0, 0  # noqa: S311
    for _ in range(PAYLOADS):
        body, key = payload(chance, GOOD[2]), chance.choice(["", "smoke", "pm25", "value.v", "a.b", "." * 20])
        parsed = zigbee2mqtt.by_key(body, key, quantity, unit, NOW, retained=chance.random() < 0.5)
        check(parsed)
        nothing = bool(key) and says_nothing(body, [key])
        assert bool(parsed.found or parsed.rejected) != nothing, (key, body)
        read, idle = read + bool(parsed.found), idle + nothing
    assert read > 100
    assert idle > 100


@pytest.mark.parametrize("said", ["perhaps", "", 2, -1, [], {}, 1e308])
@pytest.mark.parametrize("trouble", zigbee2mqtt.TROUBLES)
def test_a_trouble_that_is_neither_there_nor_away_is_counted(trouble: str, said: object) -> None:
    device = zigbee2mqtt.parse(json.dumps({trouble: said}).encode(), NOW)
    assert (device.found, device.troubles, device.rejected) == ([], {}, {"wrong-value": 1})
