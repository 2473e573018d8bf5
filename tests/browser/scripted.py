"""What the double answers: one station, invented, in three languages."""

from datetime import datetime, timedelta
from typing import Any

from assistant.conversation.models import (
    AirHour,
    AirQualityCard,
    Ask,
    Card,
    ChoicesCard,
    DepartureRow,
    DeparturesCard,
    PlaceCard,
    Reply,
    SensorRow,
    SourceRow,
    Suggestion,
    TextCard,
    Turn,
    Understood,
)
from tests.browser import scripted_ways as ways

NOW = datetime.fromisoformat("2026-11-24T08:02:00+01:00")
STATION = {"en": "Harbour Central", "zh": "港口中央站", "ko": "하버 중앙역"}
LINES = [
    (
        "IC 5",
        "C8102E",
        "FFFFFF",
        4,
        "2",
        "on_time",
        0,
        {"en": "Northgate via Mill Bridge", "zh": "北门（经磨坊桥）", "ko": "노스게이트 (밀브리지 경유)"},
    ),
    ("R 21", "0072CE", "FFFFFF", 7, "5", "delayed", 6, {"en": "Lakeside", "zh": "湖畔", "ko": "레이크사이드"}),
    ("A", "F7B500", "000000", 11, "1", "scheduled", 0, {"en": "Airport Terminal 2", "zh": "机场2号航站楼", "ko": "공항 제2터미널"}),
    ("M 3", "00843D", "FFFFFF", 13, "11", "scheduled", 0, {"en": "University", "zh": "大学", "ko": "대학교"}),
    ("R 24", "7A8B99", "FFFFFF", 18, "6", "cancelled", 0, {"en": "Old Harbour", "zh": "旧港", "ko": "올드하버"}),
    ("IC 8", "C8102E", "FFFFFF", 26, None, "scheduled", 0, {"en": "Capital Main Station", "zh": "首都总站", "ko": "수도 중앙역"}),
]
MORE: dict[str, dict[str, Any]] = {
    "IC 5": {"trip_name": "IC 512"}, "R 21": {"scheduled_platform": "4"}, "A": {"onward": "A 2"}, "M 3": {"headway_s": 480},
}  # fmt: skip
"""What realtime and the feed know besides."""
TILES = {
    "en": [
        "Next trains",
        "Trains to the airport",
        "Where are the toilets?",
        "Where is the lift?",
        "How is the air?",
        "What can you do?",
        "Help from staff",
        "What do you record?",
    ],
    "zh": ["最近的列车", "去机场的列车", "洗手间在哪里？", "电梯在哪里？", "空气怎么样？", "你能做什么？", "工作人员帮助", "你记录什么？"],
    "ko": [
        "다음 열차",
        "공항 가는 열차",
        "화장실이 어디예요?",
        "엘리베이터가 어디예요?",
        "공기가 어때요?",
        "무엇을 할 수 있어요?",
        "직원 도움",
        "무엇을 기록하나요?",
    ],
}
ASKS = [
    Ask(intent="timetable_next_departures"), Ask(intent="timetable_next_departures", slots={"destination": "airport"}),
    Ask(intent="facilities_find", slots={"place": "category:toilet"}), Ask(intent="facilities_find", slots={"place": "category:lift"}),
    Ask(intent="air_quality_now"), Ask(intent="robot_capabilities"), Ask(intent="staff_help_request"), Ask(intent="privacy_record"),
]  # fmt: skip


PRIVACY = {
    "en": [
        "Microphone: open only while the screen says that it is on.",
        "Camera: none. Nobody is recognised by face or voice.",
        "Network: what you say stays in this machine.",
        "Memory: all is forgotten when the conversation ends.",
    ],
    "zh": [
        "麦克风：只有屏幕显示已开启时才打开。",
        "摄像头：没有。不通过面部或声音识别任何人。",
        "网络：您说的话只留在这台机器里。",
        "记忆：对话结束后全部忘记。",
    ],
    "ko": [
        "마이크: 화면에 켜져 있다고 나올 때만 켜집니다.",
        "카메라: 없습니다. 얼굴이나 목소리로 사람을 알아보지 않습니다.",
        "네트워크: 말씀하신 내용은 이 기계 안에만 있습니다.",
        "기억: 대화가 끝나면 모두 잊습니다.",
    ],
}
STAFF = {
    "en": "Staff can help you here: Information, main hall, beside the clock.",
    "zh": "工作人员可以在这里帮助您：问讯处，大厅，时钟旁。",
    "ko": "직원의 도움을 받을 수 있는 곳: 안내소, 대합실, 시계 옆.",
}
EMERGENCY, STAFF_PHONE = "112", "+49 123 456"
DAY = [31, 29, 28, 28, 27, 30, 36, 48, 62, 71, 66, 58, 55, 52, None, 57, 64, 78, 83, 69, 58, 51, 46, 42]
"""The index of the last 24 hours, the oldest first; the sensors were silent in one of them."""
GOOD, MODERATE = 50, 100
"""Where the first two ranges of the index end."""

