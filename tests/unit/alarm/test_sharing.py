"""Kiosks that share: who was off learns, what ends ends everywhere, nothing goes in circles, strangers' shapes are refused."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.alarm.book import Book
from assistant.alarm.cap.read import read
from assistant.alarm.intake import Intake, Refusal, Via
from assistant.alarm.models import Alert, Standing
from assistant.alarm.sharing import CANCEL_KEPT, LIFE_SAFETY, MISSED_AFTER, MOST_SHARED, Sharing, name_of
from assistant.alarm.store import AlertStore
from assistant.mqtt import Message
from assistant.settings.sensing import Alerts, Sender
from tests.unit.alarm.messages import FIRE, NOON, SENDER, WARNING, End, Hands, Hub, bytes_of, following, reference

SENDERS = Alerts(senders=[Sender(sender=SENDER, name={"": "Control"}, token="control", life_safety=True)])  # noqa: S106
MILD = replace(WARNING, infos=(replace(FIRE, severity="Minor", expires=None),))


@dataclass
class Kiosk:
    book: Book
    end: End
    sharing: Sharing
    clock: Hands

    def ids(self) -> list[str]:
        return [one.id for one in self.book.standing()]


@dataclass
class Station:
    folder: Path
    hub: Hub
    clock: Hands

    def kiosk(self, name: str, *, on: bool = True, file: str | None = None) -> Kiosk:
        book = Book(AlertStore.open(self.folder / f"{file or name}.sqlite"), self.clock)
        end = self.hub.end()
        sharing = Sharing(book, end, self.clock, topic="station/alerts", kiosk=name, sender=name, believed=BELIEVED)
        sharing.start()
        if on:
            end.connect()
        return Kiosk(book, end, sharing, self.clock)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path, Hub(), Hands())
BELIEVED = ("hall", "north", "later")



def raised(kiosk: Kiosk, alert: Alert = WARNING, *, life_safety: bool = True) -> Standing:
    return kiosk.book.stand(alert, source="rule", life_safety=life_safety)


def test_an_alert_reaches_who_is_on_and_who_comes_later(station: Station) -> None:
    hall, north = station.kiosk("hall"), station.kiosk("north")
    one = raised(hall)
    later = station.kiosk("later")
    for kiosk in (north, later):
        (there,) = kiosk.book.standing()
        assert (there.id, there.life_safety, there.source) == (one.id, True, "kiosk")
        assert there.alert.infos[0].headline == "Fire in the main hall"
    assert hall.book.standing() == (one,), "what comes back is left alone"
    assert list(station.hub.retained) == [f"station/alerts/hall/{one.id}"], "nobody passes on what another kiosk told"


def test_a_kiosk_that_is_not_listed_raises_no_alarm_here(station: Station) -> None:
    stranger, north = station.kiosk("stranger"), station.kiosk("north")
    raised(stranger)
    (there,) = north.book.standing()
    assert not there.life_safety, "it is a banner"


def test_it_is_life_safety_only_where_the_kiosk_says_so(station: Station) -> None:
    hall, north = station.kiosk("hall"), station.kiosk("north")
    lied = replace(WARNING, infos=(replace(FIRE, parameters=((LIFE_SAFETY, "true"), ("other", "x"))),))
    hall.book.stand(lied, source="sender", life_safety=False)
    (there,) = north.book.standing()
    assert not there.life_safety, "a sender's own word for it is taken out"
    assert there.alert.infos[0].parameters == (("other", "x"),)
    exercise = replace(WARNING, identifier="e", status="Exercise", infos=(replace(FIRE, parameters=((LIFE_SAFETY, "true"),)),))
    north.sharing.heard(Message(topic="station/alerts/hall/e", payload=bytes_of(exercise)))
    found = north.book.find("e")
    assert found is not None
    assert not found.life_safety


def test_what_is_for_staff_of_one_kiosk_is_not_shared(station: Station) -> None:
    hall = station.kiosk("hall")
    raised(hall, replace(MILD, scope="Restricted"), life_safety=False)
    assert (len(hall.ids()), station.hub.retained) == (1, {})


def test_an_update_and_an_end_reach_the_others(station: Station) -> None:
    hall, north = station.kiosk("hall"), station.kiosk("north")
    one = raised(hall)
    newer = following(WARNING, "Update", "a2")
    hall.book.update(one.id, newer)
    assert [there.alert.identifier for there in north.book.standing()] == ["a2"]
    assert hall.book.clear(one.id, "rule")
    assert north.ids() == []
    left = read(station.hub.retained[f"station/alerts/hall/{one.id}"]).alert
    assert (left.message_type, left.references) == ("Cancel", (reference(WARNING), reference(newer)))
    assert station.kiosk("later").ids() == []


def test_who_was_off_when_it_ended_learns_of_the_end(station: Station) -> None:
    hall, north = station.kiosk("hall"), station.kiosk("north")
    one = raised(hall)
    north.end.disconnect()
    hall.book.clear(one.id, "rule")
    assert north.ids() == [one.id]
    north.end.connect()
    assert north.ids() == []


def test_an_empty_message_ends_too(station: Station) -> None:
    north = station.kiosk("north")
    hall = raised(station.kiosk("hall"))
    station.hub.put(f"station/alerts/hall/{hall.id}", b"")
    assert north.ids() == []


def test_the_broker_is_cleaned_after_a_day(station: Station) -> None:
    hall = station.kiosk("hall")
    hall.book.clear(raised(hall).id, "rule")
    hall.sharing.tick(NOON + CANCEL_KEPT - timedelta(seconds=1))
    assert len(station.hub.retained) == 1
    hall.sharing.tick(NOON + CANCEL_KEPT)
    assert station.hub.retained == {}


def test_what_ended_while_the_broker_was_away_is_taken_back_after_a_restart(station: Station) -> None:
    hall, north = station.kiosk("hall"), station.kiosk("north")
    one = raised(hall)
    hall.end.disconnect()
    hall.book.clear(one.id, "rule")
    hall.book.close()
    assert north.ids() == [one.id]
    station.hub.ends.remove(hall.end)
    again = station.kiosk("hall")
    assert north.ids() == []
    assert read(station.hub.retained[f"station/alerts/hall/{one.id}"]).alert.message_type == "Cancel"
    again.book.close()
    station.hub.ends.remove(again.end)
    station.clock.time += CANCEL_KEPT
    station.kiosk("hall")
    assert station.hub.retained == {}


def test_a_broker_that_forgot_is_told_again(station: Station) -> None:
    hall, north = station.kiosk("hall"), station.kiosk("north")
    one = raised(hall)
    mild = raised(hall, replace(MILD, identifier="m"), life_safety=False)
    for kiosk in (hall, north):
        kiosk.end.disconnect()
    station.hub.retained.clear()
    north.end.connect()
    hall.end.connect()
    station.clock.time += MISSED_AFTER
    north.sharing.tick(station.clock.time)
    assert set(north.ids()) == {one.id, mild.id}


def test_what_a_connection_does_not_bring_again_ends_but_never_life_safety(station: Station) -> None:
    hall, north = station.kiosk("hall"), station.kiosk("north")
    grave, mild = raised(hall), raised(hall, replace(MILD, identifier="m"), life_safety=False)
    north.end.disconnect()
    hall.end.disconnect()
    station.hub.retained.clear()
    north.end.connect()
    north.sharing.tick(station.clock.time + MISSED_AFTER - timedelta(seconds=1))
    assert set(north.ids()) == {grave.id, mild.id}
    north.end.disconnect()
    north.sharing.tick(station.clock.time + MISSED_AFTER)
    assert set(north.ids()) == {grave.id, mild.id}, "without a broker nothing is known"
    north.end.connect()
    north.sharing.tick(station.clock.time + MISSED_AFTER)
    assert north.ids() == [grave.id]


def test_staff_end_it_at_one_kiosk_and_the_next_connection_does_not_bring_it_back(station: Station) -> None:
    hall, north = station.kiosk("hall"), station.kiosk("north")
    one = raised(hall)
    assert north.book.clear(one.id, "duty-officer", operator=True)
    north.end.disconnect()
    north.end.connect()
    assert (north.ids(), hall.ids()) == ([], [one.id])
    hall.book.update(one.id, following(WARNING, "Update", "a2"))
    assert north.ids() == [one.id], "what is newer is told again"


def test_two_kiosks_that_have_it_from_its_sender_share_one_alert(station: Station) -> None:
    hall, north, third = station.kiosk("hall"), station.kiosk("north"), station.kiosk("third")
    via = Via(kind="token", name="control")
    intakes = [Intake(SENDERS, kiosk.book, station.clock) for kiosk in (hall, north)]
    for intake in intakes:
        intake.take(bytes_of(), via)
    ids = hall.ids()
    assert north.ids() == third.ids() == ids
    assert [one.source for one in north.book.standing()] == ["sender"]
    cancel = bytes_of(following(WARNING, "Cancel", "c"))
    intakes[0].take(cancel, via)
    assert (hall.ids(), north.ids(), third.ids()) == ([], ids, ids), "the other kiosk still has it"
    intakes[1].take(cancel, via)
    assert (north.ids(), third.ids()) == ([], [])


def test_a_kiosk_that_knows_it_from_another_takes_the_senders_own_word(station: Station) -> None:
    hall, north = station.kiosk("hall"), station.kiosk("north")
    via = Via(kind="token", name="control")
    Intake(SENDERS, hall.book, station.clock).take(bytes_of(), via)
    intake = Intake(SENDERS, north.book, station.clock)
    update = following(WARNING, "Update", "a2")
    assert intake.take(bytes_of(update), via).id == hall.ids()[0]
    assert [one.source for one in north.book.standing()] == ["sender"]
    assert intake.take(bytes_of(), via).action == "stands", "a copy from another kiosk does not make the sender's message a replay"


def test_what_a_sender_has_cancelled_is_not_brought_back_by_a_copy(station: Station) -> None:
    hall, north = station.kiosk("hall"), station.kiosk("north")
    via = Via(kind="token", name="control")
    Intake(SENDERS, hall.book, station.clock).take(bytes_of(), via)
    Intake(SENDERS, north.book, station.clock).take(bytes_of(following(WARNING, "Cancel", "c")), via)
    north.end.disconnect()
    north.end.connect()
    assert (len(hall.ids()), north.ids()) == (1, [])


def test_nothing_goes_in_circles(station: Station) -> None:
    kiosks = [station.kiosk(f"k{number}") for number in range(5)]
    one = raised(kiosks[0])
    assert len(station.hub.sent) == 1
    for kiosk in kiosks:
        kiosk.end.disconnect()
        kiosk.end.connect()
    kiosks[0].book.clear(one.id, "rule")
    assert {message.topic for message in station.hub.sent} == {f"station/alerts/k0/{one.id}"}
    assert len(station.hub.sent) <= 4


def test_two_kiosks_of_the_same_name_do_not_undo_each_other(station: Station) -> None:
    one = station.kiosk("kiosk-1", file="a")
    other = station.kiosk("kiosk-1", file="b")
    raised(one)
    other.end.disconnect()
    other.end.connect()
    assert len(station.hub.retained) == 1


def test_another_kiosk_changes_no_alert_that_this_one_has_from_its_source(station: Station) -> None:
    hall = station.kiosk("hall")
    one = raised(hall)
    changed = bytes_of(following(WARNING, "Update", "a2", infos=(replace(FIRE, urgency="Past"),)))
    hall.sharing.heard(Message(topic=f"station/alerts/rogue/{one.id}", payload=changed))
    hall.sharing.heard(Message(topic=f"station/alerts/rogue/{one.id}", payload=b""))
    assert hall.book.standing() == (one,)


def test_an_alert_of_another_kiosk_is_changed_by_its_own_sender_and_forwards_only(station: Station) -> None:
    hall, north = station.kiosk("hall"), station.kiosk("north")
    one = raised(hall)
    for changed in (replace(following(WARNING, "Update", "a2"), sender="rogue"), replace(WARNING, sent=NOON - timedelta(hours=1))):
        north.sharing.heard(Message(topic=f"station/alerts/rogue/{one.id}", payload=bytes_of(changed)))
    assert [there.alert.identifier for there in north.book.standing()] == ["a1"]
    assert [there.life_safety for there in north.book.standing()] == [True]


@pytest.mark.parametrize(("topic", "payload", "reason"), [
    ("station/alerts/hall", bytes_of(), Refusal.wrong_way), ("station/alerts/hall/a/b", bytes_of(), Refusal.wrong_way),
    ("station/alerts/ha ll/a", bytes_of(), Refusal.wrong_way), ("station/alerts/hall/ä", bytes_of(), Refusal.wrong_way),
    ("other/hall/a", bytes_of(), Refusal.wrong_way), ("station/alerts/hall/" + "a" * 65, bytes_of(), Refusal.wrong_way),
    ("station/alerts/hall/a", b"{}", Refusal.malformed), ("station/alerts/hall/a", b"x" * 1_000_001, Refusal.too_large),
    ("station/alerts/hall/a", b"<!DOCTYPE a><a/>", Refusal.forbidden_xml),
    ("station/alerts/hall/a", bytes_of(status="Draft"), Refusal.draft),
    ("station/alerts/hall/a", bytes_of(scope="Private"), Refusal.not_public),
    ("station/alerts/hall/a", bytes_of(infos=()), Refusal.nothing_said),
    ("station/alerts/hall/a", bytes_of(message_type="Ack"), Refusal.nothing_said),
    ("station/alerts/hall/a", bytes_of(infos=(replace(FIRE, expires=NOON),)), Refusal.expired),
])  # fmt: skip
def test_what_is_not_of_the_shape_is_refused(station: Station, topic: str, payload: bytes, reason: Refusal) -> None:
    north = station.kiosk("north")
    north.sharing.heard(Message(topic=topic, payload=payload))
    assert (north.ids(), dict(north.sharing.refused)) == ([], {reason: 1})


def test_rubbish_does_not_end_what_stands(station: Station) -> None:
    hall, north = station.kiosk("hall"), station.kiosk("north")
    one = raised(hall)
    station.hub.put(f"station/alerts/hall/{one.id}", b"rubbish")
    assert north.ids() == [one.id]


def test_a_flood_is_bounded(station: Station) -> None:
    north = station.kiosk("north")
    for number in range(MOST_SHARED + 5):
        north.sharing.heard(Message(topic=f"station/alerts/rogue/n{number}", payload=bytes_of(identifier=f"n{number}")))
    assert len(north.ids()) == MOST_SHARED
    assert north.sharing.refused[Refusal.crowded] == 5


@pytest.mark.parametrize(("kiosk", "name"), [
    ("kiosk-1", "kiosk-1"), ("a/b+#", "a_b__"), ("Halle Süd", "Halle_S_d"), ("", "_"), ("x" * 99, "x" * 64),
])  # fmt: skip
def test_a_kiosks_name_fits_in_a_topic(kiosk: str, name: str) -> None:
    assert name_of(kiosk) == name
