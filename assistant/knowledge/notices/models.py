"""A notice. Times are aware."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

type NoticeKind = Literal["information", "disruption"]
TABLE = "notices"
"""Of the source of what is told of one."""
LONGEST = 200
"""Characters of a text in one language: what is longer is not listened to."""
MOST = 200
"""Notices kept, planned and past ones with them."""
MOST_NAMED = 50
"""Stops, and lines, that one notice is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message of the station to travellers."""

    id: str
    """12 hex digits."""
    kind: NoticeKind
    texts: Mapping[str, str]
    """Language → text; at least one."""
    since: datetime
    until: datetime
    """It is told before this moment only."""
    stops: tuple[str, ...] = ()
    """GTFS `stop_id`s it is about; with no line either: this station."""
    lines: tuple[str, ...] = ()
    """GTFS `route_id`s it is about."""
    version: int = 1
    """Counts its changes: an edit names the one it was made of."""
    made_by: str = ""
    """Id of an account."""
    changed_at: datetime
