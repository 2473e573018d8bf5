import pytest
from components.parties import party
from components.step_free import step_free_span
from components.time_spans import tag

PARTIES = {
    "en": [
        ("how much is a ticket to the zoo for two adults and a child", "two adults and a child", 2, 1),
        ("two adults and a child to Oakland", "two adults and a child", 2, 1), ("what is it for three", "three", 3, 0),
        ("tickets for four please", "four", 4, 0), ("to Oakland for two", "two", 2, 0), ("one ticket to Seville", "one ticket", 1, 0),
        ("2 adults, 3 kids", "2 adults, 3 kids", 2, 3), ("three people to Utrecht", "three people", 3, 0),
        ("there are five of us", "five of us", 5, 0),
        ("we are six", "we are six", 6, 0), ("a family of four", "family of four", 4, 0), ("a group of 12", "group of 12", 12, 0),
        ("what does it cost for a child", "a child", 0, 1), ("me and my two kids", "me and my two kids", 1, 2),
        ("two returns to Lyon", "two returns", 2, 0),
        ("one adult and two children and a senior", "one adult and two children and a senior", 2, 2),
        ("a couple of students", "a couple of students", 2, 0), ("how much for two adults with a baby", "two adults with a baby", 2, 1),
    ],
    "zh": [
        ("两个大人一个小孩去西安", "两个大人一个小孩", 2, 1), ("三个人多少钱", "三个人", 3, 0), ("两大一小", "两大一小", 2, 1),
        ("我要两张去上海的票", "两张", 2, 0),
        ("一个成人和两个儿童", "一个成人和两个儿童", 1, 2), ("五位乘客", "五位乘客", 5, 0), ("我们十五个人", "十五个人", 15, 0),
        ("四张成人票", "四张成人票", 4, 0),
        ("两个大人带着三个孩子", "两个大人带着三个孩子", 2, 3), ("三张儿童票", "三张儿童票", 0, 3),
        ("2个大人2个小孩", "2个大人2个小孩", 2, 2),
        ("两个人往返多少钱", "两个人", 2, 0), ("三个老人去北京", "三个老人", 3, 0), ("一个小孩票多少钱", "一个小孩", 0, 1),
    ],
    "ko": [
        ("어른 두 명 아이 한 명이요", "어른 두 명 아이 한 명", 2, 1), ("세 명이요", "세 명", 3, 0), ("표 두 장 주세요", "표 두 장", 2, 0),
        ("둘이서 가요", "둘이서", 2, 0),
        ("성인 2명 어린이 1명", "성인 2명 어린이 1명", 2, 1), ("어른 둘에 애 셋", "어른 둘에 애 셋", 2, 3),
        ("다섯 명 얼마예요", "다섯 명", 5, 0),
        ("대인 한 장 소인 두 장", "대인 한 장 소인 두 장", 1, 2), ("네 사람이에요", "네 사람", 4, 0), ("4인 요금", "4인", 4, 0),
        ("아이 두 명이랑 어른 한 명", "아이 두 명이랑 어른 한 명", 1, 2),
        ("세 분이에요", "세 분", 3, 0), ("왕복 두 장", "왕복 두 장", 2, 0), ("학생 열 명", "학생 열 명", 10, 0),
    ],
}  # fmt: skip
NO_PARTY = {
    "en": [
        "at two", "platform three", "line 5 to Oakland", "in three minutes", "between eight and nine", "set an alarm for seven",
        "is there a train for ten thirty",
        "can a child travel alone", "a child is lost", "two people are fighting", "one person fell on the track",
        "do I get it cheaper with a student card",
        "a baby carriage", "train 1213", "two stops from here", "the three o'clock", "for two hours", "on track two",
        "in the first carriage",
    ],
    "zh": [
        "三号站台", "两点的车", "五分钟后", "5号线", "第一个人是谁", "有个人晕倒了", "一个人躺在轨道上", "两站路", "几个人", "人民广场",
        "每个人都要票吗", "1213次列车",
        "我是另外一个人", "三点半", "两个人在打架",
    ],
    "ko": [
        "세 시에", "3번 승강장", "5호선", "두 시간 걸려요", "삼 분 후", "사람이 열차에 뛰어들려 해요", "몇 명이에요", "아이한테 안전해요",
        "두 명이 싸워요", "한 명이 쓰러졌어요",
        "두 정거장", "제 친구는 한국어만 해요", "1213 열차", "한 사람당 얼마예요", "두 시 삼십 분",
    ],
}  # fmt: skip
STEP_FREE = {
    "en": [
        "to platform 3 with a pram", "I'm in a wheelchair", "the way out without stairs", "no stairs please", "I'm on crutches",
        "I have heavy luggage",
        "with two heavy suitcases", "is there a step-free route", "I can't climb stairs", "I cannot use the stairs", "by lift only",
        "avoiding the stairs",
        "wheelchair to Oakland", "my mother uses a wheelchair", "with my stroller", "pushing a buggy", "an accessible route to the exit",
        "with a lot of luggage and no steps",
        "I use a walker, which way", "is there a wheelchair accessible connection to Milan",
    ],
    "zh": [
        "坐轮椅去3号站台", "推着婴儿车怎么走", "我不能走楼梯", "不走楼梯的路", "没有楼梯的路线", "我拄拐杖", "行李太重了", "带着大件行李",
        "无障碍路线", "腿脚不方便",
        "避开楼梯", "爬不了楼梯", "我只能坐电梯", "全程电梯", "行动不便的老人", "童车能走的路",
    ],
    "ko": [
        "휠체어로 3번 승강장 가는 길", "유모차가 있는데요", "계단 없이 가고 싶어요", "계단을 못 올라가요", "목발 짚고 있어요",
        "짐이 많아요", "무거운 가방이 있어요", "다리가 불편해요",
        "무장애 경로", "전동 휠체어예요", "엘리베이터로만 가고 싶어요", "계단 말고요", "교통약자 경로", "유모차로 갈 수 있어요",
        "거동이 불편한 분", "큰 짐이 있어요",
    ],
}  # fmt: skip
NOT_STEP_FREE = {
    "en": [
        "where can I borrow a wheelchair", "can I rent a stroller here", "I lost my pram", "I left my crutches on the train",
        "where can I leave a heavy suitcase",
        "do you have wheelchairs", "is there a wheelchair", "lockers for big bags", "are prams allowed", "somebody stole my wheelchair",
        "is a folded pram baggage",
        "where are the stairs", "is there a lift", "which step comes next", "a pram rolled on to the track", "a porter for heavy bags",
    ],
    "zh": [
        "哪里可以借轮椅", "租轮椅要钱吗", "我的婴儿车丢了", "拐杖落在车上了", "大件行李寄存", "有没有轮椅", "有轮椅吗", "捡到一辆童车",
        "楼梯在哪里", "无障碍厕所在哪",
        "轮椅掉到轨道上了", "婴儿车允许上车吗", "电梯在哪里", "哪里有轮椅",
    ],
    "ko": [
        "휠체어 빌릴 수 있어요", "유모차 대여해요", "휠체어를 잃어버렸어요", "목발을 두고 내렸어요", "큰 짐 맡길 데 있어요",
        "휠체어 있나요", "유모차 분실했어요", "계단이 어디예요",
        "무거운 짐 보관함", "유모차 가지고 타도 돼요", "유모차가 선로에 떨어졌어요", "엘리베이터 어디 있어요", "지팡이 주웠어요",
        "짐 맡기는 곳",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "said", "adults", "children"), [case for language in PARTIES.values() for case in language])
