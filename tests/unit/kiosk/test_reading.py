"""Texts that the page wants to have read aloud: each ends once, and sounds never mix."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from assistant.kiosk.protocol import Audio, Read, Reading, ReadingEnd
from assistant.kiosk.voice import Said, Voice
from assistant.speech.models import Pace, Sound
from tests.fixtures.fakes import RecordingPage, ScriptedListening, ScriptedSpeech
from tests.fixtures.kiosk import SMOKE, STORM, Kiosk


def ends(page: RecordingPage) -> list[tuple[str, str]]:
    """Reading and outcome of each `reading_end`, in order."""
    return [(message.reading_id, message.outcome) for message in page.messages if isinstance(message, ReadingEnd)]


async def read(kiosk: Kiosk, reading_id: str, text: str = "Language, button", language: str = "en") -> None:
    await kiosk.say(type="read", reading_id=reading_id, text=text, language=language)


async def until_sound(kiosk: Kiosk) -> None:
    before = len(kiosk.page.sound)
    await kiosk.page.until(lambda page: len(page.sound) > before)


async def test_a_text_is_read_at_the_pace_of_the_conversation_and_ends_once(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="prefer", pace="fast")
    await read(kiosk, "r1")
    await kiosk.page.until(lambda page: bool(ends(page)))
    assert kiosk.page.types() == ["welcome", "alerts", "status", "reading", "reading_end"]
    assert ends(kiosk.page) == [("r1", "said")]
    assert len(kiosk.page.sound) == 32_000
    assert (kiosk.speech.spoken, kiosk.speech.paces) == (["Language, button"], ["fast"])


async def test_a_new_text_takes_the_place_of_the_one_before(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    for reading_id in ("r1", "r2", "r3"):
        await read(kiosk, reading_id)
    await kiosk.page.until(lambda page: len(ends(page)) == 3)
    assert ends(kiosk.page) == [("r1", "cancelled"), ("r2", "cancelled"), ("r3", "said")]


@pytest.mark.parametrize("message", [{"type": "hush"}, {"type": "reset"}, {"type": "listen"}, {"type": "language", "language": "ko"}])
async def test_what_ends_a_reading(kiosk: Kiosk, message: dict[str, str]) -> None:
    await kiosk.say(type="hello", language="en")
    await read(kiosk, "r1")
    await until_sound(kiosk)
    await kiosk.say(**message)
    assert ends(kiosk.page) == [("r1", "cancelled")]
    assert len(kiosk.page.sound) < 32_000


async def test_the_going_of_the_page_ends_a_reading(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await read(kiosk, "r1")
    await until_sound(kiosk)
    await kiosk.session.close()
    assert ends(kiosk.page) == [("r1", "cancelled")]


async def test_without_a_voice_or_in_an_unknown_language_nothing_can_be_read(kiosk: Kiosk) -> None:
    await read(kiosk, "r0")
    await kiosk.page.until(lambda page: ends(page) == [("r0", "said")])
    kiosk.speech.down = True
    await read(kiosk, "r1")
    await kiosk.page.until(lambda page: len(ends(page)) == 2)
    assert ends(kiosk.page)[1] == ("r1", "unable")
    assert "problem" not in kiosk.page.types()


async def test_a_failure_is_told_without_the_text(kiosk: Kiosk, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(text: str, language: str, *, pace: Pace = "normal") -> AsyncGenerator[Sound]:
        yield Sound(rate=16_000, pcm=b"")
        raise RuntimeError(text)

    monkeypatch.setattr(kiosk.speech, "synthesise", broken)
    await read(kiosk, "r1", "a private matter")
    await kiosk.page.until(lambda page: ends(page) == [("r1", "unable")])
    assert "private" not in "".join(capfd.readouterr())


async def test_the_speech_of_an_answer_ends_a_reading(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    kiosk.speech.pieces = 1000
    await read(kiosk, "r1")
    await until_sound(kiosk)
    kiosk.speech.pieces = 3
    await kiosk.say(type="ask", ask={"intent": "air_quality_now"})
    await kiosk.turn_end()
    types = kiosk.page.types()
    assert types.index("reading_end") < types.index("audio")
    assert ends(kiosk.page) == [("r1", "cancelled")]


async def test_a_reading_ends_the_speech_of_an_answer_and_the_turn_stays_answered(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    kiosk.speech.pieces = 1000
    await kiosk.say(type="ask", ask={"intent": "air_quality_now"})
    await until_sound(kiosk)
    kiosk.speech.pieces = 3
    await read(kiosk, "r1")
    assert (await kiosk.turn_end()).outcome == "answered"
    await kiosk.page.until(lambda page: ends(page) == [("r1", "said")])
    assert len(kiosk.page.sound) < 1000 * 3200


async def test_a_reading_while_the_answer_is_thought_of_leaves_the_turn_alone(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="say", text="next trains")
    await read(kiosk, "r1")
    assert (await kiosk.turn_end()).outcome == "answered"
    await kiosk.page.until(lambda page: len(ends(page)) == 1)
    assert "audio" in kiosk.page.types()


async def test_nothing_is_read_into_an_open_microphone(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="listen")
    await kiosk.page.until(lambda page: "listening" in page.types())
    await read(kiosk, "r1")
    assert ends(kiosk.page) == [("r1", "cancelled")]
    await kiosk.say(type="listen_end")
    assert (await kiosk.turn_end()).outcome == "answered"


async def test_what_can_be_read_after_a_microphone_that_failed(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("broken")

    await kiosk.say(type="hello", language="en")
    kiosk.speech.down = True
    await kiosk.say(type="listen")
    assert (await kiosk.turn_end()).outcome == "failed"
    kiosk.speech.down = False
    await read(kiosk, "r1")
    await kiosk.page.until(lambda page: ends(page) == [("r1", "said")])
    monkeypatch.setattr(ScriptedListening, "feed", broken)
    await kiosk.say(type="listen")
    await kiosk.page.until(lambda page: "listening" in page.types())
    await kiosk.session.sound(bytes(3200))
    assert (await kiosk.turn_end(2)).outcome == "failed"
    await read(kiosk, "r2")
    await kiosk.page.until(lambda page: ends(page)[1:] == [("r2", "said")])


async def test_an_alarm_that_is_withdrawn_in_the_middle_of_a_sentence_keeps_nothing_from_being_read(kiosk: Kiosk) -> None:
    kiosk.board.views = [SMOKE]
    await kiosk.say(type="hello", language="en")
    await kiosk.session.announce("a1", "en", Sound(rate=16_000, pcm=bytes(3_200_000)))
    await read(kiosk, "r1")
    kiosk.board.views = [STORM]
    await kiosk.session.alerts()
    await read(kiosk, "r2")
    await kiosk.page.until(lambda page: len(ends(page)) == 2)
    assert ends(kiosk.page) == [("r1", "cancelled"), ("r2", "said")]


async def test_the_way_out_can_be_read_while_an_alarm_stands(kiosk: Kiosk) -> None:
    await kiosk.say(type="hello", language="en")
    await read(kiosk, "r1")
    await until_sound(kiosk)
    kiosk.board.views = [SMOKE]
    await kiosk.session.alerts()
    assert ends(kiosk.page) == [("r1", "cancelled")], "the alarm ends what is being read"
    await read(kiosk, "r2", "Leave by the north exit.")
    await kiosk.page.until(lambda page: ends(page)[1:] == [("r2", "said")])


class Ticks:
    """Seconds that pass by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_nothing_is_read_while_an_announcement_sounds() -> None:
    page, ticks = RecordingPage(), Ticks()
    voice = Voice(page, ScriptedSpeech(), ticks)
    one = Read(reading_id="r1", text="Exit", language="en")
    await voice.read(one, "normal")
    await page.until(lambda page: len(page.sound) > 0)
    await voice.alarm("a1", "en", Sound(rate=16_000, pcm=bytes(64_000)))
    assert page.types() == ["reading", "reading_end", "alert_audio"]
    ticks.now = 1.9
    await voice.read(one, "normal")
    assert ends(page) == [("r1", "cancelled")] * 2
    ticks.now = 2.0
    await voice.read(one, "normal")
    await page.until(lambda page: ends(page)[2:] == [("r1", "said")])


