"""What calls have in common: languages, names and moments as they stand in addresses."""

from datetime import datetime
from typing import Annotated

from fastapi import Query

from assistant.answers.closing import FIRST_YEAR, LAST_YEAR, local
from assistant.answers.context import Context, resolve
from assistant.answers.timetable import refusal
from assistant.errors import BadRequest, NotFound, Unavailable

Name = Annotated[str | None, Query(max_length=100)]
Language = Annotated[str, Query(pattern="^[a-z]{2,3}$")]


def check_timetable(context: Context) -> None:
    """Raises Unavailable where no time may be named now."""
    if refused := refusal(context):
        raise Unavailable(refused.replies[0].text, code="no-valid-timetable")


def moment(at: datetime | None, context: Context) -> datetime:
    """A moment in the station's zone, its local time where no offset is named; now for None. Raises BadRequest outside the timetable."""
    if at is None:
        return context.now
    if FIRST_YEAR < at.year < LAST_YEAR and context.knowledge.expired(found := local(at, context)) == "valid":
        return found
    validity = context.knowledge.validity()
    raise BadRequest(f"the timetable holds from {validity.start} to {validity.end}", code="out-of-timetable")


def known(context: Context, said: str | None, kind: str) -> str | None:
    """The id that a parameter means: an id as it is, or a name. Raises NotFound."""
    if said is None:
        return None
    found = resolve(context, said, {kind})
    if found.match is None:
        raise NotFound(f"no such {kind}; ids and names are in /v1/places?q=", code=f"unknown-{kind}")
    return found.match.id
