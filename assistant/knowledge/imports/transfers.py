"""`transfers.txt`: how long changes take, and which trips a traveller can stay aboard for."""

from collections.abc import Iterator

from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.numbers import whole
from assistant.knowledge.imports.stops import ImportedStop
from assistant.knowledge.store import Builder

FILE = "transfers.txt"
KINDS = frozenset("012345")


def import_transfers(feed: Feed, builder: Builder, stops: dict[str, ImportedStop], notices: Notices) -> None:
    """Copies `transfers.txt`."""
    builder.insert("transfers", _rows(feed, stops, notices), 9)


def _rows(feed: Feed, stops: dict[str, ImportedStop], notices: Notices) -> Iterator[tuple[object, ...]]:
    for line, row in feed.records("transfers"):
        start, goal = stops.get(row.get("from_stop_id", "")), stops.get(row.get("to_stop_id", ""))
        kind = row.get("transfer_type") or "0"
        if kind not in KINDS or (kind < "4" and (start is None or goal is None)):
            notices.warning("transfer-broken", "a transfer without a type or known stops was left out", file=FILE, line=line)
            continue
        yield (
            None, start.id if start else None, goal.id if goal else None, row.get("from_route_id") or None, row.get("to_route_id") or None,
            row.get("from_trip_id") or None, row.get("to_trip_id") or None, int(kind), whole(row.get("min_transfer_time")),
        )
