"""The long work on a draft: checks and training. Each is asked for, looked at, and ended."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import anyio.from_thread
from fastapi import APIRouter, Depends

from assistant.accounts.access import Access
from assistant.accounts.models import Change, Visitor
from assistant.console.door import Door, Key
from assistant.content import workbench
from assistant.content.checks import Finding
from assistant.content.studio import Studio
from assistant.content.tree import content_of
from assistant.conversation.models import Wire

type Kind = Literal["checks", "training", "proof"]


class WorkView(Wire):
    """One long work."""

    state: Literal["none", "waiting", "running", "done", "failed", "cancelled", "interrupted"]
    stage: str = ""
    """What it is at: `checks`, `training`, `live` (what is live tells its answers) or `draft`."""
    step: int = 0
    steps: int = 0
    problem: str | None = None
    asked_at: datetime | None = None
    ended_at: datetime | None = None
    current: bool = False
    """It is about the draft as it is now."""


class FindingView(Wire):
    """One thing to look at, with its place."""

    code: str
    level: Literal["wrong", "advice"]
    """`wrong` stops a publication."""
    message: str
    mend: str
    topic: str
    language: str
    subject: str
    """The question or reply."""
    phrase: str
    file: str
    line: int


class Checks(Wire):
    """What is found in a draft as it is now, what is wrong first."""

    findings: Sequence[FindingView]
    wrong: int
    rules: WorkView
    """Rasa's own checks, which take a minute and are asked for."""


class TrainingView(Wire):
    """A training, and whether there is anything to train."""

    work: WorkView
    trained: bool
    """A model of the draft as it is now stands ready."""


class Desk:
    """Begins and ends work, each with its line in the audit log."""

    def __init__(self, access: Access, studio: Studio[Any]) -> None:
        self._access, self._studio = access, studio

    def seen(self, draft: str, kind: Kind) -> WorkView:
        """How far it is. Raises NotFound."""
        return work_view(self._studio.bench.work(draft, kind), content_of(self._studio.drafts.files(draft)))

    def begin(self, draft: str, kind: Kind, by: Visitor) -> None:
        """As soon as it can. Raises NotFound, Busy, Conflict."""
        self._studio.drafts.folder(draft)
        with self._access.recorded(Change(actor=by.account.id, action=f"{kind}.begun", object=f"draft:{draft}")):
            anyio.from_thread.run(self._studio.trial.close)  # its engines take the memory that the work needs
            anyio.from_thread.run(self._studio.bench.start, draft, kind, by.account.id)

    def end(self, draft: str, kind: Kind, by: Visitor) -> None:
        """Nothing of it is left when this returns. Raises NotFound."""
        self._studio.drafts.folder(draft)
        with self._access.recorded(Change(actor=by.account.id, action=f"{kind}.cancelled", object=f"draft:{draft}")):
            anyio.from_thread.run(self._studio.bench.cancel, draft, kind)


def router(door: Door, studio: Studio[Any]) -> APIRouter:
    """The routes of `/drafts/{id}/checks` and `…/training`."""
    routes, desk, bench = APIRouter(prefix="/drafts/{draft_id}", tags=["drafts"]), Desk(door.access, studio), studio.bench
    viewer, editor = Depends(door.viewer), Depends(door.editor)

    @routes.get("/checks", dependencies=[viewer])
    def checks(draft_id: Key) -> Checks:
        """What is found in the draft as it is now."""
        found, _ = studio.publisher.findings(draft_id)
        wrong = sum(finding.level == "wrong" for finding in found)
        return Checks(findings=[_finding(finding) for finding in found], wrong=wrong, rules=desk.seen(draft_id, "checks"))

    @routes.post("/checks", status_code=202)
    def check(draft_id: Key, by: Annotated[Visitor, editor]) -> WorkView:
        """Asks Rasa for its own checks of rules and names."""
        desk.begin(draft_id, "checks", by)
        return desk.seen(draft_id, "checks")

    @routes.delete("/checks", status_code=204)
    def end_check(draft_id: Key, by: Annotated[Visitor, editor]) -> None:
        """Ends them."""
        desk.end(draft_id, "checks", by)

    @routes.get("/training", dependencies=[viewer])
    def training(draft_id: Key) -> TrainingView:
        """How far it is."""
        return TrainingView(work=desk.seen(draft_id, "training"), trained=bench.trained(draft_id))

    @routes.post("/training", status_code=202)
    def train(draft_id: Key, by: Annotated[Visitor, editor]) -> TrainingView:
        """Trains the draft as it is now, as soon as it can."""
        desk.begin(draft_id, "training", by)
        return TrainingView(work=desk.seen(draft_id, "training"), trained=bench.trained(draft_id))

    @routes.delete("/training", status_code=204)
    def end_training(draft_id: Key, by: Annotated[Visitor, editor]) -> None:
        """Ends it; nothing of it is left."""
        desk.end(draft_id, "training", by)

    return routes


def work_view(work: workbench.Work | None, content: str) -> WorkView:
    """A work as it is shown, beside a draft of this content."""
    if work is None:
        return WorkView(state="none")
    return WorkView.model_validate({
        "state": work.state, "stage": work.stage, "step": work.step, "steps": work.steps, "problem": work.problem,
        "asked_at": work.asked_at, "ended_at": work.ended_at, "current": work.content == content,
    })  # fmt: skip


def _finding(finding: Finding) -> FindingView:
    return FindingView(
        code=finding.code, level=finding.level, message=finding.message, mend=finding.mend, topic=finding.topic, language=finding.language,
        subject=finding.subject, phrase=finding.phrase, file=finding.file, line=finding.line,
    )  # fmt: skip
