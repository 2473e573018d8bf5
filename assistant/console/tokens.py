"""Tokens of programs and sensor boxes: listed, made, revoked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends
from pydantic import Field

from assistant.accounts import audit, tokens
from assistant.accounts.models import Change, IssuedToken, Visitor
from assistant.console.door import Door, Key
from assistant.conversation.models import Wire
from assistant.errors import Conflict
from assistant.settings import Token
from assistant.settings.tokens import Scope


class TokenView(Wire):
    """A token, without itself."""

    id: str | None
    """None for one that stands in `station.yaml`."""
    name: str
    scopes: Sequence[str]
    origin: Literal["station_file", "console"]
    made_by: str | None
    """Id of an account."""
    made_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


class Tokens(Wire):
    """Those of the station file, then those made here, the newest first."""

    tokens: Sequence[TokenView]


class NewToken(Wire):
    """A program or a box that may write."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=32)]
    days: Annotated[int, Field(ge=1, le=tokens.LONGEST.days)] = 90
    """How long it opens anything."""


class MadeToken(Wire):
    """A new token."""

    secret: str
    """Shown this once."""
    token: TokenView


def router(door: Door, listed: Sequence[Token]) -> APIRouter:
    """The routes of `/tokens`; `listed` are those of the station file."""
    routes, access = APIRouter(prefix="/tokens", tags=["tokens"]), door.access
    admin = Depends(door.admin)

    @routes.get("", dependencies=[admin])
    def known() -> Tokens:
        """Every token there is or was."""
        with access.database.reading() as session:
            made = tokens.listed(session)
        return Tokens(tokens=[*(_of_file(token) for token in listed), *(_view(token) for token in made)])

    @routes.post("", status_code=201)
    def make(by: Annotated[Visitor, admin], new: Annotated[NewToken, Body()]) -> MadeToken:
        """A new token; its secret is shown this once and kept nowhere."""
        if any(token.name == new.name for token in listed):
            raise Conflict("this name is taken", code="name-taken")
        now = access.now()
        with access.database.writing() as session:
            made, secret = tokens.issue(session, new.name, new.scopes, by.account.id, now, now + timedelta(days=new.days))
            audit.append(session, Change(actor=by.account.id, action="token.made", object=f"token:{made.id}"), now)
        return MadeToken(secret=secret, token=_view(made))

    @routes.delete("/{token_id}")
    def revoke(token_id: Key, by: Annotated[Visitor, admin]) -> TokenView:
        """It opens nothing any more, from the next call on."""
        now = access.now()
        with access.database.writing() as session:
            gone = tokens.revoke(session, token_id, now)
            audit.append(session, Change(actor=by.account.id, action="token.revoked", object=f"token:{gone.id}"), now)
        return _view(gone)

    return routes


def _of_file(token: Token) -> TokenView:
    return TokenView(
        id=None, name=token.name, scopes=token.scopes, origin="station_file", made_by=None, made_at=None, expires_at=token.expires,
        revoked_at=None,
    )  # fmt: skip


def _view(token: IssuedToken) -> TokenView:
    return TokenView(
        id=token.id, name=token.name, scopes=token.scopes, origin="console", made_by=token.made_by, made_at=token.made_at,
        expires_at=token.expires_at, revoked_at=token.revoked_at,
    )  # fmt: skip
