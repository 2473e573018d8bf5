"""Endpointing without sound: frames of 32 ms, each as likely voice and as loud as the case says."""

from collections.abc import Sequence

import pytest

from assistant.speech.endpointing import FINAL, Endpointer, Limits, Sign

FRAME_S = 0.032
type Part = tuple[float, float, float]
"""Seconds, probability of voice, level in decibels."""

QUIET: Part = (0.5, 0.01, -70)
TRAVELLER: Part = (2.0, 0.99, -20)
SILENCE: Part = (10.0, 0.01, -70)
CROWD: Part = (10.0, 0.95, -38)


def signs(parts: Sequence[Part], limits: Limits | None = None) -> list[tuple[Sign, float]]:
    """What is noticed, and after how many seconds."""
    endpointer, now, found = Endpointer(limits or Limits()), 0.0, []
    for seconds, probability, level in parts:
        for _ in range(round(seconds / FRAME_S)):
            now += FRAME_S
            if (sign := endpointer.take(probability, 10 ** (level / 10), FRAME_S)) is not None:
                found.append((sign, now))
    return found


def names(parts: Sequence[Part]) -> list[Sign]:
    return [sign for sign, _ in signs(parts)]


def test_a_question_begins_and_ends() -> None:
    (_, began), (_, paused), (end, ended) = signs([QUIET, TRAVELLER, SILENCE])
    assert began == pytest.approx(0.6, abs=0.07)
    assert paused == pytest.approx(2.5 + 0.25, abs=0.1)
    assert end is Sign.END
    assert ended == pytest.approx(2.5 + 0.65, abs=0.1)


def test_a_short_pause_is_no_end() -> None:
    assert names([QUIET, TRAVELLER, (0.5, 0.01, -70), TRAVELLER, SILENCE]) == [
        Sign.START, Sign.PAUSE, Sign.RESUME, Sign.PAUSE, Sign.END,
    ]  # fmt: skip


def test_the_crowd_behind_the_traveller_does_not_keep_the_question_open() -> None:
    found = signs([(0.5, 0.95, -38), TRAVELLER, CROWD])
    assert found[-1][0] is Sign.END
    assert found[-1][1] == pytest.approx(2.5 + 0.65, abs=0.25)


def test_a_voice_that_falls_at_the_end_is_still_the_travellers() -> None:
    falling = [(0.1, 0.99, -20 - fall) for fall in range(0, 16, 3)]
    assert signs([QUIET, QUIET, TRAVELLER, *falling, SILENCE])[-1][1] == pytest.approx(3.0 + 0.6 + 0.65, abs=0.2)


def test_nobody_speaks() -> None:
    assert signs([SILENCE]) == [(Sign.NEVER_STARTED, pytest.approx(6.0, abs=0.05))]


def test_a_click_is_nobody() -> None:
    assert names([QUIET, (0.064, 0.99, -10), SILENCE]) == [Sign.NEVER_STARTED]


@pytest.mark.parametrize("level", [-20, -22])
def test_a_hall_as_loud_as_the_traveller_is_waited_for_no_longer_than_eight_seconds(level: float) -> None:
    """The worst case: what goes on after a second of speech cannot be told from it."""
    found = signs([QUIET, (1.0, 0.99, -20), (30.0, 0.99, level)])
    assert found[-1][0] is Sign.TOO_LONG
    assert found[-1][1] - 1.5 <= 8.1


def test_after_the_end_nothing_is_noticed_any_more() -> None:
    found = names([QUIET, TRAVELLER, (2.0, 0.01, -70), TRAVELLER, SILENCE])
    assert found[-1] in FINAL
    assert sum(sign in FINAL for sign in found) == 1


def test_the_limits_are_settings() -> None:
    patient = Limits(end_s=2.0, start_s=3.0)
    assert signs([QUIET, TRAVELLER, SILENCE], patient)[-1][1] == pytest.approx(4.5, abs=0.1)
    assert signs([SILENCE], patient)[0][1] == pytest.approx(3.0, abs=0.05)
