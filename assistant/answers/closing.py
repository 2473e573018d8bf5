"""Somebody of the station says that something is out of order or shut: what can be, and from when to when."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from assistant.answers.context import Context
from assistant.errors import BadRequest, NotFound
from assistant.knowledge.models import Outage, Source
from assistant.knowledge.outages import LONGEST_REASON
from assistant.text import plain

FIRST_YEAR, LAST_YEAR = 1900, 9000
"""Beyond these, offsets lead out of the calendar."""


def local(at: datetime, context: Context) -> datetime:
    """A moment in the station's zone, its local time where no offset is named."""
    zone = context.now.tzinfo
    return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)


def span(context: Context, since: datetime | None, until: datetime | None, *, what: str, code: str) -> tuple[datetime, datetime | None]:
    """From when (now for None) to when something holds, in the station's zone. Raises BadRequest for what is over or cannot be."""
    for at in (since, until):
        if at is not None and not FIRST_YEAR < at.year < LAST_YEAR:
            raise BadRequest("these times are outside the calendar", code=code)
    begins = local(since, context) if since else context.now
    ends = local(until, context) if until else None
    if ends is not None and ends <= max(begins, context.now):
        raise BadRequest(f"{what} ends after it began, and later than now", code=code)
    return begins, ends


def outage(
    context: Context, targets: Sequence[str], *, since: datetime | None, until: datetime | None, reason: str = "",
    reasons: Mapping[str, str] | None = None,
) -> Outage:  # fmt: skip
    """An outage told now, not added yet. `reason` is for staff, `reasons` by language for travellers. Raises BadRequest, NotFound."""
    begins, ends = span(context, since, until, what="an outage", code="outage-invalid")
    if any(context.knowledge.spot(target, context.language) is None for target in targets):
        raise NotFound("a target is the id of a pathway, a facility, a stop or a place of this station", code="unknown-target")
    key = secrets.token_hex(6)
    told = ((language, plain(words, LONGEST_REASON)) for language, words in (reasons or {}).items())
    return Outage(
        id=key, targets=tuple(dict.fromkeys(targets)), reason=plain(reason, LONGEST_REASON), since=begins, until=ends,
        origin="api", reasons=tuple((language, words) for language, words in told if words),
        source=Source(kind="record", table="outages", key=key, as_of=context.now.isoformat()),
    )  # fmt: skip