async def test_frames_belong_to_the_message_before_them() -> None:
    class Ordered(RecordingPage):
        """Notes which message each frame came after."""

        def __init__(self) -> None:
            super().__init__()
            self.order = list[str]()

        async def send_sound(self, pcm: bytes) -> None:
            await asyncio.sleep(0)
            last = next(message for message in reversed(self.messages) if isinstance(message, Audio | Reading))
            self.order.append(last.type)
            await super().send_sound(pcm)

    page, speech = Ordered(), ScriptedSpeech()
    voice = Voice(page, speech)
    said = [Said(speech="spoken", text="shown")]
    answers = [asyncio.create_task(voice.answer(f"t{number}", said, "en", "normal")) for number in range(2)]
    for number in range(2):
        await voice.read(Read(reading_id=f"r{number}", text="Exit", language="en"), "normal")
    answers.append(asyncio.create_task(voice.answer("t2", said, "en", "normal")))
    await asyncio.gather(*answers)
    assert page.order == ["audio"] * speech.pieces, "the last one alone is said to its end"
    assert [outcome for _, outcome in ends(page)] == ["cancelled", "cancelled"]


async def test_captions_tell_what_is_said(kiosk: Kiosk) -> None:
    kiosk.board.views = [STORM]
    await kiosk.say(type="hello", language="en")
    await kiosk.say(type="say", text="next trains")
    await kiosk.turn_end()
    turn = kiosk.turn().turn
    audios = [message for message in kiosk.page.messages if isinstance(message, Audio)]
    assert [audio.text for audio in audios] == [turn.replies[0].text, "A storm is coming."]
    assert {audio.turn_id for audio in audios} == {turn.id}
