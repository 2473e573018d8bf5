"""Sensors of the broker: which payload is whose, what is told of availability and troubles, what is refused."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from assistant.clock import StartedClock
from assistant.environment.messages.sources import MqttSources
from assistant.environment.models import Measurement
from assistant.errors import BadRequest
from assistant.mqtt import Broker, Handler, Message
from assistant.settings import Mqtt, Sensor
from tests.unit.environment.messages.conftest import sensor

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


class Ether(Broker):
    """A broker whose messages are told by hand."""

    def __init__(self) -> None:
        super().__init__(Mqtt())
        self.subscribed: dict[str, Handler] = {}

    def subscribe(self, topic_filter: str, handler: Handler) -> None:
        assert topic_filter not in self.subscribed
        self.subscribed[topic_filter] = handler

    def bring(self, topic: str, body: object, *, retained: bool = False) -> None:
        payload = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.subscribed[topic](Message(topic=topic, payload=payload, retained=retained))


@dataclass
class Heard:
    ether: Ether = field(default_factory=Ether)
    values: list[tuple[str, str, float, str]] = field(default_factory=list)
    online: list[tuple[str, bool]] = field(default_factory=list)
    troubles: list[tuple[str, str, bool]] = field(default_factory=list)
    refuse: bool = False

    def of(self, *sensors: Sensor) -> MqttSources:
        sources = MqttSources(
            sensors, StartedClock(NOW), self._record, lambda *said: self.online.append(said), lambda *said: self.troubles.append(said)
        )
        sources.listen(self.ether)
        return sources

    def _record(self, id_: str, measured: Measurement) -> None:
        if self.refuse:
            raise BadRequest("no")
        self.values.append((id_, measured.quantity, measured.value, measured.unit))


@pytest.fixture
def heard() -> Heard:
    return Heard()


HALL = "mqtt:zigbee2mqtt/hall"


def test_each_sensor_of_a_topic_gets_its_own_value_in_its_own_unit(heard: Heard) -> None:
    sources = heard.of(
        sensor("t", "temperature", "°F", HALL), sensor("h", "humidity", "%", HALL), sensor("s", "smoke", "state", HALL),
        sensor("v", "voc", "ppb", f"{HALL}#voc"), sensor("x", "co2", "ppm", "push:x"),
    )  # fmt: skip
    assert sorted(heard.ether.subscribed) == ["zigbee2mqtt/hall", "zigbee2mqtt/hall/availability"]
    heard.ether.bring("zigbee2mqtt/hall", {"temperature": 22, "humidity": 40, "smoke": True, "voc": 150})
    assert heard.values == [
        ("t", "temperature", 71.6, "°F"), ("h", "humidity", 40, "%"), ("s", "smoke", 1, "state"), ("v", "voc", 150, "ppb"),
    ]  # fmt: skip
    heard.ether.bring("zigbee2mqtt/hall", {"humidity": 41})
    assert heard.values[4:] == [("h", "humidity", 41, "%")]
    assert not sources.rejected


def test_a_payload_that_is_nothing_but_the_value(heard: Heard) -> None:
    heard.of(sensor("t", "temperature", "°C", "mqtt:a/t"), sensor("c", "call_point", "state", "mqtt:a/c"))
    heard.ether.bring("a/t", b"21.5")
    heard.ether.bring("a/c", b"ON")
    assert heard.values == [("t", "temperature", 21.5, "°C"), ("c", "call_point", 1, "state")]


def test_what_was_kept_without_an_age_counts_for_nothing_unless_it_sounds(heard: Heard) -> None:
    sources = heard.of(sensor("t", "temperature", "°C", HALL), sensor("s", "smoke", "state", HALL))
    heard.ether.bring("zigbee2mqtt/hall", {"temperature": 22, "smoke": True}, retained=True)
    assert heard.values == [("s", "smoke", 1, "state")]
    assert sources.rejected == {"age-unknown": 1}


def test_availability_of_every_sensor_of_a_device(heard: Heard) -> None:
    sources = heard.of(sensor("t", "temperature", "°C", HALL), sensor("h", "humidity", "%", HALL))
    for payload in (b'{"state":"offline"}', b"online", b"", b"perhaps"):
        heard.ether.bring("zigbee2mqtt/hall/availability", payload)
    assert heard.online == [("t", False), ("h", False), ("t", True), ("h", True)]
    assert sources.rejected == {"wrong-shape": 2}


def test_troubles_are_told_when_they_begin_and_when_they_end(heard: Heard) -> None:
    heard.of(sensor("s", "smoke", "state", HALL))
    for low in (False, True, True, False):
        heard.ether.bring("zigbee2mqtt/hall", {"smoke": False, "battery_low": low})
    assert heard.troubles == [("s", "battery_low", True), ("s", "battery_low", False)]


def test_what_cannot_be_taken_is_counted_told_once_and_stops_nobody(heard: Heard, caplog: pytest.LogCaptureFixture) -> None:
    sources = heard.of(sensor("t", "temperature", "°C", HALL), sensor("k", "temperature", "°C", f"{HALL}#t2"))
    with caplog.at_level("INFO", logger="assistant"):
        for _ in range(3):
            heard.ether.bring("zigbee2mqtt/hall", {"temperature": "CANARY7", "t2": 20})
        heard.ether.bring("zigbee2mqtt/hall", {"temperature": 20})
        heard.ether.bring("zigbee2mqtt/hall", {"temperature": "CANARY7"})
    assert sources.rejected == {"wrong-value": 4}
    assert [id_ for id_, *_ in heard.values] == ["k", "k", "k", "t"]
    assert [record.msg for record in caplog.records] == ["reading_rejected"] * 2
    assert "CANARY7" not in str([vars(record) for record in caplog.records])


def test_a_reading_that_is_refused_is_counted(heard: Heard) -> None:
    sources = heard.of(sensor("t", "temperature", "°C", HALL))
    heard.refuse = True
    heard.ether.bring("zigbee2mqtt/hall", {"temperature": 20})
    assert (heard.values, sources.rejected) == ([], {"refused": 1})


@pytest.mark.parametrize(("source", "quantity", "unit"), [
    ("mqtt:", "co2", "ppm"), ("mqtt:#co2", "co2", "ppm"), ("mqtt:a/+/b", "co2", "ppm"), ("mqtt:" + "a" * 201, "co2", "ppm"), ("mqtt:a\x00",
    "co2", "ppm"),
    ("mqtt:a", "co2", "°C"), ("mqtt:a", "smoke", "%"), ("mqtt:a", "co2", "parsec"),
])  # fmt: skip
def test_a_source_that_cannot_be_is_told_to_operators(heard: Heard, source: str, quantity: str, unit: str) -> None:
    sources = heard.of(sensor("bad", quantity, unit, source), sensor("good", "co2", "ppm", "mqtt:b"))
    assert [problem.message.partition(":")[0] for problem in sources.problems] == ["sensor bad"]
    assert sorted(heard.ether.subscribed) == ["b", "b/availability"]
