"""A door over a database of its own, with a clock that is turned by hand and quick hashes."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.accounts.access import Access
from assistant.accounts.models import Account, Role, SignedIn, Visitor
from assistant.accounts.passwords import Passwords
from assistant.accounts.sessions import Limits
from assistant.database import Database

GOOD = "violet harbour kettle moon"
NEXT = "seven quiet lamps of brass"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
LIMITS = Limits(idle=timedelta(minutes=30), longest=timedelta(hours=12))
HERE, THERE = "127.0.0.1", "192.0.2.7"


@dataclass
class Hands:
    """A clock that stands until it is turned."""

    at: datetime = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **how: float) -> None:
        self.at += timedelta(**how)


class Door(Access):
    """The real one, with short ways for tests."""

    def admin(self, name: str = "ada") -> Account:
        """An admin, by the machine's code."""
        code, _ = self.recovery_code()
        return self.redeem(code, name, GOOD, HERE)

    def person(self, admin: Visitor, name: str, role: Role) -> Account:
        """Somebody with a password."""
        _, code, _ = self.invite(admin, name, role)
        return self.redeem(code, None, GOOD, HERE)

    def enter(self, name: str, password: str = GOOD, before: str | None = None) -> SignedIn:
        return self.sign_in(name, password, HERE, before)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without a row, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "console.sqlite"
    Database.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def database(tmp_path: Path, empty: Path) -> Iterator[Database]:
    shutil.copy(empty, tmp_path)
    opened = Database.open(f"sqlite:///{tmp_path / 'console.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def door(database: Database, hands: Hands) -> Door:
    return Door(database, hands, LIMITS, Passwords(QUICK), words=["Harbour Central", "Harbour", "Central"])
