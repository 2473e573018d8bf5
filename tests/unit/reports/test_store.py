"""Reports on the disk: in order, bounded, there after a death, and never the end of the assistant."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import Unavailable
from assistant.reports import store as store_module
from assistant.reports.models import Report
from assistant.reports.store import ReportStore
from tests.conftest import ROOT

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIRST = Report(number=1, id="r0", kind="medical", kiosk="hall", place="hc-hall", at=NOON, source="kiosk")


def numbered(count: int) -> list[Report]:
    return [replace(FIRST, number=number + 1, id=f"r{number}", at=NOON - timedelta(minutes=number)) for number in range(count)]


def test_reports_come_back_whole_the_newest_first_after_opening_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "reports.sqlite"
    store = ReportStore.open(path)
    second = replace(FIRST, number=2, id="r1", kind="spill", place=None, source="staff", at=NOON - timedelta(hours=1))
    for report in (FIRST, second):
        store.add(report)
    store.close()
    again = ReportStore.open(path)
    assert again.listed() == [second, FIRST], "by the order of filing: a clock may jump"
    assert again.listed(limit=1) == [second]
    again.close()


def test_the_first_acknowledgement_stays(tmp_path: Path) -> None:
    store = ReportStore.open(tmp_path / "reports.sqlite")
    store.add(FIRST)
    seen = store.acknowledge("r0", "control-room", NOON)
    assert seen == replace(FIRST, acknowledged_at=NOON, acknowledged_by="control-room")
    assert store.acknowledge("r0", "somebody-else", NOON + timedelta(hours=1)) == seen
    assert store.acknowledge("r9", "control-room", NOON) is None
    store.add(replace(FIRST, number=2, id="r1"))
    assert [report.id for report in store.listed(waiting=True)] == ["r1"]
    store.close()


def test_the_newest_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "MOST", 3)
    store = ReportStore.open(tmp_path / "reports.sqlite")
    for report in numbered(5):
        store.add(report)
    assert [report.id for report in store.listed()] == ["r4", "r3", "r2"]
    store.close()


def test_numbers_go_on_after_the_oldest_went_and_the_file_was_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "MOST", 2)
    store = ReportStore.open(tmp_path / "reports.sqlite")
    assert store.last_number() == 0
    for report in numbered(5):
        store.add(report)
    store.close()
    again = ReportStore.open(tmp_path / "reports.sqlite")
    assert again.last_number() == 5
    again.close()
    assert again.last_number() == 0, "a file that cannot be read"


def test_every_report_is_synced_before_it_counts(tmp_path: Path) -> None:
    store = ReportStore.open(tmp_path / "reports.sqlite")
    assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,), "FULL"
    store.close()


def test_a_report_is_there_after_a_sudden_death(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from tests.unit.reports.test_store import FIRST; "
        "from assistant.reports.store import ReportStore; ReportStore.open(Path(sys.argv[1])).add(FIRST); os._exit(9)"
    )
    path = tmp_path / "reports.sqlite"
    died = subprocess.run([sys.executable, "-c", code, path], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert died.returncode == 9
    store = ReportStore.open(path)
    assert store.listed() == [FIRST]
    store.close()


@pytest.mark.parametrize("damage", [b"no database at all, but long enough for its head " * 9, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_file_is_set_aside(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "reports.sqlite"
    path.write_bytes(damage)
    store = ReportStore.open(path)
    store.add(FIRST)
    store.close()
    assert ReportStore.open(path).listed() == [FIRST]
    assert (tmp_path / "reports.sqlite.damaged").read_bytes() == damage


def test_where_no_file_can_be_reports_live_in_memory(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    store = ReportStore.open(tmp_path / "taken" / "reports.sqlite")
    store.add(FIRST)
    assert store.listed() == [FIRST]
    store.close()


def test_a_closed_file_is_told_as_unavailable(tmp_path: Path) -> None:
    store = ReportStore.open(tmp_path / "reports.sqlite")
    store.close()
    with pytest.raises(Unavailable, match="cannot be read or written"):
        store.add(FIRST)
