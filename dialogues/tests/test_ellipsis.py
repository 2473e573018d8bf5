import pytest
from components.ellipsis import elliptic_intent


def entity(text: str, kind: str, name: str) -> dict:
    """An entity where `name` stands in the text."""
    return {"entity": kind, "start": text.index(name), "end": text.index(name) + len(name)}


@pytest.mark.parametrize(
    ("text", "kind", "name", "intent"),
    [
        ("Oakland", "stop", "Oakland", "timetable_inform"),
        ("um, to Oakland please", "stop", "Oakland", "timetable_inform"),
        ("去奥克兰吧", "stop", "奥克兰", "timetable_inform"),
        ("오클랜드역까지요", "stop", "오클랜드", "timetable_inform"),
        ("at half past nine", "time", "at half past nine", "timetable_inform"),
        ("the toilet", "place", "toilet", "facilities_inform"),
        ("화장실이요", "place", "화장실", "facilities_inform"),
        ("platform 3 please", "platform", "platform 3", "wayfinding_route"),
        ("3번 승강장이요", "platform", "3번 승강장", "wayfinding_route"),
        ("去3号站台吧", "platform", "3号站台", "wayfinding_route"),
        ("where is the toilet", "place", "toilet", None),
        ("오클랜드 가는 열차", "stop", "오클랜드", None),
        ("去奥克兰的车", "stop", "奥克兰", None),
        ("Korean", "language", "Korean", None),
    ],
)
def test_nothing_but_a_name(text: str, kind: str, name: str, intent: str | None) -> None:
    assert elliptic_intent(text, [entity(text, kind, name)]) == intent


@pytest.mark.parametrize("text", ["!!!", "？？？", "...", "🚆"])
def test_a_message_without_a_word_is_not_understood(text: str) -> None:
    assert elliptic_intent(text, []) == "nlu_fallback"
