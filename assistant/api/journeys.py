"""Journeys with changes."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from assistant.answers.desk import Desk
from assistant.answers.journey_rows import journey_row
from assistant.api.parameters import Language, check_timetable, known, moment
from assistant.conversation.models import JourneyRow, Wire
from assistant.errors import BadRequest


class Journeys(Wire):
    """Ways to go, the best first; empty where there is none."""

    journeys: list[JourneyRow]


def router(desk: Desk) -> APIRouter:
    """The route of `/v1/journeys`."""
    routes = APIRouter(prefix="/v1", tags=["station"])

    @routes.get("/journeys")
    def journeys(
        to: Annotated[str, Query(max_length=100)],
        start: Annotated[str | None, Query(alias="from", max_length=100)] = None,
        depart_at: datetime | None = None,
        arrive_by: datetime | None = None,
        limit: Annotated[int, Query(ge=1, le=10)] = 3,
        step_free: bool = False,
        language: Language = "en",
    ) -> Journeys:
        """Journeys from the station, or from the stop `from`, to the stop `to`: earliest arrival from `depart_at` on, or latest
        departure to be there by `arrive_by`. Times without an offset are the station's."""
        context = desk.context(language)
        check_timetable(context)
        if depart_at is not None and arrive_by is not None:
            raise BadRequest("a journey has either depart_at or arrive_by", code="two-times")
        found = context.knowledge.journeys(
            origin=known(context, start, "stop"), destination=known(context, to, "stop") or "",
            depart_at=None if arrive_by else moment(depart_at, context), arrive_by=moment(arrive_by, context) if arrive_by else None,
            step_free=step_free, limit=limit, language=language,
        )  # fmt: skip
        return Journeys(journeys=[journey_row(context, journey) for journey in found])

    return routes
