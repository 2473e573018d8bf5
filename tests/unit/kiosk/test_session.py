import asyncio
from datetime import timedelta

import pytest

from assistant.conversation.health import Health
from assistant.kiosk.protocol import AlertsMessage, ListeningEnd, ProblemMessage, Status, TurnMessage, Welcome
from assistant.settings import Settings
from assistant.speech.endpointing import Sign
from assistant.speech.models import RATE, Sound
from tests.fixtures.kiosk import SMOKE, STORM, Kiosk

FRAME = bytes(3200)


async def test_a_typed_question_is_thought_of_answered_spoken_and_ended(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="say", text="next trains")
    assert (await kiosk.turn_end()).outcome == "answered"
    assert kiosk.page.types() == ["welcome", "alerts", "status", "thinking", "turn", "audio", "turn_end"]
    assert len(kiosk.page.sound) == 32_000
    turn = kiosk.turn().turn
    assert turn.replies[0].text
    assert turn.language == "en"


async def test_a_spoken_question_has_captions_and_one_final_text(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="listen")
    await kiosk.page.until(lambda page: "caption" in page.types())
    for _ in range(5):
        await kiosk.session.sound(FRAME)
    await kiosk.say(type="listen_end")
    assert (await kiosk.turn_end()).outcome == "answered"
    assert kiosk.page.types() == ["welcome", "alerts", "status", "listening", "caption", "caption", "thinking", "turn", "audio", "turn_end"]
    assert kiosk.speech.last is not None
    assert len(kiosk.speech.last.fed) == 5 * len(FRAME)
    assert kiosk.speech.open == 0, "the utterance is dropped"
    heard = kiosk.turn().turn.heard
    assert heard is not None
    assert heard.engine == "scripted"


async def test_nothing_heard_is_no_turn(kiosk: Kiosk) -> None:
    kiosk.speech.text = ""
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="listen")
    await kiosk.say(type="listen_end")
    assert (await kiosk.turn_end()).outcome == "nothing_heard"
    assert "turn" not in kiosk.page.types()


async def test_a_tapped_question_ends_by_itself(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="listen")
    await kiosk.say(type="listen_free")
    await kiosk.page.until(lambda page: "caption" in page.types())
    await kiosk.session.sound(FRAME)
    assert kiosk.speech.last is not None
    kiosk.speech.last.done.set_result(Sign.END)
    assert (await kiosk.turn_end()).outcome == "answered"
    ended = next(message for message in kiosk.page.messages if isinstance(message, ListeningEnd))
    assert ended.reason is Sign.END
    assert kiosk.page.types()[3:7] == ["listening", "caption", "listening_end", "caption"]
    assert len(kiosk.speech.last.fed) == len(FRAME)


async def test_a_held_question_goes_on_through_silence(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="listen")
    await kiosk.page.until(lambda page: "caption" in page.types())
    assert kiosk.speech.last is not None
    kiosk.speech.last.done.set_result(Sign.END)
    await kiosk.session.sound(FRAME)
    await asyncio.sleep(0.05)
    await kiosk.session.sound(FRAME)
    assert "listening_end" not in kiosk.page.types()
    await kiosk.say(type="listen_end")
    assert (await kiosk.turn_end()).outcome == "answered"
    assert len(kiosk.speech.last.fed) == 2 * len(FRAME)


async def test_freeing_or_ending_what_is_not_heard_does_nothing(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    for type in ("listen_free", "listen_end", "listen_cancel"):
        await kiosk.say(type=type)
    assert kiosk.page.types() == ["welcome", "alerts", "status"]


async def test_an_utterance_without_end_is_ended_at_the_limit(kiosk: Kiosk, station_settings: Settings) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="listen")
    await kiosk.page.until(lambda page: "listening" in page.types())
    for _ in range(int(station_settings.speech.longest_s * RATE * 2 / len(FRAME)) + 1):
        await kiosk.session.sound(FRAME)
    assert (await kiosk.turn_end()).outcome == "answered"
    assert [message.reason for message in kiosk.page.messages if isinstance(message, ListeningEnd)] == [Sign.TOO_LONG]


async def test_hush_stops_the_voice_at_once(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="say", text="next trains")
    await kiosk.page.until(lambda page: len(page.sound) > 0)
    await kiosk.say(type="hush")
    assert (await kiosk.turn_end()).outcome == "cancelled"
    assert len(kiosk.page.sound) < 32_000


