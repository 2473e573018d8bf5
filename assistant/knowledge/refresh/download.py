"""Gets a feed from its address: with a limit, only what changed, and without telling anybody the address."""

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from assistant import __version__
from assistant.errors import StationError, Unavailable
from assistant.knowledge.files import sync
from assistant.knowledge.refresh.targets import pinned

TIMEOUT = httpx.Timeout(30.0, connect=10.0)
"""Seconds without a byte."""
LONGEST_S = 900.0
"""Longest download in all; a server that drips would otherwise hold it for ever."""
REDIRECTS = 5
HEADER_LIMIT = 1024
"""Longest ETag that is kept, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A feed that was fetched, with what tells whether it changes."""

    etag: str | None
    last_modified: str | None


def download(
    url: str, target: Path, *, limit: int, etag: str | None = None, last_modified: str | None = None, longest_s: float = LONGEST_S
) -> Download | None:
    """Writes at most `limit` bytes of `url` to `target`; None where it did not change since `etag` or `last_modified`.

    Redirects are followed to https, and from http to the same host; to another host only where all its addresses are public.
    Proxies of the environment are not used. Raises Unavailable
    where the address cannot be reached or is slow, StationError where it gives what cannot be a feed.
    """
    since = {"if-none-match": etag, "if-modified-since": last_modified}
    headers = {name: value for name, value in since.items() if value}
    headers |= {"accept-encoding": "identity", "user-agent": f"station-assistant/{__version__}"}
    deadline = time.monotonic() + longest_s
    with _own_errors(), httpx.Client(trust_env=False, timeout=TIMEOUT, verify=ssl.create_default_context()) as client:
        address = httpx.URL(url)
        own = address.host
        for _ in range(REDIRECTS + 1):
            at, host, names = (address, {}, {}) if address.host == own else pinned(address)
            with client.stream("GET", at, headers=headers | host, extensions=names) as response:
                if response.has_redirect_location:
                    address = _next(address, address.join(response.headers["location"]))
                    continue
                if response.status_code == 304 and (etag or last_modified):
                    return None
                if response.status_code != 200:
                    raise Unavailable(f"the address answers with status {response.status_code}", code="feed-unreachable")
                _write(response, target, limit, deadline)
                return Download(etag=_kept(response, "etag"), last_modified=_kept(response, "last-modified"))
        raise Unavailable("the address redirects in circles", code="feed-unreachable")


def _next(old: httpx.URL, new: httpx.URL) -> httpx.URL:
    if new.scheme == "https" or (new.scheme == old.scheme == "http" and new.host == old.host):
        return new
    raise StationError(
        "the address redirects to another host without encryption", code="feed-redirect", hint="set feed.url to the final address"
    )


def _write(response: httpx.Response, target: Path, limit: int, deadline: float) -> None:
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise StationError("the address packs the zip once more", code="feed-encoding", hint="ask its publisher for a plain zip")
    length = response.headers.get("content-length", "")
    _check(int(length) if length.isdecimal() else 0, limit)
    done = 0
    with target.open("wb") as file:
        for chunk in response.iter_raw():
            done += len(chunk)
            _check(done, limit)
            if time.monotonic() > deadline:
                raise Unavailable("the address is too slow", code="feed-slow")
            file.write(chunk)
    sync(target)


def _check(size: int, limit: int) -> None:
    if size > limit:
        raise StationError(
            f"the address gives more than the limit of {limit / 1_000_000:g} MB",
            code="feed-too-large", hint="raise feed: {limit_mb: …} in station.yaml if the feed is right",
        )


def _kept(response: httpx.Response, header: str) -> str | None:
    value = response.headers.get(header)
    return value if value and len(value) <= HEADER_LIMIT and value.isascii() else None  # others cannot be sent back


@contextmanager
def _own_errors() -> Iterator[None]:
    """The messages of httpx name the address, which may hold a key."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
        raise Unavailable(f"the address cannot be reached ({type(error).__name__})", code="feed-unreachable") from None
