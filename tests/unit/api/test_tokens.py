"""Tokens: who shows which may do what, however it is shown."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.security import HTTPAuthorizationCredentials, HTTPBasicCredentials

from assistant.api.tokens import Writer, requires, senses
from assistant.errors import NotAllowed, NotAuthorised
from tests.unit.api.conftest import token

TOKENS = [
    token("lift-watch", "one", ["operate"]), token("box", "two", ["sense:hall", "sense:upper.11"]), token("box again",
    "two", ["sense:third"]),
    token("nobody", "four", []),
]  # fmt: skip


def bearer(secret: str) -> HTTPAuthorizationCredentials:
    return HTTPAuthorizationCredentials(scheme="Bearer", credentials=secret)


def test_a_token_opens_what_its_scopes_say() -> None:
    assert requires(TOKENS, "operate")(bearer("one")) == "lift-watch"
    for shown in (bearer("two"), bearer("four")):
        with pytest.raises(NotAllowed):
            requires(TOKENS, "operate")(shown)


def test_a_token_writes_its_own_sensors_only() -> None:
    writer = Writer(name="box", sensors=frozenset({"hall", "upper.11", "third"}))
    assert senses(TOKENS)(bearer("two"), None) == writer
    assert senses(TOKENS)(None, HTTPBasicCredentials(username="x", password="two")) == writer  # noqa: S106
    for secret in ("one", "four"):
        with pytest.raises(NotAllowed):
            senses(TOKENS)(bearer(secret), None)


@pytest.mark.parametrize("secret", ["", "three", "two ", "TWO", "\ud800", "a" * 100_000])
def test_a_secret_that_is_none_opens_nothing(secret: str) -> None:
    with pytest.raises(NotAuthorised):
        senses(TOKENS)(bearer(secret), None)
    with pytest.raises(NotAuthorised):
        senses(TOKENS)(None, HTTPBasicCredentials(username="two", password=secret))
    with pytest.raises(NotAuthorised):
        requires(TOKENS, "operate")(bearer(secret))


def test_nothing_shown_opens_nothing() -> None:
    for check in (lambda: senses(TOKENS)(None, None), lambda: requires(TOKENS, "operate")(None), lambda: senses([])(bearer("two"), None)):
        with pytest.raises(NotAuthorised):
            check()


def test_a_token_that_has_expired_opens_nothing() -> None:
    ended, lasts = (datetime.now(UTC) + timedelta(minutes=minutes) for minutes in (-1, 1))
    timed = [TOKENS[0].model_copy(update={"expires": ended})]
    with pytest.raises(NotAuthorised):
        requires(timed, "operate")(bearer("one"))
    assert requires([TOKENS[0].model_copy(update={"expires": lasts})], "operate")(bearer("one")) == "lift-watch"
