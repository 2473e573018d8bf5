"""People and their roles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request, Response
from pydantic import Field

from assistant.accounts.models import NAME, Role, Visitor
from assistant.console.door import Door, Key, hand_out
from assistant.console.session import AccountView, account_view
from assistant.conversation.models import Wire


class Accounts(Wire):
    """Every account, by name."""

    accounts: Sequence[AccountView]


class NewAccount(Wire):
    """Somebody who shall be let in."""

    name: Annotated[str, Field(pattern=NAME)]
    role: Role


class ChangedAccount(Wire):
    """What is to be otherwise; what is left out stays."""

    role: Role | None = None
    active: bool | None = None


class Code(Wire):
    """A one-time code, shown this once; its person sets a password with it."""

    code: str
    expires_at: datetime


class Invited(Code):
    """A new account and its code."""

    account: AccountView


def router(door: Door) -> APIRouter:
    """The routes of `/accounts`."""
    routes, access = APIRouter(prefix="/accounts", tags=["accounts"]), door.access
    admin = Depends(door.admin)

    @routes.get("", dependencies=[admin])
    def accounts() -> Accounts:
        """Every account, by name."""
        return Accounts(accounts=[account_view(account) for account in access.accounts()])

    @routes.post("", status_code=201)
    def invite(by: Annotated[Visitor, admin], new: Annotated[NewAccount, Body()]) -> Invited:
        """A new account. Nobody but its person ever knows its password."""
        account, code, expires_at = access.invite(by, new.name, new.role)
        return Invited(account=account_view(account), code=code, expires_at=expires_at)

    @routes.post("/{account_id}/code", status_code=201)
    def code(account_id: Key, by: Annotated[Visitor, admin]) -> Code:
        """A new code for somebody who has lost the password or the first code."""
        made, expires_at = access.invite_again(by, account_id)
        return Code(code=made, expires_at=expires_at)

    @routes.patch("/{account_id}")
    def change(
        account_id: Key, by: Annotated[Visitor, admin], to: Annotated[ChangedAccount, Body()], request: Request, response: Response
    ) -> AccountView:
        """Another role, off or on; its sessions end."""
        account, signed = access.change_account(by, account_id, role=to.role, active=to.active)
        if signed is not None:
            hand_out(request, response, signed)
        return account_view(account)

    @routes.delete("/{account_id}", status_code=204)
    def erase(account_id: Key, by: Annotated[Visitor, admin]) -> None:
        """Erases the account and its name; the audit log keeps the bare id."""
        access.erase(by, account_id)

    return routes
