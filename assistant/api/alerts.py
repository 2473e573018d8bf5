"""Warnings: what stands, warnings in from listed senders, and their end by staff."""

from collections.abc import Callable, Iterable
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from assistant import log
from assistant.alarm.book import Book
from assistant.alarm.cap.write import write
from assistant.alarm.intake import Intake, Via, known_token
from assistant.alarm.models import Standing
from assistant.alarm.view import by_rank
from assistant.alarm.views import AlertView
from assistant.api.outages import REFUSALS
from assistant.api.tokens import requires
from assistant.conversation.models import Problem, Wire
from assistant.errors import NotAllowed, NotFound
from assistant.settings import Settings, Token

CAP = "application/cap+xml"
DISCLAIMER = "Information only. Not a fire detection, alarm or voice-evacuation system; follow the certified alarm and staff."
UNKNOWN: dict[int | str, dict[str, object]] = {404: {"model": Problem}}
INVALID: dict[int | str, dict[str, object]] = {**REFUSALS, 400: {"model": Problem}, 413: {"model": Problem}}
CAP_BODY = {"requestBody": {"required": True, "content": {CAP: {"schema": {"type": "string", "format": "binary"}}}}}
CAP_ANSWER: dict[int | str, dict[str, object]] = {200: {"content": {CAP: {"schema": {"type": "string", "format": "binary"}}}}}


class AlertList(Wire):
    """What stands now: life safety first, then by colour, then the newest."""

    alerts: list[AlertView]
    durable: bool
    """False where a restart would forget alerts, because the disk takes nothing."""
    disclaimer: str = DISCLAIMER


class AlertOne(Wire):
    """One alert."""

    alert: AlertView
    disclaimer: str = DISCLAIMER


class TakenIn(Wire):
    """What a message did."""

    action: Literal["stands", "updated", "ended", "ignored"]
    id: str | None
    """Of the alert; none for an Ack or an Error."""
    life_safety: bool
    durable: bool
    """False where a restart would forget it."""


def router(
    settings: Settings, book: Book, intake: Intake, view: Callable[[Standing], AlertView], end: Callable[[str, str], bool],
    tokens: Iterable[Token] | None = None,
) -> APIRouter:  # fmt: skip
    """The routes of `/v1/alerts`; `view` adds the ways out that the map knows, `end` ends an alert for staff.

    `tokens` are those that are let in, where they are more than those of the settings.
    """
    tokens = settings.tokens if tokens is None else tokens
    routes = APIRouter(prefix="/v1/alerts", tags=["alerts"])
    sender, operator = Depends(requires(tokens, "alert")), Depends(requires(tokens, "operate"))

    @routes.get("")
    def alerts() -> AlertList:
        """The alerts that stand now. The kiosk is no certified alarm system."""
        return AlertList(alerts=[view(one) for one in by_rank(book.standing())], durable=book.durable)

    @routes.get("/{alert_id}", response_model=AlertOne, responses={**UNKNOWN, **CAP_ANSWER})
    def alert(alert_id: str, request: Request) -> AlertOne | Response:
        """One alert, as JSON or, with `Accept: application/cap+xml`, as its newest CAP 1.2 message."""
        one = book.find(alert_id)
        if one is None:
            raise NotFound("no alert of this id stands now", code="alert-not-found")
        return Response(_cap(one), media_type=CAP) if CAP in request.headers.get("accept", "") else AlertOne(alert=view(one))

    @routes.post("", status_code=201, openapi_extra=CAP_BODY, responses={**INVALID, 200: {"model": TakenIn}})
    async def take(request: Request, response: Response, by: Annotated[str, sender]) -> TakenIn:
        """Takes in a CAP 1.2 message of a listed sender: 201 for an alert that stands now, 200 for an update or an end.

        It is on the disk when this answers, unless `durable` is false.
        """
        if not known_token(settings.alerts.senders, by):
            raise NotAllowed("no sender under alerts.senders is listed with this token", code="alert-unknown-sender")
        taken = await run_in_threadpool(intake.take, await request.body(), Via(kind="token", name=by))
        durable = await run_in_threadpool(book.flush)
        if taken.action == "stands":
            response.headers["Location"] = f"/v1/alerts/{taken.id}"
        else:
            response.status_code = 200
        return TakenIn(action=taken.action, id=taken.id, life_safety=taken.life_safety, durable=durable)

    @routes.delete("/{alert_id}", status_code=204, responses={**REFUSALS, **UNKNOWN})
    def clear(alert_id: str, by: Annotated[str, operator]) -> None:
        """Ends an alert at this kiosk, whoever raised it; the log says whose token did."""
        if not end(alert_id, by):
            raise NotFound("no alert of this id stands now", code="alert-not-found")
        book.flush()

    return routes


def _cap(one: Standing) -> bytes:
    try:
        return write(one.alert)
    except ValueError as error:
        log.failure("alert_not_cap", error)
        raise NotFound("this alert cannot be said in CAP; ask for JSON", code="alert-without-cap") from None
