"""An alert as people see it: colour by danger, words in every language, the sender by the station's name for it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from assistant.alarm.cap.choose import info_in, response, worst
from assistant.alarm.models import Area, Standing
from assistant.alarm.view import LONGEST_TEXT, by_rank, colour, view
from assistant.settings import Settings
from assistant.settings.sensing import Alerts, Sender
from tests.unit.alarm.messages import FIRE, NOON, SENDER, WARNING

KOREAN = replace(
    FIRE, language="ko-KR", event="화재", headline="대합실 화재", instruction="역 밖으로 나가세요", areas=(Area(description="대합실"),)
)  # fmt: skip
ONE = Standing(id="x1", alert=replace(WARNING, infos=(KOREAN, FIRE)), since=NOON, life_safety=True, source="sender")


def with_info(**changes: Any) -> Standing:
    return replace(ONE, life_safety=False, alert=replace(WARNING, infos=(replace(FIRE, **changes),)))


@pytest.mark.parametrize(("tags", "language", "chosen"), [
    (("en-US", "ko"), "en", "en-US"), (("en-US", "en"), "en", "en"), (("ko", "en"), "zh", "en"), (("de", "fr"), "zh", "de"),
    (("de", "EN-gb"), "zh", "EN-gb"), (("zh-Hans",), "zh", "zh-Hans"), (("en",), "en-US", "en"), ((), "en", None),
])  # fmt: skip
def test_a_language_is_found(tags: tuple[str, ...], language: str, chosen: str | None) -> None:
    info = info_in(replace(WARNING, infos=tuple(replace(FIRE, language=tag) for tag in tags)), language)
    assert (info.language if info else None) == chosen


def test_of_several_in_a_language_the_worst_is_told() -> None:
    mild = replace(FIRE, severity="Minor", headline="mild")
    alert = replace(WARNING, infos=(mild, FIRE, replace(mild, language="ko")))
    assert info_in(alert, "en") == worst(alert) == FIRE


@pytest.mark.parametrize(("responses", "first"), [
    ((), "None"), (("Monitor", "Evacuate"), "Evacuate"), (("AllClear", "Prepare"), "Prepare"), (("None",), "None"),
])  # fmt: skip
def test_the_most_urgent_response_counts(responses: Any, first: str) -> None:
    assert response(replace(FIRE, responses=responses)) == first


@pytest.mark.parametrize(("changes", "expected"), [
    ({}, "red"), ({"severity": "Severe", "urgency": "Expected"}, "red"), ({"severity": "Moderate"}, "yellow"),
    ({"severity": "Minor"}, "yellow"),
    ({"severity": "Unknown"}, "yellow"), ({"urgency": "Future"}, "yellow"), ({"urgency": "Past"}, "green"),
    ({"certainty": "Unlikely"}, "yellow"),
    ({"responses": ("AllClear",)}, "green"), ({"responses": ("AllClear", "Evacuate")}, "red"),
])  # fmt: skip
def test_the_colour_says_how_dangerous_it_is(changes: dict[str, Any], expected: str) -> None:
    assert colour(with_info(**changes)) == expected


def test_life_safety_is_red_and_an_exercise_never() -> None:
    rule = replace(with_info(severity="Moderate"), life_safety=True)
    assert colour(rule) == "red"
    for status in ("Exercise", "Test", "System"):
        assert colour(replace(ONE, life_safety=False, alert=replace(ONE.alert, status=status))) == "yellow"
    assert colour(replace(ONE, alert=replace(WARNING, infos=()))) == "yellow"


def test_a_view_speaks_every_language_of_the_station(station_settings: Settings) -> None:
    senders = [Sender(sender=SENDER, name={"en": "Control room", "ko": "관제실"})]
    settings = station_settings.model_copy(update={"languages": ("en", "zh", "ko"), "alerts": Alerts(senders=senders)})
    seen = view(ONE, settings)
    assert (seen.id, seen.life_safety, seen.status, seen.colour) == ("x1", True, "Actual", "red")
    assert (seen.category, seen.response, seen.severity, seen.since) == ("Fire", "Evacuate", "Extreme", NOON)
    assert seen.headline == {"en": "Fire in the main hall", "zh": "Fire in the main hall", "ko": "대합실 화재"}
    assert seen.event == {"en": "Fire", "zh": "Fire", "ko": "화재"}
    assert seen.instruction["ko"] == "역 밖으로 나가세요"
    assert seen.area == {"en": "Main hall", "zh": "Main hall", "ko": "대합실"}
    assert seen.sender == {"en": "Control room", "zh": "Control room", "ko": "관제실"}


def test_who_says_so(station_settings: Settings) -> None:
    stranger = replace(ONE, alert=replace(WARNING, infos=(replace(FIRE, sender_name="Fire brigade"),)))
    assert view(stranger, station_settings).sender["en"] == "Fire brigade"
    own = view(replace(stranger, source="rule"), station_settings).sender["en"]
    assert own
    assert own != "Fire brigade"


def test_foreign_text_is_one_line_without_controls_and_short(station_settings: Settings) -> None:
    seen = view(with_info(headline="a\nb\u202ec\x1b[31m", instruction="x " * 3000, event="e"), station_settings)
    assert seen.headline["en"] == "a b c [31m"
    assert len(seen.instruction["en"]) <= LONGEST_TEXT
    assert view(with_info(headline="", event="Flood"), station_settings).headline["en"] == "Flood"


def test_the_gravest_comes_first() -> None:
    green, yellow, red = with_info(urgency="Past"), with_info(severity="Minor"), with_info()
    newer = replace(yellow, id="x2", since=NOON + timedelta(minutes=1))
    assert by_rank([green, yellow, newer, red, ONE]) == [ONE, red, newer, yellow, green]
