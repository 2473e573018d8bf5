"""What is said of single trains, first and last ones, and fares, at the example station."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from assistant.answers.desk import Desk
from assistant.answers.models import Answer
from assistant.answers.money import Money, money_text
from assistant.answers.renderer import Responses
from assistant.clock import StartedClock
from assistant.conversation.models import ChoicesCard, DeparturesCard, TextCard
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.settings import Settings
from tests.conftest import ROOT

DeskAt = Callable[[str], Desk]
LONDON = ZoneInfo("Europe/London")


@pytest.fixture(scope="module")
def desk_at(station_settings: Settings) -> DeskAt:
    """The example station at another time; 24 November 2026 is a Tuesday."""
    knowledge = Knowledge.open(station_settings, StartedClock(datetime(2026, 11, 24, 8, tzinfo=LONDON)))
    responses = Responses.load(ROOT / "dialogues" / "domain")

    def at(moment: str) -> Desk:
        clock = StartedClock(datetime.fromisoformat(f"2026-11-{moment}+00:00"))
        return Desk(station_settings, knowledge, Monitor(station_settings, clock, LONDON), clock, responses)

    return at


def said(desk: Desk, intent: str, slots: dict[str, str]) -> str:
    return desk.answer(intent, slots, "en").replies[0].text


@pytest.mark.parametrize(
    ("now", "slots", "expected"),
    [
        ("24T08:00", {"destination": "ng"}, "The last train to Northgate is the IC 134, scheduled at 22:39 from platform 1."),
        ("24T08:00", {"line": "M1"}, "The last metro is the M1 towards North Beach, scheduled tomorrow at 00:51 from platform 9."),
        ("24T00:10", {"line": "M1"}, "The last metro is the M1 towards North Beach, scheduled at 00:51 from platform 9."),
        ("24T00:10", {"line": "M1", "time": "tonight"},
         "The last metro is the M1 towards North Beach, scheduled at 00:51 from platform 9."),
        ("24T00:10", {"line": "M1", "time": "今晚"},
         "The last metro is the M1 towards North Beach, scheduled at 00:51 from platform 9."),
        ("24T00:10", {"line": "M1", "time": "오늘 밤"},
         "The last metro is the M1 towards North Beach, scheduled at 00:51 from platform 9."),
        ("24T23:50", {"line": "M1", "time": "오늘 밤"},
         "The last metro is the M1 towards North Beach, scheduled tomorrow at 00:51 from platform 9."),
        ("24T08:00", {"line": "M1", "time": "今晚"},
         "The last metro is the M1 towards North Beach, scheduled tomorrow at 00:51 from platform 9."),
        ("24T08:00", {"line": "M1", "time": "tonight"},
         "The last metro is the M1 towards North Beach, scheduled tomorrow at 00:51 from platform 9."),
        ("24T00:10", {"line": "M1", "time": "today"}, "The last metro is the M1 towards North Beach, scheduled at 00:51 from platform 9."),
        ("24T03:59", {"line": "M1"}, "The last metro has gone: it left at 00:51. The next one is the M1, scheduled at 05:14."),
        ("24T04:00", {"line": "M1"}, "The last metro is the M1 towards North Beach, scheduled tomorrow at 00:51 from platform 9."),
        ("24T04:20", {"line": "N1"}, "The last bus is the N1 towards Airport, scheduled at 04:30 from platform A."),
        (
            "24T23:10", {"destination": "ng"},
            "The last train to Northgate has gone: it left at 22:39. The next one is the IC 102, scheduled tomorrow at 06:39.",
        ),
        ("24T08:00", {"destination": "ng", "time": "on sunday"},
         "The last train to Northgate is the IC 116, scheduled on Sunday at 21:39 from platform 1."),
        ("24T08:00", {"destination": "ng", "time": "before 10 am"},
         "The last train to Northgate is the IC 108, scheduled at 09:39 from platform 1."),
    ],
)  # fmt: skip
def test_the_last_train_is_the_last_of_the_running_service_day(desk_at: DeskAt, now: str, slots: dict[str, str], expected: str) -> None:
    assert said(desk_at(now), "trains_last_departure", slots) == expected


@pytest.mark.parametrize(
    ("now", "slots", "expected"),
    [
        ("24T05:00", {"destination": "ng"}, "The first train to Northgate is the IC 102, scheduled at 06:39 from platform 1."),
        ("24T08:00", {"destination": "ng"}, "The first train to Northgate is the IC 102, scheduled tomorrow at 06:39 from platform 1."),
        ("24T08:00", {"destination": "ng", "time": "tomorrow"},
         "The first train to Northgate is the IC 102, scheduled tomorrow at 06:39 from platform 1."),
        ("24T08:00", {"destination": "ng", "time": "in the morning"},
         "The first train to Northgate is the IC 102, scheduled tomorrow at 06:39 from platform 1."),
        ("24T08:00", {"destination": "ng", "time": "after three"},
         "The first train to Northgate is the IC 120, scheduled at 15:39 from platform 1."),
        ("24T08:00", {"destination": "ng", "time": "saturday"},
         "The first train to Northgate is the IC 102, scheduled on Saturday at 07:39 from platform 1."),
    ],
)  # fmt: skip
def test_the_first_train_is_one_that_can_still_be_taken(desk_at: DeskAt, now: str, slots: dict[str, str], expected: str) -> None:
    assert said(desk_at(now), "trains_first_departure", slots) == expected


def test_first_and_last_show_a_board_and_lead_on(desk_at: DeskAt) -> None:
    answer = desk_at("24T08:00").answer("trains_last_departure", {"destination": "ng"}, "en")
    card = answer.replies[0].card
    assert isinstance(card, DeparturesCard)
    assert [row.trip_name for row in card.departures] == ["IC 134"]
    assert card.departures[0].source in answer.sources
    stops = answer.suggestions[0].ask
    assert stops is not None
    assert said(desk_at("24T08:00"), stops.intent, stops.slots).startswith("The IC 134 scheduled at 22:39 stops at Stonebridge")


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ({"destination": "ng"}, "The IC 106 scheduled at 08:39 stops at Stonebridge, Silver Lake, Winter Hill and Northgate."),
        ({"destination": "ng", "time": "the 9:39"},
         "The IC 108 scheduled at 09:39 stops at Stonebridge, Silver Lake, Winter Hill and Northgate."),
        ({"train": "ic106"}, "The IC 106 scheduled at 08:39 stops at Stonebridge, Silver Lake, Winter Hill and Northgate."),
        ({"train": "IC 102"}, "The IC 102 scheduled tomorrow at 06:39 stops at Stonebridge, Silver Lake, Winter Hill and Northgate."),
        ({"line": "M1", "time": "8:17"},
         "The M1 scheduled at 08:17 has 8 stops: Old Town, Clock Tower and Theatre, and so on to South Hill."),
        ({"train": "AXda15", "depart_at": "2026-11-24T08:15"}, "The AX scheduled at 08:15 stops at Exhibition Centre and Airport."),
        ({"train": "N1ya1", "depart_at": "2026-11-25T01:00"},
         "The N1 scheduled tomorrow at 01:00 has 7 stops: King Street, Old Town and Canal Street, and so on to Airport."),
        ({"train": "IC 999"}, "I don't know that train."),
    ],
)  # fmt: skip
def test_where_a_train_stops(desk_at: DeskAt, slots: dict[str, str], expected: str) -> None:
    assert said(desk_at("24T08:00"), "trains_stops", slots) == expected


def test_the_stops_are_rows_of_the_train(desk_at: DeskAt) -> None:
    answer = desk_at("24T08:00").answer("trains_stops", {"train": "IC 106"}, "en")
    card = answer.replies[0].card
    assert isinstance(card, TextCard)
    assert card.title == "IC 106 to Northgate"
    assert card.lines == ["08:58 Stonebridge", "09:10 Silver Lake", "09:26 Winter Hill", "09:44 Northgate"]
    assert {"stop_times"} <= {source.table for source in answer.sources}
    assert len([source for source in answer.sources if source.table == "stop_times"]) == 5
    assert {(value.type, value.value) for value in answer.slots} >= {("train", "IC 106")}


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ({"destination": "sl"}, "The RE 2113 scheduled at 08:10 arrives at Silver Lake at 08:58."),
        ({"train": "IC 106", "destination": "sl"}, "The IC 106 scheduled at 08:39 arrives at Silver Lake at 09:10."),
        ({"train": "IC 106"}, "The IC 106 scheduled at 08:39 arrives at Northgate at 09:44."),
        ({"train": "IC 106", "destination": "zo"}, "The IC 106 scheduled at 08:39 does not stop at Zoo."),
    ],
)
def test_when_a_train_arrives(desk_at: DeskAt, slots: dict[str, str], expected: str) -> None:
    assert said(desk_at("24T08:00"), "trains_arrival", slots) == expected


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ({"train": "IC 101", "time": "on sunday"}, "Yes, the IC 101 runs on Sunday."),
        ({"train": "IC 131", "time": "on sunday"}, "No, the IC 131 does not run on Sunday."),
        ({"train": "IC 101"}, "The IC 101 runs every day."),
        ({"train": "IC 131"}, "The IC 131 runs Monday to Friday."),
        ({"destination": "ng", "time": "25 december"}, "Yes. The first one on 25 December 2026 leaves at 07:39, the last one at 21:39."),
        ({"destination": "ng", "time": "at 8:39"}, "Yes, the IC 106 is scheduled at 08:39."),
        ({"destination": "ng", "time": "at 8:15"}, "There is none at 08:15. The next one is the IC 106, scheduled at 08:39."),
        ({"destination": "ng"}, "There are trains to Northgate every day."),
        ({"line": "N1"}, "The N1 runs every day."),
        ({"line": "AX", "destination": "ng", "time": "tomorrow"}, "My timetable has no direct departure to Northgate tomorrow."),
    ],
)
def test_on_which_days_a_train_runs(desk_at: DeskAt, slots: dict[str, str], expected: str) -> None:
    assert said(desk_at("24T08:00"), "trains_runs_on", slots) == expected


@pytest.mark.parametrize(
    ("language", "time", "expected"),
    [
        ("en", "on saturday", "Yes. The first one on Saturday leaves at 04:30, the last one on Sunday at 04:30."),
        ("zh", "周末", "有。星期六首班04:30发车，末班星期日04:30发车。"),
        ("ko", "주말에", "네, 있습니다. 토요일에 첫차는 04:30, 막차는 일요일 04:30에 출발합니다."),
    ],
)
def test_the_day_of_a_last_train_after_midnight_is_said(desk_at: DeskAt, language: str, time: str, expected: str) -> None:
    answer = desk_at("24T08:00").answer("trains_runs_on", {"destination": "ap", "time": time}, language)
    assert answer.replies[0].text == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "I don't know that line."), ("zh", "我不知道这条线路。"), ("ko", "그 노선은 알지 못합니다.")]
)
@pytest.mark.parametrize("intent", ["trains_stops", "trains_last_departure", "timetable_next_departures"])
def test_a_line_that_is_not_known_is_said_to_be_and_forgotten(desk_at: DeskAt, intent: str, language: str, expected: str) -> None:
    answer = desk_at("24T08:00").answer(intent, {"line": "IC9"}, language)
    assert answer.replies[0].text.startswith(expected)
    assert "line" in answer.forgets
    assert [tile.label for tile in answer.suggestions][:2] == ["IC1", "IC2"]


def test_single_days_that_differ_are_named(desk_at: DeskAt) -> None:
    # Four weeks on, Friday 25 December runs as a weekend, and so does Saturday the 26th, as every Saturday.
    assert said(desk_at("30T08:00"), "trains_runs_on", {"train": "IC 131"}) == (
        "The IC 131 runs Monday to Friday. Not on 25 December 2026."
    )


def test_direct_or_with_a_change(desk_at: DeskAt) -> None:
    desk = desk_at("24T08:00")
    assert said(desk, "trains_direct", {"destination": "ng"}) == "Yes, the IC 106 scheduled at 08:39 goes to Northgate without a change."
    assert said(desk, "trains_direct", {"train": "IC 106", "destination": "sl"}).startswith("Yes, the IC 106")
    assert said(desk, "trains_direct", {"train": "IC 106", "destination": "zo"}) == "The IC 106 scheduled at 08:39 does not stop at Zoo."
    changed = desk.answer("trains_direct", {"origin": "zo", "destination": "ng"}, "en")
    assert changed.replies[0].text == "No, my timetable has no direct train to Northgate."
    assert len(changed.replies) > 1, "how to go with a change follows"
    assert changed.sources


def test_the_platform_and_the_time_of_a_named_train(desk_at: DeskAt) -> None:
    desk, expected = desk_at("24T08:00"), "The IC 106 scheduled at 08:39 leaves from platform 1."
    assert said(desk, "timetable_platform", {"train": "the IC 106"}) == expected
    assert said(desk, "timetable_next_departures", {"train": "IC106"}) == expected
    assert said(desk, "timetable_platform", {"destination": "ng"}) != expected


@pytest.mark.parametrize("intent", ["trains_stops", "trains_arrival", "trains_runs_on", "trains_direct", "tickets_fares_price"])
def test_what_is_missing_is_asked_for(desk_at: DeskAt, intent: str) -> None:
    desk = desk_at("24T08:00")
    card = desk.answer(intent, {}, "en").replies[0].card
    assert isinstance(card, ChoicesCard)
    tile = card.choices[0].ask
    assert tile is not None
    assert tile.intent == intent
    assert not isinstance(desk.answer(tile.intent, tile.slots, "en").replies[0].card, ChoicesCard)


@pytest.mark.parametrize("intent", ["trains_first_departure", "trains_last_departure", "trains_stops", "trains_runs_on", "trains_direct"])
def test_no_time_is_named_after_the_timetable_ends(desk_at: DeskAt, station_settings: Settings, intent: str) -> None:
    desk = desk_at("24T08:00")
    refused = said(desk, intent, {"destination": "ng", "depart_at": "2035-01-01T08:00"})
    assert refused.startswith("My timetable ended on 31 December 2029"), refused


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ({"destination": "ng"}, "The fare to Northgate is £24.00. Please buy the ticket before boarding."),
        ({"destination": "ap"}, "The fare to Airport is £3.50 by N1. By AX it is £12.00. Please buy the ticket before boarding."),
        ({"destination": "ap", "line": "AX"}, "The fare to Airport is £12.00. Please buy the ticket before boarding."),
        ({"origin": "zo", "destination": "ng"}, "I don't know the fare to Northgate. The ticket office can tell you."),
        ({"destination": "hc"}, "You are at Harbour Central already."),
    ],
)
def test_what_a_ride_costs(desk_at: DeskAt, slots: dict[str, str], expected: str) -> None:
    answer = desk_at("24T08:00").answer("tickets_fares_price", slots, "en")
    assert answer.replies[0].text == expected
    assert {source.table for source in answer.sources} == ({"fare_attributes"} if "£" in expected else set())


@pytest.mark.parametrize(
    ("amount", "currency", "texts"),
    [
        ("2.80", "GBP", ("£2.80", "2 pounds 80", "2.8英镑", "2.8파운드")),
        ("1.00", "GBP", ("£1.00", "1 pound", "1英镑", "1파운드")),
        ("12.05", "USD", ("$12.05", "12 dollars 5", "12.05美元", "12.05달러")),
        ("1450", "KRW", ("₩1,450", "1450 won", "1450韩元", "1450원")),
        ("200", "JPY", ("¥200", "200 yen", "200日元", "200엔")),
        ("3.5", "SEK", ("3.50 SEK", "3 SEK 50", "3.5 SEK", "3.5 SEK")),
    ],
)
def test_money_is_written_and_said(amount: str, currency: str, texts: tuple[str, ...]) -> None:
    money = Money(Decimal(amount), currency)
    said = (money_text(money, language, spoken=True) for language in ("en", "zh", "ko"))
    assert (money_text(money, "en", spoken=False), *said) == texts


@pytest.mark.parametrize(
    ("slots", "times"),
    [
        ({"destination": "ng", "time": "between 9 and 11"}, ["09:39", "10:39"]),
        ({"destination": "ng", "time": "from nine to half past ten"}, ["09:39"]),
        ({"destination": "ng", "time": "九点到十一点"}, ["09:39", "10:39"]),
        ({"destination": "ng", "time": "9시부터 11시까지"}, ["09:39", "10:39"]),
        ({"destination": "ng", "depart_at": "2026-11-24T09:00", "until": "2026-11-24T10:39"}, ["09:39", "10:39"]),
        ({"destination": "ng", "line": "IC1", "depart_at": "2026-11-24T09:00", "until": "2026-11-24T10:00"}, ["09:39"]),
    ],
)
def test_departures_until_a_time(desk_at: DeskAt, slots: dict[str, str], times: list[str]) -> None:
    answer: Answer = desk_at("24T08:00").answer("timetable_next_departures", slots, "en")
    card = answer.replies[0].card
    assert isinstance(card, DeparturesCard)
    assert [f"{row.scheduled:%H:%M}" for row in card.departures] == times
    assert "until" in {value.type for value in answer.slots}


def test_where_nothing_leaves_in_between_it_says_so(desk_at: DeskAt) -> None:
    asked = {"destination": "ng", "time": "between 1 am and 2 am"}
    assert said(desk_at("24T08:00"), "timetable_next_departures", asked) == (
        "My timetable has no such departure from tomorrow 01:00 to tomorrow 02:00."
    )


def test_the_board_leads_to_the_stops_and_to_the_last_train(desk_at: DeskAt) -> None:
    desk = desk_at("24T08:00")
    tiles = {tile.label: tile.ask for tile in desk.answer("timetable_next_departures", {"destination": "ng"}, "en").suggestions}
    stops, last = tiles["Where does it stop?"], tiles["Last train"]
    assert stops is not None
    assert last is not None
    assert said(desk, stops.intent, stops.slots).startswith("The IC 106 scheduled at 08:39 stops at Stonebridge")
    assert said(desk, last.intent, last.slots).startswith("The last train to Northgate is the IC 134")


def test_where_no_train_is_direct_the_way_with_a_change_follows(desk_at: DeskAt) -> None:
    desk = desk_at("24T08:00")
    answer = desk.answer("timetable_next_departures", {"origin": "zo", "destination": "ng"}, "en")
    assert answer.replies[0].text == "My timetable has no direct departure to Northgate in the 24 hours from then."
    assert answer.replies[1].text == desk.answer("journeys_plan", {"origin": "zo", "destination": "ng"}, "en").replies[0].text
    assert answer.sources
