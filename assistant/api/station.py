"""The station's own data: departures and places."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from assistant.answers.desk import Desk
from assistant.answers.facilities import place_card
from assistant.answers.models import row
from assistant.answers.timetable import departure_row
from assistant.api.parameters import Language, Name, check_timetable, known, moment
from assistant.conversation.models import DepartureRow, PlaceCard, SourceRow, Wire


class Departures(Wire):
    """A departures board."""

    departures: list[DepartureRow]


class StopRow(Wire):
    """A stop of the network."""

    id: str
    name: str
    kind: str
    """`stop`, `line` or `place`."""
    source: SourceRow | None = None


class Places(Wire):
    """Facilities of the station, and stops by name."""

    places: list[PlaceCard]
    stops: list[StopRow]


def router(desk: Desk) -> APIRouter:
    """The routes of `/v1/departures` and `/v1/places`."""
    routes = APIRouter(prefix="/v1", tags=["station"])

    @routes.get("/departures")
    def departures(
        start: Annotated[str | None, Query(alias="from", max_length=100)] = None,
        to: Name = None,
        at: datetime | None = None,
        until: datetime | None = None,
        line: Name = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 10,
        language: Language = "en",
    ) -> Departures:
        """Next departures of the station, or of the stop `from`, to `to`, from `at` on, `until` a time."""
        context = desk.context(language)
        check_timetable(context)
        found = context.knowledge.departures(
            stop_id=known(context, start, "stop"), destination=known(context, to, "stop"), line=known(context, line, "line"),
            at=moment(at, context), until=None if until is None else moment(until, context), limit=limit, language=language,
        )  # fmt: skip
        return Departures(departures=[departure_row(context, departure) for departure in found])

    @routes.get("/places")
    def places(q: Name = None, category: Name = None, limit: Annotated[int, Query(ge=1, le=50)] = 20, language: Language = "en") -> Places:
        """Facilities of the station by name or category; stops by name."""
        context = desk.context(language)
        found = context.knowledge.places(category=category, q=q, at=context.now, language=language, limit=limit)
        matches = context.knowledge.match(q, language=language, kinds={"stop"}) if q else []
        stops = [(match, context.knowledge.stop(match.id, language)) for match in matches]
        return Places(
            places=[place_card(context, place, []) for place in found],
            stops=[StopRow(id=stop.id, name=stop.name, kind=match.kind, source=row(stop.source)) for match, stop in stops if stop],
        )

    return routes
