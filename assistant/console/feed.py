"""The timetable: which one is in service, which others are known, what the last look found, and a newer one by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit

import anyio.to_thread
from fastapi import APIRouter, Depends, Request
from starlette.requests import ClientDisconnect

from assistant.accounts.models import Change, Visitor
from assistant.answers.desk import Desk
from assistant.console.door import Door, Key
from assistant.conversation.models import Wire
from assistant.errors import BadRequest, Conflict, NotFound
from assistant.knowledge.refresh import KnownFeed, Outcome, Refresher, Shelf
from assistant.knowledge.refresh.upload import Upload
from assistant.settings import Settings

UPLOAD = ("POST", "/console/api/feed/upload")
"""The one call whose body may be larger than others."""
SHORT = 12
"""Hex digits of a feed's hash that name it here."""
Origin = Literal["station", "url", "stick", "hand"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """The station's timetable, as far as the console may look at it and change it."""

    settings: Settings
    shelf: Shelf
    refresher: Refresher
    upload: Upload

    @classmethod
    def of(cls, settings: Settings, refresher: Refresher) -> "Feeds":
        """Over the state folder of the settings."""
        shelf = Shelf(settings)
        return cls(settings=settings, shelf=shelf, refresher=refresher, upload=Upload(refresher, shelf.folder, settings.feed.limit_mb))


class FindingView(Wire):
    """What is wrong with a timetable, or what of it was left out."""

    severity: Literal["error", "warning", "info"]
    code: str
    message: str
    file: str | None
    line: int | None
    count: int


class OutcomeView(Wire):
    """What came of the last look."""

    at: datetime
    origin: Origin
    result: Literal["taken", "kept", "unchanged", "refused", "failed"]
    code: str | None
    message: str | None
    hint: str | None
    findings: Sequence[FindingView]
    version: str | None
    start: date | None
    end: date | None


class KnownView(Wire):
    """A timetable that was found good."""

    id: str
    origin: Origin
    version: str
    start: date
    end: date
    taken_at: datetime
    state: Literal["valid", "not_yet", "expired"]
    in_service: bool
    at_hand: bool


class FeedView(Wire):
    """The timetable at a glance."""

    state: Literal["valid", "not_yet", "expired", "none"]
    version: str
    start: date | None
    end: date | None
    imported_at: datetime
    known: Sequence[KnownView]
    """The newest first."""
    last: OutcomeView | None
    lost: bool
    """The last work that somebody asked for ended without a trace."""
    work: Literal["none", "look", "hand", "back", "stick", "bring-in"]
    """What is being done now."""
    address: str | None
    """Host that newer ones come from; it stands in the station file."""
    next_at: datetime | None
    limit_mb: float


def router(door: Door, desk: Desk, feeds: Feeds) -> APIRouter:
    """The routes of `/feed`."""
    routes, access = APIRouter(prefix="/feed", tags=["feed"]), door.access
    publisher, refresher = Depends(door.publisher), feeds.refresher

    @routes.get("", dependencies=[Depends(door.viewer)])
    def feed() -> FeedView:
        """What is in service, what else is known, and what the last look found."""
        return _view(desk, feeds)

    @routes.post("/look", status_code=202)
    def look(by: Annotated[Visitor, publisher]) -> FeedView:
        """Looks at the address of the station file now."""
        if feeds.settings.feed.url is None:
            raise Conflict("no address is set", code="feed-no-address")
        feeds.upload.check()
        with access.recorded(Change(actor=by.account.id, action="feed.looked", object="feed:address")):
            refresher.ask(("look",))
        return _view(desk, feeds)

    @routes.post("/upload", status_code=202, openapi_extra={"requestBody": {"content": {"application/zip": {}}, "required": True}})
    async def upload(request: Request, by: Annotated[Visitor, publisher]) -> FeedView:
        """Takes a zip as the body, checks it whole, and puts it into service if it is good; else the old one stays."""
        try:
            await feeds.upload.receive(request.stream())
        except ClientDisconnect:
            raise BadRequest("the upload broke off", code="feed-broken-off") from None

        def hand_over() -> FeedView:
            try:
                with access.recorded(Change(actor=by.account.id, action="feed.uploaded", object="feed:hand")):
                    feeds.upload.hand_over()
            except Exception:
                feeds.upload.forget()
                raise
            return _view(desk, feeds)

        return await anyio.to_thread.run_sync(hand_over)

    @routes.post("/known/{feed_id}/return", status_code=202)
    def put_back(feed_id: Key, by: Annotated[Visitor, publisher]) -> FeedView:
        """Puts an earlier timetable into service again; the next newer one takes its place."""
        known = next((one for one in refresher.state().feeds if one.digest.startswith(feed_id)), None)
        if known is None or not feeds.shelf.has(known):
            raise NotFound("this timetable is not at hand any more", code="feed-gone")
        feeds.upload.check()
        with access.recorded(Change(actor=by.account.id, action="feed.returned", object=f"feed:{feed_id}")):
            refresher.ask(("back", feed_id))
        return _view(desk, feeds)

    return routes


def _view(desk: Desk, feeds: Feeds) -> FeedView:
    context, state, job = desk.context(desk.languages[0]), feeds.refresher.state(), feeds.refresher.busy()
    validity, url = context.knowledge.validity(), feeds.settings.feed.url
    return FeedView.model_validate({
        "state": context.knowledge.expired(context.now), "version": validity.version, "start": validity.start, "end": validity.end,
        "imported_at": validity.imported_at, "last": state.last and _outcome(state.last), "lost": feeds.refresher.lost,
        "known": [_known(one, feeds, context.now, state.in_service) for one in state.feeds[::-1]], "work": job[0] if job else "none",
        "address": urlsplit(url).hostname if url else None, "next_at": state.look.next_at if state.look and url else None,
        "limit_mb": feeds.upload.limit_mb,
    })  # fmt: skip


def _known(one: KnownFeed, feeds: Feeds, now: datetime, in_service: str | None) -> KnownView:
    return KnownView(
        id=one.digest[:SHORT], origin=one.origin, version=one.version, start=one.start, end=one.end, taken_at=one.taken_at,
        state=one.state(now), in_service=one.digest == in_service, at_hand=feeds.shelf.has(one),
    )  # fmt: skip


def _outcome(last: Outcome) -> OutcomeView:
    return OutcomeView(
        at=last.at, origin=last.origin, result=last.result, code=last.code, message=last.message, hint=last.hint,
        findings=[FindingView.model_validate(one.model_dump()) for one in last.findings], version=last.version,
        start=last.start, end=last.end,
    )  # fmt: skip
