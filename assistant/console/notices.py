"""Notices to travellers: written side by side in each language, told while they are in force, gone by themselves."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends
from pydantic import Field

from assistant.accounts.access import Access
from assistant.accounts.models import Change, Visitor
from assistant.answers import closing
from assistant.answers.context import Context
from assistant.answers.desk import Desk
from assistant.console.door import Door, Key
from assistant.content.checks import LONGEST_S, seconds
from assistant.conversation.models import Wire
from assistant.errors import BadRequest, NotFound
from assistant.knowledge.notices import Notice, NoticeKind, store
from assistant.knowledge.notices.models import LONGEST, MOST_NAMED
from assistant.text import plain

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Text = Annotated[str, Field(max_length=LONGEST, pattern=r"^[^\x00-\x1f\x7f]*$")]
Id = Annotated[str, Field(min_length=1, max_length=200)]
OFFERED = 60
"""Stations offered to choose from, the most reached first."""


class NoticeText(Wire):
    """A notice as it is written. Times without an offset are the station's."""

    kind: NoticeKind
    texts: dict[Language, Text] = Field(max_length=12)
    since: datetime
    until: datetime
    stops: list[Id] = Field(default=[], max_length=MOST_NAMED)
    """GTFS `stop_id`s; with no line either, it is about this station."""
    lines: list[Id] = Field(default=[], max_length=MOST_NAMED)
    """GTFS `route_id`s."""


class NoticeEdit(NoticeText):
    """Other words for one that is still at `version`."""

    version: int = Field(ge=1)


class NoticeView(Wire):
    """A notice."""

    id: str
    kind: NoticeKind
    texts: Mapping[str, str]
    missing: Sequence[str]
    """Languages of the station that it has no text in; there it is told in another one."""
    since: datetime
    until: datetime
    stops: Sequence[str]
    lines: Sequence[str]
    state: Literal["now", "planned", "past"]
    version: int


class Named(Wire):
    """A line or a station to choose."""

    id: str
    name: str


class NoticesView(Wire):
    """Every notice: those in force, then planned ones, then past ones."""

    notices: Sequence[NoticeView]
    languages: Sequence[str]
    lines: Sequence[Named]
    stops: Sequence[Named]
    now: datetime
    """The station's time."""


def router(door: Door, desk: Desk) -> APIRouter:
    """The routes of `/notices`."""
    routes, access = APIRouter(prefix="/notices", tags=["notices"]), door.access
    editor = Depends(door.editor)

    @routes.get("", dependencies=[Depends(door.viewer)])
    def notices() -> NoticesView:
        """What is told to travellers, what will be, and what was."""
        context = _context(desk)
        with access.database.reading() as session:
            found = [_view(one, context) for one in store.listed(session)]
        order = {"now": 0, "planned": 1, "past": 2}
        known = context.knowledge
        return NoticesView(
            notices=sorted(found, key=lambda one: order[one.state]), languages=desk.languages, now=context.now,
            lines=[Named(id=line.id, name=line.name) for line in known.lines(context.language)],
            stops=[Named(id=stop.id, name=stop.name) for stop in known.popular_destinations(context.language, OFFERED)],
        )  # fmt: skip

    @routes.post("", status_code=201)
    def add(new: Annotated[NoticeText, Body()], by: Annotated[Visitor, editor]) -> NoticeView:
        """A new notice; it is told as soon as it is in force."""
        context, key = _context(desk), store.identity()
        said = _written(context, new)
        with access.recorded(Change(actor=by.account.id, action="notice.made", object=f"notice:{key}", after=said.kind)) as session:
            made = store.add(session, key, said, by.account.id, access.now(), context.now)
        return _told(access, context, made)

    @routes.put("/{notice_id}")
    def change(notice_id: Key, to: Annotated[NoticeEdit, Body()], by: Annotated[Visitor, editor]) -> NoticeView:
        """Other words or times, where the notice is still as it was read."""
        context = _context(desk)
        said = _written(context, to)
        line = Change(
            actor=by.account.id, action="notice.changed", object=f"notice:{notice_id}", before=f"v{to.version}", after=f"v{to.version + 1}"
        )
        with access.recorded(line) as session:
            made = store.change(session, notice_id, said, to.version, access.now())
        return _told(access, context, made)

    @routes.delete("/{notice_id}", status_code=204)
    def remove(notice_id: Key, by: Annotated[Visitor, editor]) -> None:
        """It is told no more."""
        with access.recorded(Change(actor=by.account.id, action="notice.erased", object=f"notice:{notice_id}")) as session:
            store.remove(session, notice_id)
        _context(desk).knowledge.notices.refresh(store.reader(access.database))

    return routes


def _context(desk: Desk) -> Context:
    """The console is in English; where the station is not, in its first language."""
    return desk.context("en" if "en" in desk.languages else desk.languages[0])


def _told(access: Access, context: Context, made: Notice) -> NoticeView:
    context.knowledge.notices.refresh(store.reader(access.database))
    return _view(made, context)


def _written(context: Context, new: NoticeText) -> store.Written:
    """What is to be kept. Raises BadRequest, NotFound."""
    texts = {language: words for language, said in new.texts.items() if (words := plain(said, LONGEST))}
    if not texts:
        raise BadRequest("a notice needs a text", code="notice-empty")
    if unknown := set(texts) - set(context.settings.languages):
        raise BadRequest(f"this station does not speak {', '.join(sorted(unknown))}", code="unknown-language")
    if any(seconds(words, language) > LONGEST_S for language, words in texts.items()):
        raise BadRequest(f"a notice takes at most {LONGEST_S:.0f} seconds to hear", code="notice-too-long")
    since, until = closing.span(context, new.since, new.until, what="a notice", code="notice-times")
    if until is None:
        raise BadRequest("a notice has an end", code="notice-times")
    known = context.knowledge
    if any(known.stop(stop, context.language) is None for stop in new.stops) or any(
        known.line(line, context.language) is None for line in new.lines
    ):
        raise NotFound("a notice is about stops and lines of the timetable", code="unknown-target")
    return store.Written(
        kind=new.kind, texts=texts, since=since, until=until, stops=tuple(dict.fromkeys(new.stops)), lines=tuple(dict.fromkeys(new.lines))
    )


def _view(one: Notice, context: Context) -> NoticeView:
    state: Literal["now", "planned", "past"] = "past" if one.until <= context.now else "planned" if one.since > context.now else "now"
    return NoticeView(
        id=one.id, kind=one.kind, texts=one.texts, missing=[code for code in context.settings.languages if code not in one.texts],
        since=closing.local(one.since, context), until=closing.local(one.until, context), stops=one.stops,
        lines=one.lines, state=state, version=one.version,
    )  # fmt: skip
