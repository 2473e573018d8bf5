import random

import pytest

from benchmarks.figures import Figure
from benchmarks.understanding.__main__ import filled
from benchmarks.understanding.phrases import TOPICS, Phrase, few, held_out, masked, taught
from benchmarks.understanding.scores import accuracy, interval, recall_at

ASKED = [Phrase("a", "robot_sure"), Phrase("b", "robot_repeat"), Phrase("c", "robot_sure", "zh"), Phrase("d", "fallback_out_of_scope")]


def test_accuracy_leaves_out_what_is_out_of_scope() -> None:
    predicted = ["robot_sure", "robot_sure", "robot_sure", "robot_sure"]
    assert accuracy(ASKED, predicted) == (66.67, 2, 3)
    assert accuracy(ASKED, predicted, "zh") == (100.0, 1, 1)


def test_intervals() -> None:
    low, high = interval(95, 100)
    assert (round(low, 1), round(high, 1)) == (88.8, 97.8)
    assert interval(0, 0) == (0.0, 100.0)


def test_recall_at_a_share_of_false_rejections() -> None:
    asked = [Phrase(str(number), "robot_sure") for number in range(20)] + [Phrase("x", "oos"), Phrase("y", "oos")]
    assert recall_at(asked, [number / 20 for number in range(20)] + [0.01, 0.9], 0.05) == 50.0
    assert recall_at(asked[:20], [0.5] * 20, 0.05) is None


def test_names_are_filled_in_where_they_are_said_to_be() -> None:
    for text in ("from {stop2} to {stop}", "{stop} {stop2}", "{stop}?", "nothing", "to {stop} not {stop}"):
        whole, spans = filled(text, ["Millbrae", "X"], random.Random(3))  # noqa: S311
        assert "{" not in whole
        assert len(spans) == text.count("{")
        assert {whole[start:end] for start, end in spans} <= {"Millbrae", "X"}


def test_few_takes_as_many_of_each() -> None:
    phrases = [Phrase(f"{intent} {number}", intent) for intent in ("robot_sure", "robot_repeat") for number in range(9)]
    chosen = few(phrases, 4)
    assert len(chosen) == 8
    assert chosen == few(phrases, 4)
    assert chosen != few(phrases, 4, seed=1)


def test_what_is_held_out_is_a_third_of_all_and_of_every_intent() -> None:
    own, held = taught(), list(held_out())
    assert {(phrase.intent, phrase.language) for phrase in held} == {(phrase.intent, phrase.language) for phrase in own}
    assert 3 * len(held) >= len(own) + len(held)
    assert {phrase.topic for phrase in held} == set(TOPICS)
    assert not any("{" in phrase.text for phrase in masked(held))


@pytest.mark.parametrize(("value", "higher", "holds"), [(95.0, True, True), (94.9, True, False), (94.9, False, True), (None, True, None)])
def test_a_bar_holds_from_its_own_side(value: float | None, higher: bool, holds: bool | None) -> None:
    assert Figure(name="x", unit="%", value=value, bar=95, higher=higher).holds is holds
