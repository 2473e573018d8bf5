"""Passwords by NIST SP 800-63B: long, not on the lists, not what everybody would guess; no rules on which characters. Kept as argon2id."""

import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from assistant.errors import BadRequest, Busy

SHORTEST, LONGEST = 12, 256
GUESSES_LOG10 = 8.0
"""A password that a guesser who knows the usual lists and habits finds within 10^8 tries is refused."""
LOOKED_AT = 72
"""Characters that the guesser looks at; more would take it too long."""
WAITING = 4
"""Passwords looked at or waiting at once: each takes 46 MB and a core, which travellers need as well."""


def check(password: str, name: str, words: Sequence[str] = ()) -> None:
    """Raises BadRequest for a password that is too short, too long or easily guessed; `words` are those of this station."""
    plain = _normal(password)
    if len(plain) < SHORTEST:
        raise _weak(f"the password is shorter than {SHORTEST} characters")
    if len(plain) > LONGEST:
        raise _weak(f"the password is longer than {LONGEST} characters")
    folded = plain.casefold()
    if any(word.casefold() in folded and len(folded) - len(word) < SHORTEST for word in (name, *words) if len(word) > 2):
        raise _weak("the password is hardly more than a name that everybody here knows")
    if zxcvbn(plain[:LOOKED_AT], user_inputs=[name, *words])["guesses_log10"] < GUESSES_LOG10:
        raise _weak("the password is one of those that are tried first")


class Passwords:
    """Makes hashes and compares with them, a few at a time."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(time_cost=2, memory_cost=47_104, parallelism=1)
        self._room, self._one = threading.BoundedSemaphore(WAITING), threading.Lock()
        self._nobody = self._hasher.hash("the password of nobody")

    def hash(self, password: str) -> str:
        """Its argon2id hash. Raises Busy."""
        with self._turn():
            return self._hasher.hash(_normal(password))

    def fits(self, stored: str | None, password: str) -> bool:
        """Whether it is the password of a hash. Takes as long where there is none. Raises Busy."""
        with self._turn():
            try:
                self._hasher.verify(stored or self._nobody, _normal(password))
            except (VerificationError, InvalidHashError):
                return False
            return stored is not None

    def outdated(self, stored: str) -> bool:
        """Whether a hash was made at other costs than those of today."""
        return self._hasher.check_needs_rehash(stored)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._room.acquire(blocking=False):
            raise Busy("too many people sign in at once")
        try:
            with self._one:
                yield
        finally:
            self._room.release()


def _weak(why: str) -> BadRequest:
    return BadRequest(why, code="weak-password", hint="four or five unrelated words make a good one")


def _normal(password: str) -> str:
    """The same characters for the same keys on every keyboard."""
    return unicodedata.normalize("NFKC", password)
