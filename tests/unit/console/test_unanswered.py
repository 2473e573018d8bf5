"""Who asks what could not be answered sees what enough people asked, and nothing less."""

from collections.abc import Callable

import pytest

from assistant.accounts.models import Role
from assistant.settings import Console, Settings
from assistant.unanswered.counter import Counter
from assistant.unanswered.models import Key, Kind, Limits, Name, NameKind, PublicId, Topic
from tests.fixtures.accounts import Door, Hands
from tests.unit.console.conftest import Browser

NOT_UNDERSTOOD = Key(kind=Kind.NOT_UNDERSTOOD, topic=Topic.LUGGAGE, language=PublicId("en"))


def named(kind: NameKind, key: str) -> Key:
    return Key(kind=Kind.NOT_TOLD, topic=Topic.FACILITIES, language=PublicId("zh"), name=Name(kind=kind, id=PublicId(key)))


def test_enough_conversations_are_a_row_and_fewer_are_nothing(as_role: Callable[[Role], Browser], door: Door, hands: Hands) -> None:
    counter = Counter(door, Limits(conversations=3, hours=2))
    of = [named(NameKind.CATEGORY, "toilet"), named(NameKind.PLACE, "no-longer"), named(NameKind.SUBJECT, "porters")]
    for hours, keys in ((0, [NOT_UNDERSTOOD] * 3 + of * 2), (4, [NOT_UNDERSTOOD] * 2)):
        hands.turn(hours=hours)
        for key in keys:
            counter.count(key)
        counter.write()
    viewer = as_role("viewer")
    answer = viewer.ask("GET", "/unanswered").json()
    assert answer == {
        "conversations": 3, "hours": 2,
        "rows": [{"kind": "not_understood", "topic": "luggage", "language": "en", "name": None, "at_least": 3}],
    }  # fmt: skip
    for key in of:
        counter.count(key)
    counter.write()
    names = {row["name"]["id"]: row["name"]["names"] for row in viewer.ask("GET", "/unanswered").json()["rows"] if row["name"]}
    assert names["toilet"]["en"] == "toilet"
    assert {*names} == {"toilet", "no-longer", "porters"}
    assert names["no-longer"] == names["porters"] == {}


@pytest.mark.parametrize(("key", "value"), [("unanswered_k", 2), ("unanswered_h", 1)])
def test_the_limits_have_a_floor(key: str, value: int) -> None:
    assert Console(**{key: value + 1})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="greater than or equal"):
        Console(**{key: value})  # type: ignore[arg-type]
    assert Settings.model_fields["console"].default == Console(unanswered_k=5, unanswered_h=24)
