"""What somebody in need asks: to eat, to drink, a toilet without steps, a ticket, staff, any train."""

from datetime import datetime

import pytest

from assistant.answers.desk import Desk
from assistant.conversation.models import DeparturesCard, PlaceCard
from assistant.knowledge.categories import categories, groups, kinds_of
from tests.unit.answers.conftest import Changed


def test_who_is_hungry_is_told_of_what_is_open_until_when_and_of_the_rest(desk: Desk) -> None:
    answer = desk.answer("facilities_find", {"place": "hungry"}, "en")
    assert answer.replies[0].text.startswith(
        "Compass Coffee: in the main hall opposite the ticket machines. Compass Coffee: open until 21:00."
    )
    card = answer.replies[0].card
    assert isinstance(card, PlaceCard)
    assert card.others == ["Morning Bakery", "Fresh Market", "The Anchor Restaurant"]  # which is still closed


def test_where_all_is_closed_the_hours_are_said(changed: Changed) -> None:
    answer = changed(start="2026-11-24T03:00:00+00:00").answer("facilities_find", {"place": "something to eat"}, "en")
    assert "closed now, opens at 05:30" in answer.replies[0].text
    assert "open until" not in answer.replies[0].text


def test_a_group_is_made_of_kinds_and_is_none() -> None:
    assert {kind for kinds in groups().values() for kind in kinds} <= categories().keys()
    assert not groups().keys() & categories().keys()
    assert kinds_of("toilet") == ("toilet",)


@pytest.mark.parametrize(("language", "said"), [("en", "thirsty"), ("zh", "口渴"), ("ko", "목말라")])
def test_who_is_thirsty_is_told_of_water(desk: Desk, language: str, said: str) -> None:
    assert [slot.id for slot in desk.answer("facilities_find", {"place": said}, language).slots] == ["water-fountain"]


def test_a_toilet_asked_for_without_steps_is_the_one_made_for_that(desk: Desk) -> None:
    asked = {"place": "toilets", "step_free": "true"}
    assert desk.answer("facilities_find", asked, "en").slots[0].id == "accessible-toilet"
    assert desk.answer("facilities_find", asked, "en", step_free=True).slots[0].id == "toilets-north"  # a setting is no question


@pytest.mark.parametrize("place", ["ticket_office", "ticket_machine"])
def test_where_tickets_are_sold_the_price_is_a_touch_away(desk: Desk, place: str) -> None:
    assert "What does it cost?" in [tile.label for tile in desk.answer("facilities_find", {"place": place}, "en").suggestions]


def test_who_wants_staff_may_be_lost(desk: Desk) -> None:
    assert [tile.label for tile in desk.answer("staff_help_request", {}, "en").suggestions][-1] == "What is here?"


def test_no_frequent_line_fills_the_board_of_all_trains(desk: Desk) -> None:
    card = desk.answer("timetable_next_departures", {}, "en").replies[0].card
    assert isinstance(card, DeparturesCard)
    times: list[datetime] = [row.scheduled for row in card.departures]
    assert len(times) == 10
    assert times == sorted(times)
    assert {"AX", "M1", "M2", "RE1"} <= {row.line for row in card.departures}
