"""Frames cut out of a stream of bytes that may begin anywhere, lose bytes and carry noise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.environment.devices.models import Decoded, Rejected, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A kind of frame: its first bytes, its whole length, and what it says."""

    header: bytes
    length: int
    decode: Callable[[bytes], Decoded]
    """Takes a whole frame."""
    values: bool = True
    """False for a frame that carries none, such as the answer to a command: it is taken out, and means nothing."""


class Framer:
    """Takes bytes as they come, hands out the values of whole frames. After a bad frame it looks for the next inside it: none is lost."""

    def __init__(self, layouts: Sequence[Layout]) -> None:
        self._layouts: Final = tuple(layouts)
        self._waiting = bytearray()
        self._noisy = False
        self.rejected = Rejected()

    def feed(self, data: bytes) -> list[Values]:
        """The values of the frames that `data` completes, oldest first."""
        self._waiting += data
        found: list[Values] = []
        while (layout := self._next()) is not None and len(self._waiting) >= layout.length:
            decoded = layout.decode(bytes(self._waiting[: layout.length]))
            if decoded == "garbled":
                self._skip_garbled(layout)
                continue
            del self._waiting[: layout.length]
            self._noisy = False
            if decoded == "nonsense":
                self._count(nonsense=1)
            elif layout.values:
                found.append(decoded)
        return found

    def drop(self) -> None:
        """Forgets what has begun and will not be completed."""
        if self._waiting:
            self._count(short=1)
        self._waiting.clear()
        self._noisy = False

    def _next(self) -> Layout | None:
        """Drops what comes before the next frame; its layout, or None where its header is not whole yet."""
        start = self._start(0, len(self._waiting))
        if start:
            if not self._noisy:
                self._count(noise=1)
            self._noisy = True
            del self._waiting[:start]
        return next((layout for layout in self._layouts if self._waiting.startswith(layout.header)), None)

    def _start(self, begin: int, end: int) -> int:
        """Where the first header begins at or after `begin`, also one that the end cuts off; `end` where none does."""
        for at in range(begin, end):
            rest = bytes(self._waiting[at:end])
            if any(rest.startswith(layout.header) or layout.header.startswith(rest) for layout in self._layouts):
                return at
        return end

    def _skip_garbled(self, layout: Layout) -> None:
        """Goes on with the next header: one inside the frame says that the frame was cut off."""
        following = self._start(1, layout.length)
        if following < layout.length:
            self._count(short=1)
        else:
            self._count(checksum=1)
        del self._waiting[:following]
        self._noisy = True

    def _count(self, *, checksum: int = 0, short: int = 0, noise: int = 0, nonsense: int = 0) -> None:
        now = self.rejected
        self.rejected = replace(
            now, checksum=now.checksum + checksum, short=now.short + short, noise=now.noise + noise, nonsense=now.nonsense + nonsense
        )
