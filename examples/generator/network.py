"""The invented region: its stations, where they lie, and the lines that join them."""

from dataclasses import dataclass
from typing import NamedTuple

HUB = "hc"
"""The station whose indoor layout is drawn in `layout.py`."""


class Name(NamedTuple):
    """A name in the three languages of the station."""

    en: str
    zh: str
    ko: str


class Station(NamedTuple):
    """A station or a bus stop; `x` and `y` are kilometres east and north of the hub, `zone` is its fare zone."""

    name: Name
    x: float
    y: float
    zone: str


def _station(en: str, zh: str, ko: str, x: float, y: float, zone: str = "A") -> Station:
    return Station(Name(en, zh, ko), x, y, zone)


STATIONS = {
    "hc": _station("Harbour Central", "港口中央站", "항구중앙역", 0, 0),
    # InterCity
    "ng": _station("Northgate", "北门市", "노스게이트", 6, 118, "D"),
    "wh": _station("Winter Hill", "冬山", "윈터힐", -4, 84, "D"),
    "sl": _station("Silver Lake", "银湖", "실버레이크", 3, 52, "C"),
    "sb": _station("Stonebridge", "石桥", "스톤브리지", 8, 30, "C"),
    "gv": _station("Green Valley", "绿谷", "그린밸리", -9, -27, "C"),
    "cr": _station("Castle Rock", "城堡岩", "캐슬록", -14, -48, "C"),
    "sg": _station("Southgate", "南门市", "사우스게이트", -8, -102, "D"),
    "ib": _station("Iron Bridge", "铁桥", "아이언브리지", -34, 6, "C"),
    "ch": _station("Copper Hill", "铜山", "코퍼힐", -66, 12, "D"),
    "wp": _station("Westport", "西港", "웨스트포트", -104, 4, "D"),
    # River Line
    "mb": _station("Mill Bridge", "磨坊桥", "밀브리지", 2, 6, "B"),
    "rs": _station("Riverside", "河畔", "리버사이드", 3, 11, "B"),
    "ag": _station("Apple Grove", "苹果园", "애플그로브", 5, 17, "B"),
    "fh": _station("Fox Hill", "狐狸山", "폭스힐", 7, 23, "B"),
    # Valley Line
    "rg": _station("Rose Garden", "玫瑰园", "로즈가든", -3, -6, "B"),
    "lm": _station("Long Meadow", "长草地", "롱메도", -5, -12, "B"),
    "cl": _station("Cherry Lane", "樱桃巷", "체리레인", -6, -17, "B"),
    "dc": _station("Deer Creek", "鹿溪", "디어크리크", -8, -22, "B"),
    # Coast Line
    "sy": _station("Sandy Bay", "沙湾", "샌디베이", 8, -3, "B"),
    "lh": _station("Lighthouse", "灯塔", "등대", 14, -6, "B"),
    "si": _station("Shell Island", "贝壳岛", "조개섬", 20, -8, "C"),
    "sp": _station("Seal Point", "海豹角", "실포인트", 26, -9, "C"),
    "cb": _station("Cedar Beach", "雪松海滩", "시더비치", 33, -12, "C"),
    "ep": _station("Eastport", "东港", "이스트포트", 41, -14, "C"),
    # Airport Express
    "ap": _station("Airport", "机场", "공항", -16, 9, "B"),
    # Red Line
    "nb": _station("North Beach", "北海滩", "노스비치", 2.4, 8.6),
    "aq": _station("Aquarium", "水族馆", "수족관", 2.1, 7.3),
    "ms": _station("Maple Street", "枫树街", "메이플가", 1.5, 6.1),
    "ho": _station("Hospital", "医院", "병원", 1.1, 4.8),
    "mu": _station("Museum", "博物馆", "박물관", 0.7, 3.4),
    "ci": _station("City Hall", "市政厅", "시청", 0.4, 2.2),
    "mk": _station("Market Square", "集市广场", "시장광장", 0.2, 1.1),
    "ot": _station("Old Town", "老城", "구시가지", -0.3, -1.2),
    "ct": _station("Clock Tower", "钟楼", "시계탑", -0.6, -2.3),
    "th": _station("Theatre", "剧院", "극장", -0.8, -3.5),
    "gp": _station("Green Park", "绿园", "그린파크", -1.3, -4.7),
    "un": _station("University", "大学", "대학교", -1.9, -6.0),
    "sc": _station("Science Park", "科技园", "과학단지", -2.3, -7.3),
    "st": _station("Stadium", "体育场", "경기장", -2.4, -8.6),
    "sh": _station("South Hill", "南山", "사우스힐", -2.8, -9.9),
    # Blue Line
    "wl": _station("West Lake", "西湖", "웨스트레이크", -8.2, 1.9),
    "pf": _station("Pine Forest", "松林", "소나무숲", -6.8, 1.6),
    "wm": _station("Windmill", "风车", "풍차마을", -5.5, 1.5),
    "ex": _station("Exhibition Centre", "会展中心", "전시장", -4.1, 1.2),
    "pa": _station("Palace", "宫殿", "궁전", -2.7, 0.8),
    "li": _station("Library", "图书馆", "도서관", -1.3, 0.4),
    "fm": _station("Fish Market", "鱼市场", "수산시장", 1.2, 0.5),
    "sm": _station("Silk Mill", "丝厂", "실크밀", 2.3, 0.3),
    "oh": _station("Opera House", "歌剧院", "오페라하우스", 3.5, 0.1),
    "bg": _station("Botanical Garden", "植物园", "식물원", 4.7, 0.3),
    "zo": _station("Zoo", "动物园", "동물원", 5.9, 0.8),
    "eg": _station("East Gate", "东门", "동문", 7.1, 1.1),
    "ov": _station("Ocean View", "海景", "오션뷰", 8.4, 0.9),
    "ft": _station("Ferry Terminal", "轮渡码头", "여객선터미널", 9.6, 0.4),
    # Night buses
    "ks": _station("King Street", "国王街", "킹가", -0.2, -0.6),
    "cs": _station("Canal Street", "运河街", "운하가", -1.0, -2.9),
    "cn": _station("Chapel Lane", "教堂巷", "채플레인", -6.5, -2.0),
    "tr": _station("Tower Road", "塔路", "타워로", -12.0, 4.0, "B"),
    "qs": _station("Queen Street", "女王街", "퀸가", 0.3, 0.7),
    "sa": _station("Sunset Avenue", "日落大道", "선셋대로", 1.3, 5.5),
    "ht": _station("Hill Top", "山顶", "힐탑", 1.9, 6.8),
}

