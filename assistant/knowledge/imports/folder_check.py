"""`station check`: everything that can be found in a station folder, of which an import needs only a part."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from assistant.errors import StationError
from assistant.knowledge.imports import build, open_feed
from assistant.knowledge.imports.checks import check_contacts, check_validity
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.way_checks import check_ways
from assistant.knowledge.models import Notice
from assistant.knowledge.store import Store
from assistant.settings import Settings


def check_folder(settings: Settings, scratch: Path, now: datetime, progress: Callable[[str], None]) -> list[Notice]:
    """Everything found in a station folder, without bringing it into service; `scratch` is a file to build in."""
    notices = Notices()
    check_contacts(settings, notices)
    try:
        build(settings, open_feed(settings), scratch, "check", notices, progress)
        reader = Store(scratch)
        try:
            check_validity(reader.meta, now, notices)
            check_ways(settings, reader, notices)
        finally:
            reader.close()
    except StationError as error:
        notices.error(error.code, f"{error.message}: {error.hint}" if error.hint else error.message)
    return list(notices)
