"""The form that asks where to: what fills it, what ends it, what it does not take over."""

import pytest

from assistant.actions.models import ActionCall
from assistant.actions.server import run
from assistant.answers.desk import Desk
from assistant.answers.models import Answer

FORMS = ("wayfinding_route_form", "wayfinding_step_free_form")


def done(desk: Desk, action: str, *entities: tuple[str, str], **slots: str) -> tuple[dict[str, str | None], list[Answer]]:
    """What an action sets, and what it says, where the newest message tags these entities."""
    tagged = [{"entity": entity, "value": value} for entity, value in entities]
    latest = {"entities": tagged, "intent": {"name": "wayfinding_route", "confidence": 0.9}, "metadata": {"language": "en"}}
    call = ActionCall.model_validate({"next_action": action, "tracker": {"latest_message": latest, "slots": slots}})
    result = run(desk, call.next_action, call.tracker)
    said = [Answer.model_validate(response["custom"]) for response in result.responses]
    return {event["name"]: event["value"] for event in result.events}, said


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("entity", "value"), [("platform", "platform 3"), ("place", "toilets"), ("place", "Compass Coffee")])
def test_a_goal_that_is_clear_is_kept(desk: Desk, form: str, entity: str, value: str) -> None:
    assert done(desk, f"validate_{form}", (entity, value), place=value)[0] == {}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("value", ["platform 99", "teleporter"])
def test_a_goal_that_is_not_known_is_asked_for(desk: Desk, form: str, value: str) -> None:
    assert done(desk, f"validate_{form}", ("place", value), place=value)[0] == {"place": None}
    _, said = done(desk, f"action_ask_{form}_place", ("place", value))
    assert "know" in said[0].replies[0].text
    assert said[0].suggestions


@pytest.mark.parametrize("form", FORMS)
def test_the_place_spoken_of_before_is_the_goal_of_a_question_that_names_none(desk: Desk, form: str) -> None:
    assert done(desk, f"validate_{form}", place="toilets")[0] == {}


@pytest.mark.parametrize("form", FORMS)
def test_another_station_ends_the_form_and_is_no_place_of_before(desk: Desk, form: str) -> None:
    events, _ = done(desk, f"validate_{form}", ("stop", "airport"), place="toilets", stop="airport")
    assert events == {"place": None, "requested_slot": None}


def test_who_asked_for_a_way_without_stairs_gets_one_again(desk: Desk) -> None:
    _, said = done(desk, "action_wayfinding_route", ("platform", "platform 5"), place="platform 5", step_free="true")
    assert "no stairs" in said[0].replies[0].text
