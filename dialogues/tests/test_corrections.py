import pytest
from components.ellipsis import elliptic_intent
from components.gazetteer import tag as tag_names
from components.names import Names
from components.time_spans import tag as tag_times

NAMES = Names(
    [
        {"entity": "stop", "id": "oak", "names": ["Oakland", "奥克兰", "오클랜드"]},
        {"entity": "stop", "id": "fre", "names": ["Fremont", "弗里蒙特", "프리몬트"]},
        {"entity": "line", "id": "L5", "names": ["Line 5", "5号线", "5호선"]},
        {"entity": "place", "id": "category:toilet", "names": ["toilet", "厕所", "화장실"]},
    ]
)


def entities(text: str) -> list[dict]:
    """All entities of a message, in the order of the pipeline."""
    old = tag_times(text)
    taken = [(entity["start"], entity["end"]) for entity in old if entity["entity"] != "step_free"]
    return old + tag_names(text, NAMES, taken)


def told(text: str) -> list[tuple[str, str, str | None]]:
    """Entity, value and role of what is found."""
    return [(entity["entity"], entity["value"], entity.get("role")) for entity in entities(text)]


@pytest.mark.parametrize(
    ("text", "stop", "role"),
    [
        ("not Oakland but Fremont", "Fremont", None),
        ("Fremont, not Oakland", "Fremont", None),
        ("to Fremont, not to Oakland", "Fremont", "destination"),
        ("not to Oakland but Fremont", "Fremont", "destination"),
        ("not from Oakland but Fremont", "Fremont", "origin"),
        ("not from Oakland, from Fremont", "Fremont", "origin"),
        ("I didn't say Oakland, I said Fremont", "Fremont", None),
        ("I want Fremont instead of Oakland", "Fremont", None),
        ("no, Oakland", "Oakland", None),
        ("why not Oakland", "Oakland", None),
        ("to Oakland, no, sorry, to Fremont", "Fremont", "destination"),
        ("不是奥克兰，是弗里蒙特", "弗里蒙特", None),
        ("不去奥克兰，去弗里蒙特", "弗里蒙特", "destination"),
        ("是弗里蒙特，不是奥克兰", "弗里蒙特", None),
        ("我没说奥克兰，我说的是弗里蒙特", "弗里蒙特", None),
        ("是不是奥克兰", "奥克兰", None),
        ("오클랜드 말고 프리몬트", "프리몬트", None),
        ("오클랜드가 아니라 프리몬트요", "프리몬트", None),
        ("오클랜드 아니고 프리몬트까지요", "프리몬트", "destination"),
        ("오클랜드로 안 가고 프리몬트로 가요", "프리몬트", "destination"),
        ("프리몬트요, 오클랜드 말고요", "프리몬트", None),
    ],
)
def test_only_the_stop_that_is_meant(text: str, stop: str, role: str | None) -> None:
    assert told(text) == [("stop", stop, role)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not platform 2 but platform 3", ("platform", "platform 3")),
        ("platform 3, not platform 2", ("platform", "platform 3")),
        ("platform 2, no, platform 3", ("platform", "platform 3")),
        ("platform 2 or platform 3", ("platform", "platform 2")),
        ("不是2号站台，是3号站台", ("platform", "3号站台")),
        ("2번 승강장 말고 3번 승강장", ("platform", "3번 승강장")),
        ("not the IC 101 but the IC 205", ("train", "IC 205")),
        ("train 1213, sorry, train 1215", ("train", "train 1215")),
        ("不是1213次列车，是1215次列车", ("train", "1215次列车")),
        ("1213 열차 말고 1215 열차", ("train", "1215 열차")),
        ("not Monday but Tuesday", ("time", "Tuesday")),
        ("at nine, no, at ten", ("time", "at ten")),
        ("不是今天，是明天", ("time", "明天")),
        ("오늘 말고 내일", ("time", "내일")),
    ],
)
def test_only_what_is_meant_of_platforms_trains_and_times(text: str, expected: tuple[str, str]) -> None:
    assert [(entity["entity"], entity["value"]) for entity in tag_times(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("no, to Oakland", "timetable_inform"), ("no I said Oakland", "timetable_inform"), ("I meant Oakland", "timetable_inform"),
        ("I mean to Oakland", "timetable_inform"), ("sorry Oakland", "timetable_inform"), ("sorry, I meant Oakland", "timetable_inform"),
        ("and to Oakland", "timetable_inform"), ("what about Sunday", "timetable_inform"),
        ("and what about Sunday then", "timetable_inform"),
        ("how about Oakland then", "timetable_inform"), ("Oakland instead", "timetable_inform"), ("actually, Oakland", "timetable_inform"),
        ("not Oakland but Fremont", "timetable_inform"), ("Fremont, not Oakland", "timetable_inform"),
        ("make it ten o'clock", "timetable_inform"),
        ("and tomorrow?", "timetable_inform"), ("what about line 5", "timetable_inform"), ("no, the toilet", "facilities_inform"),
        ("no, platform 3", "wayfinding_route"), ("not platform 2 but platform 3", "wayfinding_route"),
        ("I meant train 1215", "trains_stops"),
        ("to Oakland for two", "timetable_inform"), ("to Munich", "timetable_inform"), ("no, to Munich please", "timetable_inform"),
        ("不对，去奥克兰", "timetable_inform"), ("我是说奥克兰", "timetable_inform"), ("我说的是奥克兰", "timetable_inform"),
        ("那奥克兰呢", "timetable_inform"), ("那星期天呢", "timetable_inform"), ("说错了，是奥克兰", "timetable_inform"),
        ("不是奥克兰，是弗里蒙特", "timetable_inform"), ("不好意思，去奥克兰", "timetable_inform"), ("如果明天呢", "timetable_inform"),
        ("还有去奥克兰的呢", "timetable_inform"), ("不是，3号站台", "wayfinding_route"), ("我是说厕所", "facilities_inform"),
        ("去慕尼黑", "timetable_inform"), ("换成明天吧", "timetable_inform"), ("那5号线呢", "timetable_inform"),
        ("아니 오클랜드요", "timetable_inform"), ("아니요, 오클랜드요", "timetable_inform"), ("오클랜드는요", "timetable_inform"),
        ("그럼 일요일은요", "timetable_inform"), ("오클랜드라고 했어요", "timetable_inform"),
        ("오클랜드 말고 프리몬트", "timetable_inform"),
        ("제 말은 오클랜드요", "timetable_inform"), ("죄송해요 오클랜드요", "timetable_inform"), ("그러면 내일은요", "timetable_inform"),
        ("오클랜드도요", "timetable_inform"), ("아니 3번 승강장이요", "wayfinding_route"), ("화장실이라고요", "facilities_inform"),
        ("뮌헨까지요", "timetable_inform"), ("그럼 5호선은요", "timetable_inform"),
    ],
)  # fmt: skip
def test_corrections_and_follow_ups_around_a_bare_name(text: str, intent: str) -> None:
    assert elliptic_intent(text, entities(text)) == intent


@pytest.mark.parametrize(
    "text",
    [
        "does it stop at Oakland", "what does a ticket to Oakland cost", "how do I get to Oakland", "is the toilet open",
        "no trains to Oakland",
        "how long to Oakland", "is there a train on Sunday", "when is the last train to Oakland",
        "two tickets to Oakland and back to the hotel",
        "去奥克兰多少钱", "去奥克兰怎么走", "星期天有车吗", "厕所开着吗", "去奥克兰的末班车", "奥克兰停吗", "不是说有车去奥克兰吗",
        "오클랜드까지 얼마예요", "오클랜드에 서요", "일요일에도 다녀요", "화장실 열었어요", "오클랜드 가는 막차",
        "오클랜드 말고 다른 데 서나요", "",
    ],
)  # fmt: skip
def test_a_whole_question_is_no_correction(text: str) -> None:
    assert elliptic_intent(text, entities(text)) in (None, "nlu_fallback" if not text else None)
