"""Opening hours on a day and at a time that a traveller names."""

import pytest

from assistant.actions.forms import validate
from assistant.actions.models import Entity, Message, Tracker
from assistant.answers.desk import Desk
from assistant.conversation.followups import Asking
from assistant.conversation.memory import NOTHING
from assistant.conversation.models import PlaceCard
from assistant.knowledge.models import Outage, Source
from tests.unit.answers.conftest import Bare, Changed

HOURS = "facilities_opening_hours"


def told(desk: Desk, place: str, time: str, language: str = "en") -> str:
    return desk.answer(HOURS, {"place": place, "time": time}, language).replies[0].text


@pytest.mark.parametrize(
    ("place", "time", "text"),
    [
        ("ticket office", "on Sunday", "Ticket Office: open on Sunday from 07:30 to 20:00."),
        ("ticket office", "Sunday morning", "Ticket Office: open on Sunday from 07:30 to 20:00."),
        ("ticket office", "tomorrow", "Ticket Office: open tomorrow from 06:00 to 21:00."),
        ("ticket office", "this evening", "Ticket Office: open today from 06:00 to 21:00."),
        ("ticket office", "Sunday at 18:00", "Ticket Office: open on Sunday at 18:00, until 20:00."),
        ("ticket office", "tomorrow at 5 am", "Ticket Office: closed tomorrow at 05:00. It opens tomorrow at 06:00."),
        ("ticket office", "at noon", "Ticket Office: open at 12:00, until 21:00."),
        ("ticket office", "today", "Ticket Office: open until 21:00."),
        ("lost property office", "on Sunday", "Lost Property Office: closed on Sunday. It opens on Monday at 08:00."),
        (
            "lost property office", "on Thursday",
            "Lost Property Office: open on Thursday from 08:00 to 12:30. And again from 13:30 to 18:00.",
        ),
        ("north toilets", "on Friday", "North Toilets: open on Friday from 05:00 to 01:00."),
        ("lift-metro", "on Sunday", "Lift to the Metro: always open."),
        ("ticket office", "whenever", "I did not understand the time, so this is about now. Ticket Office: open until 21:00."),
    ],
)  # fmt: skip
def test_the_hours_of_a_day_or_a_time(desk: Desk, place: str, time: str, text: str) -> None:
    assert told(desk, place, time) == text


@pytest.mark.parametrize(
    ("language", "place", "time", "text"),
    [
        ("zh", "ticket-office", "周日", "售票处星期日的开放时间是07:30至20:00。"),
        ("zh", "ticket-office", "周日下午六点", "售票处在星期日18:00是开放的，到20:00为止。"),
        ("zh", "ticket-office", "明早五点", "售票处在明天05:00不开放。明天06:00开放。"),
        ("ko", "ticket-office", "일요일", "매표소는 일요일에 07:30부터 20:00까지 엽니다."),
        ("ko", "ticket-office", "일요일 오후 여섯 시", "매표소는 일요일 18:00에 열려 있고, 20:00까지입니다."),
        ("ko", "ticket-office", "내일 새벽 다섯 시", "매표소는 내일 05:00에 닫혀 있습니다. 내일 06:00에 엽니다."),
    ],
)
def test_the_hours_in_chinese_and_korean(desk: Desk, language: str, place: str, time: str, text: str) -> None:
    assert told(desk, place, time, language) == text


def test_without_a_time_the_hours_are_todays(desk: Desk) -> None:
    assert desk.answer(HOURS, {"place": "ticket office"}, "en").replies[0].text == "Ticket Office: open until 21:00."


def test_the_card_shows_what_is_open_now(desk: Desk) -> None:
    answer = desk.answer(HOURS, {"place": "lost property office", "time": "on Sunday"}, "en")
    card = answer.replies[0].card
    assert isinstance(card, PlaceCard)
    assert card.open_now is True
    assert [(source.table, source.key) for source in answer.sources] == [("places", "lost-property")]


def test_of_a_kind_the_place_that_is_open_then_is_told(changed: Changed, bare: Bare) -> None:
    desk = changed(bare('places: [{id: a, name: A, category: cafe, hours: "Mo-Sa 07:00-20:00"}, {id: b, name: B, category: cafe, '
                        'hours: "Su 09:00-12:00"}]\n'))  # fmt: skip
    assert told(desk, "cafe", "on Sunday") == "B: open on Sunday from 09:00 to 12:00."
    assert told(desk, "cafe", "on Saturday") == "A: open on Saturday from 07:00 to 20:00."
    assert told(desk, "a", "on Sunday at 10") == "A: closed on Sunday at 10:00. It opens on Monday at 07:00."


def test_a_place_open_all_day_and_one_without_hours(changed: Changed, bare: Bare) -> None:
    desk = changed(bare('places: [{id: a, name: A, category: cafe, hours: "Sa,Su 00:00-24:00"}, {id: b, name: B, category: shop}]\n'))
    assert told(desk, "a", "on Sunday") == "A: open all day on Sunday."
    assert told(desk, "b", "on Sunday") == "I don't know the opening hours of B."


def test_what_is_out_of_order_is_told_so_whatever_the_day(changed: Changed, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = changed()
    context = desk.context("en")
    source = Source(kind="record", table="outages", key="o", as_of="")
    outage = Outage(id="o", targets=("lift-metro",), reason="", since=context.now, until=None, origin="api", source=source)
    monkeypatch.setattr(context.knowledge.outages, "listed", lambda now: [outage])
    assert told(desk, "lift-metro", "on Sunday") == "Out of order: Lift to the Metro."


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Ticket Office: open on Sunday from 07:30 to 20:00."), ("ko", "매표소는 일요일에 07:30부터 20:00까지 엽니다.")],
)
def test_another_day_asks_for_the_hours_again(desk: Desk, language: str, text: str) -> None:
    slots = {"place": "ticket-office"}
    memory = NOTHING.after(Asking(desk, NOTHING, language).answer(HOURS, slots, slots))
    time = {"time": "Sunday" if language == "en" else "일요일"}
    assert Asking(desk, memory, language).answer("timetable_inform", time, time).replies[0].text == text


@pytest.mark.parametrize(("entities", "events"), [([], ["time"]), ([Entity(entity="time", value="on Sunday")], [])])
def test_a_time_of_an_earlier_question_is_not_taken_over(desk: Desk, entities: list[Entity], events: list[str]) -> None:
    newest = Message(entities=[Entity(entity="place", value="ticket office"), *entities])
    tracker = Tracker(slots={"place": "ticket office", "time": "on Sunday"}, latest_message=newest)
    dropped = [event["name"] for event in validate("facilities_hours_form", tracker, desk.context("en")) if event["value"] is None]
    assert [name for name in dropped if name == "time"] == events
