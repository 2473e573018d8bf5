"""The air: readings, index, sensor health; and readings that boxes push."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Request

from assistant.answers.air_quality import card, day
from assistant.answers.desk import Desk
from assistant.api.parameters import Language
from assistant.api.tokens import Writer, senses
from assistant.conversation.models import AirQualityCard, Problem, Wire
from assistant.environment.messages import senml, sensor_community
from assistant.environment.messages.json_text import LONGEST_B
from assistant.environment.messages.models import Parsed
from assistant.environment.messages.pushed import Pushed
from assistant.environment.models import SensorState
from assistant.errors import AssistantError, BadRequest, TooLarge
from assistant.settings import Sensor, Token
from assistant.text import in_language

SENML: Final = "application/senml+json"


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
    """No reading came in time, or what comes cannot be believed."""
    calibrated: date | None
    """When the sensor was calibrated."""
    band: Literal["fresh", "fair", "stale", "poor"] | None
    """Of carbon dioxide: how well the area is aired."""
    guideline: float | None
    """The last day's mean as a multiple of the guideline of the World Health Organization (2021)."""


class EnvironmentReport(Wire):
    """The air now, as the page's card and sensor by sensor."""

    card: AirQualityCard
    sensors: list[SensorReport]
    """Detectors among them: their value is 1 while they sound, else 0."""


class Counts(Wire):
    """What became of a message of readings."""

    accepted: int
    rejected: int
    """Values that could not be used; what a box sends besides readings is not counted."""


class UnsupportedReadings(AssistantError):
    """A body that is neither SenML nor JSON."""

    code = "unsupported-body"
    status = 415


READINGS_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            SENML: {"schema": {"type": "array", "items": {"type": "object"}, "description": "RFC 8428"}},
            "application/json": {
                "schema": {
                    "type": "object", "required": ["sensordatavalues"], "description": "As airRohr boxes of sensor.community post it",
                    "properties": {
                        "sensordatavalues": {
                            "type": "array",
                            "items": {"type": "object", "properties": {"value_type": {"type": "string"}, "value": {"type": "string"}}},
                        }
                    },
                }
            },
        },
    },
    "parameters": [
        {"name": "X-Sensor", "in": "header", "schema": {"type": "string"}, "description": "Of a box of sensor.community: its name"},
        {"name": "X-PIN", "in": "header", "schema": {"type": "string"}, "description": "The same: which part of it, a number"},
    ],
}  # fmt: skip
REFUSALS: dict[int | str, dict[str, object]] = {status: {"model": Problem} for status in (400, 401, 403, 404, 413, 415)}


def router(desk: Desk, sensors: Sequence[Sensor] = (), tokens: Iterable[Token] = ()) -> APIRouter:
    """The routes of `/v1/environment`."""
    routes = APIRouter(prefix="/v1", tags=["environment"])
    pushed = Pushed(sensors)

    @routes.get("/environment")
    def environment(language: Language = "en") -> EnvironmentReport:
        """Readings, index and sensor health."""
        context = desk.context(language)
        air = context.environment.air(context.now)
        states = {state.id: state for state in (*air.sensors, *context.environment.detectors(context.now))}
        listed = [states[sensor.id] for sensor in context.settings.sensors if sensor.id in states]
        return EnvironmentReport(card=card(context, air, day(context, air)), sensors=[_report(state, language) for state in listed])

    @routes.post("/environment/readings", openapi_extra=READINGS_BODY, responses=REFUSALS)
    async def push(request: Request, writer: Annotated[Writer, Depends(senses(tokens))]) -> Counts:
        """Takes readings of the sensors that wait for them, SenML or as boxes of sensor.community send them."""
        context = desk.context(desk.languages[0])
        taken = pushed.take(_parsed(request, await request.body(), context.now), writer.sensors, context.environment.record)
        return Counts(accepted=taken.accepted, rejected=taken.rejected.total())

    return routes


def _report(sensor: SensorState, language: str) -> SensorReport:
    return SensorReport(
        id=sensor.id, name=in_language(sensor.name, language), area=in_language(sensor.area, language), level=sensor.level,
        quantity=sensor.quantity, unit=sensor.unit, value=sensor.last.value if sensor.last and not sensor.silent else None,
        at=sensor.last.at if sensor.last else None, silent=sensor.silent, calibrated=sensor.last.calibrated if sensor.last else None,
        band=sensor.band, guideline=sensor.guideline,
    )  # fmt: skip


def _parsed(request: Request, body: bytes, now: datetime) -> Parsed:
    """What a body says, by its type and shape. Raises TooLarge, UnsupportedReadings or BadRequest; nothing of it is repeated."""
    if len(body) > LONGEST_B:
        raise TooLarge(f"readings come in messages of {LONGEST_B // 1000} kB at most")
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().casefold()
    if kind not in (SENML, "application/json"):
        raise UnsupportedReadings(f"readings are {SENML} or application/json")
    if kind == SENML or body.lstrip()[:1] == b"[":
        parsed = senml.parse(body, now)
    else:
        parsed = sensor_community.parse(body, request.headers.get("x-sensor", ""), request.headers.get("x-pin", ""), now)
    if not parsed.found and "not-json" in parsed.rejected:
        raise BadRequest("the body is not JSON in UTF-8", code="invalid-input")
    return parsed
