import importlib.util
import re
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.times import Moment, parse, window

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=ZoneInfo("Europe/London"))  # a Monday
DIALOGUES = Path(__file__).resolve().parents[3] / "dialogues"


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("at half past nine tomorrow", "2026-11-24T09:30"),
        ("the 8:15", "2026-11-23T20:15"),
        ("the 15:04", "2026-11-23T15:04"),
        ("in twenty minutes", "2026-11-23T14:20"),
        ("in half an hour", "2026-11-23T14:30"),
        ("in an hour", "2026-11-23T15:00"),
        ("in two hours", "2026-11-23T16:00"),
        ("tonight", "2026-11-23T18:00"),
        ("tomorrow", "2026-11-24T00:00"),
        ("Sunday morning", "2026-11-29T06:00"),
        ("at 8 pm", "2026-11-23T20:00"),
        ("at eight a.m. tomorrow", "2026-11-24T08:00"),
        ("eight fifteen", "2026-11-23T20:15"),
        ("eight oh five", "2026-11-23T20:05"),
        ("quarter to nine", "2026-11-23T20:45"),
        ("quarter past three", "2026-11-23T15:15"),
        ("ten to four", "2026-11-23T15:50"),
        ("at eighteen thirty", "2026-11-23T18:30"),
        ("around twenty one forty five", "2026-11-23T21:45"),
        ("today at 3", "2026-11-23T15:00"),
        ("明天早上八点半", "2026-11-24T08:30"),
        ("今晚八点", "2026-11-23T20:00"),
        ("下午三点一刻", "2026-11-23T15:15"),
        ("十五点二十分", "2026-11-23T15:20"),
        ("二十分钟后", "2026-11-23T14:20"),
        ("半个小时后", "2026-11-23T14:30"),
        ("后天中午十二点", "2026-11-25T12:00"),
        ("星期天", "2026-11-29T00:00"),
        ("오늘 밤 8시", "2026-11-23T20:00"),
        ("내일 아침 여덟 시 반", "2026-11-24T08:30"),
        ("오후 세 시 이십 분", "2026-11-23T15:20"),
        ("20분 뒤", "2026-11-23T14:20"),
        ("두 시간 후", "2026-11-23T16:00"),
        ("일요일 아침", "2026-11-29T06:00"),
    ],
)
def test_a_span_means_a_moment(span: str, expected: str) -> None:
    moment = parse(span, NOW)
    assert moment is not None
    assert moment.at.replace(tzinfo=None).isoformat(timespec="minutes") == expected


@pytest.mark.parametrize(
    "ways",
    [
        ("8 15", "the 8 15", "8:15", "8.15", "eight fifteen", "quarter past eight", "a quarter past eight"),
        ("8点15", "8点15分", "八点十五", "八点十五分", "八点一刻"),
        ("8시 15분", "여덟 시 십오 분", "여덟시 십오분"),
    ],
)
def test_recognisers_may_write_a_time_as_they_like(ways: tuple[str, ...]) -> None:
    moments = {moment.at.isoformat(timespec="minutes") if (moment := parse(span, NOW)) else span for span in ways}
    assert moments == {"2026-11-23T20:15+00:00"}


@pytest.mark.parametrize(
    "span",
    [
        "", "platform", "25:61", "hello there", "火车", "99 to 5", "quarter to 99", "half past 99",
        "in 99999999999 hours", "9999999999小时后", "99999999999시간 후", "in " + "9" * 5000 + " minutes",
    ],
)  # fmt: skip
def test_what_names_no_time_is_no_time(span: str) -> None:
    assert parse(span, NOW) is None


def test_a_time_that_has_passed_today_is_tomorrows() -> None:
    moment = parse("13:30", NOW)
    assert moment is not None
    assert moment.at.isoformat() == "2026-11-24T13:30:00+00:00"


