"""Pushed readings: whose they are, who may write them, and that nothing is recorded of what is refused."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from assistant.environment.messages.models import Named, Parsed
from assistant.environment.messages.pushed import Pushed
from assistant.environment.models import Measurement, Reading
from assistant.errors import AssistantError, BadRequest
from tests.unit.environment.messages.conftest import sensor

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
SENSORS = [
    sensor("a", "pm10", "ug/m3", "push:box"), sensor("b", "temperature", "°C", "push:box"), sensor("c", "temperature", "°C", "push:box.11"),
    sensor("d", "co2", "ppm", "push:other"), sensor("e", "co2", "ppm", "mqtt:third"),
]  # fmt: skip


def brought(*values: tuple[str, str, float, str]) -> Parsed:
    found = [Named(device=device, measurement=Measurement(quantity=q, value=v, unit=u, at=NOW)) for device, q, v, u in values]
    return Parsed(found=found, rejected=Counter({"wrong-value": 1}))


def take(parsed: Parsed, *allowed: str) -> tuple[list[tuple[str, str, float, str]], Counter[str]]:
    recorded: list[Reading] = []
    taken = Pushed(SENSORS).take(parsed, frozenset(allowed), recorded.append)
    assert taken.accepted == len(recorded)
    return [(one.sensor, one.quantity, one.value, one.unit) for one in recorded], Counter(taken.rejected)


def test_values_go_to_the_part_of_a_box_before_the_box() -> None:
    found, rejected = take(
        brought(("box.1", "pm10", 0.01, "mg/m³"), ("box.3", "temperature", 20, "°C"), ("box.11", "temperature", 21, "°C"), ("box",
        "co2", 1, "ppm")),
        "box", "box.11",
    )  # fmt: skip
    assert found == [("box", "pm10", 10, "ug/m3"), ("box", "temperature", 20, "°C"), ("box.11", "temperature", 21, "°C")]
    assert rejected == {"wrong-value": 1, "unknown-name": 1}


def test_without_a_name_it_is_the_writers_only_sensor() -> None:
    assert take(brought(("", "co2", 600, "ppm")), "other")[0] == [("other", "co2", 600, "ppm")]


@pytest.mark.parametrize(("device", "allowed", "code"), [
    ("other", ["box"], "wrong-sensor"), ("stranger", ["box"], "wrong-sensor"), ("stranger", ["box", "stranger"], "unknown-sensor"),
    ("third", ["box", "third"], "unknown-sensor"), ("", ["box", "other"], "unnamed-sensor"), ("", ["stranger"], "unknown-sensor"),
    ("other.1", ["box"], "wrong-sensor"),
])  # fmt: skip
def test_one_value_that_is_not_the_writers_refuses_them_all(device: str, allowed: list[str], code: str) -> None:
    recorded: list[Reading] = []
    first = [("box", "pm10", 1.0, "µg/m³")] if "box" in allowed else []
    with pytest.raises(AssistantError) as refused:
        Pushed(SENSORS).take(brought(*first, (device, "co2", 1, "ppm")), allowed, recorded.append)
    assert (refused.value.code, recorded) == (code, [])


@pytest.mark.parametrize(("parsed", "why"), [
    (Parsed(), "no value in it"), (brought(), "1 wrong-value"), (brought(("box", "pm10", 1, "ppm")), "1 unknown-unit, 1 wrong-value"),
    (brought(("box", "smoke", 1, "state")), "1 unknown-name, 1 wrong-value"),
])  # fmt: skip
def test_where_nothing_could_be_used_it_is_said_why(parsed: Parsed, why: str) -> None:
    with pytest.raises(BadRequest, match=why) as refused:
        take(parsed, "box")
    assert refused.value.code == "unusable-readings"


def test_what_the_monitor_refuses_is_counted() -> None:
    def record(reading: Reading) -> None:
        if reading.value > 1:
            raise BadRequest("no")

    taken = Pushed(SENSORS).take(brought(("box", "pm10", 1, "µg/m³"), ("box", "pm10", 2, "µg/m³")), {"box"}, record)
    assert (taken.accepted, taken.rejected) == (1, {"wrong-value": 1, "refused": 1})
