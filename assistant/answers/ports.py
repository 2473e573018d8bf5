"""What answers need from others."""

from collections.abc import Sequence
from typing import Protocol

from assistant.alarm.views import AlertView
from assistant.reports.models import Receipt, ReportKind


class Reporter(Protocol):
    """Tells the station's staff that somebody needs them; no word of a traveller goes along."""

    def file(self, kind: ReportKind, conversation: str = "", place: str | None = None) -> Receipt:
        """Files a report of what is at a place, by default where the kiosk stands. Never waits, never raises."""


class NoReporter:
    """Nobody is told: for answers that are asked outside a running assistant."""

    def file(self, kind: ReportKind, conversation: str = "", place: str | None = None) -> Receipt:
        """Nothing is filed."""
        return Receipt(number=None, told=False)


NOBODY: Reporter = NoReporter()


class Warnings(Protocol):
    """The warnings that stand at this kiosk."""

    def standing(self) -> Sequence[AlertView]:
        """The most severe first."""


class NoWarnings:
    """Nothing is wrong: for answers that are asked outside a running assistant."""

    def standing(self) -> Sequence[AlertView]:
        """None."""
        return ()


NOTHING_STANDS: Warnings = NoWarnings()
