"""What is said of a warning that stands: what, where, since when, by whom, and the way out that it names."""

from dataclasses import replace
from datetime import datetime

import pytest

from assistant.alarm.views import AlertView, WayOut
from assistant.answers.desk import ANSWERS, Desk
from assistant.answers.models import Answer
from assistant.clock import StartedClock
from assistant.settings import Settings

SINCE = datetime.fromisoformat("2026-05-01T08:05:00+00:00")
NORTH = WayOut(
    exit_id="exit-north", refuge=False, name={"en": "North Exit", "ko": "북쪽 출구"},
    steps={"en": ["Go straight on.", "You are outside."], "ko": ["직진하세요."]}, metres=40, seconds=35,
)  # fmt: skip
REFUGE = NORTH.model_copy(update={
    "exit_id": "refuge-1", "refuge": True, "name": {"en": "Refuge 1", "ko": "대피소 1"},
    "steps": {"en": ["Go straight on.", "Wait in this refuge: Refuge 1."], "ko": ["대피소 1에서 기다리세요."]},
})  # fmt: skip
FIRE = AlertView(
    id="a1", life_safety=True, status="Actual", colour="red", category="Fire", response="Evacuate", severity="Extreme", since=SINCE,
    event={"en": "Fire", "ko": "화재"}, headline={"en": "Smoke in the metro hall.", "ko": "지하철 홀에 연기가 났습니다."},
    instruction={"en": "Leave the station.", "ko": "역 밖으로 나가세요."}, area={"en": "Metro hall", "ko": "지하철 홀"},
    sender={"en": "Harbour Central", "ko": "항구중앙역"}, way_out=NORTH, way_out_step_free=REFUGE,
)  # fmt: skip


class Standing:
    def __init__(self, *views: AlertView) -> None:
        self.views = views

    def standing(self) -> tuple[AlertView, ...]:
        return self.views


def asked(desk: Desk, intent: str, *views: AlertView, language: str = "en", **slots: str) -> Answer:
    return ANSWERS[intent](replace(desk.context(language), warnings=Standing(*views)), slots)


def text(answer: Answer) -> str:
    return answer.replies[0].text


def test_why_is_there_an_alarm(desk: Desk) -> None:
    answer = asked(desk, "emergency_alarm", FIRE)
    assert text(answer).startswith(
        "Smoke in the metro hall. Leave the station. It concerns: Metro hall. Harbour Central has warned of it since 09:05. "
        "Do not use the lifts. Way out: North Exit."
    )
    assert (answer.sources[0].kind, answer.sources[0].key) == ("alert", "a1")
    card = answer.replies[0].card
    assert card is not None
    assert card.model_dump()["lines"] == NORTH.steps["en"]


def test_in_another_language(desk: Desk) -> None:
    said = text(asked(desk, "emergency_alarm", FIRE, language="ko"))
    assert said.startswith("지하철 홀에 연기가 났습니다. 역 밖으로 나가세요. 해당 구역: 지하철 홀.")
    assert "나가는 곳: 북쪽 출구." in said


@pytest.mark.parametrize("intent", ["emergency_alarm", "emergency_fire"])
def test_who_cannot_take_stairs_is_told_of_the_refuge(desk: Desk, intent: str) -> None:
    assert "Wait in this refuge: Refuge 1." in text(asked(desk, intent, FIRE, step_free="true"))
    assert "Way out: North Exit." in text(asked(desk, intent, FIRE)), "the exit that the alert names, in every answer"


def test_a_warning_without_evacuation_names_no_exit(desk: Desk) -> None:
    storm = FIRE.model_copy(update={"response": "Shelter", "way_out": None, "way_out_step_free": None})
    assert "Way out" not in text(asked(desk, "emergency_alarm", storm))


@pytest.mark.parametrize("intent", ["emergency_alarm", "emergency_fire"])
def test_where_no_way_is_safe_that_is_said_first(desk: Desk, intent: str) -> None:
    crossing = NORTH.model_copy(update={"safe": False})
    said = asked(desk, intent, FIRE.model_copy(update={"way_out": crossing})).replies[0]
    for words in (said.text, said.speech):
        assert words.index("No way out is known to be safe.") < words.index("Way out: North Exit.")


@pytest.mark.parametrize(("intent", "slots"), [
    ("wayfinding_route", {"place": "exit-west"}), ("wayfinding_step_free", {"place": "exit-harbour"}),
    ("facilities_find", {"place": "exit"}),
    ("journeys_plan", {"destination": "zoo"}), ("wayfinding_route", {"place": "exit-west", "step_free": "true"}),
])  # fmt: skip
def test_while_the_station_is_to_be_left_every_way_is_the_way_out(
    station_settings: Settings, desk: Desk, clock: StartedClock, intent: str, slots: dict[str, str]
) -> None:
    context = desk.context("en")
    warned = Desk(station_settings, context.knowledge, context.environment, clock, desk.responses, warnings=Standing(FIRE))
    said = text(warned.answer(intent, slots, "en"))
    assert said.startswith("Smoke in the metro hall.")
    step_free = "step_free" in intent or "step_free" in slots
    assert ("Refuge 1" in said) is step_free
    assert ("Way out: North Exit." in said) is not step_free
    drill = Desk(
        station_settings, context.knowledge, context.environment, clock, desk.responses,
        warnings=Standing(FIRE.model_copy(update={"status": "Exercise", "life_safety": False})),
    )  # fmt: skip
    assert not text(drill.answer(intent, slots, "en")).startswith("Smoke")


@pytest.mark.parametrize(("status", "word"), [("Exercise", "an exercise"), ("Test", "a test"), ("System", "a system check")])
def test_an_exercise_is_no_alarm(desk: Desk, status: str, word: str) -> None:
    said = text(asked(desk, "emergency_alarm", FIRE.model_copy(update={"status": status})))
    assert said.startswith(f"I know of {word} only, not of a real alarm.")
    assert "Smoke" not in said
    actual = text(asked(desk, "emergency_alarm", FIRE.model_copy(update={"status": status, "id": "a0"}), FIRE))
    assert actual.startswith("Smoke in the metro hall.")


def test_no_alarm_is_known(desk: Desk) -> None:
    assert text(asked(desk, "emergency_alarm")).startswith("I have not been told of any alarm. In an alarm, follow the staff")
