"""Times that are easily said wrongly: of the night, of loops, of lines without fixed times, of the hour that comes twice."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.answers.desk import Desk
from assistant.answers.models import Answer
from assistant.answers.renderer import Responses
from assistant.conversation.models import DeparturesCard
from assistant.environment.monitor import Monitor
from assistant.settings import ROOT, Settings
from tests.fixtures.realtime import TRIP, stop, trip
from tests.unit.knowledge.conftest import write  # noqa: F401
from tests.unit.knowledge.test_realtime import SIX_TRAINS, City, at

Write = Callable[..., Settings]
RESPONSES = Responses.load(ROOT / "dialogues" / "domain")


class Counter(City):
    """A small city with somebody to ask."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        super().__init__(settings)
        self.hands.at = now
        environment = Monitor(settings, self.hands, ZoneInfo("Europe/London"))
        self.desk = Desk(settings, self.knowledge, environment, self.hands, RESPONSES)

    def ask(self, intent: str, language: str = "en", **slots: str) -> Answer:
        return self.desk.answer(intent, slots, language)

    def said(self, intent: str, language: str = "en", **slots: str) -> str:
        return self.ask(intent, language, **slots).replies[0].text


@pytest.fixture
def counter(write: Write) -> Iterator[Callable[..., Counter]]:  # noqa: F811
    opened: list[Counter] = []

    def open_counter(now: datetime, **tables: str) -> Counter:
        opened.append(Counter(write(**tables), now))
        return opened[-1]

    yield open_counter
    for each in opened:
        each.knowledge.close()


def trips(**calls: str) -> dict[str, str]:
    """Tables of trips of R1 from what each is called and its calls as "here1 08:00, end 08:40"."""
    rows = [
        f"{name},{number},{call.split()[0]},{call.split()[1]}:00,{call.split()[1]}:00"
        for name, text in calls.items() for number, call in enumerate(text.split(", "))
    ]  # fmt: skip
    return {
        "trips": "trip_id,route_id,service_id,trip_headsign\n" + "".join(f"{name},r1,daily,End of the World\n" for name in calls),
        "stop_times": "trip_id,stop_sequence,stop_id,arrival_time,departure_time\n" + "\n".join(rows) + "\n",
    }


NIGHT = trips(a="here1 00:25, end 01:00", b="here1 01:53, end 02:30", c="here1 05:30, end 06:00", d="here1 23:38, end 24:10")


@pytest.mark.parametrize(
    ("now", "first", "last"),
    [
        (at("20:00"), "tomorrow at 05:30", "tomorrow at 01:53"),
        (at("23:50"), "tomorrow at 05:30", "tomorrow at 01:53"),
        (at("00:30", "2026-11-25"), "at 05:30", "at 01:53"),
        (at("03:00", "2026-11-25"), "at 05:30", "left at 01:53. The next one is the R1, scheduled at 05:30."),
    ],
)
def test_the_night_is_over_when_its_last_train_is_gone(counter: Callable[..., Counter], now: datetime, first: str, last: str) -> None:
    city = counter(now, **NIGHT)
    assert f"scheduled {first} from" in city.said("trains_first_departure", destination="end")
    assert last in city.said("trains_last_departure", destination="end")


def test_where_all_trains_run_at_night_the_first_is_one_of_them(counter: Callable[..., Counter]) -> None:
    city = counter(at("20:00"), **trips(a="here1 00:25, end 01:00", b="here1 01:53, end 02:30"))
    assert "scheduled tomorrow at 00:25" in city.said("trains_first_departure", destination="end")


def test_a_train_that_comes_twice_is_boarded_where_it_is_asked_for(counter: Callable[..., Counter]) -> None:
    city = counter(at("08:30"), **trips(loop="here1 08:00, mid 08:20, here1 08:40, end 09:00"))
    assert city.said("trains_stops", destination="end") == "The R1 scheduled at 08:40 stops at End of the World."
    assert "scheduled at 08:40" in city.said("timetable_platform", train="loop", depart_at="2026-11-24T08:40")
    assert "scheduled at 08:00" in city.said("timetable_platform", train="loop", depart_at="2026-11-24T08:00")


