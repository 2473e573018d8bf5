"""Who may come in: signing in and out, one-time codes, passwords, and the audit log around every change."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from assistant import log
from assistant.accounts import audit, codes, lockout, people, sessions
from assistant.accounts.models import MACHINE, NAME, Account, Change, Role, SignedIn, Visitor
from assistant.accounts.passwords import Passwords, check
from assistant.accounts.sessions import Limits
from assistant.accounts.tables import AccountRow
from assistant.database import Database
from assistant.errors import BadRequest, NotAuthorised

REFUSED = "name or password are not right"
"""The same for a name that nobody has, a wrong password, an account that is off or has no password yet."""
CODE = "one-time code"


class Access:
    """The door of the console. Safe from every thread; `now` is the machine's own time, whatever time the timetable is shown at."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], limits: Limits, passwords: Passwords | None = None, words: Sequence[str] = ()
    ) -> None:
        self.database, self.now, self.limits = database, now, limits
        self._passwords, self._words = passwords or Passwords(), words
        """Names that everybody here knows, and no password may be made of."""

    def ready(self) -> bool:
        """Whether any admin can sign in; False before the first set-up."""
        with self.database.reading() as session:
            return people.ready(session)

    @contextmanager
    def recorded(self, change: Change) -> Iterator[Session]:
        """A transaction with its line in the audit log: both are there in the end, or neither.

        Work on other stores inside it is undone by nothing, so it comes last: the line goes where the work raises.
        """
        with self.database.writing() as session:
            audit.append(session, change, self.now())
            yield session

    def sign_in(self, name: str, password: str, address: str, before: str | None = None) -> SignedIn:
        """A new session; the one of `before` ends. Raises NotAuthorised, TooMany, Busy."""
        self._count(name, address)
        with self.database.reading() as session:
            row = people.named(session, name) if re.fullmatch(NAME, name) else None  # no database is asked for what is no name
            stored, account_id = (row.password if row and row.active else None), row.id if row else None
        if not self._passwords.fits(stored, password) or stored is None or account_id is None:
            log.event("sign_in_refused")
            raise NotAuthorised(REFUSED, code="sign-in-refused")
        renewed = self._passwords.hash(password) if self._passwords.outdated(stored) else stored
        with self.database.writing() as session:
            row = people.by_id(session, account_id)
            if row.password != stored or not row.active:  # changed while the password was looked at
                raise NotAuthorised(REFUSED, code="sign-in-refused")
            row.password = renewed
            lockout.succeeded(session, name, address)
            lockout.sweep(session, self.now())
            if before:
                sessions.end(session, before)
            return self._begin(session, row, "session.begun")

    def visitor(self, key: str) -> Visitor | None:
        """Who is signed in by a session's secret."""
        now = self.now()
        with self.database.reading() as session:
            found = sessions.find(session, key, now, self.limits)
        if found is None:
            return None
        visitor, stale = found
        if stale:
            with self.database.writing() as session:
                sessions.note(session, key, now)
        return visitor

    def sign_out(self, visitor: Visitor, key: str) -> None:
        """The session ends, whoever else holds its secret."""
        with self.recorded(_change(visitor, "session.ended", visitor.account.id)) as session:
            sessions.end(session, key)

    def change_password(self, visitor: Visitor, old: str, new: str, address: str) -> SignedIn:
        """A new password and a new session; every other one ends. Raises NotAuthorised, BadRequest, TooMany, Busy."""
        name = visitor.account.name
        self._count(name, address)
        with self.database.reading() as session:
            stored = people.by_id(session, visitor.account.id).password
        if not self._passwords.fits(stored, old):
            raise NotAuthorised("the present password is not right", code="password-refused")
        check(new, name, self._words)
        hashed = self._passwords.hash(new)
        with self.recorded(_change(visitor, "account.password", visitor.account.id)) as session:
            row = people.by_id(session, visitor.account.id)
            row.password = hashed
            lockout.succeeded(session, name, address)
            sessions.end_all(session, row.id)
            return self._begin(session, row, "session.begun")

    def redeem(self, code: str, name: str | None, password: str, address: str) -> Account:
        """Sets a password by a one-time code. An admin's code makes `name` an admin, new or not; any other knows whose it is.

        Raises NotAuthorised, BadRequest, TooMany, Busy; the code is used up only where all goes well.
        """
        self._count(CODE, address)
        with self.database.writing() as session:  # what follows costs time and memory, and a code is not given for nothing
            row, _ = self._whose(session, code, name)
            check(password, row.name, self._words)
            session.rollback()
        hashed = self._passwords.hash(password)
        with self.database.writing() as session:
            row, by_machine = self._whose(session, code, name)
            before = f"{row.role}:{'on' if row.active else 'off'}"
            if by_machine:
                row.role, row.active = "admin", True
            row.password = hashed
            sessions.end_all(session, row.id)
            lockout.succeeded(session, CODE, address)
            lockout.forget(session, row.name)
            after = f"{row.role}:{'on' if row.active else 'off'}"
            actor = MACHINE if by_machine else row.id
            audit.append(session, Change(
                actor=actor, action="account.password", object=f"account:{row.id}", before=before, after=after,
            ), self.now())  # fmt: skip
            return people.account_of(row)

    def recovery_code(self) -> tuple[str, datetime]:
        """A code for whoever stands at the machine, and when it expires."""
        with self.recorded(Change(actor=MACHINE, action="code.made", object="code:admin")) as session:
            lockout.forget(session, CODE)
            return codes.issue(session, None, self.now())

    def _whose(self, session: Session, code: str, name: str | None) -> tuple[AccountRow, bool]:
        account_id = codes.take(session, code, self.now())
        if account_id is not None:
            return people.by_id(session, account_id), False
        if name is None:
            raise BadRequest("this code is an admin's: say which name", code="name-missing")
        return people.named(session, name) or people.make(session, name, "admin", self.now()), True

    def _count(self, name: str, address: str) -> None:
        """Counts a try before it is known how it ends. Raises TooMany."""
        with self.database.writing() as session:
            last = lockout.count(session, lockout.keys(name, address), self.now())
        if last:
            log.event("sign_in_slowed")

    def _begin(self, session: Session, row: AccountRow, action: str) -> SignedIn:
        signed = sessions.begin(session, row, self.now(), self.limits)
        audit.append(session, Change(actor=row.id, action=action, object=f"account:{row.id}"), self.now())
        return signed

    # What admins do to accounts.

    def accounts(self) -> Sequence[Account]:
        """Every account, by name."""
        with self.database.reading() as session:
            return people.listed(session)

    def invite(self, visitor: Visitor, name: str, role: Role) -> tuple[Account, str, datetime]:
        """A new account, the code by which its person sets a password, and when that expires. Raises Conflict."""
        with self.database.writing() as session:
            row = people.make(session, name, role, self.now())
            made, expires_at = codes.issue(session, row.id, self.now())
            audit.append(session, _change(visitor, "account.made", row.id, after=role), self.now())
            return people.account_of(row), made, expires_at

    def invite_again(self, visitor: Visitor, account_id: str) -> tuple[str, datetime]:
        """A new code for somebody who has lost the password; the old one works until it is used. Raises NotFound."""
        with self.database.writing() as session:
            row = people.by_id(session, account_id)
            audit.append(session, _change(visitor, "code.made", row.id), self.now())
            return codes.issue(session, row.id, self.now())

    def change_account(
        self, visitor: Visitor, account_id: str, *, role: Role | None, active: bool | None
    ) -> tuple[Account, SignedIn | None]:
        """Another role, on or off. Its sessions end; where it is one's own, a new one begins. Raises NotFound, Conflict."""
        with self.database.writing() as session:
            row = people.by_id(session, account_id)
            before = f"{row.role}:{'on' if row.active else 'off'}"
            if role not in (None, "admin") or active is False:
                people.keep_an_admin(session, row)
            row.role = role or row.role
            row.active = row.active if active is None else active
            after = f"{row.role}:{'on' if row.active else 'off'}"
            audit.append(session, _change(visitor, "account.changed", row.id, before=before, after=after), self.now())
            sessions.end_all(session, row.id)
            own = row.id == visitor.account.id and row.active
            return people.account_of(row), self._begin(session, row, "session.begun") if own else None

    def erase(self, visitor: Visitor, account_id: str) -> None:
        """The account, its name and its sessions go; the audit log keeps the bare id. Raises NotFound, Conflict."""
        with self.database.writing() as session:
            row = people.by_id(session, account_id)
            people.keep_an_admin(session, row)
            audit.append(session, _change(visitor, "account.erased", row.id), self.now())
            session.delete(row)


def _change(visitor: Visitor, action: str, account_id: str, *, before: str | None = None, after: str | None = None) -> Change:
    return Change(actor=visitor.account.id, action=action, object=f"account:{account_id}", before=before, after=after)