@pytest.mark.parametrize(
    ("hour", "span", "expected"),
    [
        (14, "on 3 March", "2027-03-03T00:00"),
        (14, "March 3rd at 9 pm", "2027-03-03T21:00"),
        (14, "on the 5th of May at 8", "2027-05-05T08:00"),
        (14, "on the 20th", "2026-12-20T00:00"),
        (14, "29 February", None),
        (14, "31 June at 8", None),
        (14, "3일", "2026-12-03T00:00"),
        (14, "12월 3일", "2026-12-03T00:00"),
        (14, "12월 3일 오후 두 시", "2026-12-03T14:00"),
        (14, "3月5日", "2027-03-05T00:00"),
        (14, "十二月三号早上八点", "2026-12-03T08:00"),
        (14, "3日", "2026-12-03T00:00"),
        (14, "Saturday the 28th at 8", "2026-11-28T08:00"),
        (14, "11월 28일 토요일", "2026-11-28T00:00"),
        (14, "Sunday the 28th", None),
        (14, "23 November at 4", "2026-11-23T16:00"),
        (14, "this weekend", "2026-11-28T00:00"),
        (14, "주말", "2026-11-28T00:00"),
        (14, "下周末", "2026-12-05T00:00"),
        (14, "midday", "2026-11-24T12:00"),
        (14, "大后天", "2026-11-26T00:00"),
        (14, "글피", "2026-11-26T00:00"),
        (14, "18时30分", "2026-11-23T18:30"),
        (14, "two hours from now", "2026-11-23T16:00"),
        (14, "in two and a half hours", "2026-11-23T16:30"),
        (14, "in an hour and a half", "2026-11-23T15:30"),
        (14, "half an hour from now", "2026-11-23T14:30"),
        (14, "in a couple of hours", "2026-11-23T16:00"),
        (14, "within 10 minutes", "2026-11-23T14:00"),
        (14, "10분 안에", "2026-11-23T14:00"),
        (14, "十分钟内", "2026-11-23T14:00"),
        (14, "한 시간 반 뒤", "2026-11-23T15:30"),
        (14, "2시간 15분 후", "2026-11-23T16:15"),
        (14, "一个半小时后", "2026-11-23T15:30"),
        (14, "两刻钟后", "2026-11-23T14:30"),
        (21, "12:30 pm", "2026-11-24T12:30"),
        (21, "12 am", "2026-11-24T00:00"),
        (9, "at 12 noon", "2026-11-23T12:00"),
        (9, "점심 12시", "2026-11-23T12:00"),
        (9, "上午12点", "2026-11-23T12:00"),
        (9, "中午一点", "2026-11-23T13:00"),
        (21, "오늘 밤 12시", "2026-11-24T00:00"),
        (21, "tonight at 12", "2026-11-24T00:00"),
        (21, "tonight at 1", "2026-11-24T01:00"),
        (21, "今晚0点", "2026-11-24T00:00"),
        (21, "明晚12点", "2026-11-25T00:00"),
        (21, "midnight", "2026-11-24T00:00"),
        (14, "monday", "2026-11-23T14:00"),
        (14, "monday at 8", "2026-11-23T20:00"),
        (21, "monday at 8", "2026-11-30T08:00"),
        (14, "next monday", "2026-11-30T00:00"),
        (14, "next friday", "2026-11-27T00:00"),
        (14, "下周一", "2026-11-30T00:00"),
        (14, "下周五", "2026-12-04T00:00"),
        (14, "다음 주 금요일", "2026-12-04T00:00"),
        (14, "星期二十点", "2026-11-24T10:00"),
        (21, "today at 8 am", "2026-11-23T21:00"),
        (21, "this morning", "2026-11-23T21:00"),
        (21, "in the morning", "2026-11-24T06:00"),
        (21, "the 08:15", "2026-11-24T08:15"),
        (14, "下下周一", "2026-12-07T00:00"),
        (14, "다다음 주 금요일", "2026-12-11T00:00"),
        (14, "by half nine", "2026-11-23T21:30"),
        (14, "around 5ish", "2026-11-23T17:00"),
        (14, "in three quarters of an hour", "2026-11-23T14:45"),
        (14, "one hour and fifteen minutes from now", "2026-11-23T15:15"),
        (14, "the twenty first of December", "2026-12-21T00:00"),
        (14, "a week from today", "2026-11-30T00:00"),
        (14, "in two weeks at 9", "2026-12-07T09:00"),
        (14, "差五分十点", "2026-11-23T21:55"),
        (14, "三点差一刻", "2026-11-23T14:45"),
        (14, "三点过五分", "2026-11-23T15:05"),
        (14, "七八点钟", "2026-11-23T19:00"),
        (14, "三天后早上八点", "2026-11-26T08:00"),
        (14, "两个星期后", "2026-12-07T00:00"),
        (14, "열한시 십분 전", "2026-11-23T22:50"),
        (14, "9시 30분 전", "2026-11-23T21:30"),
        (14, "스물두 시 십오 분", "2026-11-23T22:15"),
        (14, "십팔 시 삼십 분", "2026-11-23T18:30"),
        (14, "유월 삼일", "2027-06-03T00:00"),
        (14, "사흘 뒤", "2026-11-26T00:00"),
        (14, "일주일 뒤", "2026-11-30T00:00"),
        (14, "두 시간 있다가", "2026-11-23T16:00"),
        (14, "이따 저녁", "2026-11-23T18:00"),
        (14, "내일 오전", "2026-11-24T06:00"),
        (14, "낮 세 시", "2026-11-23T15:00"),
        (14, "now, tomorrow", "2026-11-24T00:00"),
        (14, "today, Monday", "2026-11-23T14:00"),
        (14, "today, Friday", None),
        (1, "tonight", "2026-11-23T01:00"),
        (1, "오늘 밤", "2026-11-23T01:00"),
        (1, "tonight at 2", "2026-11-23T02:00"),
        (1, "半夜两点", "2026-11-23T02:00"),
    ],
)
def test_a_span_said_at_an_hour_of_a_monday(hour: int, span: str, expected: str | None) -> None:
    moment = parse(span, NOW.replace(hour=hour))
    assert (moment and moment.at.replace(tzinfo=None).isoformat(timespec="minutes")) == expected


