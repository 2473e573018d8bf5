"""Fact trace over whole real feeds: every time, platform, line and place that an answer says is in a row that it names as a source."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from hypothesis import strategies as st

from assistant.answers import times
from assistant.answers.desk import ANSWERS, Desk
from assistant.answers.models import Answer
from assistant.answers.renderer import Responses
from assistant.clock import StartedClock
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.settings import Settings
from tests.conftest import ROOT
from tests.reference.gtfs_by_hand import ByHand
from tests.reference.tracing import PLATFORMS, Allowed, Tracer, moments, shown_times, spoken_times, unsourced_names

LANGUAGES = ("en", "zh", "ko")
QUESTIONS = 12
PLAIN = (
    "air_quality", "complaints", "emergency", "fallback", "languages", "luggage", "privacy", "robot", "smalltalk", "staff_help",
)  # fmt: skip
"""Topics without timetable, ways or places: asked less often."""
FACTUAL = sorted(intent for intent in ANSWERS if not intent.startswith(PLAIN))
STATIONS_OWN = {
    "accessibility_boarding", "accessibility_hearing", "accessibility_sight", "connections_parking", "facilities_overview",
    "facilities_smoking", "facilities_wifi", "tickets_fares_buy", "tickets_fares_discounts", "tickets_fares_gate",
    "tickets_fares_passes", "tickets_fares_payment", "tickets_fares_refund", "tickets_fares_reservation", "tickets_fares_validity",
}  # fmt: skip
"""What a station file tells of, and these do not."""
UNKNOWN = {"timetable_disruptions", "tickets_fares_price", "wayfinding_outages", *STATIONS_OWN}
"""What neither feed says anything of."""
PLACES = {
    "toilet": {"name": "Hall Toilets", "category": "toilet", "where": "beside the stairs", "hours": "Mo-Su 05:30-23:15"},
    "lost": {"name": "Lost Things", "category": "lost_property", "where": "at the end of the hall", "hours": "Mo-Fr 08:10-17:40"},
    "cafe": {"name": "Corner Coffee", "category": "cafe", "where": "in the hall", "hours": "Mo-Sa 06:20-20:05; Su 09:00-12:00"},
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A feed, a station of it, where its kiosk stands, and the moment it is there."""

    folder: str
    stop: str
    place: str
    now: str
    unknown: frozenset[str] = frozenset()
    """Intents that the feed says nothing of."""


