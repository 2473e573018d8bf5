"""A zip that somebody sends: written to disk piece by piece, within the limit, whole or not at all."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from assistant.errors import AssistantError, BadRequest, Conflict, TooLarge, Unavailable
from assistant.knowledge.files import sync
from assistant.knowledge.refresh.refresher import Refresher

LONGEST_S = 900.0
"""Longest upload; whoever drips would otherwise hold the place for ever."""


class Upload:
    """Takes one zip at a time and hands it to the refresher."""

    def __init__(self, refresher: Refresher, folder: Path, limit_mb: float) -> None:
        self._refresher, self._path, self.limit_mb = refresher, folder / "upload.part", limit_mb
        self._busy = False
        self._path.unlink(missing_ok=True)

    def check(self) -> None:
        """Raises Conflict where a timetable is on its way in already."""
        if self._busy or self._refresher.busy() is not None:
            raise Conflict("a timetable is being looked at already", code="feed-busy")

    async def receive(self, pieces: AsyncIterator[bytes]) -> Path:
        """Writes a zip and gives where it lies. Raises Conflict, TooLarge, BadRequest for a broken-off one, Unavailable for a full disk."""
        self.check()
        self._busy = True
        whole = False
        try:
            async with asyncio.timeout(LONGEST_S):
                await self._write(pieces)
            whole = True
        except TimeoutError:
            raise Unavailable("the upload was too slow", code="feed-slow") from None
        except OSError as error:
            raise Unavailable(f"the feed cannot be written ({type(error).__name__})", code="feed-disk", hint="look at the disk") from error
        finally:
            self._busy = False
            if not whole:
                self._path.unlink(missing_ok=True)
        return self._path

    def hand_over(self) -> None:
        """Has the zip checked whole and put into service. Raises Conflict, and it is gone."""
        try:
            self._refresher.ask(("hand", str(self._path)))
        except AssistantError:
            self.forget()
            raise

    def forget(self) -> None:
        """The zip is gone."""
        self._path.unlink(missing_ok=True)

    async def _write(self, pieces: AsyncIterator[bytes]) -> None:
        done, limit = 0, int(self.limit_mb * 1_000_000)
        await asyncio.to_thread(self._path.parent.mkdir, parents=True, exist_ok=True)
        with await asyncio.to_thread(self._path.open, "wb") as file:
            async for piece in pieces:
                done += len(piece)
                if done > limit:
                    raise TooLarge(f"the zip is larger than {self.limit_mb:g} MB")
                await asyncio.to_thread(file.write, piece)
        if not done:
            raise BadRequest("the zip is empty", code="feed-empty")
        await asyncio.to_thread(sync, self._path)