async def test_the_voice_slows_down_when_asked_to_and_the_next_visitor_hears_it_as_ever(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    for count, intent in enumerate(["timetable_next_departures", "robot_slower", "air_quality_now"], start=1):
        await kiosk.say(type="ask", ask={"intent": intent})
        await kiosk.turn_end(count)
    await kiosk.say(type="reset")
    await kiosk.say(type="ask", ask={"intent": "air_quality_now"})
    await kiosk.turn_end(4)
    assert kiosk.speech.paces == ["normal", "slow", "slow", "normal"]


async def test_a_page_is_told_when_to_prompt_the_quiet(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    welcome = kiosk.page.messages[0]
    assert isinstance(welcome, Welcome)
    assert (welcome.quiet_s, welcome.idle_s) == (8, 60)


async def test_a_quiet_person_is_prompted_aloud_with_six_tiles(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="ko")
    await kiosk.say(type="ask", ask={"intent": "robot_quiet"})
    assert (await kiosk.turn_end()).outcome == "answered"
    reply = kiosk.turn().turn.replies[0]
    assert reply.speech == "천천히 하세요. 아래에서 하나를 누르거나 말로 물어보세요."
    assert reply.card is not None
    assert reply.card.type == "choices"
    assert len(reply.card.choices) == 6
    assert kiosk.speech.paces == ["normal"]


async def test_a_new_question_ends_the_one_before(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="listen")
    await kiosk.page.until(lambda page: "listening" in page.types())
    await kiosk.say(type="ask", ask={"intent": "air_quality_now", "slots": {}})
    assert (await kiosk.turn_end(1)).outcome == "cancelled"
    assert (await kiosk.turn_end(2)).outcome == "answered"
    assert kiosk.speech.open == 0


async def test_touch_and_typed_names_answer_while_dialogue_and_speech_are_down(kiosk: Kiosk) -> None:
    kiosk.dialogue.down = kiosk.speech.down = True
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="ask", ask={"intent": "timetable_next_departures", "slots": {"destination": "airport"}})
    assert (await kiosk.turn_end(1)).outcome == "answered"
    await kiosk.say(type="say", text="Airport")
    assert (await kiosk.turn_end(2)).outcome == "answered"
    await kiosk.say(type="say", text="would you be so kind and tell me a joke")
    assert (await kiosk.turn_end(3)).outcome == "answered"
    turns = [message.turn for message in kiosk.page.messages if isinstance(message, TurnMessage)]
    assert "Airport" in turns[0].replies[0].text
    assert turns[1].replies[0].text == turns[0].replies[0].text
    assert turns[2].suggestions
    await kiosk.say(type="listen")
    assert (await kiosk.turn_end(4)).outcome == "failed"
    problems = [message for message in kiosk.page.messages if isinstance(message, ProblemMessage)]
    assert problems[0].problem.code == "speech-unavailable"


async def test_a_page_is_told_what_works_when_it_comes(kiosk: Kiosk) -> None:
    kiosk.health = Health(components={"knowledge": "ready", "dialogue": "down"}, speech={})
    await kiosk.say(type="hello", language="en")
    status = kiosk.page.messages[-1]
    assert isinstance(status, Status)
    assert (status.status, status.components["dialogue"]) == ("degraded", "down")


async def test_a_turn_that_is_stopped_before_it_begins_ends_too(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="say", text="next trains")
    await kiosk.say(type="hush")
    assert (await kiosk.turn_end()).outcome == "cancelled"
    assert "turn" not in kiosk.page.types()


@pytest.mark.parametrize("question", [{"type": "say", "text": "열차"}, {"type": "listen"}])
async def test_the_first_question_after_a_long_silence_is_not_lost(kiosk: Kiosk, question: dict[str, str]) -> None:
    await kiosk.say(type="hello", language="ko")
    kiosk.clock.time += timedelta(seconds=61)
    await kiosk.say(**question)
    await kiosk.say(type="listen_end")
    assert (await kiosk.turn_end()).outcome == "answered"
    assert kiosk.page.types().count("welcome") == 2
    first, second = (message for message in kiosk.page.messages if isinstance(message, Welcome))
    assert (first.language, second.language) == ("ko", "ko")
    assert first.conversation_id != second.conversation_id
    assert kiosk.turn().turn.conversation_id == second.conversation_id


async def test_a_language_chosen_after_a_long_silence_is_told_once(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="ko")
    kiosk.clock.time += timedelta(seconds=61)
    await kiosk.say(type="language", language="en")
    assert kiosk.page.types() == ["welcome", "alerts", "status", "welcome"]
    assert kiosk.page.messages[-1].model_dump()["language"] == "en"


async def test_reset_wipes_the_conversation_everywhere(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="ko")
    await kiosk.say(type="say", text="열차")
    await kiosk.turn_end()
    await kiosk.say(type="reset")
    first, second = (message for message in kiosk.page.messages if isinstance(message, Welcome))
    assert first.conversation_id != second.conversation_id
    assert kiosk.dialogue.forgotten == [first.conversation_id]
    assert len(kiosk.turns.store) == 1


async def test_a_reset_to_an_unknown_language_keeps_the_conversation(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="ko")
    await kiosk.say(type="reset", language="xx")
    assert "problem" in kiosk.page.types()
    assert len(kiosk.turns.store) == 1
    await kiosk.say(type="say", text="열차")
    assert (await kiosk.turn_end()).outcome == "answered"


async def test_a_switched_language_is_told_and_kept(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="ask", ask={"intent": "languages_switch", "slots": {"language": "ko"}})
    await kiosk.turn_end()
    assert kiosk.turn().turn.language == "ko"
    await kiosk.say(type="say", text="열차")
    await kiosk.turn_end(2)
    assert kiosk.dialogue.heard == [("열차", "ko")]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "invalid-message"),
        ("{", "invalid-message"),
        ("null", "invalid-message"),
        ('{"type": "look"}', "invalid-message"),
        ('{"type": "hello", "language": "xx"}', "unknown-language"),
        ('{"type": "hello", "language": "../../etc"}', "invalid-message"),
        ('{"type": "say", "text": "hello"}', "unknown-conversation"),
        ('{"type": "listen"}', "unknown-conversation"),
        ('{"type": "say", "text": "' + "x" * 9000 + '"}', "invalid-message"),
        ('{"type": "ask", "ask": {"intent": "a", "slots": {"b": {}}}}', "invalid-message"),
    ],
)
async def test_what_does_not_fit_is_told_and_breaks_nothing(kiosk: Kiosk, raw: str, code: str) -> None:
    await kiosk.session.text(raw)
    await kiosk.page.until(lambda page: "problem" in page.types())
    problem = next(message for message in kiosk.page.messages if isinstance(message, ProblemMessage)).problem
    assert problem.code == code
    assert "xxx" not in problem.detail
    await kiosk.say(type="hello", language="en")
    assert kiosk.page.types()[-3:] == ["welcome", "alerts", "status"]


