"""The log holds typed fields only, and nothing that people said."""

import io
import json
import logging
from collections.abc import Iterator
from enum import StrEnum

import pytest

from assistant import log

SAID = "where can I buy insulin"


class Outcome(StrEnum):
    ANSWERED = "answered"


class Sly(StrEnum):
    SPOKEN = SAID


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    log.configure(stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def only(stream: io.StringIO) -> dict[str, object]:
    (line,) = stream.getvalue().splitlines()
    content = json.loads(line)
    assert isinstance(content, dict)
    return content


def test_an_event_is_one_line_of_json_with_its_fields(lines: io.StringIO) -> None:
    log.event("turn", outcome=Outcome.ANSWERED, ms=12.5, cached=False, id=log.Id("c-12.3"), place=None)
    line = only(lines)
    assert line.pop("time")
    assert line == {
        "level": "info", "event": "turn", "outcome": "answered", "ms": 12.5, "cached": False, "id": "c-12.3",
        "place": None,
    }


def test_free_text_is_not_written(lines: io.StringIO) -> None:
    log.event("turn", text=SAID, words=[SAID], id=log.Id(SAID))  # type: ignore[arg-type]
    line = only(lines)
    assert (line["text"], line["words"], line["id"]) == ("<str>", "<list>", "?")
    assert "insulin" not in lines.getvalue()


def test_an_enum_of_free_text_is_not_written(lines: io.StringIO) -> None:
    log.event("turn", text=Sly.SPOKEN)
    assert only(lines)["text"] == "?"


def test_a_failure_names_type_and_place_but_not_the_message(lines: io.StringIO) -> None:
    try:
        raise ValueError(SAID)
    except ValueError as error:
        log.failure("turn_failed", error, outcome=Outcome.ANSWERED)
    line = only(lines)
    assert (line["level"], line["error"], line["outcome"]) == ("error", "ValueError", "answered")
    assert str(line["places"]).startswith("['test_log.py:")
    assert "insulin" not in lines.getvalue()


def test_what_other_libraries_log_is_reduced_to_its_origin(lines: io.StringIO) -> None:
    try:
        raise KeyError(SAID)
    except KeyError:
        logging.getLogger("uvicorn.error").exception("failed on %s", SAID)
    line = only(lines)
    assert (line["event"], line["logger"], line["error"]) == ("library", "uvicorn.error", "KeyError")
    assert "insulin" not in lines.getvalue()
