"""Copies a GTFS feed into a new database."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from assistant.errors import StationError
from assistant.knowledge.imports.continuations import import_continuations
from assistant.knowledge.imports.fares import import_fares
from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.headsigns import Headsigns
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.pathways import import_pathways
from assistant.knowledge.imports.routes import import_routes
from assistant.knowledge.imports.services import Service, parse_day, read_services, timetable_span, write_services
from assistant.knowledge.imports.stops import import_levels, import_stops
from assistant.knowledge.imports.timetable import TimetableImport
from assistant.knowledge.imports.transfers import import_transfers
from assistant.knowledge.imports.translations import Translations
from assistant.knowledge.imports.trips import stage_trips
from assistant.knowledge.store import Builder

REQUIRED = ("agency", "stops", "routes", "trips", "stop_times")


def import_gtfs(feed: Feed, builder: Builder, notices: Notices, progress: Callable[[str], None]) -> dict[str, str]:
    """Copies everything and returns what is to be known of the feed as a whole. Raises StationError."""
    for name in REQUIRED:
        if name not in feed.tables:
            raise StationError(
                f"{name}.txt is missing in {feed.path.name}", code="feed-file-missing", hint="a timetable needs agency.txt, "
                "stops.txt, routes.txt, trips.txt, stop_times.txt and calendar.txt or calendar_dates.txt",
            )
    if not {"calendar", "calendar_dates"} & feed.tables:
        raise StationError(
            f"calendar.txt and calendar_dates.txt are both missing in {feed.path.name}", code="feed-file-missing",
            hint="without one of them no day has a train",
        )
    timezone = _timezone(feed)
    translations = Translations(feed, notices)
    import_levels(feed, builder, translations)
    stops = import_stops(feed, builder, translations, notices)
    import_pathways(feed, builder, translations, stops, notices)
    import_transfers(feed, builder, stops, notices)
    import_fares(feed, builder, notices)
    lines = import_routes(feed, builder, translations, notices)
    services = read_services(feed, notices)
    write_services(services, builder)
    headsigns = Headsigns(translations)
    stage_trips(feed, builder, lines, services, headsigns, notices)
    latest_s = TimetableImport(feed, builder, translations, headsigns, stops, notices, progress).run()
    headsigns.write(builder)
    progress("sorting departures")
    builder.index()
    import_continuations(builder, services, notices)
    return {"timezone": timezone, "latest_s": str(latest_s)} | _validity(feed, builder, services, notices)


def _timezone(feed: Feed) -> str:
    for line, row in feed.records("agency", ("agency_timezone",)):
        try:
            return ZoneInfo(row["agency_timezone"] or "none").key
        except (KeyError, ValueError, OSError):
            raise StationError(
                f"agency.txt line {line}: agency_timezone is no time zone", code="feed-timezone", hint="it looks like Europe/London"
            ) from None
    raise StationError("agency.txt has no rows", code="feed-empty", hint="one row with agency_timezone is needed")


def _validity(feed: Feed, builder: Builder, services: dict[str, Service], notices: Notices) -> dict[str, str]:
    span = timetable_span(services, builder.used_services())
    if span is None:
        raise StationError("no service with a trip runs on any day", code="feed-empty", hint="see calendar.txt and calendar_dates.txt")
    info = next((row for _, row in feed.records("feed_info")), {})
    stated = parse_day(info.get("feed_end_date", ""))
    if stated and stated != span[1]:
        notices.warning(
            "feed-info-dates", f"feed_info.txt says the feed ends on {stated}, its calendars end on {span[1]}; the calendars count",
            file="feed_info.txt",
        )
    return {"start": span[0].isoformat(), "end": span[1].isoformat(), "version": info.get("feed_version", "")}
