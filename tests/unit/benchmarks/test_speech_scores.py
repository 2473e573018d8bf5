"""How what was heard is compared, and the figures that the choice of an engine goes by."""

import json

import numpy as np
import pytest

from assistant.speech import catalogue
from benchmarks.figures import RESULTS
from benchmarks.speech import sounds
from benchmarks.speech.scores import comparable, error_rate, in_words, names_it


@pytest.mark.parametrize(
    ("said", "heard", "language", "percent"),
    [
        ("ten of clubs", "10 of Clubs.", "en", 0),
        ("seven of clubs", "seven clubs", "en", 100 / 3),
        ("platform twenty one", "Platform 21", "en", 0),
        ("早上九点", "早上9点。", "zh", 0),
        ("换一首歌", "坏一首歌", "zh", 25),
        ("기차도 전기도", "기차도전기도", "ko", 0),
    ],
)
def test_error_rates(said: str, heard: str, language: str, percent: float) -> None:
    assert error_rate([(said, heard)], language) == pytest.approx(percent)


def test_numbers_in_words() -> None:
    assert [in_words(digits) for digits in ("0", "8", "13", "20", "42", "05", "105")] == [
        "zero", "eight", "thirteen", "twenty", "forty two", "zero five", "one zero five",
    ]  # fmt: skip
    assert comparable("Don’t", "en") == ["don't"]


def test_a_name_is_found_however_it_is_written_together() -> None:
    assert names_it("a train to stone bridge", "Stonebridge", "en")
    assert not names_it("a train to stone", "Stonebridge", "en")


def test_noise_is_as_loud_as_it_is_said_to_be() -> None:
    random = np.random.default_rng(1)
    speech = np.zeros(32000, np.float32)
    speech[8000:24000] = np.sin(np.arange(16000) / 5).astype(np.float32) / 4
    noise = random.standard_normal(16000).astype(np.float32)
    mixed = sounds.in_noise(speech, noise, 10, lead_s=1, tail_s=1, seed=2)
    assert len(mixed) == 64000
    added = mixed[:16000]
    assert 10 * np.log10(sounds.speech_power(speech) / np.mean(added**2)) == pytest.approx(10, abs=0.3)
    found = sounds.spoken(speech)
    assert (found.start_s, found.end_s) == (pytest.approx(0.5, abs=0.03), pytest.approx(1.5, abs=0.03))


def test_the_choice_of_engines_goes_by_the_committed_figures() -> None:
    figures = {figure["name"]: figure["value"] for figure in json.loads((RESULTS / "speech.json").read_text(encoding="utf-8"))["figures"]}
    understood = [language for language in ("en", "zh", "ko") if figures[f"intents understood, synthetic speech, {language}, clean"] >= 50]
    assert sorted(catalogue.WHISPER_BASE.success) == understood, "where the voice itself is not understood nothing was measured"
    for language in understood:
        at_ten = [figures[f"intents understood, synthetic speech, {language}, {kind} at 10 dB"] for kind in ("crowd", "mall")]
        assert catalogue.WHISPER_BASE.success[language] == pytest.approx(sum(at_ten) / len(at_ten) / 100, abs=0.006)
