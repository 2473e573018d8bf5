"""A script cannot do what its person cannot do, and a fact that is not perceived is not known."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.people.person import Person
from tests.people.persona import Persona, Stuck, Unable
from tests.people.seeing import readable, strokes
from tests.people.ten import BLIND, CHILD_STORY, DEAF, FRIGHTENED, HOSTILE, QUIET, TEN, TOURIST, WHEELCHAIR

PAGE = """
<body data-phase="answer" style="margin: 0; height: 1920px">
  <button style="position: absolute; top: 100px; width: 300px; height: 100px">High up</button>
  <button style="position: absolute; top: 1500px; width: 300px; height: 100px">Low down</button>
  <button style="position: absolute; top: 1700px; width: 20px; height: 20px; padding: 0">Tiny</button>
  <button style="position: absolute; top: 1300px; width: 300px; height: 100px">Under</button>
  <div style="position: absolute; top: 1290px; width: 400px; height: 130px; background: grey">Over</div>
  <p style="position: absolute; top: 300px">The train leaves from platform seven at half past eight</p>
  <p style="position: absolute; top: 400px" lang="ko">7번 승강장</p>
  <p style="position: absolute; top: 3000px">Far below</p>
  <p hidden>Not shown</p>
</body>
"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True)
    page = context.new_page()
    page.set_content(PAGE)
    yield page
    context.close()


def person(page: Page, persona: Persona) -> Person:
    return Person(page, persona, Path("/dev/null"))


@pytest.mark.parametrize(
    ("persona", "act"),
    [
        (BLIND.persona, lambda one: one.look()),
        (BLIND.persona, lambda one: one.touch("Low down")),
        (BLIND.persona, lambda one: one.type("toilets")),
        (DEAF.persona, lambda one: one.heard()),
        (DEAF.persona, lambda one: one.alarmed()),
        (DEAF.persona, lambda one: one.say("toilets")),
        (DEAF.persona, lambda one: one.press("next")),
        (QUIET.persona, lambda one: one.say("toilets")),
        (QUIET.persona, lambda one: one.type("toilets")),
        (CHILD_STORY.persona, lambda one: one.type("toilets")),
        (TOURIST.persona, lambda one: one.heard()),
        (FRIGHTENED.persona, lambda one: one.write("fire")),
        (HOSTILE.persona, lambda one: one.plug_in()),
    ],
)
def test_an_act_outside_the_abilities_is_an_error_of_the_script(page: Page, persona: Persona, act: object) -> None:
    with pytest.raises(Unable):
        act(person(page, persona))  # type: ignore[operator]


def test_who_sits_touches_nothing_in_the_upper_half(page: Page) -> None:
    one = person(page, WHEELCHAIR.persona)
    with pytest.raises(Stuck, match="above the reach"):
        one.touch("High up")
    one.touch("Low down")


@pytest.mark.parametrize(("name", "why"), [("Tiny", "smaller"), ("Under", "covered"), ("Nowhere", "not on the screen")])
def test_nobody_touches_what_cannot_be_hit(page: Page, name: str, why: str) -> None:
    with pytest.raises(Stuck, match=why):
        person(page, DEAF.persona).touch(name)


def test_who_is_quiet_touches_once_and_then_only_what_is_offered(page: Page) -> None:
    one = person(page, QUIET.persona)
    page.evaluate("document.body.dataset.phase = 'idle'")
    one.touch_anywhere()
    with pytest.raises(Unable):
        one.touch("Low down")
    page.evaluate("document.body.dataset.phase = 'answer'")
    one.touch("Low down")


def test_only_what_stands_on_the_screen_and_is_read_is_seen(page: Page) -> None:
    everything = person(page, DEAF.persona).look()
    assert "platform seven" in everything
    assert "Over" in everything
    assert not any(word in everything for word in ("Under", "Far below", "Not shown"))
    assert "platform seven" not in person(page, CHILD_STORY.persona).look(), "a child reads few words"
    korean = person(page, TOURIST.persona).look()
    assert "7번 승강장" in korean
    assert "platform" not in korean


def test_a_fact_that_is_not_perceived_is_not_known(page: Page) -> None:
    one = person(page, DEAF.persona)
    assert one.learns(("platform seven",))
    assert not one.learns(("platform seven", "platform eight"))


def test_what_stood_there_before_a_question_is_no_answer(page: Page) -> None:
    page.evaluate("document.body.dataset.phase = 'idle'")
    assert not person(page, DEAF.persona).learns(("platform seven",))


@pytest.mark.parametrize(
    ("line", "language", "words", "read"),
    [
        ("08:15 AX", "ko", None, True), ("Next trains", "ko", None, False), ("08:15 AX 공항 8", "ko", None, True),
        ("下一班车 四号站台", "ko", None, False), ("Toilets", "en", 5, True), ("in the hall next to the ticket office", "en", 5, False),
    ],
)  # fmt: skip
def test_what_is_read(line: str, language: str, words: int | None, read: bool) -> None:
    assert readable(line, language, words) is read


def test_korean_is_typed_letter_by_letter() -> None:
    assert strokes("환전소 까") == [*"ㅎㅗㅏㄴㅈㅓㄴㅅㅗ", " ", "shift", "ㄱ", "ㅏ"]


def test_everybody_has_a_way_in_and_a_way_to_learn() -> None:
    for story in TEN:
        can = {str(ability) for ability in story.persona.can}
        assert can & {"see", "hear"}
        assert can & {"touch", "keypad"}
        assert ("speak" in can) == (story.persona.voice is not None)
