"""Warnings by topic and by folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.alarm.book import Book
from assistant.alarm.inlets import Folder, subscribe
from assistant.alarm.intake import Intake, Refusal
from assistant.alarm.store import AlertStore
from assistant.mqtt import Handler, Message
from assistant.settings.sensing import Alerts, Sender
from tests.unit.alarm.messages import SENDER, Hands, bytes_of

SETTINGS = Alerts(senders=[
    Sender(sender=SENDER, name={"": "Control"}, topic="warn/in", folder=True, life_safety=True),
    Sender(sender="weather@x", name={"": "Weather"}, topic="warn/weather"),
    Sender(sender="flood@x", name={"": "Flood"}, topic="warn/weather"),
])  # fmt: skip


class Topics(dict[str, Handler]):
    def subscribe(self, topic_filter: str, handler: Handler) -> None:
        assert topic_filter not in self
        self[topic_filter] = handler

    def bring(self, topic: str, payload: bytes) -> None:
        self[topic](Message(topic=topic, payload=payload))


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    book = Book(AlertStore.open(tmp_path / "alerts.sqlite"), Hands())
    yield Intake(SETTINGS, book, Hands())
    book.close()


def test_each_topic_is_for_its_senders(intake: Intake) -> None:
    topics = Topics()
    subscribe(SETTINGS, topics, intake)
    assert set(topics) == {"warn/in", "warn/weather"}
    topics.bring("warn/in", bytes_of())
    topics.bring("warn/weather", bytes_of(sender="flood@x"))
    topics.bring("warn/weather", bytes_of(identifier="b"))
    topics.bring("warn/in", b"rubbish")
    topics.bring("warn/in", b"")
    assert (intake.taken, intake.refused) == (2, {Refusal.wrong_way: 1, Refusal.malformed: 1})


def test_a_file_is_taken_once(tmp_path: Path, intake: Intake) -> None:
    folder = tmp_path / "in"
    inlet = Folder(folder, intake)
    assert inlet.scan() == 0, "a folder that is not there is no error"
    folder.mkdir()
    (folder / "a.cap").write_bytes(bytes_of())
    (folder / "b.XML").write_bytes(bytes_of(identifier="b"))
    (folder / "c.txt").write_bytes(bytes_of(identifier="c"))
    (folder / "d.cap").mkdir()
    (folder / "e.cap").symlink_to(folder / "c.txt")
    assert [inlet.scan(), inlet.scan()] == [2, 0]
    assert intake.refused == {}
    assert Folder(folder, intake).scan() == 0
    assert intake.refused == {Refusal.replay: 2}, "nor after a restart"


def test_a_file_that_was_not_whole_is_read_again(tmp_path: Path, intake: Intake) -> None:
    path, whole = tmp_path / "a.cap", bytes_of()
    inlet = Folder(tmp_path, intake)
    path.write_bytes(whole[:100])
    assert [inlet.scan(), inlet.scan()] == [0, 0]
    assert intake.refused == {Refusal.malformed: 1}
    path.write_bytes(whole)
    assert inlet.scan() == 1


def test_files_are_taken_in_their_order(tmp_path: Path, intake: Intake) -> None:
    for number, name in enumerate(("z", "a")):
        path = tmp_path / f"{name}.cap"
        path.write_bytes(bytes_of(identifier=name))
        os.utime(path, (number, number))
    assert Folder(tmp_path, intake).scan() == 2
    assert [entry.identifier for entry in reversed(intake._book.history())] == ["z", "a"]


def test_a_huge_file_is_refused_without_being_read_whole(tmp_path: Path, intake: Intake) -> None:
    with (tmp_path / "a.cap").open("wb") as file:
        file.truncate(5_000_000_000)
    assert Folder(tmp_path, intake).scan() == 0
    assert intake.refused == {Refusal.too_large: 1}
