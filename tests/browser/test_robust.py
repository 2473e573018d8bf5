"""The page outlives what happens to it: a connection that goes and comes back, a server that is started anew, hundreds of visits."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from assistant.api.access import DENIED, LEFT
from assistant.kiosk import protocol as wire
from assistant.settings import ROOT
from tests.browser import scripted
from tests.browser import scripted_alerts as alerts
from tests.browser.acts import QUESTIONS, tell
from tests.browser.conftest import answer, open_page
from tests.browser.fake_assistant import FakeAssistant
from tests.conftest import until

WAITING = "I lost the connection for a moment. One moment, please."


def gone(page: Page, double: FakeAssistant) -> None:
    """The connection is lost, and the page knows."""
    double.leave()
    expect(page.locator(".notices")).to_contain_text(WAITING)


def back(page: Page, double: FakeAssistant) -> None:
    """The connection is there again, and the page knows."""
    double.back()
    expect(page.locator(".notices")).not_to_contain_text(WAITING)


def hellos(double: FakeAssistant) -> list[wire.Hello]:
    """The greetings so far."""
    return [message for message in double.received if isinstance(message, wire.Hello)]


def test_an_answer_and_its_conversation_outlive_a_lost_connection(page: Page, double: FakeAssistant) -> None:
    page.keyboard.type("toilet\n")
    shown, conversation = answer(page), double.conversation
    gone(page, double)
    expect(page.locator("body")).to_have_attribute("data-phase", "answer")
    back(page, double)
    assert answer(page) == shown
    assert hellos(double)[-1].resume == conversation
    assert double.conversation == conversation


def test_the_typed_text_and_the_panel_outlive_it_too(page: Page, double: FakeAssistant) -> None:
    page.keyboard.type("is there a li")
    gone(page, double)
    page.keyboard.type("ft")
    back(page, double)
    expect(page.locator("text-entry input")).to_have_value("is there a lift")
    tell(page, "panel", "privacy")
    gone(page, double)
    expect(page.locator("body")).to_have_attribute("data-panel", "privacy")
    back(page, double)
    expect(page.locator("body")).to_have_attribute("data-panel", "privacy")


def test_what_was_set_is_told_to_a_new_conversation(page: Page, double: FakeAssistant) -> None:
    tell(page, "prefer", {"stepFree": True, "pace": "slow", "theme": "dark"})
    double.forgets = True
    assert until(lambda: len(double.preferred) == 1)
    gone(page, double)
    back(page, double)
    assert until(lambda: [(one.pace, one.step_free) for one in double.preferred] == [("slow", True)] * 2)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_question_touched_meanwhile_is_asked_when_the_connection_is_back(page: Page, double: FakeAssistant) -> None:
    page.keyboard.type("toilet\n")
    answer(page)
    gone(page, double)
    page.keyboard.type("how is the air\n")
    page.locator("body[data-phase=thinking]").wait_for()
    back(page, double)
    expect(page.locator(".answer")).to_have_text(scripted.SENTENCES["air"]["en"])
    assert double.kinds().count("say") == 2


def test_a_question_in_hand_is_asked_again_once(page: Page, double: FakeAssistant) -> None:
    double.silent = True
    page.keyboard.type("toilet\n")
    page.locator("body[data-phase=thinking]").wait_for()
    assert until(lambda: double.kinds().count("say") == 1)
    gone(page, double)
    back(page, double)
    assert until(lambda: double.kinds().count("say") == 2)
    expect(page.locator("body")).to_have_attribute("data-phase", "thinking")
    gone(page, double)
    assert "I lost the connection" in answer(page)
    back(page, double)
    assert double.kinds().count("say") == 2


def test_a_language_chosen_meanwhile_is_told(page: Page, double: FakeAssistant) -> None:
    page.keyboard.type("toilet\n")
    answer(page)
    gone(page, double)
    tell(page, "language", "ko")
    page.locator("html:lang(ko)").wait_for()
    double.back()
    assert until(lambda: double.kinds()[-2:] == ["language", "prefer"])
    expect(page.locator("html")).to_have_attribute("lang", "ko")


def test_nobody_talks_to_a_connection_that_is_away(page: Page, double: FakeAssistant) -> None:
    page.keyboard.type("toilet\n")
    shown = answer(page)
    gone(page, double)
    page.locator("talk-button button").click(force=True)
    page.wait_for_timeout(300)
    assert answer(page) == shown
    back(page, double)
    assert "listen" not in double.kinds()


def test_after_fifteen_seconds_everything_is_wiped(chromium: Browser, url: str, double: FakeAssistant) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.clock.install()
    page.goto(url)
    page.locator("body[data-phase=idle]").wait_for()
    page.keyboard.type("toilet for a very private reason\n")
    answer(page)
    gone(page, double)
    page.clock.fast_forward(13_000)
    expect(page.locator("body")).to_have_attribute("data-phase", "answer")
    page.clock.fast_forward(3_000)
    page.locator("body[data-phase=offline]").wait_for()
    assert "private" not in page.evaluate("document.documentElement.outerHTML + document.querySelector('input').value")
    double.back()
    page.locator("body[data-phase=idle]").wait_for()
    assert hellos(double)[-1].resume is None
    context.close()


@contextmanager
def on(port: int, fake: FakeAssistant) -> Iterator[None]:
    """The double on a port of its own; gone afterwards, with every connection."""
    server = uvicorn.Server(uvicorn.Config(fake.app, port=port, log_level="critical", ws="websockets-sansio", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert until(lambda: server.started, every_s=0.02)
    try:
        yield
    finally:
        fake.drop()
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_page_outlives_a_restart_of_the_server(chromium: Browser) -> None:
    port = free_port()
    with on(port, FakeAssistant()):
        page = open_page(chromium, f"http://127.0.0.1:{port}")
        page.evaluate("window.same = true")
    page.locator("body[data-phase=offline]").wait_for()
    second = FakeAssistant()
    with on(port, second):
        page.locator("body[data-phase=idle]").wait_for()
        page.keyboard.type("toilet\n")
        assert answer(page) == scripted.SENTENCES["place"]["en"]
        assert page.evaluate("window.same")
    expect(page.locator(".notices")).to_contain_text(WAITING)
    with on(port, FakeAssistant()):
        expect(page.locator(".notices")).not_to_contain_text(WAITING)
        assert answer(page) == scripted.SENTENCES["place"]["en"]
        assert page.evaluate("window.same")
    page.context.close()


WATCH_VIOLATIONS = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    violations.push([event.effectiveDirective, event.blockedURI, event.sourceFile, event.lineNumber].join(" ")));
"""


