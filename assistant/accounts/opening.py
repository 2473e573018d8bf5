"""The door as the settings say, for the assistant and for its command line."""

from datetime import UTC, datetime, timedelta

from assistant.accounts.access import Access
from assistant.accounts.sessions import Limits
from assistant.database import Database, address
from assistant.settings import Settings


def access_of(settings: Settings) -> Access:
    """Does not connect yet. Raises StationError for a URL that cannot be used.

    By the machine's own time: people sign in today, whatever day the timetable is shown at.
    """
    console, names = settings.console, list(settings.name.values())
    limits = Limits(idle=timedelta(seconds=console.idle_s), longest=timedelta(seconds=console.longest_s))
    words = [*names, *(word for name in names for word in name.split()), settings.kiosk.id]
    return Access(Database(address(settings.data, console.database)), lambda: datetime.now(UTC), limits, words=words)
