"""Names that no gazetteer knows are tagged where the words around demand a name, and nowhere else."""

import time

import pytest
from components.gazetteer import tag
from components.names import Names
from components.time_spans import tag as tag_times
from components.unknown_names import MOST_LETTERS, unknown_spans

NOBODY = Names([])
KNOWN = Names([{"entity": "stop", "id": "oak", "names": ["Oakland", "奥克兰", "오클랜드"]}])

DESTINATIONS = {
    "en": [
        ("next train to Munich", "Munich"), ("when is the next train to munich please", "munich"), ("to Munich", "Munich"),
        ("um to Vladivostok please", "Vladivostok"), ("I want to go to Ljubljana", "Ljubljana"),
        ("how do I get to Walnut Creek", "Walnut Creek"),
        ("train to San Luis Obispo tomorrow", "San Luis Obispo"), ("one ticket to Zagreb", "Zagreb"),
        ("which platform for the train to Graz", "Graz"),
        ("last bus for Tuttlingen", "Tuttlingen"), ("is there a direct train to Chur on Sunday", "Chur"),
        ("trains towards Bologna", "Bologna"),
        ("how long does it take to get to Innsbruck", "Innsbruck"), ("what's the fare to Gothenburg", "Gothenburg"),
        ("I'm heading to Lucerne", "Lucerne"),
        ("when do I arrive in Stuttgart", "Stuttgart"), ("I have to be in Dresden by noon", "Dresden"),
        ("where do I change for Bergamo", "Bergamo"),
        ("the quickest way to New Rochelle", "New Rochelle"), ("does it go to North Bethesda", "North Bethesda"),
        ("get me to Zwolle", "Zwolle"),
        ("does the train to Aachen run on Christmas", "Aachen"), ("what time does it leave for Koblenz", "Koblenz"),
        ("how far is it to Uppsala", "Uppsala"), ("next to Tuscaloosa", "Tuscaloosa"),
        ("I need a train to Xanadu-on-Sea at 9:15", "Xanadu-on-Sea"),
        ("does this one stop at Ravenna", "Ravenna"), ("when does the tram to St. Moritz leave", "St. Moritz"),
    ],
    "zh": [
        ("去慕尼黑的下一班车", "慕尼黑"), ("下一班去慕尼黑的车几点", "慕尼黑"), ("去慕尼黑", "慕尼黑"), ("到维也纳多少钱", "维也纳"),
        ("我想去布拉格", "布拉格"),
        ("去哥本哈根怎么走", "哥本哈根"), ("开往马德里的列车在几号站台", "马德里"), ("请问去斯德哥尔摩要多久", "斯德哥尔摩"),
        ("明天早上去赫尔辛基的车", "赫尔辛基"),
        ("有没有去华沙的直达车", "华沙"), ("去呼和浩特最晚一班几点", "呼和浩特"), ("要一张到石家庄的票", "石家庄"),
        ("怎么去乌鲁木齐", "乌鲁木齐"),
        ("我要去上海", "上海"), ("从这里到佛罗伦萨要换车吗", "佛罗伦萨"), ("往苏黎世方向的车", "苏黎世"), ("去Munich的车", "Munich"),
        ("八点前到鹿特丹", "鹿特丹"),
        ("去西宁的末班车", "西宁"), ("去漠河要换几次车", "漠河"), ("前往卢塞恩的火车", "卢塞恩"), ("去都江堰怎么坐车", "都江堰"),
        ("星期天有去腾冲的车吗", "腾冲"),
        ("到牡丹江站下一班是几点", "牡丹江"), ("我们想去婺源", "婺源"), ("去敦煌的车晚点了吗", "敦煌"),
        ("去桑给巴尔", "桑给巴尔"),
    ],
    "ko": [
        ("뮌헨 가는 열차", "뮌헨"), ("뮌헨까지 가는 다음 열차 언제예요", "뮌헨"), ("뮌헨까지요", "뮌헨"),
        ("베를린행 열차 몇 번 승강장이에요", "베를린"),
        ("정읍까지 얼마예요", "정읍"), ("로마 가려면 어떻게 해요", "로마"), ("바르셀로나에 가고 싶어요", "바르셀로나"),
        ("익산 가는 기차 있어요", "익산"),
        ("제천 방면 열차는 어디서 타요", "제천"), ("순창까지 시간 얼마나 걸려요", "순창"), ("빈까지요 아니 프라하까지요", "프라하"),
        ("무주까지 어떻게 가나요", "무주"),
        ("거창행 막차 몇 시예요", "거창"), ("하동 가는 표 한 장 주세요", "하동"), ("여기서 청송까지 직행 있어요", "청송"),
        ("영덕으로 가는 열차", "영덕"),
        ("울릉 가는 방법 알려 주세요", "울릉"), ("내일 아침 밀라노 가는 열차", "밀라노"), ("취리히까지 계단 없이 갈 수 있어요", "취리히"),
        ("헬싱키행이요", "헬싱키"),
        ("Munich까지 얼마예요", "Munich"), ("오스트라바 가는 다음 기차", "오스트라바"), ("곡성까지 왕복 표", "곡성"),
        ("화순 가려고 하는데요", "화순"),
        ("담양까지 언제 도착해요", "담양"), ("보성 가는 첫차 몇 시", "보성"), ("시카고 가는 열차", "시카고"),
        ("산티아고 가는 열차 있어요", "산티아고"),
    ],
}  # fmt: skip
ORIGINS = [
    ("the train from Salzburg", "Salzburg"), ("when does the train from Bruges arrive", "Bruges"), ("from Utrecht", "Utrecht"),
    ("从慕尼黑来的车几点到", "慕尼黑"), ("来自里昂的列车晚点了吗", "里昂"), ("뮌헨에서 오는 열차 언제 도착해요", "뮌헨"),
    ("정읍에서 출발하는 열차", "정읍"),
]  # fmt: skip
BOTH = [
    ("from Utrecht to Ghent", "Utrecht", "Ghent"), ("how do I get from New Haven to Stamford", "New Haven", "Stamford"),
    ("从郑州到昆明怎么走", "郑州", "昆明"), ("从宁波去无锡要怎么换车", "宁波", "无锡"), ("경주에서 진주까지 어떻게 가요", "경주", "진주"),
    ("순창에서 하동으로 가는 방법", "순창", "하동"),
]  # fmt: skip

