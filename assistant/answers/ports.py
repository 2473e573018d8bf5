"""What answers need from others."""

from typing import Protocol

from assistant.reports.models import ReportKind


class Reporter(Protocol):
    """Tells the station's staff that somebody needs them; no word of a traveller goes along."""

    def file(self, kind: ReportKind, conversation: str = "") -> bool:
        """Files a report; True only where it was handed to somebody who takes reports on. Never waits, never raises."""


class NoReporter:
    """Nobody is told: for answers that are asked outside a running assistant."""

    def file(self, kind: ReportKind, conversation: str = "") -> bool:
        """Nothing is filed."""
        return False


NOBODY: Reporter = NoReporter()