EVERY_TEN = SIX_TRAINS | {"frequencies": "trip_id,start_time,end_time,headway_secs\nt0,08:00:00,09:00:00,600\n"} | {
    "trips": "trip_id,route_id,service_id,trip_headsign,trip_short_name\nt0,r1,daily,End of the World,N0\n",
    "stop_times": "trip_id,stop_sequence,stop_id,arrival_time,departure_time\n"
    "t0,10,here1,08:00:00,08:00:00\nt0,20,mid,08:05:00,08:06:00\nt0,30,end,09:00:00,09:00:00\n",
}  # fmt: skip
PROMISED = {
    "en": r"(?<!about )\b\d\d:\d\d", "zh": r"(?<!大约)\b\d\d:\d\d", "ko": r"\d\d:\d\d(?!쯤)",
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_no_time_is_promised_of_a_line_that_has_none(counter: Callable[..., Counter], language: str) -> None:
    city = counter(at("08:20"), **EVERY_TEN)
    asked: list[tuple[str, dict[str, str]]] = [
        ("timetable_next_departures", {}), ("timetable_platform", {}), ("timetable_platform", {"train": "t0"}), ("trains_stops", {}),
        ("trains_direct", {}), ("trains_direct", {"train": "t0"}), ("trains_arrival", {"train": "t0"}),
        ("trains_runs_on", {"time": "today"}), ("trains_runs_on", {"depart_at": "2026-11-24T08:25"}),
    ]  # fmt: skip
    for intent, slots in asked:
        text = city.said(intent, language, destination="end", **slots)
        assert re.findall(PROMISED[language], text) == [], text
    then = city.said("trains_runs_on", destination="end", depart_at="2026-11-24T08:25")
    assert then == "Yes, the N0 is scheduled about every 10 minutes."
    city.hands.at = at("10:00")
    assert re.findall(PROMISED[language], city.said("trains_last_departure", language, destination="end")) == []


NIGHT_OF_OCTOBER = trips(one="here1 25:30, end 25:50", two="here1 26:20, end 26:40", three="here1 26:50, end 27:00")
"""In the night of 24 October the clocks go back from 02:00 to 01:00: these leave at 01:30, and at 01:20 and 01:50 of the second time."""


def test_the_hour_that_comes_twice(counter: Callable[..., Counter]) -> None:
    city = counter(datetime(2026, 10, 25, 0, 55, tzinfo=UTC), **NIGHT_OF_OCTOBER)
    assert "is the R1, scheduled at 01:50" in city.said("trains_last_departure", destination="end"), "01:50 comes once more after 01:55"
    city.hands.at = datetime(2026, 10, 25, 1, 25, tzinfo=UTC)
    card = city.ask("timetable_next_departures", destination="end", depart_at="2026-10-25T01:26").replies[0].card
    assert isinstance(card, DeparturesCard)
    assert card.departures[0].trip == "three"


def test_a_train_that_goes_on_as_a_cancelled_one_is_not_said_to_arrive(counter: Callable[..., Counter]) -> None:
    tables = trips(one="here1 08:10, mid 08:20", two="mid 08:25, end 08:45")
    tables["trips"] = tables["trips"].replace("\n", ",b\n").replace("headsign,b", "headsign,block_id")
    city = counter(at("08:00"), **tables)
    asked = {"train": "one", "destination": "end", "depart_at": "2026-11-24T08:10"}
    assert "arrives at End of the World at 08:45" in city.said("trains_arrival", **asked)
    city.hears(trip("two", relationship=TRIP.CANCELED))
    assert city.said("trains_arrival", **asked) == "The R1 scheduled at 08:10 does not stop at End of the World."
    city.hears(trip("one", stop("here1", departure=1200)))
    [late] = city.knowledge.departures(at=at("08:00"), destination="end", limit=1)
    assert (late.expected, late.arrival) == (at("08:30"), None), "how late it gets there as another trip nobody says"
    city.hears(trip("one", relationship=TRIP.CANCELED))
    assert city.said("trains_direct", **asked) == "The R1 scheduled at 08:10 is cancelled."


def test_a_train_runs_on_no_other_day_than_it_does(counter: Callable[..., Counter]) -> None:
    tables = trips(one="here1 08:10, end 08:45") | {
        "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "daily,1,1,0,1,1,1,1,20260101,20261231\n"
    }
    city = counter(at("08:00"), **tables)
    assert city.said("trains_stops", train="one", time="tomorrow") == "No, the R1 does not run tomorrow."
    assert city.said("trains_runs_on", train="one", time="today") == "Yes, the R1 runs today."
    city.hears(trip("one", relationship=TRIP.CANCELED))
    assert city.said("trains_runs_on", train="one", time="today") == "The R1 scheduled at 08:10 is cancelled."


def test_disruptions_on_the_way_from_another_station_are_of_its_trains(counter: Callable[..., Counter]) -> None:
    city = counter(at("08:00"), **trips(here="here1 08:10, mid 08:45", there="mid 08:20, end 08:45"))
    city.hears(trip("here", stop("here1", departure=600)), trip("there", stop("mid", departure=300)))
    answer = city.ask("timetable_disruptions", origin="mid", destination="end")
    card = answer.replies[0].card
    assert isinstance(card, DeparturesCard)
    assert [row.trip for row in card.departures] == ["there"]


def test_a_row_of_the_board_names_the_row_of_realtime(counter: Callable[..., Counter]) -> None:
    city = counter(at("08:00"), **SIX_TRAINS)
    city.hears(trip("t0", stop("here1", departure=300)))
    card = city.ask("timetable_next_departures").replies[0].card
    assert isinstance(card, DeparturesCard)
    rows = {row.trip: row for row in card.departures}
    assert rows["t0"].live is not None
    assert (rows["t0"].live.kind, rows["t0"].live.key) == ("realtime", "t0|20261124|here1")
    assert rows["t1"].live is None
