from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.answers.renderer import Renderer, Response, Responses
from assistant.answers.wording import Template, Until, Vehicle, Voice, When, hours_text, particle

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=ZONE)


def words(language: str, template: str, *, spoken: bool = False, **values: object) -> str:
    return Template(Voice(language, NOW, spoken)).fill(template, values)


@pytest.mark.parametrize(
    ("language", "moment", "shown", "spoken"),
    [
        ("en", datetime(2026, 11, 23, 14, 5, tzinfo=ZONE), "at 14:05", "at 14 oh 5"),
        ("en", datetime(2026, 11, 23, 17, 0, tzinfo=ZONE), "at 17:00", "at 17 hundred"),
        ("en", datetime(2026, 11, 24, 0, 0, tzinfo=ZONE), "tomorrow at 00:00", "tomorrow at midnight"),
        ("en", datetime(2026, 11, 24, 0, 1, tzinfo=ZONE), "tomorrow at 00:01", "tomorrow at 1 minute past midnight"),
        ("en", datetime(2026, 11, 24, 0, 15, tzinfo=ZONE), "tomorrow at 00:15", "tomorrow at 15 minutes past midnight"),
        ("en", datetime(2026, 11, 24, 12, 0, tzinfo=ZONE), "tomorrow at 12:00", "tomorrow at noon"),
        ("en", datetime(2026, 11, 24, 12, 5, tzinfo=ZONE), "tomorrow at 12:05", "tomorrow at 12 oh 5"),
        ("en", datetime(2026, 11, 24, 9, 0, tzinfo=ZONE), "tomorrow at 09:00", "tomorrow at 9 o'clock"),
        ("en", datetime(2026, 11, 26, 9, 30, tzinfo=ZONE), "on Thursday at 09:30", "on Thursday at 9 30"),
        ("en", datetime(2027, 1, 4, 9, 30, tzinfo=ZONE), "on 4 January 2027 at 09:30", "on 4 January 2027 at 9 30"),
        ("zh", datetime(2026, 11, 24, 5, 5, tzinfo=ZONE), "明天05:05", "明天5点零5分"),
        ("zh", datetime(2026, 11, 23, 15, 0, tzinfo=ZONE), "15:00", "15点整"),
        ("ko", datetime(2026, 11, 24, 5, 5, tzinfo=ZONE), "내일 05:05", "내일 5시 5분"),
    ],
)
def test_a_moment_is_worded_for_the_eye_and_for_the_ear(language: str, moment: datetime, shown: str, spoken: str) -> None:
    assert words(language, "{when}", when=When(moment)) == shown
    assert words(language, "{when}", when=When(moment), spoken=True) == spoken


def test_a_limit_has_no_at() -> None:
    assert words("en", "{closes}", closes=Until(datetime(2026, 11, 24, 1, 0, tzinfo=ZONE))) == "tomorrow 01:00"


@pytest.mark.parametrize(
    ("name", "pair", "expected"),
    [
        ("공항", "으로/로", "으로"),
        ("대학교", "으로/로", "로"),
        ("서울", "으로/로", "로"),
        ("서울", "은/는", "은"),
        ("부산", "이/가", "이"),
        ("M1", "은/는", "은"),
        ("M2", "은/는", "는"),
        ("Central", "을/를", "을"),
        ("Old Town", "과/와", "과"),
        ("Riverside", "과/와", "와"),
    ],
)
def test_korean_particles_follow_the_final_consonant(name: str, pair: str, expected: str) -> None:
    assert particle(name, pair) == expected


def test_placeholders_know_plurals_lists_vehicles_and_dates() -> None:
    assert words("en", "{count:place|places}", count=1) == "1 place"
    assert words("en", "{count:place|places}", count=3) == "3 places"
    times = [When(datetime(2026, 11, 23, 15, m, tzinfo=ZONE)) for m in (0, 20, 40)]
    assert words("en", "{times}", times=times) == "at 15:00, at 15:20 and at 15:40"
    assert words("zh", "{times}", times=times) == "15:00、15:20、15:40"
    assert words("ko", "{vehicle:이/가}", vehicle=Vehicle("rail")) == "열차가"
    assert words("zh", "{end}", end=date(2026, 12, 31)) == "2026年12月31日"
    assert words("ko", "{destination:으로/로} 갑니다", destination="공항") == "공항으로 갑니다"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Mon–Fri 06:00–22:00 · Sat, Sun 08:00–20:00 · public holidays closed"),
        ("zh", "周一–周五 06:00–22:00 · 周六, 周日 08:00–20:00 · 公共假日 休息"),
        ("ko", "월–금 06:00–22:00 · 토, 일 08:00–20:00 · 공휴일 휴무"),
    ],
)
def test_opening_hours_are_read_by_people(language: str, expected: str) -> None:
    assert hours_text("Mo-Fr 06:00-22:00; Sa,Su 08:00-20:00; PH off", language) == expected


def test_always_open_has_words_of_its_own() -> None:
    assert hours_text("24/7", "en") == "always open"


def test_a_missing_value_is_an_error_and_not_a_gap() -> None:
    renderer = Renderer(Responses({"utter_x": {"": Response(text="to {destination}")}}), "en", NOW)
    with pytest.raises(KeyError):
        renderer.text("utter_x")


def test_a_language_without_a_template_falls_back_to_english() -> None:
    responses = Responses({"utter_x": {"en": Response(text="hello"), "zh": Response(text="你好")}})
    assert Renderer(responses, "ko", NOW).text("utter_x") == "hello"
    assert Renderer(responses, "zh", NOW).text("utter_x") == "你好"
