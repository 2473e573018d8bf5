"""The way in words: golden sentences in three languages, what is out of order, what is not known."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from assistant.answers.desk import Desk
from assistant.answers.directions import Few, climb, minutes, rounded_m, rows, stretches, turn_of
from assistant.answers.models import Answer
from assistant.answers.platforms import platform_code
from assistant.conversation.models import ChoicesCard, JourneyCard, PlaceCard, RouteCard
from assistant.knowledge import Knowledge
from assistant.knowledge.models import Outage, Route, Source, Step


@pytest.fixture
def knowledge(desk: Desk) -> Iterator[Knowledge]:
    """The example station, everything in order again afterwards."""
    knowledge = desk.context("en").knowledge
    yield knowledge
    for outage in knowledge.outages.listed():
        knowledge.outages.remove(outage.id)


def close(knowledge: Knowledge, *targets: str) -> None:
    source = Source(kind="record", table="outages", key=targets[0], as_of="2026-11-24T07:00:00+00:00")
    since = datetime(2026, 11, 24, 7, tzinfo=UTC)
    knowledge.outages.add(Outage(id=targets[0], targets=targets, reason="", since=since, until=None, origin="api", source=source))


def card(answer: Answer) -> RouteCard:
    found = answer.replies[0].card
    assert isinstance(found, RouteCard)
    return found


def steps(answer: Answer) -> list[str]:
    return [step.text for step in card(answer).steps]


GOLDEN = {
    "en": (
        "It's 2 minutes, one level up.",
        [
            "Turn right. Go through the ticket gate. Follow the signs to “Platforms 1–8”.",
            "Walk 40 metres to East passage. Follow the signs to “Platforms 5–6”.",
            "Take the escalator up to Platform level.",
            "Walk 30 metres to platform 5.",
        ],
    ),
    "zh": (
        "需要2分钟，往上一层。",
        [
            "右转。通过检票口。请跟随“1–8站台”标志。",
            "步行40米到东通道。请跟随“5–6站台”标志。",
            "经扶梯上到站台层。",
            "步行30米到5号站台。",
        ],
    ),
    "ko": (
        "2분 걸리고, 한 층 위입니다.",
        [
            "오른쪽으로 도세요. 개찰구를 지나세요. “1–8번 승강장” 표지를 따라가세요.",
            "동쪽 통로까지 40미터 걸어가세요. “5–6번 승강장” 표지를 따라가세요.",
            "에스컬레이터로 승강장층까지 올라가세요.",
            "5번 승강장까지 30미터 걸어가세요.",
        ],
    ),
}


@pytest.mark.parametrize(("language", "said"), [("en", "platform 5"), ("zh", "5号站台"), ("ko", "오번 승강장")])
def test_the_way_to_a_platform(desk: Desk, language: str, said: str) -> None:
    answer = desk.answer("wayfinding_route", {"place": said}, language)
    first, told = GOLDEN[language]
    assert answer.replies[0].text == first
    assert steps(answer) == told
    assert answer.replies[0].speech == ("" if language == "zh" else " ").join([first, *told])
    assert (card(answer).seconds, card(answer).metres, card(answer).step_free, card(answer).goal) == (90, 80, False, "hc5")
    assert {source.key for source in answer.sources if source.table == "pathways"} == {
        "gate-rail-wide-in", "walk-hc-gates-hc-far", "escalator-56-there", "walk-hc-p5-hc5"
    }  # fmt: skip
    assert "hc5" in {source.key for source in answer.sources if source.table == "stops"}


@pytest.mark.parametrize(
    ("language", "lift", "first"),
    [
        ("en", "Take the lift up to Platform level.", "It's 2 minutes, one level up. This way has no stairs."),
        ("zh", "经电梯上到站台层。", "需要2分钟，往上一层。这条路没有楼梯。"),
        ("ko", "엘리베이터로 승강장층까지 올라가세요.", "2분 걸리고, 한 층 위입니다. 이 길에는 계단이 없습니다."),
    ],
)
def test_the_way_without_stairs_takes_the_lift(desk: Desk, language: str, lift: str, first: str) -> None:
    for answer in (
        desk.answer("wayfinding_step_free", {"place": "platform 5"}, language),
        desk.answer("wayfinding_route", {"platform": "hc5", "step_free": "true"}, language),
    ):
        assert answer.replies[0].text == first
        assert lift in steps(answer)
        assert card(answer).step_free
        assert "gate-rail-wide-in" in {source.key for source in answer.sources}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["There is no step-free way to platform 5 now.", "Out of order: the lift by East passage.", "Main Hall Help Point"]),
        ("zh", ["现在没有通往5号站台的无障碍路线。", "停用中：东通道旁的电梯。", "大厅求助点"]),
        ("ko", ["지금은 5번 승강장으로 가는 계단 없는 길이 없습니다.", "고장: 동쪽 통로 옆 엘리베이터.", "중앙 홀 도움 요청 지점"]),
    ],
)
def test_no_way_without_stairs_is_said_plainly_with_help_and_comes_back(
    desk: Desk, knowledge: Knowledge, language: str, told: list[str]
) -> None:
    before = desk.answer("wayfinding_step_free", {"place": "hc5"}, language)
    close(knowledge, "lift-56")
    answer = desk.answer("wayfinding_step_free", {"place": "hc5"}, language)
    assert all(words in answer.replies[0].speech for words in [*told, "+44 1632 960111"])
    assert answer.replies[0].card is None
    assert "lift-56" in {source.key for source in answer.sources if source.table == "outages"}
    tile = answer.suggestions[0]
    assert tile.ask is not None
    with_stairs = desk.answer(tile.ask.intent, tile.ask.slots, language)
    assert not card(with_stairs).step_free
    knowledge.outages.remove("lift-56")
    assert desk.answer("wayfinding_step_free", {"place": "hc5"}, language).replies == before.replies


def test_a_way_around_what_is_out_of_order_is_found(desk: Desk, knowledge: Knowledge) -> None:
    close(knowledge, "escalator-56-there")
    assert "Take the lift up to Platform level." in steps(desk.answer("wayfinding_route", {"place": "hc5"}, "en"))
    close(knowledge, "lift-56")
    assert "Take the stairs up to Platform level. There are 42 steps." in steps(desk.answer("wayfinding_route", {"place": "hc5"}, "en"))
    close(knowledge, "hc-far")
    answer = desk.answer("wayfinding_route", {"place": "hc5"}, "en")
    assert answer.replies[0].text.startswith("There is no open way to platform 5 now. Out of order:")
    assert "East passage" in answer.replies[0].text


def test_a_kind_of_place_is_the_one_that_is_reached_first(desk: Desk) -> None:
    for kind, goal in (("toilet", "toilets-north"), ("exit", "exit-north"), ("prayer_room", "prayer-room")):
        answer = desk.answer("wayfinding_route", {"place": kind}, "en")
        assert card(answer).goal == goal
        assert goal in {source.key for source in answer.sources if source.table == "places"}


def test_a_place_on_this_level_and_straight_ahead(desk: Desk) -> None:
    answer = desk.answer("wayfinding_route", {"place": "exit-north"}, "en")
    assert answer.replies[0].text.startswith("It's 1 minute, on this level.")
    assert steps(answer) == ["Go straight ahead. Walk 70 metres to North Exit. Follow the signs to “Way out”."]


def test_a_lift_where_the_kiosk_stands_is_named_by_its_place(desk: Desk) -> None:
    answer = desk.answer("wayfinding_step_free", {"place": "toilets-metro"}, "en")
    assert steps(answer)[0] == "Take the lift by Main hall down to Metro level. Follow the signs to “Metro”."


def test_a_lift_that_is_out_of_order_is_not_told_as_open(desk: Desk, knowledge: Knowledge) -> None:
    before = desk.answer("facilities_find", {"place": "lift"}, "en")
    assert before.replies[0].text.startswith("Lift to the Metro: ")
    close(knowledge, "lift-metro")
    assert desk.answer("facilities_find", {"place": "lift"}, "en").replies[0].text.startswith("Lifts to the Platforms: ")
    told = desk.answer("facilities_find", {"place": "lift-metro"}, "en")
    assert told.replies[0].text == "Lift to the Metro: in the main hall beside the escalators. Out of order: Lift to the Metro."
    assert isinstance(told.replies[0].card, PlaceCard)
    assert told.replies[0].card.open_now is False
    assert ("outages", "lift-metro") in {(source.table, source.key) for source in told.sources}
    assert desk.answer("facilities_opening_hours", {"place": "lift-metro"}, "en").replies[0].text == "Out of order: Lift to the Metro."
    knowledge.outages.remove("lift-metro")
    assert desk.answer("facilities_find", {"place": "lift"}, "en").replies == before.replies


def test_what_stands_right_here_needs_no_way(desk: Desk) -> None:
    answer = desk.answer("wayfinding_route", {"place": "information"}, "en")
    assert answer.replies[0].text == "It is right here. Information Desk: in the middle of the main hall under the clock."
    assert (steps(answer), card(answer).metres, card(answer).seconds) == ([], 0, 0)


def test_a_place_without_a_spot_is_told_as_the_station_tells_it(desk: Desk) -> None:
    assert "everywhere in the station" in desk.answer("wayfinding_route", {"place": "wifi"}, "en").replies[0].text


def test_a_station_that_is_no_place_here_is_answered_with_trains(desk: Desk) -> None:
    for intent in ("wayfinding_route", "wayfinding_step_free"):
        card = desk.answer(intent, {"stop": "airport"}, "en").replies[0].card
        assert isinstance(card, JourneyCard)
        assert card.journeys[0].legs[-1].goal == "Airport"


def test_an_unknown_platform_is_said_to_be_and_the_known_ones_are_offered(desk: Desk) -> None:
    answer = desk.answer("wayfinding_route", {"place": "platform 99"}, "en")
    assert answer.replies[0].text == "I don't know that platform here. These I know:"
    assert answer.suggestions[0].ask is not None
    assert card(desk.answer("wayfinding_route", answer.suggestions[0].ask.slots, "en")).goal == "hc1"


@pytest.mark.parametrize(
    ("language", "metro", "expected"),
    [
        ("en", "the metro", "It's 1 minute, one level down."),
        ("zh", "地铁", "需要1分钟，往下一层。"),
        ("ko", "지하철", "1분 걸리고, 한 층 아래입니다."),
    ],
)
def test_the_way_to_the_metro_is_the_way_to_its_nearest_platform(desk: Desk, language: str, metro: str, expected: str) -> None:
    answer = desk.answer("wayfinding_route", {"place": metro}, language)
    assert answer.replies[0].text == expected
    assert card(answer).goal == "hc10"
    assert [(value.type, value.value, value.id) for value in answer.slots] == [("place", metro, "hc10")]
    assert ("stops", "hc10") in {(source.table, source.key) for source in answer.sources}


def test_where_no_metro_leaves_its_name_is_not_clear(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Knowledge, "lines", lambda *_: [])
    assert isinstance(desk.answer("wayfinding_route", {"place": "the metro"}, "en").replies[0].card, ChoicesCard)


def test_where_to_is_asked(desk: Desk) -> None:
    assert desk.answer("wayfinding_route", {}, "en").replies[0].text == "Where do you want to go?"


def test_what_is_out_of_order(desk: Desk, knowledge: Knowledge) -> None:
    assert desk.answer("wayfinding_outages", {}, "en").replies[0].text == "No lift or escalator is reported out of order."
    close(knowledge, "lift-56")
    close(knowledge, "escalator-12-there", "lift-of-another-station")
    answer = desk.answer("wayfinding_outages", {}, "en")
    assert answer.replies[0].text == "Out of order: the escalator by Platform passage and the lift by East passage."
    assert len(answer.sources) == 2


def test_the_way_is_offered_after_a_place_and_after_a_train(desk: Desk) -> None:
    place = desk.answer("facilities_find", {"place": "north exit"}, "en").suggestions
    train = desk.answer("timetable_next_departures", {"destination": "airport"}, "en").suggestions
    for label, tiles in (("Show me the way", place), ("Way to platform 8", train)):
        tile = next(tile for tile in tiles if tile.label == label)
        assert tile.ask is not None
        assert card(desk.answer(tile.ask.intent, tile.ask.slots, "en")).steps


@pytest.mark.parametrize(
    ("metres", "said"), [(0, 0), (1, 5), (7, 5), (8, 10), (14, 10), (45, 50), (61, 60), (94, 90), (96, 100), (120, 100), (260, 250)]
)
def test_distances_are_rounded_as_people_say_them(metres: float, said: int) -> None:
    assert rounded_m(metres) == said


@pytest.mark.parametrize(("seconds", "said"), [(1, 1), (60, 1), (61, 2), (180, 3)])
def test_times_are_rounded_up(seconds: int, said: int) -> None:
    assert minutes(seconds) == said


@pytest.mark.parametrize(
    ("bearing", "heading", "side"), [(0, 0, "ahead"), (90, 0, "right"), (185, 0, "around"), (350, 80, "left"), (10, 350, "ahead")]
)
def test_the_first_turn_is_from_where_the_kiosk_looks(bearing: float, heading: float, side: str) -> None:
    assert turn_of(step(bearing=bearing), heading) == side
    assert turn_of(step(bearing=None), heading) is None
    assert turn_of(step(bearing=bearing), None) is None


def test_small_walks_are_joined_until_a_sign_says_something_new() -> None:
    told = stretches((
        step(metres=20, sign="Trains"), step(metres=3), step(metres=30, sign="Trains"), step(metres=4, sign="Way out"),
        step(metres=2), step(mode="lift", metres=None), step(metres=2), step(mode="escalator"), step(metres=2),
    ))  # fmt: skip
    assert [[part.mode for part in stretch.steps] for stretch in told] == [
        ["walkway"] * 3, ["walkway"] * 2, ["lift"], ["walkway", "escalator"], ["walkway"]
    ]  # fmt: skip
    assert (told[0].metres, told[0].sign, told[1].sign) == (53, "Trains", "Way out")


def test_levels_are_counted_where_stairs_and_lifts_tell_them() -> None:
    up, down = step(mode="lift", levels=2.0), step(mode="stairs", levels=-1.0)
    assert climb((up, down)) == 1
    assert climb((up, step(levels=-1.0))) == 2
    assert climb((step(levels=1.0),)) == 1
    assert climb((step(mode="lift", levels=0.5),)) is None
    assert climb((step(mode="lift", levels=0.0, level_name=None),)) is None


def test_a_walk_leads_to_no_other_level_where_lifts_tell_them(desk: Desk) -> None:
    def levels(*told: Step) -> list[str | None]:
        way = Route(
            start_id="a", start_name="", goal_id="b", goal_name="Track 1", goal_platform=None, steps=told, metres=None, seconds=30,
            cost=30.0, step_free=True,
        )  # fmt: skip
        return [row.level for row in rows(desk.context("en").renderer, way, None)]

    ramp = step(levels=1.0, level_name="Mezzanine")
    assert levels(step(), step(mode="lift", levels=-1.0, level_name="Tracks"), ramp) == ["Street", "Tracks", "Tracks"]
    assert levels(step(mode="fare_gate"), ramp) == ["Street", "Mezzanine"]


def test_small_numbers_are_words() -> None:
    assert [str(Few(2, language)) for language in ("en", "zh", "ko")] == ["two", "两", "두"]
    assert str(Few(12, "en")) == "12"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("platform 3", "3"), ("track eleven", "11"), ("Bay 4a", "4a"), ("stand A", "a"), ("3", "3"), ("三号站台", "3"),
        ("第十二站台", "12"), ("二十号月台", "20"), ("7번 승강장", "7"), ("십이번 승강장", "12"), ("승강장", None), ("toilet", None),
        ("A", None), ("platform", None),
    ],
)  # fmt: skip
def test_platforms_are_known_by_how_they_are_said(said: str, code: str | None) -> None:
    assert platform_code(said) == code


def step(
    *, mode: str = "walkway", metres: float | None = 20.0, sign: str | None = None, levels: float = 0.0, bearing: float | None = None,
    level_name: str | None = "Street",
) -> Step:
    return Step(
        mode=mode, start_id="a", goal_id="b", goal_name=None, sign=sign, level="l", level_name=level_name, levels=levels, metres=metres,  # type: ignore[arg-type]
        seconds=10, stairs=None, bearing=bearing, source=Source(kind="gtfs", table="pathways", key="w", as_of=""),
    )  # fmt: skip

