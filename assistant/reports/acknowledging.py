"""Acknowledgements that come over the broker: which report, and who has seen it."""

from typing import Annotated, Self

from pydantic import BaseModel, Field, ValidationError, model_validator

from assistant import log
from assistant.errors import AssistantError
from assistant.reports.reports import Reports

LONGEST = 1000
"""Bytes of a message."""


class Acknowledgement(BaseModel):
    """One message; what else stands in it is not read."""

    number: Annotated[int, Field(ge=1, le=2**53, strict=True)] | None = None
    id: Annotated[str, Field(max_length=64)] | None = None
    by: Annotated[str, Field(pattern=r"^[\w .,'-]{1,64}$")]

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.number is None) == (self.id is None):
            raise ValueError("write number or id")
        return self


def acknowledge(reports: Reports, payload: bytes) -> bool:
    """Notes that somebody has seen a report; False, with a line in the log, where the message or the report is none."""
    try:
        if len(payload) > LONGEST:
            raise ValueError
        told = Acknowledgement.model_validate_json(payload)
        reports.acknowledge(told.id if told.id is not None else told.number or 0, told.by)
    except (AssistantError, ValidationError, ValueError) as error:
        log.failure("acknowledgement_refused", error)
        return False
    return True
