"""When a rule counts: `opening_hours` on the station's clock, asked once for every change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, validate

AHEAD = timedelta(days=2)
"""How far it is looked for the next change."""


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

    def next_change(self, at: datetime) -> datetime:
        """The next moment after `at` at which that may change, in UTC; `AHEAD` from now where it does not before that.

        The library's own search goes through centuries for hours that never end, as "Mo-Su 00:00-24:00".
        """
        here = at.astimezone(self._zone)
        first = next(iter(self._hours.intervals(here, here + AHEAD)), None)
        end = first[1] if first is not None else None
        return (here + AHEAD if end is None or end <= here else end).astimezone(UTC)
