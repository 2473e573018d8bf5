import time

import numpy as np
import pytest
from components.danger import heard
from components.ellipsis import elliptic_intent

INTENTS = ["air_quality_now", "emergency_fire", "emergency_medical", "smalltalk_greet"]


def row(*confidences: float) -> np.ndarray:
    return np.asarray(confidences, dtype=np.float32)


def best(confidences: np.ndarray) -> tuple[str, float]:
    return INTENTS[int(confidences.argmax())], round(float(confidences.max()), 2)


def test_emergencies_share_what_they_have() -> None:
    assert best(heard(INTENTS, row(0.3, 0.25, 0.2, 0.1))) == ("emergency_fire", 0.45)
    assert best(heard(INTENTS, row(0.6, 0.2, 0.1, 0.1))) == ("air_quality_now", 0.6)


def test_a_word_that_was_taken_for_a_stop_still_tells_of_danger() -> None:
    assert best(heard(INTENTS, row(0.8, 0.05, 0.05, 0.1), row(0.1, 0.2, 0.6, 0.1))) == ("emergency_medical", 0.8)
    assert best(heard(INTENTS, row(0.1, 0.2, 0.6, 0.1), row(0.8, 0.05, 0.05, 0.1))) == ("emergency_medical", 0.8)


def test_without_emergencies_nothing_changes() -> None:
    assert heard(["a", "b"], row(0.4, 0.3)).tolist() == pytest.approx([0.4, 0.3])


@pytest.mark.parametrize("text", ["서울 " + "이에요" * 160 + "뷁", "서울 " + "이랑" * 240 + "뷁", "서울 " + "이라고" * 160 + "뷁"])
def test_small_words_without_end_take_no_time(text: str) -> None:
    began = time.perf_counter()
    assert elliptic_intent(text, [{"entity": "stop", "start": 0, "end": 2, "value": "서울"}]) is None
    assert time.perf_counter() - began < 1
