"""Lifts, escalators, gates and entrances: what there is, what is out of order, and who says so. It holds from the next answer on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Path
from pydantic import Field

from assistant.accounts.models import Change, Visitor
from assistant.answers import closing
from assistant.answers.context import Context
from assistant.answers.desk import Desk
from assistant.console.door import Door
from assistant.conversation.models import Wire
from assistant.errors import BadRequest, Conflict, NotFound
from assistant.knowledge.indoor import Closable
from assistant.knowledge.models import Outage
from assistant.knowledge.outages import LONGEST_REASON, MOST_TARGETS

Target = Annotated[str, Field(min_length=1, max_length=200)]
Reason = Annotated[str, Field(max_length=LONGEST_REASON, pattern=r"^[^\x00-\x1f\x7f]*$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
OutageId = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}$")]


class NewOutage(Wire):
    """Something that cannot be used from now on, or from a later moment. Times without an offset are the station's."""

    targets: list[Target] = Field(min_length=1, max_length=MOST_TARGETS)
    reasons: dict[Language, Reason] = Field(default={}, max_length=12)
    """Language → why, for travellers; none is fine."""
    since: datetime | None = None
    until: datetime | None = None
    """When it is expected to work again; by default until somebody says so."""


class ThingView(Wire):
    """Something that can be out of order."""

    id: str
    kind: str
    name: str
    platform: str | None
    start: str | None
    goal: str | None
    start_level: str | None
    goal_level: str | None


class OutageView(Wire):
    """Something that is out of order, or will be."""

    id: str
    targets: list[str]
    reason: str
    reasons: Mapping[str, str]
    since: datetime
    until: datetime | None
    origin: Literal["realtime", "mqtt", "api"]
    """Who says so; `api` is the console or a program with a token, and only that can be ended here."""
    active: bool


class OutagesView(Wire):
    """What there is, and what of it is out of order."""

    things: Sequence[ThingView]
    outages: Sequence[OutageView]
    languages: Sequence[str]
    now: datetime
    """The station's time."""


def router(door: Door, desk: Desk) -> APIRouter:
    """The routes of `/outages`."""
    routes, access = APIRouter(prefix="/outages", tags=["outages"]), door.access

    @routes.get("", dependencies=[Depends(door.viewer)])
    def outages() -> OutagesView:
        """Everything that can be out of order, and what is, whoever said so."""
        context = desk.context(_language(desk))
        return OutagesView(
            things=[_thing(one) for one in context.knowledge.closables(context.language)],
            outages=[_view(one, context) for one in context.knowledge.outages.listed(context.now)],
            languages=desk.languages, now=context.now,
        )  # fmt: skip

    @routes.post("", status_code=201)
    def close(new: Annotated[NewOutage, Body()], by: Annotated[Visitor, Depends(door.editor)]) -> OutageView:
        """Tells that something is out of order: ways lead around it at once."""
        context = desk.context(_language(desk))
        if unknown := set(new.reasons) - set(desk.languages):
            raise BadRequest(f"this station does not speak {', '.join(sorted(unknown))}", code="unknown-language")
        told = {language: words for language, words in new.reasons.items() if words.strip()}
        outage = closing.outage(
            context, new.targets, since=new.since, until=new.until, reason=next(iter(told.values()), ""), reasons=told
        )  # fmt: skip
        after = ",".join(outage.targets)[:160]
        with access.recorded(Change(actor=by.account.id, action="outage.told", object=f"outage:{outage.id}", after=after)):
            context.knowledge.outages.add(outage)
        return _view(outage, context)

    @routes.delete("/{outage_id}", status_code=204)
    def reopen(outage_id: OutageId, by: Annotated[Visitor, Depends(door.editor)]) -> None:
        """Tells that it works again. What another source said, that source takes back."""
        register = desk.context(_language(desk)).knowledge.outages
        outage = next((one for one in register.listed() if one.id == outage_id), None)
        if outage is None:
            raise NotFound("no outage has this id", code="outage-not-found")
        if outage.origin != "api":
            raise Conflict("another source told this, and takes it back itself", code="outage-of-another-source")
        before = ",".join(outage.targets)[:160]
        with access.recorded(Change(actor=by.account.id, action="outage.ended", object=f"outage:{outage.id}"[:160], before=before)):
            register.remove(outage.id)

    return routes


def _language(desk: Desk) -> str:
    """The console is in English; where the station is not, in its first language."""
    return "en" if "en" in desk.languages else desk.languages[0]


def _thing(one: Closable) -> ThingView:
    return ThingView(
        id=one.id, kind=one.kind, name=one.name, platform=one.platform, start=one.start, goal=one.goal,
        start_level=one.start_level, goal_level=one.goal_level,
    )  # fmt: skip


def _view(outage: Outage, context: Context) -> OutageView:
    return OutageView(
        id=outage.id, targets=list(outage.targets), reason=outage.reason, reasons=dict(outage.reasons),
        since=closing.local(outage.since, context), until=closing.local(outage.until, context) if outage.until else None,
        origin=outage.origin, active=outage.since <= context.now,
    )  # fmt: skip
