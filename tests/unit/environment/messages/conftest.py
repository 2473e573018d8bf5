"""Sensors to hear of."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.settings import Mqtt, Sensor, Settings


def sensor(id_: str, quantity: str, unit: str, source: str, **more: Any) -> Sensor:
    """A sensor of the station."""
    known = {"id": id_, "name": id_.title(), "quantity": quantity, "unit": unit, "area": "Hall", "source": source}
    return Sensor.model_validate({**known, **more})


@pytest.fixture
def station() -> Callable[..., Settings]:
    """Makes settings with sensors and whatever else."""

    def made(*sensors: Sensor, **more: Any) -> Settings:
        broker = Mqtt(host="127.0.0.1")
        return Settings(name={"en": "Harbour Central"}, stop="hc", languages=("en", "ko"), sensors=list(sensors), mqtt=broker, **more)

    return made
