"""Every conversation of `dialogues/tests/conversations/`, told to a running assistant with the real Rasa."""

from collections import Counter

import httpx
import pytest

from tests.reference.conversations import Told, conversations, faults, tell

TOPICS = {
    "timetable", "trains", "journeys", "wayfinding", "facilities", "tickets_fares", "lost_property", "luggage", "connections",
    "air_quality",
    "emergency", "accessibility", "staff_help", "robot", "privacy", "smalltalk", "languages", "complaints", "fallback",
}  # fmt: skip
ALL = list(conversations())


def test_every_topic_is_told_of_in_every_language() -> None:
    told = Counter((each.topic, each.language) for each in ALL)
    assert {topic for topic, _ in told} >= TOPICS
    assert all(told[topic, language] for topic in TOPICS for language in ("en", "zh", "ko"))
    assert len(ALL) >= 250


def marked(told: Told) -> object:
    """A conversation that is known not to end well has to fail until it is mended, and is counted."""
    return pytest.param(told, id=str(told), marks=[pytest.mark.xfail(reason=told.open, strict=True)] if told.open else [])


@pytest.mark.parametrize("told", [marked(told) for told in ALL])
def test_a_conversation(client: httpx.Client, told: Told) -> None:
    wrong = tell(client, told)
    assert not wrong, "\n".join(wrong)


def test_a_fault_is_seen() -> None:
    reply = {"text": "See utter_x 안녕", "speech": "", "card": None}
    answer = {
        "understood": {"intent": "robot_sure", "slots": [{"type": "destination", "value": "Zoo", "id": "zo"}]},
        "replies": [reply], "suggestions": [], "language": "ko",
    }  # fmt: skip
    turn = {
        "intent": "privacy_record", "slots": {"destination": "ap", "line": "M1"}, "card": "route", "says": {"en": ["Zoo"]},
        "never": {"all": ["See"]}, "tiles": {"en": ["Exits"]}, "replies": 2,
    }  # fmt: skip
    found = list(faults(turn, "en", "en", answer))
    assert len(found) == 12, found
