"""Values to words: times, days, lists, vehicles, plurals and Korean particles, once for the eye and once for the ear.

In a language that this program was never taught a value is written so that no language's words are needed: figures, ISO dates, signs.
"""

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from assistant.answers.money import Money, money_text

WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "ko": ("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"),
}
SHORT_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "ko": ("월", "화", "수", "목", "금", "토", "일"),
}
OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
TOMORROW = {"en": "tomorrow", "zh": "明天", "ko": "내일"}
TODAY = {"en": "today", "zh": "今天", "ko": "오늘"}
EVERY_DAY = {"en": "every day", "zh": "每天", "ko": "매일"}
ABOUT = {"en": "about {}", "zh": "大约{}", "ko": "{}쯤"}
EVERY_MINUTE = {"en": "about every minute", "zh": "大约每分钟", "ko": "매분쯤"}
EVERY_MINUTES = {"en": "about every {} minutes", "zh": "大约每{}分钟", "ko": "매 {}분쯤"}
FROM_TO = {"en": "{} to {}", "zh": "{}至{}", "ko": "{}부터 {}까지"}
VEHICLES = {
    "en": {"rail": "train", "metro": "metro", "tram": "tram", "bus": "bus", "ferry": "ferry", "other": "departure"},
    "zh": {"rail": "列车", "metro": "地铁", "tram": "电车", "bus": "公交车", "ferry": "渡轮", "other": "班次"},
    "ko": {"rail": "열차", "metro": "지하철", "tram": "트램", "bus": "버스", "ferry": "페리", "other": "차편"},
}
HOURS_WORDS = {
    "en": {"off": "closed", "closed": "closed", "24/7": "always open", "PH": "public holidays"},
    "zh": {"off": "休息", "closed": "休息", "24/7": "全天开放", "PH": "公共假日"},
    "ko": {"off": "휴무", "closed": "휴무", "24/7": "24시간", "PH": "공휴일"},
}


EVERYWHERE = {"rail": "train", "metro": "metro", "tram": "tram", "bus": "bus", "ferry": "ferry", "other": ""}
"""Vehicles by the words that most languages know."""


@dataclass(frozen=True, slots=True)
class When:
    """A moment as part of a sentence: "at 14:05", "tomorrow at 05:10", "at about 14:05"; with `headway_s` "about every 5 minutes"."""

    moment: datetime
    headway_s: int | None = None
    """Of what promises no times: how often it runs is said instead."""
    about: bool = False


@dataclass(frozen=True, slots=True)
class Until:
    """A moment as a limit: "22:00", "tomorrow 01:00"."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class About:
    """A time of day that nobody promises: "about 22:00"."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class OnDay:
    """A day as part of a sentence: "today", "on Sunday", "on 25 December 2026"."""

    day: date


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week, Monday as 0: "every day", "Monday to Friday", "Saturday and Sunday"."""

    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A word for what runs, by GTFS mode."""

    mode: str


