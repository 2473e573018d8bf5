"""What stands: in memory at once, on the disk right after, ended by who may and by the clock."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.alarm.book import AGAIN_AFTER, FORGOTTEN_AFTER, Book, ends_at, id_of
from assistant.alarm.cap.rules import identity_of
from assistant.alarm.models import Source
from assistant.alarm.store import AlertStore
from tests.conftest import ROOT
from tests.unit.alarm.messages import FIRE, NOON, WARNING, Hands, following

OPEN_ENDED = replace(WARNING, identifier="open", infos=(replace(FIRE, expires=None),))


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def book(tmp_path: Path, clock: Hands) -> Iterator[Book]:
    book = Book(AlertStore.open(tmp_path / "alerts.sqlite"), clock)
    yield book
    book.close()


def reopened(tmp_path: Path, clock: Hands) -> Book:
    return Book(AlertStore.open(tmp_path / "alerts.sqlite"), clock)


def test_everything_is_there_after_a_restart(tmp_path: Path, clock: Hands) -> None:
    book = reopened(tmp_path, clock)
    mild = book.stand(replace(OPEN_ENDED, status="Exercise"), source="sensor", latched=True)
    clock.time += timedelta(minutes=1)
    grave = book.stand(WARNING, source="rule", life_safety=True, key="smoke")
    gone = book.stand(replace(WARNING, identifier="gone"), source="sender")
    assert book.clear(gone.id, "its sender")
    book.close()
    again = reopened(tmp_path, clock)
    assert again.standing() == (grave, mild), "life safety first"
    assert again.find(gone.id) is None
    assert again.ended(gone.id) == book.ended(gone.id)
    assert again.seen(identity_of(WARNING)) == book.seen(identity_of(WARNING))
    assert again.durable
    again.close()


def test_an_alert_stands_after_a_sudden_death(tmp_path: Path, clock: Hands) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from tests.unit.alarm.messages import WARNING, Hands; "
        "from assistant.alarm.book import Book; from assistant.alarm.store import AlertStore; "
        "book = Book(AlertStore.open(Path(sys.argv[1])), Hands()); "
        "book.stand(WARNING, source='rule', life_safety=True, latched=True); assert book.flush(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    died = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "alerts.sqlite"], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert died.returncode == -signal.SIGKILL
    book = reopened(tmp_path, clock)
    assert [(one.alert, one.life_safety, one.latched) for one in book.standing()] == [(WARNING, True, True)]
    book.close()


def test_the_same_message_again_changes_nothing(book: Book) -> None:
    told: list[int] = []
    book.listen(lambda: told.append(len(book.standing())))
    first = book.stand(WARNING, source="rule")
    assert book.stand(WARNING, source="rule") == first
    assert told == [1]
    assert book.stand(WARNING, source="rule", life_safety=True).life_safety
    assert told == [1, 1]


def test_a_rule_goes_on_under_its_id(book: Book, clock: Hands) -> None:
    first = book.stand(WARNING, source="rule", life_safety=True, latched=True, key="smoke-hall")
    clock.time += timedelta(minutes=5)
    newer = following(WARNING, "Update", "a2")
    second = book.update(first.id, newer)
    assert second is not None
    assert (second.id, second.alert, second.since, second.life_safety, second.latched) == (first.id, newer, NOON, True, True)
    assert book.stand(replace(WARNING, identifier="a9"), source="rule", key="smoke-hall").id == first.id
    assert id_of(replace(WARNING, sender="other"), "smoke-hall") != first.id, "another kiosk's rule of the same name is another alert"
    assert book.update("nobody", newer) is None


@pytest.mark.parametrize("status", ["Exercise", "Test", "System", "Draft"])
def test_only_an_actual_alert_is_for_life_and_safety(book: Book, status: str) -> None:
    assert not book.stand(replace(WARNING, status=status), source="rule", life_safety=True).life_safety  # type: ignore[arg-type]


def test_a_latched_alert_is_ended_by_staff_only(book: Book, clock: Hands) -> None:
    one = book.stand(WARNING, source="rule", life_safety=True, latched=True)
    assert not book.clear(one.id, "rule")
    clock.time += timedelta(days=400)
    book.tick(clock.time)
    assert book.standing() == (one,)
    assert book.clear(one.id, "duty-officer", operator=True)
    assert book.standing() == ()
    assert not book.clear(one.id, "duty-officer", operator=True)


def test_every_step_is_logged_with_who_took_it(book: Book, clock: Hands) -> None:
    one = book.stand(WARNING, source="sender", by="control")
    book.update(one.id, following(WARNING, "Update", "a2"))
    book.clear(one.id, "duty-officer", operator=True)
    book.stand(WARNING, source="rule", key="x")
    clock.time = NOON + timedelta(hours=2)
    book.tick(clock.time)
    book.flush()
    log = book.history()
    assert [(entry.action, entry.by, entry.identifier) for entry in reversed(log)] == [
        ("raised", "control", "a1"), ("updated", WARNING.sender, "a2"), ("cleared", "duty-officer", "a2"), ("raised", WARNING.sender, "a1"),
        ("expired", "station-assistant", "a1"),
    ]  # fmt: skip
    assert log[-1].cap is not None
    assert b"Fire in the main hall" in log[-1].cap
    assert [entry.action for entry in book.history(2)] == ["expired", "raised"]


def test_the_clock_ends_what_has_expired(book: Book, clock: Hands) -> None:
    told: list[bool] = []
    one = book.stand(WARNING, source="sender", life_safety=True)
    book.listen(lambda: told.append(True))
    book.tick(NOON + timedelta(hours=2) - timedelta(seconds=1))
    assert book.standing() == (one,)
    clock.vouched = False
    book.tick(NOON + timedelta(hours=2))
    assert book.standing() == (one,), "a clock that nobody vouches for ends nothing"
    clock.vouched = True
    book.tick(NOON + timedelta(hours=2))
    assert (book.standing(), told) == ((), [True])
    ended = book.ended(one.id)
    assert ended is not None
    assert not ended.final


@pytest.mark.parametrize(("source", "life_safety", "end"), [
    ("sender", False, NOON + FORGOTTEN_AFTER), ("sender", True, None), ("rule", False, None), ("kiosk", False, None),
])  # fmt: skip
def test_what_does_not_say_when_it_ends(book: Book, source: Source, life_safety: bool, end: object) -> None:
    assert ends_at(book.stand(OPEN_ENDED, source=source, life_safety=life_safety)) == end


def test_the_last_language_to_expire_counts(book: Book) -> None:
    later = NOON + timedelta(hours=5)
    one = book.stand(replace(WARNING, infos=(FIRE, replace(FIRE, language="ko", expires=later))), source="rule")
    assert ends_at(one) == later
    assert ends_at(replace(one, alert=replace(WARNING, infos=(FIRE, replace(FIRE, expires=None))))) is None


def test_where_no_file_can_be_alerts_still_stand_and_that_is_told(tmp_path: Path, clock: Hands) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    book = Book(AlertStore.open(tmp_path / "taken" / "alerts.sqlite"), clock)
    one = book.stand(WARNING, source="rule", life_safety=True)
    assert (book.standing(), book.durable, book.flush()) == ((one,), False, False)
    book.close()


def test_a_disk_that_fails_and_comes_back_has_everything(tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    store = AlertStore.open(tmp_path / "alerts.sqlite")
    book = Book(store, clock)
    before = book.stand(WARNING, source="sender")
    assert book.flush()
    whole = store._connection
    broken = AlertStore.open(tmp_path / "other.sqlite")
    broken.close()
    monkeypatch.setattr(store, "_connection", broken._connection)
    one = book.stand(replace(WARNING, identifier="b"), source="rule", life_safety=True)
    book.clear(before.id, "its sender")
    assert not book.flush()
    assert book.standing() == (one,)
    clock.time += AGAIN_AFTER
    book.tick(clock.time)
    assert not book.flush()
    monkeypatch.setattr(store, "_connection", whole)
    book.tick(clock.time)
    assert not book.durable, "it waits before it tries again"
    clock.time += AGAIN_AFTER
    book.tick(clock.time)
    assert book.flush()
    book.close()
    again = reopened(tmp_path, clock)
    assert again.standing() == (one,)
    assert again.ended(before.id) is not None
    again.close()


def test_a_disk_that_hangs_keeps_no_alert_back(tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    store, free = AlertStore.open(tmp_path / "alerts.sqlite"), threading.Event()
    book, record = Book(store, clock), store.record
    monkeypatch.setattr(store, "record", lambda change: (free.wait(20), record(change)))
    told = threading.Event()
    book.listen(told.set)
    one = book.stand(WARNING, source="rule", life_safety=True)
    assert told.is_set()
    assert book.standing() == (one,)
    assert not book.flush(0.05)
    free.set()
    assert book.flush()
    book.close()


def test_an_alert_that_is_no_cap_stands_and_harms_no_other(book: Book, tmp_path: Path, clock: Hands) -> None:
    odd = book.stand(replace(WARNING, identifier="with a space"), source="rule", life_safety=True)
    good = book.stand(WARNING, source="rule", life_safety=True)
    assert book.flush()
    assert set(book.standing()) == {odd, good}
    again = reopened(tmp_path, clock)
    assert again.standing() == (good,)
    again.close()


def test_a_listener_that_fails_keeps_nobody_from_hearing(book: Book) -> None:
    told: list[int] = []

    def failing() -> None:
        raise RuntimeError("a page that is gone")

    book.listen(failing)
    book.listen(lambda: told.append(1))
    book.stand(WARNING, source="rule")
    assert told == [1]


def test_many_threads_at_once(book: Book) -> None:
    def raise_and_end(worker: int) -> None:
        for number in range(20):
            one = book.stand(replace(WARNING, identifier=f"{worker}-{number}"), source="rule")
            if number % 2:
                book.clear(one.id, "rule")

    threads = [threading.Thread(target=raise_and_end, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(book.standing()) == 40
    assert book.flush()
    assert len(book.history()) == 120