PLACE: dict[str, tuple[str, str, str, str, str, list[str]]] = {
    "en": (
        "Toilets in the main hall",
        "Level 0, main hall",
        "Go past the ticket office, then left. The door is beside the lockers.",
        "every day from 5 am to midnight",
        "A coin of 1 is needed. The accessible toilet opens with the Eurokey.",
        ["Toilets at platform 5", "Toilets on the upper level"],
    ),
    "zh": ("大厅洗手间", "0层，大厅", "经过售票处后左转，门在储物柜旁边。", "每天 5:00 至 24:00", "", ["5号站台洗手间"]),
    "ko": (
        "대합실 화장실",
        "0층, 대합실",
        "매표소를 지나 왼쪽으로 가세요. 물품 보관함 옆에 있습니다.",
        "매일 5시부터 24시까지",
        "",
        ["5번 승강장 화장실"],
    ),
}
AIR_LABEL = {"en": "Good", "zh": "优", "ko": "좋음"}
AREAS = {"en": ("Main hall", "Platforms 1–4"), "zh": ("大厅", "1–4号站台"), "ko": ("대합실", "1–4번 승강장")}


def _source(key: str) -> SourceRow:
    return SourceRow(kind="gtfs", table="stop_times", key=key, as_of="2026-11-24")


def departures(language: str) -> list[DepartureRow]:
    """Six departures of every kind."""
    rows = []
    for line, colour, text_colour, minutes, platform, status, late, headsign in LINES:
        at = NOW + timedelta(minutes=minutes)
        rows.append(DepartureRow(
            scheduled=at, expected=at + timedelta(minutes=late) if status in ("on_time", "delayed") else None, line=line,
            headsign=headsign[language], platform=platform, status=status, trip=line, source=_source(line), colour=colour,
            text_colour=text_colour, mode="rail", **MORE.get(line, {}),
        ))  # fmt: skip
    return rows


def air(language: str) -> AirQualityCard:
    """Good air, one silent sensor."""
    label, areas = AIR_LABEL[language], AREAS[language]
    values = [("pm2_5", "PM2.5", 8.4, "µg/m³"), ("co2", "CO₂", 612.0, "ppm"), ("temperature", "°C", 20.5, "°C")]
    sensors = [
        SensorRow(area=area, quantity=quantity, label=name, value=None if silent else value, unit=unit, silent=silent)
        for area in areas
        for quantity, name, value, unit in values
        for silent in [area == areas[1] and quantity == "co2"]
    ]
    return AirQualityCard(
        index=42, category="good", band=1, label=label, system="US EPA AQI", equivalent=True, at=NOW, sensors=sensors, day=day()
    )


def day() -> list[AirHour]:
    """Twenty-four hours of good and moderate air, one of them unknown."""
    first = NOW - timedelta(hours=len(DAY) - 1)
    return [
        AirHour(at=first + timedelta(hours=n), value=value, band=None if value is None else 1 if value <= GOOD else 2)
        for n, value in enumerate(DAY)
    ]


def tiles(language: str) -> list[Suggestion]:
    """The tiles of the idle screen."""
    return [Suggestion(label=label, say=label, ask=ask) for label, ask in zip(TILES[language], ASKS, strict=True)]


def place(language: str) -> PlaceCard:
    """A toilet."""
    name, level, where, hours, note, others = PLACE[language]
    return PlaceCard(
        id="toilet", name=name, category="toilet", level=level, where=where, hours="Mo-Su 05:00-24:00", hours_text=hours, open_now=True,
        step_free=True, metres=80, seconds=70, note=note, others=others,
    )  # fmt: skip


