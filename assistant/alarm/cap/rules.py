"""Rules of CAP 1.2 that its schema does not say (section 3.2), the same for reading and writing."""

import re
from datetime import UTC, datetime
from typing import Final

from assistant.alarm.models import Alert

NAME: Final = re.compile(r"[^\s,<&]{1,200}")
"""An identifier or a sender: no spaces, commas or restricted characters; the length is our limit."""
MOST_REFERENCES: Final = 500

type Identity = tuple[str, str, str]
"""Sender, identifier and time of a message, which name it in all the world (CAP 1.2, `references`)."""


def whole(at: datetime) -> datetime:
    """A time as CAP knows it: to the second."""
    return at.replace(microsecond=0)


def identity(sender: str, identifier: str, sent: datetime) -> Identity:
    """What names a message, in a form that can be compared and kept."""
    return sender, identifier, whole(sent).astimezone(UTC).isoformat()


def identity_of(alert: Alert) -> Identity:
    """What names an alert's message."""
    return identity(alert.sender, alert.identifier, alert.sent)


def broken(alert: Alert) -> str | None:
    """Which rule a message breaks, in words; None where it keeps them all."""
    names = [(alert.identifier, "identifier"), (alert.sender, "sender")]
    names += [(name, "references") for one in alert.references for name in (one.identifier, one.sender)]
    for name, where in names:
        if not NAME.fullmatch(name):
            return f"<{where}> has a space, a comma, < or &, or not 1 to 200 characters"
    if alert.message_type in ("Update", "Cancel") and not alert.references:
        return f"<references> is needed in msgType {alert.message_type}"
    if len(alert.references) > MOST_REFERENCES:
        return f"<references> names more than {MOST_REFERENCES} messages"
    own = identity_of(alert)
    if any(identity(one.sender, one.identifier, one.sent) == own for one in alert.references):
        return "<references> names the message itself"
    if any(whole(one.sent) > whole(alert.sent) for one in alert.references):
        return "<references> names a message that was sent later"
    return None
