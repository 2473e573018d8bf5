"""Boxes of sensor.community: both forms in which they post, real days of one, and what is refused."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.environment.messages import sensor_community
from assistant.environment.messages.models import Parsed

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def parse(values: object, sensor: str = "esp8266-13597771", pin: str = "") -> Parsed:
    body = {"esp8266id": "13597771", "software_version": "NRZ-2020-133", "sensordatavalues": values}
    return sensor_community.parse(json.dumps(body).encode(), sensor, pin, NOW)


def value(name: str, said: object) -> dict[str, object]:
    return {"value_type": name, "value": said}


def said(parsed: Parsed) -> list[tuple[str, str, float, str]]:
    return [(one.device, one.measurement.quantity, one.measurement.value, one.measurement.unit) for one in parsed.found]


def test_a_post_of_one_pin() -> None:
    parsed = parse([value("P1", "14.80"), value("P2", "14.00"), value("P0", "3.1")], pin="1")
    assert said(parsed) == [
        ("esp8266-13597771.1", "pm10", 14.8, "µg/m³"), ("esp8266-13597771.1", "pm2_5", 14.0, "µg/m³"),
        ("esp8266-13597771.1", "pm1", 3.1, "µg/m³"),
    ]  # fmt: skip
    assert {one.measurement.at for one in parsed.found} == {NOW}


def test_a_post_to_an_own_api_has_everything_in_it() -> None:
    """The keys of a box with SDS011 and BMP180, as its firmware sends them."""
    sent = [
        ("SDS_P1", "1.87"), ("SDS_P2", "1.05"), ("BMP_pressure", "100659.00"), ("BMP_temperature", "26.80"), ("BME280_humidity", "41.5"),
        ("temperature", "25.1"), ("SCD30_co2_ppm", "612"), ("samples", "924605"), ("min_micro", "147"), ("max_micro", "1849213"),
        ("signal", "-52 dBm"), ("interval", "145000"), ("SPS30_N05", "1.1"), ("GPS_lat", "48.1"), ("DNMS_noise_LAeq", "52.4"),
    ]  # fmt: skip
    parsed = parse([value(*pair) for pair in sent])
    box = "esp8266-13597771"
    assert said(parsed) == [
        (f"{box}.1", "pm10", 1.87, "µg/m³"), (f"{box}.1", "pm2_5", 1.05, "µg/m³"), (f"{box}.3", "pressure", 1006.59, "hPa"),
        (f"{box}.3", "temperature", 26.8, "°C"), (f"{box}.11", "humidity", 41.5, "%"), (box, "temperature", 25.1, "°C"),
        (f"{box}.17", "co2", 612.0, "ppm"),
    ]  # fmt: skip
    assert not parsed.rejected


def test_real_days_come_through_as_they_were_logged(shared_data: Path) -> None:
    folder = shared_data / "env" / "sensor-community-aberdeen" / "22068"
    rows = 0
    for path in sorted(folder.glob("*.csv"))[:5]:
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter=";"):
                found = said(parse([value("P1", row["P1"]), value("P2", row["P2"])]))
                assert {quantity: measured for _, quantity, measured, _ in found} == {"pm10": float(row["P1"]), "pm2_5": float(row["P2"])}
                rows += 1
    assert rows > 1000


@pytest.mark.parametrize(("values", "rejected"), [
    ([value("P1", "nan")], {"wrong-value": 1}), ([value("P1", "1_0")], {"wrong-value": 1}), ([value("P1", "")], {"wrong-value": 1}),
    ([value("P1", None), value("P2", True)], {"wrong-value": 2}), ([value("P1", "٣")], {"wrong-value": 1}),
    ([value("P1", "9" * 5000)], {"wrong-value": 1}), ([value("P9", "1")], {"unknown-name": 1}), ([value("SDS_SDS_P1",
    "1")], {"unknown-name": 1}),
    ([{"value": "1"}], {"wrong-shape": 1}), ([1, [], None], {"wrong-shape": 3}), ("P1", {"wrong-shape": 1}), ({}, {"wrong-shape": 1}),
    ([{}] * 201, {"too-many": 1}), ([value("a" * 10_000 + "noise_x", "1")], {"unknown-name": 1}),
])  # fmt: skip
def test_what_cannot_be_read_is_counted(values: object, rejected: dict[str, int]) -> None:
    parsed = parse(values)
    assert (parsed.found, parsed.rejected) == ([], rejected)


@pytest.mark.parametrize(("sensor", "pin"), [("a b", ""), ("x" * 65, ""), ("esp\n", ""), ("esp8266-1", "x"), ("esp8266-1", "123")])
def test_a_box_with_an_impossible_name_or_pin_is_none(sensor: str, pin: str) -> None:
    assert parse([value("P1", "1")], sensor, pin) == Parsed.nothing("wrong-shape")


def test_one_bad_value_loses_no_other() -> None:
    parsed = parse([value("P1", "x"), value("P2", 14.5)])
    assert said(parsed) == [("esp8266-13597771", "pm2_5", 14.5, "µg/m³")]
    assert parsed.rejected == {"wrong-value": 1}
