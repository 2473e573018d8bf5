"""Who may write: whoever shows a token whose hash stands in `station.yaml`, with the scope that a call needs."""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from assistant.errors import NotAllowed, NotAuthorised
from assistant.settings import Token

BEARER = HTTPBearer(auto_error=False, description="A token of `station-assistant token`.")


def requires(tokens: Sequence[Token], scope: str) -> Callable[..., str]:
    """A dependency that lets in who may do `scope` and gives the name of the token.

    It raises NotAuthorised without a known token, NotAllowed without the scope.
    """

    def check(shown: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)] = None) -> str:
        if shown is None:
            raise NotAuthorised("this call needs a bearer token", hint="station-assistant token makes one")
        sha256 = hashlib.sha256(shown.credentials.encode("utf-8", "surrogatepass")).hexdigest()
        # Every token is compared, so that the time tells nothing of which one is near.
        fitting = [token for token in tokens if hmac.compare_digest(token.sha256, sha256)]
        if not fitting:
            raise NotAuthorised("this token is not known here")
        able = [token.name for token in fitting if scope in token.scopes]
        if not able:
            raise NotAllowed(f"this token lacks the scope {scope}", code="wrong-scope")
        return able[0]

    return check
