"""The audit log keeps what was done, and shows where other hands were at it."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.accounts import audit
from assistant.accounts.models import Change
from assistant.errors import Unavailable
from tests.fixtures.accounts import Door


def change(number: int) -> Change:
    return Change(actor="machine", action="test.done", object=f"thing:{number}", before="a1", after="b2")


@pytest.fixture
def written(door: Door) -> Door:
    """A log of five lines."""
    for number in range(5):
        with door.recorded(change(number)):
            pass
    return door


def broken(door: Door) -> int | None:
    with door.database.reading() as session:
        return audit.broken(session)


@contextmanager
def other_hands(path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody with the file, who takes the triggers away first."""
    with closing(sqlite3.connect(path / "console.sqlite", isolation_level=None)) as connection:
        for name in ("update", "delete"):
            connection.execute(f"DROP TRIGGER audit_no_{name}")
        yield connection


@pytest.mark.parametrize("statement", [
    "UPDATE audit SET actor = 'eve'", "UPDATE audit SET hash = '' WHERE number = 3", "DELETE FROM audit",
    "DELETE FROM audit WHERE number = 5",
    "INSERT OR REPLACE INTO audit SELECT number, at, 'eve', action, object, before, after, hash FROM audit WHERE number = 2",
])  # fmt: skip
def test_a_line_cannot_be_changed_or_taken_out(written: Door, statement: str) -> None:
    with pytest.raises(Unavailable), written.database.writing() as session:
        session.execute(text(statement))
    assert broken(written) is None


@pytest.mark.parametrize(("statement", "at"), [
    ("UPDATE audit SET actor = 'eve' WHERE number = 3", 3), ("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE number = 1", 1),
    ("UPDATE audit SET before = NULL WHERE number = 4", 4), ("DELETE FROM audit WHERE number = 2", 2),
    ("DELETE FROM audit WHERE number = 5", 5),
    ("DELETE FROM audit", 1), ("INSERT INTO audit VALUES (6, '2026-01-01 00:00:00.000000', 'eve', 'x', 'y', NULL, NULL, 'z')", 6),
    ("UPDATE audit SET number = number + 10", 1),
])  # fmt: skip
def test_whoever_gets_around_that_is_seen(written: Door, tmp_path: Path, statement: str, at: int) -> None:
    with other_hands(tmp_path) as connection:
        connection.execute(statement)
    assert broken(written) == at


def test_a_change_and_its_line_are_there_together_or_not_at_all(written: Door) -> None:
    def fail() -> None:
        with written.recorded(change(9)) as session:
            session.execute(text("DELETE FROM accounts"))
            raise RuntimeError("the power is gone")

    written.admin()
    with pytest.raises(RuntimeError):
        fail()
    assert written.accounts()
    with written.database.reading() as session:
        assert "thing:9" not in [entry.change.object for entry in audit.listed(session, limit=100)]
    assert broken(written) is None


def test_lines_written_at_once_are_one_chain(door: Door) -> None:
    def write() -> None:
        for number in range(5):
            with door.recorded(change(number)):
                pass

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken(door) is None
    with door.database.reading() as session:
        assert audit.listed(session, limit=1)[0].number == 20


@pytest.mark.parametrize("field", ["actor", "action", "object", "before", "after"])
@pytest.mark.parametrize("words", ["I want to go home", "", "a\nb", "어디", "x" * 161])
def test_no_field_takes_free_text(door: Door, field: str, words: str) -> None:
    made: Callable[[], Change] = lambda: Change(**{"actor": "a", "action": "b", "object": "c", field: words})  # noqa: E731
    with pytest.raises(ValueError, match="ids, hashes"), door.recorded(made()):
        pass
