"""Where the kiosk stands, what time it is, and how often trains go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from assistant.answers import frequency, here_and_now
from assistant.answers.context import Slots
from assistant.answers.desk import Desk
from assistant.conversation.models import ChoicesCard, DeparturesCard
from tests.conftest import MORNING
from tests.unit.answers.conftest import Bare, Changed

KIOSK = "kiosk: {id: kiosk-main-hall, place: hc-hall, level: street, heading: 0}"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "This is Harbour Central. You are here: Main hall, Street level."),
        ("zh", "这里是港口中央站。您在地面层：大厅。"),
        ("ko", "여기는 항구중앙역입니다. 지금 계신 곳: 지상층, 중앙 홀."),
    ],
)
def test_where_am_i(desk: Desk, language: str, words: str) -> None:
    answer = desk.answer("wayfinding_here", {}, language)
    assert answer.replies[0].text == words
    assert [(row.table, row.key) for row in answer.sources] == [("stops", "hc"), ("stops", "hc-hall")]


@pytest.mark.parametrize(
    ("kiosk", "words"),
    [
        ("kiosk: {}", "This is Harbour Central."),
        ("kiosk: {level: metro}", "This is Harbour Central. You are on this level: Metro level."),
        ("kiosk: {place: wifi}", "This is Harbour Central. You are here: Station Wi-Fi."),
        ("kiosk: {place: nowhere, level: none}", "This is Harbour Central."),
    ],
)
def test_no_more_is_said_of_the_spot_than_is_known(changed: Changed, kiosk: str, words: str) -> None:
    assert changed((KIOSK, kiosk)).answer("wayfinding_here", {}, "en").replies[0].text == words


@pytest.mark.parametrize(
    ("language", "text", "speech"),
    [
        ("en", "It is 08:00 on Tuesday, 24 November 2026.", "It is 8 o'clock on Tuesday, 24 November 2026."),
        ("zh", "现在是2026年11月24日星期二08:00。", "现在是2026年11月24日星期二8点整。"),
        ("ko", "지금은 2026년 11월 24일 화요일 08:00입니다.", "지금은 2026년 11월 24일 화요일 8시입니다."),
    ],
)
def test_what_time_it_is(changed: Changed, language: str, text: str, speech: str) -> None:
    answer = changed(start=MORNING).answer("timetable_clock", {}, language)
    assert (answer.replies[0].text, answer.replies[0].speech) == (text, speech)
    assert [(row.kind, row.table, row.as_of[:16]) for row in answer.sources] == [("record", "clock", "2026-11-24T08:00")]


def test_a_clock_that_nobody_vouches_for_tells_no_time(desk: Desk) -> None:
    answer = here_and_now.clock(replace(desk.context("en"), clock_trusted=False), {})
    assert answer.replies[0].text.startswith("I don't trust my clock")
    assert answer.sources == []


def test_how_often_needs_a_place_or_a_line(desk: Desk) -> None:
    card = desk.answer("timetable_frequency", {}, "en").replies[0].card
    assert isinstance(card, ChoicesCard)
    assert {choice.ask.intent for choice in card.choices if choice.ask} == {"timetable_frequency"}


def scheduled(desk: Desk, slots: Slots) -> tuple[str, list[str]]:
    """What is said, and the times of the rows that the answer rests on."""
    answer = desk.answer("timetable_frequency", slots, "en")
    rows = {row.key for row in answer.sources if row.table == "stop_times"}
    context = desk.context("en")
    found = context.knowledge.departures(at=context.now, until=context.now + timedelta(hours=2), limit=500)
    return answer.replies[0].text, sorted({f"{departure.scheduled:%H:%M}" for departure in found if departure.source.key in rows})


def test_equal_gaps_are_told_as_a_rhythm_with_the_times_it_holds_for(desk: Desk) -> None:
    text, times = scheduled(desk, {"destination": "ap"})
    assert text == "To Airport there is a train about every 15 minutes, scheduled from 08:15 to 10:00."
    assert times == ["08:15", "08:30", "08:45", "09:00", "09:15", "09:30", "09:45", "10:00"]


def test_a_rhythm_that_changes_is_told_for_the_hour(desk: Desk) -> None:
    text, times = scheduled(desk, {"destination": "ot"})
    assert text == "To Old Town there is a metro about every 7 minutes, scheduled from 08:03 to 08:59."
    assert {"08:03", "08:10", "08:59"} <= set(times)


def test_a_line_is_told_by_direction(desk: Desk) -> None:
    text, _ = scheduled(desk, {"line": "M1"})
    assert sorted(text.rstrip(".").split(". ")) == [  # Both begin at once: either may be told first.
        "The M1 towards North Beach leaves about every 7 minutes, scheduled from 08:03 to 08:59",
        "The M1 towards South Hill leaves about every 7 minutes, scheduled from 08:03 to 08:59",
    ]


def test_too_few_for_a_rhythm_are_counted(desk: Desk) -> None:
    text, times = scheduled(desk, {"line": "IC1"})
    assert text == "1 departure to Southgate in the next hour: 08:35. 1 departure to Northgate in the next hour: 08:39."
    assert {"08:35", "08:39"} <= set(times)


def test_another_day_is_told_as_such(desk: Desk) -> None:
    answer = desk.answer("timetable_frequency", {"destination": "Old Town", "time": "Sunday morning"}, "en")
    assert answer.replies[0].text == "To Old Town there is a metro about every 15 minutes, scheduled from Sunday 06:14 to Sunday 07:59."
    card = answer.replies[0].card
    assert isinstance(card, DeparturesCard)
    assert all(row.scheduled.isoweekday() == 7 for row in card.departures)


def test_where_nothing_leaves_soon_the_next_one_is_told(desk: Desk) -> None:
    answer = desk.answer("timetable_frequency", {"line": "N1"}, "en")
    assert answer.replies[0].text == "There is none within that hour."
    assert answer.replies[1].text.startswith("The next bus is the N1 towards Airport, scheduled tomorrow at 00:30")


def test_an_untrusted_clock_tells_no_frequency(desk: Desk) -> None:
    answer = frequency.frequency(replace(desk.context("en"), clock_trusted=False), {"destination": "ap"})
    assert answer.replies[0].text.startswith("I don't trust my clock")


def minutes_past(*minutes: int) -> list[datetime]:
    return [datetime.fromisoformat(MORNING) + timedelta(minutes=minute) for minute in minutes]


@pytest.mark.parametrize(
    ("minutes", "every"),
    [
        ((0, 10, 20, 30), 10), ((0, 9, 20, 30, 41), 10), ((0, 10, 20), None), ((0, 10, 40, 50), None), ((0, 15, 30, 60), None),
        ((0, 0, 1, 1, 2), None), ((0, 20, 21, 40, 60, 61), None), ((0, 1, 2, 3, 4), 1), ((0, 30, 60, 90), 30), ((), None),
    ],
)  # fmt: skip
def test_a_rhythm_needs_equal_gaps(minutes: tuple[int, ...], every: int | None) -> None:
    assert frequency.every_minutes(minutes_past(*minutes)) == every


def test_a_line_without_fixed_times_says_its_headway(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    context = desk.context("en")
    real: Callable[..., list[object]] = context.knowledge.departures
    loose = [replace(departure, headway_s=480) for departure in real(at=context.now, destination="ap", limit=4)]  # type: ignore[type-var]
    monkeypatch.setattr(type(context.knowledge), "departures", lambda self, **_: loose)
    said = frequency.frequency(context, {"destination": "ap"}).replies[0].text
    assert said.startswith("The AX train to Airport runs about every 8 minutes, without fixed times.")


def test_without_facts_of_its_own_the_station_is_still_named(changed: Changed, bare: Bare) -> None:
    assert changed(bare("places: []\n")).answer("wayfinding_here", {}, "en").replies[0].text.startswith("This is Harbour Central.")
