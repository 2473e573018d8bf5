"""Every statement of the room, run once."""

from datetime import timedelta

import pytest

from assistant.accounts import audit, tokens
from assistant.accounts.models import Change
from assistant.errors import Conflict, NotAuthorised, TooMany
from tests.fixtures.accounts import GOOD, HERE, NEXT, Door, Hands


def everything(door: Door, hands: Hands) -> None:
    """Signs in and out, changes, locks, makes and revokes; raises where the database does otherwise than it should."""
    door.admin()
    admin = door.enter("ada").visitor
    other = door.person(admin, "ben", "editor")
    for conflict in (lambda: door.invite(admin, "ben", "viewer"), lambda: door.erase(admin, admin.account.id)):
        with pytest.raises(Conflict):
            conflict()
    for _ in range(5):
        with pytest.raises(NotAuthorised):
            door.enter("eve", "wrong")
    with pytest.raises(TooMany):
        door.enter("eve", "wrong")
    mine = door.enter("ben")
    hands.turn(minutes=5)
    assert door.visitor(mine.secret) is not None
    mine = door.change_password(mine.visitor, GOOD, NEXT, HERE)
    door.sign_out(mine.visitor, mine.secret)
    assert door.visitor(mine.secret) is None
    door.change_account(admin, other.id, role="viewer", active=False)
    door.invite_again(admin, other.id)
    _tokens(door, admin.account.id)
    door.erase(admin, other.id)
    with door.database.reading() as session:
        assert audit.broken(session) is None
        assert [entry.number for entry in audit.listed(session, limit=3, before=5)] == [4, 3, 2]
    with pytest.raises(ValueError, match="ids, hashes"), door.recorded(Change(actor="machine", action="two words", object="x")):
        pass


def _tokens(door: Door, by: str) -> None:
    now = door.now()
    known = tokens.KnownTokens([], door.database, door.now)
    with door.database.writing() as session:
        made, _ = tokens.issue(session, "lift-watch", ["operate", "sense:hall"], by, now, now + timedelta(days=1))
    with pytest.raises(Conflict), door.database.writing() as session:
        tokens.issue(session, "lift-watch", ["operate"], by, now, now + timedelta(days=1))
    assert [token.scopes for token in known] == [["operate", "sense:hall"]]
    with door.database.writing() as session:
        tokens.revoke(session, made.id, now)
        assert [token.revoked_at for token in tokens.listed(session)] == [now]
    assert not list(known)
