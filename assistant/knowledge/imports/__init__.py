"""Import: a station folder becomes one immutable database, swapped in at once or not at all."""

import hashlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.errors import StationError, Unavailable
from assistant.knowledge.categories import FILE as CATEGORIES
from assistant.knowledge.files import alone, sync, write_whole
from assistant.knowledge.imports.checks import check_station
from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.gtfs import import_gtfs
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.models import ImportReport, Notice
from assistant.knowledge.names import gazetteer
from assistant.knowledge.store import Builder, Store
from assistant.knowledge.store.schema import INDEXES, SCHEMA
from assistant.knowledge.vocabulary import vocabulary
from assistant.settings import Settings

WRITERS = ("categories.py", "names.py", "places.py", "short_names.py", "vocabulary.py", "store/builder.py", "store/schema.py")
"""Code that decides what a database and its gazetteer hold, besides this folder."""
KEPT = 2
"""Databases kept: the one in service and the one before."""


class FeedError(StationError):
    """A feed that cannot be used; `findings` is everything that was found."""

    def __init__(self, errors: Sequence[Notice], findings: Sequence[Notice]) -> None:
        super().__init__(f"{errors[0].file}: {errors[0].message}", code=errors[0].code, hint="`station check` lists everything")
        self.findings = tuple(findings)


def import_station(
    settings: Settings, progress: Callable[[str], None] = lambda _: None, *, feed: Path | None = None,
    accept: Callable[[Store], None] = lambda _: None,
) -> ImportReport:
    """Imports the station folder, or another `feed` for it, unless its content is in service already.

    `accept` looks at what was read before it goes into service and may refuse it. Raises StationError, or Unavailable where the
    disk is full or fails; what was in service before then stays.
    """
    with _disk_errors():
        return _import(settings, progress, feed, accept)


