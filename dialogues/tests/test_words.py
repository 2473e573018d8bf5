import pytest
from components.words import fold, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("When's the next train?", ["When's", "the", "next", "train"]),
        ("去上海8点半", ["去", "上", "海", "8", "点", "半"]),
        ("서울역까지 가는 KTX", ["서울역까지", "가는", "KTX"]),
        ("去Oakland的车", ["去", "Oakland", "的", "车"]),
        ("!!!", []),
    ],
)
def test_words_of_each_script(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in words(text)] == expected


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("King's-Cross  St. Pancras", "kings cross st pancras"),
        ("Zürich Straße", "zurich strasse"),
        ("港口 中央 站", "港口中央站"),
        ("하버 센트럴", "하버센트럴"),
        ("A & B", "a and b"),
        ("３号线", "3号线"),
        ("", ""),
    ],
)
def test_folding_for_comparison(text: str, folded: str) -> None:
    assert fold(text)[0] == folded


@pytest.mark.parametrize("text", ["Straße nach İzmir", "ﬁne ß ŉ", "어디 に Ⅷ ½", "e\u0301tage"])
def test_every_folded_character_knows_where_it_stood(text: str) -> None:
    folded, origins = fold(text)
    assert len(folded) == len(origins)
    assert all(0 <= origin < len(text) for origin in origins)
    assert origins == sorted(origins)
