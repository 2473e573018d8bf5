"""Ten thousand payloads that nobody would send: each ends in measurements that can be, or in counted rejections."""

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
def test_ten_thousand_payloads_are_read_or_counted(kind: str, likely: bytes) -> None:
    chance, read, counted = random.Random(7), 0, 0  # noqa: S311
    for _ in range(PAYLOADS):
        body = payload(chance, likely)
        if kind == "senml":
            parsed = senml.parse(body, NOW)
        elif kind == "sensor_community":
            parsed = sensor_community.parse(body, chance.choice(["", "esp8266-1", "a b"]), chance.choice(["", "1", "x"]), NOW)
        else:
            parsed = zigbee2mqtt.parse(body, NOW, retained=chance.random() < 0.5)
            check(zigbee2mqtt.by_key(body, chance.choice(["", "smoke", "a.b", "." * 20]), "co2", "ppm", NOW))
            assert zigbee2mqtt.availability(body) in (True, False, None)
        check(parsed)
        read += bool(parsed.found)
        counted += bool(parsed.rejected)
    assert read > 100
    assert counted > 5000
