"""Who may warn, by which way, with what: every refusal is counted, and nothing that is refused leaves a trace in the book."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.alarm.book import Book
from assistant.alarm.cap.choose import acute
from assistant.alarm.intake import MOST_STANDING, Intake, Refusal, Refused, Via, is_life_safety
from assistant.alarm.models import Alert, Reference
from assistant.alarm.store import AlertStore
from assistant.errors import NotAllowed
from assistant.settings.sensing import Alerts, Sender
from tests.unit.alarm.messages import FIRE, NOON, SENDER, WARNING, Hands, bytes_of, following, reference

TOKEN, TOPIC, FOLDER = Via(kind="token", name="control"), Via(kind="topic", name="warn/in"), Via(kind="folder")
WEATHER = "weather@x"
SETTINGS = Alerts(stale_s=3600, senders=[
    Sender(sender=SENDER, name={"": "Control room"}, token="control", life_safety=True),  # noqa: S106
    Sender(sender=WEATHER, name={"": "Weather"}, token="weather", topic="warn/in", folder=True),  # noqa: S106
])  # fmt: skip


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def book(tmp_path: Path, clock: Hands) -> Iterator[Book]:
    book = Book(AlertStore.open(tmp_path / "alerts.sqlite"), clock)
    yield book
    book.close()


@pytest.fixture
def intake(book: Book, clock: Hands) -> Intake:
    return Intake(SETTINGS, book, clock)


def refused(intake: Intake, data: bytes, via: Via = TOKEN) -> Refusal:
    before = intake.refused.copy()
    with pytest.raises(Refused) as caught:
        intake.take(data, via)
    assert intake.refused - before == {caught.value.reason: 1}
    return caught.value.reason


def test_a_listed_sender_is_heard(intake: Intake, book: Book) -> None:
    taken = intake.take(bytes_of(), TOKEN)
    (one,) = book.standing()
    assert (taken.action, taken.id, taken.life_safety) == ("stands", one.id, True)
    assert (one.alert, one.source, one.since, one.latched) == (WARNING, "sender", NOON, False)
    assert intake.taken == 1


@pytest.mark.parametrize(("sender", "via", "reason"), [
    (SENDER, TOPIC, Refusal.wrong_way), (SENDER, FOLDER, Refusal.wrong_way), (SENDER, Via(kind="token", name="weather"), Refusal.wrong_way),
    (SENDER, Via(kind="token"), Refusal.wrong_way), (SENDER, Via(kind="topic"), Refusal.wrong_way),
    (WEATHER, Via(kind="topic", name="warn/in/x"), Refusal.wrong_way), (WEATHER, TOKEN, Refusal.wrong_way),
    ("stranger@x", TOKEN, Refusal.unknown_sender), (SENDER.upper(), TOKEN, Refusal.unknown_sender),
])  # fmt: skip
def test_nobody_speaks_for_another(intake: Intake, book: Book, sender: str, via: Via, reason: Refusal) -> None:
    assert refused(intake, bytes_of(sender=sender), via) == reason
    assert book.standing() == ()
    with pytest.raises(Refused) as caught:
        intake.take(bytes_of(sender=sender), via)
    assert caught.value.status == NotAllowed.status


@pytest.mark.parametrize("via", [TOPIC, FOLDER, Via(kind="token", name="weather")])
def test_only_whom_the_station_trusts_with_it_raises_life_safety(intake: Intake, via: Via) -> None:
    assert not intake.take(bytes_of(sender=WEATHER), via).life_safety


@pytest.mark.parametrize(("changes", "reason"), [
    ({"status": "Draft"}, Refusal.draft), ({"scope": "Private"}, Refusal.not_public), ({"scope": "Restricted"}, Refusal.not_public),
    ({"sent": NOON - timedelta(seconds=3601)}, Refusal.stale), ({"sent": NOON + timedelta(seconds=301)}, Refusal.future),
    ({"infos": ()}, Refusal.nothing_said), ({"infos": (replace(FIRE, expires=NOON),)}, Refusal.expired),
])  # fmt: skip
def test_what_has_no_place_here_is_refused(intake: Intake, book: Book, changes: dict[str, Any], reason: Refusal) -> None:
    assert refused(intake, bytes_of(**changes)) == reason
    assert (book.standing(), book.history()) == ((), [])


@pytest.mark.parametrize("seconds", [-3600, 300])
def test_the_limits_of_time_are_still_taken(intake: Intake, seconds: int) -> None:
    assert intake.take(bytes_of(sent=NOON + timedelta(seconds=seconds)), TOKEN).action == "stands"


def test_an_alert_in_one_language_may_have_expired_in_another(intake: Intake) -> None:
    infos = (replace(FIRE, expires=NOON), replace(FIRE, language="ko"))
    assert intake.take(bytes_of(infos=infos), TOKEN).action == "stands"


def test_where_nobody_vouches_for_the_clock_no_warning_is_too_old(intake: Intake, clock: Hands) -> None:
    clock.vouched, clock.time = False, NOON + timedelta(days=900)
    assert intake.take(bytes_of(), TOKEN).life_safety
    assert refused(intake, bytes_of()) == Refusal.replay, "but it is not taken twice"


@pytest.mark.parametrize(("data", "reason"), [
    (b"", Refusal.malformed), (b"{}", Refusal.malformed), (b"<!DOCTYPE a>" + bytes_of()[40:], Refusal.forbidden_xml),
    (b"x" * 1_000_001, Refusal.too_large),
])  # fmt: skip
def test_what_is_no_cap_is_counted(intake: Intake, data: bytes, reason: Refusal) -> None:
    assert refused(intake, data) == reason


@pytest.mark.parametrize("kind", ["Ack", "Error"])
def test_receipts_are_passed_over(intake: Intake, book: Book, kind: str) -> None:
    assert intake.take(bytes_of(message_type=kind), TOKEN).action == "ignored"
    assert book.standing() == ()


def test_a_replay_is_refused_also_after_the_end_and_a_restart(intake: Intake, book: Book, clock: Hands, tmp_path: Path) -> None:
    taken = intake.take(bytes_of(), TOKEN)
    assert refused(intake, bytes_of()) == Refusal.replay
    assert book.clear(str(taken.id), "staff", operator=True)
    assert refused(intake, bytes_of()) == Refusal.replay
    book.flush()
    again = Book(AlertStore.open(tmp_path / "alerts.sqlite"), clock)
    assert refused(Intake(SETTINGS, again, clock), bytes_of()) == Refusal.replay
    assert again.standing() == ()
    again.close()


def test_an_update_goes_on_under_the_same_id(intake: Intake, book: Book, clock: Hands) -> None:
    first = intake.take(bytes_of(), TOKEN)
    clock.time += timedelta(minutes=1)
    calm = following(WARNING, "Update", "a2", infos=(replace(FIRE, urgency="Past", responses=("AllClear",)),))
    second = intake.take(bytes_of(calm), TOKEN)
    assert (second.action, second.id, second.life_safety) == ("updated", first.id, False)
    third = intake.take(bytes_of(following(calm, "Update", "a3", infos=(FIRE,))), TOKEN)
    assert (third.id, third.life_safety) == (first.id, True)
    assert [one.since for one in book.standing()] == [NOON]


def test_an_update_of_several_takes_the_place_of_all(intake: Intake, book: Book) -> None:
    other = replace(WARNING, identifier="b1")
    first, second = intake.take(bytes_of(), TOKEN), intake.take(bytes_of(other), TOKEN)
    both = following(WARNING, "Update", "c", references=(reference(WARNING), reference(other)))
    assert intake.take(bytes_of(both), TOKEN).id == first.id != second.id
    assert [one.alert for one in book.standing()] == [both]
    intake.take(bytes_of(following(both, "Update", "d")), TOKEN)
    assert [one.id for one in book.standing()] == [first.id]


def test_a_cancel_ends(intake: Intake, book: Book) -> None:
    first = intake.take(bytes_of(), TOKEN)
    cancel = following(WARNING, "Cancel", "a2")
    assert intake.take(bytes_of(cancel), TOKEN).action == "ended"
    assert book.standing() == ()
    assert refused(intake, bytes_of(cancel)) == Refusal.replay
    again = intake.take(bytes_of(following(WARNING, "Cancel", "a3", 2)), TOKEN)
    assert (again.action, again.id) == ("ended", first.id), "nothing stood, and that is what it wants"
    assert [entry.action for entry in book.history()] == ["noted", "ended", "raised"]


def test_an_alert_that_ended_stands_again_by_an_update(intake: Intake, book: Book) -> None:
    first = intake.take(bytes_of(), TOKEN)
    book.clear(str(first.id), "staff", operator=True)
    assert intake.take(bytes_of(following(WARNING, "Update", "a2")), TOKEN).id == first.id
    assert len(book.standing()) == 1


@pytest.mark.parametrize("kind", ["Update", "Cancel"])
def test_a_message_of_another_sender_is_not_to_be_changed(intake: Intake, book: Book, kind: str) -> None:
    intake.take(bytes_of(), TOKEN)
    stranger = following(WARNING, kind, "w2", sender=WEATHER)
    assert refused(intake, bytes_of(stranger), TOPIC) == Refusal.foreign_reference
    assert [one.alert for one in book.standing()] == [WARNING]


UNKNOWN = [(Reference(sender=SENDER, identifier="a0", sent=NOON),), (replace(reference(WARNING), sent=NOON - timedelta(seconds=1)),)]


@pytest.mark.parametrize("references", UNKNOWN)
def test_a_cancel_of_what_never_came_is_refused_and_an_update_of_it_stands(
    intake: Intake, book: Book, references: tuple[Reference, ...]
) -> None:
    intake.take(bytes_of(), TOKEN)
    assert refused(intake, bytes_of(following(WARNING, "Cancel", "a2", references=references))) == Refusal.unknown_reference
    assert intake.take(bytes_of(following(WARNING, "Update", "a3", references=references)), TOKEN).action == "stands"
    assert [one.alert.identifier for one in book.standing()] == [WARNING.identifier, "a3"], "a kiosk that was off must not miss it"


def test_of_several_references_only_those_of_the_sender_count(intake: Intake, book: Book) -> None:
    intake.take(bytes_of(), TOKEN)
    both = (reference(WARNING), replace(reference(WARNING), sender=WEATHER))
    cancel = following(WARNING, "Cancel", "w3", sender=WEATHER, references=both)
    assert refused(intake, bytes_of(cancel), TOPIC) == Refusal.unknown_reference
    assert [one.alert for one in book.standing()] == [WARNING]


def test_an_alert_of_this_station_is_no_senders_to_change(intake: Intake, book: Book) -> None:
    book.stand(WARNING, source="rule", life_safety=True)
    assert refused(intake, bytes_of(following(WARNING, "Cancel", "a2"))) == Refusal.foreign_reference
    assert len(book.standing()) == 1


@pytest.mark.parametrize("kind", ["Update", "Cancel"])
@pytest.mark.parametrize(("first", "then"), [("Actual", "Exercise"), ("Actual", "Test"), ("Exercise", "Actual")])
def test_an_exercise_does_not_touch_what_is_actual(intake: Intake, book: Book, kind: str, first: Any, then: Any) -> None:
    alert = replace(WARNING, status=first)
    intake.take(bytes_of(alert), TOKEN)
    assert refused(intake, bytes_of(following(alert, kind, "a2", status=then))) == Refusal.other_status
    assert [one.alert for one in book.standing()] == [alert]


@pytest.mark.parametrize("status", ["Exercise", "Test", "System"])
def test_what_is_not_actual_is_no_life_safety(intake: Intake, status: str) -> None:
    assert not intake.take(bytes_of(status=status), TOKEN).life_safety
    assert not is_life_safety(replace(WARNING, status=status))  # type: ignore[arg-type]


@pytest.mark.parametrize(("changes", "serious"), [
    ({}, True), ({"severity": "Severe"}, True), ({"severity": "Moderate"}, False), ({"severity": "Unknown"}, False),
    ({"urgency": "Expected"}, False), ({"urgency": "Past"}, False), ({"certainty": "Unlikely"}, False), ({"certainty": "Unknown"}, True),
    ({"responses": ("Shelter",)}, True), ({"responses": ("Execute",)}, True), ({"responses": ("Monitor", "Avoid")}, True),
    ({"responses": ("Prepare",)}, False), ({"responses": ("Monitor",)}, False), ({"responses": ("AllClear",)}, False),
    ({"responses": ()}, False),
])  # fmt: skip
def test_what_counts_as_life_safety(changes: dict[str, Any], serious: bool) -> None:
    info = replace(FIRE, **changes)
    assert acute(info) == serious
    mild = replace(FIRE, severity="Minor", language="de")
    assert is_life_safety(replace(WARNING, infos=(mild, info))) == serious


def test_a_flood_of_one_sender_is_bounded_and_leaves_room_for_the_grave(intake: Intake, book: Book) -> None:
    mild = replace(WARNING, infos=(replace(FIRE, severity="Minor"),))
    for number in range(MOST_STANDING):
        intake.take(bytes_of(mild, identifier=f"n{number}"), TOKEN)
    assert refused(intake, bytes_of(mild, identifier="more")) == Refusal.crowded
    assert intake.take(bytes_of(identifier="fire"), TOKEN).life_safety
    assert intake.take(bytes_of(following(replace(mild, identifier="n0"), "Cancel", "c")), TOKEN).action == "ended"
    assert intake.take(bytes_of(mild, identifier="more"), TOKEN).action == "stands"
    assert len(book.standing()) == MOST_STANDING + 1


def test_a_message_with_a_forgiven_fault_is_taken(intake: Intake, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="assistant"):
        assert intake.take(bytes_of().replace(b"12:00:00-00:00</sent>", b"12:00:00Z</sent>"), TOKEN).life_safety
    assert "alert_remark" in caplog.messages


def test_refusals_name_no_word_of_the_message(intake: Intake, caplog: pytest.LogCaptureFixture) -> None:
    alert: Alert = replace(WARNING, sender="CANARY7@x", infos=(replace(FIRE, headline="CANARY7"),))
    with caplog.at_level("INFO", logger="assistant"), pytest.raises(Refused) as caught:
        intake.take(bytes_of(alert), TOKEN)
    assert "CANARY7" not in caught.value.message
    assert "CANARY7" not in str([vars(record) for record in caplog.records])
