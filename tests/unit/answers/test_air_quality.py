"""What is said and shown of the air at the example station."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.answers.desk import Desk
from assistant.answers.renderer import Responses
from assistant.clock import StartedClock
from assistant.conversation.models import AirQualityCard, TextCard
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.settings import Settings
from assistant.text import LANGUAGES

DOMAIN = Path(__file__).resolve().parents[3] / "dialogues" / "domain"
SHORTLY_AFTER = datetime.fromisoformat("2026-11-24T08:03:20+00:00")


def desk_at(settings: Settings, at: datetime) -> Desk:
    clock = StartedClock(at)
    knowledge = Knowledge.open(settings, clock)
    return Desk(settings, knowledge, Monitor(settings, clock, ZoneInfo("Europe/London")), clock, Responses.load(DOMAIN))


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
