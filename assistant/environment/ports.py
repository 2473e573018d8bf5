"""What the monitor asks of a sensor's source."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from assistant.environment.models import Reading


class Source(Protocol):
    """Readings of one sensor, as the air is judged by them."""

    def last(self, now: datetime) -> Reading | None:
        """The newest good one up to `now`; None where there is none that still tells anything."""

    def hours(self, now: datetime, count: int) -> Sequence[Decimal | None]:
        """Means of good readings of the last `count` hours, newest first; None for an hour without any."""


class ZoneGraph(Protocol):
    """The station as places and the ways between them. A zone is a place or stop of the map, by its id."""

    def zones(self) -> Sequence[str]:
        """Every zone."""

    def neighbours(self, zone: str) -> Sequence[tuple[str, float]]:
        """The zones next to one, with the metres between them; lifts count as ways for smoke."""

    def level(self, zone: str) -> str | None:
        """Id of the level it is on."""
