import pytest
from fastapi.testclient import TestClient
from starlette.types import Message

from assistant.actions.models import ActionCall
from assistant.actions.server import create_app, run
from assistant.answers.desk import Desk
from assistant.answers.models import Answer
from assistant.conversation.memory import NOTHING, Memory
from assistant.conversation.models import Ask

SECRET = "of-this-start"  # noqa: S105
FORM = "timetable_departures_form"


def call(action: str, **tracker: object) -> ActionCall:
    return ActionCall.model_validate({"next_action": action, "tracker": tracker, "domain": {"ignored": True}})


def message(
    *entities: tuple[str, str, str | None], intent: str = "timetable_next_departures", language: str = "en", text: str = "ignored"
) -> dict[str, object]:
    tagged = [{"entity": entity, "value": value, "role": role, "start": 0, "end": 1} for entity, value, role in entities]
    return {"entities": tagged, "intent": {"name": intent, "confidence": 0.9}, "metadata": {"language": language}, "text": text}


def slots_set(desk: Desk, action: str, memory: Memory = NOTHING, **tracker: object) -> dict[str, str | None]:
    done = call(action, **tracker)
    return {event["name"]: event["value"] for event in run(desk, done.next_action, done.tracker, memory).events}


def test_only_who_knows_the_secret_may_ask(desk: Desk) -> None:
    client = TestClient(create_app(desk, SECRET))
    body = {"next_action": "action_air_quality_now", "tracker": {}}
    assert client.post("/webhook", json=body).status_code == 401
    assert client.post("/webhook", json=body, headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.post("/nlg", content=b"{").status_code == 401
    assert client.get("/nowhere").status_code == 401
    answered = client.post("/webhook", json=body, headers={"Authorization": f"Bearer {SECRET}"})
    assert answered.status_code == 200
    assert Answer.model_validate(answered.json()["responses"][0]["custom"]).replies


async def test_nothing_of_a_stranger_is_read(desk: Desk) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("the body was read")

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/webhook", "query_string": b"", "headers": [(b"content-type", b"application/json")]}
    await create_app(desk, SECRET)(scope, receive, send)
    assert sent[0]["status"] == 401


def test_plain_responses_are_worded_in_the_language_of_the_message(desk: Desk) -> None:
    client = TestClient(create_app(desk, SECRET), headers={"Authorization": f"Bearer {SECRET}"})
    for name in ("utter_smalltalk_thanks", "utter_no_such_response"):
        answered = client.post("/nlg", json={"response": name, "tracker": {"latest_message": message(language="ko")}, "channel": {}})
        text = Answer.model_validate(answered.json()["custom"]).replies[0].text
        assert any("가" <= char <= "힣" for char in text)


def test_a_new_question_forgets_what_the_one_before_was_about(desk: Desk) -> None:
    events = slots_set(
        desk,
        f"validate_{FORM}",
        slots={"destination": "Airport", "time": "at nine", "line": None},
        active_loop={},
        latest_message=message(),
    )
    assert events == {"destination": None, "time": None}


def test_what_the_message_names_stays(desk: Desk) -> None:
    events = slots_set(
        desk,
        f"validate_{FORM}",
        slots={"destination": "Airport", "time": "at nine"},
        active_loop={},
        latest_message=message(("stop", "Airport", "destination")),
    )
    assert events == {"time": None}


def test_a_platform_question_goes_on_with_the_train_just_spoken_of(desk: Desk) -> None:
    events = slots_set(
        desk,
        "validate_timetable_platform_form",
        slots={"destination": "Airport", "time": "at nine"},
        active_loop={},
        latest_message=message(intent="timetable_platform"),
    )
    assert events == {}


def test_a_line_or_anywhere_is_enough(desk: Desk) -> None:
    line = slots_set(desk, f"validate_{FORM}", slots={"line": "M1"}, active_loop={}, latest_message=message(("line", "M1", None)))
    assert line == {"requested_slot": None}
    anywhere = slots_set(
        desk,
        f"validate_{FORM}",
        slots={"requested_slot": "destination"},
        active_loop={"name": FORM},
        latest_message=message(intent="timetable_anywhere"),
    )
    assert anywhere == {"requested_slot": None}


def test_a_name_that_is_not_clear_is_asked_for_again_with_tiles_but_not_a_third_time(desk: Desk) -> None:
    asked = {"event": "action", "name": f"action_ask_{FORM}_destination"}
    said = message(("stop", "Southport", None), intent="timetable_inform")
    tracker = {
        "slots": {"destination": "Southport", "requested_slot": "destination"},
        "active_loop": {"name": FORM},
        "latest_message": said,
        "events": [{"event": "active_loop", "name": FORM}, asked],
    }
    assert slots_set(desk, f"validate_{FORM}", **tracker) == {"destination": None}
    question = call(f"action_ask_{FORM}_destination", slots={}, latest_message=said)
    answer = Answer.model_validate(run(desk, question.next_action, question.tracker).responses[0]["custom"])
    assert "Eastport" in [suggestion.label for suggestion in answer.suggestions]
    again = tracker | {"events": [{"event": "active_loop", "name": FORM}, asked, asked]}
    assert slots_set(desk, f"validate_{FORM}", **again) == {"destination": None, "requested_slot": None}


def test_an_elliptic_question_takes_the_new_stop_and_not_the_old_line(desk: Desk) -> None:
    done = call(
        "action_timetable_inform",
        slots={"line": "M2", "destination": "University", "stop": "Airport"},
        latest_message=message(("stop", "Airport", None), intent="timetable_inform"),
    )
    answer = Answer.model_validate(run(desk, done.next_action, done.tracker).responses[0]["custom"])
    assert "Airport" in answer.replies[0].text


def test_an_unknown_action_ends_in_an_honest_answer(desk: Desk) -> None:
    done = call("action_fallback", latest_message=message(language="zh"))
    answer = Answer.model_validate(run(desk, done.next_action, done.tracker).responses[0]["custom"])
    assert answer.suggestions


def test_a_question_without_a_form_drops_what_the_one_before_was_about(desk: Desk) -> None:
    known = {"destination": "airport", "stop": "airport", "line": "M1", "train": "IC 101", "time": "at nine", "place": "cafe"}
    named = message(("stop", "Northgate", "destination"), intent="trains_last_departure")
    dropped = slots_set(desk, "action_trains_last_departure", slots=known | {"destination": "Northgate"}, latest_message=named)
    assert dropped == {"stop": None, "line": None, "train": None, "time": None}


def test_a_question_without_a_form_goes_on_with_the_place_that_was_named(desk: Desk) -> None:
    nothing = message(intent="trains_last_departure")
    done = call("action_trains_last_departure", slots={"destination": "Northgate", "time": "at nine"}, latest_message=nothing)
    result = run(desk, done.next_action, done.tracker)
    assert {event["name"]: event["value"] for event in result.events} == {"time": None}
    assert "Northgate" in Answer.model_validate(result.responses[0]["custom"]).replies[0].text


def test_a_train_that_is_named_needs_no_destination(desk: Desk) -> None:
    named = message(("train", "IC 106", None), intent="timetable_platform")
    asked = slots_set(desk, "validate_timetable_platform_form", slots={"train": "IC 106"}, latest_message=named)
    assert asked == {"requested_slot": None}


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("en", "when does it leave", True), ("zh", "那它几点开", True), ("ko", "몇 시에 출발해요", True),
        ("en", "when is the next train", False), ("zh", "下一班车几点", False), ("ko", "다음 열차 언제예요", False),
    ],
)  # fmt: skip
def test_when_does_it_leave_is_about_the_line_just_told(desk: Desk, language: str, text: str, kept: bool) -> None:
    told = Memory(topic=Ask(intent="timetable_platform", slots={"line": "RE3"}))
    events = slots_set(
        desk, f"validate_{FORM}", told, slots={"line": "RE3"}, active_loop={}, latest_message=message(language=language, text=text)
    )
    assert events == ({"line": "RE3", "requested_slot": None} if kept else {"line": None})


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "toilett where", "toilett"), ("en", "where put my lugage", "put my lugage"), ("ko", "메표소 어뜨케 가요", "메표소"),
        ("en", "where do I meet my friend", None), ("zh", "哪里可以等人", None),
    ],
)  # fmt: skip
def test_a_place_written_with_slips_is_found(desk: Desk, language: str, text: str, place: str | None) -> None:
    said = message(intent="facilities_find", language=language, text=text)
    assert slots_set(desk, "validate_facilities_find_form", slots={}, active_loop={}, latest_message=said).get("place") == place


@pytest.mark.parametrize(
    ("language", "text", "unknown"),
    [
        ("en", "is there a swimming pool in the station", True), ("zh", "车站里有游泳池吗", True), ("ko", "역에 수영장 있나요", True),
        ("en", "where is it", False), ("zh", "在哪里", False), ("ko", "어디 있어요", False),
    ],
)  # fmt: skip
def test_what_is_not_here_is_said_to_be_unknown(desk: Desk, language: str, text: str, unknown: bool) -> None:
    said = message(intent="facilities_find", language=language, text=text)
    question = call("action_ask_facilities_find_form_place", slots={}, latest_message=said)
    answer = Answer.model_validate(run(desk, question.next_action, question.tracker).responses[0]["custom"])
    words = desk.context(language).renderer.text("utter_facilities_unknown" if unknown else "utter_facilities_ask_place")
    assert answer.replies[0].text == words
    assert answer.waiting == "place"
