"""Who may come in: this machine only, by its own name, from its own pages, with bodies of a bounded size."""

import re
import time
from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant import log
from assistant.api.problems import problem, response
from assistant.errors import AssistantError, NotAllowed, TooLarge

LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
DENIED = (
    "accelerometer aria-notify autoplay browsing-topics camera captured-surface-control ch-device-memory ch-downlink ch-dpr ch-ect "
    "ch-prefers-color-scheme ch-prefers-reduced-motion ch-prefers-reduced-transparency ch-rtt ch-save-data ch-ua ch-ua-arch ch-ua-bitness "
    "ch-ua-form-factors ch-ua-full-version ch-ua-full-version-list ch-ua-high-entropy-values ch-ua-mobile ch-ua-model ch-ua-platform "
    "ch-ua-platform-version ch-ua-wow64 ch-viewport-height ch-viewport-width ch-width clipboard-read clipboard-write compute-pressure "
    "cross-origin-isolated deferred-fetch deferred-fetch-minimal digital-credentials-create digital-credentials-get display-capture "
    "encrypted-media fullscreen gamepad geolocation gyroscope hid identity-credentials-get idle-detection interest-cohort keyboard-map "
    "language-detector language-model local-fonts local-network local-network-access loopback-network magnetometer "
    "midi on-device-speech-recognition otp-credentials payment picture-in-picture "
    "private-state-token-issuance private-state-token-redemption publickey-credentials-create publickey-credentials-get screen-wake-lock "
    "serial speaker-selection storage-access summarizer sync-xhr translator unload usb window-management xr-spatial-tracking"
).split()
"""What Chromium lets a page do and this one never does; a browser test holds the list to the Chromium it runs. One that is older or newer
tells the names it does not know on its console, and no more."""
LEFT = ("media-playback-while-not-visible", "microphone")
"""What is left to the page itself. The first gives no right: where it is denied, Chromium starts no sound at all, no alarm either."""
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; "
        "media-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Permissions-Policy": ", ".join([*(f"{feature}=()" for feature in DENIED), *(f"{feature}=(self)" for feature in LEFT)]),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
CONSOLE_HEADERS = PAGE_HEADERS | {
    "Content-Security-Policy": PAGE_HEADERS["Content-Security-Policy"].replace("media-src 'self' blob:; manifest-src 'self'; ", ""),
    "Permissions-Policy": ", ".join(
        f"{feature}=({'self' if feature == 'clipboard-write' else ''})" for feature in (*DENIED, "microphone")
    ),
}
"""The console hears and plays nothing; what it shows only once may be copied."""
HEARTBEAT = "/livez"
"""What `kiosk_ui/start.html`, a page of the disk, waits for: it may learn that there is an answer, and reads nothing of it."""


def page_headers(path: str, kind: str) -> dict[str, str]:
    """What stands in front of an answer of a content type. Only a page can do anything that the long list of features forbids."""
    special = {"Cross-Origin-Resource-Policy": "cross-origin"} if path == HEARTBEAT else {}
    headers = CONSOLE_HEADERS if path == "/console" or path.startswith("/console/") else PAGE_HEADERS
    left_out = set() if kind.startswith("text/html") else {"Permissions-Policy"}
    return {name: value for name, value in (headers | special).items() if name not in left_out}


class Gate:
    """Checks Host and Origin (against DNS rebinding and foreign pages), bounds bodies, and adds the security headers."""

    def __init__(self, app: ASGIApp, body_limit: int, larger: Mapping[tuple[str, str], int] | None = None) -> None:
        """Limits in bytes; `larger` has those of single calls, by method and path, which are to look who asks before they read."""
        self._app, self._limit, self._larger = app, body_limit, larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or WebSocket."""
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        headers = [(key.decode("latin-1").lower(), value.decode("latin-1")) for key, value in scope["headers"]]
        try:
            _check_names(headers)
            self._check_length(headers, self._limit_of(scope))
        except AssistantError as error:
            return await self._refuse(error, scope, receive, send)
        if scope["type"] == "websocket":
            return await self._app(scope, receive, send)
        await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken, limit = 0, self._limit_of(scope)
        status = 0
        began = time.perf_counter()

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise _too_large(limit)
            return message

        async def headed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                present = {key.lower(): value for key, value in message["headers"]}
                more = page_headers(scope["path"], present.get(b"content-type", b"").decode("latin-1"))
                extra = [(key.lower().encode(), value.encode()) for key, value in more.items()]
                message = {**message, "headers": [*message["headers"], *(pair for pair in extra if pair[0] not in present)]}
            await send(message)

        async def unless_too_large(message: Message) -> None:
            if status or taken <= limit:
                await headed(message)

        await self._app(scope, counted, unless_too_large)
        if not status and taken > limit:  # routes make all kinds of answers of a body that breaks off
            await response(problem(_too_large(limit)))(scope, receive, headed)
        endpoint = getattr(scope.get("endpoint"), "__name__", "none")
        log.event("request", route=log.Id(endpoint), status=status, ms=round((time.perf_counter() - began) * 1000, 1))

    def _limit_of(self, scope: Scope) -> int:
        return self._larger.get((scope.get("method", ""), scope["path"]), self._limit)

    @staticmethod
    def _check_length(headers: list[tuple[str, str]], limit: int) -> None:
        lengths = (value for key, value in headers if key == "content-length")
        if any(length.isdecimal() and int(length) > limit for length in lengths):
            raise _too_large(limit)

    async def _refuse(self, error: AssistantError, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": error.code})
        else:
            await response(problem(error))(scope, receive, send)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"the body is larger than {limit // 1_000_000} MB")


def _check_names(headers: list[tuple[str, str]]) -> None:
    hosts = {value for key, value in headers if key == "host"}
    if len(hosts) != 1 or not LOOPBACK.fullmatch(host := hosts.pop()):
        raise NotAllowed("this address is not served under that name", code="wrong-host")
    own = {f"http://{host}".casefold(), f"https://{host}".casefold()}
    if not own.issuperset(value.casefold() for key, value in headers if key == "origin"):
        raise NotAllowed("pages of other origins may not ask here", code="wrong-origin")
