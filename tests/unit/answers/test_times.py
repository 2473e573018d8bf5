from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.times import parse

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=ZoneInfo("Europe/London"))  # a Monday


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
    "span",
    [
        "", "now", "platform", "25:61", "hello there", "火车", "99 to 5", "quarter to 99", "half past 99",
        "in 99999999999 hours", "9999999999小时后", "99999999999시간 후", "in " + "9" * 5000 + " minutes",
    ],
)  # fmt: skip
def test_what_names_no_time_is_no_time(span: str) -> None:
    assert parse(span, NOW) is None


def test_a_time_that_has_passed_today_is_tomorrows() -> None:
    moment = parse("13:30", NOW)
    assert moment is not None
    assert moment.at.isoformat() == "2026-11-24T13:30:00+00:00"


WORDS = (
    "in about half an hour minutes quarter past to at the tomorrow monday morning noon p.m. o'clock : 0 7 12 24 59 99 2026 99999999999 "
    "twenty five 半 十 九 点 分 一刻 小时 后 明天 下午 星期天 여덟 시 반 이십 분 뒤 내일 오후 ²"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=8), st.sampled_from(["", " "]))
def test_no_words_about_time_break_it(words: list[str], joiner: str) -> None:
    moment = parse(joiner.join(words), NOW)
    assert moment is None or moment.at.tzinfo is NOW.tzinfo