RAIL, METRO, BUS = 2, 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A route with its calls: station and minutes from the call before."""

    id: str
    name: Name
    mode: int
    colour: str
    text_colour: str
    calls: tuple[tuple[str, int], ...]
    hub: tuple[str, str]
    """Platform codes at the hub, towards the last call and back; "7/8" is 7 and 8 in turn."""
    dwell: int
    """Seconds between arrival and departure on the way."""
    hub_dwell: int
    first_number: int | None = None
    """Number of the first train, for trains that have one."""
    bikes: int = 2
    """GTFS `bikes_allowed`."""


def _calls(text: str) -> tuple[tuple[str, int], ...]:
    """Calls written as "hc ex+9 ap+12"."""
    parts = (call.partition("+") for call in text.split())
    return tuple((station, int(minutes or 0)) for station, _, minutes in parts)


LINES = (
    Line(
        id="IC1", name=Name("InterCity North South", "南北城际列车", "남북 인터시티"),
        mode=RAIL, colour="8C1D40", text_colour="FFFFFF",
        calls=_calls("ng wh+17 sl+16 sb+12 hc+20 gv+17 cr+12 sg+28"),
        hub=("2", "1"), dwell=60, hub_dwell=240, first_number=101,
    ),
    Line(
        id="IC2", name=Name("InterCity West", "西部城际列车", "서부 인터시티"),
        mode=RAIL, colour="B5451B", text_colour="FFFFFF",
        calls=_calls("hc ib+18 ch+17 wp+20"),
        hub=("3", "3"), dwell=60, hub_dwell=0, first_number=301,
    ),
    Line(
        id="RE1", name=Name("River Line", "河滨线", "리버 라인"),
        mode=RAIL, colour="1F5F8B", text_colour="FFFFFF",
        calls=_calls("hc mb+6 rs+5 ag+6 fh+6 sb+7 sl+18"),
        hub=("5", "5"), dwell=30, hub_dwell=0, first_number=2101, bikes=1,
    ),
    Line(
        id="RE2", name=Name("Valley Line", "山谷线", "밸리 라인"),
        mode=RAIL, colour="2E6B3E", text_colour="FFFFFF",
        calls=_calls("hc rg+6 lm+6 cl+5 dc+5 gv+6 cr+16"),
        hub=("6", "6"), dwell=30, hub_dwell=0, first_number=2301, bikes=1,
    ),
    Line(
        id="RE3", name=Name("Coast Line", "海岸线", "해안선"),
        mode=RAIL, colour="00727A", text_colour="FFFFFF",
        calls=_calls("hc sy+8 lh+7 si+6 sp+6 cb+7 ep+9"),
        hub=("4", "4"), dwell=30, hub_dwell=0, first_number=2501, bikes=1,
    ),
    Line(
        id="AX", name=Name("Airport Express", "机场快线", "공항 급행"),
        mode=RAIL, colour="5B3A8E", text_colour="FFFFFF",
        calls=_calls("hc ex+6 ap+12"),
        hub=("7/8", "7/8"), dwell=60, hub_dwell=0,
    ),
    Line(
        id="M1", name=Name("Red Line", "红线", "레드 라인"),
        mode=METRO, colour="C62828", text_colour="FFFFFF",
        calls=_calls("nb aq+2 ms+2 ho+2 mu+2 ci+2 mk+2 hc+2 ot+3 ct+2 th+2 gp+2 un+2 sc+2 st+2 sh+2"),
        hub=("10", "9"), dwell=20, hub_dwell=60,
    ),
    Line(
        id="M2", name=Name("Blue Line", "蓝线", "블루 라인"),
        mode=METRO, colour="1A4FB4", text_colour="FFFFFF",
        calls=_calls("wl pf+2 wm+2 ex+2 pa+2 li+2 hc+3 fm+2 sm+2 oh+2 bg+2 zo+2 eg+2 ov+2 ft+2"),
        hub=("11", "12"), dwell=20, hub_dwell=60,
    ),
    Line(
        id="N1", name=Name("Airport Night Bus", "机场夜班车", "공항 심야버스"),
        mode=BUS, colour="263238", text_colour="FFFFFF",
        calls=_calls("hc ks+3 ot+3 cs+4 un+8 cn+10 tr+14 ap+9"),
        hub=("A", "A"), dwell=0, hub_dwell=0,
    ),
    Line(
        id="N2", name=Name("North Night Bus", "北线夜班车", "북부 심야버스"),
        mode=BUS, colour="37474F", text_colour="FFFFFF",
        calls=_calls("hc qs+3 ci+4 ho+6 sa+3 ht+4 nb+5"),
        hub=("B", "B"), dwell=0, hub_dwell=0,
    ),
)


def _assign() -> dict[tuple[str, str, int], tuple[str, ...]]:
    """Platform codes per station, line and direction; a line that ends at a station leaves from where it came in."""
    codes: dict[tuple[str, str, int], tuple[str, ...]] = {}
    used: dict[tuple[str, bool], int] = {}
    for line in LINES:
        ends = {line.calls[0][0], line.calls[-1][0]}
        for station, _ in line.calls:
            for direction in (0, 1):
                if station == HUB:
                    codes[station, line.id, direction] = tuple(line.hub[direction].split("/"))
                elif direction and (station in ends or line.mode == BUS):
                    codes[station, line.id, 1] = codes[station, line.id, 0]
                else:
                    place = (station, line.mode == BUS)
                    used[place] = used.get(place, 0) + 1
                    code = chr(64 + used[place]) if line.mode == BUS else str(used[place])
                    codes[station, line.id, direction] = (code,)
    return codes


PLATFORMS = _assign()
"""(station, line, direction) → platform codes, used in turn."""
BUS_ONLY = {
    station for station in STATIONS
    if {line.mode for line in LINES if station in dict(line.calls)} == {BUS}
}
"""Stops without a station: one pole, no platform code."""


def platform_codes(station: str) -> list[str]:
    """The platform codes of a station, in order."""
    codes = {code for (place, _, _), turns in PLATFORMS.items() if place == station for code in turns}
    return sorted(codes, key=lambda code: (not code.isdigit(), len(code), code))


def stop_id(station: str, code: str) -> str:
    """GTFS id of a platform."""
    return station if station in BUS_ONLY else station + code
