"""What Home Assistant is told of the sensors, and how often readings go out."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.environment.messages import discovery
from assistant.environment.messages.telling import EVERY_S, Telling
from assistant.environment.models import Reading
from assistant.mqtt import Broker
from assistant.settings import Mqtt, Settings
from tests.unit.environment.messages.conftest import sensor

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TOLD = {"topic": "station/air", "discovery": "homeassistant"}
PM = sensor("hall-pm2-5", "pm2_5", "µg/m³", "push:hall", silent_s=300)
SMOKE = sensor("hall smoke", "smoke", "state", "mqtt:zigbee2mqtt/hall")


def test_a_device_with_its_components(station: Callable[..., Settings]) -> None:
    settings = station(PM, SMOKE, environment=TOLD, kiosk={"id": "kiosk-1"})
    [announced] = discovery.announcements(settings)
    assert announced.topic == "homeassistant/device/kiosk-1/config"
    told = json.loads(announced.payload)
    assert told["dev"]["ids"] == ["kiosk-1"]
    assert told["o"]["name"] == "station-assistant"
    assert (told["avty_t"], discovery.availability(settings)) == ("station/air/kiosk-1/availability",) * 2
    assert told["cmps"] == {
        "hall-pm2-5": {
            "p": "sensor", "name": "Hall-Pm2-5", "uniq_id": "kiosk-1_hall-pm2-5", "stat_t": "station/air/hall-pm2-5", "exp_aft": 300,
            "val_tpl": "{{ value_json.value }}", "unit_of_meas": "µg/m³", "stat_cla": "measurement", "dev_cla": "pm25",
        },
        "hall_smoke": {
            "p": "binary_sensor", "name": "Hall Smoke", "uniq_id": "kiosk-1_hall_smoke", "stat_t": "station/air/hall smoke", "exp_aft": 900,
            "val_tpl": "{{ 'ON' if value_json.value else 'OFF' }}", "dev_cla": "smoke",
        },
    }  # fmt: skip


def test_a_unit_that_its_class_does_not_take_makes_a_plain_number(station: Callable[..., Settings]) -> None:
    [announced] = discovery.announcements(station(sensor("g", "no2", "ppb", "push:g"), environment=TOLD))
    component = json.loads(announced.payload)["cmps"]["g"]
    assert (component.get("dev_cla"), component["unit_of_meas"]) == (None, "ppb")


@pytest.mark.parametrize("told", [{}, {"topic": "a"}])
def test_nothing_is_announced_that_was_not_asked_for(station: Callable[..., Settings], told: dict[str, str]) -> None:
    assert discovery.announcements(station(PM, environment=told)) == []


def test_an_announcement_without_readings_is_refused(station: Callable[..., Settings]) -> None:
    with pytest.raises(ValidationError, match=r"needs environment\.topic"):
        station(PM, environment={"discovery": "homeassistant"})


def test_ids_cannot_leave_their_level_of_the_topic(station: Callable[..., Settings]) -> None:
    settings = station(sensor("a/+#b", "co2", "ppm", "push:a"), environment=TOLD, kiosk={"id": "k/#"})
    [announced] = discovery.announcements(settings)
    assert announced.topic == "homeassistant/device/k__/config"
    assert json.loads(announced.payload)["cmps"]["a___b"]["stat_t"] == "station/air/a___b"
    assert discovery.availability(settings) == "station/air/k__/availability"


class Ears(Broker):
    """A broker that keeps what is published."""

    def __init__(self) -> None:
        super().__init__(Mqtt())
        self.connected, self.sent = True, list[tuple[str, Any, bool]]()

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> bool:
        self.sent.append((topic, payload, retain))
        return True

    def values(self) -> list[tuple[str, float]]:
        return [(topic.rpartition("/")[2], json.loads(payload)["value"]) for topic, payload, _ in self.sent]


class Told:
    def __init__(self, settings: Settings) -> None:
        self.ears, self.seconds = Ears(), 0.0
        self.telling = Telling(settings, self.ears, lambda: self.seconds)

    def tell(self, id_: str, quantity: str, value: float, at: datetime = NOW) -> None:
        self.telling.tell(Reading(sensor=id_, quantity=quantity, value=value, unit="", at=at))


@pytest.fixture
def told(station: Callable[..., Settings]) -> Told:
    return Told(station(PM, SMOKE, sensor("co2", "co2", "ppm", "push:c"), environment=TOLD))


def test_a_sensor_is_told_of_every_ten_seconds_with_its_newest_value(told: Told) -> None:
    for second in range(26):
        told.seconds = float(second)
        told.tell("hall-pm2-5", "pm2_5", second)
    assert told.ears.values() == [("hall-pm2-5", 0), ("hall-pm2-5", 10), ("hall-pm2-5", 20)]
    told.seconds = 20 + EVERY_S
    told.telling.flush()
    assert told.ears.values()[3:] == [("hall-pm2-5", 25)]
    told.telling.flush()
    assert len(told.ears.sent) == 4
    assert not any(retain for _, _, retain in told.ears.sent), "an old value must not look fresh to who comes later"


def test_each_sensor_has_seconds_of_its_own_and_a_late_value_replaces_no_newer_one(told: Told) -> None:
    told.tell("hall-pm2-5", "pm2_5", 1)
    told.tell("co2", "co2", 2)
    told.tell("co2", "co2", 3)
    told.tell("co2", "co2", 4, datetime(2026, 11, 24, 7, tzinfo=UTC))
    told.seconds = EVERY_S
    told.telling.flush()
    assert told.ears.values() == [("hall-pm2-5", 1), ("co2", 2), ("co2", 3)]


def test_a_detector_that_changes_is_told_of_at_once(told: Told) -> None:
    for state in (0, 0, 1, 1, 0):
        told.tell("hall smoke", "smoke", state)
    assert [value for _, value in told.ears.values()] == [0, 1, 0]


def test_without_a_broker_nothing_waits(told: Told) -> None:
    told.ears.connected = False
    told.tell("co2", "co2", 1)
    told.ears.connected, told.seconds = True, 100.0
    told.telling.flush()
    assert told.ears.sent == []


def test_of_sensors_that_are_none_and_without_a_topic_nothing_is_told(told: Told, station: Callable[..., Settings]) -> None:
    told.tell("stranger", "co2", 1)
    quiet = Told(station(PM))
    quiet.tell("hall-pm2-5", "pm2_5", 1)
    quiet.telling.prepare()
    assert told.ears.sent == quiet.ears.sent == []
    assert quiet.ears._will is None


def test_who_is_there_is_said_after_each_connection(told: Told) -> None:
    told.telling.prepare()
    for greet in told.ears._greeters:
        greet()
    assert [(topic, retain) for topic, _, retain in told.ears.sent] == [
        ("homeassistant/device/kiosk-1/config", True), ("station/air/kiosk-1/availability", True),
    ]  # fmt: skip
    assert told.ears._will is not None
    assert (told.ears._will.topic, told.ears._will.payload) == ("station/air/kiosk-1/availability", b"offline")
