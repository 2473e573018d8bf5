"""Serves web applications at addresses of this machine, several in one process."""

import asyncio
import contextlib
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import uvicorn

from assistant.errors import StationError

Listener = socket.socket
"""A socket at which is listened."""


class _Server(uvicorn.Server):
    """uvicorn without signal handlers of its own: the process has them."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Tells when it serves."""
        await super().startup(sockets)
        self.up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves signals to the process."""
        yield


def check_host(host: str) -> None:
    """Raises StationError for an address that others could reach: that needs TLS and tokens, which are not built yet."""
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(host).is_loopback:
            return
    if host != "localhost":
        raise StationError("http.host has to be a loopback address: other addresses need TLS and tokens", hint="use 127.0.0.1")


def listen(host: str, port: int) -> socket.socket:
    """A socket at an address; port 0 is any free one. Raises StationError where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, because asyncio sends small answers at once (TCP_NODELAY) only where it sees the protocol: else 40 ms are lost.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise StationError(f"port {port} cannot be used: {error.strerror}", hint="set ASSISTANT_HTTP__PORT") from None
    return listener


async def serve(app: Any, listener: socket.socket) -> Callable[[], Awaitable[None]]:
    """Serves an ASGI application; returns when it does, with what ends it."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", server_header=False, date_header=False, ws="websockets-sansio",
        ws_max_size=1_000_000, timeout_keep_alive=10, timeout_graceful_shutdown=2, h11_max_incomplete_event_size=65_536,
    )  # fmt: skip
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    up = asyncio.create_task(server.up.wait())
    await asyncio.wait({task, up}, return_when=asyncio.FIRST_COMPLETED)

    async def end() -> None:
        server.should_exit = True
        await asyncio.wait({task}, timeout=5)

    return end
