"""`agency.txt`: the time zone of every time in the feed. `stop_timezone` changes none of them, says the reference."""

from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.errors import StationError
from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices

FILE = "agency.txt"
MACHINE = Path("/etc/localtime")
LOOKS = "it looks like Europe/London"


def import_timezone(feed: Feed, notices: Notices) -> str:
    """The feed's time zone; of a feed without timetable and agencies that of its stops, else the machine's. Raises StationError."""
    if FILE.removesuffix(".txt") not in feed.tables:
        zone = next((row["stop_timezone"] for _, row in feed.records("stops") if known_zone(row.get("stop_timezone", ""))), machine_zone())
        notices.warning("feed-without-timezone", f"{FILE} is missing: {zone} counts for opening hours", file=FILE)
        return zone
    zones: dict[str, int] = {}
    for line, row in feed.records("agency", ("agency_timezone",)):
        zones.setdefault(row["agency_timezone"], line)
    if not zones:
        raise StationError(f"{FILE} has no rows", code="feed-empty", hint="one row with agency_timezone is needed")
    (first, line), *others = zones.items()
    if not known_zone(first):
        raise StationError(f"{FILE} line {line}: agency_timezone is no time zone", code="feed-timezone", hint=LOOKS)
    if others:
        notices.warning("agency-timezones", f"agencies have more than one time zone; {first} counts", file=FILE, line=others[0][1])
    return ZoneInfo(first).key


def known_zone(name: str) -> bool:
    """Whether a time zone of this name is known."""
    try:
        return bool(name and ZoneInfo(name).key)
    except (KeyError, ValueError, OSError):
        return False


def machine_zone() -> str:
    """The time zone that the machine is set to."""
    name = str(MACHINE.resolve()).partition("zoneinfo/")[2]
    return name if known_zone(name) else "UTC"
