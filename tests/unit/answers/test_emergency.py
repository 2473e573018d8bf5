"""Emergencies: what to do first, only what the station names, and that staff were told only where they were."""

import re
from dataclasses import replace
from datetime import datetime

import pytest

from assistant.answers.context import Context
from assistant.answers.desk import ANSWERS, Desk
from assistant.answers.models import Answer
from assistant.clock import StartedClock
from assistant.errors import NotFound
from assistant.knowledge.models import Outage, Source
from assistant.reports.models import Receipt, ReportKind
from assistant.settings import Contacts, Settings
from assistant.text import LANGUAGES
from tests.unit.answers.conftest import Bare, Changed

EMERGENCIES = sorted(intent for intent in ANSWERS if intent.startswith("emergency_"))
TOLD = {"en": "I am telling the staff.", "zh": "正在通知工作人员", "ko": "직원에게 알리고 있습니다."}
STAFF = {"en": "staff", "zh": "工作人员", "ko": "직원"}
CALLED = ("emergency_help", "emergency_medical", "emergency_fire", "emergency_crime", "emergency_track", "emergency_suspicious",
          "emergency_despair")  # fmt: skip


class Scribe:
    """A reporter that keeps what was filed, and whose broker is there or not."""

    def __init__(self, told: bool) -> None:
        self.told, self.filed, self.places = told, list[tuple[str, str]](), list[str | None]()

    def file(self, kind: ReportKind, conversation: str = "", place: str | None = None) -> Receipt:
        self.filed.append((kind, conversation))
        self.places.append(place)
        return Receipt(number=41, told=self.told)


class Withheld(Scribe):
    """A reporter that has had too many."""

    def file(self, kind: ReportKind, conversation: str = "", place: str | None = None) -> Receipt:
        super().file(kind, conversation, place)
        return Receipt(number=None, told=False)


def asked(desk: Desk, intent: str, language: str = "en", *, contacts: Contacts | None = None, told: bool | None = None) -> Answer:
    """An answer with other contacts, and with a broker that is there or not; None: no report is taken."""
    context = replace(desk.context(language), reporter=Scribe(told) if told is not None else Withheld(told=False))
    if contacts is not None:
        context = replace(context, settings=context.settings.model_copy(update={"contacts": contacts}))
    return ANSWERS[intent](context, {})


def text(answer: Answer) -> str:
    return answer.replies[0].text


def test_there_are_nine() -> None:
    assert len(EMERGENCIES) == 9


@pytest.mark.parametrize(("intent", "words"), [
    ("emergency_medical", "Call 112 now for medical help. Do not leave anybody who is ill or hurt alone. The nearest help point: "
        "Main Hall Help Point, on the blue pillar beside the lift. Main Hall Defibrillator: on the wall beside the information desk. "
        "First Aid Room: in the main hall next to the Staff Office."),
    ("emergency_fire", "Leave the station now and do not use the lifts. Once you are outside, call 112. Way out: North Exit, at the end "
        "of the north hall. If you cannot use stairs, ask staff or people near you for help. The nearest help point: "
        "Main Hall Help Point, on the blue pillar beside the lift."),
    ("emergency_crime", "Go where other people are and call 112 now. Do not follow or confront anybody. The nearest help point: "
        "Main Hall Help Point, on the blue pillar beside the lift."),
    ("emergency_track", "Never climb down to the track. Tell staff at once. If somebody is in danger, call 112. The nearest help point: "
        "Main Hall Help Point, on the blue pillar beside the lift."),
    ("emergency_suspicious", "Do not touch it, move away, and tell staff at once. If somebody is in danger, call 112. "
        "The nearest help point: Main Hall Help Point, on the blue pillar beside the lift."),
    ("emergency_lost_person", "Tell the staff now and stay with them. Staff can help you here: Station Staff Office, "
        "in the main hall behind the information desk. You can call the staff on +44 1632 960111."),
    ("emergency_alarm", "I have not been told of any alarm. "
        "In an alarm, follow the staff and the station's own announcements. Leave by the nearest exit and do not use "
        "the lifts. Way out: North Exit, at the end of the north hall. If you cannot use stairs, ask staff or people near you for help. "
        "The nearest help point: Main Hall Help Point, on the blue pillar beside the lift."),
    ("emergency_despair", "You are not alone. Please call 112 now: people there will help you. Staff can help you here: "
        "Station Staff Office, in the main hall behind the information desk. You can call the staff on +44 1632 960111."),
])  # fmt: skip
def test_what_is_said(desk: Desk, intent: str, words: str) -> None:
    assert text(asked(desk, intent, contacts=Contacts(emergency="112", staff="+44 1632 960111"))) == words


