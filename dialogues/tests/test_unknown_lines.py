"""A line that no gazetteer knows is tagged where trains are asked about, the metro where the way to it is asked for."""

import time

import pytest
from components.ellipsis import elliptic_intent
from components.gazetteer import tag
from components.names import Names
from components.time_spans import tag as tag_times
from components.unknown_lines import metro_span, unknown_line

KNOWN = Names(
    [
        {"entity": "line", "id": "RE3", "names": ["RE3", "RE 3"]},
        {"entity": "line", "id": "M1", "names": ["M1", "metro line 1", "1号线", "1호선"]},
        {"entity": "place", "id": "lift", "names": ["Lift to the Metro", "通往地铁的电梯"]},
        {"entity": "place", "id": "toilets-metro", "names": ["Metro Toilets", "地铁洗手间", "지하철 화장실"]},
    ]
)


def told(text: str) -> list[tuple[str, str, list[str]]]:
    """Entity, value and ids of the lines and places found, as the pipeline finds them."""
    taken = [(entity["start"], entity["end"]) for entity in tag_times(text) if entity["entity"] != "step_free"]
    return [(entity["entity"], entity["value"], entity["ids"]) for entity in tag(text, KNOWN, taken)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("where does the IC9 stop", "IC9"), ("when is the next s7", "s7"), ("does the U6 run on Sunday", "U6"),
        ("is the RB22 late", "RB22"), ("the IC 9 stops where", "IC 9"), ("S7", "S7"), ("and the S7?", "S7"),
        ("IC9停哪些站", "IC9"), ("S7几点开", "S7"), ("RB22晚点了吗", "RB22"), ("那S7呢", "S7"),
        ("IC9는 어디에 서나요", "IC9"), ("M12 다음 열차 언제예요", "M12"), ("S7 첫차 몇 시예요", "S7"), ("S7은요", "S7"),
    ],
)  # fmt: skip
def test_a_line_that_is_not_known(text: str, line: str) -> None:
    assert told(text) == [("line", line, [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("where does the RE3 stop", [("line", "RE3", ["RE3"])]), ("M1 please", [("line", "M1", ["M1"])]),
        ("RE 3 or S7", [("line", "RE 3", ["RE3"])]), ("1号线停哪些站", [("line", "1号线", ["M1"])]),
    ],
)  # fmt: skip
def test_a_line_that_is_known(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "do you sell MP3 players on the train", "is there 4G on the train", "can I print on A4 paper", "is H1N1 going around",
        "what is the PM10 value", "how much CO2 is there in the station", "where is exit B4", "a USB3 cable", "seat A12 is taken",
        "COVID19 rules on trains", "B12 vitamins", "when does the train leave at 9", "tickets for the U2 concert",
        "the train at 10:30", "platform B4", "the next train to gate C5", "FIRST TRAIN TO ME 9",
        "A4纸在哪里买", "站里PM10多少", "B3出口怎么走", "T2怎么走", "车站有MP3吗", "H1N1疫情",
        "A4 용지 파나요", "역에 PM10 수치가 어때요", "B3 출구 어디로 가나요", "B1층 어떻게 가나요", "A12 좌석은 어디예요",
        "a good mix5 of things",
    ],
)  # fmt: skip
def test_what_is_no_line(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "metro"),
    [
        ("how do I get down to the metro", "the metro"), ("which way to the subway please", "the subway"),
        ("how do I get to the metro without stairs", "the metro"), ("the way to the metro station", "the metro"),
        ("去地铁怎么走", "地铁"), ("地铁站怎么走", "地铁"), ("坐地铁怎么走", "地铁"), ("去地铁有没有不走楼梯的路", "地铁"),
        ("지하철 타러 어떻게 가요", "지하철"), ("지하철역은 어떻게 가나요", "지하철"), ("전철 타는 곳은 어떻게 가요", "전철"),
    ],
)  # fmt: skip
def test_the_metro_as_a_goal(text: str, metro: str) -> None:
    assert told(text) == [("place", metro, [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how do I get to the metro line 1", [("line", "metro line 1", ["M1"])]),
        ("how do I get to the metro toilets", [("place", "metro toilets", ["toilets-metro"])]),
        ("지하철 화장실 어떻게 가요", [("place", "지하철 화장실", ["toilets-metro"])]),
        ("where is the lift to the metro", [("place", "lift to the metro", ["lift"])]),
        ("how do I get to the metro gates", []), ("when does the metro leave", []), ("下一班地铁几点", []), ("지하철 언제 와요", []),
        ("how much is a metro ticket", []), ("坐地铁去的话怎么走", []),
    ],
)  # fmt: skip
def test_the_metro_that_is_no_goal(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "intent"), [("and the S7?", "timetable_inform"), ("A4", None), ("S7几点开", None)])
def test_a_line_alone_is_an_elliptic_question(text: str, intent: str | None) -> None:
    assert elliptic_intent(text, tag(text, KNOWN, [])) == intent


@pytest.mark.parametrize("text", ["S7" * 2000, "S7 " * 2000, "去地铁" * 2000, "지하철 " * 2000, "to the metro " * 1000])
def test_a_long_message_takes_no_time(text: str) -> None:
    started = time.perf_counter()
    unknown_line(text, [])
    metro_span(text, [])
    assert time.perf_counter() - started < 0.5
