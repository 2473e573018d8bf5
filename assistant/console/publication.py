"""A draft is published: what it changes, what stands in the way, and the step itself."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import anyio.from_thread
from fastapi import APIRouter, Body, Depends
from pydantic import Field

from assistant.accounts.models import Change, Visitor
from assistant.console.door import Door, Key
from assistant.console.drafts import names
from assistant.console.releases import Difference, ReleaseView, compared, release_view
from assistant.content import publishing
from assistant.content.studio import Studio
from assistant.conversation.models import Wire

Lines = Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]


class ReadyView(Wire):
    """What stands in the way of a publication."""

    wrong: int
    proof: Literal["none", "outdated", "running", "failed", "good"]
    trained: bool
    broken: Sequence[str]
    behind: bool
    """Something else was published since the draft was begun."""
    unchanged: bool


class CatchUp(Wire):
    """What to do with files that both the draft and a later release changed."""

    keep: Literal["mine", "live"] | None = None
    """None does nothing where there are some, and lists them."""


class CaughtUp(Wire):
    """The files that both changed."""

    both: Sequence[str]
    done: bool


class Publication(Wire):
    """Why a draft is published."""

    why: Annotated[Lines, Field(min_length=3)]
    """What changed, and why."""
    reason: Lines = ""
    """Why it is published although golden conversations break."""


def router(door: Door, studio: Studio[Any]) -> APIRouter:
    """The routes of `/drafts/{id}/difference`, `…/update` and `…/publication`."""
    routes, access, releases = APIRouter(tags=["releases"]), door.access, studio.releases
    publisher = Depends(door.publisher)

    @routes.get("/drafts/{draft_id}/difference", dependencies=[Depends(door.viewer)])
    def changed(draft_id: Key) -> Difference:
        """What the draft changes of what is live."""
        active = releases.active()
        return compared(active, draft_id, releases.files(active), studio.drafts.files(draft_id))

    @routes.get("/drafts/{draft_id}/publication", dependencies=[Depends(door.viewer)])
    def ready(draft_id: Key) -> ReadyView:
        """What stands in the way of publishing a draft, or nothing."""
        now = studio.publisher.ready(draft_id)
        return ReadyView.model_validate({
            "wrong": now.wrong, "proof": now.proof, "trained": now.trained, "broken": now.broken, "behind": now.behind,
            "unchanged": now.unchanged,
        })  # fmt: skip

    @routes.post("/drafts/{draft_id}/update")
    def catch_up(draft_id: Key, by: Annotated[Visitor, Depends(door.editor)], how: Annotated[CatchUp, Body()]) -> CaughtUp:
        """Takes over into the draft what was published since it was begun."""
        draft = studio.drafts.read(draft_id)
        line = Change(
            actor=by.account.id, action="draft.updated", object=f"draft:{draft_id}", before=draft.base, after=releases.active(),
        )  # fmt: skip
        with access.recorded(line):
            both = studio.drafts.catch_up(draft_id, how.keep)
        return CaughtUp(both=both, done=not both or how.keep is not None)

    @routes.post("/drafts/{draft_id}/publication", status_code=201)
    def publish(draft_id: Key, by: Annotated[Visitor, publisher], said: Annotated[Publication, Body()]) -> ReleaseView:
        """Makes a release of the draft, live from the next turn on; the draft is gone then."""
        now, who, at = studio.publisher.check(draft_id, said.reason), by.account.id, access.now()
        line = Change(
            actor=who, action="release.published", object=f"draft:{draft_id}", before=releases.active(), after=now.content[:16],
        )  # fmt: skip
        with access.recorded(line):
            anyio.from_thread.run(studio.bench.stop, draft_id)
            why = publishing.words(said.why, now.broken, said.reason)
            made = studio.publisher.publish(draft_id, now, who=who, why=why, at=at)
        return release_view(studio, made, releases.active(), names(access))

    return routes