@pytest.mark.parametrize(("intent", "keys"), [
    ("emergency_medical", ["help-point-hall", "defibrillator-hall", "first-aid"]), ("emergency_fire", ["exit-north", "help-point-hall"]),
    ("emergency_lost_person", ["staff-office"]), ("emergency_track", ["help-point-hall"]),
])  # fmt: skip
def test_every_place_that_is_named_is_a_row(desk: Desk, intent: str, keys: list[str]) -> None:
    assert [(source.table, source.key) for source in asked(desk, intent).sources] == [("places", key) for key in keys]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("intent", EMERGENCIES)
def test_no_number_is_said_that_the_station_does_not_name(desk: Desk, intent: str, language: str) -> None:
    numbered = text(asked(desk, intent, language, contacts=Contacts(emergency="911777")))
    without = text(asked(desk, intent, language, contacts=Contacts()))
    assert ("911777" in numbered) is (intent in CALLED)
    assert set(re.findall(r"\d+", without)) <= {"44", "1632", "960112"}, "the staff office's own number"
    assert STAFF[language] in without


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("intent", EMERGENCIES)
def test_staff_have_been_told_is_said_only_where_somebody_took_the_report(desk: Desk, intent: str, language: str) -> None:
    told, untold = (asked(desk, intent, language, told=taken).replies[0] for taken in (True, False))
    for words in (untold.text, untold.speech):
        assert TOLD[language] not in words
    for words in (told.text, told.speech):
        assert (TOLD[language] in words) is (intent != "emergency_alarm")
    for words in (told.text, untold.text):
        assert ("41" in words) is (intent != "emergency_alarm"), "the number of the report"


@pytest.mark.parametrize("intent", EMERGENCIES)
def test_a_report_of_its_kind_is_filed_for_its_conversation(desk: Desk, intent: str) -> None:
    scribe = Scribe(told=False)
    ANSWERS[intent](replace(desk.context("en", "c1"), reporter=scribe), {})
    assert scribe.filed == ([] if intent == "emergency_alarm" else [(intent.removeprefix("emergency_"), "c1")])


@pytest.mark.parametrize(("intent", "slots", "kind", "place"), [
    ("emergency_fire", {"hazard": "smoke", "platform": "platform 3"}, "smoke", "hc3"),
    ("emergency_fire", {"hazard": "spill"}, "fire", None), ("complaints_defect", {}, "defect", None),
    ("complaints_defect", {"hazard": "spill", "place": "exit-north"}, "spill", "exit-north"),
    ("complaints_defect", {"hazard": "smoke", "platform": "99"}, "defect", None),
    ("emergency_medical", {"place": "nowhere"}, "medical", None),
])  # fmt: skip
def test_what_is_reported_and_from_where(desk: Desk, intent: str, slots: dict[str, str], kind: str, place: str | None) -> None:
    scribe = Scribe(told=True)
    answer = ANSWERS[intent](replace(desk.context("en", "c1"), reporter=scribe), slots)
    assert (scribe.filed, scribe.places) == ([(kind, "c1")], [place])
    assert "Your report has the number 41." in text(answer)


def test_a_defect_that_cannot_be_reported_is_sent_to_the_staff(desk: Desk) -> None:
    assert "41" not in text(asked(desk, "complaints_defect"))
    assert "I have noted it for the staff as report 41" in text(asked(desk, "complaints_defect", told=False))


