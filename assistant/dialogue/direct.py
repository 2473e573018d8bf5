"""No engine at all: touch is answered directly anyway, and a typed text as far as it is a bare name (`conversation/turn.py`)."""

from collections.abc import Sequence

from assistant.dialogue.models import Reading, Understanding
from assistant.errors import Unavailable


class DirectDialogue:
    """The dialogue port where `dialogue.engine` is `direct`."""

    async def respond(self, conversation_id: str, text: str, language: str) -> Understanding:
        """Never understands a sentence."""
        raise Unavailable("this kiosk understands touch and bare names only", code="dialogue-unavailable")

    async def read(self, texts: Sequence[str]) -> list[Reading]:
        """Never understands a sentence."""
        raise Unavailable("this kiosk understands touch and bare names only", code="dialogue-unavailable")

    async def know(self, conversation_id: str, slots: dict[str, str | None]) -> None:
        """There is nobody to tell."""

    async def forget(self, conversation_id: str) -> None:
        """There is nothing to forget."""

    async def ready(self) -> bool:
        """Never: there is no engine."""
        return False

    async def close(self) -> None:
        """There is nothing to close."""
