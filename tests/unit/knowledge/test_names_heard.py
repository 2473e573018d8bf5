"""Names of real feeds as a recogniser or a hurried finger makes them: still found, and hardly ever taken for another stop."""

import csv
import io
import random
import re
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.knowledge.names import CLEAR, Named, Names, normalise, with_short_names
from tests.reference.metro_stations import BEIJING, BUSAN

FEEDS = ("bart-2019-rt", "busan-metro-2025", "caltrain-2023-rt", "metro-north-2026", "wmata-rail-2026")
ALIKE = (
    ("ph", "f"), ("c", "k"), ("k", "c"), ("ck", "k"), ("ee", "ea"), ("ea", "ee"), ("ie", "y"), ("y", "ie"), ("ae", "ay"), ("ai", "ay"),
    ("ou", "ow"), ("s", "z"), ("z", "s"), ("v", "f"), ("j", "g"), ("qu", "kw"), ("x", "ks"), ("e", "i"), ("i", "e"), ("o", "u"), ("t", "d"),
    ("er", "ar"), ("gh", "g"), ("th", "t"), ("wh", "w"),
)  # fmt: skip
HEARD_ALIKE = (
    ("ᅢ", "ᅦ"), ("ᅦ", "ᅢ"), ("ᄏ", "ᄀ"), ("ᄐ", "ᄃ"), ("ᄎ", "ᄌ"), ("ᄀ", "ᄏ"), ("ᄃ", "ᄐ"), ("ᅩ", "ᅮ"), ("ᆼ", "ᆫ"), ("ᄌ", "ᄎ"),
)  # fmt: skip
HOMOPHONES = {
    "单": "丹担", "东": "冬咚", "王": "忘往", "府": "付服", "井": "景警", "国": "果过", "天": "添", "安": "按", "门": "们闷", "西": "希溪",
    "建": "见件", "里": "李理", "大": "达打", "望": "忘旺", "路": "露陆", "主": "煮", "坟": "分", "复": "付父", "古": "鼓骨", "城": "成程",
    "苹": "平", "果": "过国", "园": "元原", "直": "只值", "水": "谁", "潭": "谈弹", "鼓": "古", "楼": "漏", "街": "接", "和": "何合",
    "宫": "工公", "阳": "羊洋", "站": "占", "前": "钱千", "平": "苹", "武": "五舞", "车": "扯", "公": "工宫", "庄": "装", "动": "冻洞",
    "物": "误务", "村": "存", "人": "仁", "民": "敏", "学": "雪", "海": "害", "中": "钟终", "关": "官", "圆": "园原", "明": "名鸣",
    "北": "背", "通": "同痛", "立": "力丽", "桥": "乔瞧", "南": "男兰", "口": "扣", "新": "心欣", "灯": "登", "市": "是事", "器": "气起",
    "家": "加佳", "三": "散", "元": "原园", "亮": "量两", "马": "吗码", "太": "泰态", "四": "是死", "惠": "会回", "张": "章",
}  # fmt: skip
TAKEN_FOR_ANOTHER = 0.02
FOUND = 0.9


def stops(feed: Path) -> list[Named]:
    """The stations of a feed as things with names."""
    with zipfile.ZipFile(feed / "gtfs.zip") as packed:
        rows = list(csv.DictReader(io.TextIOWrapper(packed.open("stops.txt"), "utf-8-sig")))
    own = {row["stop_name"].strip() for row in rows if row.get("location_type", "") in ("", "0", "1") and not row.get("parent_station")}
    return [Named(kind="stop", id=name, names={"": name}) for name in sorted(own) if not name.startswith("Temporary")]


def latin(name: str, chance: random.Random) -> Iterator[str]:
    """A name with a letter dropped, one doubled, two swapped, one spelt by its sound, and its words run together."""
    word = normalise(name)
    inner = [index for index in range(1, len(word) - 1) if word[index].isalpha()]
    if len(inner) < 3:
        return
    at = chance.choice(inner)
    yield word[:at] + word[at + 1 :]
    at = chance.choice(inner)
    yield word[: at + 1] + word[at:]
    at = chance.choice(inner)
    yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    fitting = [(old, new) for old, new in ALIKE if old in word[1:]]
    for old, new in chance.sample(fitting, min(3, len(fitting))):
        yield word[0] + word[1:].replace(old, new, 1)
    if " " in word:
        yield word.replace(" ", "", 1)


def twice(name: str, chance: random.Random) -> Iterator[str]:
    """A name disturbed in two ways at once."""
    for once in latin(name, chance):
        yield chance.choice(list(latin(once, chance)) or [once])


def han(name: str, chance: random.Random) -> Iterator[str]:
    """A name with one and with two characters of the same sound in their place."""
    places = [index for index, char in enumerate(name) if char in HOMOPHONES]
    for count in (1, 2):
        if len(places) >= count:
            chars = list(name)
            for index in chance.sample(places, count):
                chars[index] = chance.choice(HOMOPHONES[chars[index]])
            yield "".join(chars)


def hangul(name: str, chance: random.Random) -> Iterator[str]:
    """A name with a vowel, a first or a last sound that is heard alike, and as it is said without pauses."""
    jamo = unicodedata.normalize("NFD", name)
    for old, new in HEARD_ALIKE:
        if old in jamo:
            yield unicodedata.normalize("NFC", jamo.replace(old, new, 1))


