"""What an answer says of a train that is late, cancelled, elsewhere or extra, and of what the operator reports."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from google.transit import gtfs_realtime_pb2 as pb

from assistant.answers.desk import Desk
from assistant.answers.models import Answer
from assistant.answers.renderer import Responses
from assistant.conversation.models import DeparturesCard, TextCard
from assistant.environment.monitor import Monitor
from assistant.settings import ROOT, Settings
from tests.fixtures.realtime import STOP, TRIP, alert, stop, trip
from tests.unit.knowledge.conftest import write  # noqa: F401
from tests.unit.knowledge.test_realtime import SIX_TRAINS, City, at


@pytest.fixture
def city(write: Callable[..., Settings]) -> Iterator[City]:  # noqa: F811
    made = City(write(**SIX_TRAINS))
    yield made
    made.knowledge.close()


@pytest.fixture
def ask(city: City) -> Callable[..., Answer]:
    settings = city.knowledge._settings
    environment = Monitor(settings, city.hands, ZoneInfo("Europe/London"))
    desk = Desk(settings, city.knowledge, environment, city.hands, Responses.load(ROOT / "dialogues" / "domain"))

    def answer(intent: str = "timetable_next_departures", language: str = "en", **slots: str) -> Answer:
        return desk.answer(intent, slots, language)

    return answer


def keys(answer: Answer) -> set[tuple[str, str]]:
    return {(source.kind, source.key) for source in answer.sources}


def test_a_late_train(city: City, ask: Callable[..., Answer]) -> None:
    city.hears(trip("t0", stop("here1", departure=420)))
    said = ask(destination="end")
    assert said.replies[0].text.startswith(
        "The next train to End of the World is the R1, scheduled at 08:00 from platform 1. It is now expected at 08:07."
    )
    assert "It is now expected at 8 oh 7." in said.replies[0].speech
    assert {("gtfs", "t0|10"), ("realtime", "t0|20261124|here1")} <= keys(said)
    assert "现在预计08:07发车。" in ask(language="zh", destination="end").replies[0].text
    assert "지금은 08:07에 출발할 것으로 보입니다." in ask(language="ko", destination="end").replies[0].text


def test_the_ones_after_that_by_when_they_are_expected(city: City, ask: Callable[..., Answer]) -> None:
    city.hears(trip("t1", stop("here1", departure=300)), trip("t2", relationship=TRIP.CANCELED))
    assert "After that: 08:15 and 08:30." in ask(destination="end").replies[0].text


def test_a_train_on_time(city: City, ask: Callable[..., Answer]) -> None:
    city.hears(trip("t0", stop("here1", departure=20)))
    assert "scheduled at 08:00 from platform 1. It is on time." in ask(destination="end").replies[0].text
    assert "正点" in ask(language="zh", destination="end").replies[0].text
    assert "정시에" in ask(language="ko", destination="end").replies[0].text


def test_a_cancelled_train_is_said_first_and_never_the_next_one(city: City, ask: Callable[..., Answer]) -> None:
    city.hears(trip("t0", relationship=TRIP.CANCELED))
    said = ask(destination="end")
    assert said.replies[0].text.startswith(
        "The R1 scheduled at 08:00 is cancelled. The next train to End of the World is the R1, scheduled at 08:10 from platform 1."
    )
    card = said.replies[0].card
    assert isinstance(card, DeparturesCard)
    assert [row.status for row in card.departures] == ["cancelled", *["scheduled"] * 4]
    assert ("realtime", "t0|20261124|here1") in keys(said)
    assert ask(language="zh", destination="end").replies[0].text.startswith("原定08:00的R1已取消。")
    assert ask(language="ko", destination="end").replies[0].text.startswith("08:00 R1 편은 운행이 취소되었습니다.")


def test_a_train_that_passes_through(city: City, ask: Callable[..., Answer]) -> None:
    city.hears(trip("t0", stop("here1", relationship=STOP.SKIPPED), stop("mid", arrival=0)))
    assert ask(destination="end").replies[0].text.startswith("The R1 scheduled at 08:00 does not stop here today. The next train")


def test_many_cancelled_trains_do_not_hide_the_one_that_runs(city: City, ask: Callable[..., Answer]) -> None:
    city.hears(*(trip(f"t{number}", relationship=TRIP.CANCELED) for number in range(5)))
    said = ask(destination="end")
    assert "The next train to End of the World is the R1, scheduled at 08:50" in said.replies[0].text
    card = said.replies[0].card
    assert isinstance(card, DeparturesCard)
    assert [row.trip for row in card.departures][:3] == ["t0", "t1", "t5"]


def test_nothing_that_runs(city: City, ask: Callable[..., Answer]) -> None:
    city.hears(trip("hill", relationship=TRIP.CANCELED, date="20261124"), trip("hill", relationship=TRIP.CANCELED, date="20261125"))
    said = ask(line="r2").replies[0].text
    assert said == "The R2 scheduled at 08:15 is cancelled. I know of no other one that runs. Please ask the staff."


@pytest.mark.parametrize("intent", ["timetable_next_departures", "timetable_platform"])
def test_another_platform(city: City, ask: Callable[..., Answer], intent: str) -> None:
    city.hears(trip("t0", stop("here1", departure=0, assigned="here2")))
    said = ask(intent, destination="end")
    assert "It leaves from platform 2 instead of 1." in said.replies[0].text
    assert ("platform", "2", "here2") in {(slot.type, slot.value, slot.id) for slot in said.slots}
    card = said.replies[0].card
    assert isinstance(card, DeparturesCard)
    assert (card.departures[0].platform, card.departures[0].scheduled_platform) == ("2", "1")


def test_an_extra_train_is_never_called_scheduled(city: City, ask: Callable[..., Answer]) -> None:
    stops = (stop("here2", departure=at("08:05")), stop("end", arrival=at("08:35")))
    city.hears(trip("x", *stops, relationship=TRIP.ADDED, route="r2"))
    said = ask(line="r2", destination="end")
    assert said.replies[0].text == ("The next train is an extra one: the R2 to End of the World, expected at 08:05 from platform 2.")
    assert keys(said) == {("realtime", "x|20261124|here2"), ("realtime", "x|20261124|end")}


@pytest.mark.parametrize(("effect", "said"), [(pb.Alert.DETOUR, True), (pb.Alert.NO_SERVICE, True), (pb.Alert.MODIFIED_SERVICE, False)])
def test_an_alert_on_the_line_comes_with_its_trains(city: City, ask: Callable[..., Answer], effect: int, said: bool) -> None:
    city.hears(alert("a", {"en": "Works at Mid Town.", "ko": "공사 중입니다."}, {"route_id": "r1"}, effect=effect))  # type: ignore[arg-type]
    answer = ask(destination="end")
    assert answer.replies[0].text.endswith("The operator reports: Works at Mid Town.") is said
    assert (("realtime", "a") in keys(answer)) is said
    assert ("공사 중입니다." in ask(language="ko", destination="end").replies[0].speech) is said
    assert "operator" not in ask(line="r2").replies[0].text


def test_disruptions(city: City, ask: Callable[..., Answer]) -> None:
    city.hears(
        alert("a", "Works.", {"route_id": "r1"}, effect=pb.Alert.OTHER_EFFECT, description="Until Sunday."),
        trip("t1", stop("here1", departure=600)), trip("t2", relationship=TRIP.CANCELED),
    )  # fmt: skip
    said = ask("timetable_disruptions")
    [words, trains] = said.replies
    assert words.text == "The operator reports: Works."
    assert isinstance(words.card, TextCard)
    assert words.card.lines == ["Works.", "Until Sunday."]
    assert trains.text == "The R1 towards End of the World, scheduled at 08:10, is not running to time. It is now expected at 08:20."
    assert isinstance(trains.card, DeparturesCard)
    assert [row.status for row in trains.card.departures] == ["delayed", "cancelled"]
    assert {("realtime", "a"), ("realtime", "t1|20261124|here1"), ("realtime", "t2|20261124|here1")} <= keys(said)
    assert ask("timetable_disruptions", line="r2").replies[0].text == "I know of no disruption now."
    assert [slot.id for slot in ask("timetable_disruptions", line="r2").slots] == ["r2"]


def test_disruptions_where_nothing_live_is_known(city: City, ask: Callable[..., Answer]) -> None:
    assert ask("timetable_disruptions").replies[0].text.startswith("I have no live information now")
    city.hears()
    assert ask("timetable_disruptions").replies[0].text == "I know of no disruption now."
    city.hands.at += timedelta(minutes=10)
    assert ask("timetable_disruptions").replies[0].text.startswith("I have no live information now")


@pytest.mark.parametrize("intent", ["timetable_anywhere", "timetable_disruptions"])
def test_realtime_does_not_get_round_an_ended_timetable(city: City, ask: Callable[..., Answer], intent: str) -> None:
    city.hands.at = at("08:00", "2027-02-01")
    stops = (stop("here2", departure=at("08:05", "2027-02-01")), stop("end", arrival=at("08:35", "2027-02-01")))
    city.hears(trip("x", *stops, relationship=TRIP.ADDED, route="r2"), alert("a", "Works.", {"route_id": "r1"}))
    said = ask(intent)
    assert said.replies[0].text.startswith("My timetable ended on 31 December 2026")
    assert said.sources == []


@pytest.mark.parametrize("intent", ["timetable_anywhere", "timetable_disruptions"])
def test_realtime_does_not_get_round_a_clock_nobody_trusts(
    city: City, ask: Callable[..., Answer], intent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    city.hears(trip("t0", stop("here1", departure=420)), alert("a", "Works.", {"route_id": "r1"}))
    monkeypatch.setattr(city.hands, "trusted", lambda: False)
    said = ask(intent)
    assert said.replies[0].text.startswith("I don't trust my clock")
    assert said.sources == []


def test_single_trains(city: City, ask: Callable[..., Answer]) -> None:
    city.hears(trip("t1", stop("here1", departure=300), stop("end", arrival=600)), trip("t2", relationship=TRIP.CANCELED))
    late = ask("trains_arrival", train="t1", depart_at="2026-11-24T08:10")
    assert "arrives at End of the World at 09:20" in late.replies[0].text
    assert ("realtime", "t1|20261124|end") in keys(late)
    for intent in ("trains_arrival", "trains_stops", "timetable_platform"):
        gone = ask(intent, train="t2", depart_at="2026-11-24T08:20")
        assert gone.replies[0].text == "The N2 scheduled at 08:20 is cancelled."
        assert ("realtime", "t2|20261124|here1") in keys(gone)


def test_no_question_about_trains_takes_a_cancelled_one(city: City, ask: Callable[..., Answer]) -> None:
    city.hears(trip("t0", relationship=TRIP.CANCELED), trip("t1", stop("here1", departure=300)))
    direct = ask("trains_direct", destination="end").replies[0].text
    assert "08:00" not in direct
    assert "It is now expected at 08:15." in direct
    then = ask("trains_runs_on", destination="end", depart_at="2026-11-24T08:00").replies[0]
    assert then.text.startswith("The R1 scheduled at 08:00 is cancelled.")
    assert isinstance(then.card, DeparturesCard)
    assert [row.trip for row in then.card.departures] == ["t0", "t1", "t2", "t3"]
    first = ask("trains_first_departure", destination="end", depart_at="2026-11-24T08:00").replies[0].text
    assert "08:10" in first
    assert "It is now expected at 08:15." in first
