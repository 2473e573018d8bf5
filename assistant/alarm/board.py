"""What surfaces ask of the alarm: what stands now, and how to play it in a page."""

import contextlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from assistant.alarm.announcer import Page
from assistant.alarm.views import AlertView


class Board(Protocol):
    """The warnings of this kiosk."""

    @property
    def disclaimer(self) -> dict[str, str]:
        """Language → that this is no certified alarm system."""

    def standing(self) -> Sequence[AlertView]:
        """The warnings for travellers, the most severe first."""

    def page(self, play: Page) -> AbstractContextManager[None]:
        """A page that plays announcements where the machine has no loudspeaker of its own, while this is open."""


class NoAlarms:
    """A kiosk without any warning."""

    disclaimer: dict[str, str] = {}  # noqa: RUF012

    def standing(self) -> Sequence[AlertView]:
        """None."""
        return ()

    def page(self, play: Page) -> AbstractContextManager[None]:
        """Nothing will be played."""
        return contextlib.nullcontext()