def test_nothing_breaks_the_policy_of_the_page(chromium: Browser, url: str, double: FakeAssistant) -> None:
    page = open_page(chromium, url, script=WATCH_VIOLATIONS)
    for words in QUESTIONS.values():
        tell(page, "say", words["en"])
        answer(page)
    for panel in ("settings", "languages", "privacy", "help"):
        tell(page, "panel", panel)
        page.locator(f"body[data-panel={panel}]").wait_for()
    for changes in ({"text": "largest", "theme": "contrast", "lowReach": True, "captions": True}, {"speech": True}):
        tell(page, "prefer", changes)
    tell(page, "type")
    page.keyboard.type("a")
    tell(page, "language", "zh")
    page.keyboard.press("Escape")
    button = page.locator("talk-button button")
    button.click()
    page.locator("body[data-phase=listening]").wait_for()
    button.click()
    answer(page)
    gone_in_chinese = page.locator(".notices p")
    double.drop()
    gone_in_chinese.first.wait_for()
    double.warn(alerts.fire())
    page.locator("body[data-phase=alarm]").wait_for()
    double.warn(alerts.dust())
    page.locator("body[data-phase=idle]").wait_for()
    tell(page, "reading", True)
    page.locator("alert-banner dialog[open]").wait_for()
    assert page.evaluate("violations") == []
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert until(lambda: page.evaluate("violations.length") == 1), "a violation would be seen"
    page.context.close()


def test_the_page_may_use_the_microphone_and_nothing_else(page: Page) -> None:
    assert sorted(page.evaluate("document.featurePolicy.allowedFeatures()")) == sorted(LEFT)
    assert set(DENIED) & set(page.evaluate("document.featurePolicy.features()")), "the browser reads the policy"


