"""One store, two databases: the schema is the models', and nothing in it is SQLite's alone."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql import ClauseElement, TextClause

from assistant.accounts import tables
from assistant.accounts.passwords import Passwords
from assistant.database import HEAD, MIGRATIONS, Base, Database, Moment
from assistant.errors import StationError, Unavailable
from assistant.knowledge.notices import tables as notices
from assistant.unanswered import tables as unanswered
from tests.fixtures.accounts import LIMITS, QUICK, Door, Hands
from tests.unit.accounts.scenario import everything


def differences(database: Database) -> object:
    """How the tables differ from the models."""
    with database._engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata)


def test_the_migrated_schema_is_the_models(database: Database) -> None:
    assert tables.AccountRow.metadata is notices.NoticeRow.metadata is unanswered.UnansweredRow.metadata is Base.metadata
    assert differences(database) == []


def test_a_schema_that_differs_is_seen(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("ALTER TABLE accounts ADD COLUMN nickname TEXT"))
    assert differences(database)


def test_the_newest_migration_is_the_one_that_is_named() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_two_processes_that_open_an_empty_one_at_once_both_get_it(tmp_path: Path) -> None:
    url, errors = f"sqlite:///{tmp_path / 'console.sqlite'}", []

    def migrate() -> None:
        try:
            Database.open(url).close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=migrate) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors


def test_a_newer_one_is_left_alone(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StationError, match="newer version"):
        Database.open(f"sqlite:///{tmp_path / 'console.sqlite'}")


def test_a_damaged_one_is_told_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "console.sqlite"
    path.write_bytes(b"no database at all, but long enough for one" * 50)
    with pytest.raises(Unavailable):
        Database.open(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"no database")


@pytest.mark.parametrize("url", ["", "sqlite://", "mysql://x/y", "no url", "postgresql://user:CANARY7@host:port/x"])
def test_a_url_that_cannot_be_used_is_refused_without_an_echo(url: str) -> None:
    with pytest.raises(StationError) as caught:
        Database(url)
    assert "CANARY7" not in caught.value.message


def test_a_database_that_was_away_is_used_once_it_is_there(tmp_path: Path) -> None:
    (tmp_path / "console.sqlite").mkdir()
    late = Database(f"sqlite:///{tmp_path / 'console.sqlite'}")
    with pytest.raises(Unavailable), late.reading():
        pass
    (tmp_path / "console.sqlite").rmdir()
    with late.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM accounts")) == 0
    late.close()


def test_times_without_an_offset_are_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        Moment().process_bind_param(datetime(2026, 1, 1), postgresql.dialect())


def test_every_statement_compiles_for_postgresql(door: Door, hands: Hands) -> None:
    seen: dict[str, ClauseElement] = {}
    event.listen(door.database._engine, "before_execute", lambda connection, clause, *rest: seen.setdefault(str(clause), clause))
    event.listen(door.database._reading, "before_execute", lambda connection, clause, *rest: seen.setdefault(str(clause), clause))
    everything(door, hands)
    assert len(seen) > 25
    for clause in seen.values():
        assert not isinstance(clause, TextClause), f"written by hand: {clause}"
        assert str(clause.compile(dialect=postgresql.dialect()))
    locking = [sql for clause in seen.values() if "FOR UPDATE" in (sql := str(clause.compile(dialect=postgresql.dialect())))]
    assert {sql.split("FROM ")[1].split()[0] for sql in locking} == {"audit_head", "attempts"}


def test_every_table_compiles_for_postgresql() -> None:
    for table in Base.metadata.sorted_tables:
        written = str(CreateTable(table).compile(dialect=postgresql.dialect()))
        assert "TIMESTAMP WITHOUT" not in written
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=postgresql.dialect()))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL on a socket of its own; its absence is a visible skip."""
    tools = [*Path("/usr/lib/postgresql").glob("*/bin/initdb"), *([Path(found)] if (found := shutil.which("initdb")) else [])]
    if not tools:
        pytest.skip("PostgreSQL is not installed here")
    folder = tmp_path_factory.mktemp("pg")
    run = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []  # it refuses to run as root
    if run:
        for parent in (folder, *folder.parents[:2]):
            parent.chmod(0o755)
        shutil.chown(folder, "nobody")
    tool = tools[0].resolve().parent
    subprocess.run([*run, tool / "initdb", "-D", folder / "data", "-A", "trust", "-U", "station"], check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen([*run, tool / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses="])
    url = f"postgresql+psycopg://station@/postgres?host={folder}"
    try:
        engine = create_engine(url)
        for _ in range(100):
            try:
                engine.connect().close()
                break
            except DBAPIError:
                threading.Event().wait(0.1)
        engine.dispose()
        yield url
    finally:
        process.terminate()
        process.wait()


@pytest.mark.long
def test_it_runs_on_a_real_postgresql(server: str, hands: Hands) -> None:
    database = Database.open(server)
    try:
        assert differences(database) == []
        everything(Door(database, hands, LIMITS, Passwords(QUICK)), hands)
        for statement in ("UPDATE audit SET actor = 'x'", "DELETE FROM audit", "TRUNCATE audit"):
            with pytest.raises(Unavailable), database.writing() as session:
                session.execute(text(statement))
        lines = _written_at_once(database, hands)
        assert lines == list(range(lines[0], lines[0] + 20))
    finally:
        database.close()


def _written_at_once(database: Database, hands: Hands) -> list[int]:
    """Numbers of the lines that four threads write together."""
    door = Door(database, hands, LIMITS, Passwords(QUICK))
    before = len(_numbers(database))
    threads = [threading.Thread(target=lambda: [door.recovery_code() for _ in range(5)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _numbers(database)[before:]


def _numbers(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.scalars(text("SELECT number FROM audit ORDER BY number")))
