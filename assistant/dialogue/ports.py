"""What a dialogue engine does; `rasa.RasaDialogue`, or `direct.DirectDialogue` where there is none."""

from collections.abc import Sequence
from typing import Protocol

from assistant.dialogue.models import Reading, Understanding


class Dialogue(Protocol):
    """Decides the next step. Every call raises Unavailable where the engine is down or slow, and none hangs."""

    async def respond(self, conversation_id: str, text: str, language: str) -> Understanding:
        """The step after `text`, which is not blank."""

    async def read(self, texts: Sequence[str]) -> list[Reading]:
        """What each text would be understood as; no conversation changes by it."""

    async def know(self, conversation_id: str, slots: dict[str, str | None]) -> None:
        """Tells the engine what a touched tile settled; an open question of its own is closed."""

    async def forget(self, conversation_id: str) -> None:
        """Drops every trace of the conversation."""

    async def ready(self) -> bool:
        """True where the engine answers."""

    async def close(self) -> None:
        """Lets go of the engine."""
