"""Alerts on the disk: synced, bounded, set aside when damaged."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.alarm import store as store_module
from assistant.alarm.cap.rules import identity_of
from assistant.alarm.models import Entry, Standing
from assistant.alarm.store import LONGEST_KEPT, AlertStore, Change, Ended, Seen
from assistant.errors import Unavailable
from tests.unit.alarm.messages import NOON, WARNING

ONE = Standing(id="x1", alert=WARNING, since=NOON, life_safety=True, latched=True, source="rule")
ENTRY = Entry(
    at=NOON, action="raised", id="x1", sender="s", identifier="a1", sent=NOON, status="Actual", message_type="Alert", source="rule",
    by="rule",
)  # fmt: skip


def seen(number: int, *, direct: bool = True) -> Seen:
    return Seen(identity=identity_of(replace(WARNING, identifier=f"a{number}")), id="x1", direct=direct)


def test_a_change_is_synced_before_it_counts(tmp_path: Path) -> None:
    store = AlertStore.open(tmp_path / "alerts.sqlite")
    assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,), "FULL"
    store.close()


def test_what_is_kept_is_bounded_and_the_newest_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MOST_ENTRIES", "MOST_SEEN", "MOST_ENDED"):
        monkeypatch.setattr(store_module, name, 3)
    store = AlertStore.open(tmp_path / "alerts.sqlite")
    for number in range(5):
        at = NOON + timedelta(seconds=number)
        store.record(Change(
            seen=seen(number), ended=Ended(id=f"x{number}", sent=at, final=True), entry=replace(ENTRY, at=at),
        ))  # fmt: skip
        store.record(Change(seen=seen(100 + number, direct=False)))
    kept = store.load()
    assert [one for one in kept.seen if one.direct] == [seen(number) for number in (2, 3, 4)], "other kiosks push out none of ours"
    assert len(kept.seen) == 6
    assert [ended.id for ended in kept.ended] == ["x2", "x3", "x4"]
    assert [entry.at for entry in store.history()] == [NOON + timedelta(seconds=number) for number in (4, 3, 2)]
    store.close()


def test_a_long_message_is_logged_without_its_words(tmp_path: Path) -> None:
    store = AlertStore.open(tmp_path / "alerts.sqlite")
    for length in (LONGEST_KEPT, LONGEST_KEPT + 1):
        store.record(Change(entry=replace(ENTRY, cap=b"x" * length)))
    assert [entry.cap and len(entry.cap) for entry in store.history()] == [None, LONGEST_KEPT]
    store.close()


@pytest.mark.parametrize("damage", [b"no database at all, but long enough for its head " * 9, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_file_is_set_aside(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "alerts.sqlite"
    path.write_bytes(damage)
    store = AlertStore.open(path)
    store.record(Change(standing=ONE))
    store.close()
    assert AlertStore.open(path).load().standing == (ONE,)
    assert (tmp_path / "alerts.sqlite.damaged").read_bytes() == damage


def test_a_row_that_cannot_be_read_costs_no_other(tmp_path: Path) -> None:
    store = AlertStore.open(tmp_path / "alerts.sqlite")
    store.record(Change(standing=replace(ONE, id="x0")))
    store.record(Change(standing=ONE))
    store._connection.execute("UPDATE standing SET cap = 'rubbish' WHERE id = 'x0'")
    assert store.load().standing == (ONE,)
    store.close()


def test_a_closed_file_is_told_as_unavailable(tmp_path: Path) -> None:
    store = AlertStore.open(tmp_path / "alerts.sqlite")
    store.close()
    with pytest.raises(Unavailable, match="cannot be read or written"):
        store.record(Change(standing=ONE))
