"""Tokens of the API that are made in the console: with scopes, an end, and a hash in place of themselves."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant import log
from assistant.accounts.models import IssuedToken
from assistant.accounts.secrets import digest, identity, secret
from assistant.accounts.tables import TokenRow
from assistant.database import Database
from assistant.errors import Conflict, NotFound, Unavailable
from assistant.settings import Token

LONGEST = timedelta(days=366)


class KnownTokens:
    """Every token that opens something now: those of `station.yaml`, then those of the console. Iterated anew for every call."""

    def __init__(self, listed: Sequence[Token], database: Database | None, now: Callable[[], datetime]) -> None:
        self._listed, self._database, self._now = listed, database, now

    def __iter__(self) -> Iterator[Token]:
        """Without those of the console that are revoked or expired; a name of `station.yaml` stands for its token alone."""
        yield from self._listed
        if self._database is None:
            return
        names = {token.name for token in self._listed}
        try:
            with self._database.reading() as session:
                made = [_opening(row) for row in _valid(session, self._now())]
        except Unavailable as error:  # detectors whose tokens stand in the file are let in all the same
            log.failure("tokens_unread", error)
            return
        yield from (token for token in made if token.name not in names)


def issue(session: Session, name: str, scopes: Sequence[str], by: str, now: datetime, expires_at: datetime) -> tuple[IssuedToken, str]:
    """A new token and its secret, which is shown this once. Raises Conflict where the name was ever used."""
    made = secret()
    row = TokenRow(
        id=identity(), name=name, scopes=sorted(set(scopes)), sha256=digest(made), made_by=by, made_at=now, expires_at=expires_at,
        revoked_at=None,
    )  # fmt: skip
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        raise Conflict("this name is taken", code="name-taken") from None
    return _issued(row), made


def listed(session: Session) -> list[IssuedToken]:
    """Every token ever made, the newest first."""
    return [_issued(row) for row in session.scalars(select(TokenRow).order_by(TokenRow.made_at.desc(), TokenRow.id))]


def revoke(session: Session, token_id: str, now: datetime) -> IssuedToken:
    """It opens nothing any more; the first time stays. Raises NotFound."""
    row = session.get(TokenRow, token_id)
    if row is None:
        raise NotFound("no token has this id", code="token-not-found")
    row.revoked_at = row.revoked_at or now
    return _issued(row)


def _valid(session: Session, now: datetime) -> Iterator[TokenRow]:
    yield from session.scalars(select(TokenRow).where(TokenRow.revoked_at.is_(None), TokenRow.expires_at > now))


def _opening(row: TokenRow) -> Token:
    return Token(name=row.name, scopes=row.scopes, sha256=row.sha256)


def _issued(row: TokenRow) -> IssuedToken:
    return IssuedToken(
        id=row.id, name=row.name, scopes=tuple(row.scopes), made_by=row.made_by, made_at=row.made_at, expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )  # fmt: skip
