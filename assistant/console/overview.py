"""What works, what is warned of, what the sensors say, which model answers, and until when the timetable holds."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Literal

from fastapi import APIRouter, Depends

from assistant.alarm.views import AlertView
from assistant.answers.desk import Desk
from assistant.console.door import Door
from assistant.conversation.health import Health
from assistant.conversation.models import Wire
from assistant.environment.models import SensorState
from assistant.reports.reports import Reports
from assistant.reports.store import MOST
from assistant.restarting import Restart

type State = Literal["ready", "degraded", "down"]


class Warned(Wire):
    """An alert that stands, for travellers or for staff only."""

    id: str
    headline: dict[str, str]
    severity: str
    life_safety: bool
    since: datetime


class SensorView(Wire):
    """A sensor as it is now."""

    id: str
    name: dict[str, str]
    quantity: str
    unit: str
    value: float | None
    measured_at: datetime | None
    silent: bool


class Timetable(Wire):
    """The feed in use."""

    state: Literal["valid", "expired", "not_yet", "none"]
    start: date | None
    end: date | None
    imported_at: datetime
    version: str


class Overview(Wire):
    """The machine at a glance."""

    status: State
    components: dict[str, State]
    clock_trusted: bool
    alerts: Sequence[Warned]
    sensors: Sequence[SensorView]
    timetable: Timetable
    model: str | None
    """Name of the dialogues' model in use; None where touch has to do."""
    reports_waiting: int
    restart_due: bool
    """Content is live that only a start takes up: it comes by itself as soon as it troubles nobody."""
    content_problem: str | None
    """Why the content of the live release is not in service, and something else stands in for it."""


def router(
    door: Door, health: Callable[[], Health], desk: Desk, alerts: Callable[[], Sequence[AlertView]], reports: Reports,
    model: Callable[[], str | None], restart: Restart,
) -> APIRouter:  # fmt: skip
    """The route `/overview`."""
    routes = APIRouter(tags=["overview"], dependencies=[Depends(door.viewer)])

    @routes.get("/overview")
    def overview() -> Overview:
        """What works now, and what wants to be looked after."""
        now, context = health(), desk.context(desk.languages[0])
        states = (*context.environment.air(context.now).sensors, *context.environment.detectors(context.now))
        return Overview(
            status=now.status, components=now.components, clock_trusted=context.clock_trusted,
            alerts=[_warned(alert) for alert in alerts()], sensors=[_sensor(state) for state in states],
            timetable=_timetable(desk), model=model(),
            reports_waiting=len(reports.listed(limit=MOST, waiting=True)), restart_due=restart.due, content_problem=restart.problem,
        )  # fmt: skip

    return routes


def _warned(alert: AlertView) -> Warned:
    return Warned(id=alert.id, headline=alert.headline, severity=alert.severity, life_safety=alert.life_safety, since=alert.since)


def _timetable(desk: Desk) -> Timetable:
    context = desk.context(desk.languages[0])
    validity = context.knowledge.validity()
    return Timetable(
        state=context.knowledge.expired(context.now), start=validity.start, end=validity.end, imported_at=validity.imported_at,
        version=validity.version,
    )  # fmt: skip


def _sensor(state: SensorState) -> SensorView:
    last = state.last
    return SensorView(
        id=state.id, name=state.name, quantity=state.quantity, unit=state.unit, value=last.value if last else None,
        measured_at=last.at if last else None, silent=state.silent,
    )  # fmt: skip
