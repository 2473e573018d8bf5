"""The air: readings, index, sensor health."""

from datetime import datetime

from fastapi import APIRouter

from assistant.answers.air_quality import card
from assistant.answers.desk import Desk
from assistant.api.parameters import Language
from assistant.conversation.models import AirQualityCard, Wire
from assistant.text import in_language


class SensorReport(Wire):
    """A sensor and its last reading."""

    id: str
    name: str
    area: str
    level: str | None
    quantity: str
    unit: str
    value: float | None
    at: datetime | None
    silent: bool


class EnvironmentReport(Wire):
    """The air now, as the page's card and sensor by sensor."""

    card: AirQualityCard
    sensors: list[SensorReport]


def router(desk: Desk) -> APIRouter:
    """The routes of `/v1/environment`."""
    routes = APIRouter(prefix="/v1", tags=["environment"])

    @routes.get("/environment")
    def environment(language: Language = "en") -> EnvironmentReport:
        """Readings, index and sensor health."""
        context = desk.context(language)
        air = context.environment.air(context.now)
        sensors = [
            SensorReport(
                id=sensor.id, name=in_language(sensor.name, language), area=in_language(sensor.area, language), level=sensor.level,
                quantity=sensor.quantity, unit=sensor.unit, value=sensor.last.value if sensor.last and not sensor.silent else None,
                at=sensor.last.at if sensor.last else None, silent=sensor.silent,
            )
            for sensor in air.sensors
        ]  # fmt: skip
        return EnvironmentReport(card=card(context, air), sensors=sensors)

    return routes
