"""Who may write: whoever shows a token whose hash is known here and has not expired, with the scope that a call needs."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBasic, HTTPBasicCredentials, HTTPBearer

from assistant.errors import NotAllowed, NotAuthorised
from assistant.settings import Token

BEARER = HTTPBearer(auto_error=False, description="A token of `station-assistant token`.")
BASIC = HTTPBasic(auto_error=False, description="The same token as the password, for boxes that know nothing else; any name.")
SENSE: Final = "sense:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Somebody who may bring in readings."""

    name: str
    sensors: frozenset[str]
    """Ids after `push:` of the sensors it may write."""


def requires(tokens: Iterable[Token], scope: str) -> Callable[..., str]:
    """A dependency that lets in who may do `scope` and gives the name of the token.

    It raises NotAuthorised without a known token, NotAllowed without the scope.
    """

    def check(shown: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)] = None) -> str:
        able = [token.name for token in _known(tokens, shown.credentials if shown else None) if scope in token.scopes]
        if not able:
            raise NotAllowed(f"this token lacks the scope {scope}", code="wrong-scope")
        return able[0]

    return check


def senses(tokens: Iterable[Token]) -> Callable[..., Writer]:
    """A dependency that lets in who may write any sensor and says which. Bearer, or Basic with the token as the password.

    It raises NotAuthorised without a known token, NotAllowed without a scope `sense:<id>`.
    """

    def check(
        bearer: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)] = None,
        basic: Annotated[HTTPBasicCredentials | None, Security(BASIC)] = None,
    ) -> Writer:
        fitting = _known(tokens, bearer.credentials if bearer else basic.password if basic else None)
        sensors = frozenset(
            scope.removeprefix(SENSE) for token in fitting for scope in token.scopes if scope.startswith(SENSE)
        )  # fmt: skip
        if not sensors:
            raise NotAllowed("this token lacks a scope sense:<id>", code="wrong-scope")
        return Writer(name=fitting[0].name, sensors=sensors)

    return check


def _known(tokens: Iterable[Token], secret: str | None) -> list[Token]:
    """The tokens that a secret is of. Raises NotAuthorised where there is none."""
    if secret is None:
        raise NotAuthorised("this call needs a bearer token", hint="station-assistant token makes one")
    now = datetime.now(UTC)
    sha256 = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
    # Every token is compared, so that the time tells nothing of which one is near.
    fitting = [token for token in tokens if hmac.compare_digest(token.sha256, sha256) and (token.expires is None or token.expires > now)]
    if not fitting:
        raise NotAuthorised("this token is not known here")
    return fitting
