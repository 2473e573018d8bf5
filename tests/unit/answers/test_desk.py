import re
from dataclasses import replace

import pytest

from assistant.answers.context import Slots
from assistant.answers.desk import ANSWERS, Desk
from assistant.answers.emergency import help_now
from assistant.answers.models import Answer
from assistant.conversation.models import ChoicesCard, DeparturesCard, PlaceCard
from assistant.errors import BadRequest
from assistant.settings import Contacts
from assistant.text import LANGUAGES

QUESTIONS: list[tuple[str, Slots]] = [
    *((intent, {}) for intent in ANSWERS),
    ("timetable_next_departures", {"destination": "airport"}),
    ("timetable_next_departures", {"destination": "Airprt"}),
    ("timetable_next_departures", {"destination": "xyzzy"}),
    ("timetable_next_departures", {"line": "M1", "time": "tomorrow at half past nine"}),
    ("timetable_platform", {"destination": "University"}),
    ("facilities_find", {"place": "toilet"}),
    ("facilities_find", {"place": "teleporter"}),
    ("facilities_opening_hours", {"place": "ticket office"}),
    ("languages_switch", {"language": "ko"}),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("intent", "slots"), QUESTIONS)
def test_every_question_is_answered_in_its_language(desk: Desk, intent: str, slots: Slots, language: str) -> None:
    answer = desk.answer(intent, slots, language)
    said_in = answer.language or language
    for reply in answer.replies:
        for words in (reply.text, reply.speech):
            assert words.strip()
            assert "{" not in words
            assert "utter_" not in words
            assert ("가" <= max(words, key=lambda char: "가" <= char <= "힣") <= "힣") == (said_in == "ko")
            assert bool(re.search("[一-龥]", words)) == (said_in == "zh")


def spoken_times(answer: Answer) -> set[str]:
    return set(re.findall(r"\d\d:\d\d", answer.replies[0].text))


@pytest.mark.parametrize("slots", [{}, {"destination": "airport"}, {"line": "M1"}, {"destination": "ap", "depart_at": "2026-11-25T23:30"}])
def test_each_spoken_time_is_a_row_of_the_board_with_its_source(desk: Desk, slots: Slots) -> None:
    answer = desk.answer("timetable_next_departures", slots, "en")
    card = answer.replies[0].card
    assert isinstance(card, DeparturesCard)
    assert spoken_times(answer)
    assert spoken_times(answer) <= {f"{row.scheduled:%H:%M}" for row in card.departures}
    boarded = [row.source for row in card.departures]
    assert [source for source in answer.sources if source in boarded] == boarded
    assert len(answer.sources) == len(boarded) * (2 if "destination" in slots else 1)  # the row of its arrival beside it
    assert all(source.table == "stop_times" for source in answer.sources)


def test_a_near_name_is_offered_and_an_unknown_one_is_said_to_be_unknown(desk: Desk) -> None:
    near = desk.answer("timetable_next_departures", {"destination": "Southport", "time": "at 9 pm"}, "en")
    card = near.replies[0].card
    assert isinstance(card, ChoicesCard)
    assert {"Eastport", "Westport"} <= {choice.label for choice in card.choices}
    tile = card.choices[0].ask
    assert tile is not None
    assert tile.slots["time"] == "at 9 pm", "the time is kept for the tile"
    unknown = desk.answer("timetable_next_departures", {"destination": "x" * 31}, "en")
    assert unknown.replies[0].text == desk.context("en").renderer.text("utter_timetable_unknown_stop")


@pytest.mark.parametrize(
    ("said", "language", "text"),
    [
        ("Munich", "en", "I don't know Munich. These I know:"), ("munich", "en", "I don't know Munich. These I know:"),
        ("慕尼黑", "zh", "我不知道慕尼黑这个站。我知道的有："),
        ("뮌헨", "ko", "뮌헨은 제가 모르는 곳입니다. 제가 아는 곳은 다음과 같습니다."),
    ],
)  # fmt: skip
def test_a_name_that_is_not_known_is_repeated(desk: Desk, said: str, language: str, text: str) -> None:
    answer = desk.answer("timetable_next_departures", {"destination": said}, language)
    assert answer.replies[0].text == text
    assert isinstance(answer.replies[0].card, ChoicesCard)
    assert answer.suggestions


@pytest.mark.parametrize("said", ["x" * 31, "<b>Munich</b>", "{name}", "12345", "a\nb: c", "Munich; DROP", "!!!", "example.com/x", "%s"])
def test_what_is_no_name_is_not_repeated(desk: Desk, said: str) -> None:
    answer = desk.answer("timetable_next_departures", {"destination": said}, "en")
    assert answer.replies[0].text == "I don't know that stop. These I know:"


@pytest.mark.parametrize(
    ("said", "language", "stop"),
    [("Airprt", "en", "Airport"), ("Winterhill", "en", "Winter Hill"), ("botanicle gardens", "en", "Botanical Garden"),
     ("stone brige", "en", "Stonebridge")],
)
def test_a_name_that_sounds_like_one_stop_is_answered(desk: Desk, said: str, language: str, stop: str) -> None:
    answer = desk.answer("timetable_next_departures", {"destination": said}, language)
    assert [slot.value for slot in answer.slots if slot.type == "destination"] == [stop]


def test_names_that_sound_alike_are_offered_and_none_is_taken(desk: Desk) -> None:
    card = desk.answer("timetable_next_departures", {"destination": "Southport"}, "en").replies[0].card
    assert isinstance(card, ChoicesCard)
    assert 2 <= len(card.choices) <= 4
    assert {choice.label for choice in card.choices} >= {"Eastport", "Westport"}


def test_a_tile_that_is_touched_answers(desk: Desk) -> None:
    first = desk.answer("robot_capabilities", {}, "ko")
    assert len(first.suggestions) >= 6
    for suggestion in first.suggestions:
        assert suggestion.ask is not None
        assert desk.answer(suggestion.ask.intent, suggestion.ask.slots, "ko").replies


def test_a_place_names_its_level_hours_and_others(desk: Desk) -> None:
    answer = desk.answer("facilities_find", {"place": "toilet"}, "en")
    card = answer.replies[0].card
    assert isinstance(card, PlaceCard)
    assert card.category == "toilet"
    assert card.where in answer.replies[0].text
    assert card.others
    assert answer.sources


def test_an_intent_that_is_not_taught_is_refused_without_an_echo(desk: Desk) -> None:
    with pytest.raises(BadRequest) as refused:
        desk.answer("drop_tables", {}, "en")
    assert "drop" not in refused.value.message


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_help_point_that_stands_nobody_knows_where_is_named_alone(
    desk: Desk, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = desk.context(language)
    known = context.knowledge.places(category="help_point", at=context.now, language=language)[0]
    monkeypatch.setattr("assistant.answers.emergency.first_place", lambda *_: replace(known, where="", level_name=None))
    reply = help_now(context, {}).replies[0]
    for words in (reply.text, reply.speech):
        assert words.rstrip(".。").endswith(known.name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", ["119", None])
def test_in_danger_only_a_number_of_the_station_is_named(desk: Desk, number: str | None, language: str) -> None:
    context = desk.context(language)
    settings = context.settings.model_copy(update={"contacts": Contacts(emergency=number)})
    said = help_now(replace(context, settings=settings), {}).replies[0].text
    first = re.split("[.。] ?", said)[0]
    assert re.findall(r"\d+", first) == ([number] if number else [])
    assert {"en": "staff", "zh": "工作人员", "ko": "직원"}[language] in first