def test_how_many_travel(text: str, said: str, adults: int, children: int) -> None:
    [entity] = [entity for entity in tag(text) if entity["entity"] == "count"]
    assert (entity["said"], entity["value"]) == (said, f"{adults}+{children}")
    assert text[entity["start"] : entity["end"]] == said


@pytest.mark.parametrize("text", [text for language in NO_PARTY.values() for text in language])
def test_what_is_no_number_of_travellers(text: str) -> None:
    assert [entity["value"] for entity in tag(text) if entity["entity"] == "count"] == []


@pytest.mark.parametrize("text", [text for language in STEP_FREE.values() for text in language])
def test_who_cannot_take_stairs(text: str) -> None:
    [entity] = [entity for entity in tag(text) if entity["entity"] == "step_free"]
    assert entity["value"] == "true"


@pytest.mark.parametrize("text", [text for language in NOT_STEP_FREE.values() for text in language])
def test_a_question_about_the_thing_itself_is_no_need(text: str) -> None:
    assert step_free_span(text) is None


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_enough_is_tried(language: str) -> None:
    assert sum(len(cases[language]) for cases in (PARTIES, NO_PARTY, STEP_FREE, NOT_STEP_FREE)) >= 40


def test_a_span_that_is_taken_stays_so() -> None:
    assert party("two people", [(0, 3)]) is None
    assert party("two people", []) is not None


def test_a_crowd_is_no_party() -> None:
    assert party("99 people to Oakland", []) is None
