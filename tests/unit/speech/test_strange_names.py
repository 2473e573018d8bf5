"""Which names a recogniser with a fixed list of words cannot write."""

import pytest

from assistant.speech.strange_names import strange_names

WORDS = set("platform mill stone bridge north gate central and the oaklant old 노스 게이트 중앙 역 北 门".split())


@pytest.mark.parametrize(
    ("name", "words", "nearest"),
    [
        ("Stonebridge", ("stonebridge",), ("stone bridge",)),
        ("Oakland Central", ("oakland",), ("oaklant central",)),
        ("Northgate and Millgate", ("northgate", "millgate"), ("north gate and mill gate",)),
        ("Fruitvale", ("fruitvale",), ()),
        ("윈터힐", ("윈터힐",), ()),
        ("北京", ("北京",), ()),
    ],
)
def test_a_name_with_unknown_words(name: str, words: tuple[str, ...], nearest: tuple[str, ...]) -> None:
    found = strange_names([name, name], WORDS.__contains__)
    assert [(item.name, item.words, item.nearest) for item in found] == [(name, words, nearest)]


@pytest.mark.parametrize("name", ["Central", "The North Gate", "노스게이트", "北门", "Platform 3", "", "42"])
def test_a_name_that_can_be_written(name: str) -> None:
    assert strange_names([name], WORDS.__contains__) == []
