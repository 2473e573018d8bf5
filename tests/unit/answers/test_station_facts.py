"""Lost things, connections, accessibility, and what the station says of its places."""

from datetime import datetime

import pytest

from assistant.answers.desk import Desk
from assistant.conversation.models import PlaceCard, TextCard
from assistant.knowledge.models import Outage, Source
from tests.conftest import EXAMPLE
from tests.unit.answers.conftest import Bare, Changed

EVENING = "2026-11-28T20:30:00+00:00"


def test_who_lost_something_hears_office_hours_number_and_procedure(desk: Desk) -> None:
    answer = desk.answer("lost_property_procedure", {}, "en")
    assert answer.replies[0].text == (
        "Lost Property Office: in the west hall next to the luggage lockers. The office: open until 12:30. "
        "You can call the office on +44 1632 960140. Say what you lost, where and when. Found things are kept for three months."
    )
    assert {(source.kind, source.table, source.key) for source in answer.sources} == {
        ("station", "places", "lost-property"), ("station", "facts", "lost_property"),
    }  # fmt: skip
    assert [tile.ask.intent for tile in answer.suggestions if tile.ask] == ["wayfinding_route", "staff_help_request"]


def test_a_closed_office_says_when_it_opens(changed: Changed) -> None:
    desk = changed(start=EVENING)
    assert "The office: closed now, opens on Monday at 08:00." in desk.answer("lost_property_procedure", {}, "en").replies[0].text


def test_without_data_staff_are_named_and_nothing_else(changed: Changed, bare: Bare) -> None:
    desk = changed(bare("places: []\n"))
    lost = desk.answer("lost_property_procedure", {}, "en")
    assert [reply.text for reply in lost.replies] == [
        "I know of no lost property office here.", "You can call the staff on +44 1632 960111.",
    ]  # fmt: skip
    access = desk.answer("accessibility_station", {}, "en")
    assert "Step-free entrances: " in access.replies[0].text, "the feed's own entrances say so"
    assert "lift" not in access.replies[0].text
    lines = desk.answer("connections_find", {}, "en")
    assert lines.replies[0].text.endswith("By bus from here: N1 and N2.")
    assert {source.table for source in lines.sources} == {"routes"}


def test_an_exit_of_the_feed_is_told_by_its_walk(changed: Changed, bare: Bare) -> None:
    kiosk = ("kiosk: {id: kiosk-main-hall, place: hc-hall, level: street, heading: 0}", "kiosk: {place: hcE}")
    desk = changed(kiosk, bare("places: []\n"))
    told = [desk.answer("facilities_find", {"place": key}, "en").replies[0] for key in ("hcE", "hcN")]
    assert [reply.text for reply in told] == ["Market Street Entrance: Street level.", "North Entrance: Street level."]
    cards = [reply.card for reply in told]
    assert all(isinstance(card, PlaceCard) for card in cards)
    assert [card.metres for card in cards if isinstance(card, PlaceCard)] == [None, 100], "nobody stands 0 metres away"


def test_from_an_entrance_with_stairs_the_others_are_named(changed: Changed) -> None:
    desk = changed(("kiosk: {id: kiosk-main-hall, place: hc-hall, level: street, heading: 0}", "kiosk: {place: hcE}"))
    answer = desk.answer("wayfinding_step_free", {"place": "hc5"}, "en")
    assert answer.replies[0].text.startswith(
        "There is no step-free way from here to platform 5. You can get there without steps from "
        "North Exit, Harbour Exit and West Exit. Staff can help you here: "
    )
    assert {"exit-north", "exit-harbour", "exit-west"} <= {source.key for source in answer.sources}


def test_who_helps_is_named_without_a_place_where_none_is_known(changed: Changed, bare: Bare) -> None:
    desk = changed(bare("places: [{id: guard, name: Guard, category: staff}]\n"))
    assert desk.answer("staff_help_request", {}, "en").replies[0].text == (
        "Staff can help you here: Guard. You can call the staff on +44 1632 960111."
    )


def test_who_is_there_now_helps_before_who_is_not(changed: Changed, bare: Bare) -> None:
    guard = "{id: guard, name: Guard, category: staff, hours: 'Mo-Fr 06:00-07:00'}"
    desk = changed(bare(f"places: [{guard}, {{id: info, name: Info, category: information}}]\n"))
    assert "Staff can help you here: Info." in desk.answer("staff_help_request", {}, "en").replies[0].text


