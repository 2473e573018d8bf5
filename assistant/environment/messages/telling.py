"""The station's readings told to the broker: presence, discovery, and each sensor's value every ten seconds at most.

Nothing but sensors' values goes out here; this module knows nothing of travellers.
"""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Final

from assistant.environment.messages import discovery
from assistant.environment.models import Reading
from assistant.environment.plausible import DETECTORS
from assistant.mqtt import Broker
from assistant.settings import Settings

EVERY_S: Final = 10.0
"""A sensor is told of once in so many seconds; a detector that changes is told of at once."""
FLUSH_S: Final = 1.0


class Telling:
    """Publishes readings where `environment.topic` is set. Call it on the event loop's thread."""

    def __init__(self, settings: Settings, broker: Broker, tick: Callable[[], float] = time.monotonic) -> None:
        self._settings, self._broker, self._tick = settings, broker, tick
        self._topic = settings.environment.topic
        self._sensors = {sensor.id for sensor in settings.sensors}
        self._sent: dict[str, tuple[float, float]] = {}
        """Sensor → when it was told, and which value."""
        self._waiting: dict[str, Reading] = {}

    def prepare(self) -> None:
        """Sets the last will and what is said after each connection, before the broker is started."""
        available = discovery.availability(self._settings)
        if available is not None:
            self._broker.last_will(available, discovery.OFFLINE)
            self._broker.on_connect(self._greet)

    def tell(self, reading: Reading) -> None:
        """Publishes the newest reading of a sensor (`reading.sensor` is its id), at once or when its time has come."""
        if self._topic is None or reading.sensor not in self._sensors:
            return
        waiting = self._waiting.get(reading.sensor)
        if waiting is None or waiting.at <= reading.at:
            self._waiting[reading.sensor] = reading
        self._flush_one(reading.sensor)

    def flush(self) -> None:
        """Publishes what has waited long enough."""
        for sensor in list(self._waiting):
            self._flush_one(sensor)

    async def run(self) -> None:
        """Flushes for ever."""
        while True:
            await asyncio.sleep(FLUSH_S)
            self.flush()

    def _flush_one(self, sensor: str) -> None:
        reading, now = self._waiting[sensor], self._tick()
        at, value = self._sent.get(sensor, (float("-inf"), float("nan")))
        changed = reading.quantity in DETECTORS and reading.value != value
        if self._broker.connected and now - at < EVERY_S and not changed:
            return
        del self._waiting[sensor]  # also where no broker is there: later it is worth nothing, and would take room from what waits for one
        if self._broker.connected and self._topic is not None:
            self._sent[sensor] = now, reading.value
            self._broker.publish(discovery.state_topic(self._topic, sensor), _payload(reading))

    def _greet(self) -> None:
        for announced in discovery.announcements(self._settings):
            self._broker.publish(announced.topic, announced.payload, retain=True)
        available = discovery.availability(self._settings)
        if available is not None:
            self._broker.publish(available, discovery.ONLINE, retain=True)


def _payload(reading: Reading) -> bytes:
    told = {
        "value": reading.value, "unit": reading.unit, "quantity": reading.quantity, "at": reading.at.isoformat(timespec="seconds"),
        "quality": reading.quality,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
