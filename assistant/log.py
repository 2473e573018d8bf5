"""The log: one JSON object a line on stderr. It has no place for free text, so nothing said or typed can get in."""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from enum import Enum
from typing import TextIO

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
_logger = logging.getLogger("assistant")


class Id(str):
    """An id, name or code that this program or its operator made; never words of a traveller."""

    __slots__ = ()

    def __new__(cls, value: str) -> "Id":
        """Takes letters, digits and `_.:-` only; anything else becomes `?`."""
        return super().__new__(cls, value if _ID.fullmatch(value) else "?")


Field = Enum | bool | int | float | Id | None
"""What a log line may hold."""


def event(name: str, *, level: int = logging.INFO, **fields: Field) -> None:
    """Logs that `name` happened (a constant word), with typed fields."""
    _logger.log(level, name, extra={"fields": {key: _safe(value) for key, value in fields.items()}})


def failure(name: str, error: BaseException, **fields: Field) -> None:
    """Logs an error by its type and place. Its message is left out: it may quote what was said."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]
    safe = {key: _safe(value) for key, value in fields.items()}
    _logger.error(name, extra={"fields": {**safe, "error": type(error).__name__, "places": places}})


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Sends the logs of this process to `stream` (stderr) as JSON lines; of other libraries only what is at least a warning."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Lines())
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)
    _logger.setLevel(level)
    logging.getLogger("asyncio").setLevel(logging.ERROR)


def _safe(value: object) -> object:
    if isinstance(value, Enum):
        return value.value if isinstance(value.value, int | float) else Id(str(value.value))
    return value if value is None or isinstance(value, bool | int | float | Id) else f"<{type(value).__name__}>"


class _Lines(logging.Formatter):
    """JSON lines. Of other libraries' records only origin and kind of error stay: their text may quote people."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as one line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        if record.name == _logger.name:
            line |= {"event": record.msg, **getattr(record, "fields", {})}
        else:
            line |= {"event": "library", "logger": record.name, "place": f"{record.filename}:{record.lineno}"}
            if record.exc_info and record.exc_info[0]:
                line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False, allow_nan=True)
