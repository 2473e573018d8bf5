"""Training beside a running kiosk: one at a time and one that waits, in what the kiosk leaves of processor and memory."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from assistant.dialogue.likeness import reuse
from assistant.dialogue.trainer import train
from assistant.errors import AssistantError, Busy

NICENESS = 19
LIMIT_MB = 3000
"""Memory of its own that a training may take. What was shipped takes 1.2 GB; twice as many phrases fit."""


class Train(Protocol):
    """Trains a folder of content; `trainer.train`."""

    def __call__(
        self, models: Path, home: Path, progress: Callable[[str], None], dialogues: Path, *, steps: Callable[[int, int], None],
        niceness: int, limit_mb: int,
    ) -> Awaitable[Path]:  # fmt: skip
        """Returns the model's path."""


@dataclass(slots=True, kw_only=True)
class Job:
    """One training, as it is shown."""

    dialogues: Path
    like: Path | None
    """Content whose model is taken where nothing but words differs."""
    state: str = "waiting"
    """`waiting`, `running`, `done`, `failed` or `cancelled`."""
    step: int = 0
    steps: int = 0
    model: Path | None = None
    problem: str | None = None
    ended: asyncio.Event = field(default_factory=asyncio.Event)


class Training:
    """The queue: one runs, one waits, a third is refused."""

    def __init__(self, models: Path, home: Path, run: Train = train) -> None:
        self._models, self._home, self._run = models, home, run
        self._jobs: list[Job] = []
        self._task: asyncio.Task[None] | None = None

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What runs, then what waits."""
        return tuple(self._jobs)

    def start(self, dialogues: Path, like: Path | None = None) -> Job:
        """Trains as soon as it can. Raises Busy where another waits already."""
        if len(self._jobs) > 1:
            raise Busy("a training runs and another waits", hint="wait for them, or cancel one")
        job = Job(dialogues=dialogues, like=like)
        self._jobs.append(job)
        if len(self._jobs) == 1:
            self._next()
        return job

    async def cancel(self, job: Job) -> None:
        """Ends a training; nothing of it is left when this returns."""
        if job not in self._jobs:
            return
        if job is self._jobs[0] and self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        else:
            self._jobs.remove(job)
            self._end(job, "cancelled")

    async def stop(self) -> None:
        """Ends all."""
        for job in reversed(self.jobs):
            await self.cancel(job)

    def _next(self) -> None:
        self._task = asyncio.create_task(self._train(self._jobs[0]))

    async def _train(self, job: Job) -> None:
        job.state, state = "running", "cancelled"
        try:
            if job.like is not None:
                await asyncio.to_thread(reuse, self._models, job.dialogues, job.like)
            job.model = await self._run(
                self._models, self._home, lambda text: None, job.dialogues, steps=lambda step, steps: _count(job, step, steps),
                niceness=NICENESS, limit_mb=LIMIT_MB,
            )  # fmt: skip
            state = "done"
        except AssistantError as error:
            state, job.problem = "failed", error.message
        except OSError as error:
            state, job.problem = "failed", f"training cannot write: {error.strerror}"
        finally:
            self._jobs.remove(job)
            self._end(job, state)
            if self._jobs:
                self._next()

    @staticmethod
    def _end(job: Job, state: str) -> None:
        job.state = state
        job.ended.set()


def _count(job: Job, step: int, steps: int) -> None:
    job.step, job.steps = step, steps
