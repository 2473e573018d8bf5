"""What a piece of text may mean."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.knowledge import Knowledge
from assistant.knowledge.names import CLEAR, Named, Names, normalise, pick

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


MILLS = Names(
    [
        Named(kind="stop", id="brae", names={"": "Millbrae", "zh": "密尔布雷", "ko": "밀브레"}),
        Named(kind="stop", id="ville", names={"": "Millville", "zh": "密尔维尔", "ko": "밀빌"}),
        Named(kind="stop", id="oakland", names={"": "Oakland", "zh": "奥克兰", "ko": "오클랜드"}),
        Named(kind="stop", id="north", names={"": "North Fremont", "zh": "北弗里蒙特", "ko": "북프리몬트"}),
        Named(kind="stop", id="12th", names={"": "12th Street"}),
        Named(kind="stop", id="16th", names={"": "16th Street"}),
        Named(kind="line", id="5", names={"": "5"}, aliases=("line 5",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Millbury", "brae"), ("milbray", "brae"), ("mill brae", "brae"), ("oaklend", "oakland"), ("okeland", "oakland"),
        ("澳克兰", "oakland"), ("奥克蓝", "oakland"), ("奥克南站", "oakland"), ("오클렌드", "oakland"), ("오크랜드역까지", "oakland"),
    ],
)
def test_a_name_that_only_one_sounds_like_is_taken_as_meant(text: str, id: str) -> None:
    match = MILLS.match(text, language="en", kinds={"stop"})[0]
    assert match.id == id
    assert CLEAR <= match.confidence < 1.0


@pytest.mark.parametrize(
    ("text", "ids"),
    [("Millvray", {"brae", "ville"}), ("14th street", {"12th", "16th"}), ("south fremont", {"north"}), ("南弗里蒙特", {"north"}),
     ("line 15", {"5"})],
)  # fmt: skip
def test_names_that_may_be_meant_are_offered_and_none_taken(text: str, ids: set[str]) -> None:
    matches = MILLS.match(text, language="en")
    assert {match.id for match in matches} == ids
    assert all(match.confidence < CLEAR for match in matches)


@pytest.mark.parametrize("text", ["Munich", "Ontario", "慕尼黑", "뮌헨", "ミュンヘン", "train", "platform three"])
def test_what_sounds_like_no_name_is_unknown(text: str) -> None:
    assert MILLS.match(text, language="en") == []


@pytest.mark.parametrize(
    ("text", "said", "id"),
    [
        ("when does the next train to milbray leave please", "milbray", "brae"), ("um okeland I think", "okeland", "oakland"),
        ("how do I get to mill brae", "mill brae", "brae"), ("请问去奥克蓝的车几点开", "奥克蓝", "oakland"),
        ("我要去澳克兰", "澳克兰", "oakland"),
        ("오클렌드 가는 열차 언제 있어요", "오클렌드", "oakland"), ("밀 브레까지 얼마예요", "밀 브레까지", "brae"),
    ],
)
def test_a_name_is_spotted_in_a_whole_message(text: str, said: str, id: str) -> None:
    spotted = MILLS.spot(text, language="en")
    assert [(text[found.start : found.end], found.matches[0].id) for found in spotted] == [(said, id)]


@pytest.mark.parametrize(
    "text",
    [
        "is there a lift to platform two", "where can I leave my luggage", "what time is it now", "my phone is broken", "thank you so much",
        "请问厕所在哪里", "现在空气怎么样", "我的包丢了", "화장실이 어디예요", "지금 몇 시예요", "직원을 불러 주세요", "",
    ],
)
def test_no_name_is_spotted_where_none_is(text: str) -> None:
    assert MILLS.spot(text, language="en") == []


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
