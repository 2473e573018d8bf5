"""The database of what people at desks change: SQLite in the state folder, or PostgreSQL where a URL names one. Migrated when opened."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from assistant import log
from assistant.errors import StationError, Unavailable

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
HEAD = "0003"
"""The newest migration; a test compares it with the folder."""
BUSY_MS = 5000
"""How long one process waits for the other's transaction."""
POSTGRESQL = "postgresql+psycopg"
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s", "uq": "uq_%(table_name)s_%(column_0_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s",
}  # fmt: skip
"""Every constraint has a name, so that a later migration can change it."""


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC by every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC. Raises ValueError for a time without offset."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time needs an offset")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Moment()}  # noqa: RUF012


def address(data: Path, url: str | None) -> str:
    """The URL in use: the one that is set, else a file of the state folder."""
    return url or f"sqlite:///{data / 'console.sqlite'}"


class Database:
    """Transactions, from every thread."""

    def __init__(self, url: str) -> None:
        """Does not connect yet. Raises StationError for a URL that cannot be used."""
        self._engine = _engine(url)
        self._reading = self._engine.execution_options(reading=True)
        self._lock, self._migrated = threading.Lock(), False

    @classmethod
    def open(cls, url: str) -> Self:
        """Connects and migrates. Raises StationError, Unavailable."""
        database = cls(url)
        try:
            database.migrate()
        except BaseException:
            database.close()
            raise
        return database

    def migrate(self) -> None:
        """Brings the tables to those of this version, once. A database that is away now is tried again with the next transaction.

        Raises Unavailable where it is away or damaged, StationError where it is of a newer version.
        """
        with self._lock, _mapped():
            if not self._migrated:
                _migrate(self._engine)
                self._migrated = True

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction, whole or not at all; on SQLite one at a time. Raises Unavailable."""
        self.migrate()
        with _mapped(), Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that changes nothing and waits for nobody. Raises Unavailable."""
        self.migrate()
        with _mapped(), Session(self._reading) as session, session.begin():
            yield session

    def close(self) -> None:
        """Lets go of every connection."""
        self._engine.dispose()


def _engine(url: str) -> Engine:
    try:
        parts = make_url(url)
        if parts.get_backend_name() == "postgresql":
            return create_engine(parts.set(drivername=POSTGRESQL), pool_pre_ping=True, hide_parameters=True)
        if parts.get_backend_name() != "sqlite" or not parts.database:
            raise ArgumentError("another database")
        Path(parts.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        engine = create_engine(parts, hide_parameters=True)
    except (ArgumentError, ValueError):
        raise StationError("console.database is no URL that can be used", hint="write postgresql://user:password@host/name") from None
    except ModuleNotFoundError:
        raise StationError("PostgreSQL needs its driver", hint="install the package psycopg[binary] beside the assistant") from None
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)
    return engine


def _connected(connection: Any, record: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not guessed by the driver
    for pragma in (f"busy_timeout = {BUSY_MS}", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begun(connection: Connection) -> None:
    # A writer that read first could be refused in the middle (SQLITE_BUSY): it takes its lock at the beginning.
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("reading") else "BEGIN IMMEDIATE")


def _migrate(engine: Engine) -> None:
    """Brings the tables to those of this version. Raises StationError for tables of a newer one."""
    with engine.execution_options(reading=True).connect() as connection:
        if version(connection) == HEAD:
            return
    from alembic import command  # takes half a second: only where there is something to do
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError:
        raise StationError("the database is of a newer version of this program", hint="install that version, or restore a backup") from None


def version(connection: Connection) -> str | None:
    """The migration that a database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


@contextmanager
def _mapped() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        log.failure("database_unavailable", error)
        raise Unavailable("the database cannot be read or written now", code="database-unavailable") from None
