import asyncio

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from trackers import SHELF, MemoryTrackerStore, Shelf


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
    domain = Domain.from_dict({"slots": {"destination": {"type": "text", "mappings": [{"type": "custom"}]}}})

    async def swap() -> object:
        tracker = await MemoryTrackerStore(domain).get_or_create_tracker("visit")
        tracker.update(SlotSet("destination", "Oakland"))
        await MemoryTrackerStore(domain).save(tracker)
        again = await MemoryTrackerStore(domain).retrieve("visit")
        SHELF.drop("visit")
        return again and again.get_slot("destination"), await MemoryTrackerStore(domain).retrieve("visit")

    assert asyncio.run(swap()) == ("Oakland", None)
