"""Where feeds come from: a file of the station folder, or an address. Each fetch gives new bytes, or None where nothing is new."""

import asyncio
import hashlib
import os
import ssl
import stat
import zlib
from pathlib import Path
from typing import Protocol

import httpx

from assistant import __version__

LIMIT_B = 32_000_000
"""Largest feed, unpacked; that of a whole country has a third of it."""
FETCH_S = 30.0
"""Longest time for one fetch, however slowly its bytes drip."""
ANSWER_S = 10.0
MOST_REDIRECTS = 3


class FetchFailed(Exception):
    """A source gave nothing; `code` says why, in one word of ours."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class FeedSource(Protocol):
    """Gives a feed's bytes."""

    async def fetch(self) -> bytes | None:
        """The bytes, or None where they are those of the last time. Raises FetchFailed."""

    def forget(self) -> None:
        """The last bytes were no use: the same again are news."""

    async def close(self) -> None:
        """Lets go of everything."""


class FileSource:
    """A file that somebody writes anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None

    async def fetch(self) -> bytes | None:
        """The file where it has changed. Raises FetchFailed."""
        return await asyncio.to_thread(self._read)

    def forget(self) -> None:
        """Reads the file again next time."""
        self._seen = None

    async def close(self) -> None:
        """Nothing is held."""

    def _read(self) -> bytes | None:
        try:
            # A pipe without a writer would hold the thread for ever.
            with open(os.open(self._path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
                state = os.fstat(file.fileno())
                if not stat.S_ISREG(state.st_mode):
                    raise FetchFailed("file-unreadable")
                now = (state.st_mtime_ns, state.st_size, state.st_ino)
                if now == self._seen:
                    return None
                data = file.read(LIMIT_B + 1)
        except FileNotFoundError:
            raise FetchFailed("file-missing") from None
        except OSError:
            raise FetchFailed("file-unreadable") from None
        if len(data) > LIMIT_B:
            raise FetchFailed("too-large")
        self._seen = now
        return data


class HttpSource:
    """An address that the operator configured: no proxy of the environment, no other host."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self._url, self._headers = url, headers
        self._client = httpx.AsyncClient(
            trust_env=False, follow_redirects=False, timeout=ANSWER_S, verify=ssl.create_default_context(),
            headers={"user-agent": f"station-assistant/{__version__}", "accept-encoding": "gzip"},
        )  # fmt: skip
        self.forget()

    async def fetch(self) -> bytes | None:
        """The body where it has changed. Raises FetchFailed."""
        try:
            async with asyncio.timeout(FETCH_S):
                return await self._get()
        except TimeoutError:
            raise FetchFailed("slow") from None
        except httpx.TimeoutException:
            raise FetchFailed("slow") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
            raise FetchFailed("unreachable") from None

    def forget(self) -> None:
        """Asks for the whole again next time."""
        self._known: dict[str, str] = {}
        self._digest = b""

    async def close(self) -> None:
        """Ends the connections."""
        await self._client.aclose()

    async def _get(self) -> bytes | None:
        url = httpx.URL(self._url)
        for _ in range(MOST_REDIRECTS + 1):
            async with self._client.stream("GET", url, headers=self._headers | self._known) as response:
                if response.status_code == 304 and self._known:
                    return None
                if response.next_request is not None:
                    url = _same_host(url, response.next_request.url)
                    continue
                if response.status_code != 200:
                    raise FetchFailed(f"http-{response.status_code}")
                return self._news(await _body(response), response.headers)
        raise FetchFailed("redirect")

    def _news(self, data: bytes, headers: httpx.Headers) -> bytes | None:
        digest = hashlib.sha256(data).digest()
        pairs = (("if-none-match", "etag"), ("if-modified-since", "last-modified"))
        self._known = {ask: headers[tell] for ask, tell in pairs if headers.get(tell, "").isascii() and tell in headers}
        if digest == self._digest:
            return None
        self._digest = digest
        return data


async def _body(response: httpx.Response) -> bytes:
    """The body, unpacked no further than to the limit: packed twice, a few kilobytes hold gigabytes."""
    packing = response.headers.get("content-encoding", "identity").lower()
    if packing not in ("identity", "gzip"):
        raise FetchFailed("packed")
    unpacker = zlib.decompressobj(31) if packing == "gzip" else None
    data = bytearray()
    async for chunk in response.aiter_raw():
        try:
            data += unpacker.decompress(chunk, LIMIT_B + 1 - len(data)) if unpacker else chunk
        except zlib.error:
            raise FetchFailed("packed") from None
        if len(data) > LIMIT_B:
            raise FetchFailed("too-large")
    return bytes(data)


def _same_host(url: httpx.URL, goal: httpx.URL) -> httpx.URL:
    """Raises FetchFailed for another host or port, whoever may listen there, and for one that would be reached without encryption."""
    same = (goal.scheme, goal.port) == (url.scheme, url.port)
    upgraded = url.scheme == "http" and url.port is None and goal.scheme == "https" and goal.port is None
    if goal.host != url.host or not (same or upgraded):
        raise FetchFailed("redirect")
    return goal


def source_of(text: str, station: Path, headers: dict[str, str]) -> FeedSource:
    """The source that a setting names."""
    return FileSource(station / text.removeprefix("file:")) if text.startswith("file:") else HttpSource(text, headers)
