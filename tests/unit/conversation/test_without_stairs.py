"""Who sets "without stairs" once is never led over stairs, whatever is asked and however."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from assistant.actions.models import ActionCall
from assistant.actions.server import run
from assistant.answers.desk import Desk
from assistant.answers.directions import minutes
from assistant.answers.facilities import place_phrase, way_tiles
from assistant.answers.facts import nearest
from assistant.answers.models import Answer
from assistant.answers.staff_help import first_place
from assistant.conversation.followups import Asking
from assistant.conversation.memory import NOTHING, Memory
from assistant.conversation.models import JourneyCard, PlaceCard, RouteCard
from assistant.knowledge import Knowledge
from assistant.knowledge.models import Outage, Source

SET = replace(NOTHING, step_free=True)


def ask(desk: Desk, intent: str, memory: Memory = SET, **slots: str) -> Answer:
    return Asking(desk, memory, "en").answer(intent, slots, slots)


@pytest.fixture
def lifts_out(desk: Desk, knowledge: Knowledge) -> Iterator[None]:
    """The lift to platform 5 is out of order."""
    since = datetime.fromisoformat("2026-11-24T07:00:00+00:00")
    source = Source(kind="record", table="outages", key="lift-56", as_of=since.isoformat())
    knowledge.outages.add(Outage(id="lift-56", targets=("lift-56",), reason="", since=since, until=None, origin="api", source=source))
    yield
    knowledge.outages.remove("lift-56")


@pytest.fixture
def knowledge(desk: Desk) -> Knowledge:
    return desk.context("en").knowledge


@pytest.fixture
def by_stairs(monkeypatch: pytest.MonkeyPatch) -> int:
    """Seconds that every usual walk takes, which none without stairs does."""
    seconds = 600

    def walking_s(knowledge: Knowledge, goal: str) -> int:
        return seconds

    monkeypatch.setattr(Knowledge, "walking_s", walking_s)
    return seconds


@pytest.mark.parametrize(("intent", "slots"), [("wayfinding_route", {"platform": "3"}), ("wayfinding_route", {"place": "toilets-metro"})])
def test_every_way_is_one_without_stairs(desk: Desk, intent: str, slots: dict[str, str]) -> None:
    free, usual = ask(desk, intent, **slots), ask(desk, intent, NOTHING, **slots)
    assert isinstance(free.replies[0].card, RouteCard)
    assert isinstance(usual.replies[0].card, RouteCard)
    assert (free.replies[0].card.step_free, usual.replies[0].card.step_free) == (True, False)
    assert free.replies == ask(desk, "wayfinding_step_free", NOTHING, **slots).replies


def test_the_way_there_and_the_way_again_too(desk: Desk) -> None:
    memory = SET.after(ask(desk, "facilities_find", place="toilets-metro"))
    there = ask(desk, "wayfinding_there", memory)
    assert isinstance(there.replies[0].card, RouteCard)
    assert there.replies[0].card.step_free
    assert ask(desk, "robot_repeat", memory.after(there)).replies == there.replies


def test_a_spoken_with_stairs_does_not_undo_it(desk: Desk) -> None:
    card = ask(desk, "wayfinding_route", platform="3", step_free="false").replies[0].card
    assert isinstance(card, RouteCard)
    assert card.step_free


def test_by_speech_as_by_touch(desk: Desk) -> None:
    tracker = {
        "sender_id": "c", "slots": {"language": "en", "place": "toilets-metro"},
        "latest_message": {"text": "way to the toilets", "intent": {"name": "wayfinding_route"}, "metadata": {"language": "en"}},
    }
    called = ActionCall.model_validate({"next_action": "action_wayfinding_route", "tracker": tracker})
    for memory, free in ((SET, True), (NOTHING, False)):
        (response,) = run(desk, called.next_action, called.tracker, memory).responses
        assert response["custom"]["replies"][0]["card"]["step_free"] is free


def test_it_is_a_setting_and_no_slot(desk: Desk) -> None:
    assert "step_free" not in {value.type for value in ask(desk, "wayfinding_route", platform="3").slots}
    assert "step_free" in {value.type for value in ask(desk, "wayfinding_step_free", NOTHING, platform="3").slots}
    memory = SET.after(ask(desk, "wayfinding_route", platform="3"))
    assert memory.topic is not None
    assert "step_free" not in memory.topic.slots


@pytest.mark.usefixtures("lifts_out")
def test_no_such_way_is_said_plainly_and_no_tile_leads_over_stairs(desk: Desk) -> None:
    answer = ask(desk, "wayfinding_route", platform="5")
    assert answer.replies[0].text.startswith("There is no step-free way to platform 5 now.")
    assert not answer.suggestions
    assert ask(desk, "wayfinding_step_free", NOTHING, platform="5").suggestions[0].label == "Way with stairs"


def test_the_walk_to_a_place_is_the_one_without_stairs(desk: Desk) -> None:
    free, usual = (ask(desk, "facilities_find", memory, place="toilets-metro").replies[0].card for memory in (SET, NOTHING))
    assert isinstance(free, PlaceCard)
    assert isinstance(usual, PlaceCard)
    assert (free.seconds, usual.seconds) == (50, 28)
    (exits,) = ask(desk, "facilities_find", place="category:exit").replies
    assert isinstance(exits.card, PlaceCard)
    assert "exit-market-street" not in [exits.card.id, *exits.card.others]


def test_when_a_shop_is_open_is_told_of_every_shop(desk: Desk) -> None:
    slots = {"place": "exit-market-street"}
    (free,), (usual,) = (ask(desk, "facilities_opening_hours", memory, **slots).replies for memory in (SET, NOTHING))
    assert free.text == usual.text
    assert isinstance(free.card, PlaceCard)
    assert isinstance(usual.card, PlaceCard)
    assert usual.card.seconds
    assert free.card == usual.card.model_copy(update={"metres": None, "seconds": None}), "only stairs lead there"
    exits = ask(desk, "facilities_opening_hours", place="category:exit").replies[0].card
    assert isinstance(exits, PlaceCard)
    assert exits.others[-1] == "Market Street Exit"


@pytest.mark.parametrize(
    "intent",
    [
        "staff_help_request", "staff_help_call", "staff_help_contact", "complaints_delay", "complaints_defect", "lost_property_procedure",
        "lost_property_found", "luggage_storage", "luggage_bicycle", "luggage_help", "connections_parking", "facilities_smoking",
        "tickets_fares_buy", "tickets_fares_gate", "tickets_fares_reservation", "facilities_opening_hours",
    ],
)  # fmt: skip
def test_no_card_of_a_place_shows_the_walk_by_stairs(desk: Desk, by_stairs: int, intent: str) -> None:
    slots = {"place": "toilets-metro"} if intent == "facilities_opening_hours" else {}
    (free,), (usual,) = (
        [reply.card for reply in ask(desk, intent, memory, **slots).replies if isinstance(reply.card, PlaceCard)]
        for memory in (SET, NOTHING)
    )  # fmt: skip
    way = desk.context("en").knowledge.route(goal=free.id, step_free=True, language="en")
    assert way is not None
    assert (free.seconds, usual.seconds) == (way.seconds, by_stairs)


def test_the_minutes_that_are_said_are_without_stairs_too(desk: Desk, knowledge: Knowledge, by_stairs: int) -> None:
    context = desk.context("en", step_free=True)
    (toilets,) = knowledge.places(place_id="toilets-metro", at=context.now, language="en")
    nowhere = replace(toilets, where="", level_name=None)
    walks = [place_phrase(asked, nowhere)[1]["minutes"] for asked in (context, desk.context("en"))]
    assert walks == [minutes(50), minutes(by_stairs)]
    (stairs,) = knowledge.places(place_id="exit-market-street", at=context.now, language="en")
    assert place_phrase(context, replace(stairs, where="", level_name=None))[0] == "utter_facilities_place_no_where"
    assert not way_tiles(context, stairs)


def test_the_place_that_is_told_is_one_that_is_reached_without(desk: Desk) -> None:
    kinds = ("escalator", "luggage")
    for chosen in (nearest, first_place):
        found = [chosen(desk.context("en", step_free=free), kinds) for free in (True, False)]
        assert [place and place.id for place in found] == ["lockers", "escalators-metro"]
    alone = nearest(desk.context("en", step_free=True), ("escalator",))
    assert alone, "what only stairs lead to is better than no word"
    assert alone.id == "escalators-metro"


@pytest.mark.parametrize("intent", ["journeys_plan", "timetable_next_departures"])
def test_every_journey_too_and_where_there_is_none_that_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch, intent: str) -> None:
    asked = list[bool]()
    found = Knowledge.journeys

    def journeys(self: Knowledge, *, step_free: bool = False, **other: object) -> object:
        asked.append(step_free)
        return [] if step_free else found(self, step_free=step_free, **other)  # type: ignore[arg-type]

    slots = {"origin": "oh", "destination": "nb"}
    free = ask(desk, intent, **slots)
    assert isinstance(free.replies[-1].card, JourneyCard)
    assert all(tile.ask is None or tile.ask.intent != "journeys_step_free" for tile in free.suggestions)
    monkeypatch.setattr(Knowledge, "journeys", journeys)
    answer = ask(desk, intent, **slots)
    assert asked[0]
    assert answer.replies[-1].text == "I know of no step-free journey to North Beach then. The staff can help you."
    assert ask(desk, intent, NOTHING, **slots).replies[-1].card is not None