def _import(
    settings: Settings, progress: Callable[[str], None], feed: Path | None, accept: Callable[[Store], None]
) -> ImportReport:
    began = time.monotonic()
    folder = station_data(settings)
    folder.mkdir(parents=True, exist_ok=True)
    tables = open_feed(settings, feed)
    content_hash = content_of(settings, tables)
    path = folder / f"{content_hash}.sqlite"
    with alone(folder / "lock"):
        if current(settings) == path and _gazetteer_fits(folder, content_hash):
            _ask(accept, path)
            _tidy(folder, path)
            return _report(path, content_hash, Notices(), began, fresh=False)
        notices, draft = Notices(), folder / f"{content_hash}.part"
        draft.unlink(missing_ok=True)
        try:
            build(settings, tables, draft, content_hash, notices, progress)
            if errors := notices.errors():
                raise FeedError(errors, list(notices))
            _check_no_loss(settings, draft)
            _ask(accept, draft)
            _write_gazetteer(settings, draft, content_hash)
            sync(draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        write_whole(folder / "current", path.name)
        _tidy(folder, path)
    return _report(path, content_hash, notices, began, fresh=True)


def last_good(settings: Settings) -> Path | None:
    """The database in service, where it was made for this very station and fits the station file; else None."""
    if current(settings) is None:
        return None
    with alone(station_data(settings) / "lock"):
        database = _fitting(settings)
        if database:
            with suppress(OSError):  # on a full disk the names of the last import will do
                _write_gazetteer(settings, database, database.stem)
        return database


def build(
    settings: Settings, feed: Feed, path: Path, content_hash: str, notices: Notices, progress: Callable[[str], None]
) -> None:
    """Writes the database of a feed to `path`; findings go to `notices`, what stops it is a StationError."""
    with Builder(path) as builder:
        about = import_gtfs(feed, builder, notices, progress)
        about["version"] = about["version"] or content_hash[:12]
        about["hash"] = content_hash
        about["station"] = _station_key(settings)
        about["imported_at"] = datetime.now(UTC).isoformat(timespec="seconds")
        about["counts"] = json.dumps(builder.counts())
        builder.insert("meta", about.items(), 2)
        builder.finish()
    reader = Store(path)
    try:
        check_station(settings, reader, notices)
    finally:
        reader.close()


def open_feed(settings: Settings, path: Path | None = None) -> Feed:
    """The feed at `path`, else that of the station folder: the folder `gtfs`, else `gtfs.zip`."""
    folder = settings.station / "gtfs"
    return Feed(path or (folder if folder.is_dir() else settings.station / "gtfs.zip"), limit_mb=settings.feed.limit_mb)


def content_of(settings: Settings, feed: Feed) -> str:
    """Hash of everything a database is made of: feed, station file, categories and the code that reads them."""
    digest = hashlib.sha256(feed.digest().encode())
    parts = {"name", "stop", "languages", "places", "levels", "pathways", "aliases", "destinations", "kiosk"}
    used = settings.model_dump(mode="json", include=parts)
    digest.update(json.dumps(used, sort_keys=True).encode())
    for file in sorted([*Path(__file__).parent.glob("*.py"), *map(Path(__file__).parent.parent.joinpath, WRITERS), CATEGORIES]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def station_data(settings: Settings) -> Path:
    """Folder of the imported databases and of `gazetteer.json`."""
    return settings.data / "station"


def current(settings: Settings) -> Path | None:
    """The database in service."""
    folder = station_data(settings)
    try:
        path = folder / (folder / "current").read_text().strip()
    except OSError:
        return None
    return path if path.is_file() else None


def _ask(accept: Callable[[Store], None], database: Path) -> None:
    reader = Store(database)
    try:
        accept(reader)
    finally:
        reader.close()


def _fitting(settings: Settings) -> Path | None:
    database = current(settings)
    try:
        reader = Store(database) if database else None
    except sqlite3.Error:
        return None
    if reader is None:
        return None
    try:
        if reader.meta.get("station") != _station_key(settings):
            return None
        check_station(settings, reader, notices := Notices())
        return None if notices.errors() else database
    finally:
        reader.close()


def _station_key(settings: Settings) -> str:
    """Differs between stations, and between databases that are not read alike."""
    made_for = json.dumps([settings.stop, settings.name, SCHEMA, INDEXES], sort_keys=True)
    return hashlib.sha256(made_for.encode()).hexdigest()[:32]


def _check_no_loss(settings: Settings, draft: Path) -> None:
    """A feed that lost its timetable on the way never takes the place of one with it. Raises StationError."""
    database = _fitting(settings)
    if database and not _has_trips(draft) and _has_trips(database):
        raise StationError(
            "the new feed has no timetable, the one in service has", code="feed-timetable-lost",
            hint=f"get the feed again, or delete {station_data(settings)} to go without times",
        )


def _has_trips(database: Path) -> bool:
    reader = Store(database)
    try:
        return reader.meta["end"] != date.min.isoformat()
    finally:
        reader.close()


def _gazetteer_fits(folder: Path, content_hash: str) -> bool:
    try:
        content = json.loads((folder / "gazetteer.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("hash") == content_hash


def _write_gazetteer(settings: Settings, database: Path, content_hash: str) -> None:
    reader = Store(database)
    try:
        write_gazetteer(settings, reader, station_data(settings) / "gazetteer.json", content_hash)
    finally:
        reader.close()


def write_gazetteer(settings: Settings, store: Store, path: Path, content_hash: str) -> None:
    """Writes the names of a station for the dialogue engine."""
    content = gazetteer(vocabulary(settings, store), content_hash)
    write_whole(path, json.dumps(content, ensure_ascii=False, indent=1))


def _report(path: Path, content_hash: str, notices: Notices, began: float, *, fresh: bool) -> ImportReport:
    reader = Store(path)
    try:
        counts: dict[str, int] = json.loads(reader.meta["counts"])
    finally:
        reader.close()
    return ImportReport(
        database=str(path), content_hash=content_hash, counts=counts, notices=list(notices),
        seconds=round(time.monotonic() - began, 3), fresh=fresh,
    )


@contextmanager
def _disk_errors() -> Iterator[None]:
    """A full or failing disk is no fault of the feed: later may help."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise Unavailable(f"the import cannot be written ({type(error).__name__})", code="feed-disk", hint="look at the disk") from error


def _tidy(folder: Path, path: Path) -> None:
    for draft in folder.glob("*.part"):
        draft.unlink(missing_ok=True)
    databases = sorted(folder.glob("*.sqlite"), key=lambda entry: (entry != path, -entry.stat().st_mtime))
    for old in databases[KEPT:]:
        old.unlink(missing_ok=True)
