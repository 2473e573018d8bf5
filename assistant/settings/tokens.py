"""Who may call what."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from assistant.settings.parts import Part

Scope = Annotated[str, Field(pattern=r"^(operate|alert|sense:[A-Za-z0-9_.:-]{1,64})$")]


class Token(Part):
    """Somebody who may write; `station-assistant token` makes one."""

    name: str
    """Who it is, for the operator."""
    scopes: list[Scope]
    """What it may: `operate`, `alert` (bring warnings in), `sense:<id>` (bring in the readings of the sensors `push:<id>`)."""
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Hash of the token; the token itself is kept nowhere."""
    expires: AwareDatetime | None = None
    """When it stops opening anything, with offset, as 2027-01-01T00:00:00+01:00; unset, it does not."""
