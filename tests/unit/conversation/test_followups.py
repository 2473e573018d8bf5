"""Follow-ups on the example station, without Rasa."""

import pytest

from assistant.answers.desk import Desk
from assistant.answers.models import Answer
from assistant.conversation.followups import FOLLOW_UPS, Asking, reminder
from assistant.conversation.memory import NOTHING, Memory


class Visit:
    """Questions one after another."""

    def __init__(self, desk: Desk, language: str = "en") -> None:
        self.desk, self.language, self.memory = desk, language, NOTHING

    def ask(self, intent: str, named: dict[str, str] | None = None, **slots: str) -> Answer:
        answer = Asking(self.desk, self.memory, self.language).answer(intent, slots, named if named is not None else slots)
        self.memory, self.language = self.memory.after(answer), answer.language or self.language
        return answer

    def unknown(self, text: str) -> Answer:
        answer = Asking(self.desk, self.memory, self.language).unknown(text)
        self.memory = self.memory.after(answer)
        return answer


def text(answer: Answer) -> str:
    return " ".join(reply.text for reply in answer.replies)


def test_again_is_the_same_answer(desk: Desk) -> None:
    visit = Visit(desk)
    told = visit.ask("facilities_find", place="toilet")
    assert text(visit.ask("robot_repeat")) == text(told)
    assert text(visit.ask("robot_repeat")) == text(told)


def test_there_is_nothing_to_repeat_yet(desk: Desk) -> None:
    assert text(Visit(desk).ask("robot_repeat")) == desk.context("en").renderer.text("utter_robot_nothing_to_repeat")


def test_slower_says_it_again_and_stays(desk: Desk) -> None:
    visit = Visit(desk)
    told = visit.ask("facilities_find", place="toilet")
    slower = visit.ask("robot_slower")
    assert [reply.text for reply in slower.replies[1:]] == [reply.text for reply in told.replies]
    visit.ask("facilities_find", place="cafe")
    assert visit.memory.pace == "slow"


def test_slower_than_fast_is_as_usual(desk: Desk) -> None:
    visit = Visit(desk)
    visit.memory = visit.memory.preferring("fast", None)
    visit.ask("robot_slower")
    assert visit.memory.pace == "normal"


@pytest.mark.parametrize(("language", "word"), [("zh", "洗手间"), ("ko", "화장실")])
def test_another_language_gets_the_last_answer_again(desk: Desk, language: str, word: str) -> None:
    visit = Visit(desk)
    visit.ask("facilities_find", place="toilet")
    switched = visit.ask("languages_switch", language=language)
    assert switched.language == language
    assert len(switched.replies) == 2
    assert word in switched.replies[1].text


def test_a_bare_name_asks_the_last_question_of_it(desk: Desk) -> None:
    visit = Visit(desk)
    visit.ask("tickets_fares_price", destination="zo")
    again = visit.ask("timetable_inform", {"destination": "the airport"})
    assert "£12.00" in text(again)


def test_without_stairs_after_a_journey_is_about_the_journey(desk: Desk) -> None:
    visit = Visit(desk)
    visit.ask("journeys_plan", destination="zo")
    assert "Zoo" in text(visit.ask("wayfinding_step_free", {}))


def test_what_is_not_understood_may_be_the_name_that_was_asked_for(desk: Desk) -> None:
    visit = Visit(desk)
    visit.ask("trains_direct")
    assert visit.memory.waiting == "destination"
    assert "Blorkville" in text(visit.unknown("Blorkville"))
    assert "painted" not in text(visit.unknown("who painted the Mona Lisa and when"))


def test_the_second_time_nothing_is_understood_staff_are_named(desk: Desk) -> None:
    visit = Visit(desk)
    first, second = visit.unknown("asdf qwer"), visit.unknown("qwer asdf")
    assert "Staff" not in text(first)
    assert "Station Staff Office" in text(second)
    assert second.suggestions == first.suggestions


def test_goodbye_leaves_nothing(desk: Desk) -> None:
    visit = Visit(desk)
    visit.ask("tickets_fares_price", destination="zo")
    visit.ask("smalltalk_goodbye")
    assert visit.memory == NOTHING


@pytest.mark.parametrize("intent", sorted(FOLLOW_UPS))
@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_every_follow_up_has_an_answer_at_the_very_beginning(desk: Desk, intent: str, language: str) -> None:
    assert all(reply.text for reply in Visit(desk, language).ask(intent).replies)


@pytest.mark.parametrize("waiting", ["destination", "place"])
def test_the_way_back_is_worded(desk: Desk, waiting: str) -> None:
    assert reminder(desk.context("en"), Memory(waiting=waiting)).text.endswith("?")


def test_what_it_costs_after_lockers_is_what_they_cost(desk: Desk) -> None:
    visit = Visit(desk)
    visit.ask("facilities_find", place="lockers")
    assert "6 pounds" in text(visit.ask("tickets_fares_price"))
    assert "6 pounds" in text(visit.ask("tickets_fares_price"))
    assert "£12.00" in text(visit.ask("tickets_fares_price", destination="ap"))


def test_what_it_costs_after_the_ticket_office_is_what_a_ticket_costs(desk: Desk) -> None:
    visit = Visit(desk)
    visit.ask("facilities_find", place="ticket_office")
    assert visit.ask("tickets_fares_price").waiting == "destination"


@pytest.mark.parametrize(
    ("language", "said", "tile"),
    [("en", "next trian hospitel", "Hospital"), ("en", "where exchang mony", "currency exchange"), ("ko", "메표소 부탁", "매표소")],
)
def test_a_name_with_slips_is_offered_where_nothing_is_understood(desk: Desk, language: str, said: str, tile: str) -> None:
    assert Visit(desk, language).unknown(said).suggestions[0].label == tile


@pytest.mark.parametrize(("language", "said"), [("en", "tell me a joke please"), ("zh", "把灯打开可以吗"), ("ko", "재미있는 얘기 해 줘")])
def test_no_name_is_made_of_other_words(desk: Desk, language: str, said: str) -> None:
    visit = Visit(desk, language)
    assert visit.unknown(said).suggestions == Visit(desk, language).unknown("").suggestions
