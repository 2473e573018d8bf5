"""What people could not get answered: seen from enough conversations on, and one click from a phrase of one's own."""

from collections.abc import Callable

from playwright.sync_api import expect

from assistant.accounts.models import Role
from assistant.unanswered.counter import Counter
from assistant.unanswered.models import Key, Kind, Name, NameKind, PublicId, Topic
from tests.console.conftest import LIMITS, Desktop, go
from tests.console.test_accessible import CUT, axe
from tests.console.test_life import begun
from tests.fixtures.accounts import Door, Hands

GREETING = Key(kind=Kind.NOT_UNDERSTOOD, topic=Topic.SMALLTALK, language=PublicId("ko"))
RARE = Key(kind=Kind.NOT_TOLD, topic=Topic.LUGGAGE, language=PublicId("en"), name=Name(kind=NameKind.SUBJECT, id=PublicId("porters")))


def counted(door: Door, hands: Hands, *keys: Key) -> None:
    """Some now, and one four hours ago."""
    counter = Counter(door, LIMITS)
    hands.turn(hours=-4)
    counter.count(keys[0])
    hands.turn(hours=4)
    for key in keys:
        counter.count(key)
    counter.write()


def test_from_a_row_straight_to_a_phrase(desktop: Desktop, people: Callable[[Role], str], door: Door, hands: Hands) -> None:
    page = desktop.signed_in(people("editor"))
    go(page, "Unanswered questions")
    expect(page.get_by_text("So far nothing that enough people asked")).to_be_visible()
    counted(door, hands, GREETING, GREETING, GREETING, RARE)
    draft = begun(page)
    go(page, "Overview")
    page.get_by_role("link", name="1 question of enough people").click()
    page.get_by_role("heading", level=1, name="Unanswered questions").wait_for()
    row = page.locator("work-table tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Smalltalk")
    expect(row).to_contain_text("at least 3 conversations")
    assert "porters" not in page.content().lower()
    assert axe(page) + page.evaluate(CUT) == []
    page.get_by_role("button", name="Add a phrase about Smalltalk in Korean").click()
    phrases = page.get_by_label("What people say in Korean").first
    expect(phrases).to_be_focused()
    assert page.url.endswith(f"#/topic/{draft}/smalltalk/phrases/ko")


def test_a_draft_is_begun_for_it_where_there_is_none(desktop: Desktop, people: Callable[[Role], str], door: Door, hands: Hands) -> None:
    counted(door, hands, GREETING, GREETING, GREETING)
    page = desktop.signed_in(people("editor"), "#/unanswered")
    page.get_by_role("button", name="Add a phrase about Smalltalk in Korean").press("Enter")
    expect(page.get_by_label("What people say in Korean").first).to_be_focused()
    expect(page.locator(".draft-name")).to_contain_text("Questions about Smalltalk")
    viewer = desktop.signed_in(people("viewer"), "#/unanswered")
    expect(viewer.locator("work-table tbody tr")).to_have_count(1)
    expect(viewer.get_by_role("button", name="Add a phrase")).to_have_count(0)
