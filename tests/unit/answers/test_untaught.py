"""A language that the program was never taught: nothing breaks, and no sentence of an operator's has English in its middle."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from assistant.answers.desk import ANSWERS, Desk
from assistant.answers.directions import Few
from assistant.answers.money import Money
from assistant.answers.renderer import Renderer, Response, Responses
from assistant.answers.wording import About, OnDay, Until, Vehicle, Voice, Weekdays, When, hours_text
from assistant.clock import StartedClock
from assistant.conversation.store import ConversationStore
from assistant.conversation.turn import Turns
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.rehearsal import Rehearsal, staged
from assistant.settings import Settings
from tests.conftest import EXAMPLE, ROOT
from tests.fixtures.fakes import DeskDialogue

NOW = datetime(2026, 11, 24, 14, 5, tzinfo=ZoneInfo("Europe/London"))
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("value", "seen", "heard"),
    [
        (NOW, "14:05", "14:05"), (When(NOW), "14:05", "14:05"), (When(NOW + DAY), "2026-11-25 14:05", "2026-11-25 14:05"),
        (When(NOW + 3 * DAY), "2026-11-27 14:05", "2026-11-27 14:05"), (When(NOW, headway_s=300), "~ 5 min", "~ 5 min"),
        (When(NOW, about=True), "~ 14:05", "~ 14:05"), (Until(NOW + DAY), "2026-11-25 14:05", "2026-11-25 14:05"),
        (About(NOW), "~ 14:05", "~ 14:05"), (OnDay(date(2026, 11, 24)), "2026-11-24", "2026-11-24"),
        (date(2026, 12, 25), "2026-12-25", "2026-12-25"), (["a", "b", "c"], "a, b, c", "a, b, c"),
        (Weekdays(frozenset({1, 3})), "2026-11-24, 2026-11-26", "2026-11-24, 2026-11-26"), (Vehicle("metro"), "metro", "metro"),
        (Vehicle("other"), "", ""), (Money(Decimal("2.80"), "GBP"), "£2.80", "£2.80"), (Few(2, "fr"), "2", "2"),
    ],
)  # fmt: skip
def test_values_need_no_words(value: object, seen: str, heard: str) -> None:
    assert [Voice("fr", NOW, spoken).word(value) for spoken in (False, True)] == [seen, heard]


def test_opening_hours_stay_as_they_are_written() -> None:
    assert hours_text("Mo-Fr 08:00-18:00; PH off", "fr") == "Mo-Fr 08:00-18:00; PH off"
    assert hours_text("Mo-Fr 08:00-18:00", "en") == "Mon–Fri 08:00–18:00"


def test_a_sentence_that_nobody_has_translated_is_english_as_a_whole() -> None:
    responses = Responses({
        "utter_leaves": {"en": Response(text="It leaves {when}, {times}.")},
        "utter_then": {"en": Response(text="Then {when}."), "fr": Response(text="Puis {when}.")},
    })  # fmt: skip
    french = Renderer(responses, "fr", NOW)
    values = {"when": When(NOW + DAY), "times": [NOW, NOW]}
    assert french.text("utter_leaves", **values) == "It leaves tomorrow at 14:05, 14:05 and 14:05."
    assert french.speech("utter_leaves", **values) == "It leaves tomorrow at 14 oh 5, 14 oh 5 and 14 oh 5."
    assert french.text("utter_then", **values) == "Puis 2026-11-25 14:05."
    assert (french.spoken_in("utter_leaves"), french.spoken_in("utter_then")) == ("en", "fr")


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory, station_settings: Settings) -> Settings:
    """The example station with French, as a draft's station file has it."""
    folder = tmp_path_factory.mktemp("draft")
    text = (EXAMPLE / "station.yaml").read_text(encoding="utf-8")
    changes = {"languages: [en, zh, ko]": "languages: [en, fr]", "name: {en: North Toilets,": "name: {fr: Toilettes, en: North Toilets,"}
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "station.yaml").write_text(text, encoding="utf-8")
    return staged(station_settings, folder / "dialogues")


@pytest.fixture(scope="module")
def french(draft: Settings, station_settings: Settings, clock: StartedClock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    knowledge = Knowledge.open(station_settings, clock)
    beside = knowledge.beside(draft, tmp_path_factory.mktemp("names") / "gazetteer.json")
    yield Desk(draft, beside, Monitor(draft, clock, ZoneInfo("Europe/London")), clock, Responses.load(ROOT / "dialogues" / "domain"))
    knowledge.close()


@pytest.mark.parametrize("slots", [{}, {"destination": "Airport", "place": "toilet", "time": "tomorrow at nine", "platform": "2"}])
def test_every_question_is_answered(french: Desk, slots: dict[str, str]) -> None:
    for intent in ANSWERS:
        answer = french.answer(intent, slots, "fr")
        assert all(reply.text.strip() for reply in answer.replies), intent


def test_a_draft_is_tried_with_its_own_languages_places_and_names(
    draft: Settings, station_settings: Settings, french: Desk, clock: StartedClock, tmp_path: Path
) -> None:
    assert draft.languages == ("en", "fr")
    assert (draft.sensors, draft.kiosk, draft.data) == (station_settings.sensors, station_settings.kiosk, station_settings.data)
    assert "Toilettes" in french.answer("facilities_find", {"place": "Toilettes"}, "fr").replies[0].text
    knowledge = Knowledge.open(station_settings, clock)
    names = tmp_path / "gazetteer.json"
    assert knowledge.beside(draft, names).places(place_id="toilets-north", at=clock.now(), language="fr")[0].name == "Toilettes"
    assert '"Toilettes"' in names.read_text(encoding="utf-8")
    assert knowledge.places(place_id="toilets-north", at=clock.now(), language="fr")[0].name == "North Toilets", "what is live stays"
    knowledge.close()


async def test_who_comes_in_a_language_that_a_content_lacks_is_answered_in_its_first(french: Desk, clock: StartedClock) -> None:
    languages, unused = ("fr", "en"), cast("Any", None)
    turns = Turns(french, ConversationStore(clock, 60), DeskDialogue(french), languages)
    told = Rehearsal(turns, unused, unused, languages)
    assert [turns.store.get(await told.open(language)).language for language in ("en", "ko")] == ["en", "fr"]


def test_a_station_file_that_changes_nothing_is_not_read_twice(station_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "station.yaml").write_bytes((EXAMPLE / "station.yaml").read_bytes())
    assert staged(station_settings, tmp_path / "dialogues") is station_settings
    assert staged(station_settings, tmp_path / "nowhere" / "dialogues") is station_settings