@dataclass(frozen=True, slots=True)
class Voice:
    """How values are put into words: the language, the present moment (in the station's zone), for the eye or the ear."""

    language: str
    now: datetime
    spoken: bool

    def word(self, value: object) -> str:
        """One value in words."""
        match value:
            case Money():
                return money_text(value, self.language, spoken=self.spoken)
            case Vehicle(mode=mode):
                words = VEHICLES.get(self.language, EVERYWHERE)
                return words.get(mode, words["other"])
            case list() | tuple():
                return self._listing([self.word(item) for item in value])
            case When() | Until() | About() | OnDay() | Weekdays() | date():
                return self._time_word(value)
            case _:
                return str(value)

    def _time_word(self, value: When | Until | About | OnDay | Weekdays | date) -> str:
        match value:
            case When(headway_s=int(headway_s)):
                minutes = max(1, round(headway_s / 60))
                words = EVERY_MINUTE if minutes == 1 else EVERY_MINUTES
                return words.get(self.language, "~ {} min").format(minutes)
            case When(moment=moment, about=about):
                return self._when(moment, at="at " if self.language == "en" else "", about=about)
            case Until(moment=moment):
                return self._when(moment, at="")
            case About(moment=moment):
                return self._about(self.time(moment))
            case OnDay(day=day):
                return self._on_day(day)
            case Weekdays(days=days):
                return self._weekdays(sorted(days))
            case datetime():
                return self.time(value)
            case _:
                return self._date(value)

    def time(self, moment: datetime) -> str:
        """A time of day on the 24-hour clock."""
        hour, minute = moment.hour, moment.minute
        if not self.spoken or self.language not in WEEKDAYS:
            return f"{hour:02}:{minute:02}"
        if self.language == "zh":
            return f"{hour}点整" if minute == 0 else f"{hour}点{'零' if minute < 10 else ''}{minute}分"
        if self.language == "ko":
            return f"{hour}시" if minute == 0 else f"{hour}시 {minute}분"
        if hour == 0:
            return f"{minute} {'minute' if minute == 1 else 'minutes'} past midnight" if minute else "midnight"
        if minute == 0:
            return "noon" if hour == 12 else f"{hour} o'clock" if hour < 12 else f"{hour} hundred"
        return f"{hour} oh {minute}" if minute < 10 else f"{hour} {minute}"

    def _about(self, time: str) -> str:
        return ABOUT.get(self.language, "~ {}").format(time)

    def _when(self, moment: datetime, *, at: str, about: bool = False) -> str:
        days = (moment.date() - self.now.date()).days
        time = self._about(self.time(moment)) if about else self.time(moment)
        if days == 0:
            return f"{at}{time}"
        if days == 1 and self.language in TOMORROW:
            day = TOMORROW[self.language]
        elif 1 < days < 7 and self.language in WEEKDAYS:
            name = WEEKDAYS[self.language][moment.weekday()]
            day = f"on {name}" if self.language == "en" and at else name
        else:
            day = self._date(moment.date())
            day = f"on {day}" if self.language == "en" and at else day
        return f"{day}{time}" if self.language == "zh" else f"{day} {at}{time}"

    def _on_day(self, day: date) -> str:
        ahead = (day - self.now.date()).days
        if self.language not in WEEKDAYS:
            return self._date(day)
        if ahead in (0, 1):
            return (TODAY if ahead == 0 else TOMORROW)[self.language]
        name = WEEKDAYS[self.language][day.weekday()] if 1 < ahead < 7 else self._date(day)
        return f"on {name}" if self.language == "en" else f"{name}에" if self.language == "ko" else name

    def _weekdays(self, days: list[int]) -> str:
        if self.language not in WEEKDAYS:
            return self._listing([self._date(self._next(day)) for day in days])
        names = WEEKDAYS[self.language]
        if len(days) == len(names):
            return EVERY_DAY[self.language]
        if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
            return FROM_TO[self.language].format(names[days[0]], names[days[-1]])
        return self._listing([names[day] for day in days])

    def _next(self, weekday: int) -> date:
        """The next day of that name, today among them."""
        return self.now.date() + timedelta(days=(weekday - self.now.weekday()) % 7)

    def _date(self, day: date) -> str:
        if self.language == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        if self.language == "ko":
            return f"{day.year}년 {day.month}월 {day.day}일"
        if self.language not in WEEKDAYS:
            return day.isoformat()
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def _listing(self, items: Sequence[str]) -> str:
        if self.language == "zh":
            return "、".join(items)
        if self.language != "en" or len(items) < 2:
            return ", ".join(items)
        return f"{', '.join(items[:-1])} and {items[-1]}"


def hours_text(hours: str, language: str) -> str:
    """Opening hours in OpenStreetMap's syntax as people read them; words of the syntax that are not known stay, and so does all of it in
    a language that was never taught."""
    if language not in HOURS_WORDS:
        return hours
    words = HOURS_WORDS[language] | dict(zip(OSM_DAYS, SHORT_WEEKDAYS[language], strict=True))
    text = hours
    for token in sorted(words, key=len, reverse=True):
        text = _replace_word(text, token, words[token])
    return text.replace("-", "–").replace(",", ", ").replace(";", " ·") if text != words["24/7"] else text


def _replace_word(text: str, token: str, word: str) -> str:
    return re.sub(rf"(?<![A-Za-z]){re.escape(token)}(?![A-Za-z])", word, text)


def final_consonant(name: str) -> int:
    """Index of the final consonant of the last syllable as it is said in Korean: 0 none, 8 "ㄹ"; digits by their Korean names."""
    last = next((char for char in reversed(name) if char.isalnum()), "")
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28
    # 영 일 이 삼 사 오 육 칠 팔 구: the finals of the digits' names.
    digits = {"0": 21, "1": 8, "3": 16, "6": 1, "7": 8, "8": 8}
    if last.isdigit():
        return digits.get(last, 0)
    # Latin letters are said by their English names: 엘 엠 엔 알 end in a consonant.
    return {"l": 8, "r": 8, "m": 16, "n": 4}.get(last.casefold(), 0)


def particle(name: str, pair: str) -> str:
    """The Korean particle of `pair` ("으로/로", "은/는", …) that follows `name`; "로" also follows ㄹ."""
    after_consonant, after_vowel = pair.split("/")
    final = final_consonant(name)
    if final == 8 and after_consonant == "으로":
        return after_vowel
    return after_consonant if final else after_vowel


class Template(string.Formatter):
    """`{name}` in the words of a voice; `{name:으로/로}` adds a Korean particle; `{count:place|places}` a number with its noun."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def fill(self, template: str, values: Mapping[str, Any]) -> str:
        """The sentence. Raises KeyError where the template names a value that is not given."""
        return self.vformat(template, (), values)

    def format_field(self, value: Any, format_spec: str) -> str:
        """One placeholder."""
        word = self._voice.word(value)
        if "/" in format_spec:
            return word + particle(word, format_spec)
        if "|" in format_spec:
            one, many = format_spec.split("|")
            return f"{word} {one if value == 1 else many}"
        return word
