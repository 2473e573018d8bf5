"""Times of messages."""

from datetime import UTC, datetime, timedelta

AHEAD = timedelta(minutes=1)
"""So far clocks may differ."""
EARLIEST_S = 946_684_800.0
"""The year 2000: before it no clock of a sensor was set."""


def from_unix(seconds: float, now: datetime) -> datetime | None:
    """The moment of a Unix time; None where it lies before 2000 or in the future."""
    if not EARLIEST_S <= seconds <= (now + AHEAD).timestamp():
        return None
    return datetime.fromtimestamp(seconds, UTC)