NOTHING = {
    "en": [
        "when are the next trains", "I want to go to the airport", "I'd like to know when the train leaves",
        "how often do trains go to the city centre",
        "to the platform please", "which way to platform 3", "how do I get to the exit", "the way to the toilets", "take me to the lift",
        "I need to go", "I have to leave now", "what do I have to do", "where do I have to get off", "I want to talk to a person",
        "who can I talk to", "I'd like to buy a ticket to go", "a ticket for two adults", "tickets for children", "a seat for my dog",
        "how to pay for a ticket", "I want to pay by card", "can I get a refund for this", "is it far to walk", "how long is it valid for",
        "from when on is it cheaper", "from eight to nine", "what's the way from here to there", "from the first to the last train",
        "I lost my bag on the way to work", "someone is trying to hurt me", "he needs to see a doctor", "I want to report a theft",
        "somebody fell on to the track", "she is going to faint", "I'm going to be sick", "who do I complain to", "it's going to explode",
        "to be honest I'm lost", "to whom do my words go", "does my data go to anyone", "where does my voice go to",
        "I'm listening to music",
        "switch to English", "switch to Chinese please", "change to Korean", "speak to me in German", "go back to the beginning",
        "go to sleep", "go to hell", "thanks to you", "nice to meet you", "good to know", "how to get to you", "I'm new to this",
        "is the air safe for my baby", "is it bad for asthma", "what is it for", "the next one to leave", "the last one to arrive",
        "is it open to everyone", "from monday to friday", "what time does it open to the public", "stairs to the street",
        "a ramp to the train",
        "luggage to store", "something to eat", "somewhere to sit", "a place to sleep", "bus to nowhere", "for how long can I park",
        "what platform do I go to", "can I take my bike on to the train", "I'm trying to connect to the wifi", "are there trains to here",
        "two to go please", "to both of us", "the day to travel", "heading to work", "I'm travelling to see my mother",
        "is this the train to catch",
    ],
    "zh": [
        "下一班车几点", "去机场怎么走", "去站台怎么走", "去3号站台", "去厕所怎么走", "洗手间往哪边走", "去出口", "往前走还是往后走",
        "去哪里买票", "到哪里换车",
        "到什么时候", "到几点关门", "车到了吗", "什么时候到", "几点到站", "到站了吗", "我到了", "我看不到时刻表", "找不到我的包",
        "找不到孩子了", "听不到广播",
        "捡到一个钱包", "我想去上厕所", "我要去看医生", "从哪里上车", "从这里怎么出去", "从几点开始检票", "从一楼到二楼", "从早上到晚上",
        "从八点到九点", "去楼上",
        "去外面", "去里面等", "出去的路", "回去怎么走", "上去要坐电梯吗", "下去的扶梯", "进去要刷卡吗", "过去多远", "去不了", "不去了",
        "去年的票还能用吗", "去买票",
        "去退票", "去找工作人员", "去坐地铁", "去停车场", "去取行李", "去吃饭的地方", "往左还是往右", "往返票多少钱", "往返一共多少",
        "切换到中文", "说到做到",
        "达到多少算污染", "空气到底好不好", "我的数据传到哪里去", "会传到网上吗", "到时候告诉我", "到点了", "到家了谢谢", "到此为止",
        "自动售票机在哪", "自行车能带吗",
        "由谁负责", "从头再来", "有人从楼梯上摔下来", "有人掉到轨道里了", "我走不到那里", "感到不舒服", "遇到抢劫了", "闻到煤气味",
        "等到什么时候", "直到几点",
        "受到骚扰", "儿童票从几岁开始", "周一到周五几点开", "去医务室", "去服务台怎么走", "去看看", "轮到我了吗", "到目前为止准点吗",
    ],
    "ko": [
        "다음 열차 언제예요", "공중화장실까지 어떻게 가요", "화장실 가는 길", "승강장까지 얼마나 걸려요", "3번 승강장까지 가는 길",
        "출구로 가려면", "매표소 어떻게 가요",
        "어디로 가요", "어디까지 가요", "언제까지 열어요", "몇 시까지 해요", "여기까지 얼마나 걸려요", "거기까지 어떻게 가요",
        "거기 어떻게 가요", "그리로 가요", "어느 쪽으로 가요",
        "여기서 나가려면", "끝까지 가요", "종점까지 가나요", "지금 가는 열차", "제일 빨리 가는 열차", "먼저 가는 열차", "다음에 가는 거",
        "빨리 가야 돼요", "집에 가고 싶어요",
        "화장실에 가고 싶어요", "병원에 가야 해요", "위로 가요", "아래로 가려면", "오른쪽으로 가요", "걸어서 가요", "혼자 가도 돼요",
        "같이 가요", "급행 열차 있어요", "완행 열차예요",
        "은행 있어요", "여행 가방 맡기는 곳", "운행 시간표", "열차 운행해요", "비행기 놓쳤어요", "상행 열차", "하행 막차",
        "일행이 두 명이에요", "보행기 있어요", "동행 서비스",
        "내일까지 유효해요", "월요일까지 쓸 수 있어요", "열 시까지 가야 돼요", "오후까지 기다려요", "오늘 밤까지요", "아이까지 얼마예요",
        "짐까지 얼마예요", "두 명까지 돼요",
        "계단 없이 가는 길", "엘리베이터로 가는 길", "휠체어로 갈 수 있어요", "자전거 가지고 가도 돼요", "개 데리고 가도 돼요",
        "표 사러 가요", "밥 먹으러 가요", "직원한테 가요",
        "제 정보는 어디로 가요", "구글로 가요", "처음부터 다시", "처음으로 돌아가", "어디서부터 타요", "언제부터 팔아요",
        "몇 시부터 열어요", "아이가 없어졌어요", "사람이 쓰러졌어요",
        "선로로 떨어졌어요", "불이 났어요", "계속 따라와요", "도움이 필요해요", "안녕히 가세요", "조심히 가요", "고마워요 갈게요",
        "한국어로 해 주세요", "영어로 가능해요", "공기 어때요",
        "정차할 때까지 기다려요", "버스 타는 데까지 얼마예요", "주차장 가는 길", "물품 보관함까지요",
    ],
}  # fmt: skip


