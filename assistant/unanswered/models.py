"""What a question that found no answer is counted under. No type here can hold what somebody said."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

PublicId = NewType("PublicId", str)
"""An id of the station's own data or a word of this program. Only `conversation/missed.py` makes one, of what it has found there."""
LONGEST = 255
"""Longest id that is counted, in characters."""


class Kind(StrEnum):
    """What happened."""

    NOT_UNDERSTOOD = "not_understood"
    UNKNOWN_NAME = "unknown_name"
    """A name was said that nobody here knows."""
    NOT_HERE = "not_here"
    """This station has nothing of that kind."""
    NOT_TOLD = "not_told"
    """The station's data say nothing of it."""


class Topic(StrEnum):
    """What the question was about, or nearest to."""

    ACCESSIBILITY = "accessibility"
    AIR_QUALITY = "air_quality"
    COMPLAINTS = "complaints"
    CONNECTIONS = "connections"
    EMERGENCY = "emergency"
    FACILITIES = "facilities"
    JOURNEYS = "journeys"
    LANGUAGES = "languages"
    LOST_PROPERTY = "lost_property"
    LUGGAGE = "luggage"
    PRIVACY = "privacy"
    ROBOT = "robot"
    SMALLTALK = "smalltalk"
    STAFF_HELP = "staff_help"
    TICKETS_FARES = "tickets_fares"
    TIMETABLE = "timetable"
    TRAINS = "trains"
    WAYFINDING = "wayfinding"


class NameKind(StrEnum):
    """What a public name is one of."""

    STOP = "stop"
    LINE = "line"
    PLACE = "place"
    CATEGORY = "category"
    SUBJECT = "subject"
    """A key of the station's facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A public name."""

    kind: NameKind
    id: PublicId


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What is counted together."""

    kind: Kind
    topic: Topic
    language: PublicId
    """Of the conversation."""
    name: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From when on a row may be seen."""

    conversations: int
    """So many different ones had it."""
    hours: int
    """The first and the last of them were at least so far apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What enough people asked."""

    key: Key
    at_least: int
    """Conversations, in whole steps of `Limits.conversations`: nobody sees a single one being added."""
