"""What the machine says of itself: what it is, where it knows things from, what it keeps and passes on; and how it stays polite."""

from dataclasses import replace

import pytest

from assistant.answers import languages, privacy, robot
from assistant.answers.context import Context
from assistant.answers.desk import Desk
from assistant.settings import Feed, Mqtt, Realtime
from assistant.text import LANGUAGES

LIVE = "assistant.knowledge.realtime.overlay.Overlay"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["computer program for Harbour Central, not a person", "no camera"]),
        ("zh", ["港口中央站的电脑程序，不是真人", "没有摄像头"]),
        ("ko", ["항구중앙역을 안내하는 컴퓨터 프로그램이고 사람이 아닙니다", "카메라가 없고"]),
    ],
)
def test_it_is_no_person(desk: Desk, language: str, words: list[str]) -> None:
    answer = desk.answer("robot_identity", {}, language)
    assert all(part in answer.replies[0].text for part in words)
    assert [(row.kind, row.table) for row in answer.sources] == [("record", "transparency")]


def test_it_says_where_its_answers_come_from(desk: Desk) -> None:
    answer = desk.answer("robot_sure", {}, "en")
    assert answer.replies[0].text == (
        "I only say what this station's own data says. My timetable holds until 31 December 2029. "
        "I have no live information, so delays are unknown to me. I can misunderstand you; if it matters, ask the staff."
    )
    assert [(row.kind, row.table, row.key) for row in answer.sources] == [("record", "import", "2026.11")]


def test_the_age_of_live_times_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{LIVE}.knows", lambda self, part: True)
    monkeypatch.setattr(f"{LIVE}.age_s", lambda self, part: 41.6)
    assert "My live information is 42 seconds old." in robot.sure(desk.context("en"), {}).replies[0].text


def test_old_live_times_are_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{LIVE}.age_s", lambda self, part: 4000.0)
    assert "I have no live information" in robot.sure(desk.context("en"), {}).replies[0].text


@pytest.mark.parametrize(
    ("state", "words"), [("expired", "My timetable ended on"), ("not_yet", "only begins on"), ("none", "I have no timetable")]
)
def test_a_timetable_that_does_not_hold_is_admitted(desk: Desk, state: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.knowledge.knowledge.Knowledge.expired", lambda self, at: state)
    assert words in robot.sure(desk.context("en"), {}).replies[0].text


def test_a_clock_that_nobody_vouches_for_is_admitted(desk: Desk) -> None:
    told = robot.sure(replace(desk.context("en"), clock_trusted=False), {}).replies[0].text
    assert "I don't trust my clock" in told
    assert "holds until" not in told


def test_of_the_stations_own_cameras_nothing_is_claimed(desk: Desk) -> None:
    assert desk.answer("privacy_camera", {}, "en").replies[0].text == (
        "I have no camera and recognise nobody. Whether the station itself has cameras, I don't know; please ask the staff."
    )


def test_forgetting_ends_the_conversation(desk: Desk) -> None:
    answer = desk.answer("privacy_delete", {}, "en")
    assert answer.ends
    assert answer.replies[0].text == "Done. I have forgotten everything that was said."
    assert (answer.slots, answer.suggestions) == ([], [])


def shared(context: Context, **parts: object) -> str:
    return privacy.sharing(replace(context, settings=context.settings.model_copy(update=parts)), {}).replies[0].text


def test_who_gets_what_follows_the_settings(desk: Desk) -> None:
    context = desk.context("en")
    nobody = "Nobody gets what you say: it stays in this machine, and none of it is kept."
    assert shared(context) == f"{nobody} This machine connects to no other."
    fed = shared(context, feed=Feed(url="https://feeds.example/gtfs.zip"), realtime=Realtime(alerts="https://rt.example/alerts"))
    assert fed == f"{nobody} This machine connects to others for newer timetables and delays and disruptions only."
    assert shared(context, realtime=Realtime(alerts="file:alerts.pb")) == f"{nobody} This machine connects to no other."
    broker = shared(context, mqtt=Mqtt(host="broker.example"))
    assert broker == f"{nobody} This machine connects to others for messages of the station's own systems only."
    told = shared(context, mqtt=Mqtt(host="broker.example", reports="station/reports"))
    assert told.endswith("In an emergency, staff are told its kind and place, never your words.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("intent", ["how_are_you", "compliment", "harassment", "affirm", "deny"])
def test_small_talk_ends_with_what_can_be_asked(desk: Desk, intent: str, language: str) -> None:
    answer = desk.answer(f"smalltalk_{intent}", {}, language)
    assert next(tile.ask.intent for tile in answer.suggestions if tile.ask) == "timetable_next_departures"
    assert len(answer.suggestions) >= 6
    assert len(answer.replies[0].text) < 100


def test_insults_are_met_with_calm(desk: Desk) -> None:
    said = desk.answer("smalltalk_harassment", {}, "en").replies[0].text
    assert said == "Let us stay polite, please. I can help you with trains and this station."


@pytest.mark.parametrize(
    ("language", "words"), [("en", "English, Chinese and Korean"), ("zh", "英语、中文、韩语"), ("ko", "영어, 중국어, 한국어를")]
)
def test_its_languages(desk: Desk, language: str, words: str) -> None:
    answer = desk.answer("languages_offered", {}, language)
    assert words in answer.replies[0].text
    assert [tile.label for tile in answer.suggestions] == ["English", "中文", "한국어"]


def test_only_the_languages_of_the_station_are_offered(desk: Desk) -> None:
    context = desk.context("en")
    fewer = replace(context, settings=context.settings.model_copy(update={"languages": ("en", "fr")}))
    answer = languages.offered(fewer, {})
    assert answer.replies[0].text == "I speak English and Français. Which one would you like?"
    assert len(answer.suggestions) == 2
