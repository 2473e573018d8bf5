"""Lifts, escalators and gates out of order: told by operators, listed for everybody."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Response
from pydantic import Field

from assistant.answers import closing
from assistant.answers.desk import Desk
from assistant.answers.models import row
from assistant.api.tokens import requires
from assistant.conversation.models import Problem, SourceRow, Wire
from assistant.errors import NotAllowed, NotFound
from assistant.knowledge.models import Outage
from assistant.knowledge.outages import LONGEST_REASON, MOST_TARGETS
from assistant.settings import Token

Target = Annotated[str, Field(min_length=1, max_length=200)]
REFUSALS: dict[int | str, dict[str, object]] = {401: {"model": Problem}, 403: {"model": Problem}}


class NewOutage(Wire):
    """Something that cannot be used. Times without an offset are the station's."""

    targets: list[Target] = Field(min_length=1, max_length=MOST_TARGETS)
    """Ids of pathways, facilities, stops or places of this station."""
    reason: str = Field(default="", max_length=LONGEST_REASON, pattern=r"^[^\x00-\x1f\x7f]*$")
    since: datetime | None = None
    """Now by default."""
    until: datetime | None = None
    """By default until it is taken back."""


class OutageRow(Wire):
    """Something that cannot be used."""

    id: str
    targets: list[str]
    reason: str
    since: datetime
    until: datetime | None
    origin: Literal["realtime", "mqtt", "api"]
    active: bool
    """False for one that is still to come."""
    source: SourceRow


class Outages(Wire):
    """What is out of order, the oldest first."""

    outages: list[OutageRow]


def router(desk: Desk, tokens: Iterable[Token]) -> APIRouter:
    """The routes of `/v1/outages`."""
    routes = APIRouter(prefix="/v1/outages", tags=["outages"])
    operator = Depends(requires(tokens, "operate"))

    @routes.get("")
    def outages() -> Outages:
        """What is out of order now or will be, whoever said so."""
        context = desk.context(desk.languages[0])
        return Outages(outages=[outage_row(outage, context.now) for outage in context.knowledge.outages.listed(context.now)])

    @routes.post("", status_code=201, dependencies=[operator], responses=REFUSALS)
    def report(new: Annotated[NewOutage, Body()], response: Response) -> OutageRow:
        """Tells that something is out of order: routes lead around it at once."""
        context = desk.context(desk.languages[0])
        outage = closing.outage(context, new.targets, since=new.since, until=new.until, reason=new.reason)
        context.knowledge.outages.add(outage)
        response.headers["Location"] = f"/v1/outages/{outage.id}"
        return outage_row(outage, context.now)

    @routes.delete("/{outage_id}", status_code=204, dependencies=[operator], responses={**REFUSALS, 404: {"model": Problem}})
    def take_back(outage_id: str) -> None:
        """Tells that it works again."""
        register = desk.context(desk.languages[0]).knowledge.outages
        outage = next((outage for outage in register.listed() if outage.id == outage_id), None)
        if outage is None:
            raise NotFound("no outage has this id", code="outage-not-found")
        if outage.origin != "api":
            raise NotAllowed("this outage was not told here: its own source takes it back", code="outage-of-another-source")
        register.remove(outage_id)

    return routes


def outage_row(outage: Outage, now: datetime) -> OutageRow:
    """An outage as the API shows it."""
    return OutageRow(
        id=outage.id, targets=list(outage.targets), reason=outage.reason, since=outage.since, until=outage.until, origin=outage.origin,
        active=outage.since <= now, source=row(outage.source),
    )  # fmt: skip
