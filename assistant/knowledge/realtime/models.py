"""A GTFS-Realtime feed as values of our own. Moments are seconds since 1970, delays are seconds; names are those of the GTFS reference."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

TripRelationship = Literal["SCHEDULED", "ADDED", "NEW", "UNSCHEDULED", "CANCELED", "REPLACEMENT", "DUPLICATED", "DELETED"]
StopRelationship = Literal["SCHEDULED", "SKIPPED", "NO_DATA", "UNSCHEDULED"]


class Unusable(Exception):
    """A feed, or a part of one, that says nothing that can be believed; `code` says why, in one word of ours."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Event(NamedTuple):
    """`StopTimeEvent`: an arrival or a departure. `time` goes before `delay`."""

    time: int | None
    delay: int | None
    scheduled: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopUpdate:
    """`StopTimeUpdate`."""

    sequence: int | None
    stop_id: str | None
    arrival: Event | None
    departure: Event | None
    relationship: StopRelationship = "SCHEDULED"
    assigned_stop_id: str | None = None
    headsign: str | None = None
    boards: bool = True
    alights: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TripUpdate:
    """`TripUpdate` with its `TripDescriptor`."""

    trip_id: str
    relationship: TripRelationship
    route_id: str | None = None
    start_date: str | None = None
    """YYYYMMDD, the service day."""
    start_time: str | None = None
    stops: tuple[StopUpdate, ...] = ()
    delay: int | None = None
    timestamp: int | None = None
    headsign: str | None = None
    short_name: str | None = None


class Period(NamedTuple):
    """`TimeRange`: from `start` on, before `end`; an open end is None."""

    start: int | None
    end: int | None

    def holds(self, moment: float) -> bool:
        """Whether it is on at a moment."""
        return (self.start is None or self.start <= moment) and (self.end is None or moment < self.end)


class Selector(NamedTuple):
    """`EntitySelector`: everything that is given has to fit."""

    agency_id: str | None = None
    route_id: str | None = None
    route_type: int | None = None
    trip_id: str | None = None
    stop_id: str | None = None


type Texts = tuple[tuple[str, str], ...]
"""Language ("" where the feed names none) and text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """`Alert`."""

    id: str
    effect: str
    header: Texts
    description: Texts
    selectors: tuple[Selector, ...]
    shown: tuple[Period, ...] = ()
    """When it is to be shown; none for "as long as it is in the feed"."""
    holds: tuple[Period, ...] = ()
    """When services are affected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """`FeedMessage`."""

    timestamp: int | None
    updates: tuple[TripUpdate, ...] = ()
    alerts: tuple[Alert, ...] = ()
    dropped: dict[str, int]
    """Why entities were left out → how many."""
