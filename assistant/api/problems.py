"""Every error of the API as an RFC 9457 problem document, which never echoes input."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from assistant import log
from assistant.conversation.models import Problem
from assistant.errors import AssistantError, TooMany, Unavailable

TITLES = {
    400: "Bad request", 401: "Not authorised", 403: "Not allowed", 404: "Not found", 405: "Method not allowed", 409: "Conflict",
    412: "Changed meanwhile", 413: "Too large", 415: "Unsupported media type", 422: "Cannot be used", 429: "Too many requests",
    500: "Internal error", 503: "Unavailable",
}  # fmt: skip
HEADERS = {401: {"WWW-Authenticate": 'Bearer realm="station-assistant"'}, 503: {"Retry-After": "2"}}


def problem(error: AssistantError) -> Problem:
    """The problem document of an error of ours."""
    detail = f"{error.message} ({error.hint})" if error.hint else error.message
    return Problem(title=TITLES.get(error.status, "Error"), status=error.status, code=error.code, detail=detail)


def response(document: Problem) -> JSONResponse:
    """A problem document on the wire."""
    headers = HEADERS.get(document.status, {})
    return JSONResponse(document.model_dump(), document.status, headers, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Turns whatever is raised below `app` into problem documents."""

    @app.exception_handler(AssistantError)
    async def ours(request: Request, error: AssistantError) -> JSONResponse:
        if error.status >= 500 and not isinstance(error, Unavailable):
            log.failure("request_failed", error)
        answer = response(problem(error))
        if isinstance(error, TooMany):
            answer.headers["Retry-After"] = str(error.wait_s)
        return answer

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return response(invalid_input(error))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        title = TITLES.get(error.status_code, "Error")
        code = title.casefold().replace(" ", "-")
        return response(Problem(title=title, status=error.status_code, code=code, detail=f"{title}."))

    @app.exception_handler(ClientDisconnect)
    async def gone(request: Request, error: ClientDisconnect) -> JSONResponse:
        return response(Problem(title=TITLES[400], status=400, code="bad-request", detail="The body broke off."))

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> JSONResponse:
        log.failure("request_failed", error)
        return response(Problem(title=TITLES[500], status=500, code="internal", detail="Something went wrong here; it has been noted."))


def invalid_input(error: RequestValidationError) -> Problem:
    """Where and how the input is wrong. Names of unknown keys and values are the caller's words and stay out."""
    found = []
    for item in error.errors()[:10]:
        place = [str(part) for part in item["loc"][:2] if isinstance(part, str)]
        known = place[:1] if item["type"] == "extra_forbidden" else place
        found.append({"where": ".".join(known), "type": item["type"]})
    json_broken = any(item["type"] == "json_invalid" for item in found)
    status = 400 if json_broken else 422
    detail = "The body is not JSON." if json_broken else "The request does not fit /openapi.json; see errors."
    return Problem(title=TITLES[status], status=status, code="invalid-input", detail=detail, errors=found)
