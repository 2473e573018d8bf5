"""Reports to staff: listed, and taken on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from assistant.accounts.models import Change, Visitor
from assistant.console.door import Door, Key
from assistant.conversation.models import Wire
from assistant.reports.models import Report, ReportKind, ReportSource
from assistant.reports.reports import Reports
from assistant.reports.store import MOST


class ReportView(Wire):
    """A report, and who looks after it."""

    id: str
    number: int
    kind: ReportKind
    kiosk: str
    place: str | None
    at: datetime
    source: ReportSource
    acknowledged_at: datetime | None
    acknowledged_by: str | None


class ReportList(Wire):
    """Reports, the newest first."""

    reports: Sequence[ReportView]


def router(door: Door, register: Reports) -> APIRouter:
    """The routes of `/reports`."""
    routes, access = APIRouter(prefix="/reports", tags=["reports"]), door.access

    @routes.get("", dependencies=[Depends(door.viewer)])
    def reports(limit: Annotated[int, Query(ge=1, le=MOST)] = 100, waiting: bool = False) -> ReportList:
        """The newest reports; with `waiting` those that nobody looks after yet."""
        return ReportList(reports=[_view(report) for report in register.listed(limit=limit, waiting=waiting)])

    @routes.post("/{report_id}/acknowledgement")
    def acknowledge(report_id: Key, by: Annotated[Visitor, Depends(door.editor)]) -> ReportView:
        """Tells that somebody looks after it; who said so first stays."""
        report = register.find(report_id)
        with access.recorded(Change(actor=by.account.id, action="report.acknowledged", object=f"report:{report.id}")):
            return _view(register.acknowledge(report.id, by.account.name))

    return routes


def _view(report: Report) -> ReportView:
    return ReportView(
        id=report.id, number=report.number, kind=report.kind, kiosk=report.kiosk, place=report.place, at=report.at, source=report.source,
        acknowledged_at=report.acknowledged_at, acknowledged_by=report.acknowledged_by,
    )  # fmt: skip