def test_a_day_of_this_week_that_is_over_is_no_time() -> None:
    assert parse("这周一", NOW.replace(day=25)) is None


@pytest.mark.parametrize("span", ["now", "right now", "现在", "지금"])
def test_now_names_neither_a_day_nor_a_time(span: str) -> None:
    assert parse(span, NOW) == Moment(NOW, day_named=False, time_named=False)


def test_hours_go_by_while_the_clocks_go_back() -> None:
    moment = parse("in two hours", datetime(2026, 10, 25, 0, 30, tzinfo=ZoneInfo("Europe/London")))
    assert moment is not None
    assert moment.at.isoformat() == "2026-10-25T01:30:00+00:00"


NOT_UNDERSTOOD = {"이따가", "이따"}
"""Later, without a time."""


def module(name: str) -> ModuleType:
    """A component of the dialogues that needs no Rasa."""
    spec = importlib.util.spec_from_file_location(f"dialogues_{name}", DIALOGUES / "components" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def tagged() -> set[tuple[str, ...]]:
    """The spans that the dialogues tag as a time in the sentences of their examples and tests."""
    time_words, roles = module("time_words"), module("roles")
    sentences = {text for path in (DIALOGUES / "tests").glob("*.py") for text in re.findall(r'\("([^"]+)", \[', path.read_text())}
    for path in [*(DIALOGUES / "data" / "nlu").glob("*.yml"), *(DIALOGUES / "tests").glob("*.yml")]:
        sentences |= {re.sub(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})", r"\1", line) for line in path.read_text().splitlines()}
    found = {sentence: time_words.said_once(sentence, roles.meant(sentence, time_words.time_spans(sentence))) for sentence in sentences}
    return {tuple(sentence[start:end] for start, end in spans) for sentence, spans in found.items() if spans}


def understood(value: str) -> bool:
    """Whether `value` is a time on a day of the week: "Friday today" is one on Fridays."""
    week = [NOW + timedelta(days=days) for days in range(7)]
    return any(parse(value, now) or window(value, now) for now in week)


def test_what_the_dialogues_tag_as_a_time_is_understood() -> None:
    spans = tagged()
    assert len(spans) > 400
    assert {span for said in spans for span in said if not understood(span)} - NOT_UNDERSTOOD == set()


def test_times_that_cannot_all_be_meant_are_told_by_few() -> None:
    """Of most sentences with a time in several places it is one time: the others name two and are asked again."""
    spans = tagged()
    unclear = {said for said in spans if len(said) > 1 and not understood(" ".join(said))}
    assert ("八点", "九点") in unclear or ("十二点", "十二点半") in unclear
    assert len(unclear) < len(spans) / 10


def test_what_is_not_understood_is_no_time() -> None:
    assert {span for span in NOT_UNDERSTOOD if parse(span, NOW)} == set()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("by six, I have to be in Riga by six", ["by six"]),
        ("五点半，五点半前到莱州", ["五点半前"]),
        ("아홉 시, 아홉 시까지 가야 돼요", ["아홉 시까지"]),
        ("지금 표를 사면 내일 탈 수 있나요", ["내일"]),
        ("now, now", ["now"]),
        ("八点还是八点半", ["八点", "八点半"]),
    ],
)
def test_what_is_said_twice_counts_once(text: str, said: list[str]) -> None:
    time_words = module("time_words")
    assert [text[start:end] for start, end in time_words.said_once(text, time_words.time_spans(text))] == said