def told(text: str, names: Names = NOBODY) -> list[tuple[str, str | None]]:
    """Value and role of each stop that is tagged after times and platforms."""
    old = tag_times(text)
    taken = [(entity["start"], entity["end"]) for entity in old]
    return [(entity["value"], entity.get("role")) for entity in tag(text, names, taken) if entity["entity"] == "stop"]


@pytest.mark.parametrize(("text", "name"), [pair for language in DESTINATIONS.values() for pair in language])
def test_where_somebody_goes(text: str, name: str) -> None:
    assert told(text) == [(name, "destination")]


@pytest.mark.parametrize(("text", "name"), ORIGINS)
def test_where_somebody_comes_from(text: str, name: str) -> None:
    assert told(text) == [(name, "origin")]


@pytest.mark.parametrize(("text", "origin", "destination"), BOTH)
def test_from_and_to(text: str, origin: str, destination: str) -> None:
    assert told(text) == [(origin, "origin"), (destination, "destination")]


@pytest.mark.parametrize("text", [text for language in NOTHING.values() for text in language])
def test_what_is_no_name(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_enough_is_tried(language: str) -> None:
    assert len(set(DESTINATIONS[language])) >= 25
    assert len(set(NOTHING[language])) >= 60


def test_an_unknown_name_has_no_ids_and_keeps_its_place() -> None:
    text = "next train to Munich tomorrow"
    [entity] = tag(text, NOBODY, [(21, 29)])
    assert entity == {"entity": "stop", "value": "Munich", "start": 14, "end": 20, "ids": [], "role": "destination"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from Oakland to Munich", [("Oakland", "origin"), ("Munich", "destination")]), ("to Oakland", [("Oakland", "destination")]),
        ("not to Munich but to Oakland", [("Oakland", "destination")]),
        ("从奥克兰到慕尼黑", [("奥克兰", "origin"), ("慕尼黑", "destination")]),
        ("오클랜드에서 뮌헨까지", [("오클랜드", "origin"), ("뮌헨", "destination")]),
    ],
)  # fmt: skip
def test_known_names_come_first(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text, KNOWN) == expected


def test_a_name_without_end_is_none() -> None:
    assert unknown_spans("train to " + "x" * (MOST_LETTERS + 1), []) == []
    assert unknown_spans("去" + "慕" * 200, []) == []


@pytest.mark.parametrize("text", ["train to " + "a " * 2000, "to " * 2000, "去" * 4000, "가는 " * 2000, "까지" * 3000, "from " * 1500])
def test_a_long_message_takes_no_time(text: str) -> None:
    started = time.perf_counter()
    unknown_spans(text, [])
    assert time.perf_counter() - started < 0.5
