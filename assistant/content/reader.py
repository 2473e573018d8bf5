"""Content read again and again while it is edited: a file is parsed once for what is in it."""

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path

from assistant.content import reading
from assistant.content.reading import Content

KEPT = 400
"""Files that are remembered: some drafts, each with its own version of a few."""


class Reader:
    """Reads dialogues folders, from memory where it can. Safe from every thread."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[str, str], Content] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, dialogues: Path) -> Content:
        """As `reading.read`. What is returned is not to be changed."""
        content = Content()
        for pattern in ("domain/*.yml", "data/nlu/*.yml"):
            for path in sorted(dialogues.glob(pattern)):
                part = self._file(path, dialogues)
                content.phrases += part.phrases
                content.wordings += part.wordings
                content.unreadable += part.unreadable
                content.intents |= part.intents
                content.entities |= part.entities
        return content

    def _file(self, path: Path, dialogues: Path) -> Content:
        key = path.relative_to(dialogues).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()
        with self._lock:
            if key in self._files:
                self._files.move_to_end(key)
                return self._files[key]
        part = reading.read_file(path, dialogues)
        with self._lock:
            self._files[key] = part
            while len(self._files) > KEPT:
                self._files.popitem(last=False)
        return part
