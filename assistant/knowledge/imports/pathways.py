"""`pathways.txt`: the ways between entrances, nodes and platforms."""

from collections.abc import Iterator

from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.stops import ImportedStop
from assistant.knowledge.imports.translations import Translations
from assistant.knowledge.store import Builder

FILE = "pathways.txt"
REQUIRED = ("pathway_id", "from_stop_id", "to_stop_id", "pathway_mode", "is_bidirectional")


def import_pathways(
    feed: Feed, builder: Builder, translations: Translations, stops: dict[str, ImportedStop], notices: Notices
) -> None:
    """Copies `pathways.txt`; a way with an end that is no stop is left out."""
    builder.insert("pathways", _rows(feed, translations, stops, notices), 15)


def _rows(
    feed: Feed, translations: Translations, stops: dict[str, ImportedStop], notices: Notices
) -> Iterator[tuple[object, ...]]:
    seen: set[str] = set()
    for line, row in feed.records("pathways", REQUIRED if "pathways" in feed.tables else ()):
        start, goal, key = stops.get(row["from_stop_id"]), stops.get(row["to_stop_id"]), row["pathway_id"]
        if start is None or goal is None or not key or key in seen or row["pathway_mode"] not in "1234567":
            notices.warning("pathway-broken", "a pathway without id, mode or known ends was left out", file=FILE, line=line)
            continue
        seen.add(key)
        yield (
            len(seen), key, start.station or goal.station, start.id, goal.id, int(row["pathway_mode"] or 1),
            int(row["is_bidirectional"] == "1"),
            _positive(row.get("length")), _positive(row.get("traversal_time")), _positive(row.get("stair_count")),
            _positive(row.get("max_slope")), _positive(row.get("min_width")), _sign(row, "signposted_as", translations),
            _sign(row, "reversed_signposted_as", translations), row.get("facility_id") or None,
        )


def _positive(text: str | None) -> float | None:
    try:
        value = abs(float(text or ""))
    except ValueError:
        return None
    return value if 0 < value < 1e6 else None


def _sign(row: dict[str, str], field: str, translations: Translations) -> str | None:
    return translations.names("pathways", field, row["pathway_id"], row[field]) if row.get(field) else None
