"""What is said and shown of the air at the example station."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.answers.desk import Desk
from assistant.answers.renderer import Responses
from assistant.clock import StartedClock
from assistant.conversation.models import AirQualityCard
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
