"""Signing in and out, one-time codes, one's own password."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request, Response
from pydantic import Field

from assistant.accounts.models import NAME, Account, Role, Visitor
from assistant.console.door import Door, address, hand_out, shown, take_back
from assistant.conversation.models import Wire

Password = Annotated[str, Field(min_length=1, max_length=1000, repr=False)]


class Start(Wire):
    """Whether somebody can sign in."""

    ready: bool
    """False before the first set-up: then a code of `station-assistant accounts recover` makes the first admin."""


class Credentials(Wire):
    """Who wants to sign in."""

    name: Annotated[str, Field(max_length=200)]
    password: Password


class Redeemed(Wire):
    """A one-time code, and the password that is to hold from now on."""

    code: Annotated[str, Field(max_length=64, repr=False)]
    name: Annotated[str, Field(pattern=NAME)] | None = None
    """For an admin's code only: whose account it is or is to be."""
    password: Password


class NewPassword(Wire):
    """One's own password."""

    old: Password
    new: Password


class AccountView(Wire):
    """An account."""

    id: str
    name: str
    role: Role
    active: bool
    ready: bool
    """False until its person has set a password."""
    made_at: datetime


class SessionView(Wire):
    """Who is signed in."""

    account: AccountView
    csrf: str
    """Goes along with every change as `X-CSRF-Token`."""
    ends_at: datetime


def account_view(account: Account) -> AccountView:
    """An account on the wire."""
    return AccountView(
        id=account.id, name=account.name, role=account.role, active=account.active, ready=account.ready, made_at=account.made_at,
    )  # fmt: skip


def session_view(visitor: Visitor) -> SessionView:
    """A session on the wire, without its secret."""
    return SessionView(account=account_view(visitor.account), csrf=visitor.csrf, ends_at=visitor.ends_at)


def router(door: Door) -> APIRouter:
    """The routes of `/session`, `/start` and `/codes`."""
    routes, access = APIRouter(tags=["session"]), door.access
    me = Depends(door.viewer)

    @routes.get("/start")
    def start() -> Start:
        """Whether somebody can sign in, or the first admin has to be made."""
        return Start(ready=access.ready())

    @routes.post("/session", status_code=201)
    def sign_in(who: Annotated[Credentials, Body()], request: Request, response: Response) -> SessionView:
        """Signs in: a new session, whatever the browser brought along."""
        signed = access.sign_in(who.name.strip().casefold(), who.password, address(request), shown(request))
        hand_out(request, response, signed)
        return session_view(signed.visitor)

    @routes.get("/session")
    def session(visitor: Annotated[Visitor, me]) -> SessionView:
        """Who is signed in."""
        return session_view(visitor)

    @routes.delete("/session", status_code=204)
    def sign_out(visitor: Annotated[Visitor, me], request: Request, response: Response) -> None:
        """Signs out: the session ends on the server."""
        access.sign_out(visitor, shown(request) or "")
        take_back(request, response)

    @routes.put("/session/password")
    def password(visitor: Annotated[Visitor, me], new: Annotated[NewPassword, Body()], request: Request, response: Response) -> SessionView:
        """Another password. Every other session of the account ends."""
        signed = access.change_password(visitor, new.old, new.new, address(request))
        hand_out(request, response, signed)
        return session_view(signed.visitor)

    @routes.post("/codes", status_code=204)
    def redeem(redeemed: Annotated[Redeemed, Body()], request: Request) -> None:
        """Sets a password by a one-time code: the machine's for an admin, or the one a new colleague was given."""
        access.redeem(redeemed.code, redeemed.name, redeemed.password, address(request))

    return routes
