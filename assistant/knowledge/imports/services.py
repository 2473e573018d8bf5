"""`calendar.txt` and `calendar_dates.txt`: on which days a service runs, and from when to when the timetable really holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.store import Builder

EPOCH, HORIZON = date(1990, 1, 1), date(2100, 1, 1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(slots=True, kw_only=True)
class Service:
    """One service: its week between two days, and its exceptions."""

    id: int
    days: int = 0
    first: date | None = None
    last: date | None = None
    exceptions: dict[date, bool] = field(default_factory=dict)

    def runs(self, day: date) -> bool:
        """Whether it runs on a day."""
        if day in self.exceptions:
            return self.exceptions[day]
        return bool(self.first and self.last and self.first <= day <= self.last and self.days & 1 << day.weekday())

    def span(self) -> tuple[date, date] | None:
        """First and last day on which it runs."""
        added = [day for day, runs in self.exceptions.items() if runs]
        ends = [*(min(added), max(added)),] if added else []
        if self.first and self.last and self.days:
            ends += [day for day in (self._seek(self.first, 1), self._seek(self.last, -1)) if day]
        return (min(ends), max(ends)) if ends else None

    def _seek(self, day: date, step: int) -> date | None:
        for _ in range(8 + len(self.exceptions)):
            if self.runs(day):
                return day
            day += timedelta(days=step)
        return None


def read_services(feed: Feed, notices: Notices) -> dict[str, Service]:
    """Every service by its id."""
    services: dict[str, Service] = {}
    for line, row in feed.records("calendar", ("service_id",) if "calendar" in feed.tables else ()):
        first, last = parse_day(row.get("start_date", "")), parse_day(row.get("end_date", ""))
        if first is None or last is None:
            notices.warning("calendar-date", "a service without a start_date or end_date was left out", file="calendar.txt", line=line)
            continue
        service = services.setdefault(row["service_id"], Service(id=len(services) + 1))
        service.days = sum(1 << index for index, name in enumerate(WEEKDAYS) if row.get(name) == "1")
        service.first, service.last = first, last
    for line, row in feed.records("calendar_dates", ("service_id", "date") if "calendar_dates" in feed.tables else ()):
        day, kind = parse_day(row["date"]), row.get("exception_type")
        if day is None or kind not in ("1", "2"):
            notices.warning("exception-broken", "an exception without a date or type was left out", file="calendar_dates.txt", line=line)
            continue
        services.setdefault(row["service_id"], Service(id=len(services) + 1)).exceptions[day] = kind == "1"
    return services


def write_services(services: dict[str, Service], builder: Builder) -> None:
    """Copies the services into the database."""
    builder.insert("calendar", _calendar_rows(services), 4)
    builder.insert(
        "exceptions",
        ((number(day), service.id, int(runs)) for service in services.values() for day, runs in service.exceptions.items()),
        3,
    )


def timetable_span(services: dict[str, Service], used: set[int]) -> tuple[date, date] | None:
    """First and last day with a trip, whatever the feed says of itself."""
    spans = [span for service in services.values() if service.id in used and (span := service.span())]
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def day_bits(service: Service) -> int:
    """The days between EPOCH and HORIZON on which a service runs as one number, bit by bit, to compare services by."""
    bits = 0
    first, last = max(service.first or HORIZON, EPOCH), min(service.last or EPOCH, HORIZON)
    if first <= last:
        week = "".join(str(service.days >> (first.weekday() + index) % 7 & 1) for index in range(7))
        count = (last - first).days + 1
        bits = int((week * (count // 7 + 1))[:count][::-1], 2) << (first - EPOCH).days
    for day, runs in service.exceptions.items():
        if EPOCH <= day <= HORIZON:
            bit = 1 << (day - EPOCH).days
            bits = bits | bit if runs else bits & ~bit
    return bits


def parse_day(text: str) -> date | None:
    """A day as GTFS writes it, 20261123."""
    if len(text) != 8 or not text.isdecimal():
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def number(day: date) -> int:
    """A day as a number that sorts: 20261123."""
    return day.year * 10000 + day.month * 100 + day.day


def _calendar_rows(services: dict[str, Service]) -> Iterator[tuple[int, int, int, int]]:
    for service in services.values():
        if service.first and service.last:
            yield service.id, service.days, number(service.first), number(service.last)
