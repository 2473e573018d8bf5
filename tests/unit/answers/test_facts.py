"""What is told in the station's own words, and what is said where it has none."""

import pytest

from assistant.answers.desk import Desk
from assistant.conversation.models import PlaceCard
from assistant.knowledge.facts import SUBJECTS, TOPICS
from assistant.text import LANGUAGES
from tests.conftest import ROOT
from tests.unit.answers.conftest import Bare, Changed

FACT_OF = {
    "tickets_fares_buy": "tickets", "tickets_fares_payment": "payment", "tickets_fares_discounts": "discounts",
    "tickets_fares_passes": "passes", "tickets_fares_refund": "refunds", "tickets_fares_validity": "ticket_validity",
    "tickets_fares_gate": "gates", "tickets_fares_reservation": "reservations", "luggage_storage": "luggage",
    "luggage_allowance": "luggage_allowance", "luggage_bicycle": "bike", "luggage_pets": "pets", "luggage_help": "porters",
    "connections_parking": "car_park", "facilities_wifi": "wifi", "facilities_smoking": "smoking_area",
    "accessibility_boarding": "assistance", "accessibility_hearing": "hearing", "accessibility_sight": "sight",
    "complaints_file": "complaints", "complaints_delay": "delays", "complaints_defect": "defects", "staff_help_contact": "contact",
}  # fmt: skip
OTHERWISE_TOLD = {"assembly_point"}
"""Facts that belong to an answer which is no plain fact."""
TOLD = {"en": "So it is written.", "zh": "就是这样写的。", "ko": "그렇게 적혀 있습니다."}


def test_every_subject_answers_a_question() -> None:
    assert set(FACT_OF.values()) <= TOPICS
    assert set(SUBJECTS) - OTHERWISE_TOLD <= set(FACT_OF.values())


def test_every_subject_is_explained() -> None:
    page = (ROOT / "docs/reference/station-file.md").read_text(encoding="utf-8")
    assert [key for key, meaning in SUBJECTS.items() if f"| `{key}` | {meaning} |" not in page] == []


@pytest.fixture
def written(changed: Changed, bare: Bare) -> Desk:
    """A station that says the same of everything and has no places."""
    words = f"{{en: '{TOLD['en']}', zh: '{TOLD['zh']}', ko: '{TOLD['ko']}'}}"
    return changed(bare("facts:\n" + "".join(f"  {key}: {words}\n" for key in sorted(set(FACT_OF.values())))))


def test_the_stations_words_are_said_as_they_stand(written: Desk) -> None:
    for intent, key in FACT_OF.items():
        for language in LANGUAGES:
            answer = written.answer(intent, {}, language)
            assert TOLD[language] in answer.replies[0].text, intent
            assert [(row.kind, row.table, row.key) for row in answer.sources] == [("station", "facts", key)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_written_it_is_said_so_and_who_can_tell(changed: Changed, bare: Bare, language: str) -> None:
    desk = changed(bare("places: []\n"))
    texts = []
    for intent in FACT_OF:
        answer = desk.answer(intent, {}, language)
        texts.append(answer.replies[0].text)
        whole = " ".join(reply.text for reply in answer.replies)
        assert "+44 1632 960111" in whole, intent
        assert answer.sources == []
        if intent != "staff_help_contact":
            assert [tile.ask.intent for tile in answer.suggestions if tile.ask][-1] == "staff_help_request"
    assert len(set(texts)) == len(texts), "each says what it does not know"
    assert desk.answer("tickets_fares_payment", {}, language).replies[0].text == {
        "en": "I don't know how you can pay here.", "zh": "我不知道这里可以用哪些方式付款。",
        "ko": "여기서 어떻게 결제할 수 있는지는 제가 알지 못합니다.",
    }[language]  # fmt: skip


def test_where_nothing_is_written_staff_are_named_with_the_way_to_them(changed: Changed, bare: Bare) -> None:
    desk = changed(bare("places: [{id: guard, name: Guard, category: staff, stop: hc-north, where: in the north hall}]\n"))
    answer = desk.answer("luggage_pets", {}, "en")
    assert [reply.text for reply in answer.replies] == [
        "I don't know the rules for animals here.",
        "Staff can help you here: Guard, in the north hall. You can call the staff on +44 1632 960111.",
    ]  # fmt: skip
    assert [tile.ask.intent for tile in answer.suggestions if tile.ask] == ["wayfinding_route", "staff_help_request"]
    assert [(row.table, row.key) for row in answer.sources] == [("places", "guard")]


def test_a_ticket_is_bought_where_it_is_nearest(desk: Desk) -> None:
    answer = desk.answer("tickets_fares_buy", {}, "en")
    assert answer.replies[0].text == (
        "Buy your ticket at a machine or at the ticket office before boarding. Tickets are sold until the train leaves. "
        "Main Hall Ticket Machines: in the main hall beside the gates to platforms 1 to 8."
    )
    card = answer.replies[0].card
    assert isinstance(card, PlaceCard)
    assert card.id == "ticket-machines-hall"
    assert [(slot.type, slot.id) for slot in answer.slots] == [("place", "ticket-machines-hall")]
    assert {(row.table, row.key) for row in answer.sources} == {("facts", "tickets"), ("places", "ticket-machines-hall")}


def test_an_open_place_comes_before_a_nearer_closed_one(changed: Changed, bare: Bare) -> None:
    shut = "{id: shut, name: Shut, category: ticket_machine, stop: hc-hall, where: here, hours: 'Mo-Su 20:00-21:00'}"
    far = "{id: far, name: Far, category: ticket_office, stop: hc-north, where: in the north hall, hours: 24/7}"
    desk = changed(bare(f"places: [{shut}, {far}]\n"))
    answer = desk.answer("tickets_fares_buy", {}, "en")
    assert answer.replies[0].text == "Far: in the north hall."
    assert [tile.ask.slots for tile in answer.suggestions if tile.ask and tile.ask.intent == "wayfinding_route"] == [{"place": "far"}]


def test_a_closed_place_says_so(changed: Changed, bare: Bare) -> None:
    shut = "{id: shut, name: Shut, category: ticket_machine, stop: hc-hall, where: here, hours: 'Mo-Su 20:00-21:00'}"
    desk = changed(bare(f"places: [{shut}]\n"))
    assert desk.answer("tickets_fares_buy", {}, "en").replies[0].text == "Shut: here. Shut: closed now, opens at 20:00."


def test_lockers_are_told_with_their_hours(desk: Desk) -> None:
    told = desk.answer("luggage_storage", {}, "en").replies[0].text
    assert told.startswith("A small locker costs 6 pounds for 24 hours, a large one 9.")
    assert told.endswith("Luggage Lockers: in the west hall. Luggage Lockers: open until tomorrow 00:30.")


def test_at_a_shut_gate_somebody_is_named_who_helps(changed: Changed, bare: Bare) -> None:
    points = "{id: near, name: Help Point, category: help_point, stop: hc-hall, where: by the lift}"
    desk = changed(bare(f"places: [{points}]\n"))
    answer = desk.answer("tickets_fares_gate", {}, "en")
    assert [reply.text for reply in answer.replies] == [
        "I am sorry about that. I can't open gates or give money back. Please ask the staff. Help Point: by the lift."
    ]


def test_the_example_leaves_something_unsaid(desk: Desk) -> None:
    unsaid = [
        intent for intent, key in FACT_OF.items() if "facts" not in {row.table for row in desk.answer(intent, {}, "en").sources}
    ]  # fmt: skip
    assert unsaid == ["tickets_fares_reservation", "luggage_help", "complaints_delay", "complaints_defect"]


def test_after_a_delay_the_next_trains_are_a_touch_away(desk: Desk) -> None:
    answer = desk.answer("complaints_delay", {}, "en")
    assert answer.replies[0].text == "I am sorry about the delay. I have no information about compensation."
    assert answer.replies[1].text.startswith("Staff can help you here: Station Staff Office")
    assert [tile.ask.intent for tile in answer.suggestions if tile.ask] == ["timetable_next_departures", "staff_help_request"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "I can't pass it on myself"), ("zh", "我自己无法上报"), ("ko", "직접 전달할 수는 없습니다")]
)
def test_no_report_of_a_defect_is_claimed(desk: Desk, language: str, words: str) -> None:
    assert words in desk.answer("complaints_defect", {}, language).replies[0].text


