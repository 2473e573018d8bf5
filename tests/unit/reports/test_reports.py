"""Filing: bounded, without waiting, and honest about who was told."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.clock import StartedClock
from assistant.errors import NotFound, Unavailable
from assistant.reports.models import Receipt, Report
from assistant.reports.reports import AGAIN_S, HOUR_S, MOST_AN_HOUR, Reports
from assistant.reports.store import ReportStore

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Station:
    """Reports with a clock turned by hand, and a broker that is there or not."""

    def __init__(self, store: ReportStore) -> None:
        self.seconds, self.connected, self.sent = 0.0, True, list[dict[str, object]]()
        self.reports = Reports(
            store, StartedClock(NOON), self._send, kiosk="hall", place="hc-hall", tick=lambda: self.seconds,
        )  # fmt: skip

    def _send(self, payload: bytes) -> bool:
        self.sent.append(json.loads(payload))
        return self.connected

    def written(self, count: int) -> list[Report]:
        """What is on the disk, once `count` reports are: conversations do not wait for it."""
        deadline = time.monotonic() + 10
        while len(found := self.reports.listed(limit=100)) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(found) == count
        return found


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made = Station(ReportStore.open(tmp_path / "reports.sqlite"))
    yield made
    made.reports.close()


def test_a_report_is_written_and_published_without_a_word(station: Station) -> None:
    assert station.reports.file("medical", "c1").told
    (report,) = station.written(1)
    assert (report.kind, report.kiosk, report.place, report.source) == ("medical", "hall", "hc-hall", "kiosk")
    (message,) = station.sent
    assert message == {
        "id": report.id, "number": 1, "kind": "medical",
        "kiosk": "hall", "place": "hc-hall", "at": "2026-11-24T12:00:00+00:00", "source": "kiosk",
    }  # fmt: skip


def test_only_a_broker_that_is_there_counts_as_told(station: Station) -> None:
    station.connected = False
    assert not station.reports.file("fire", "c1").told
    station.written(1)


def test_a_conversation_files_one_of_a_kind_in_five_minutes(station: Station) -> None:
    assert station.reports.file("fire", "c1").told
    station.connected = False
    station.seconds = AGAIN_S - 1
    assert station.reports.file("fire", "c1").told, "the first one was taken, so staff have been told"
    station.written(1)
    station.reports.file("medical", "c1")
    station.reports.file("fire", "c2")
    station.written(3)
    station.seconds = AGAIN_S
    assert not station.reports.file("fire", "c1").told
    station.written(4)


def test_a_report_is_of_the_place_that_was_named_and_keeps_its_number(station: Station) -> None:
    first, second = station.reports.file("spill", "c1", "hc-p1"), station.reports.file("smoke", "c1")
    assert (first, station.reports.file("spill", "c1")) == (Receipt(number=1, told=True), first)
    assert {(report.number, report.kind, report.place) for report in station.written(2)} == {(1, "spill", "hc-p1"), (2, "smoke", "hc-hall")}
    assert second.number == 2


def test_nobody_floods_the_staff(station: Station) -> None:
    filed = [station.reports.file("help", f"c{number}") for number in range(MOST_AN_HOUR + 10)]
    assert [receipt.told for receipt in filed] == [True] * MOST_AN_HOUR + [False] * 10
    assert [receipt.number for receipt in filed] == [*range(1, MOST_AN_HOUR + 1), *[None] * 10]
    station.written(MOST_AN_HOUR)
    station.seconds = HOUR_S - 1
    assert not station.reports.file("help", "later").told
    station.seconds = HOUR_S
    assert station.reports.file("help", "later").told


def test_who_has_a_token_is_not_bounded_and_waits_for_the_disk(station: Station) -> None:
    for _ in range(MOST_AN_HOUR + 1):
        report = station.reports.add("spill", "staff", "exit-north")
        assert station.reports.listed(limit=1) == [report]
    assert report.place == "exit-north"
    assert station.reports.file("help", "c1").told


def test_what_nobody_filed_cannot_be_acknowledged(station: Station) -> None:
    with pytest.raises(NotFound, match="no report has this id"):
        station.reports.acknowledge("nothing", "control-room")


def _fails(_: bytes) -> bool:
    raise ZeroDivisionError


@pytest.mark.parametrize("send", [_fails, lambda _: False])
def test_no_disk_and_no_broker_end_no_answer(tmp_path: Path, send: Callable[[bytes], bool]) -> None:
    store = ReportStore.open(tmp_path / "reports.sqlite")
    reports = Reports(store, StartedClock(NOON), send, kiosk="hall")
    store.close()
    assert reports.file("fire", "c1") == Receipt(number=1, told=False)
    with pytest.raises(Unavailable):
        reports.add("spill", "api")
    reports.close()
    assert not reports.file("medical", "c1").told, "also after the end"


def test_conversations_leave_no_id_behind(station: Station) -> None:
    station.reports.file("fire", "a-long-conversation-id")
    assert "a-long-conversation-id" not in repr(vars(station.reports))
