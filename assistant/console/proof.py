"""The proof of a draft: every golden conversation, and each answer that changes."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from assistant.accounts.models import Visitor
from assistant.console.door import Door, Key
from assistant.console.work import Desk, WorkView
from assistant.content import workbench
from assistant.content.studio import Studio
from assistant.conversation.models import Wire


class SaidView(Wire):
    """What a turn came to."""

    said: str
    intent: str
    text: str
    speech: str
    card: str
    tiles: list[str]
    faults: list[str]
    """How it differs from what the golden conversation says of it."""


class ChangeView(Wire):
    """A turn of a golden conversation that is answered otherwise."""

    conversation: str
    turn: int
    before: SaidView | None
    after: SaidView


class ProofView(Wire):
    """How far a proof is, and what it found."""

    work: WorkView
    live: str | None
    """The release that it was held against."""
    conversations: int = 0
    told: int = 0
    """Those that were told anew; the others cannot differ."""
    broken: Sequence[str] = ()
    mended: Sequence[str] = ()
    changes: Sequence[ChangeView] = ()


def router(door: Door, studio: Studio[Any]) -> APIRouter:
    """The routes of `/drafts/{id}/proof`."""
    routes, desk = APIRouter(prefix="/drafts/{draft_id}", tags=["drafts"]), Desk(door.access, studio)
    editor = Depends(door.editor)

    @routes.get("/proof", dependencies=[Depends(door.viewer)])
    def proof(draft_id: Key) -> ProofView:
        """How far it is, and every answer that changes."""
        return _proof(studio, draft_id, desk.seen(draft_id, "proof"))

    @routes.post("/proof", status_code=202)
    def prove(draft_id: Key, by: Annotated[Visitor, editor]) -> ProofView:
        """Tells every golden conversation to what is live and to the draft, which is trained first where it has to be."""
        desk.begin(draft_id, "proof", by)
        return _proof(studio, draft_id, desk.seen(draft_id, "proof"))

    @routes.delete("/proof", status_code=204)
    def end_proof(draft_id: Key, by: Annotated[Visitor, editor]) -> None:
        """Ends it; nothing of it is left."""
        desk.end(draft_id, "proof", by)

    return routes


def _proof(studio: Studio[Any], draft: str, view: WorkView) -> ProofView:
    work, kept = studio.bench.work(draft, "proof"), studio.drafts.noted(draft, workbench.PROOF)
    if work is None or work.state != "done":
        return ProofView(work=view, live=work.live if work else None)
    return ProofView.model_validate({"work": view, "live": work.live, **work.result, "changes": kept.get("changes", [])})
