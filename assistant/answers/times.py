"""Spans of time expressions to moments, in English, Chinese and Korean, relative to the station's clock.

A clock time without a half of the day ("the 8:15") means the next moment it can mean; "at eight tomorrow" means the morning.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

EN_NUMBERS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50}
EN_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
ZH_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
KO_HOURS = {
    "열두": 12, "열한": 11, "열": 10, "아홉": 9, "여덟": 8, "일곱": 7, "여섯": 6, "다섯": 5, "네": 4, "세": 3, "두": 2, "한": 1,
}
KO_DIGITS = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
WEEKDAYS = [
    re.compile(pattern)
    for pattern in (
        r"\bmon(day)?\b|(星期|周|礼拜)一|월요일", r"\btue(sday)?\b|(星期|周|礼拜)二|화요일", r"\bwed(nesday)?\b|(星期|周|礼拜)三|수요일",
        r"\bthu(rsday)?\b|(星期|周|礼拜)四|목요일", r"\bfri(day)?\b|(星期|周|礼拜)五|금요일", r"\bsat(urday)?\b|(星期|周|礼拜)六|토요일",
        r"\bsun(day)?\b|(星期|周|礼拜)[日天]|일요일",
    )
]
AFTER_TOMORROW = re.compile(r"day after tomorrow|后天|모레")
TOMORROW = re.compile(r"\btomorrow\b|明天|明早|明晚|내일")
TODAY = re.compile(r"\btoday\b|\btonight\b|今天|今晚|今早|오늘")
MORNING = re.compile(r"\bmorning\b|早上|上午|早晨|明早|今早|凌晨|아침|오전|새벽|\ba\.?m\b")
AFTERNOON = re.compile(r"\bafternoon\b|\bevening\b|\btonight\b|\bnight\b|下午|晚上|傍晚|今晚|明晚|오후|저녁|밤|\bp\.?m\b")
PART_STARTS = [
    (re.compile(r"\bmorning\b|早上|上午|早晨|明早|今早|아침|오전"), time(6)), (re.compile(r"\bnoon\b|中午|정오|점심"), time(12)),
    (re.compile(r"\bafternoon\b|下午|오후"), time(12)), (re.compile(r"\bevening\b|\btonight\b|晚上|傍晚|今晚|明晚|저녁"), time(18)),
    (re.compile(r"\bmidnight\b|半夜|午夜|자정"), time(0)), (re.compile(r"\bnight\b|밤"), time(20)),
]


@dataclass(frozen=True, slots=True)
class Moment:
    """What a span means: from when, and whether a day or a clock time was named."""

    at: datetime
    day_named: bool
    time_named: bool


def parse(span: str, now: datetime) -> Moment | None:
    """The moment that `span` means at `now` (aware, in the station's zone), or None where it names none."""
    text = _digits(span.casefold().replace("：", ":").replace("o'clock", ":00").replace("’", "'"))
    if (delta := _relative(text)) is not None:
        return Moment(now + delta, day_named=False, time_named=True)
    day = _day(text, now)
    clock = _clock(text)
    if clock is None:
        start = next((start for pattern, start in PART_STARTS if pattern.search(text)), None)
        if day is None and start is None:
            return None
        return _part_of_day(day, start, now)
    return Moment(_place(clock, text, day, now), day_named=day is not None, time_named=True)


def _part_of_day(day: date | None, start: time | None, now: datetime) -> Moment:
    at = _at(day or now.date(), start or time(0), now)
    if day is None and at.date() == now.date() and start == time(0):
        at += timedelta(days=1)
    return Moment(max(at, now), day_named=day is not None, time_named=False)


def _at(day: date, clock: time, now: datetime) -> datetime:
    return datetime.combine(day, clock, tzinfo=now.tzinfo)


def _place(clock: time, text: str, day: date | None, now: datetime) -> datetime:
    """The clock time on its day, in the half of the day that is named, else the next that comes."""
    if AFTERNOON.search(text) and clock.hour < 12:
        clock = clock.replace(hour=clock.hour + 12)
    elif MORNING.search(text) and clock.hour == 12:
        clock = clock.replace(hour=0)
    elif not MORNING.search(text) and day is None and 0 < clock.hour <= 12:
        halves = [clock, clock.replace(hour=(clock.hour + 12) % 24)]
        today = [_at(now.date(), half, now) for half in halves]
        return min(moment if moment >= now else moment + timedelta(days=1) for moment in today)
    moment = _at(day or now.date(), clock, now)
    if day == now.date() and moment < now and clock.hour < 12 and not MORNING.search(text):
        return moment + timedelta(hours=12)
    return moment + timedelta(days=1) if day is None and moment < now else moment


def _day(text: str, now: datetime) -> date | None:
    if AFTER_TOMORROW.search(text):
        return now.date() + timedelta(days=2)
    if TOMORROW.search(text):
        return now.date() + timedelta(days=1)
    if TODAY.search(text):
        return now.date()
    for weekday, pattern in enumerate(WEEKDAYS):
        if pattern.search(text):
            return now.date() + timedelta(days=(weekday - now.weekday()) % 7)
    return None


def _relative(text: str) -> timedelta | None:
    match = re.search(r"in (?:about )?(half (?:an|1) +hour|(\d{1,4}) (?:and a half )?(minute|min|hour)s?)", text)
    if match:
        if match[1].startswith("half"):
            return timedelta(minutes=30)
        return timedelta(minutes=int(match[2])) if match[3].startswith("min") else timedelta(hours=int(match[2]))
    match = re.search(r"(?<!\d)(\d{1,4}) ?(分钟|个?小时|分|시간) ?(以?后|之后|뒤|후|이후)|(半)个?小时(以?后|之后)", text)
    if match:
        if match[4]:
            return timedelta(minutes=30)
        return timedelta(minutes=int(match[1])) if match[2] in ("分钟", "分") else timedelta(hours=int(match[1]))
    match = re.search(r"(?<!\d)(\d{1,4}) ?분 ?(뒤|후|이후)", text)
    return timedelta(minutes=int(match[1])) if match else None


def _clock(text: str) -> time | None:
    for pattern, reading in (
        (r"(?<!\d)(\d{1,2})[:.h](\d{2})(?!\d)", lambda m: (int(m[1]), int(m[2]))),
        (r"half past (\d{1,2})", lambda m: (int(m[1]), 30)),
        (r"(?:a )?quarter past (\d{1,2})", lambda m: (int(m[1]), 15)),
        (r"(?:a )?quarter to (\d{1,2})", lambda m: (int(m[1]) - 1, 45)),
        (r"(\d{1,2}) (?:minutes )?past (\d{1,2})", lambda m: (int(m[2]), int(m[1]))),
        (r"(\d{1,2}) (?:minutes )?to (\d{1,2})\b", lambda m: (int(m[2]) - 1, 60 - int(m[1]))),
        (r"(\d{1,2}) ?[点點](?:(半)|(\d{1,2}) ?分?|(一刻)|(三刻))?", _zh_clock),
        (r"(\d{1,2}) ?시 ?(?:(반)|(\d{1,2}) ?분)?", lambda m: (int(m[1]), 30 if m[2] else int(m[3] or 0))),
        (r"(?<!\d)(\d{1,2}) (\d{2})(?!\d)", lambda m: (int(m[1]), int(m[2]))),
        (r"(?<!\d)(\d{1,2}) ?(?:a\.?m|p\.?m)\b", lambda m: (int(m[1]), 0)),
        (r"\b(?:at|the|after|around|about|by|before|from) (\d{1,2})(?!\d)", lambda m: (int(m[1]), 0)),
        (r"(?<!\d)([01]\d|2[0-3])([0-5]\d)(?!\d)", lambda m: (int(m[1]), int(m[2]))),
        (r"^\D{0,12}?(\d{1,2})\D{0,12}$", lambda m: (int(m[1]), 0)),
    ):
        if match := re.search(pattern, text):
            hour, minute = reading(match)
            return time(hour % 24, minute) if -1 <= hour <= 24 and 0 <= minute < 60 else None
    return None


def _zh_clock(match: re.Match[str]) -> tuple[int, int]:
    minute = 30 if match[2] else 15 if match[4] else 45 if match[5] else int(match[3] or 0)
    return int(match[1]), minute


def _digits(text: str) -> str:
    """Number words to digits, in the three languages."""
    tens = "|".join(EN_TENS)
    ones = "|".join(word for word, value in EN_NUMBERS.items() if 0 < value < 10 and len(word) > 2)
    text = re.sub(rf"\b({tens})[ -]({ones})\b", lambda m: str(EN_TENS[m[1]] + EN_NUMBERS[m[2]]), text)
    words = "|".join(sorted((word for word in EN_NUMBERS if len(word) > 2), key=len, reverse=True))
    text = re.sub(r"\boh (?=\w)", "0 ", text)
    text = re.sub(rf"\b({words})\b", lambda m: str(EN_NUMBERS[m[1]]), text)
    text = re.sub(r"\b0 (\d)\b", r"0\1", text)
    text = re.sub(r"\ban? (?=hour|minute)", "1 ", text)
    text = re.sub(r"[零〇一二三四五六七八九十两]+(?= ?[点點分个小])", lambda m: str(_zh_number(m[0])), text)
    text = re.sub(r"(?<=[点點])[零〇一二三四五六七八九十]+(?!刻)", lambda m: str(_zh_number(m[0])), text)
    text = re.sub(rf"({'|'.join(KO_HOURS)})(?= ?시)", lambda m: str(KO_HOURS[m[1]]), text)
    return re.sub(r"[일이삼사오육칠팔구십]+(?= ?[분시])", lambda m: str(_ko_number(m[0])), text)


def _zh_number(text: str) -> int:
    if "十" in text:
        before, after = text.split("十", 1)
        return (ZH_DIGITS.get(before, 1) if before else 1) * 10 + (ZH_DIGITS.get(after[-1], 0) if after else 0)
    return int("".join(str(ZH_DIGITS[char]) for char in text))


def _ko_number(text: str) -> int:
    if "십" in text:
        before, after = text.split("십", 1)
        return (KO_DIGITS.get(before, 1) if before else 1) * 10 + (KO_DIGITS.get(after, 0) if after else 0)
    return sum(KO_DIGITS[char] for char in text[:1])
