"""The sensors with `source: mqtt:<topic>[#key]`: what the broker brings becomes measurements of theirs."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from assistant import log
from assistant.clock import Clock
from assistant.environment.messages import units, zigbee2mqtt
from assistant.environment.messages.models import Parsed, Reason
from assistant.environment.messages.zigbee2mqtt import Device, Trouble
from assistant.environment.models import Measurement
from assistant.errors import AssistantError, StationError
from assistant.mqtt import Broker, Message
from assistant.settings import Sensor

LONGEST_TOPIC: Final = 200

type Record = Callable[[str, Measurement], None]
"""Takes a measurement of a sensor, by its id, in the sensor's unit. May raise AssistantError."""
type Available = Callable[[str, bool], None]
"""Hears whether a sensor, by its id, is there, as the broker's bridge says."""
type Troubled = Callable[[str, Trouble, bool], None]
"""Hears of a sensor's low battery, or of somebody tampering with it, and of the end of either."""


def _nobody(*_: object) -> None:
    """For those who do not want to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A sensor and the key of its value; "" for Zigbee2MQTT's own name, or a payload that is nothing but the value."""

    sensor: Sensor
    key: str


class MqttSources:
    """Hears the sensors of the broker. `rejected` counts, by reason, what could not be taken."""

    def __init__(
        self, sensors: Sequence[Sensor], clock: Clock, record: Record, available: Available = _nobody, troubled: Troubled = _nobody
    ) -> None:
        self.problems: list[StationError] = []
        """Sources that cannot be, for operators."""
        self.rejected = Counter[Reason]()
        self._clock, self._record, self._available, self._troubled = clock, record, available, troubled
        self._by_topic = defaultdict[str, list[_Wanted]](list)
        self._told: set[tuple[str, Reason]] = set()
        self._troubles: dict[tuple[str, Trouble], bool] = {}
        for sensor in sensors:
            if sensor.source.startswith("mqtt:"):
                self._add(sensor)

    def listen(self, broker: Broker) -> None:
        """Subscribes, before the broker is started."""
        for topic, wanted in self._by_topic.items():
            broker.subscribe(topic, partial(self._come, wanted))
            broker.subscribe(f"{topic}/availability", partial(self._tell_availability, wanted))

    def _add(self, sensor: Sensor) -> None:
        topic, _, key = sensor.source.removeprefix("mqtt:").partition("#")
        if not topic or len(topic) > LONGEST_TOPIC or {"+", "\x00"} & set(topic):
            hint = "write mqtt:<topic> without wildcards"
            self.problems.append(StationError(f"sensor {sensor.id}: its source names no topic", hint=hint))
        elif not units.fits(sensor.quantity, sensor.unit):
            hint = "the units are in docs/how-to/connect-sensors.md"
            self.problems.append(StationError(f"sensor {sensor.id}: {sensor.quantity} is not measured in its unit", hint=hint))
        else:
            self._by_topic[topic].append(_Wanted(sensor=sensor, key=key))

    def _come(self, wanted: Sequence[_Wanted], message: Message) -> None:
        """Takes in one payload for every sensor of its topic."""
        now = self._clock.now()
        device: Device | None = None
        for one in wanted:
            sensor = one.sensor
            if one.key:
                parsed = zigbee2mqtt.by_key(message.payload, one.key, sensor.quantity, sensor.unit, now, retained=message.retained)
            else:
                if device is None:
                    device = zigbee2mqtt.parse(message.payload, now, retained=message.retained)
                parsed = device
                if device.rejected.keys() & {"wrong-shape", "not-json"}:
                    parsed = zigbee2mqtt.by_key(message.payload, "", sensor.quantity, sensor.unit, now, retained=message.retained)
            self._take(sensor, parsed)
            if device is not None:
                self._tell_troubles(sensor, device)

    def _take(self, sensor: Sensor, parsed: Parsed) -> None:
        found = next((named.measurement for named in parsed.found if named.measurement.quantity == sensor.quantity), None)
        if found is None:
            for reason in parsed.rejected:
                self._reject(sensor, reason)
            return
        fitting = units.in_unit(found, sensor.unit)
        if fitting is None:
            self._reject(sensor, "unknown-unit")
            return
        try:
            self._record(sensor.id, fitting)
        except AssistantError:
            self._reject(sensor, "refused")
            return
        self._told = {told for told in self._told if told[0] != sensor.id}

    def _reject(self, sensor: Sensor, reason: Reason) -> None:
        """Counts it, and tells the log once until the sensor is understood again."""
        self.rejected[reason] += 1
        if (sensor.id, reason) not in self._told:
            self._told.add((sensor.id, reason))
            log.event("reading_rejected", sensor=log.Id(sensor.id), reason=log.Id(reason))

    def _tell_availability(self, wanted: Sequence[_Wanted], message: Message) -> None:
        online = zigbee2mqtt.availability(message.payload)
        for one in wanted:
            if online is not None:
                self._available(one.sensor.id, online)
            elif message.payload:
                self._reject(one.sensor, "wrong-shape")

    def _tell_troubles(self, sensor: Sensor, device: Device) -> None:
        """Tells what has changed; that all is well is no news at first."""
        for trouble, has in device.troubles.items():
            if self._troubles.get((sensor.id, trouble), False) != has:
                self._troubles[sensor.id, trouble] = has
                self._troubled(sensor.id, trouble, has)