def visit(page: Page, double: FakeAssistant, number: int) -> None:
    """One person: a question, another by touch, a panel, the keyboard, sometimes the voice and the microphone; then away."""
    double.speaks = number % 5 == 0
    questions = list(QUESTIONS.values())
    tell(page, "say", questions[number % len(questions)]["en"])
    page.locator("body[data-phase=answer]").wait_for()
    tell(page, "suggestion", {"label": "Toilets", "say": "toilet", "ask": {"intent": "facilities_find", "slots": {}}})
    page.locator("conversation-screen place-card").wait_for()
    tell(page, "panel", ("settings", "languages", "privacy", "help")[number % 4])
    tell(page, "prefer", {"text": "large", "captions": True})
    tell(page, "type")
    tell(page, "type-end")
    if number % 5 == 0:
        page.locator("talk-button button").click()
        page.locator("body[data-phase=listening]").wait_for()
        page.locator("talk-button button").click()
        page.locator("body[data-phase=answer]").wait_for()
    tell(page, "start-over")
    page.locator("body[data-phase=idle]").wait_for()


def memory(page: Page) -> dict[str, float]:
    """What the page holds, after garbage was collected."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    counters = session.send("Memory.getDOMCounters")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return {"heap_mb": heap / 1e6, "nodes": counters["nodes"], "listeners": counters["jsEventListeners"]}


def grown(page: Page, double: FakeAssistant, visits: int) -> dict[str, float]:
    """How much more the page holds after so many visits."""
    for number in range(10):
        visit(page, double, number)
    before = memory(page)
    for number in range(visits):
        visit(page, double, number)
    after = memory(page)
    return {name: after[name] - before[name] for name in before}


@pytest.mark.long
def test_forty_visits_leave_no_nodes_and_no_listeners(page: Page, double: FakeAssistant) -> None:
    more = grown(page, double, 40)
    assert more["nodes"] <= 40, more
    assert more["listeners"] <= 4, more


@pytest.mark.long
@pytest.mark.timeout(900)
def test_five_hundred_visits_leave_the_memory_flat(page: Page, double: FakeAssistant) -> None:
    more = grown(page, double, 500)
    assert more["heap_mb"] <= 5, more
    assert more["nodes"] <= 100, more
    assert more["listeners"] <= 20, more


def test_a_page_whose_words_did_not_come_says_what_to_do_and_begins_anew(chromium: Browser, url: str) -> None:
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.clock.install()
    page.route("**/locales/ko.json", lambda route: route.abort(), times=1)
    page.goto(url)
    for language, tag in {"en": "en-GB", "zh": "zh-Hans", "ko": "ko"}.items():
        words = json.loads((ROOT / "kiosk_ui" / "locales" / f"{language}.json").read_text(encoding="utf-8"))
        expect(page.locator(f"offline-screen [lang={tag}]")).to_have_text(words["offline_emergency"])
    expect(page.locator("offline-screen h2")).to_have_text("I will be right back.")
    assert page.evaluate("document.body.dataset.phase") is None
    page.clock.fast_forward(21_000)
    page.locator("body[data-phase=idle]").wait_for(timeout=10_000)
    page.context.close()


def test_what_fails_to_be_drawn_stops_nothing_else_and_an_alarm_can_be_touched(chromium: Browser, url: str, double: FakeAssistant) -> None:
    page = open_page(chromium, url)
    page.evaluate("() => { customElements.get('station-header').prototype.update = () => { throw new Error('broken'); }; }")
    page.evaluate("document.querySelector('idle-warning dialog').showModal()")
    tell(page, "panel", "help")
    expect(page.locator("help-panel")).to_be_visible()
    double.warn(alerts.fire())
    page.locator("body[data-phase=alarm]").wait_for()
    page.locator("alarm-screen [data-language=ko]").click()
    page.locator("html:lang(ko)").wait_for()
    page.context.close()


def test_what_stays_as_it_is_is_not_set_anew(page: Page) -> None:
    """A language that is set again, though the same, is every style of the page anew, four times a second."""
    page.wait_for_load_state("networkidle")  # departures and air have come …
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")  # … and are drawn
    anew = page.evaluate("""() => new Promise((done) => {
      const seen = [];
      const note = (records) => seen.push(...records.map(({ target, attributeName }) => `${target.nodeName} ${attributeName ?? "text"}`));
      const looks = ["lang", "dir", "class", "style"].concat(["theme", "text", "reach", "place"].map((name) => `data-${name}`));
      const observer = new MutationObserver(note);
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: looks });
      setTimeout(() => done(seen.filter((one) => !one.includes("clock"))), 900);
    })""")
    assert anew == []
