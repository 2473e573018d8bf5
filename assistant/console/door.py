"""The console's door: who is signed in, what that role may, and that a change was asked for by a page of ours."""

from typing import Annotated, Final, cast

from fastapi import FastAPI, Path, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from assistant.accounts.access import Access
from assistant.accounts.models import ID, Role, SignedIn, Visitor, reaches
from assistant.accounts.secrets import same
from assistant.errors import NotAllowed, NotAuthorised

COOKIE, COOKIE_TLS = "console", "__Host-console"
"""On loopback over plain http, `Secure` and the prefix cannot be relied on in every browser; over TLS both are set."""
CSRF: Final = "x-csrf-token"
Key = Annotated[str, Path(pattern=ID)]
"""The id of an account, a token or a report in a path."""
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN: Final = frozenset({("GET", "/start"), ("POST", "/session"), ("POST", "/codes")})
"""What nobody needs to be signed in for."""


class May:
    """A dependency that lets in who may what `role` may. Raises NotAuthorised, NotAllowed."""

    def __init__(self, access: Access, role: Role) -> None:
        self._access, self.role = access, role

    def __call__(self, request: Request) -> Visitor:
        """Who is signed in."""
        key = shown(request)
        visitor = self._access.visitor(key) if key else None
        if visitor is None:
            raise NotAuthorised("sign in first", code="not-signed-in")
        if request.method not in SAFE and not same(request.headers.get(CSRF, ""), visitor.csrf):
            raise NotAllowed("this change was not asked for by the console's own page", code="wrong-csrf")
        if not reaches(visitor.account.role, self.role):
            raise NotAllowed(f"this needs the role {self.role}", code="wrong-role")
        return visitor


class Door:
    """Makes what stands in front of each route."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.viewer, self.editor = May(access, "viewer"), May(access, "editor")
        self.publisher, self.admin = May(access, "publisher"), May(access, "admin")


async def own_page(request: Request) -> None:
    """Raises NotAllowed for what another site made the browser ask for, and for a change that names no origin. The gate compares names."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise NotAllowed("pages of other origins may not ask here", code="wrong-origin")
    if request.method not in SAFE and "origin" not in request.headers:
        raise NotAllowed("a change names the page it comes from", code="wrong-origin", hint="send Origin")


def shown(request: Request) -> str | None:
    """The session's secret that a browser shows."""
    return request.cookies.get(_cookie(request)[0])


def address(request: Request) -> str:
    """Where a request comes from; a forwarded address is anybody's word."""
    return request.client.host if request.client else ""


def hand_out(request: Request, response: Response, signed: SignedIn) -> None:
    """Puts a new session into the browser. It lives until the browser is closed, if the server does not end it sooner."""
    name, path, tls = _cookie(request)
    response.set_cookie(name, signed.secret, path=path, secure=tls, httponly=True, samesite="strict")


def take_back(request: Request, response: Response) -> None:
    """Takes the session out of the browser."""
    name, path, tls = _cookie(request)
    response.delete_cookie(name, path=path, secure=tls, httponly=True, samesite="strict")


def table(console: FastAPI) -> dict[tuple[str, str], Role | None]:
    """Method and path of every route → the least role. Raises TypeError for a route that stands open and is not listed as such."""
    found: dict[tuple[str, str], Role | None] = {}
    for route in iter_route_contexts(console.routes):
        if not isinstance(route.original_route, APIRoute) or route.path is None:
            raise TypeError(f"{route.path} has no door")
        for method in route.methods or ():
            role = found[method, route.path] = _role(route.path, route.dependant)
            if role is None and (method, route.path) not in OPEN:
                raise TypeError(f"{method} {route.path} stands open")
    return found


def _role(path: str, dependant: Dependant) -> Role | None:
    """The least role that a route lets in; None for an open one."""
    roles = {call.role for call in _calls(dependant) if isinstance(call, May)}
    if len(roles) > 1:
        raise TypeError(f"{path} asks for two roles")
    return next(iter(roles), None)


def _cookie(request: Request) -> tuple[str, str, bool]:
    """Name, path and whether it is for TLS alone. `__Host-` asks for the path `/`."""
    return (COOKIE_TLS, "/", True) if request.url.scheme == "https" else (COOKIE, "/console", False)


def _calls(dependant: Dependant) -> list[object]:
    return [cast("object", one.call) for one in dependant.dependencies] + [call for one in dependant.dependencies for call in _calls(one)]