SENTENCES: dict[str, dict[str, str]] = {
    "departures": {
        "en": "The next train to Airport Terminal 2 leaves at 08:13 from platform 1.",
        "zh": "开往机场2号航站楼的下一班列车8:13从1号站台发车。",
        "ko": "공항 제2터미널로 가는 다음 열차는 8시 13분에 1번 승강장에서 출발합니다.",
    },
    "place": {
        "en": "The nearest toilets are in the main hall, 80 metres from here.",
        "zh": "最近的洗手间在大厅，距此80米。",
        "ko": "가장 가까운 화장실은 대합실에 있으며 여기서 80m입니다.",
    },
    "journey": {
        "en": "Leave at 08:06 from platform 2, change at Mill Bridge, and be in Old Harbour at 08:58.",
        "zh": "8:06 从2号站台出发，在磨坊桥换乘，8:58 到达旧港。",
        "ko": "8시 6분에 2번 승강장에서 출발해 밀브리지에서 갈아타면 8시 58분에 올드하버에 도착합니다.",
    },
    "route": {
        "en": "Platform 3 is 4 minutes on foot. Take the lift beside the ticket hall to platform level.",
        "zh": "步行4分钟可到3号站台。请乘售票厅旁的电梯到站台层。",
        "ko": "3번 승강장까지 걸어서 4분입니다. 매표소 옆 엘리베이터로 승강장 층으로 가세요.",
    },
    "air": {
        "en": "The air is good. The sensor for CO₂ on platforms 1–4 is silent.",
        "zh": "空气优。1–4号站台的二氧化碳传感器没有读数。",
        "ko": "공기가 좋습니다. 1–4번 승강장의 CO₂ 센서는 측정값이 없습니다.",
    },
    "choices": {"en": "Which one do you mean?", "zh": "您指的是哪一个？", "ko": "어느 쪽을 말씀하시나요?"},
    "text": {
        "en": "I can tell you about trains, places and the air of this station.",
        "zh": "我可以告诉您列车、设施和空气情况。",
        "ko": "열차, 시설, 공기에 대해 알려 드립니다.",
    },
    "quiet": {
        "en": "Take your time. Touch one of these, or ask me aloud.",
        "zh": "不着急。可以点选下面的一项，也可以直接问我。",
        "ko": "천천히 하세요. 아래에서 하나를 누르거나 말로 물어보세요.",
    },
    "korean": {"ko": "이제 한국어로 말씀하세요."},
}


def answer(question: str, language: str) -> Turn:
    """The answer to a question: by words and intents that this double knows."""
    asked = question.lower()
    if "korean" in asked:
        return turn("korean", "ko", None)
    if "robot_quiet" in asked:
        offered = tiles(language)[:6]
        card = ChoicesCard(title=SENTENCES["choices"][language], choices=offered)
        return turn("quiet", language, card).model_copy(update={"suggestions": offered})
    if "change" in asked or "journeys" in asked:
        return turn("journey", language, ways.journeys(language, NOW))
    if "way to" in asked or "wayfinding" in asked:
        return turn("route", language, ways.route(language))
    if "platform" in asked:
        choices = tiles(language)[:3]
        return turn("choices", language, ChoicesCard(title=SENTENCES["choices"][language], choices=choices))
    if "facilities" in asked or "toilet" in asked:
        return turn("place", language, place(language))
    if "air_quality" in asked or "how is the air" in asked:
        return turn("air", language, air(language))
    if "robot" in asked:
        return turn("text", language, TextCard(title=TILES[language][-1], lines=TILES[language][:5]))
    rows = [row.model_copy(update={"arrival": row.scheduled + timedelta(minutes=31)}) for row in departures(language)[:4]]
    return turn("departures", language, DeparturesCard(title=TILES[language][1], departures=rows))


def turn(name: str, language: str, card: Card | None) -> Turn:
    """A turn with one reply."""
    text = SENTENCES[name][language]
    return Turn(
        id="", conversation_id="c", language=language, heard=None, understood=Understood(intent=name, confidence=1.0),
        replies=[Reply(text=text, speech=text, card=card)], suggestions=tiles(language)[2:5], sources=[], timings_ms={"total": 1.0},
    )  # fmt: skip
