"""Who sets "without stairs" once is never led over stairs, whatever is asked and however."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from assistant.actions.models import ActionCall
from assistant.actions.server import run
from assistant.answers.desk import Desk
from assistant.answers.models import Answer
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
    assert ask(desk, "facilities_opening_hours", **slots).replies == ask(desk, "facilities_opening_hours", NOTHING, **slots).replies


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
