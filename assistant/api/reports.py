"""Reports to staff: filed by kiosk, staff and other programs, acknowledged by who looks after them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Query, Response
from pydantic import Field

from assistant.answers.desk import Desk
from assistant.api.outages import REFUSALS
from assistant.api.tokens import requires
from assistant.conversation.models import Problem, Wire
from assistant.errors import NotFound
from assistant.reports.models import Report, ReportKind, ReportSource
from assistant.reports.reports import Reports
from assistant.reports.store import MOST
from assistant.settings import Token

UNKNOWN: dict[int | str, dict[str, object]] = {**REFUSALS, 404: {"model": Problem}}


class NewReport(Wire):
    """Something that staff should look after. There is no field for words."""

    kind: ReportKind
    place: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    """Id of a stop or place of this station; by default where the kiosk stands."""
    source: Literal["staff", "api"] = "api"


class ReportRow(Wire):
    """A report, and who has seen it."""

    id: str
    number: int
    """What the traveller was told, where one reported it."""
    kind: ReportKind
    kiosk: str
    place: str | None
    at: datetime
    source: ReportSource
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    """Name of the token that acknowledged it."""


class ReportList(Wire):
    """Reports, the newest first."""

    reports: list[ReportRow]


def router(desk: Desk, register: Reports, tokens: Iterable[Token]) -> APIRouter:
    """The routes of `/v1/reports`."""
    routes = APIRouter(prefix="/v1/reports", tags=["reports"])
    operator = Depends(requires(tokens, "operate"))

    @routes.get("", dependencies=[operator], responses=REFUSALS)
    def reports(limit: Annotated[int, Query(ge=1, le=MOST)] = 100, waiting: bool = False) -> ReportList:
        """The newest reports; with `waiting` those that nobody has acknowledged."""
        return ReportList(reports=[_row(report) for report in register.listed(limit=limit, waiting=waiting)])

    @routes.post("", status_code=201, dependencies=[operator], responses=UNKNOWN)
    def file(new: Annotated[NewReport, Body()], response: Response) -> ReportRow:
        """Files a report: it is on the disk when this answers, and goes to the broker where one is set."""
        if new.place is not None and not _known(desk, new.place):
            raise NotFound("a place is the id of a stop or place of this station", code="unknown-place")
        report = register.add(new.kind, new.source, new.place)
        response.headers["Location"] = f"/v1/reports/{report.id}"
        return _row(report)

    @routes.post("/{report_id}/acknowledgement", responses=UNKNOWN)
    def acknowledge(report_id: str, by: Annotated[str, operator]) -> ReportRow:
        """Tells that somebody looks after it; who said so first stays."""
        return _row(register.acknowledge(report_id, by))

    return routes


def _known(desk: Desk, place: str) -> bool:
    context = desk.context(desk.languages[0])
    found = context.knowledge.places(place_id=place, at=context.now, language=context.language)
    return bool(found) or context.knowledge.spot(place, context.language) is not None


def _row(report: Report) -> ReportRow:
    return ReportRow(
        id=report.id, number=report.number, kind=report.kind, kiosk=report.kiosk, place=report.place, at=report.at, source=report.source,
        acknowledged_at=report.acknowledged_at, acknowledged_by=report.acknowledged_by,
    )  # fmt: skip
