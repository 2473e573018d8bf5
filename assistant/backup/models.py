"""What stands in a backup."""

from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import AssistantError

MANIFEST: Final = "manifest.json"
STATE, STATION = "data", "station"
"""The two folders of a backup."""
LEFT_OUT: Final = frozenset({"rasa", "lock"})
"""What of the state folder is left out, by the name of the file or of the folder at its top: Rasa's scratch home, and locks."""
MOST_FILES: Final = 100_000
DATABASE: Final = "data/console.sqlite"


class BackupError(AssistantError):
    """The file is no backup of ours, is damaged, or cannot be put in place."""

    code = "backup"
    status = 422


class Part(BaseModel):
    """Base of the manifest's parts."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class File(Part):
    """A file of a backup."""

    path: str
    """Below `data/` or `station/`."""
    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Manifest(Part):
    """What was saved, when, and of which station."""

    format: Literal["station-assistant-backup"] = "station-assistant-backup"
    version: Literal[1] = 1
    made_at: datetime
    product: str
    stop: str
    """The station's GTFS `stop_id`."""
    schema_version: str | None
    """Migration of the database; None where it is elsewhere, or was not made yet."""
    files: Annotated[list[File], Field(max_length=MOST_FILES)]


def checked(name: str) -> PurePosixPath:
    """A name as a path below one of the two folders. Raises BackupError for one that leads anywhere else."""
    parts = name.split("/")
    plain = all(part not in ("", ".", "..") and "\\" not in part and "\0" not in part for part in parts)
    if len(parts) < 2 or parts[0] not in (STATE, STATION) or not plain:
        raise BackupError("the backup holds a file that belongs nowhere here", hint="take another backup")
    return PurePosixPath(name)