def test_the_number_of_the_staff_comes_first(desk: Desk) -> None:
    answer = desk.answer("staff_help_contact", {}, "en")
    assert answer.replies[0].text == (
        "You can call the staff on +44 1632 960111. Customer service answers the phone every day from 7 to 21. "
        "Staff can help you here: Station Staff Office, in the main hall behind the information desk. Station Staff Office: always open. "
        "If somebody is in danger, call 112."
    )


def test_without_any_number_that_is_said(changed: Changed, bare: Bare) -> None:
    desk = changed(bare("places: []\n"), ('  staff: "+44 1632 960111"\n', ""))
    assert desk.answer("staff_help_contact", {}, "en").replies[0].text == (
        "I don't know a telephone number of the staff. Please speak to any member of staff. If somebody is in danger, call 112."
    )


def test_what_was_found_goes_to_the_office_else_to_the_staff(changed: Changed, bare: Bare, desk: Desk) -> None:
    answer = desk.answer("lost_property_found", {}, "en")
    assert answer.replies[0].text == (
        "Thank you. Please hand it in here. Lost Property Office: in the west hall next to the luggage lockers."
    )
    assert [(row.table, row.key) for row in answer.sources] == [("places", "lost-property")]
    without = changed(bare("places: []\n")).answer("lost_property_found", {}, "en")
    assert [reply.text for reply in without.replies] == [
        "Thank you. Please hand it to the staff.", "You can call the staff on +44 1632 960111.",
    ]  # fmt: skip


def test_the_kinds_of_places_are_counted_and_can_be_touched(desk: Desk) -> None:
    answer = desk.answer("facilities_overview", {}, "en")
    assert answer.replies[0].text == (
        "I know 35 kinds of places in this station, among them: toilet, ticket office, café, luggage lockers, exit and lift. "
        "The screen shows all."
    )
    assert len(answer.suggestions) == 35
    labels = [tile.label for tile in answer.suggestions]
    assert labels[:3] == ["toilet · 2", "ticket office", "café"]
    for tile in answer.suggestions:
        assert tile.ask is not None
        assert desk.answer(tile.ask.intent, tile.ask.slots, "en").sources
    assert {"toilets-north", "toilets-metro", "taxi-rank"} <= {row.key for row in answer.sources}


def test_a_few_kinds_are_all_named_and_none_is_admitted(changed: Changed, bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    few = changed(bare("places: [{id: a, name: A, category: cafe}]\n")).answer("facilities_overview", {}, "en")
    assert few.replies[0].text == "In this station I know: café and exit."
    desk = changed(bare("places: []\n"))
    assert desk.answer("facilities_overview", {}, "en").replies[0].text == "In this station I know: exit."
    monkeypatch.setattr("assistant.knowledge.knowledge.Knowledge.places", lambda self, **_: [])
    assert [reply.text for reply in desk.answer("facilities_overview", {}, "en").replies] == [
        "I have no information about places in this station.", "You can call the staff on +44 1632 960111.",
    ]  # fmt: skip
