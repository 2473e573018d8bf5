import pytest

from assistant.speech.synthesizers.sentences import split


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The next train leaves at 8:15. Platform 3.", ["The next train leaves at 8:15.", "Platform 3."]),
        ("It is 2.5 km away.", ["It is 2.5 km away."]),
        ("Really?! Yes", ["Really?!", "Yes"]),
        ("下一班八点十五分开。在三号站台。", ["下一班八点十五分开。", "在三号站台。"]),
        ("무엇을 도와드릴까요? 말씀하세요.", ["무엇을 도와드릴까요?", "말씀하세요."]),
        ("one\ntwo", ["one", "two"]),
        ("...", []),
        ("", []),
    ],
)
def test_a_text_is_cut_where_its_sentences_end(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences
