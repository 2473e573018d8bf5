"""The long work on drafts, in one background worker: Rasa's own checks, training, proof. One runs, one waits, a third is refused.

What a work is about is the draft as it was when it was asked for: somebody may go on editing, and the result says of which state it is.
What stands beside the draft (`work.json`, `proof.json`) outlives a restart; what ran then is shown as interrupted.
"""

import asyncio
import contextlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant import log
from assistant.content import golden, proof, rasa_findings, tree
from assistant.content.checks import Finding
from assistant.content.drafts import Drafts
from assistant.content.models import SHIPPED
from assistant.content.ports import Models, Stage, TrainingJob, Trainings, Validator
from assistant.content.releases import Releases
from assistant.errors import AssistantError, Busy, Conflict

NOTES, PROOF, MODELS = "work.json", "proof.json", "models.json"
KINDS = ("checks", "training", "proof")
ALIVE = ("waiting", "running")
LOOK_S = 0.3
HALF_MADE_S = 3600.0
"""Age in seconds from which a half-made release is nobody's any more."""


@dataclass(slots=True, kw_only=True)
class Work:
    """One long work, as it is shown and kept."""

    kind: str
    content: str
    """Hash of the draft's content that it is about."""
    by: str
    """Id of an account."""
    asked_at: str
    state: str = "waiting"
    """`waiting`, `running`, `done`, `failed`, `cancelled` or `interrupted` (the assistant was stopped meanwhile)."""
    stage: str = ""
    """What it is at: `checks`, `training`, `live` (what is live tells its answers) or `draft`."""
    step: int = 0
    steps: int = 0
    problem: str | None = None
    ended_at: str | None = None
    live: str | None = None
    """A proof's: the release that it was held against."""
    result: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means[Job: TrainingJob]:
    """What the work is done with; the composition root hands it in."""

    models: Models
    trainings: Trainings[Job]
    validate: Validator
    stage: Callable[[], Stage]
    """A stage at the present moment, which lasts as long as it."""
    changed_words: Callable[[Path, Path], list[str] | None]
    """Names of the replies that two dialogues folders word otherwise; None where more differs than words and phrases."""
    now: Callable[[], datetime]
    judge: Callable[[Path], Sequence[Finding]] = lambda _: ()
    """What is found in a station file, by whoever uses it."""