def measure(things: list[Named], disturb: Callable[[str, random.Random], Iterator[str]], language: str) -> tuple[int, int, int, list[str]]:
    """How many disturbed names there are, how many are among what is offered, how many are taken for another; and the misses."""
    names, chance = Names(things), random.Random(7)  # noqa: S311
    known = {normalise(name) for thing in things for name in thing.names.values()}
    tried = found = wrong = 0
    missed = []
    for thing in things:
        for said in disturb(thing.names[""], chance):
            if normalise(said) in known:
                continue
            offered = names.match(said, language=language, kinds={"stop"}, limit=4)
            tried += 1
            ok = any(match.id == thing.id for match in offered)
            found += ok
            taken = [match.id for match in offered if match.confidence >= CLEAR]
            wrong += bool(taken) and thing.id not in taken
            if not ok or (taken and thing.id not in taken):
                missed.append(f"{said} ({thing.id}): {[(match.id, match.confidence) for match in offered]}")
    return tried, found, wrong, missed


def hold(tried: int, found: int, wrong: int, missed: list[str], least: int) -> None:
    """Enough names were tried, nine tenths are found, and almost none is taken for another."""
    assert tried >= least
    assert found >= FOUND * tried, missed
    assert wrong <= TAKEN_FOR_ANOTHER * tried, missed


@pytest.mark.parametrize("disturb", [latin, twice])
@pytest.mark.parametrize("feed", FEEDS)
def test_disturbed_names_of_real_feeds(shared_data: Path, feed: str, disturb: Callable[[str, random.Random], Iterator[str]]) -> None:
    hold(*measure(stops(shared_data / "gtfs" / feed), disturb, "en"), least=150)


@pytest.mark.parametrize(
    ("words", "language", "disturb", "least"), [(BEIJING, "zh", han, 90), (BUSAN, "ko", hangul, 150)], ids=["zh", "ko"]
)
def test_disturbed_names_in_chinese_and_korean(
    words: list[str], language: str, disturb: Callable[[str, random.Random], Iterator[str]], least: int
) -> None:
    hold(*measure([Named(kind="stop", id=word, names={"": word}) for word in words], disturb, language), least=least)


@pytest.mark.parametrize("feed", FEEDS)
def test_no_two_stops_have_the_same_short_name(shared_data: Path, feed: str) -> None:
    things = stops(shared_data / "gtfs" / feed)
    meant: dict[str, set[str]] = {}
    made = 0
    for plain, thing in zip(things, with_short_names(things), strict=True):
        made += len(thing.aliases) - len(plain.aliases)
        for name in thing.every_name():
            meant.setdefault(normalise(name), set()).add(thing.id)
    assert made >= 10
    assert {name: ids for name, ids in meant.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("feed", "said", "stop"),
    [
        ("caltrain-2023-rt", "SF", "San Francisco Caltrain Station"),
        ("caltrain-2023-rt", "san francisco", "San Francisco Caltrain Station"),
        ("bart-2019-rt", "twelfth street oakland city center", "12th St. Oakland City Center"),
        ("bart-2019-rt", "oakland int'l airport", "Oakland International Airport"), ("wmata-rail-2026", "judiciary square", "Judiciary Sq"),
        ("wmata-rail-2026", "eisenhower avenue", "Eisenhower Av"), ("metro-north-2026", "mount kisco", "Mt Kisco"),
        ("busan-metro-2025", "pusan national university", "Pusan Nat'l Univ."), ("metro-north-2026", "univ hts", "University Heights"),
    ],
)  # fmt: skip
def test_names_in_full_and_cut_short(shared_data: Path, feed: str, said: str, stop: str) -> None:
    [match] = Names(stops(shared_data / "gtfs" / feed)).match(said, language="en")
    assert (match.id, match.confidence) == (stop, 1.0)


UNKNOWN = (
    "munich", "paris", "tokyo", "berlin", "chicago", "seattle", "newark", "albany", "buffalo", "dallas", "denver", "madrid", "rome",
    "seoul",
    "beijing", "shanghai", "osaka", "kyoto", "stockton", "vallejo", "monterey", "liverpool", "bristol", "the moon", "the zoo", "disneyland",
)  # fmt: skip


@pytest.mark.parametrize("feed", FEEDS)
def test_a_place_far_away_is_no_stop(shared_data: Path, feed: str) -> None:
    names = Names(stops(shared_data / "gtfs" / feed))
    offered = {said: [match.name for match in found] for said in UNKNOWN if (found := names.match(said, language="en", kinds={"stop"}))}
    assert len(offered) <= 2, offered
    assert not [said for said in UNKNOWN for match in names.match(said, language="en", kinds={"stop"}) if match.confidence >= CLEAR]


def test_three_thousand_names_take_no_time(shared_data: Path) -> None:
    first = [stop.names[""] for stop in stops(shared_data / "gtfs" / "metro-north-2026")]
    second = [stop.names[""] for stop in stops(shared_data / "gtfs" / "busan-metro-2025")]
    pairs = [f"{one} {two}" for one in first for two in second[:30]][:3000]
    names = Names([Named(kind="stop", id=pair, names={"": pair}) for pair in pairs])
    best = min(_took(lambda: names.match("chappaqwa anpyong", language="en")) for _ in range(5))
    assert best <= 0.010
    assert re.match("Chappaqua", names.match("chappaqwa anpyong", language="en")[0].name)


def _took(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started
