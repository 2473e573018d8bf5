"""The ways by which warnings come besides the API: topics of the broker and files in a folder."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from assistant import log
from assistant.alarm.cap.read import LIMIT
from assistant.alarm.intake import Intake, Refusal, Refused, Via
from assistant.alarm.sharing import at_once
from assistant.mqtt import Handler, Message
from assistant.settings.sensing import Alerts

ENDINGS: Final = (".cap", ".xml")
MOST_FILES: Final = 1000
"""Files of the folder that are looked at; an operator's program takes old ones away."""


class Listening(Protocol):
    """The broker, as far as it hands out messages."""

    def subscribe(self, topic_filter: str, handler: Handler) -> None:
        """Hands every message of a topic to `handler`."""


def subscribe(settings: Alerts, broker: Listening, intake: Intake, run: Callable[[Callable[[], None]], None] = at_once) -> None:
    """Takes in what comes on the topics of the listed senders; an empty payload says nothing.

    `run` has it done elsewhere, one after the other: a long message must not hold up the event loop.
    """

    def subscribed(topic: str) -> None:
        def take(data: bytes) -> None:
            try:
                intake.take(data, Via(kind="topic", name=topic))
            except Refused:  # counted and logged
                return

        def come(message: Message) -> None:
            if len(message.payload) > LIMIT:
                intake.refuse(Refusal.too_large, Via(kind="topic", name=topic))
            elif message.payload:
                run(partial(take, message.payload))

        broker.subscribe(topic, come)

    for topic in sorted({sender.topic for sender in settings.senders if sender.topic is not None}):
        subscribed(topic)


class Folder:
    """A folder into which CAP files are put. Each is taken once; one that is still being written is read again when it has changed."""

    def __init__(self, path: Path, intake: Intake) -> None:
        self._path, self._intake = path, intake
        self._known: dict[str, tuple[int, int]] = {}
        self._failed = False

    def scan(self) -> int:
        """Takes what is new since the last call, the oldest file first; how many messages were taken. Never raises."""
        try:
            found = self._files()
            self._failed = False
        except OSError as error:
            if not self._failed:
                log.failure("alert_folder_unreadable", error)
            self._failed = True
            return 0
        before, self._known = self._known, {}
        taken = 0
        for path, state in found:
            self._known[path.name] = state
            if before.get(path.name) != state:
                taken += self._take(path)
        return taken

    def _files(self) -> list[tuple[Path, tuple[int, int]]]:
        files = [path for path in self._path.iterdir() if path.suffix.lower() in ENDINGS and path.is_file() and not path.is_symlink()]
        states = [(path, path.stat()) for path in files]
        newest = sorted(states, key=lambda one: one[1].st_mtime_ns)[-MOST_FILES:]
        return [(path, (state.st_mtime_ns, state.st_size)) for path, state in newest]

    def _take(self, path: Path) -> bool:
        try:
            with path.open("rb") as file:
                self._intake.take(file.read(LIMIT + 1), Via(kind="folder"))
        except Refused:  # counted and logged
            return False
        except OSError as error:
            log.failure("alert_file_unreadable", error)
            return False
        return True