class Workbench[Job: TrainingJob]:
    """The worker. Its calls belong on the event loop."""

    def __init__(self, drafts: Drafts, releases: Releases, means: Means[Job], languages: Callable[[str], Sequence[str]]) -> None:
        self._drafts, self._releases, self._means, self._languages = drafts, releases, means, languages
        self._queue: list[tuple[str, Work]] = []
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._turn = asyncio.Lock()

    def restore(self) -> None:
        """At the start: what ran when the assistant was stopped is interrupted."""
        self._drafts.sweep()
        self._releases.sweep(HALF_MADE_S)
        for draft in self._drafts.all():
            notes = self._drafts.noted(draft.id, NOTES)
            cut = {kind: {**work, "state": "interrupted"} for kind, work in notes.items() if work.get("state") in ALIVE}
            if cut:
                self._drafts.note(draft.id, NOTES, notes | cut)

    def work(self, draft: str, kind: str) -> Work | None:
        """What runs, waits or was done last of a kind. Raises NotFound."""
        self._drafts.folder(draft)
        alive = next((work for of, work in self._queue if of == draft and work.kind == kind), None)
        try:
            kept = self._drafts.noted(draft, NOTES).get(kind)
            return alive or (Work(**kept) if kept else None)
        except TypeError:
            return None

    def trained(self, draft: str) -> bool:
        """Whether a model of the draft, as it is now, stands ready."""
        return self.model(draft).is_file()

    def model(self, draft: str) -> Path:
        """Where the model of the draft as it is now stands, trained or not."""
        return self._means.models.path(self._means.models.key(self._drafts.dialogues(draft)))

    @property
    def busy(self) -> bool:
        """Whether anything runs or waits."""
        return bool(self._queue)

    def tidy(self, draft: str, *, gone: bool = False) -> None:
        """Removes models that were trained for earlier states of a draft and that nothing else needs; every one where it is gone."""
        trained = [str(name) for name in self._drafts.noted(draft, MODELS).get("models", [])]
        needed = {self._releases.model(each).name for each in (SHIPPED, *(release.id for release in self._releases.all()))}
        needed |= {self.model(each.id).name for each in self._drafts.all() if not (gone and each.id == draft)}
        for name in trained:
            if name not in needed:
                self.model(draft).with_name(Path(name).name).unlink(missing_ok=True)
        self._drafts.note(draft, MODELS, {"models": [name for name in trained if name in needed]})

    async def start(self, draft: str, kind: str, by: str) -> Work:
        """Begins as soon as it can. Raises Busy where another waits already, Conflict where the draft has one of the kind."""
        files = await asyncio.to_thread(self._drafts.files, draft)
        if any(of == draft and work.kind == kind for of, work in self._queue):
            raise Conflict("this runs already for the draft", code="work-running")
        if len(self._queue) > 1:
            raise Busy("something runs and something waits already", code="work-busy", hint="wait, or cancel one")
        work = Work(kind=kind, content=tree.content_of(files), by=by, asked_at=self._means.now().isoformat())
        self._queue.append((draft, work))
        self._tasks[id(work)] = asyncio.create_task(self._run(draft, work, files))
        await asyncio.to_thread(self._keep, draft, work)
        return work

    async def cancel(self, draft: str, kind: str) -> None:
        """Ends what runs or waits; nothing of it is left when this returns."""
        for of, work in list(self._queue):
            if of == draft and work.kind == kind:
                await self._end(work)

    async def stop(self, draft: str | None = None) -> None:
        """Ends everything, or everything of one draft. Without a draft the assistant is going: it is interrupted, not cancelled."""
        for of, work in reversed(list(self._queue)):
            if draft in (None, of):
                if draft is None:
                    work.state = "interrupted"
                await self._end(work)

    async def _end(self, work: Work) -> None:
        if task := self._tasks.get(id(work)):
            task.cancel()
            await asyncio.wait({task})

    async def _run(self, draft: str, work: Work, files: tree.Files) -> None:
        try:
            async with self._turn:
                work.state = "running"
                await asyncio.to_thread(self._keep, draft, work)
                with tempfile.TemporaryDirectory(prefix="draft-") as folder:
                    await asyncio.to_thread(_write, Path(folder), files)
                    await self._do(draft, work, Path(folder) / tree.DIALOGUES)
            work.state = "done"
        except AssistantError as error:
            work.state, work.problem = "failed", error.message
        except asyncio.CancelledError:
            work.state = "interrupted" if work.state == "interrupted" else "cancelled"
            raise
        except Exception as error:
            log.failure("work_failed", error, kind=log.Id(work.kind))
            work.state, work.problem = "failed", "something went wrong here; it has been noted"
        finally:
            work.ended_at = self._means.now().isoformat()
            await asyncio.to_thread(self._keep, draft, work, tidy=True)
            self._queue = [(of, each) for of, each in self._queue if each is not work]
            self._tasks.pop(id(work), None)

    async def _do(self, draft: str, work: Work, dialogues: Path) -> None:
        if work.kind == "checks":
            work.stage = "checks"
            lines = await self._means.validate(dialogues)
            work.result = {"findings": [asdict(finding) for finding in rasa_findings.findings(lines)]}
        elif work.kind == "training":
            work.stage = "training"
            await self._train(draft, work, dialogues)
        else:
            await self._prove(draft, work, dialogues)

    async def _train(self, draft: str, work: Work, dialogues: Path) -> Path:
        """Trains unless there is a model of this content. Raises Conflict where it cannot be."""
        path = self._means.models.path(await asyncio.to_thread(self._means.models.key, dialogues))
        if path.is_file():
            return path
        job = self._means.trainings.start(dialogues, self._releases.dialogues(self._releases.active()))
        try:
            while not job.ended.is_set():
                if work.stage == "training":
                    _count(work, job.step, job.steps)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(job.ended.wait(), LOOK_S)
        finally:
            if not job.ended.is_set():
                await self._means.trainings.cancel(job)
        if job.model is None:
            raise Conflict(job.problem or "the training was ended", code="not-trained")
        names = [*self._drafts.noted(draft, MODELS).get("models", []), job.model.name]
        await asyncio.to_thread(self._drafts.note, draft, MODELS, {"models": names})
        return job.model

    async def _prove(self, draft: str, work: Work, dialogues: Path) -> None:
        """What is live tells its answers while the draft is trained; then the draft tells those that may differ."""
        work.live = self._releases.active()
        live, told = self._releases.dialogues(work.live), await asyncio.to_thread(golden.conversations, dialogues, self._languages(draft))
        stage, work.stage = self._means.stage(), "live"
        training = asyncio.create_task(self._train(draft, work, dialogues))
        try:
            async with stage(live, self._releases.model(work.live)) as teller:
                before = await proof.look(teller, told, told=lambda step, steps: _count(work, step, steps))
            work.stage = "training"
            model = await training
        finally:
            if not training.done():
                training.cancel()
                await asyncio.wait({training})
        work.stage = "draft"
        words = await asyncio.to_thread(self._changed_words, work.live, dialogues)
        async with stage(dialogues, model) as teller:
            found = await proof.prove(teller, told, before, words, told=lambda step, steps: _count(work, step, steps))
        work.result = {"conversations": found.conversations, "told": found.told, "broken": found.broken, "mended": found.mended}
        changes = [asdict(change) for change in found.changes]
        await asyncio.to_thread(self._drafts.note, draft, PROOF, {"content": work.content, "live": work.live, "changes": changes})

    def _changed_words(self, live: str, dialogues: Path) -> list[str] | None:
        """Names of the replies that a draft words otherwise; None where more differs, of which any answer may be made."""
        files = self._releases.station(live).read_bytes(), (dialogues.parent / tree.STATION).read_bytes()
        return self._means.changed_words(self._releases.dialogues(live), dialogues) if tree.answered_alike(*files) else None

    def _keep(self, draft: str, work: Work, *, tidy: bool = False) -> None:
        try:
            self._drafts.note(draft, NOTES, self._drafts.noted(draft, NOTES) | {work.kind: asdict(work)})
            if tidy:
                self.tidy(draft)
        except (AssistantError, OSError):  # thrown away meanwhile, or the disk is full: nothing follows from it
            log.event("work_not_noted", kind=log.Id(work.kind))


def _write(folder: Path, files: tree.Files) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _count(work: Work, step: int, steps: int) -> None:
    work.step, work.steps = step, steps
