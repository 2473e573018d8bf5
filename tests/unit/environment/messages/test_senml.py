"""SenML as RFC 8428 has it: its own examples, base values, times, units, and what is refused and why."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.environment.messages import senml
from assistant.environment.messages.models import Parsed
from assistant.environment.models import Measurement

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def parse(*records: object) -> Parsed:
    return senml.parse(json.dumps(records).encode(), NOW)


def said(parsed: Parsed) -> list[tuple[str, str, float, str]]:
    return [(one.device, one.measurement.quantity, one.measurement.value, one.measurement.unit) for one in parsed.found]


def test_the_rfcs_examples_are_read() -> None:
    """RFC 8428, 5.1.1, 5.1.3 (with names) and 5.1.5."""
    single = parse({"n": "urn:dev:ow:10e2073a01080063", "u": "Cel", "v": 23.1})
    assert said(single) == [("10e2073a01080063", "temperature", 23.1, "°C")]
    several = parse(
        {"bn": "urn:dev:ow:10e2073a01080063:", "n": "temp", "u": "Cel", "v": 23.1}, {"n": "label", "vs": "Machine Room"},
        {"n": "open", "vb": False}, {"n": "nfc-reader", "vd": "aGkgCg"},
    )  # fmt: skip
    assert said(several) == [("10e2073a01080063", "temperature", 23.1, "°C")]
    assert several.rejected == {"unknown-name": 3}
    collection = parse(
        {"bn": "2001:db8::2/", "bt": 1.320078429e9, "n": "temperature", "u": "Cel", "v": 25.2}, {"n": "humidity", "u": "%RH", "v": 30},
        {"bn": "2001:db8::1/", "n": "temperature", "u": "Cel", "v": 12.3}, {"n": "humidity", "u": "%RH", "v": 67},
    )  # fmt: skip
    assert said(collection) == [
        ("2001:db8::2", "temperature", 25.2, "°C"), ("2001:db8::2", "humidity", 30, "%"),
        ("2001:db8::1", "temperature", 12.3, "°C"), ("2001:db8::1", "humidity", 67, "%"),
    ]  # fmt: skip
    assert {one.measurement.at for one in collection.found} == {datetime.fromtimestamp(1320078429, UTC)}


def test_base_values_hold_from_their_record_on() -> None:
    parsed = parse(
        {"n": "hall/co2", "u": "ppm", "v": 500}, {"bn": "upper/", "bu": "ppm", "bv": 400, "bt": -60, "bs": 3, "bver": 10},
        {"n": "co2", "v": 21}, {"n": "co2", "v": 22, "t": 30, "s": 9}, {"bv": 0, "bt": 0, "n": "pm25", "u": "ug/m3", "v": 7},
    )  # fmt: skip
    assert said(parsed) == [
        ("hall", "co2", 500, "ppm"), ("upper", "co2", 421, "ppm"), ("upper", "co2", 422, "ppm"), ("upper", "pm2_5", 7, "µg/m³"),
    ]  # fmt: skip
    assert [(NOW - one.measurement.at).total_seconds() for one in parsed.found] == [0, 60, 30, 0]
    assert not parsed.rejected


@pytest.mark.parametrize(("seconds", "at"), [
    (0, NOW), (-3600, NOW - timedelta(hours=1)), (60, NOW + timedelta(minutes=1)), (61, None), (2**28 - 1, None),
    (2**28, None), (946684800, datetime(2000, 1, 1, tzinfo=UTC)), (NOW.timestamp(), NOW), (NOW.timestamp() + 61, None), (1e300, None),
    (-1e300, None),
    (-NOW.timestamp() + 946684799, None),
])  # fmt: skip
def test_times_below_2_to_28_are_relative(seconds: float, at: datetime | None) -> None:
    parsed = parse({"n": "co2", "u": "ppm", "v": 500, "t": seconds})
    assert [one.measurement.at for one in parsed.found] == ([at] if at else [])
    assert parsed.rejected == ({} if at else {"wrong-time": 1})


@pytest.mark.parametrize(("name", "device", "quantity"), [
    ("co2", "", "co2"), ("hall_co2", "hall", "co2"), ("hall:pm2_5", "hall", "pm2_5"), ("pm2.5", "", "pm2_5"), ("hall.pm2.5", "hall",
    "pm2_5"),
    ("PM25", "", "pm2_5"), ("water_leak", "", "water_leak"), ("cellar_water_leak", "cellar", "water_leak"), ("co_alarm", "", "co_alarm"),
    ("a:b/c-d.e_smoke", "a:b/c-d.e", "smoke"), ("urn:dev:mac:0024befffe804ff1:co", "0024befffe804ff1", "co"), ("urn:dev:x:co2", "urn:dev:x",
    "co2"),
    ("urn:dev:os:32473-12_pm1_0", "32473-12", "pm1"),
])  # fmt: skip
def test_a_name_ends_in_what_is_measured(name: str, device: str, quantity: str) -> None:
    unit = {"co2": "ppm", "co": "ppm"}.get(quantity, "ug/m3")
    parsed = parse({"n": name, "u": unit, "v": 1})
    assert [(one.device, one.measurement.quantity) for one in parsed.found] == [(device, quantity)]


@pytest.mark.parametrize(("quantity", "unit", "ours"), [
    ("co2", "ppm", "ppm"), ("temperature", "Cel", "°C"), ("temperature", "K", "K"), ("humidity", "%RH", "%"), ("humidity", "/", "1"),
    ("pm10", "ug/m3", "µg/m³"), ("pm10", "kg/m3", "kg/m³"), ("pressure", "hPa", "hPa"), ("pressure", "Pa", "Pa"), ("no2", "ppb", "ppb"),
])  # fmt: skip
def test_units_of_the_registry_become_ours(quantity: str, unit: str, ours: str) -> None:
    assert said(parse({"n": quantity, "u": unit, "v": 1.5})) == [("", quantity, 1.5, ours)]


@pytest.mark.parametrize("record", [
    {"n": "co2", "v": 500}, {"n": "co2", "u": "Cel", "v": 5}, {"n": "pm10", "u": "ppm", "v": 5}, {"n": "temperature", "u": "lm", "v": 5},
    {"n": "temperature", "u": "x" * 10_000, "v": 5},
])  # fmt: skip
def test_a_value_without_a_unit_of_its_quantity_is_not_guessed(record: dict[str, object]) -> None:
    assert parse(record) == Parsed.nothing("unknown-unit")


@pytest.mark.parametrize(("record", "value"), [
    ({"vb": True}, 1.0), ({"vb": False}, 0.0), ({"vs": "ON"}, 1.0), ({"vs": "off"}, 0.0), ({"v": 1}, 1.0), ({"v": 0}, 0.0),
    ({"v": 2}, None),
    ({"v": 0.5}, None), ({"vs": "CANARY7"}, None), ({"vb": None}, None),
])  # fmt: skip
def test_a_detectors_state_is_one_or_zero(record: dict[str, object], value: float | None) -> None:
    parsed = parse({"n": "hall/smoke", **record})
    assert said(parsed) == ([] if value is None else [("hall", "smoke", value, "state")])
    assert parsed.rejected == ({"wrong-value": 1} if value is None else {})


@pytest.mark.parametrize(("payload", "reason"), [
    (b"", "not-json"), (b"[", "not-json"), (b"\xff\xfe[\x00]\x00", "not-json"), (b"[" * 60_000, "not-json"), (b'[{"v": NaN}]', "not-json"),
    (b'[{"v": ' + b"9" * 5000 + b"}]", "not-json"), (b"{}", "wrong-shape"), (b"[]", "wrong-shape"), (b"[1]", "wrong-shape"),
    (b'[{"n": "co2"}, null]', "wrong-shape"), (b" " * 64_001, "too-long"), (b"[" + b",".join([b"{}"] * 1001) + b"]", "too-many"),
    (b'[{"bver": 11}]', "wrong-version"), (b'[{"bver": "10"}]', "wrong-version"), (b'[{"n": "co2", "x_": 1}]', "wrong-version"),
    (b'[{"bn": 1}]', "wrong-shape"), (b'[{"bt": "0"}]', "wrong-time"), (b'[{"bv": true}]', "wrong-value"),
    (b'[{"n": "co2", "u": "ppm", "v": "500"}]', "wrong-value"), (b'[{"n": "co2", "u": "ppm", "v": 1e999}]', "wrong-value"),
    (b'[{"n": "co2", "u": "ppm", "vs": "500"}]', "wrong-value"), (b'[{"n": "co2", "u": 7, "v": 1}]', "wrong-shape"),
    (b'[{"n": "co2", "u": "ppm", "v": ' + b"9" * 400 + b"}]", "wrong-value"), (b'[{"n": "a b co2", "u": "ppm", "v": 1}]', "unknown-name"),
    (b'[{"n": "\\ud800co2", "u": "ppm", "v": 1}]', "unknown-name"), (b'[{"v": 1}]', "unknown-name"),
])  # fmt: skip
def test_what_cannot_be_read_is_counted_with_its_reason(payload: bytes, reason: str) -> None:
    assert senml.parse(payload, NOW) == Parsed.nothing(reason)  # type: ignore[arg-type]


def test_one_bad_record_loses_nothing_else() -> None:
    parsed = parse({"n": "co2", "bu": "ppm", "v": 1}, {"n": "co2", "v": None}, {"n": "co2", "v": 3}, {"n": "co2", "s": 5})
    assert [value for _, _, value, _ in said(parsed)] == [1, 3]
    assert parsed.rejected == {"wrong-value": 1}


@given(
    values=st.lists(
        st.tuples(st.floats(-1e6, 1e6), st.integers(-100_000, 0), st.sampled_from(["pm10", "no2", "so2"])), min_size=1, max_size=20
    ),
    base=st.floats(-1e6, 1e6), base_time=st.integers(-100_000, 0),
)  # fmt: skip
def test_a_pack_with_base_values_says_what_it_says_without(values: list[tuple[float, int, str]], base: float, base_time: int) -> None:
    based = parse({"bn": "hall/", "bu": "ug/m3", "bv": base, "bt": base_time}, *({"n": name, "v": v, "t": t} for v, t, name in values))
    assert [one.measurement for one in based.found] == [
        Measurement(quantity=name, value=base + v, unit="µg/m³", at=datetime.fromtimestamp(NOW.timestamp() + (base_time + t), UTC))
        for v, t, name in values
    ]
