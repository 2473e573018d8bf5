"""What is said of trains when a line, a time or an exact time is not known."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.answers.desk import Desk
from assistant.answers.models import Answer
from assistant.answers.renderer import Responses
from assistant.clock import StartedClock
from assistant.conversation.models import ChoicesCard, DeparturesCard
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.settings import Settings
from assistant.text import LANGUAGES

DOMAIN = Path(__file__).resolve().parents[3] / "dialogues" / "domain"
FEED = {
    "agency": "agency_id,agency_name,agency_url,agency_timezone\na,City,https://city.example,Europe/London\n",
    "stops": "stop_id,stop_name,stop_lat,stop_lon,platform_code\nhere,Here Central,51.5,-0.1,2\nend,End of the World,51.7,-0.1,\n",
    "routes": "route_id,agency_id,route_short_name,route_long_name,route_type\nr1,a,R1,River Line,1\nr2,a,R2,Hill Line,2\n",
    "trips": "trip_id,route_id,service_id,trip_headsign\nloose,r1,daily,End of the World\nexact,r2,daily,End of the World\n",
    "stop_times": "trip_id,stop_sequence,stop_id,arrival_time,departure_time\n"
    "loose,1,here,08:00:00,08:00:00\nloose,2,end,08:20:00,08:20:00\nexact,1,here,08:03:00,08:03:00\nexact,2,end,08:30:00,08:30:00\n",
    "frequencies": "trip_id,start_time,end_time,headway_secs,exact_times\nloose,08:00:00,20:00:00,600,0\n",
    "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "daily,1,1,1,1,1,1,1,20260101,20261231\n",
}

RUNS = "The R1 metro {} End of the World runs about every 10 minutes, without fixed times."
LEAVES = " It leaves from platform 2."


@pytest.fixture
def loose(tmp_path: Path) -> Desk:
    """A station whose R1 runs every ten minutes from eight o'clock on, without exact times, and whose R2 leaves once, at 08:03."""
    station = tmp_path / "station"
    (station / "gtfs").mkdir(parents=True)
    (station / "station.yaml").write_text("name: Here Central\nstop: here\nlanguages: [en, zh, ko]\n")
    for name, content in FEED.items():
        (station / "gtfs" / f"{name}.txt").write_text(content)
    settings = Settings.load(station=station, data=tmp_path / "data")
    clock = StartedClock(datetime.fromisoformat("2026-11-24T07:55:00+00:00"))
    knowledge = Knowledge.open(settings, clock)
    return Desk(settings, knowledge, Monitor(settings, clock, ZoneInfo("Europe/London")), clock, Responses.load(DOMAIN))


def said(answer: Answer) -> str:
    return answer.replies[0].text


@pytest.mark.parametrize(
    ("slots", "text"),
    [
        ({"line": "R1"}, RUNS.format("towards") + LEAVES),
        ({"destination": "end"}, RUNS.format("to") + LEAVES),
        (
            {"line": "R1", "time": "tomorrow at seven"},
            RUNS.format("towards") + " It begins tomorrow at 08:00." + LEAVES,
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("intent", ["timetable_next_departures", "timetable_platform"])
def test_a_line_without_exact_times_is_told_by_how_often_it_runs(loose: Desk, intent: str, slots: dict[str, str], text: str) -> None:
    assert said(loose.answer(intent, slots, "en")) == text


def test_the_board_shows_only_what_has_a_time(loose: Desk) -> None:
    card = loose.answer("timetable_next_departures", {"destination": "end"}, "en").replies[0].card
    assert isinstance(card, DeparturesCard)
    assert [row.line for row in card.departures] == ["R2"]
    assert loose.answer("timetable_next_departures", {"line": "R1"}, "en").replies[0].card is None


def test_what_follows_an_exact_train_is_exact(loose: Desk) -> None:
    answer = loose.answer("timetable_next_departures", {"destination": "end", "time": "08:01"}, "en")
    assert said(answer) == "The next train to End of the World is the R2, scheduled at 08:03 from platform 2."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_that_is_not_known_is_not_left_out(desk: Desk, language: str) -> None:
    answer = desk.answer("timetable_next_departures", {"line": "M9", "destination": "airport"}, language)
    assert said(answer) == desk.context(language).renderer.text("utter_timetable_unknown_line")
    card = answer.replies[0].card
    assert isinstance(card, ChoicesCard)
    tile = next(choice for choice in card.choices if choice.label == "M1")
    assert tile.ask is not None
    assert tile.ask.slots["destination"] == "airport"
    board = desk.answer("timetable_next_departures", {"line": tile.ask.slots["line"]}, language).replies[0].card
    assert isinstance(board, DeparturesCard)
    assert {row.line for row in board.departures} == {"M1"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slots", [{}, {"destination": "airport"}, {"line": "M1"}])
def test_a_time_that_is_not_understood_is_said_to_be(desk: Desk, slots: dict[str, str], language: str) -> None:
    unclear = desk.context(language).renderer.text("utter_timetable_time_unclear")
    for intent in ("timetable_next_departures", "timetable_platform"):
        answer = desk.answer(intent, slots | {"time": "이따가"}, language)
        assert said(answer).startswith(unclear)
        assert answer.replies[0].speech.startswith(unclear)
        assert "depart_at" in answer.forgets
        assert unclear not in said(desk.answer(intent, slots | {"time": "now"}, language))
