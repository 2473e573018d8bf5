"""The language of a typed text, by its script."""

import time

import pytest

from assistant.text import written_in

LANGUAGES = ("en", "zh", "ko")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("다음 열차 언제 와요", "ko"), ("화장실", "ko"), ("IC 101 몇 시", "ko"), ("bart 어디서 타요?", "ko"),
        ("3번 승강장이 어디예요?", "ko"), ("oakland city center 가는 열차", "ko"), ("San Francisco International Airport 가요?", "ko"),
        ("wifi 비밀번호", "ko"), ("서울역 出口 어디", "ko"), ("仁川공항 몇 시", "ko"), ("to go 컵 살 수 있는 카페", "ko"),
        ("ㄱㅗㅇ항 가는 기차", "ko"), ("ラーメン집 어디에 있어요", "ko"), ("厕所在哪里？", "zh"), ("洗手间", "zh"),
        ("去Oakland的车几点", "zh"), ("IC 101 几点开", "zh"), ("下一班車幾點開？", "zh"), ("去 the ferry building 怎么走", "zh"),
        ("去명동的车几点", "zh"), ("明洞怎么去", "zh"), ("ＢＡＲＴ在哪", "zh"), ("我要去 San Francisco International Airport", "zh"),
        ("8点的车", "zh"), ("where is the toilet", "en"), ("Next train to Oakland?", "en"), ("I need help", "en"),
        ("HOW DO I GET TO PLATFORM 3", "en"), ("what’s the wifi password", "en"), ("trains to oakland please", "en"),
        ("how do i get to 명동", "en"), ("when is the next train to 上海?", "en"), ("where is the ラーメン shop", "en"),
        ("Where is 명동역?", "en"), ("ｗｈｅｒｅ ｉｓ ｔｈｅ ｅｘｉｔ", "en"), ("is there a café near here", "en"),
    ],
)  # fmt: skip
def test_a_language_is_known_by_its_script_whatever_names_stand_in_it(text: str, language: str) -> None:
    assert written_in(text, LANGUAGES) == language


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "101", "08:15", "?!", "😀", "IC 101", "Oakland", "toilet", "thank you", "San Francisco International Airport",
        "12th Street Oakland City Center", "a1 b2 c3 d4", "ㅋㅋㅋ", "wo ist der bahnhof bitte", "was ist das in der station",
        "où est la station de train", "le train pour la gare à quelle heure", "dónde está el baño por favor",
        "waar is de lift in dit station", "dov'è il treno per roma", "ga xe lửa ở đâu", "zui jin de ce suo zai na li",
        "トイレはどこですか", "東京駅へ行きたい", "上海へ行く", "где туалет на станции", "ห้องน้ำอยู่ที่ไหน", "أين المحطة من فضلك",
        "명동 上海", "東大門歷史文化公園 가요", "где 화장실 на станции", "ラーメン店どこ 식당",
    ],
)  # fmt: skip
def test_names_numbers_and_foreign_languages_are_no_sign(text: str) -> None:
    assert written_in(text, LANGUAGES) is None


@pytest.mark.parametrize(("text", "language"), [("화장실 어디예요", "ko"), ("厕所在哪里", "zh"), ("where is the toilet", "en")])
def test_a_language_that_the_station_does_not_speak_is_not_named(text: str, language: str) -> None:
    assert written_in(text, tuple(other for other in LANGUAGES if other != language)) is None
    assert written_in(text, (language,)) == language


@pytest.mark.parametrize("unit", ["가 ", "去a", "the next train ", "a'", "a’b", "é", "\u0301", "去가"])
def test_a_long_text_takes_no_time(unit: str) -> None:
    began = time.perf_counter()
    written_in(unit * 500, LANGUAGES)
    assert time.perf_counter() - began < 0.2
