"""The station's own data: departures and places."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from assistant.answers.context import Context, resolve
from assistant.answers.desk import Desk
from assistant.answers.facilities import place_card
from assistant.answers.models import row
from assistant.answers.timetable import departure_row, refusal
from assistant.conversation.models import DepartureRow, PlaceCard, SourceRow, Wire
from assistant.errors import BadRequest, NotFound, Unavailable

Name = Annotated[str | None, Query(max_length=100)]
FIRST_YEAR, LAST_YEAR = 1900, 9000
"""Beyond these, offsets lead out of the calendar."""
Language = Annotated[str, Query(pattern="^[a-z]{2,3}$")]


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
        line: Name = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 10,
        language: Language = "en",
    ) -> Departures:
        """Next departures of the station, or of the stop `from`, to `to`, from `at` on."""
        context = desk.context(language)
        if refused := refusal(context):
            raise Unavailable(refused.replies[0].text, code="no-valid-timetable")
        moment = _moment(at, context)
        found = context.knowledge.departures(
            stop_id=_known(context, start, "stop"), destination=_known(context, to, "stop"), line=_known(context, line, "line"),
            at=moment, limit=limit, language=language,
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


def _moment(at: datetime | None, context: Context) -> datetime:
    if at is None:
        return context.now
    zone = context.now.tzinfo
    if FIRST_YEAR < at.year < LAST_YEAR:
        moment = at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)
        if context.knowledge.expired(moment) == "valid":
            return moment
    validity = context.knowledge.validity()
    raise BadRequest(f"the timetable holds from {validity.start} to {validity.end}", code="out-of-timetable")


def _known(context: Context, said: str | None, kind: str) -> str | None:
    """The id that a parameter means. Raises NotFound."""
    if said is None:
        return None
    found = resolve(context, said, {kind})
    if found.match is None:
        raise NotFound(f"no such {kind}; ids and names are in /v1/places?q=", code=f"unknown-{kind}")
    return found.match.id
