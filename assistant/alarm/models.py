"""A warning in the terms of CAP 1.2 (OASIS, 2010): what it says, of what, for whom, from whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Status = Literal["Actual", "Exercise", "System", "Test", "Draft"]
MessageType = Literal["Alert", "Update", "Cancel", "Ack", "Error"]
Scope = Literal["Public", "Restricted", "Private"]
Category = Literal["Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"]
Response = Literal["Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"]
Urgency = Literal["Immediate", "Expected", "Future", "Past", "Unknown"]
Severity = Literal["Extreme", "Severe", "Moderate", "Minor", "Unknown"]
Certainty = Literal["Observed", "Likely", "Possible", "Unlikely", "Unknown"]
Source = Literal["rule", "sensor", "sender", "kiosk", "operator"]
Action = Literal["raised", "updated", "ended", "expired", "cleared", "noted"]
"""What a message or a person did to an alert: `cleared` is by staff, `noted` changed nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An earlier message that one updates or cancels."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where it holds."""

    description: str
    zones: tuple[str, ...] = ()
    """Ids of stops and places of the station; a CAP `geocode` with the valueName `zone`."""
    polygons: tuple[tuple[tuple[float, float], ...], ...] = ()
    """Closed rings of latitude and longitude (WGS 84)."""
    circles: tuple[tuple[float, float, float], ...] = ()
    """Latitude and longitude of a middle, and the kilometres around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """What it says in one language."""

    language: str
    """RFC 3066, as `en` or `en-US`."""
    categories: tuple[Category, ...]
    event: str
    responses: tuple[Response, ...] = ()
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    headline: str = ""
    description: str = ""
    instruction: str = ""
    sender_name: str = ""
    onset: datetime | None = None
    expires: datetime | None = None
    areas: tuple[Area, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    """Names and values of the sender's own system."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One CAP message. All times are aware."""

    identifier: str
    sender: str
    sent: datetime
    status: Status
    message_type: MessageType
    scope: Scope = "Public"
    references: tuple[Reference, ...] = ()
    infos: tuple[Info, ...] = ()
    """Ours have one a language and none in a Cancel; others' may have several."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An alert that stands now at this kiosk."""

    id: str
    """Its name here and at the station's other kiosks; stays the same over updates. Safe in a URL and a topic."""
    alert: Alert
    """The newest message of it."""
    since: datetime
    """When the first message of it came here."""
    life_safety: bool
    """Whether its source may take over every screen, and says that it is Actual and to be acted on at once."""
    latched: bool = False
    """Whether it stays until somebody with a token ends it."""
    source: Source
    """A rule of this station, a sensor that fell silent, a listed sender, another kiosk of the station, or staff."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the log of alerts (ISO 22322: alerts are logged, with who authorised what)."""

    at: datetime
    action: Action
    id: str
    """Of the alert here."""
    sender: str
    identifier: str
    sent: datetime
    status: Status
    message_type: MessageType
    source: Source
    by: str
    """The sender of the message, the name of the token, or the part of this program."""
    cap: bytes | None = None
    """The message, where it is not too long to keep."""
