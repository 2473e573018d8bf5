"""What is said of journeys: one sentence a train, and a row for each of them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.answers.desk import Desk
from assistant.answers.models import Answer
from assistant.conversation.models import JourneyCard
from assistant.knowledge.models import Journey

NOW = datetime(2026, 11, 24, 8, tzinfo=ZoneInfo("Europe/London"))


def said(answer: Answer) -> str:
    return " ".join(reply.text for reply in answer.replies)


def card(answer: Answer) -> JourneyCard:
    found = answer.replies[-1].card
    assert isinstance(found, JourneyCard)
    return found


def best(desk: Desk, **asked: object) -> Journey:
    context = desk.context("en")
    return context.knowledge.journeys(**({"depart_at": context.now} | asked))[0]  # type: ignore[arg-type]


def test_a_journey_is_said_train_by_train(desk: Desk) -> None:
    answer = desk.answer("journeys_plan", {"origin": "oh", "destination": "nb"}, "en")
    first, walk, second = best(desk, origin="oh", destination="nb").legs
    assert walk.kind == "walk"
    assert said(answer) == (
        f"Take the {first.line}, scheduled at {first.departure:%H:%M}, from platform {first.start_platform} to Harbour Central. "
        f"Change there to the {second.line}, scheduled at {second.departure:%H:%M}, from platform {second.start_platform} to North Beach. "
        f"You arrive at North Beach at {second.arrival:%H:%M}."
    )
    assert [leg.kind for leg in card(answer).journeys[0].legs] == ["ride", "walk", "ride"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Take the", "Change there", "You arrive")), ("zh", ("乘坐", "换乘", "到达")), ("ko", ("타고", "갈아타고", "도착합니다"))],
)
def test_every_language_has_its_words(desk: Desk, language: str, words: tuple[str, ...]) -> None:
    answer = desk.answer("journeys_plan", {"origin": "oh", "destination": "nb"}, language)
    assert all(word in said(answer) for word in words)
    assert "{" not in said(answer) + answer.replies[0].speech


def test_every_time_station_and_line_said_has_its_row(desk: Desk) -> None:
    answer = desk.answer("journeys_plan", {"origin": "oh", "destination": "nb"}, "en")
    first, _, second = best(desk, origin="oh", destination="nb").legs
    keys = {(source.table, source.key) for source in answer.sources}
    assert {("stop_times", source.key) for leg in (first, second) for source in leg.sources} <= keys
    assert {("stops", "oh"), ("stops", "hc"), ("stops", "nb"), ("routes", first.route_id), ("routes", second.route_id)} <= keys


def test_the_time_to_be_there_by_is_kept(desk: Desk) -> None:
    answer = desk.answer("journeys_arrive_by", {"destination": "airport", "time": "by ten"}, "en")
    ride = best(desk, destination="ap", arrive_by=NOW.replace(hour=10))
    assert f"scheduled at {ride.departure:%H:%M}" in said(answer)
    assert ("arrive_by", "2026-11-24T10:00") in [(slot.type, slot.id) for slot in answer.slots]
    again = desk.answer("journeys_arrive_by", {"destination": "ap", "arrive_by": "2026-11-24T10:00"}, "en")
    assert said(again) == said(answer)
    late = desk.answer("journeys_arrive_by", {"destination": "ap", "time": "by 8:12"}, "en")
    assert said(late) == "My timetable has no journey that gets you to Airport by then."


def test_a_time_that_is_not_understood_is_said_to_be_so(desk: Desk) -> None:
    answer = desk.answer("journeys_plan", {"destination": "ap", "time": "at 26 past 99"}, "en")
    assert said(answer).startswith("I did not understand the time")


def test_step_free_is_kept_and_said_to_be_impossible_where_it_is(desk: Desk) -> None:
    answer = desk.answer("journeys_step_free", {"destination": "ap"}, "en")
    assert ("step_free", "true") in [(slot.type, slot.id) for slot in answer.slots]
    assert best(desk, destination="ap", step_free=True).legs[0].step_free
    assert not any(tile.ask and tile.ask.intent == "journeys_step_free" for tile in answer.suggestions)


def test_who_is_there_already_needs_no_journey(desk: Desk) -> None:
    assert said(desk.answer("journeys_plan", {"destination": "hc"}, "en")) == "You are at Harbour Central already."
    assert said(desk.answer("journeys_plan", {"origin": "zo", "destination": "zo"}, "en")) == "You would start at Zoo already."


def test_the_missing_destination_is_asked_for(desk: Desk) -> None:
    answer = desk.answer("journeys_step_free", {}, "en")
    assert said(answer) == "Where would you like to go?"
    assert {tile.ask.intent for tile in answer.suggestions if tile.ask} == {"journeys_step_free"}


def test_where_no_train_is_direct_departures_tell_the_change(desk: Desk) -> None:
    for intent in ("timetable_next_departures", "timetable_inform", "timetable_platform"):
        answer = desk.answer(intent, {"origin": "oh", "destination": "nb"}, "en")
        assert answer.replies[0].text == "My timetable has no direct departure to North Beach in the 24 hours from then."
        assert answer.replies[1].text == said(desk.answer("journeys_plan", {"origin": "oh", "destination": "nb"}, "en"))
    assert {slot.type for slot in answer.slots} >= {"origin", "destination"}
