"""What the monitor asks of a sensor's source."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from assistant.environment.models import Reading


class Source(Protocol):
    """Readings of one sensor."""

    def readings(self, begin: datetime, end: datetime) -> Sequence[Reading]:
        """Readings after `begin` up to `end`, oldest first."""
