"""`routes.txt`: routes of one public name are one line to a traveller."""

import re

from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.numbers import whole
from assistant.knowledge.imports.translations import Translations
from assistant.knowledge.store import Builder

FILE = "routes.txt"
MODES = {
    0: "tram", 1: "metro", 2: "rail", 3: "bus", 4: "ferry", 5: "cable", 6: "gondola", 7: "funicular", 11: "trolleybus", 12: "monorail",
}
EXTENDED_MODES = {
    1: "rail", 2: "bus", 3: "rail", 4: "metro", 5: "metro", 6: "metro", 7: "bus", 8: "trolleybus", 9: "tram", 10: "ferry", 12: "ferry",
    13: "gondola", 14: "funicular",
}
"""By hundreds of the extended route types."""
EXTENDED_MONORAIL = 405
COLOUR = re.compile(r"[0-9A-Fa-f]{6}")


def import_routes(feed: Feed, builder: Builder, translations: Translations, notices: Notices) -> dict[str, int]:
    """Copies `routes.txt`; returns the number of each route's line."""
    routes: dict[str, tuple[int, str | None]] = {}
    lines: dict[tuple[str, str, str], int] = {}
    rows = []
    for line, row in feed.records("routes", ("route_id", "route_type")):
        route_id = row["route_id"]
        short, long = row.get("route_short_name", ""), row.get("route_long_name", "")
        if not route_id or route_id in routes:
            notices.warning("route-repeated", "a route with no id or one used before was left out", file=FILE, line=line)
            continue
        key = (row.get("agency_id", ""), short or long or route_id, row["route_type"])
        if key not in lines:
            lines[key] = len(lines) + 1
            field = "route_short_name" if short else "route_long_name"
            rows.append((
                lines[key], route_id, translations.names("routes", field, route_id, key[1]),
                translations.names("routes", "route_long_name", route_id, long), _mode(row["route_type"]),
                _colour(row.get("route_color")), _colour(row.get("route_text_color")), whole(row.get("route_sort_order")) or 0,
            ))
        routes[route_id] = lines[key], row.get("agency_id") or None
    builder.insert("lines", rows, 8)
    builder.insert("routes", ((route_id, *of_line) for route_id, of_line in routes.items()), 3)
    return {route_id: number for route_id, (number, _) in routes.items()}


def _mode(text: str) -> str:
    number = whole(text)
    if number is None:
        return "other"
    if number == EXTENDED_MONORAIL:
        return "monorail"
    return MODES.get(number) or EXTENDED_MODES.get(number // 100, "other")


def _colour(text: str | None) -> str | None:
    return text.upper() if text and COLOUR.fullmatch(text) else None
