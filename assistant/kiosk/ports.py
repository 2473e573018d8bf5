"""What the kiosk's rooms ask of the page's end of the connection."""

from typing import Protocol

from assistant.conversation.models import Wire


class Page(Protocol):
    """The page's end of the connection."""

    async def send(self, message: Wire) -> None:
        """Sends a typed message."""

    async def send_sound(self, pcm: bytes) -> None:
        """Sends a binary frame."""
