"""What is said and shown of the air at the example station."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from assistant.answers.desk import Desk
from assistant.answers.renderer import Responses
from assistant.clock import StartedClock
from assistant.conversation.models import AirQualityCard, TextCard
from assistant.environment.air_quality.station import SYSTEMS, Name
from assistant.environment.models import Reading
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.settings import Settings
from assistant.settings.sensing import Quantity
from assistant.text import LANGUAGES

DOMAIN = Path(__file__).resolve().parents[3] / "dialogues" / "domain"
RESPONSES = Responses.load(DOMAIN)
SHORTLY_AFTER = datetime.fromisoformat("2026-11-24T08:03:20+00:00")


OPENED: dict[Path, Knowledge] = {}
"""By its folder: the air changes nothing of what is known of a station."""


def desk_at(settings: Settings, at: datetime) -> Desk:
    clock = StartedClock(at)
    if settings.data not in OPENED:
        OPENED[settings.data] = Knowledge.open(settings, clock)
    return Desk(settings, OPENED[settings.data], Monitor(settings, clock, ZoneInfo("Europe/London")), clock, RESPONSES)


def test_the_air_is_as_old_as_its_newest_reading(station_settings: Settings) -> None:
    answer = desk_at(station_settings, SHORTLY_AFTER).answer("air_quality_now", {}, "en")
    card = answer.replies[0].card
    assert isinstance(card, AirQualityCard)
    assert card.at < SHORTLY_AFTER
    assert card.at == max(datetime.fromisoformat(source.as_of) for source in answer.sources)


def test_without_sensors_the_air_is_as_of_now(station_settings: Settings) -> None:
    answer = desk_at(station_settings.model_copy(update={"sensors": []}), SHORTLY_AFTER).answer("air_quality_now", {}, "en")
    card = answer.replies[0].card
    assert isinstance(card, AirQualityCard)
    assert 0 <= (card.at - SHORTLY_AFTER).total_seconds() < 60
    assert answer.sources == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_decides_is_named_for_the_eye_and_for_the_ear(desk: Desk, language: str) -> None:
    reply = desk.answer("air_quality_now", {}, language).replies[0]
    renderer = desk.context(language).renderer
    assert renderer.text("utter_air_quality_quantity_pm2_5") in reply.text
    assert renderer.speech("utter_air_quality_quantity_pm2_5") in reply.speech
    assert "PM2.5" in reply.text
    assert "PM2.5" not in reply.speech


def test_advice_follows_the_index_of_now(desk: Desk) -> None:
    answer = desk.answer("air_quality_advice", {}, "en")
    assert answer.replies[0].text.startswith(
        "At this level only people who are unusually sensitive to bad air should take it easy. The air is moderate."
    )
    assert {source.table for source in answer.sources} == {"readings"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_category_has_advice_of_its_own(desk: Desk, language: str) -> None:
    renderer = desk.context(language).renderer
    categories = ("good", "moderate", "sensitive", "unhealthy", "very_unhealthy", "hazardous")
    assert len({renderer.text(f"utter_air_quality_advice_{category}") for category in categories}) == len(categories)


def test_without_an_index_there_is_no_advice(station_settings: Settings) -> None:
    answer = desk_at(station_settings.model_copy(update={"sensors": []}), SHORTLY_AFTER).answer("air_quality_advice", {}, "en")
    assert answer.replies[0].text == "I can't say how the air is: no sensor tells me enough."
    assert answer.sources == []


@pytest.mark.parametrize(
    ("language", "text", "speech"),
    [
        ("en", "Main hall: 20 °C, humidity 54 %. Platforms 1 to 8: 11 °C.", "Main hall: 20 degrees, humidity 54 percent."),
        ("zh", "大厅：20°C，湿度54%。1至8站台：11°C。", "大厅：20摄氏度，湿度百分之54。"),
        ("ko", "중앙 홀: 20°C, 습도 54%. 1–8번 승강장: 11°C.", "중앙 홀: 20도, 습도 54퍼센트."),
    ],
)
def test_how_warm_it_is_by_area(desk: Desk, language: str, text: str, speech: str) -> None:
    answer = desk.answer("air_quality_climate", {}, language)
    assert answer.replies[0].text == text
    assert answer.replies[0].speech.startswith(speech)
    assert {source.key.split("|")[0] for source in answer.sources} == {
        "hall-temperature", "hall-humidity", "upper-temperature", "metro-temperature",
    }  # fmt: skip


def test_the_kiosks_own_level_comes_first(station_settings: Settings) -> None:
    below = station_settings.model_copy(update={"kiosk": station_settings.kiosk.model_copy(update={"level": "metro"})})
    card = desk_at(below, SHORTLY_AFTER).answer("air_quality_climate", {}, "en").replies[0].card
    assert isinstance(card, TextCard)
    assert [line.split(":")[0] for line in card.lines] == ["Metro level", "Main hall", "Platforms 1 to 8"]


def test_a_silent_sensor_tells_no_temperature(station_settings: Settings) -> None:
    waiting = [sensor.model_copy(update={"source": f"push:{sensor.id}"}) for sensor in station_settings.sensors]
    answer = desk_at(station_settings.model_copy(update={"sensors": waiting}), SHORTLY_AFTER).answer("air_quality_climate", {}, "en")
    assert answer.replies[0].text.startswith("Main hall: the sensor is silent, so I don't know.")
    assert answer.sources == []


def test_without_such_sensors_the_climate_is_unknown(station_settings: Settings) -> None:
    answer = desk_at(station_settings.model_copy(update={"sensors": []}), SHORTLY_AFTER).answer("air_quality_climate", {}, "en")
    assert answer.replies[0].text == "No sensor here tells me the temperature or the humidity."


def test_what_is_measured_is_what_is_set_up(station_settings: Settings) -> None:
    answer = desk_at(station_settings, SHORTLY_AFTER).answer("air_quality_measuring", {}, "en")
    assert answer.replies[0].text.startswith(
        "Measured by 12 sensors: fine dust PM2.5, dust PM10, CO2, temperature and humidity, "
        "here: Main hall, Platforms 1 to 8 and Metro level. The index is that of the US EPA"
    )
    assert len([source for source in answer.sources if source.table == "sensors"]) == 12
    one = desk_at(station_settings.model_copy(update={"sensors": station_settings.sensors[:1]}), SHORTLY_AFTER)
    said = one.answer("air_quality_measuring", {}, "en").replies[0].text
    assert said.startswith("Measured by 1 sensor: fine dust PM2.5, here: Main hall.")
    none = desk_at(station_settings.model_copy(update={"sensors": []}), SHORTLY_AFTER)
    assert none.answer("air_quality_measuring", {}, "en").replies[0].text == "No sensor measures the air in this station."


def dusty(desk: Desk, index: Name, *, indoor: bool = True, value: float = 35.9, **extra: str) -> Desk:
    """A desk at a station of one sensor of fine dust, which reports `value` each hour, and perhaps of others that are silent."""
    settings = desk.context("en").settings
    sensor = settings.sensors[0].model_copy(
        update={"id": "box", "quantity": "pm2_5", "unit": "µg/m³", "indoor": indoor, "source": "push:box", "level": None}
    )
    silent = [sensor.model_copy(update={"id": id, "quantity": quantity, "source": f"push:{id}"}) for id, quantity in extra.items()]
    environment = settings.environment.model_copy(update={"index": index})
    chosen = settings.model_copy(update={"sensors": [sensor, *silent], "environment": environment})
    clock = StartedClock(SHORTLY_AFTER)
    monitor = Monitor(chosen, clock, ZoneInfo("Europe/London"))
    knowledge = desk.context("en").knowledge
    for age in range(11, -1, -1):
        at = SHORTLY_AFTER - timedelta(hours=age)
        monitor.record(Reading(sensor="box", quantity="pm2_5", value=value, unit="µg/m³", at=at))
    return Desk(chosen, knowledge, monitor, clock, RESPONSES)


@pytest.mark.parametrize(
    ("index", "language", "text"),
    [
        ("hj_633", "en", "The air is good. Measured indoors, it is equivalent to an index of 52 (China, HJ 633). "
                         "The main pollutant is fine dust PM2.5."),
        ("hj_633", "zh", "空气质量：良。这是室内测量，相当于空气质量指数52，首要污染物是细颗粒物PM2.5。"),
        ("hj_633", "ko", "공기 상태: 양호. 실내에서 잰 값으로 중국 공기질 지수 52에 해당하며, 주 오염 물질은 초미세먼지 PM2.5입니다."),
        ("european", "en", "The air is moderate. Measured indoors, it is equivalent to band 3 of 6 of the European index. "
                           "The main pollutant is fine dust PM2.5."),
        ("european", "zh", "空气质量：中等。这是室内测量，相当于欧洲空气质量指数6级中的第3级，主要污染物是细颗粒物PM2.5。"),
        ("european", "ko", "공기 상태: 보통. 실내에서 잰 값으로 유럽 공기질 지수 6단계 중 3단계에 해당하며, "
                           "주 오염 물질은 초미세먼지 PM2.5입니다."),
        ("us_epa", "en", "The air is unhealthy for sensitive groups. Measured indoors, it is equivalent to an index of 102 (US EPA). "
                         "The main pollutant is fine dust PM2.5."),
    ],
)  # fmt: skip
def test_the_index_of_the_station_is_said(desk: Desk, index: Name, language: str, text: str) -> None:
    assert dusty(desk, index).answer("air_quality_now", {}, language).replies[0].text == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("index", "name"), [("hj_633", "HJ 633-2026"), ("european", "European AQI 2024"), ("us_epa", "US EPA AQI 2024")])
def test_an_outdoor_value_is_no_equivalent_and_the_card_names_the_index(
    desk: Desk, index: Name, name: str, language: str
) -> None:
    inside = dusty(desk, index).answer("air_quality_now", {}, language).replies[0]
    outside = dusty(desk, index, indoor=False).answer("air_quality_now", {}, language).replies[0]
    assert inside.text != outside.text
    assert isinstance(inside.card, AirQualityCard)
    assert isinstance(outside.card, AirQualityCard)
    assert (inside.card.equivalent, outside.card.equivalent) == (True, False)
    assert outside.card.system == name
    assert outside.card.label in outside.text
    assert outside.card.band == {"hj_633": 2, "european": 3, "us_epa": 3}[index]


def test_hj_633_names_no_pollutant_up_to_50(desk: Desk) -> None:
    for indoor, text in (
        (True, "The air is excellent. Measured indoors, it is equivalent to an index of 50 (China, HJ 633)."),
        (False, "The air is excellent: an index of 50 (China, HJ 633)."),
    ):
        clean = dusty(desk, "hj_633", indoor=indoor, value=35.0)
        assert clean.answer("air_quality_now", {}, "en").replies[0].text == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("index", SYSTEMS)
def test_every_category_of_every_index_has_a_word_and_advice_of_its_own(desk: Desk, index: Name, language: str) -> None:
    renderer = desk.context(language).renderer
    prefix = "" if index == "us_epa" else f"{index}_"
    categories = SYSTEMS[index].categories
    assert len({renderer.text(f"utter_air_quality_category_{prefix}{category}") for category in categories}) == 6
    assert len({renderer.text(f"utter_air_quality_advice_{prefix}{category}") for category in categories}) == 6
    asked = dusty(desk, index).answer("air_quality_measuring", {}, language).replies[0]
    assert renderer.text(f"utter_air_quality_index_{index}") in asked.text


@pytest.mark.parametrize(
    ("index", "begins"),
    [
        ("hj_633", "At this level only the very few people who are unusually sensitive should do less. The air is good."),
        ("european", "Most people can do what they usually do. People with breathing trouble, such as asthma, or heart trouble should"),
        ("us_epa", "Sensitive people, such as those with asthma or heart disease,"),
    ],
)
def test_advice_is_that_of_the_stations_index(desk: Desk, index: Name, begins: str) -> None:
    assert dusty(desk, index).answer("air_quality_advice", {}, "en").replies[0].text.startswith(begins)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_measured_has_a_name(desk: Desk, language: str) -> None:
    renderer = desk.context(language).renderer
    quantities = get_args(Quantity)
    assert len({renderer.text(f"utter_air_quality_quantity_{quantity}") for quantity in quantities}) == len(quantities)


def test_a_detector_says_nothing_of_the_air(desk: Desk) -> None:
    answer = dusty(desk, "us_epa", detector="smoke").answer("air_quality_now", {}, "en")
    card = answer.replies[0].card
    assert isinstance(card, AirQualityCard)
    assert [row.quantity for row in card.sensors] == ["pm2_5"]
    assert "silent" not in answer.replies[0].text
    dust = dusty(desk, "us_epa", other="pm10").answer("air_quality_now", {}, "en")
    assert "silent" in dust.replies[0].text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Main hall: 32 °C, humidity 70 %; it feels like 40 °C."), ("zh", "大厅：32°C，湿度70%，体感温度40°C。"),
        ("ko", "중앙 홀: 32°C, 습도 70%, 체감 온도 40°C."),
    ],
)  # fmt: skip
def test_what_warm_and_humid_air_feels_like(desk: Desk, language: str, text: str) -> None:
    settings = desk.context("en").settings
    kept = [sensor.model_copy(update={"source": "push:box"}) for sensor in settings.sensors if sensor.id.startswith("hall-")]
    chosen = settings.model_copy(update={"sensors": [sensor for sensor in kept if sensor.quantity in ("temperature", "humidity")]})
    clock = StartedClock(SHORTLY_AFTER)
    monitor = Monitor(chosen, clock, ZoneInfo("Europe/London"))
    for quantity, value, unit in (("temperature", 32.0, "°C"), ("humidity", 70.0, "%")):
        monitor.record(Reading(sensor="box", quantity=quantity, value=value, unit=unit, at=SHORTLY_AFTER))
    warm = Desk(chosen, desk.context("en").knowledge, monitor, clock, RESPONSES)
    assert warm.answer("air_quality_climate", {}, language).replies[0].text == text
