"""Drafts: begun from a release, listed, thrown away."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any

import anyio.from_thread
from fastapi import APIRouter, Body, Depends, Path
from pydantic import Field

from assistant.accounts.access import Access
from assistant.accounts.models import Change, Visitor
from assistant.console.door import Door, Key
from assistant.content.drafts import Draft
from assistant.content.models import SHIPPED
from assistant.content.studio import Studio
from assistant.conversation.models import Wire

RELEASE = rf"^([0-9a-f]{{16}}|{SHIPPED})$"
ReleaseKey = Annotated[str, Path(pattern=RELEASE)]
Named = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
"""One line that somebody typed."""


class DraftView(Wire):
    """A change in the making."""

    id: str
    name: str
    base: str
    """The release that it was begun from."""
    made_by: str
    """Id of an account."""
    made_by_name: str | None
    """None once the account is erased."""
    made_at: datetime
    edited_at: datetime | None
    """When it was last changed, if it was."""
    behind: bool
    """Another release is live than the one it was begun from."""


class DraftList(Wire):
    """The newest first."""

    drafts: Sequence[DraftView]


class NewDraft(Wire):
    """A draft to begin."""

    name: Named
    base: Annotated[str, Field(pattern=RELEASE)] | None = None
    """By default what is live."""


def names(access: Access) -> Callable[[str], str | None]:
    """Names of accounts by id; a name that is no id, as of the command line, is its own."""
    known = {account.id: account.name for account in access.accounts()}
    return lambda who: known.get(who) if len(who) == 12 and set(who) <= set("0123456789abcdef") else who


def router(door: Door, studio: Studio[Any]) -> APIRouter:
    """The routes of `/drafts`."""
    routes, access = APIRouter(prefix="/drafts", tags=["drafts"]), door.access
    viewer, editor = Depends(door.viewer), Depends(door.editor)

    @routes.get("", dependencies=[viewer])
    def drafts() -> DraftList:
        """Every draft, the newest first."""
        named = names(access)
        return DraftList(drafts=[_view(studio, draft, named) for draft in studio.drafts.all()])

    @routes.post("", status_code=201)
    def begin(by: Annotated[Visitor, editor], new: Annotated[NewDraft, Body()]) -> DraftView:
        """A copy of a release, to be edited."""
        base = new.base or studio.releases.active()
        with access.recorded(Change(actor=by.account.id, action="draft.made", object=f"release:{base}")):
            made = studio.drafts.make(new.name, base, by=by.account.id, at=access.now())
        return _view(studio, made, names(access))

    @routes.get("/{draft_id}", dependencies=[viewer])
    def draft(draft_id: Key) -> DraftView:
        """One draft."""
        return _view(studio, studio.drafts.read(draft_id), names(access))

    @routes.delete("/{draft_id}", status_code=204)
    def throw_away(draft_id: Key, by: Annotated[Visitor, editor]) -> None:
        """It is gone, with what ran for it."""
        studio.drafts.folder(draft_id)
        with access.recorded(Change(actor=by.account.id, action="draft.removed", object=f"draft:{draft_id}")):
            anyio.from_thread.run(studio.bench.stop, draft_id)
            studio.bench.tidy(draft_id, gone=True)
            studio.drafts.remove(draft_id)

    return routes


def _view(studio: Studio[Any], draft: Draft, named: Callable[[str], str | None]) -> DraftView:
    edits = studio.drafts.edits(draft.id)
    return DraftView(
        id=draft.id, name=draft.name, base=draft.base, made_by=draft.made_by, made_by_name=named(draft.made_by), made_at=draft.made_at,
        edited_at=edits[-1].at if edits else None, behind=draft.base != studio.releases.active(),
    )  # fmt: skip