def test_the_desk_hands_the_conversation_on(station_settings: Settings, desk: Desk, clock: StartedClock) -> None:
    scribe = Scribe(told=True)
    context = desk.context("en")
    own = Desk(station_settings, context.knowledge, context.environment, clock, desk.responses, scribe)
    assert TOLD["en"] in text(own.answer("emergency_fire", {}, "en", "c7"))
    own.answer("staff_help_request", {}, "en", "c7")
    assert scribe.filed == [("fire", "c7")]
    assert TOLD["en"] not in text(desk.answer("emergency_fire", {}, "en", "c7")), "nobody is wired to this desk"


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_cannot_go_on_hears_the_number_for_that_and_the_other_after_it(desk: Desk, language: str) -> None:
    both = text(asked(desk, "emergency_despair", language, contacts=Contacts(emergency="112", crisis="988")))
    assert re.findall(r"\d+", both)[:2] == ["988", "112"]
    same = text(asked(desk, "emergency_despair", language, contacts=Contacts(emergency="109", crisis="109")))
    assert same.count("109") == 1
    alone = {"en": "You are not alone.", "zh": "您并不孤单。", "ko": "혼자가 아닙니다."}[language]
    for contacts in (Contacts(), Contacts(crisis="988"), Contacts(emergency="112")):
        assert text(asked(desk, "emergency_despair", language, contacts=contacts)).startswith(alone)


def out_of_order(*targets: str) -> Outage:
    source = Source(kind="record", table="outages", key="o", as_of="now")
    since = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    return Outage(id="o", targets=targets, reason="", since=since, until=None, origin="api", source=source)


def test_a_closed_exit_is_no_way_out(changed: Changed) -> None:
    desk = changed()
    knowledge = desk.context("en").knowledge
    assert "Way out: North Exit" in text(asked(desk, "emergency_fire"))
    knowledge.outages.add(out_of_order("exit-north"))
    closed = text(asked(desk, "emergency_fire"))
    assert "North Exit" not in closed
    assert "Way out: " in closed


def test_no_way_out_is_named_that_takes_a_lift(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    context = replace(desk.context("en"), reporter=Scribe(told=False))
    to_metro = context.knowledge.route(goal="hc-metro", step_free=True, language="en")
    assert to_metro is not None
    assert "lift" in [step.mode for step in to_metro.steps]
    plain = context.knowledge.route

    def by_lift(*, goal: str, language: str) -> object:
        return to_metro if goal == "exit-north" else plain(goal=goal, language=language)

    monkeypatch.setattr(type(context.knowledge), "route", staticmethod(by_lift))
    said = text(ANSWERS["emergency_fire"](context, {}))
    assert "North Exit" not in said
    assert "Way out: " in said

    def unknown(*, goal: str, language: str) -> object:
        raise NotFound("no way is known")

    monkeypatch.setattr(type(context.knowledge), "route", staticmethod(unknown))
    assert "Way out: North Exit" in text(ANSWERS["emergency_fire"](context, {})), "what no way is known of is named by its place"


def test_people_gather_where_the_station_says_so_and_nowhere_else(changed: Changed, desk: Desk) -> None:
    own = changed(("facts:\n", "facts:\n  assembly_point: {en: Gather on Harbour Square., ko: 항구 광장에 모여 주세요.}\n"))
    said = asked(own, "emergency_alarm")
    assert "Gather on Harbour Square." in text(said)
    assert ("facts", "assembly_point") in {(source.table, source.key) for source in said.sources}
    assert "항구 광장에 모여 주세요." in text(asked(own, "emergency_alarm", "ko"))
    assert "Gather" not in text(asked(own, "emergency_fire"))


def test_a_station_without_places_still_says_what_to_do(changed: Changed, bare: Bare) -> None:
    desk = changed(bare("places: []\n"))
    nobody: dict[str, str] = {intent: text(asked(desk, intent, contacts=Contacts())) for intent in EMERGENCIES}
    assert nobody["emergency_help"] == "In danger, tell the nearest member of staff now."
    assert nobody["emergency_lost_person"] == "Tell the staff now and stay with them."
    assert nobody["emergency_despair"] == "You are not alone. Please talk to a member of staff now."
    assert nobody["emergency_medical"] == (
        "Tell the nearest member of staff now. Do not leave anybody who is ill or hurt alone."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_that_stands_nobody_knows_where_is_named_alone(desk: Desk, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(context: Context) -> object:
        place = context.knowledge.places(place_id="exit-north", at=context.now, language=language)[0]
        return replace(place, where="", level_name=None)

    monkeypatch.setattr("assistant.answers.emergency._exit", nowhere)
    ending = {"en": "Way out: North Exit. If", "zh": "出口：北出口。如果", "ko": "나가는 곳: 북쪽 출구. 계단"}[language]
    assert ending in text(asked(desk, "emergency_fire", language))