async def test_sound_outside_of_an_utterance_is_dropped(kiosk: Kiosk) -> None:
    await kiosk.session.sound(FRAME)
    await kiosk.say(type="hello", language="en")
    await kiosk.session.sound(FRAME)
    assert kiosk.page.types() == ["welcome", "alerts", "status"]


async def test_the_page_learns_of_warnings_with_its_hello_and_when_they_change(kiosk: Kiosk) -> None:
    await kiosk.session.alerts()
    assert kiosk.page.types() == [], "nobody has said hello"
    kiosk.board.views = [STORM]
    await kiosk.say(type="hello", language="en")
    await kiosk.session.alerts()
    assert kiosk.page.types() == ["welcome", "alerts", "status"]
    kiosk.board.views = []
    await kiosk.session.alerts()
    assert [message.alerts for message in kiosk.page.messages if isinstance(message, AlertsMessage)] == [[STORM], []]


async def test_an_alarm_ends_what_goes_on_and_nothing_is_said_beside_it(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="listen")
    await kiosk.page.until(lambda page: "listening" in page.types())
    kiosk.board.views = [SMOKE]
    await kiosk.session.alerts()
    assert (await kiosk.turn_end()).outcome == "cancelled"
    assert kiosk.page.types().index("alerts", 3) < kiosk.page.types().index("turn_end"), "the screen first"
    await kiosk.say(type="say", text="next trains")
    assert (await kiosk.turn_end(2)).outcome == "answered"
    assert "audio" not in kiosk.page.types()


async def test_a_warning_that_is_no_alarm_is_said_after_the_answer_once_a_conversation(kiosk: Kiosk) -> None:
    kiosk.board.views = [STORM, STORM.model_copy(update={"id": "a3", "status": "Exercise", "headline": {"en": "A drill."}})]
    await kiosk.say(type="hello", language="en")
    for _ in range(2):
        await kiosk.say(type="say", text="next trains")
        await kiosk.turn_end(kiosk.page.types().count("turn_end") + 1)
    assert [said == "A storm is coming." for said in kiosk.speech.spoken] == [False, True, False]
    assert "drill" not in " ".join(kiosk.speech.spoken)
    await kiosk.say(type="reset")
    await kiosk.say(type="say", text="next trains")
    await kiosk.turn_end(3)
    assert kiosk.speech.spoken[-1] == "A storm is coming.", "the next traveller hears it too"


async def test_many_warnings_do_not_swallow_the_answer(kiosk: Kiosk) -> None:
    kiosk.board.views = [STORM.model_copy(update={"id": f"w{number}", "headline": {"en": "long " * 200}}) for number in range(50)]
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="say", text="next trains")
    assert (await kiosk.turn_end()).outcome == "answered"
    assert len(kiosk.speech.spoken) == 3, "the answer, and two of them"
    assert len(kiosk.speech.spoken[0]) < 1000


async def test_an_announcement_is_played_by_the_page(kiosk: Kiosk) -> None:
    await kiosk.session.announce("a1", "en", Sound(rate=22_050, pcm=bytes(44)))
    (message,) = kiosk.page.messages
    assert message.model_dump() == {"type": "alert_audio", "alert_id": "a1", "language": "en", "rate": 22_050}
    assert kiosk.page.sound == bytes(44)
