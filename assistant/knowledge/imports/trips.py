"""`trips.txt`: kept on disk until the calls of each trip come."""

from assistant.errors import StationError
from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.headsigns import Headsigns
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.services import Service
from assistant.knowledge.store import Builder
from assistant.text import plain

FILE = "trips.txt"
LONGEST_SHORT_NAME = 60
YES_NO = {"1": 1, "2": 0}


def stage_trips(
    feed: Feed, builder: Builder, lines: dict[str, int], services: dict[str, Service], headsigns: Headsigns, notices: Notices
) -> None:
    """Keeps every trip that can be used. Raises StationError where there is none."""
    for line, row in feed.records("trips", ("trip_id", "route_id", "service_id")):
        route, service, trip_id = lines.get(row["route_id"]), services.get(row["service_id"]), row["trip_id"]
        if route is None:
            notices.warning("trip-route-unknown", "a trip's route_id is in no row of routes.txt", file=FILE, line=line)
            continue
        if service is None:
            notices.warning("trip-service-unknown", "a trip's service_id is in no calendar", file=FILE, line=line)
            continue
        headsign = headsigns.number("trips", "trip_headsign", row.get("trip_headsign", ""), trip_id)
        if not trip_id or not builder.stage_trip((
            trip_id, row["route_id"], route, service.id, headsign, plain(row.get("trip_short_name", ""), LONGEST_SHORT_NAME) or None,
            YES_NO.get(row.get("wheelchair_accessible", "")), YES_NO.get(row.get("bikes_allowed", "")), row.get("block_id") or None,
        )):
            notices.warning("trip-repeated", "a trip with no id or one used before was left out", file=FILE, line=line)
    if not builder.staged_trips():
        raise StationError("trips.txt has no trip that can be used", code="feed-empty", hint="see routes.txt and calendar.txt")
