"""Ways through the station, and maps of its levels."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from assistant.answers import level_map
from assistant.answers.context import Context, resolve
from assistant.answers.desk import Desk
from assistant.answers.models import row
from assistant.answers.wayfinding import route_card
from assistant.api.outages import OutageRow, outage_row
from assistant.api.parameters import Language
from assistant.api.problems import TITLES
from assistant.conversation.models import Problem, RouteCard, SourceRow, Wire
from assistant.errors import NotFound
from assistant.knowledge.models import Route

Key = Annotated[str, Query(max_length=100)]
Start = Annotated[str | None, Query(alias="from", max_length=100)]
SVG_HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox"}
"""A map runs nothing and loads nothing, also where it is opened by itself."""


class FoundRoute(Wire):
    """A way through the station."""

    route: RouteCard
    sources: list[SourceRow]


class NoRoute(Problem):
    """There is no way now."""

    outages: list[OutageRow]
    """What is out of order on the way that would be taken."""


def router(desk: Desk) -> APIRouter:
    """The routes of `/v1/routes`."""
    routes = APIRouter(prefix="/v1", tags=["station"])

    @routes.get("/routes", response_model=FoundRoute, responses={404: {"model": NoRoute}})
    def route(to: Key, start: Start = None, step_free: bool = False, language: Language = "en") -> FoundRoute | Response:
        """The way from the kiosk, or from the stop or place `from`, to the stop or place `to`, by the ways that are open now."""
        context = desk.context(language)
        origin, goal = _spot(context, start) if start else None, _spot(context, to)
        found = context.knowledge.route(origin=origin, goal=goal, step_free=step_free, language=language)
        if found is None:
            return _no_route(context, origin, goal, step_free=step_free)
        sources = {(step.source.table, step.source.key): row(step.source) for step in found.steps}
        return FoundRoute(route=route_card(context, found, origin=origin, step_free=step_free), sources=list(sources.values()))

    @routes.get("/routes/map", response_class=Response, responses={200: {"content": {"image/svg+xml": {}}, "description": "An SVG."}})
    def level(
        level: Key, to: Annotated[str | None, Query(max_length=100)] = None, start: Start = None, step_free: bool = False,
        language: Language = "en",
    ) -> Response:  # fmt: skip
        """A map of a level, heading up, with the way to `to` where there is one; its words are in `maps` of /v1/routes."""
        context = desk.context(language)
        found: Route | None = None
        if to is not None:
            origin = _spot(context, start) if start else None
            found = context.knowledge.route(origin=origin, goal=_spot(context, to), step_free=step_free, language=language)
        return Response(level_map.image(context, level, found), media_type="image/svg+xml", headers=SVG_HEADERS)

    return routes


def _spot(context: Context, said: str) -> str:
    """The stop or place of the station that a parameter means, by id or by name. Raises NotFound."""
    if context.knowledge.spot(said, context.language) is not None:
        return said
    found = resolve(context, said, {"place"})
    if found.match is None:
        raise NotFound("the station has no such stop or place; ids and names are in /v1/places?q=", code="unknown-place")
    return found.match.id


def _no_route(context: Context, origin: str | None, goal: str, *, step_free: bool) -> Response:
    outages = context.knowledge.obstacles(origin=origin, goal=goal, step_free=step_free)
    name = "step-free route" if step_free else "route"
    problem = NoRoute(
        title=TITLES[404], status=404, code=f"no-{name.replace(' ', '-')}", detail=f"There is no {name} now; staff can help.",
        outages=[outage_row(outage, context.now) for outage in outages],
    )  # fmt: skip
    return JSONResponse(problem.model_dump(mode="json"), 404, media_type="application/problem+json")