def test_who_is_not_there_now_is_named_with_the_hour(changed: Changed, bare: Bare) -> None:
    desk = changed(bare("places: [{id: guard, name: Guard, category: staff, hours: 'Mo-Fr 06:00-07:00'}]\n"))
    assert desk.answer("staff_help_request", {}, "en").replies[0].text.startswith(
        "Staff can help you here: Guard. Guard: closed now, opens tomorrow at 06:00."
    )


def test_connections_are_lines_by_mode_and_places(desk: Desk) -> None:
    answer = desk.answer("connections_find", {}, "en")
    card = answer.replies[0].card
    assert isinstance(card, TextCard)
    assert "By metro from here: M1 and M2." in answer.replies[0].text
    assert "Taxi Rank: outside the North Exit on the right." in answer.replies[0].text
    assert "Harbour Car Park: across the street from the Harbour Exit." in card.lines
    assert {source.table for source in answer.sources} == {"routes", "places"}
    for tile in answer.suggestions:
        assert tile.ask is not None
        assert desk.answer(tile.ask.intent, tile.ask.slots, "en").sources


def test_lifts_out_of_order_are_named_first(changed: Changed) -> None:
    desk = changed()
    assert "No lift is reported out of order." in desk.answer("accessibility_station", {}, "en").replies[0].text
    source = Source(kind="record", table="outages", key="o", as_of="now")
    since = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    targets = ("lift-metro",)
    outage = Outage(id="o", targets=targets, reason="", since=since, until=None, origin="api", source=source)
    desk.context("en").knowledge.outages.add(outage)
    answer = desk.answer("accessibility_station", {}, "en")
    assert "No lift is reported" not in answer.replies[0].text
    assert "Lift to the Metro" in answer.replies[0].text
    assert ("record", "outages", "o") in {(row.kind, row.table, row.key) for row in answer.sources}


def test_without_a_word_on_assistance_staff_are_named(changed: Changed) -> None:
    whole = (EXAMPLE / "station.yaml").read_text(encoding="utf-8")
    fact = whole[whole.index("  assistance:") : whole.index("# Other names")]
    desk = changed((fact, "\n"))
    answer = desk.answer("accessibility_station", {}, "en")
    assert "Staff can help you here: " in answer.replies[1].text
    assert answer.replies[1].card is None


@pytest.mark.parametrize(("language", "words"), [("en", "asks for no password"), ("zh", "不需要密码"), ("ko", "비밀번호가 없습니다")])
def test_what_the_station_says_of_a_kind_follows_where_it_is(desk: Desk, language: str, words: str) -> None:
    answer = desk.answer("facilities_find", {"place": "wifi"}, language)
    assert words in answer.replies[0].text
    assert ("station", "facts", "wifi") in {(row.kind, row.table, row.key) for row in answer.sources}
    assert words not in desk.answer("facilities_opening_hours", {"place": "wifi"}, language).replies[0].text


def test_a_fact_without_a_place_is_an_answer_too(changed: Changed, bare: Bare) -> None:
    desk = changed(bare("facts: {wifi: There is none on the platforms.}\n"))
    answer = desk.answer("facilities_find", {"place": "wifi"}, "en")
    assert answer.replies[0].text == "There is none on the platforms."
    assert [row.key for row in answer.sources] == ["wifi"]
    assert desk.answer("facilities_find", {"place": "luggage"}, "en").replies[0].text == "I know no luggage lockers in this station."


def test_who_needs_a_way_without_steps_hears_of_no_other_place(desk: Desk) -> None:
    assert "Escalators" in desk.answer("facilities_find", {"place": "escalator"}, "en").replies[0].text
    answer = desk.answer("facilities_find", {"place": "escalator", "step_free": "true"}, "en")
    assert answer.replies[0].text == "I know no escalator here that can be reached without steps now."
    exits = desk.answer("facilities_find", {"place": "exit", "step_free": "true"}, "en").replies[0].card
    assert isinstance(exits, PlaceCard)
    assert "Market Street Exit" not in [exits.name, *exits.others]


def test_public_holidays_count(changed: Changed) -> None:
    desk = changed(start="2026-12-25T06:30:00+00:00")
    assert "opens at 07:30" in desk.answer("facilities_opening_hours", {"place": "ticket office"}, "en").replies[0].text


@pytest.mark.parametrize("said", ["lost property office", "Lost Property Office", "lost and found", "失物招领处", "유실물 센터"])
def test_an_office_called_like_its_kind_needs_no_question_back(desk: Desk, said: str) -> None:
    answer = desk.answer("facilities_find", {"place": said}, "en")
    assert answer.replies[0].text.startswith("Lost Property Office: in the west hall")
