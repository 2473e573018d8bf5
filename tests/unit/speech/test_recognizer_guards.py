"""What keeps a recogniser's inventions away from the traveller."""

import pytest

from assistant.speech.recognizers import vosk, whisper

NAMES = ["Riverside", "Queen's Hill", "Airport", "University"]


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("Riverside, Queen's Hill, Airport", True),
        ("riverside, airport, university.", True),
        ("Riverside, Airport", False),  # somebody may well answer so
        ("A ticket to Riverside, the Airport, and University", False),
        ("Riverside, Airport, Airport, University, Airpo", True),
        ("以下是普通话的句子。", True),
        ("啥以下是普通话的句子", True),
        ("", False),
    ],
)
def test_what_the_prompt_said_is_an_echo(text: str, echo: bool) -> None:
    assert whisper._echoes(text, NAMES, whisper.STYLE["zh"]) is echo


@pytest.mark.parametrize(
    ("text", "loop"),
    [("4-3-" * 20, True), ("轻" * 40, True), ("when is the next train to the airport", False), ("是的", False), ("", False)],
)
def test_a_text_that_repeats_itself_is_a_loop(text: str, loop: bool) -> None:
    assert whisper._loops(text) is loop


def test_vosks_scores_become_shares() -> None:
    ranked = vosk._ranked([("one", 300.0), ("two", 300.0), ("three", -1000.0)])
    assert [round(item.confidence, 3) for item in ranked] == [0.5, 0.5, 0.0]


def test_pieces_between_pauses_are_joined_with_the_least_confidence() -> None:
    joined = vosk._joined([vosk.Alternative(text="공항", confidence=0.9), vosk.Alternative(text="어디", confidence=0.4)])
    assert (joined.text, joined.confidence) == ("공항 어디", 0.4)


def test_numerals_lose_the_brackets_of_the_korean_models() -> None:
    assert vosk._plain(" [3] 번 승강장 [12] ") == "3 번 승강장 12"
