"""One suite over every recogniser, the scripted one included; what the real ones hear in recordings of people."""

import random
import wave
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.speech import catalogue, store
from assistant.speech.activity import VoiceActivity
from assistant.speech.models import RATE
from assistant.speech.recognizers.scripted import ScriptedRecognizer
from assistant.speech.recognizers.two_pass import TwoPassRecognizer
from assistant.speech.recognizers.vosk import VoskRecognizer
from assistant.speech.recognizers.whisper import WhisperRecognizer
from assistant.speech.strange_names import strange_names
from assistant.speech.worker.ports import Recognizer
from tests.conftest import MODELS

PIECE = RATE // 10 * 2


@pytest.fixture(scope="module")
def whisper() -> WhisperRecognizer:
    return WhisperRecognizer(store.path_of(catalogue.WHISPER_BASE, MODELS))


@pytest.fixture(scope="module")
def vosk() -> VoskRecognizer:
    return VoskRecognizer(store.path_of(catalogue.VOSK_KO_PACKAGE, MODELS))


@pytest.fixture(scope="module")
def both(vosk: VoskRecognizer, whisper: WhisperRecognizer) -> TwoPassRecognizer:
    return TwoPassRecognizer(vosk, whisper)


@pytest.fixture(params=["scripted", "vosk", "whisper", "both"])
def recognizer(request: pytest.FixtureRequest) -> Recognizer:
    if request.param == "scripted":
        return ScriptedRecognizer(["기차도 전기도 없었다"])
    engine: Recognizer = request.getfixturevalue(request.param)
    return engine


def recording(shared_data: Path, name: str) -> bytes:
    with wave.open(str(shared_data / "speech" / name)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (RATE, 1, 2)
        return sound.readframes(sound.getnframes())


@pytest.fixture
def korean(shared_data: Path) -> bytes:
    return recording(shared_data, "ko-permissive/koreanfa_fv01_t01_s01.wav")


def hear(recognizer: Recognizer, language: str, pcm: bytes, vocabulary: list[str] | None = None) -> tuple[str, list[str]]:
    """The text, and the captions on the way."""
    utterance = recognizer.open(language, vocabulary or [])
    activity = VoiceActivity()
    captions = []
    for at in range(0, len(pcm), PIECE):
        activity.feed(pcm[at : at + PIECE])
        captions.append(utterance.accept(pcm[at : at + PIECE], activity.voice))
    found = utterance.finish()
    assert all(0 <= item.confidence <= 1 for item in found)
    assert [item.confidence for item in found] == sorted((item.confidence for item in found), reverse=True)
    assert len({item.text for item in found}) == len(found)
    return found[0].text if found else "", [caption for caption in captions if caption]


def test_speech_is_heard_and_captioned(recognizer: Recognizer, korean: bytes) -> None:
    text, captions = hear(recognizer, "ko", korean)
    assert "없었다" in text
    assert captions
    assert recognizer.captions


@pytest.mark.parametrize("pcm", [b"", bytes(2), bytes(2 * RATE * 3)], ids=["no sound", "one sample", "three seconds of silence"])
def test_silence_is_nothing_said(recognizer: Recognizer, pcm: bytes) -> None:
    assert hear(recognizer, "ko", pcm) == ("", [])


def test_utterances_do_not_mix(recognizer: Recognizer, korean: bytes) -> None:
    with ThreadPoolExecutor(2) as threads:
        speech = threads.submit(hear, recognizer, "ko", korean)
        silence = threads.submit(hear, recognizer, "ko", bytes(len(korean)))
        assert "없었다" in speech.result()[0]
        assert silence.result()[0] == ""


def test_half_a_sample_does_no_harm(recognizer: Recognizer, korean: bytes) -> None:
    assert "없었다" in hear(recognizer, "ko", korean + b"\0")[0]


def test_what_is_heard_badly_has_other_hypotheses(whisper: WhisperRecognizer, shared_data: Path) -> None:
    """A person says 换一首歌 ("another song"); Whisper's first idea is another first word, and the right one is among the rest."""
    utterance, activity = whisper.open("zh", []), VoiceActivity()
    pcm = recording(shared_data, "zh-mixed/firered_IT0011W0001.wav")
    activity.feed(pcm)
    utterance.accept(pcm, activity.voice)
    first, *others = utterance.finish()
    assert first.confidence < 0.75
    assert any("一首歌" in item.text for item in others)
    assert len({item.text.strip("。") for item in (first, *others)}) == 1 + len(others), "signs alone make no hypothesis"


@pytest.mark.parametrize("engine", ["vosk", "whisper", "both"])
def test_noise_is_nothing_said(engine: str, request: pytest.FixtureRequest) -> None:
    noise = random.Random(3)  # noqa: S311  noise, not a secret
    pcm = b"".join(noise.randint(-2000, 2000).to_bytes(2, "little", signed=True) for _ in range(2 * RATE))
    assert hear(request.getfixturevalue(engine), "ko", pcm)[0] == ""


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        ("en", "en-mixed/azure_whatstheweatherlike.wav", ["what's the weather like"]),
        ("en", "en-mixed/pv_cheetah_platforms.wav", ["platforms 1 and 3"]),
        ("zh", "zh-mixed/firered_BAC009S0764W0121.wav", ["甚至出现", "的情况"]),
        ("ko", "ko-permissive/koreanfa_fv01_t01_s02.wav", ["라디오도 영화도 몰랐다"]),
    ],
)
def test_whisper_hears_people_in_three_languages(
    whisper: WhisperRecognizer, shared_data: Path, language: str, name: str, words: list[str]
) -> None:
    text = hear(whisper, language, recording(shared_data, name))[0].lower()
    assert all(word in text for word in words), text


def test_whisper_writes_simplified_characters(whisper: WhisperRecognizer, shared_data: Path) -> None:
    text = hear(whisper, "zh", recording(shared_data, "zh-mixed/masr_test.wav"))[0]
    assert set(text) & set("几书给儿压钱劝亲")
    assert not set(text) & set("歲幾書給兒壓錢勸親")


def test_a_name_of_the_vocabulary_is_written_as_it_stands_there(whisper: WhisperRecognizer, shared_data: Path) -> None:
    pcm = recording(shared_data, "en-mixed/mycroft_weather_mycroft.wav")
    assert "Mycroft" not in hear(whisper, "en", pcm)[0]
    assert "Mycroft" in hear(whisper, "en", pcm, ["Mycroft", "Riverside"])[0]


def test_a_vocabulary_without_end_fits_the_prompt(whisper: WhisperRecognizer, shared_data: Path) -> None:
    names = [f"Street number {number} of the long list" for number in range(500)]
    text = hear(whisper, "en", recording(shared_data, "en-mixed/azure_whatstheweatherlike.wav"), names)[0]
    assert "weather" in text


def test_words_that_vosk_cannot_write_are_known(vosk: VoskRecognizer) -> None:
    assert vosk.knows("공항")
    assert not vosk.knows("윈터힐")
    found = strange_names(["공항", "노스비치", "캐슬록"], vosk.knows)
    assert [item.name for item in found] == ["캐슬록"]
