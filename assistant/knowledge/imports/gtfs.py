"""Copies a GTFS feed into a new database."""

from collections.abc import Callable
from datetime import date

from assistant.errors import StationError
from assistant.knowledge.imports.agencies import import_timezone
from assistant.knowledge.imports.continuations import import_continuations
from assistant.knowledge.imports.fares import import_fares
from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.headsigns import Headsigns
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.pathways import import_pathways
from assistant.knowledge.imports.routes import import_routes
from assistant.knowledge.imports.services import Service, parse_day, read_services, timetable_span, write_services
from assistant.knowledge.imports.stops import ImportedStop, import_levels, import_stops
from assistant.knowledge.imports.timetable import TimetableImport
from assistant.knowledge.imports.transfers import import_transfers
from assistant.knowledge.imports.translations import Translations
from assistant.knowledge.imports.trips import stage_trips
from assistant.knowledge.store import Builder

REQUIRED = ("agency", "stops", "routes", "trips", "stop_times")
TIMETABLE = frozenset({"routes", "trips", "stop_times", "calendar", "calendar_dates"})
NO_TIMETABLE = {"latest_s": "0", "start": date.min.isoformat(), "end": date.min.isoformat()}
"""Over since ever, so that no day is one on which times could be told."""


def import_gtfs(feed: Feed, builder: Builder, notices: Notices, progress: Callable[[str], None]) -> dict[str, str]:
    """Copies everything and returns what is to be known of the feed as a whole. Raises StationError.

    A feed of stops, levels and pathways alone is one without a timetable; one that lacks a part of its timetable is broken.
    """
    with_timetable = not TIMETABLE.isdisjoint(feed.tables)
    if with_timetable:
        _check_tables(feed)
    elif "stops" not in feed.tables:
        raise StationError(f"stops.txt is missing in {feed.path.name}", code="feed-file-missing", hint="a station needs stops.txt at least")
    timezone = import_timezone(feed, notices)
    translations = Translations(feed, notices)
    import_levels(feed, builder, translations)
    stops = import_stops(feed, builder, translations, notices)
    import_pathways(feed, builder, translations, stops, notices)
    import_transfers(feed, builder, stops, notices)
    import_fares(feed, builder, notices)
    if with_timetable:
        about = _import_timetable(feed, builder, translations, stops, notices, progress)
    else:
        notices.warning("feed-without-timetable", "the feed has no timetable: no times are given")
        builder.index()
        about = NO_TIMETABLE
    info = next((row for _, row in feed.records("feed_info")), {})
    return {"timezone": timezone, "version": info.get("feed_version", "")} | about


def _check_tables(feed: Feed) -> None:
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


def _import_timetable(
    feed: Feed, builder: Builder, translations: Translations, stops: dict[str, ImportedStop], notices: Notices,
    progress: Callable[[str], None],
) -> dict[str, str]:
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
    return {"latest_s": str(latest_s)} | _validity(feed, builder, services, notices)


def _validity(feed: Feed, builder: Builder, services: dict[str, Service], notices: Notices) -> dict[str, str]:
    span = timetable_span(services, builder.used_services())
    if span is None:
        raise StationError("no service with a trip runs on any day", code="feed-empty", hint="see calendar.txt and calendar_dates.txt")
    info = next((row for _, row in feed.records("feed_info")), {})
    for column, day, does in (("feed_start_date", span[0], "begins"), ("feed_end_date", span[1], "ends")):
        stated = parse_day(info.get(column, ""))
        if stated and stated != day:
            said = f"feed_info.txt says that the feed {does} on {stated}, by its calendars it {does} on {day}; the calendars count"
            notices.warning(f"feed-info-{does}", said, file="feed_info.txt")
    return {"start": span[0].isoformat(), "end": span[1].isoformat()}
