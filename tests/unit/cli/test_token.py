"""`station-assistant token` makes a token that opens what its lines in `station.yaml` say."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.security import HTTPAuthorizationCredentials as Shown
from ruamel.yaml import YAML

from assistant.api.tokens import requires
from assistant.cli.main import main
from assistant.errors import NotAuthorised
from assistant.settings import Settings


def made(capsys: pytest.CaptureFixture[str], name: str = "lift-watch", *more: str) -> tuple[str, Settings]:
    assert main(["token", name, "--scope", "operate", *more]) == 0
    first, _, yaml = capsys.readouterr().out.partition("In station.yaml:")
    content = YAML(typ="safe").load(yaml)
    return first.split()[-1], Settings(name={"en": "Somewhere"}, stop="A", **content)


@pytest.mark.parametrize("name", ["lift-watch", 'a: "b" #c', "电梯", "- x"])
def test_the_printed_lines_admit_the_printed_token(capsys: pytest.CaptureFixture[str], name: str) -> None:
    token, settings = made(capsys, name)
    assert settings.tokens[0].name == name
    check = requires(settings.tokens, "operate")
    check(Shown(scheme="Bearer", credentials=token))
    with pytest.raises(NotAuthorised):
        check(Shown(scheme="Bearer", credentials=settings.tokens[0].sha256))


def test_every_token_is_another_one(capsys: pytest.CaptureFixture[str]) -> None:
    tokens = {made(capsys)[0] for _ in range(3)}
    assert len(tokens) == 3
    assert all(len(token) >= 40 for token in tokens)


def test_a_token_may_end_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    _, settings = made(capsys, "lift-watch", "--days", "30")
    expires = settings.tokens[0].expires
    assert expires is not None
    assert timedelta(days=29) < expires - datetime.now(UTC) <= timedelta(days=30)


def test_a_scope_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["token", "x", "--scope", "everything"])
    assert "write operate, alert or sense:<id>" in capsys.readouterr().err
