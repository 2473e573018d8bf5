"""When Rasa is started anew, because its memory grew: only while nobody talks."""

import os
from pathlib import Path

GROWN = 1.4
"""Times the memory that it had once it was warm."""
WARM_S, QUIET_S = 60.0, 60.0


class Recycler:
    """Judges one process after another; times are passed in."""

    def __init__(self) -> None:
        self._pid: int | None = None
        self._since = self._busy = 0.0
        self._first: float | None = None

    def due(self, pid: int | None, mb: float | None, conversations: int, now: float) -> bool:
        """True where the process `pid` of `mb` megabytes has grown too large and nobody has talked for a while."""
        if pid is None or mb is None:
            return False
        if pid != self._pid:
            self._pid, self._since, self._first = pid, now, None
        if conversations:
            self._busy = now
        if self._first is None:
            if now - self._since >= WARM_S:
                self._first = mb
            return False
        return mb > GROWN * self._first and now - max(self._busy, self._since) >= QUIET_S


def resident_mb(pid: int | None) -> float | None:
    """Memory of a process; None where there is none."""
    if pid is None:
        return None
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
