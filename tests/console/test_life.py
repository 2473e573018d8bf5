"""The life of a change on the page, over an engine that answers what is taught: edited, checked, tried, proved, published, taken back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assistant.accounts.models import Role
from assistant.content import pronunciations
from assistant.content.models import SHIPPED
from tests.console.conftest import Desktop, go
from tests.console.test_accessible import CUT, axe
from tests.console.test_pages import rows, told
from tests.console.test_safety import ATTACKS, WATCH, untouched
from tests.fixtures.studio import Around
from tests.unit.content.folders import NOON

HELLO = "Reply in English"


def begun(page: Page, name: str = "Warmer words") -> str:
    """Begins a draft; its id."""
    go(page, "Drafts")
    page.get_by_label("What is it about?").fill(name)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Topics of a draft").wait_for()
    return page.url.rpartition("/")[2]


def topic(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", level=2, name=name).wait_for()


def greeting(page: Page, text: str) -> None:
    """Types another greeting."""
    page.get_by_role("group", name="Greet").first.get_by_label(HELLO).fill(text)


def phrases(page: Page, text: str) -> None:
    """Types other phrases for the greeting in English."""
    page.locator("summary", has_text="Greet").click()
    page.get_by_label("What people say in English").first.fill(text)


def thanks(page: Page) -> None:
    """Types what is missing in Korean."""
    page.get_by_role("group", name="Thanks").first.get_by_label("Reply in Korean").fill("천만에요.")
    page.get_by_label("What people say in Korean").last.fill("감사합니다\n고마워요\n")


def saved(page: Page) -> None:
    """What was told before is gone, so that "Saved." is of this time."""
    page.evaluate("document.querySelector('.told').textContent = ''")
    page.get_by_role("button", name="Save", exact=True).click()
    told(page, "Saved.")


def step(page: Page, name: str) -> None:
    page.get_by_role("list", name="Steps of this draft").get_by_role("link", name=name, exact=True).click()
    page.locator("main h1:focus").wait_for()


def test_a_change_is_made_checked_tried_proved_published_and_taken_back(
    desktop: Desktop, around: Around, people: Callable[[Role], str]
) -> None:
    page = desktop.signed_in(people("publisher"), "#/drafts")
    begun(page)
    assert [row[0] + row[4] for row in rows(page, "Topics of a draft", 2)] == ["LiftsKorean 1", "SmalltalkKorean 2"]
    step(page, "Publish")
    expect(page.locator(".ready")).to_contain_text("It says what the kiosk says already.")
    step(page, "Checks")
    expect(page.get_by_text("1 to be mended")).to_be_visible()
    page.get_by_role("link", name="Smalltalk: Thanks, Korean").first.click()
    field = page.get_by_role("group", name="Thanks").first.get_by_label("Reply in Korean")
    expect(field).to_be_focused()
    assert field.evaluate("(field) => field.lang") == "ko"
    expect(page.get_by_text("Missing in Korean").first).to_be_visible()
    greeting(page, "Welcome to {station}.")
    thanks(page)
    expect(page.get_by_text("3 texts are not saved.")).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="Overview").click()
    page.get_by_role("dialog", name="Leave this page?").get_by_role("button", name="No, go back").click()
    saved(page)
    expect(page.get_by_text("Missing in Korean")).to_have_count(0)
    step(page, "Checks")
    expect(page.get_by_text("0 to be mended")).to_be_visible()

    step(page, "Try it")
    page.get_by_role("button", name="Let it learn").click()
    page.get_by_label("What somebody says").fill("hello")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Differs: the answer, what is said")).to_be_visible()
    assert page.locator(".talk .column .words").all_inner_texts() == ["Hello from {station}.", "Welcome to {station}."]
    expect(page.get_by_label("What somebody says")).to_have_value("")
    page.get_by_label("What somebody says").fill("thank you")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The same", exact=True)).to_be_visible()

    step(page, "Proof")
    page.get_by_role("button", name="Prove this draft").click()
    expect(page.get_by_text("1 conversation was looked at, 1 told anew.")).to_be_visible()
    changed = rows(page, "Answers that change", 1)[0]
    assert changed[0] == "smalltalk: Polite (en) 1. “hello”"
    assert changed[1].startswith("Hello from")
    assert changed[2].startswith("Welcome to")
    assert "does not say “Hello”" in changed[2]
    _published_and_taken_back(page, around)


def _published_and_taken_back(page: Page, around: Around) -> None:
    step(page, "Publish")
    expect(page.get_by_text("It breaks: smalltalk: Polite (en)")).to_be_visible()
    page.locator(".lines ins").first.wait_for()
    page.get_by_label("What changes, and why?").fill("The greeting was cold")
    page.get_by_role("button", name="Publish it now").click()
    expect(page.locator(".summary:focus")).to_contain_text("Say why, in one sentence.")
    page.get_by_label("Why publish it although conversations break?").fill("short")
    page.keyboard.press("Enter")
    expect(page.locator(".field.wrong .fault")).to_contain_text("Say in a sentence why")
    page.get_by_label("Why publish it although conversations break?").fill("We greet otherwise from now on.")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Releases").wait_for()
    told(page, "It is published. The kiosk follows within seconds.")
    listed = rows(page, "Releases", 2)
    assert (listed[0][2], listed[0][4], listed[1][4]) == ("a-publisher", "Live", "Can be live at once")
    assert "The greeting was cold — although 1 conversations break" in listed[0][3]
    assert around.studio.releases.active() == listed[0][0]
    page.get_by_role("button", name="Compare As it came").click()
    expect(page.locator(".difference")).to_contain_text("Welcome to")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    told(page, "As it came with the product is live.")
    assert around.studio.releases.active() == SHIPPED


def test_two_editors_of_one_topic_lose_nothing(desktop: Desktop, around: Around, people: Callable[[Role], str]) -> None:
    ann, ben = desktop.signed_in(people("editor"), "#/drafts"), desktop.signed_in(people("publisher"), "#/drafts")
    draft = begun(ann)
    topic(ann, "Smalltalk")
    ben.goto(f"{desktop.address}/console/#/topic/{draft}/smalltalk")
    ben.get_by_role("heading", level=2, name="Smalltalk").wait_for()
    greeting(ann, "Ann's words.")
    thanks(ann)
    saved(ann)
    greeting(ben, "Ben's words.")
    phrases(ben, "hello\ngood morning\nhowdy")
    ben.get_by_role("button", name="Save", exact=True).click()
    expect(ben.get_by_role("heading", name="Somebody else has saved this topic meanwhile")).to_be_focused()
    expect(ben.locator(".conflict")).to_contain_text("a-editor")
    assert ben.locator(".conflict .words").all_inner_texts() == ["Ben's words.", "Ann's words."]
    fields = ben.get_by_role("group", name="Greet").filter(has=ben.get_by_label(HELLO)).get_by_label(HELLO)
    expect(fields).to_have_value("Ben's words.")
    expect(ben.get_by_label("What people say in Korean").last).to_have_value("감사합니다\n고마워요")
    now = around.studio.topics.read(draft, "smalltalk")
    assert now.replies["utter_smalltalk_greet"]["en"].text == "Ann's words.", "nothing was overwritten"
    ben.get_by_label("What is saved now").check()
    expect(fields).to_have_value("Ann's words.")
    ben.get_by_label("Mine").check()
    saved(ben)
    now = around.studio.topics.read(draft, "smalltalk")
    assert now.replies["utter_smalltalk_greet"]["en"].text == "Ben's words."
    assert now.replies["utter_smalltalk_thanks"]["ko"].text == "천만에요."
    assert now.intents["smalltalk_greet"]["en"] == ["hello", "good morning", "howdy"]


@pytest.mark.long
def test_names_are_said_otherwise_and_two_people_lose_nothing(
    desktop: Desktop, around: Around, people: Callable[[Role], str]
) -> None:
    ann, ben = desktop.signed_in(people("editor"), "#/drafts"), desktop.signed_in(people("publisher"), "#/drafts")
    draft = begun(ann)
    ann.get_by_role("link", name="How names are said").click()
    ann.get_by_role("heading", level=1, name="How names are said").wait_for()
    ben.goto(f"{desktop.address}/console/#/names/{draft}")
    ben.get_by_role("button", name="Add a name").wait_for()
    for page, said in ((ann, "Coal-ma"), (ben, "Call-ma")):
        page.get_by_role("button", name="Add a name").click()
        expect(page.get_by_label("As it is written")).to_be_focused()
        page.keyboard.type("Colma")
        page.get_by_label("Said in English").fill(said)
    saved(ann)
    ben.get_by_role("button", name="Save", exact=True).click()
    expect(ben.get_by_role("alert")).to_contain_text("Colma: yours “Call-ma”, saved “Coal-ma”")
    assert pronunciations.read(around.studio.drafts, draft).names == {"Colma": {"en": "Coal-ma"}}, "nothing was overwritten"
    assert axe(ben) + ben.evaluate(CUT) == []
    saved(ben)
    assert pronunciations.read(around.studio.drafts, draft).names == {"Colma": {"en": "Call-ma"}}
    ben.get_by_label("As it is written").fill("")
    saved(ben)
    assert pronunciations.read(around.studio.drafts, draft).names == {}


def test_a_draft_behind_takes_over_what_was_published(desktop: Desktop, around: Around, people: Callable[[Role], str]) -> None:
    page, releases = desktop.signed_in(people("editor"), "#/drafts"), around.studio.releases
    draft = begun(page)
    files = releases.files(SHIPPED)
    name = "dialogues/domain/lifts.yml"
    made = releases.make(files | {name: files[name].replace(b"on the left", b"on the right")}, who="root", why="x", at=NOON).id
    around.trainings.start(releases.dialogues(made))
    releases.activate(made, who="root", at=NOON)
    page.reload()
    page.get_by_role("button", name="Take it over into this draft").click()
    told(page, "The draft has all that was published since.")
    assert around.studio.topics.read(draft, "lifts").replies["utter_lifts_where"]["en"].text == "The lift is on the right."
    go(page, "Drafts")
    expect(page.get_by_role("table")).to_contain_text("Up to date")
    page.get_by_role("button", name="Throw away Warmer words").click()
    page.get_by_role("dialog").get_by_role("button", name="Throw away", exact=True).click()
    told(page, "Warmer words is thrown away.")
    expect(page.get_by_text("There is no draft.")).to_be_visible()


def test_a_viewer_looks_and_changes_nothing(desktop: Desktop, around: Around, people: Callable[[Role], str]) -> None:
    draft = around.studio.drafts.make("Look", SHIPPED, by="0123456789ab", at=NOON).id
    page = desktop.signed_in(people("viewer"), f"#/topic/{draft}/smalltalk")
    assert page.get_by_role("main").get_by_role("button").count() == 0
    expect(page.get_by_label(HELLO).first).not_to_be_editable()
    for title in ("Publish", "Proof", "Checks", "Edit"):
        step(page, title)
    assert page.get_by_role("link", name="Try it").count() == 0
    page.goto(f"{desktop.address}/console/#/try/{draft}")
    expect(page.get_by_text("This page is for the role Editor.")).to_be_visible()
    page.goto(f"{desktop.address}/console/#/topic/ffffffffffff/smalltalk")
    expect(page.get_by_role("alert")).to_contain_text("This draft is not there any more.")


def test_phrases_and_replies_stay_text(desktop: Desktop, around: Around, people: Callable[[Role], str]) -> None:
    page = desktop.signed_in(people("publisher"), "#/drafts", script=WATCH)
    draft = begun(page, ATTACKS[0])
    topic(page, "Smalltalk")
    greeting(page, ATTACKS[0])
    thanks(page)
    phrases(page, "\n".join(["hello", *ATTACKS]))
    saved(page)
    untouched(page)
    for title in ("Checks", "Proof", "Publish", "Try it", "Edit"):
        step(page, title)
        if title == "Proof":
            page.get_by_role("button", name="Prove this draft").click()
            expect(page.locator(".answer").last).to_contain_text(ATTACKS[0])
        if title == "Try it":
            page.get_by_label("What somebody says").fill(ATTACKS[1])
            page.keyboard.press("Enter")
            expect(page.locator(".talk .words").last).to_have_text(ATTACKS[0])
        untouched(page)
    step(page, "Publish")
    page.get_by_label("What changes, and why?").fill(ATTACKS[2])
    page.get_by_label("Why publish it although conversations break?").fill(ATTACKS[0])
    page.get_by_role("button", name="Publish it now").click()
    page.get_by_role("heading", level=1, name="Releases").wait_for()
    expect(page.get_by_role("table")).to_contain_text(ATTACKS[2])
    page.get_by_role("button", name="Compare As it came").click()
    expect(page.locator(".difference")).to_contain_text(ATTACKS[1])
    untouched(page)
    assert not around.studio.drafts.root.joinpath(draft).exists()


def test_long_work_is_shown_and_ended(desktop: Desktop, around: Around, people: Callable[[Role], str]) -> None:
    around.trainings.hold = True
    page = desktop.signed_in(people("editor"), "#/drafts")
    begun(page)
    topic(page, "Lifts")
    page.get_by_label(HELLO).fill("The lift is round the corner.")
    saved(page)
    step(page, "Proof")
    page.get_by_role("button", name="Prove this draft").click()
    expect(page.get_by_text("At work · learns")).to_be_visible()
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_text("Ended before it was done")).to_be_visible()
    expect(page.get_by_role("button", name="Prove this draft")).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [
    pytest.param(1280, 900, id="laptop", marks=pytest.mark.long), pytest.param(400, 300, id="zoomed"),
])  # fmt: skip
def test_the_pages_of_a_draft_are_accessible_and_whole(
    desktop: Desktop, around: Around, people: Callable[[Role], str], width: int, height: int
) -> None:
    page = desktop.signed_in(people("publisher"), "#/drafts", width=width, height=height)
    begun(page)
    found = []

    def look(state: str) -> None:
        page.wait_for_load_state("networkidle")
        found.extend(f"{state}: {fault}" for fault in [*axe(page), *page.evaluate(CUT)])

    look("topics")
    topic(page, "Smalltalk")
    greeting(page, "Welcome.")
    thanks(page)
    look("a topic")
    saved(page)
    step(page, "Proof")
    page.get_by_role("button", name="Prove this draft").click()
    page.locator(".answer").first.wait_for()
    look("proof")
    for title in ("Checks", "Try it", "Publish"):
        step(page, title)
        if title == "Try it":
            page.get_by_label("What somebody says").fill("hello")
            page.get_by_role("button", name="Say it to both").click()
            page.locator(".talk .words").first.wait_for()
        look(title)
    for title in ("Drafts", "Releases"):
        go(page, title)
        look(title)
    assert re.search("#/releases$", page.url)
    assert not found, "\n".join(found)
