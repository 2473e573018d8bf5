"""One suite over every synthesiser, and espeak-ng's own traps."""

import array
import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import onnxruntime
import pytest

from assistant.errors import Unavailable
from assistant.speech import catalogue, store, wav
from assistant.speech.activity import VoiceActivity
from assistant.speech.models import RATE, Pace, Sound
from assistant.speech.recognizers.whisper import WhisperRecognizer
from assistant.speech.synthesizers import espeak
from assistant.speech.synthesizers.espeak import EspeakSynthesizer
from assistant.speech.synthesizers.piper import PiperSynthesizer
from assistant.speech.synthesizers.silent import SilentSynthesizer
from assistant.speech.worker.ports import Synthesizer
from tests.conftest import MODELS

HELLO = {"en": "The next train leaves at ten.", "zh": "下一班列车十点开。", "ko": "다음 열차는 열 시에 출발합니다."}


@pytest.fixture
async def voice() -> AsyncIterator[EspeakSynthesizer]:
    synthesizer = EspeakSynthesizer()
    assert await synthesizer.start()
    yield synthesizer
    await synthesizer.close()


@pytest.fixture(params=["silent", "pyttsx3", "piper"])
async def synthesizer(request: pytest.FixtureRequest) -> AsyncIterator[Synthesizer]:
    engine: Synthesizer
    match request.param:
        case "silent":
            engine = SilentSynthesizer()
        case "piper":
            onnxruntime.set_seed(1)  # its length varies by a tenth from one time to the next: here always in the same way
            engine = PiperSynthesizer(store.path_of(catalogue.PIPER_EN_JOE, MODELS))
        case _:
            engine = EspeakSynthesizer()
    yield engine
    await engine.close()


def seconds(sound: Sound) -> float:
    return len(sound.pcm) / 2 / sound.rate


def same_length(one: Sound, other: Sound) -> bool:
    """Engines vary by a few hundredths; a rate or a piece that got lost makes more of a difference."""
    return abs(seconds(one) - seconds(other)) < 0.1 * seconds(other)


def loudest(sound: Sound) -> int:
    return max(abs(sample) for sample in array.array("h", sound.pcm))


async def test_a_sentence_takes_as_long_as_people_take(synthesizer: Synthesizer) -> None:
    sound = await synthesizer.speak(HELLO["en"], "en")
    assert 0.8 < seconds(sound) < 4
    assert (loudest(sound) > 1000) is (synthesizer.name != "silent")


async def test_slow_speech_takes_longer_and_only_while_asked_for(synthesizer: Synthesizer) -> None:
    async def together(pace: Pace) -> float:
        return sum([seconds(await synthesizer.speak(HELLO["en"], "en", pace=pace)) for _ in range(10)])

    normal, slow, again = [await together(pace) for pace in ("normal", "slow", "normal")]
    assert 1.2 * normal <= slow <= 2 * normal
    assert abs(again - normal) < 0.15 * normal


async def test_a_language_can_be_spoken_quicker(synthesizer: Synthesizer) -> None:
    quick: Synthesizer
    match synthesizer:
        case PiperSynthesizer():
            quick = PiperSynthesizer(store.path_of(catalogue.PIPER_EN_JOE, MODELS), {"en": 1.4})
        case SilentSynthesizer():
            quick = SilentSynthesizer({"en": 1.4})
        case _:
            quick = EspeakSynthesizer(speeds={"en": 1.4})
    normal, quicker = [sum([seconds(await each.speak(HELLO["en"], "en")) for _ in range(3)]) for each in (synthesizer, quick)]
    await quick.close()
    assert 0.6 * normal < quicker < 0.9 * normal


@pytest.mark.parametrize("language", HELLO)
async def test_every_language_of_the_voice_slows_down(voice: EspeakSynthesizer, language: str) -> None:
    normal, slow = [await voice.speak(HELLO[language], language, pace=pace) for pace in ("normal", "slow")]
    assert seconds(slow) >= 1.2 * seconds(normal)


async def test_two_sentences_at_once_are_both_whole(synthesizer: Synthesizer) -> None:
    alone = await synthesizer.speak(HELLO["en"], "en")
    both = await asyncio.gather(*(synthesizer.speak(HELLO["en"], "en") for _ in range(2)))
    assert all(abs(seconds(sound) - seconds(alone)) < 0.5 for sound in both)


async def test_nothing_is_lost_between_languages(voice: EspeakSynthesizer) -> None:
    alone = {language: await voice.speak(text, language) for language, text in HELLO.items()}
    jobs = [language for _ in range(10) for language in HELLO]
    sounds = await asyncio.gather(*(voice.speak(HELLO[language], language) for language in jobs))
    for language, sound in zip(jobs, sounds, strict=True):
        assert same_length(sound, alone[language])


async def test_the_chinese_voice_speaks_chinese(voice: EspeakSynthesizer) -> None:
    """Debian 12's own Mandarin voice reads every character as English letters and a number; Whisper is the judge."""
    sound = await voice.speak("空气质量怎么样", "zh")
    assert "空气" in heard(sound, "zh")


async def test_the_english_voice_speaks_english(voice: EspeakSynthesizer) -> None:
    assert "where is the toilet" in heard(await voice.speak("Where is the toilet?", "en"), "en").lower()


def heard(sound: Sound, language: str) -> str:
    utterance = WhisperRecognizer(store.path_of(catalogue.WHISPER_BASE, MODELS)).open(language, [])
    pcm, activity = bytes(RATE) + wav.decode(wav.encode(sound.pcm, sound.rate), 10) + bytes(RATE), VoiceActivity()
    activity.feed(pcm)
    utterance.accept(pcm, activity.voice)
    found = utterance.finish()
    return found[0].text if found else ""


async def test_a_voice_that_was_killed_speaks_again(voice: EspeakSynthesizer) -> None:
    assert voice._process is not None
    before = voice._process.pid
    os.kill(before, signal.SIGKILL)
    assert seconds(await voice.speak(HELLO["en"], "en")) > 0.8
    assert voice._process.pid != before


async def test_a_voice_that_hangs_is_replaced(voice: EspeakSynthesizer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "JOB_S", 0.5)
    assert voice._process is not None
    before = voice._process.pid
    os.kill(before, signal.SIGSTOP)
    assert seconds(await voice.speak(HELLO["en"], "en")) > 0.8
    assert voice._process.pid != before


async def test_giving_up_on_a_sentence_does_not_shift_the_next_answer(voice: EspeakSynthesizer) -> None:
    alone = await voice.speak(HELLO["en"], "en")
    job = asyncio.create_task(voice.speak("A long sentence that nobody wants to hear any more. " * 20, "en"))
    await asyncio.sleep(0.01)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    assert same_length(await voice.speak(HELLO["en"], "en"), alone)


@pytest.mark.parametrize("code", ["raise SystemExit(1)", "import sys, time; time.sleep(60)", "print('abc')"])
async def test_a_voice_that_cannot_start_is_unavailable(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "START_S", 1.0)
    synthesizer = EspeakSynthesizer((sys.executable, "-c", code))
    assert not await synthesizer.start()
    with pytest.raises(Unavailable):
        await synthesizer.speak("hello", "en")
    await synthesizer.close()


async def test_the_voice_leaves_no_file(voice: EspeakSynthesizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HOME", "TMPDIR"):
        monkeypatch.setenv(variable, str(tmp_path))
    fresh = EspeakSynthesizer()
    await fresh.speak(HELLO["ko"], "ko")
    await fresh.close()
    assert os.listdir(tmp_path) == []
