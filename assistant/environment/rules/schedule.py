"""When a rule counts: `opening_hours` on the station's clock, asked once for every change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, validate


def is_hours(text: str) -> bool:
    """True for text in OpenStreetMap's `opening_hours` syntax."""
    return bool(text.strip()) and validate(text)


class Schedule:
    """The hours of one rule. `country` (ISO 3166) says whose public holidays count."""

    def __init__(self, hours: str, zone: ZoneInfo, country: str | None = None) -> None:
        """Raises ValueError for hours that are none."""
        if not is_hours(hours):
            raise ValueError("no opening hours")
        self._zone = zone
        self._hours = OpeningHours(hours, timezone=zone, country=country, auto_country=False, auto_timezone=False)

    def open(self, at: datetime) -> bool:
        """True where the rule counts at `at` (aware)."""
        return bool(self._hours.is_open(at.astimezone(self._zone)))

    def next_change(self, at: datetime) -> datetime | None:
        """The next moment after `at` at which that may change, in UTC; None for never."""
        found = self._hours.next_change(at.astimezone(self._zone))
        return None if found is None else found.astimezone(UTC)
