"""Acknowledgements over the broker: by number or id, and nothing else gets in."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.clock import StartedClock
from assistant.reports.acknowledging import acknowledge
from assistant.reports.reports import Reports
from assistant.reports.store import ReportStore

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def reports(tmp_path: Path) -> Iterator[Reports]:
    made = Reports(ReportStore.open(tmp_path / "reports.sqlite"), StartedClock(NOON), kiosk="hall")
    yield made
    made.close()


def test_by_number_and_by_id_and_the_first_stays(reports: Reports) -> None:
    first, second = reports.add("spill", "staff"), reports.add("smoke", "staff")
    assert acknowledge(reports, json.dumps({"number": first.number, "by": "Control room"}).encode())
    assert acknowledge(reports, json.dumps({"id": second.id, "by": "보안실"}).encode())
    assert acknowledge(reports, json.dumps({"number": first.number, "by": "somebody else"}).encode())
    assert {report.number: report.acknowledged_by for report in reports.listed(limit=9)} == {1: "Control room", 2: "보안실"}


@pytest.mark.parametrize("payload", [
    b"", b"[]", b"{}", b"\xff", b'{"number": 1}', b'{"by": "x"}', b'{"number": 1, "id": "a", "by": "x"}', b'{"number": 99, "by": "x"}',
    b'{"number": 1, "by": "<script>"}', b'{"number": true, "by": "x\\n"}', b'{"number": 1, "by": "' + b"x" * 65 + b'"}',
    b'{"number": 1e99, "by": "x"}', b'{"id": "nothing", "by": "x"}', b'{"number": 1, "by": "x"}' + b" " * 1000,
])  # fmt: skip
def test_anything_else_is_refused(reports: Reports, payload: bytes) -> None:
    report = reports.add("spill", "staff")
    assert not acknowledge(reports, payload)
    assert reports.listed(limit=9) == [report]
