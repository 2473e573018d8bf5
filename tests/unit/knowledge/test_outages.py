"""What is out of order: who may say it, how long it holds, what a restart keeps."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import BadRequest, TooLarge
from assistant.knowledge import outages as registry
from assistant.knowledge.models import Outage, Source
from assistant.knowledge.outage_messages import OutageMessages
from assistant.knowledge.outages import Outages, fault
from assistant.mqtt import Message

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Hands:
    """A clock whose hands the test turns."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    def trusted(self) -> bool:
        return True


def out(outage_id: str = "lift-1", *, origin: str = "api", targets: tuple[str, ...] = ("lift-1",), **more: object) -> Outage:
    source = Source(kind="record", table="outages", key=outage_id, as_of=NOON.isoformat())
    outage = Outage(id=outage_id, targets=targets, reason="Motor", since=NOON, until=None, origin=origin, source=source)  # type: ignore[arg-type]
    return replace(outage, **more)  # type: ignore[arg-type]


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_outage_closes_its_targets_until_taken_back(hands: Hands) -> None:
    outages = Outages(hands)
    assert outages.closed() == frozenset()
    outages.add(out(targets=("lift-1", "lift-1-door")))
    assert outages.closed() == {"lift-1", "lift-1-door"}
    assert outages.remove("lift-1")
    assert not outages.remove("lift-1")
    assert outages.listed() == []


def test_ends_by_itself_and_begins_in_time(hands: Hands) -> None:
    outages = Outages(hands)
    outages.add(out("now", targets=("a",), until=NOON + timedelta(hours=1)))
    outages.add(out("later", targets=("b",), since=NOON + timedelta(hours=2)))
    assert outages.closed() == {"a"}
    assert [outage.id for outage in outages.listed()] == ["now", "later"]
    hands.at = NOON + timedelta(hours=1)
    assert outages.closed() == frozenset()
    assert not outages.remove("now")
    hands.at = NOON + timedelta(hours=2)
    assert outages.closed() == {"b"}


def test_every_change_is_counted_and_told_once(hands: Hands) -> None:
    outages, told = Outages(hands), []
    outages.watch(lambda: told.append(outages.version))
    outages.add(out())
    outages.add(out())
    outages.replace("mqtt", [])
    outages.replace("mqtt", [out("m", origin="mqtt")])
    outages.replace("mqtt", [out("m", origin="mqtt")])
    outages.remove("lift-1")
    assert told == [1, 2, 3]


def test_a_source_replaces_only_what_it_said(hands: Hands) -> None:
    outages = Outages(hands)
    outages.add(out("api-1", targets=("a",)))
    outages.replace("realtime", [out("rt-1", origin="realtime", targets=("b",)), out("api-1", origin="realtime", targets=("c",))])
    assert outages.closed() == {"a", "b"}
    outages.replace("realtime", [])
    assert outages.closed() == {"a"}


def test_one_source_does_not_overwrite_another(hands: Hands) -> None:
    outages = Outages(hands)
    outages.replace("mqtt", [out("lift-1", origin="mqtt")])
    with pytest.raises(BadRequest) as error:
        outages.add(out("lift-1"))
    assert error.value.code == "outage-of-another-source"


@pytest.mark.parametrize(
    "change",
    [
        {"id": ""}, {"id": "a/b"}, {"id": "-"}, {"id": "x" * 101}, {"targets": ()}, {"targets": ("",)}, {"targets": ("a\nb",)},
        {"targets": ("x",) * 201}, {"reason": "x" * 201}, {"since": NOON.replace(tzinfo=None)}, {"until": NOON.replace(tzinfo=None)},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(hands: Hands, change: dict[str, object]) -> None:
    outages = Outages(hands)
    with pytest.raises(BadRequest):
        outages.add(replace(out(), **change))  # type: ignore[arg-type]
    outages.replace("mqtt", [replace(out(origin="mqtt"), **change)])  # type: ignore[arg-type]
    assert outages.listed() == []


def test_room_is_bounded_and_freed_by_what_ends(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "MOST", 2)
    outages = Outages(hands)
    outages.add(out("a", until=NOON + timedelta(hours=1)))
    outages.add(out("b"))
    with pytest.raises(TooLarge):
        outages.add(out("c"))
    outages.replace("mqtt", [out("m", origin="mqtt")])
    assert [outage.id for outage in outages.listed()] == ["a", "b"]
    hands.at = NOON + timedelta(hours=1)
    outages.add(out("c"))
    assert [outage.id for outage in outages.listed()] == ["b", "c"]


def test_only_what_an_operator_reported_outlives_a_restart(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "data" / "outages.json"
    outages = Outages(hands, path)
    kept = out("kept", reason="모터", until=NOON + timedelta(days=3))
    outages.add(kept)
    outages.add(out("gone"))
    outages.add(out("mqtt", origin="mqtt"))
    outages.remove("gone")
    assert Outages(hands, path).listed() == [kept]
    assert [file.name for file in path.parent.iterdir()] == ["outages.json"]


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"id": 1}', "null", '[{"id": "a"}]', "\x00\xff"])
def test_a_spoilt_file_counts_as_empty(hands: Hands, tmp_path: Path, content: str) -> None:
    path = tmp_path / "outages.json"
    path.write_text(content, encoding="latin-1")
    outages = Outages(hands, path)
    assert outages.listed() == []
    outages.add(out())
    assert len(Outages(hands, path).listed()) == 1


def test_a_disk_that_takes_nothing_hides_no_broken_lift(hands: Hands, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    outages = Outages(hands, tmp_path / "file" / "outages.json")
    outages.add(out())
    assert outages.closed() == {"lift-1"}


def test_a_flood_of_messages_is_checked_once_each(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker sends all that it retained at once, and each message tells the register of all before it."""
    checked: list[str] = []

    def counted(outage: Outage) -> str | None:
        checked.append(outage.id)
        return fault(outage)

    monkeypatch.setattr(registry, "fault", counted)
    outages = Outages(hands)
    messages = OutageMessages(outages, hands)
    for number in range(100):
        messages.come(Message(topic=f"outages/lift-{number}", payload=b'{"targets": ["lift"]}'))
    assert len(outages.listed()) == len(checked) == 100


def test_a_message_that_cannot_be_changes_nothing(hands: Hands) -> None:
    outages = Outages(hands)
    messages = OutageMessages(outages, hands)
    messages.come(Message(topic="outages/lift-1", payload=b'{"targets": ["lift"]}'))
    for payload in (b'{"targets": []}', b'{"targets": ["a\\nb"]}', b'{"targets": ["lift"], "id": "<b>"}', b"[" * 20_000):
        messages.come(Message(topic="outages/lift-1", payload=payload))
    assert outages.closed() == {"lift"}


def test_many_threads(hands: Hands) -> None:
    outages = Outages(hands)

    def work(name: str) -> None:
        for number in range(100):
            outages.add(out(f"{name}-{number}", targets=(f"{name}-{number}",)))
            outages.closed()

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outages.closed()) == 400
    assert outages.version == 400
