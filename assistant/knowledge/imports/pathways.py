"""`pathways.txt`: the ways between entrances, nodes and platforms."""

from collections.abc import Iterator
from math import cos, hypot, radians
from statistics import quantiles

from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.stops import ImportedStop
from assistant.knowledge.imports.translations import Translations
from assistant.knowledge.store import Builder

FILE = "pathways.txt"
REQUIRED = ("pathway_id", "from_stop_id", "to_stop_id", "pathway_mode", "is_bidirectional")
FOOT_M = 0.3048
FEET_RATIO = 2.5
"""No way is shorter than the straight line between its ends, so lengths in feet are nearly all over 3.28 times it.

In metres the lower quarter of them is near 1: 1.1 in Boston's feed, where coordinates are coarse and even the median is 3.0;
3.4 in Washington's, which is in feet. Hence the quartile, and a limit between the two."""
ENOUGH = 8
"""Walkways that must have a length and coordinates before the unit is doubted."""
SHORTEST_M = 3.0
"""Coordinates of six decimals are no better than this."""

type _Row = tuple[ImportedStop, ImportedStop, dict[str, str]]


def import_pathways(
    feed: Feed, builder: Builder, translations: Translations, stops: dict[str, ImportedStop], notices: Notices
) -> None:
    """Copies `pathways.txt`, lengths in metres; a way with an end that is no stop is left out."""
    rows = list(_known(feed, stops, notices))
    unit = 1.0
    if _in_feet(rows):
        unit = FOOT_M
        notices.warning("pathway-feet", "lengths are three times the straight line and more: they are taken as feet, not metres", file=FILE)
    builder.insert("pathways", (_values(number, row, unit, translations) for number, row in enumerate(rows, 1)), 15)


def _known(feed: Feed, stops: dict[str, ImportedStop], notices: Notices) -> Iterator[_Row]:
    seen: set[str] = set()
    for line, row in feed.records("pathways", REQUIRED if "pathways" in feed.tables else ()):
        start, goal, key = stops.get(row["from_stop_id"]), stops.get(row["to_stop_id"]), row["pathway_id"]
        if start is None or goal is None or not key or key in seen or row["pathway_mode"] not in {*"1234567"}:
            notices.warning("pathway-broken", "a pathway without id, mode or known ends was left out", file=FILE, line=line)
            continue
        seen.add(key)
        yield start, goal, row


def _in_feet(rows: list[_Row]) -> bool:
    ratios = []
    for start, goal, row in rows:
        length, straight = _number(row.get("length")), _straight_m(start, goal)
        if row["pathway_mode"] == "1" and length and length > 0 and straight > SHORTEST_M:
            ratios.append(length / straight)
    return len(ratios) >= ENOUGH and quantiles(ratios, n=4)[0] > FEET_RATIO


def _straight_m(start: ImportedStop, goal: ImportedStop) -> float:
    """Metres between two stops of one level; 0 where that is not known."""
    if start.place is None or goal.place is None or start.level != goal.level:
        return 0.0
    (latitude, longitude), (other, further) = start.place, goal.place
    return 111_195 * hypot(latitude - other, (longitude - further) * cos(radians(latitude)))


def _values(number: int, known: _Row, unit: float, translations: Translations) -> tuple[object, ...]:
    start, goal, row = known
    length, seconds, steps = _number(row.get("length")), _number(row.get("traversal_time")), _number(row.get("stair_count"))
    width = _number(row.get("min_width"))
    return (
        number, row["pathway_id"], start.station or goal.station, start.id, goal.id, int(row["pathway_mode"]),
        int(row["is_bidirectional"] == "1"), abs(length) * unit if length else None, round(abs(seconds)) or None if seconds else None,
        round(steps) or None if steps else None, _number(row.get("max_slope")), abs(width) if width else None,
        _sign(row, "signposted_as", translations), _sign(row, "reversed_signposted_as", translations), row.get("facility_id") or None,
    )  # fmt: skip


def _number(text: str | None) -> float | None:
    """A number as written; None where there is none or none that can be."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if abs(value) < 1e6 else None


def _sign(row: dict[str, str], field: str, translations: Translations) -> str | None:
    return translations.names("pathways", field, row["pathway_id"], row[field]) if row.get(field) else None