@pytest.mark.parametrize("span", ["between 8 and 9", "tomorrow at 8 or at 9", "8 march at 8 and 3", "上周一", "20 minutes", "10분"])
def test_half_an_understanding_is_none(span: str) -> None:
    assert parse(span, NOW) is None


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("between 8 and 9", "2026-11-23T20:00 2026-11-23T21:00"),
        ("between eight and nine pm", "2026-11-23T20:00 2026-11-23T21:00"),
        ("tomorrow between 8:15 and 9:45", "2026-11-24T08:15 2026-11-24T09:45"),
        ("between 8 and 9 tomorrow", "2026-11-24T08:00 2026-11-24T09:00"),
        ("from 22:30 until half past eleven", "2026-11-23T22:30 2026-11-23T23:30"),
        ("between now and six", "2026-11-23T14:00 2026-11-23T18:00"),
        ("between 11 pm and 1 am", "2026-11-23T23:00 2026-11-24T01:00"),
        ("下午三点到五点", "2026-11-23T15:00 2026-11-23T17:00"),
        ("明天八点至九点之间", "2026-11-24T08:00 2026-11-24T09:00"),
        ("오후 3시에서 5시 사이", "2026-11-23T15:00 2026-11-23T17:00"),
        ("내일 8시 30분부터 9시까지", "2026-11-24T08:30 2026-11-24T09:00"),
    ],
)
def test_two_times_are_a_window(span: str, expected: str) -> None:
    found = window(span, NOW)
    assert found is not None
    assert f"{found[0].at:%Y-%m-%dT%H:%M} {found[1]:%Y-%m-%dT%H:%M}" == expected


@pytest.mark.parametrize("span", ["at 8", "between 8 and Oakland", "from here to there", "tomorrow and tonight"])
def test_anything_else_is_no_window(span: str) -> None:
    assert window(span, NOW) is None


WORDS = (
    "in about half an hour now 3rd march weekend 月 日 号 일 월 안 内 밤 tonight next 下 周五 주말 "
    " minutes quarter past to at the tomorrow monday morning noon p.m. o'clock : 0 7 12 24 59 99 2026 99999999999 "
    "twenty five 半 十 九 点 分 一刻 小时 后 明天 下午 星期天 여덟 시 반 이십 분 뒤 내일 오후 ²"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=8), st.sampled_from(["", " "]))
def test_no_words_about_time_break_it(words: list[str], joiner: str) -> None:
    moment = parse(joiner.join(words), NOW)
    assert moment is None or moment.at.tzinfo is NOW.tzinfo
