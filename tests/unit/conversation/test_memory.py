from datetime import UTC, datetime

import pytest

from assistant.answers.models import Answer
from assistant.conversation.memory import NOTHING, Memory, question
from assistant.conversation.models import Ask, DepartureRow, DeparturesCard, Reply, SlotValue, SourceRow

SOURCE = SourceRow(kind="gtfs", table="stop_times", key="1", as_of="2026-05-01")
EIGHT = datetime(2026, 5, 1, 8, 5, tzinfo=UTC)


def ask(intent: str, **slots: str) -> Ask:
    return Ask(intent=intent, slots=slots)


def answer(asked: Ask, *slots: SlotValue, card: DeparturesCard | None = None, **fields: object) -> Answer:
    return Answer(replies=[Reply(text="x", speech="x", card=card)], asked=asked, slots=list(slots), **fields)


def board(*statuses: str) -> DeparturesCard:
    rows = [
        DepartureRow(
            scheduled=EIGHT.replace(minute=5 + 10 * number), expected=None, line="M1", headsign="Zoo", platform="1", status=status,
            trip=str(number), source=SOURCE,
        )
        for number, status in enumerate(statuses)
    ]  # fmt: skip
    return DeparturesCard(title="x", departures=rows)


TO_OAKLAND = ask("trains_last_departure", destination="Oakland", time="tonight")
TOLD = NOTHING.after(answer(TO_OAKLAND, SlotValue(type="destination", value="Oakland", id="ok"), card=board("cancelled", "scheduled")))


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"destination": "Fremont"}, ask("trains_last_departure", destination="Fremont", time="tonight")),
        ({"time": "on Sunday"}, ask("trains_last_departure", destination="Oakland", time="on Sunday")),
        ({"line": "M1"}, ask("trains_last_departure", line="M1", time="tonight")),
        ({"place": "toilets"}, None),
    ],
)
def test_the_last_question_is_asked_of_something_else(named: dict[str, str], expected: Ask | None) -> None:
    assert TOLD.asked_of(named) == expected


def test_the_one_after_leaves_after_the_first_that_runs() -> None:
    assert TOLD.later() == ask("timetable_next_departures", destination="Oakland", depart_at="2026-05-01T08:16")
    assert NOTHING.later() is None


def test_there_is_what_was_told_last() -> None:
    assert TOLD.there == ask("journeys_plan", destination="ok")
    place = SlotValue(type="place", value="Toilets", id="t1")
    assert TOLD.after(answer(ask("facilities_find", place="toilet"), place)).there == ask("wayfinding_route", place="t1")


def test_what_is_chatted_in_between_changes_nothing() -> None:
    thanked = TOLD.after(answer(ask("smalltalk_thanks")))
    assert (thanked.topic, thanked.told, thanked.there) == (TOLD.topic, TOLD.told, TOLD.there)
    aside = TOLD.after(Answer(replies=[], asked=None, aside=True, pace="slow"))
    assert aside == Memory(asked=TOLD.asked, topic=TOLD.topic, told=TOLD.told, there=TOLD.there, platform=TOLD.platform, pace="slow")


def test_an_interrupted_question_waits_and_is_brought_back_once() -> None:
    pending = ask("timetable_next_departures", time="at nine")
    asked = NOTHING.after(answer(pending, waiting="destination"))
    toilets = asked.after(answer(ask("facilities_find", place="toilet")))
    assert toilets.interrupted(asked)
    assert toilets.asked_of({"destination": "Oakland"}) == ask("timetable_next_departures", time="at nine", destination="Oakland")
    again = toilets.after(answer(ask("air_quality_now")))
    assert not again.interrupted(toilets)
    assert again.pending is None
    answered = toilets.after(answer(ask("timetable_next_departures", destination="Oakland")))
    assert answered.pending is None


@pytest.mark.parametrize("intent", ["emergency_fire", "smalltalk_deny"])
def test_nobody_is_led_back_from_danger_or_a_no(intent: str) -> None:
    asked = NOTHING.after(answer(ask("timetable_next_departures"), waiting="destination"))
    after = asked.after(answer(ask(intent)))
    assert not after.interrupted(asked)
    assert after.pending is None


def test_nothing_is_left_after_the_end() -> None:
    assert TOLD.after(answer(ask("smalltalk_goodbye"), ends=True)) == NOTHING


def test_only_what_can_be_asked_again_is_kept() -> None:
    kept = question("timetable_next_departures", {"destination": "Oakland", "requested_slot": "destination", "line": "", "time": "x" * 201})
    assert kept == ask("timetable_next_departures", destination="Oakland")
