"""Payloads of Zigbee2MQTT: detectors, climate, age of what was kept, availability in both forms."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.environment.messages import zigbee2mqtt
from assistant.environment.messages.models import Parsed

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def said(parsed: Parsed) -> dict[str, tuple[float, str]]:
    return {one.measurement.quantity: (one.measurement.value, one.measurement.unit) for one in parsed.found}


def parse(body: object, *, retained: bool = False) -> zigbee2mqtt.Device:
    return zigbee2mqtt.parse(json.dumps(body).encode(), NOW, retained=retained)


def test_a_smoke_detector() -> None:
    device = parse({"smoke": True, "battery_low": False, "tamper": True, "battery": 97, "linkquality": 120})
    assert said(device) == {"smoke": (1.0, "state")}
    assert device.troubles == {"battery_low": False, "tamper": True}
    assert not device.rejected


@pytest.mark.parametrize(("key", "quantity"), [
    ("smoke", "smoke"), ("carbon_monoxide", "co_alarm"), ("water_leak", "water_leak"), ("heat_alarm", "heat_alarm"), ("call_point",
    "call_point"),
])  # fmt: skip
@pytest.mark.parametrize(("value", "state"), [(True, 1.0), (False, 0.0), ("ON", 1.0), ("OFF", 0.0), ("true", 1.0), (1, 1.0), (0, 0.0)])
def test_every_detector_in_every_writing(key: str, quantity: str, value: object, state: float) -> None:
    assert said(parse({key: value})) == {quantity: (state, "state")}


def test_an_air_monitor() -> None:
    body = {
        "temperature": 21.44, "humidity": 48.1, "pressure": 1008.4, "co2": 640, "pm25": 3, "pm10": 5, "co": 0.2, "voc": 150,
        "linkquality": 80, "last_seen": None,
    }  # fmt: skip
    assert said(parse(body)) == {
        "temperature": (21.44, "°C"), "humidity": (48.1, "%"), "pressure": (1008.4, "hPa"), "co2": (640, "ppm"), "pm2_5": (3, "µg/m³"),
        "pm10": (5, "µg/m³"), "co": (0.2, "ppm"),
    }  # fmt: skip


def test_what_real_devices_report_is_known(shared_data: Path) -> None:
    """Each value that the diagnostics of three real devices show, by the key that Zigbee2MQTT has for it."""
    keys = {"smoke": "smoke", "temperature": "temperature", "humidity": "humidity", "pm25": "pm25"}
    seen = set()
    for path in sorted((shared_data / "env" / "zigbee-devices").glob("*.json")):
        entities = json.loads(path.read_text(encoding="utf-8"))["zha_lib_entities"]
        for entity in (one for kind in entities.values() for one in kind):
            key, state = keys.get(str(entity["info_object"]["device_class"])), entity["state"].get("state")
            if key is None or state is None or entity["info_object"]["entity_category"] == "diagnostic":
                continue
            seen.add(key)
            assert [value for value, _ in said(parse({key: state})).values()] == [float(state)]
    assert seen >= {"smoke", "temperature", "humidity", "pm25"}


def test_what_a_device_has_not_told_yet_is_nothing() -> None:
    assert parse({"temperature": None, "smoke": None, "battery_low": None}) == zigbee2mqtt.Device()


@pytest.mark.parametrize(("payload", "reason"), [
    (b"", "not-json"), (b"{", "not-json"), (b"\xff", "not-json"), (b"[1]", "wrong-shape"), (b"{" + b" " * 64_000 + b"}", "too-long"),
    (b'{"smoke": "maybe"}', "wrong-value"), (b'{"smoke": 2}', "wrong-value"), (b'{"temperature": "warm"}', "wrong-value"),
    (b'{"temperature": true}', "wrong-value"), (b'{"temperature": 1e999}', "wrong-value"), (b'{"temperature": {}}', "wrong-value"),
    (b'{"a":' * 20_000, "too-long"), (b'{"a":' * 10_000, "not-json"),
])  # fmt: skip
def test_what_cannot_be_read_is_counted(payload: bytes, reason: str) -> None:
    device = zigbee2mqtt.parse(payload, NOW)
    assert (device.found, device.rejected) == ([], {reason: 1})


@pytest.mark.parametrize(("seen", "ago_s"), [
    ("2026-11-24T07:50:00.000Z", 600), ("2026-11-24T08:50:00+01:00", 600), (1795506600000, 600), ("2026-11-24T07:50:00", None),
    ("2027-01-01T00:00:00Z", None), ("yesterday", None), (True, None), (10**400, None), ("0001-01-01T00:00:00+14:00", None),
    ("2026-11-24T08:00:30Z", 0),
])  # fmt: skip
def test_a_value_is_as_old_as_its_device_was_seen(seen: object, ago_s: int | None) -> None:
    """Zigbee2MQTT publishes what it knew once more when it starts."""
    fresh, kept = (parse({"co2": 600, "last_seen": seen}, retained=retained) for retained in (False, True))
    assert [one.measurement.at for one in fresh.found] == [NOW - timedelta(seconds=ago_s or 0)]
    assert [one.measurement.at for one in kept.found] == ([NOW - timedelta(seconds=ago_s)] if ago_s is not None else [])
    assert kept.rejected == ({} if ago_s is not None else {"age-unknown": 1})


def test_a_detector_that_sounds_is_believed_however_old_the_message_is() -> None:
    for body in ({"smoke": True}, {"smoke": True, "last_seen": "2026-11-20T00:00:00Z"}):
        [found] = parse(body, retained=True).found
        assert (found.measurement.value, found.measurement.at) == (1.0, NOW)
    silent = parse({"smoke": False}, retained=True)
    assert (silent.found, silent.rejected) == ([], {"age-unknown": 1})


@pytest.mark.parametrize(("payload", "key", "value"), [
    (b'{"voc": 150}', "voc", 150.0), (b'{"BME280": {"VOC": "12.5"}}', "BME280.VOC", 12.5), (b'{"a.b": 1, "a": {"b": 2}}', "a.b", 1.0),
    (b"21.5", "", 21.5), (b' "7" ', "", 7.0), (b"{}", "voc", None), (b'{"a": 1}', "a.b", None), (b'{"a": null}', "a", None),
])  # fmt: skip
def test_any_value_by_its_key_in_the_sensors_unit(payload: bytes, key: str, value: float | None) -> None:
    device = zigbee2mqtt.by_key(payload, key, "voc", "ppb", NOW)
    assert said(device) == ({} if value is None else {"voc": (value, "ppb")})
    assert not device.rejected


@pytest.mark.parametrize("payload", [b"", b"nothing", b"{}", b"[]", b"1 2", b"9" * 200])
def test_a_bare_payload_that_is_no_value_is_counted(payload: bytes) -> None:
    assert zigbee2mqtt.by_key(payload, "", "voc", "ppb", NOW).rejected == {"wrong-value": 1}


def test_a_bare_word_is_a_state() -> None:
    assert said(zigbee2mqtt.by_key(b"ON", "", "call_point", "state", NOW)) == {"call_point": (1.0, "state")}
    assert said(zigbee2mqtt.by_key(b'{"contact": "OFF"}', "contact", "call_point", "state", NOW)) == {"call_point": (0.0, "state")}


@pytest.mark.parametrize(("payload", "online"), [
    (b'{"state": "online"}', True), (b'{"state":"offline"}', False), (b"online", True), (b"offline", False), (b"online\n", True),
    (b'"online"', True),
    (b"", None), (b"{}", None), (b'{"state": []}', None), (b"[]", None), (b"onlineoffline", None), (b"\xff", None),
    (b'{"state": "on' + b"l" * 70_000, None),
])  # fmt: skip
def test_availability_in_both_forms(payload: bytes, online: bool | None) -> None:
    assert zigbee2mqtt.availability(payload) is online
