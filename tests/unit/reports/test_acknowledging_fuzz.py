"""Ten thousand acknowledgements that nobody would send: each notes a report that is there, or is refused with a line in the log."""

import json
import logging
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.clock import StartedClock
from assistant.reports.acknowledging import LONGEST, acknowledge
from assistant.reports.reports import Reports
from assistant.reports.store import ReportStore

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
PAYLOADS = 10_000
GOOD = b'{"number": 1, "by": "Control room"}'
NAMES = ["Control room", "보안실", "O'Neill, J.", "x" * 64]
NUMBERS: list[Any] = [1, 2, 2.0, "2", 0, -1, 3, 2**31, 2**63 - 1, 2**63, 2**64, 10**30, 1e99, 1.5, True, None, "", [], {}]
IDS: list[Any] = [None, "", "nothing", "a" * 64, "a" * 65, "' OR 1=1 --", "\x00", "\ud800", 1, [], {"id": 1}]
NOBODIES: list[Any] = [None, "", "x" * 65, "<script>", "x\n", "\x00", "\ud800", 7, [], "a;b", "‮x"]


@pytest.fixture
def reports(tmp_path: Path) -> Iterator[Reports]:
    made = Reports(ReportStore.open(tmp_path / "reports.sqlite"), StartedClock(NOON), kiosk="hall")
    yield made
    made.close()


def payload(chance: random.Random, known: str) -> bytes:
    kind = chance.random()
    if kind < 0.5:
        told: dict[str, Any] = {"by": chance.choice(NAMES if chance.random() < 0.5 else NOBODIES)}
        if chance.random() < 0.6:
            told["number"] = chance.choice(NUMBERS)
        if chance.random() < 0.5:
            told["id"] = chance.choice([*IDS, known, known])
        if chance.random() < 0.2:
            told[chance.choice(["kind", "", "Number", "x" * 300])] = chance.choice([*NUMBERS, "x" * LONGEST])
        return json.dumps(told).encode()
    if kind < 0.6:
        return chance.randbytes(chance.randrange(60))
    body = bytearray(GOOD)
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(body) + 1)
        match chance.randrange(3):
            case 0:
                del body[at : at + chance.randrange(1, 6)]
            case 1:
                body[at:at] = chance.choice([b"{", b"[" * 200, b'"', b"\xff", b"9" * 30, b"null", b",", b"\\u0000", b" " * LONGEST])
            case _:
                body[at : at + 1] = bytes([chance.randrange(256)])
    return bytes(body)


def names_a_report(body: bytes, known: dict[str, int]) -> set[int]:
    """Numbers of the reports that a payload could mean."""
    try:
        told = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return set()
    if not isinstance(told, dict) or len(body) > LONGEST:
        return set()
    number, key = told.get("number"), told.get("id")
    found = {number} if isinstance(number, int) and not isinstance(number, bool) and number in known.values() else set()
    return found | {known[key]} if isinstance(key, str) and key in known else found


def test_ten_thousand_payloads_note_a_report_or_are_refused(reports: Reports, caplog: pytest.LogCaptureFixture) -> None:
    known = {report.id: report.number for report in (reports.add("spill", "staff"), reports.add("smoke", "staff"))}
    chance, noted, refused = random.Random(7), 0, 0  # noqa: S311
    with caplog.at_level(logging.INFO, logger="assistant"):
        for _ in range(PAYLOADS):
            body = payload(chance, next(iter(known)))
            caplog.clear()
            taken = acknowledge(reports, body)
            assert [record.msg for record in caplog.records] == ([] if taken else ["acknowledgement_refused"]), body
            assert not taken or names_a_report(body, known), body
            noted, refused = noted + taken, refused + (not taken)
    assert noted > 100
    assert refused > 5000
    assert {report.id: report.number for report in reports.listed(limit=9)} == known


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 2**64, 10**300], ids=["2^63-1", "2^63", "2^64", "10^300"])
def test_a_number_that_no_report_can_have_is_refused(reports: Reports, number: int) -> None:
    report = reports.add("spill", "staff")
    assert not acknowledge(reports, json.dumps({"number": number, "by": "Control room"}).encode())
    assert reports.listed(limit=9) == [report]
