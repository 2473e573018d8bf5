import pytest
from components.fixed_words import language_spans, platform_spans, train_spans
from components.time_spans import tag
from components.time_words import time_spans


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("next train at half past nine tomorrow", ["at half past nine tomorrow"]),
        ("the 8:15 to Oakland", ["the 8:15"]),
        ("in twenty minutes", ["in twenty minutes"]),
        ("is there one tonight", ["tonight"]),
        ("on the 5th of May at 8", ["on the 5th of May at 8"]),
        ("by 6 pm", ["by 6 pm"]),
        ("after 10:30 p.m.", ["after 10:30 p.m."]),
        ("a quarter to eight", ["a quarter to eight"]),
        ("next Monday morning", ["next Monday morning"]),
        ("at nine thirty please", ["at nine thirty"]),
        ("half an hour from now", ["half an hour from now"]),
        ("tomorrow is there a train at eight fifteen", ["tomorrow", "at eight fifteen"]),
        ("trains to Oakland between eight and nine please", ["between eight and nine"]),
        ("tomorrow between 8:15 and 9:45", ["tomorrow between 8:15 and 9:45"]),
        ("from ten to half past eleven", ["from ten to half past eleven"]),
        ("I must be there by half nine", ["by half nine"]),
        ("half an hour", []),
        ("the 22 15 to Oakland", ["the 22 15"]),
        ("around 5ish", ["around 5ish"]),
        ("at seven a m please", ["at seven a m"]),
        ("in an hour and twenty minutes", ["in an hour and twenty minutes"]),
        ("in three quarters of an hour", ["in three quarters of an hour"]),
        ("a week from today", ["a week from today"]),
        ("on the twelfth of May", ["on the twelfth of May"]),
        ("May the first", ["May the first"]),
        ("the first train", []),
        ("the first one after seven in the morning", ["after seven in the morning"]),
        ("a train at 1545", ["at 1545"]),
        ("between now and six", ["between now and six"]),
        ("just a second", []),
        ("tomorrow, Thursday", ["tomorrow", "Thursday"]),
        ("what time is it", []),
        ("the next one to Oakland", []),
        ("I may be late", []),
        ("明天早上八点半去奥克兰", ["明天早上八点半"]),
        ("下午三点之前到", ["下午三点之前"]),
        ("从八点到九点去机场", ["从八点到九点"]),
        ("下午三点到五点有车吗", ["下午三点到五点"]),
        ("二十分钟后", ["二十分钟后"]),
        ("半小时后", ["半小时后"]),
        ("下周一上午", ["下周一上午"]),
        ("今晚10:30", ["今晚10:30"]),
        ("差五分十点的车", ["差五分十点"]),
        ("十点过五分", ["十点过五分"]),
        ("今晚九点前到", ["今晚九点前"]),
        ("傍晚六点", ["傍晚六点"]),
        ("下下周一", ["下下周一"]),
        ("上周一丢的", []),
        ("三天后", ["三天后"]),
        ("一小时十五分钟后", ["一小时十五分钟后"]),
        ("早上好", []),
        ("还有一点不明白", []),
        ("一日票多少钱", []),
        ("快一点", []),
        ("几点", []),
        ("8号线", []),
        ("내일 아침 8시에", ["내일 아침 8시"]),
        ("오후두시", ["오후두시"]),
        ("열한 시 반쯤", ["열한 시 반쯤"]),
        ("8시부터 9시까지 공항 가는 열차", ["8시부터 9시까지"]),
        ("오후 3시에서 5시 사이", ["오후 3시에서 5시 사이"]),
        ("이십 분 뒤", ["이십 분 뒤"]),
        ("다음 주 월요일", ["다음 주 월요일"]),
        ("스물두 시 십오 분", ["스물두 시 십오 분"]),
        ("십팔 시 삼십 분", ["십팔 시 삼십 분"]),
        ("열한시 십분 전 열차", ["열한시 십분 전"]),
        ("유월 삼일에", ["유월 삼일"]),
        ("사흘 뒤", ["사흘 뒤"]),
        ("한 시간 십오 분 뒤", ["한 시간 십오 분 뒤"]),
        ("다다음 주 월요일", ["다다음 주 월요일"]),
        ("아침 먹을 데", []),
        ("좋은 아침이에요", []),
        ("네 시청 가요", []),
        ("다시 말해 줘", []),
        ("몇 시예요", []),
    ],
)
def test_times_as_they_are_said(text: str, times: list[str]) -> None:
    assert [text[start:end] for start, end in time_spans(text)] == times


@pytest.mark.parametrize(
    ("text", "platforms"),
    [
        ("where is platform 3", ["platform 3"]),
        ("platform number nine", ["platform number nine"]),
        ("track 12a", ["track 12a"]),
        ("platform B", ["platform B"]),
        ("which platform at eight", []),
        ("a platform a train", []),
        ("3号站台在哪里", ["3号站台"]),
        ("第三站台", ["第三站台"]),
        ("3번 승강장", ["3번 승강장"]),
        ("승강장 3번", ["승강장 3"]),
        ("승강장이 어디예요", []),
    ],
)
def test_platforms_by_number(text: str, platforms: list[str]) -> None:
    assert [text[start:end] for start, end in platform_spans(text)] == platforms


@pytest.mark.parametrize(
    ("text", "trains"),
    [
        ("where does the IC 101 stop", ["IC 101"]),
        ("ic101 platform", ["ic101"]),
        ("train number 1213 please", ["train number 1213"]),
        ("1213次列车停靠哪些站", ["1213次列车"]),
        ("KTX 101은 몇 번 승강장", ["KTX 101"]),
        ("1213 열차는 어디에 서요", ["1213 열차"]),
        ("train to Oakland at 10:30", []),
        ("at 815 to Oakland", []),
        ("bus 101", []),
        ("M1 please", []),
        ("换3次", []),
        ("call 112 now", []),
        ("dial 911", []),
        ("need 119", []),
    ],
)
def test_trains_by_name_or_number(text: str, trains: list[str]) -> None:
    assert [text[start:end] for start, end in train_spans(text)] == trains


@pytest.mark.parametrize(
    ("text", "codes"),
    [("speak Korean", ["ko"]), ("请说英语", ["en"]), ("중국어로", ["zh"]), ("说普通话", ["zh"]), ("speak French", [])],
)
def test_languages_by_name(text: str, codes: list[str]) -> None:
    assert [code for _, _, code in language_spans(text)] == codes


def test_the_number_of_a_train_is_no_time() -> None:
    entities = tag("does train 1213 run tomorrow")
    assert [(entity["entity"], entity["value"]) for entity in entities] == [("train", "train 1213"), ("time", "tomorrow")]


def test_one_entity_of_a_kind() -> None:
    entities = tag("tomorrow is there a train at eight from platform 2 or platform 3")
    assert [(entity["entity"], entity["value"]) for entity in entities] == [
        ("platform", "platform 2"),
        ("time", "tomorrow at eight"),
    ]


@pytest.mark.parametrize("text", ["from line 1 to 4", "line 3 to 5", "exit 2 to 7", "platform 10 to 12", "age 10 to 12"])
def test_from_one_number_to_another_is_no_time(text: str) -> None:
    assert time_spans(text) == []
