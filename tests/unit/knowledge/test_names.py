"""What a piece of text may mean."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.knowledge import Knowledge
from assistant.knowledge.names import Named, Names, normalise, pick

Open = Callable[..., Knowledge]
STOPS = {
    "union": {"": "Union Station", "zh": "联合站", "ko": "유니언역"}, "metro": {"": "Metro Center", "ko": "메트로센터"},
    "plaza": {"": "L'Enfant Plaza"}, "george": {"": "King St-Old Town"}, "cafe": {"": "Café Royal"}, "green": {"": "Green Park"},
    "valley": {"": "Green Valley"},
}


@pytest.fixture
def names() -> Names:
    return Names([Named(kind="stop", id=key, names=value) for key, value in STOPS.items()])


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Union Station", "union"), ("union", "union"), ("to the Union Station!", "union"), ("联合", "union"), ("联合站", "union"),
        ("유니언", "union"), ("유니언역에서", "union"), ("유니언 역", "union"), ("lenfant plaza", "plaza"), ("l’enfant plaza", "plaza"),
        ("king st old town", "george"), ("cafe royal", "cafe"), ("METRO CENTER STATION", "metro"), ("메트로 센터까지", "metro"),
    ],
)
def test_a_name_letter_by_letter_is_certain(names: Names, text: str, id: str) -> None:
    [match] = names.match(text, language="en")
    assert (match.id, match.confidence) == (id, 1.0)


@pytest.mark.parametrize(("text", "id"), [("metro centre", "metro"), ("unoin", "union"), ("infant plaza", "plaza"), ("old town", "george")])
def test_a_near_name_is_found_but_not_certain(names: Names, text: str, id: str) -> None:
    match = names.match(text, language="en")[0]
    assert match.id == id
    assert 0.6 < match.confidence < 1.0


def test_a_word_of_two_names_gives_both(names: Names) -> None:
    assert {match.id for match in names.match("green", language="en")} == {"green", "valley"}


@pytest.mark.parametrize("text", ["", "  ", "!!!", "nowhere at all", "station", "역", "x"])
def test_what_is_no_name_matches_nothing(names: Names, text: str) -> None:
    assert names.match(text, language="en") == []


def test_the_name_comes_in_the_language_asked_for(names: Names) -> None:
    assert [names.match("union", language=language)[0].name for language in ("en", "zh", "ko")] == ["Union Station", "联合站", "유니언역"]


def test_kinds_and_limit_narrow(knowledge: Open) -> None:
    city = knowledge("places: [{id: loo, name: Mid Town Toilets, category: toilet}]\n")
    assert {match.kind for match in city.match("mid town", language="en")} == {"stop"}
    assert [match.kind for match in city.match("mid town", language="en", kinds={"place"})] == ["place"]
    assert city.match("mid town", language="en", kinds={"line"}) == []
    assert len(city.match("green", language="en", limit=1)) <= 1


@pytest.mark.parametrize(
    ("text", "id"),
    [("R1", "r1"), ("r 1", "r1"), ("line R1", "r1"), ("r one", "r1"), ("river line", "r1"), ("R一号线", "r1"), ("R2호선", "r2")],
)
def test_lines_are_called_many_things(knowledge: Open, text: str, id: str) -> None:
    assert [(match.id, match.confidence) for match in knowledge().match(text, language="en", kinds={"line"})] == [(id, 1.0)]


@pytest.mark.parametrize(
    ("text", "category"),
    [("restroom", "toilet"), ("厕所", "toilet"), ("화장실", "toilet"), ("the ATM", "atm"), ("물품보관함", "luggage")],
)
def test_kinds_of_places_in_three_languages(knowledge: Open, text: str, category: str) -> None:
    match = knowledge().match(text, language="ko")[0]
    assert (match.kind, match.id, match.confidence) == ("category", category, 1.0)


@pytest.mark.parametrize(
    ("language", "expected"), [("zh", "简"), ("zh-hant", "繁"), ("en", "own"), ("ko", "own")]
)
def test_simplified_chinese_before_traditional(language: str, expected: str) -> None:
    assert pick({"": "own", "zh-hant": "繁", "zh-hans": "简"}, language) == expected


@given(st.text())
@example("𝑨 ＆ ß")
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