CASES = [
    Case(folder="wmata-rail-2026", stop="STN_A01_C01", place="ENT_A01_C01_N", now="2026-05-05T07:40:00-04:00"),
    # The evening before the clocks go back.
    Case(
        folder="metro-north-2026", stop="1", place="toilet", now="2026-10-31T22:30:00-04:00", unknown=frozenset({"accessibility_station"}),
    ),
]


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A desk, and the feed by hand."""

    case: Case
    desk: Desk
    tracer: Tracer
    now: datetime


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.folder)
def asking(request: pytest.FixtureRequest, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """A station with a few places of its own."""
    case: Case = request.param
    feed, folder = shared_data / "gtfs" / case.folder / "gtfs.zip", tmp_path_factory.mktemp(case.folder)
    by_hand = ByHand(feed)
    station = {
        "name": by_hand.stops[case.stop]["stop_name"], "stop": case.stop, "languages": LANGUAGES, "kiosk": {"place": case.place},
        "places": [{"id": key} | place for key, place in PLACES.items()],
    }  # fmt: skip
    (folder / "station.yaml").write_text(json.dumps(station), encoding="utf-8")  # JSON is YAML
    (folder / "gtfs.zip").symlink_to(feed)
    settings, clock = Settings.load(station=folder, data=folder / "data"), StartedClock(datetime.fromisoformat(case.now))
    knowledge = Knowledge.open(settings, clock)
    responses = Responses.load(ROOT / "dialogues" / "domain")
    desk = Desk(settings, knowledge, Monitor(settings, clock, ZoneInfo(knowledge.validity().timezone)), clock, responses)
    yield Asking(case=case, desk=desk, tracer=Tracer(by_hand, case.stop, PLACES), now=datetime.fromisoformat(case.now))
    knowledge.close()


def questions(by_hand: ByHand, now: datetime) -> st.SearchStrategy[dict[str, str]]:
    """Slots that may or may not belong to an intent."""
    stops, routes = st.sampled_from(by_hand.served()), st.sampled_from(sorted(by_hand.routes))
    minutes = st.integers(min_value=0, max_value=36 * 60)
    moment = minutes.map(lambda ahead: (now + timedelta(minutes=ahead)).replace(tzinfo=None).isoformat(timespec="minutes"))
    names = sorted({row["trip_short_name"] for row in by_hand.trips.values() if row.get("trip_short_name")})
    slots = {
        "destination": stops, "origin": stops, "line": routes, "depart_at": moment, "arrive_by": moment,
        "time": st.sampled_from(["at nine", "tomorrow at 6", "明天早上八点", "내일 아침 7시", "in two hours", "Sunday", "purple"]),
        "date": minutes.map(lambda ahead: (now + timedelta(minutes=ahead)).date().isoformat()),
        "place": st.sampled_from([*PLACES, "exit", "lift", "platform"]), "platform": st.sampled_from(["1", "2", "13", "A"]),
        "train": st.sampled_from(names or ["101"]), "step_free": st.just("true"), "count": st.sampled_from(["1", "3"]),
    }  # fmt: skip
    every = st.fixed_dictionaries({}, optional=slots)
    some = st.fixed_dictionaries({"destination": stops}, optional={key: slots[key] for key in ("depart_at", "line", "time")})
    return st.one_of(some, some, every)


def trace(asking: Asking, answer: Answer, asked: dict[str, str], language: str) -> Counter[str]:
    """Asserts that everything said is sourced; returns how much was said."""
    tracer, said = asking.tracer, Counter[str]()
    allowed = tracer.allowed([source.model_dump() for source in answer.sources], asking.now)
    echo = echoed(tracer, asked)
    echo.clock |= {slot.id[11:16] for slot in answer.slots if slot.type in ("depart_at", "arrive_by", "until") and slot.id}
    if asked.get("time") and (named := times.parse(asked["time"], asking.now)):
        echo.clock.add(f"{named.at:%H:%M}")  # the traveller's own, said back
    for reply in answer.replies:
        shown = shown_times(reply.text) - echo.clock
        spoken = spoken_times(reply.speech, language) - echo.clock
        assert shown == spoken, reply
        assert shown <= allowed.clock, reply
        platforms = set(PLATFORMS[language].findall(reply.text)) | set(PLATFORMS[language].findall(reply.speech))
        assert platforms <= allowed.platforms | echo.platforms, reply
        both = Allowed(names=allowed.names | echo.names)
        assert not unsourced_names(reply.text, both, tracer.known), reply
        assert not unsourced_names(reply.speech, both, tracer.known), reply
        said += Counter(times=len(shown), platforms=len(platforms), names=sum(name in reply.text for name in allowed.names if name))
        if reply.card is not None and reply.card.type not in ("air_quality", "choices"):  # what can be chosen is no answer yet
            said += trace_card(asking, reply.card.model_dump(mode="json"), allowed, both)
    return said


def trace_card(asking: Asking, card: dict[str, object], allowed: Allowed, both: Allowed) -> Counter[str]:
    """The same for what a card shows; a departure's own source must allow all of its row."""
    shown = list(moments(card))
    for path, moment in shown:
        assert moment in allowed.moments, (path, card)
    if card["type"] == "departures":
        for row in card["departures"]:
            own = asking.tracer.allowed([row["source"]], asking.now)
            assert datetime.fromisoformat(row["scheduled"]).astimezone(UTC) in own.moments, row
            assert {row["line"], row["headsign"]} <= own.names, row
            assert row["platform"] in own.platforms | {None}, row
    for drawn in card.pop("maps", ()):  # a drawing shows more of the station than the way that the answer is about
        assert not unsourced_names(drawn["text"], asking.tracer.station(), asking.tracer.known), drawn
    text = json.dumps(card, ensure_ascii=False)
    times = shown_times(re.sub(r"\d{4}-\d\d-\d\dT[^\"]*", "", text))
    assert times <= allowed.clock, card
    assert not unsourced_names(text, both, asking.tracer.known), card
    return Counter(moments=len(shown), times=len(times))


def echoed(tracer: Tracer, asked: dict[str, str]) -> Allowed:
    """What the question itself named, and the station that everybody stands in."""
    echo = Allowed()
    tracer.name_stop(echo, tracer.home)
    for kind, value in asked.items():
        if kind in ("destination", "origin"):
            tracer.name_stop(echo, value)
        elif kind == "line":
            tracer.name_route(echo, value)
        elif kind == "platform":
            echo.platforms.add(value)
    return echo


@pytest.mark.parametrize("intent", FACTUAL)
def test_every_fact_is_in_a_row_that_the_answer_names(asking: Asking, intent: str) -> None:
    said = asked_often(asking, st.just(intent), QUESTIONS)
    assert said or intent in UNKNOWN | asking.case.unknown


def test_other_answers_name_no_fact_without_a_row(asking: Asking) -> None:
    assert not asked_often(asking, st.sampled_from(sorted(set(ANSWERS) - set(FACTUAL))), 2 * QUESTIONS)


def asked_often(asking: Asking, intents: st.SearchStrategy[str], times: int) -> Counter[str]:
    """Asks in every language and traces the answers; returns how much was said."""
    said = Counter[str]()

    @hypothesis.settings(max_examples=times, derandomize=True, database=None, deadline=None)
    @hypothesis.given(intent=intents, slots=questions(asking.tracer.by_hand, asking.now))
    def ask(intent: str, slots: dict[str, str]) -> None:
        for language in LANGUAGES:
            said.update(trace(asking, asking.desk.answer(intent, slots, language), slots, language))

    ask()
    return said
