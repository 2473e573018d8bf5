"""A report to staff. It has no field for free text."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ReportKind = Literal[
    "medical", "fire", "crime", "track", "suspicious", "lost_person", "despair", "help", "defect", "spill", "lost_property", "smoke",
]  # fmt: skip
ReportSource = Literal["kiosk", "staff", "api"]
"""Who filed it: this kiosk after a traveller's question, a member of staff, or another program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What somebody is told who reported something."""

    number: int | None
    """Of the report; None where none was filed because too many came."""
    told: bool
    """True only where a connected broker is handing it to staff."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Something that staff should look after."""

    id: str
    number: int
    """Counted up; what a traveller is told, so that both sides can speak of it."""
    kind: ReportKind
    kiosk: str
    """Id of the kiosk that took it."""
    place: str | None
    """Id of the place or GTFS stop it is about: by default where the kiosk stands; None where nobody said."""
    at: datetime
    """Aware, in UTC."""
    source: ReportSource
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    """Name of the token that acknowledged it."""
