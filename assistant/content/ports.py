"""What content needs of other rooms; the composition root and the commands hand it in."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Protocol


class Models(Protocol):
    """Trained models, named by all that they are made of."""

    rasa: str
    """Version of Rasa."""

    def key(self, dialogues: Path) -> str:
        """The name of the model of a dialogues folder, trained or not: 16 hex digits."""

    def path(self, key: str) -> Path:
        """Where a model stands once it is trained."""


class Engine(Protocol):
    """A running dialogue engine whose model can be exchanged."""

    async def serving(self) -> str | None:
        """The name of the model it answers with; None while it does not answer."""

    async def load(self, model: Path) -> None:
        """Loads a model beside the one that answers. Raises AssistantError where it cannot."""

    async def switch(self) -> None:
        """Answers with what was loaded from the next turn on."""


class Between(Protocol):
    """Knows when no turn runs."""

    def turns(self, limit_s: float) -> AbstractAsyncContextManager[None]:
        """Holds new turns back while inside. Raises Busy where those that run do not end within `limit_s`."""


class Teller(Protocol):
    """A conversation partner to whom golden conversations are told."""

    async def open(self, language: str) -> str:
        """A new conversation's id."""

    async def turn(self, conversation: str, said: str | dict[str, Any]) -> dict[str, Any]:
        """The turn's JSON, for a text or for a touched tile (`{intent, slots}`)."""

    async def close(self, conversation: str) -> None:
        """Forgets it."""

    async def understood(self, texts: Sequence[str]) -> list[str]:
        """What each text is understood as, intent and entities, in a form that can be compared."""

    def words_used(self) -> frozenset[str]:
        """Names of the replies that were worded since this was asked last."""


class Validator(Protocol):
    """Rasa's own validation of a dialogues folder."""

    async def __call__(self, dialogues: Path) -> Sequence[str]:
        """The lines of its findings."""


class TrainingJob(Protocol):
    """One training, as it is shown."""

    state: str
    """`waiting`, `running`, `done`, `failed` or `cancelled`."""
    step: int
    steps: int
    model: Path | None
    problem: str | None
    ended: asyncio.Event


class Trainings[Job: TrainingJob](Protocol):
    """Training apart from serving, one at a time."""

    def start(self, dialogues: Path, like: Path | None = None) -> Job:
        """Trains as soon as it can; `like` is content whose model is taken where nothing but words differs. Raises Busy."""

    async def cancel(self, job: Job) -> None:
        """Ends a training; nothing of it is left when this returns."""


class Stage(Protocol):
    """Opens conversations with content that nobody meets yet, at one moment of the clock."""

    def __call__(self, dialogues: Path, model: Path) -> AbstractAsyncContextManager[Teller]:
        """A second engine beside the one that serves. Raises Unavailable where it does not start."""
