import asyncio

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from trackers import SHELF, TURNS_KEPT, MemoryTrackerStore, Shelf, lately

DOMAIN = Domain.from_dict({"slots": {"destination": {"type": "text", "mappings": [{"type": "custom"}]}}})


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_nobody_touches_expires() -> None:
    clock = Clock()
    shelf = Shelf(expiry_s=10, limit=5, now=clock)
    shelf.put("a", "1")
    clock.now = 6
    shelf.put("b", "2")
    shelf.put("a", "3")
    clock.now = 15
    assert shelf.get("a") == "3"
    clock.now = 17
    assert shelf.keys() == []


def test_the_oldest_goes_when_there_are_too_many() -> None:
    shelf = Shelf(expiry_s=10, limit=2, now=Clock())
    for key in "abc":
        shelf.put(key, key)
    assert shelf.keys() == ["b", "c"]


def test_deleting_what_is_not_there_is_no_error() -> None:
    shelf = Shelf(expiry_s=10, limit=2, now=Clock())
    shelf.put("a", "1")
    shelf.drop("a")
    shelf.drop("a")
    assert shelf.get("a") is None


def test_a_new_store_knows_the_conversations_of_the_old() -> None:
    async def swap() -> object:
        tracker = await MemoryTrackerStore(DOMAIN).get_or_create_tracker("visit")
        tracker.update(SlotSet("destination", "Oakland"))
        await MemoryTrackerStore(DOMAIN).save(tracker)
        again = await MemoryTrackerStore(DOMAIN).retrieve("visit")
        SHELF.drop("visit")
        return again and again.get_slot("destination"), await MemoryTrackerStore(DOMAIN).retrieve("visit")

    assert asyncio.run(swap()) == ("Oakland", None)


def long_talk(turns: int) -> DialogueStateTracker:
    """A conversation that named a destination first and then went on about other things."""
    tracker = DialogueStateTracker("visit", DOMAIN.slots)
    tracker.update(SlotSet("destination", "Oakland"))
    for number in range(turns):
        for event in (ActionExecuted("action_listen"), UserUttered(f"turn {number}"), ActionExecuted("action_air_quality_now")):
            tracker.update(event)
    return tracker


def test_a_long_conversation_keeps_its_slots_and_its_last_turns() -> None:
    again = DialogueStateTracker.from_events("visit", lately(long_talk(50)), DOMAIN.slots)
    assert [event.text for event in again.events if isinstance(event, UserUttered)] == [
        f"turn {number}" for number in range(50 - TURNS_KEPT, 50)
    ]
    assert again.get_slot("destination") == "Oakland"
    assert again.latest_action_name == "action_air_quality_now"


def test_an_open_form_keeps_everything() -> None:
    tracker = long_talk(50)
    tracker.update(ActiveLoop("timetable_departures_form"))
    assert lately(tracker) == list(tracker.events)
