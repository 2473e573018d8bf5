"""What leads the page into its states over the double. An act takes the page, the double and the language that is shown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

from assistant.alarm.views import AlertView
from assistant.conversation.models import Card
from assistant.kiosk import protocol as wire
from tests.browser import scripted
from tests.browser import scripted_ways as ways
from tests.browser.fake_assistant import FakeAssistant
from tests.conftest import until

Act = Callable[[Page, FakeAssistant, str], None]
QUESTIONS: dict[str, dict[str, str]] = {
    "departures": {
        "en": "When is the next train to the airport?",
        "zh": "下一班去机场的列车几点？",
        "ko": "공항 가는 다음 열차는 언제예요?",
    },
    "place": {"en": "Where are the toilets?", "zh": "洗手间在哪里？", "ko": "화장실이 어디예요?"},
    "journey": {"en": "How do I get to Old Harbour?", "zh": "去旧港怎么走？", "ko": "올드하버에 어떻게 가요?"},
    "route": {
        "en": "How do I get to platform 3 without stairs?",
        "zh": "去3号站台怎么走没有楼梯？",
        "ko": "계단 없이 3번 승강장에 어떻게 가요?",
    },
    "air": {"en": "How is the air?", "zh": "空气怎么样？", "ko": "공기가 어때요?"},
    "choices": {"en": "Which platform?", "zh": "哪个站台？", "ko": "어느 승강장이에요?"},
    "text": {"en": "What can you do?", "zh": "你能做什么？", "ko": "무엇을 할 수 있어요?"},
}
ASKED = {
    "departures": "timetable_next_departures", "place": "facilities_find", "journey": "timetable_journeys", "route": "wayfinding_route",
    "air": "air_quality_now", "choices": "which_platform", "text": "robot_capabilities",
}  # fmt: skip
FIRST_WORDS = {"en": "When is the next train to the", "zh": "下一班去机场的", "ko": "공항 가는 다음 열차는"}
NOTICE = {
    "en": "The timetable ended on 1 November. I name no times until a new one is there.",
    "zh": "时刻表已于11月1日到期。新时刻表到来之前，我不报时间。",
    "ko": "시간표가 11월 1일에 끝났습니다. 새 시간표가 올 때까지 시각을 알려 드리지 않습니다.",
}
STATES_OF_SPEECH = {"hear": True, "speak": True, "captions": True}


def tell(page: Page, event: str, detail: Any = None) -> None:
    """A deed of a person, told to the page as its components tell it: at every size, wherever the control stands."""
    page.evaluate("([type, detail]) => document.dispatchEvent(new CustomEvent(type, { detail }))", [event, detail])


def phase(page: Page, name: str) -> None:
    """Waits until the page is in a phase."""
    page.locator(f"body[data-phase={name}]").wait_for()


@contextmanager
def new_turn(double: FakeAssistant) -> Iterator[None]:
    """What is done within begins a turn; it goes on once the double has begun it too."""
    before = double.turn_id
    yield
    assert until(lambda: double.turn_id != before)


def speak(page: Page, language: str) -> None:
    """The page in a language, its board too."""
    tell(page, "language", language)
    page.locator(f"html:lang({language})").wait_for()
    headsign = scripted.LINES[1][-1][language]
    page.locator("departures-board .headsign", has_text=headsign).first.wait_for(state="attached")


def nothing(page: Page, _: FakeAssistant, __: str) -> None:
    """Nobody is there."""
    page.locator("idle-screen departures-board tbody tr").first.wait_for()


def ask(name: str) -> Act:
    """A question of `QUESTIONS`, and its answer."""

    def act(page: Page, _: FakeAssistant, language: str) -> None:
        words = QUESTIONS[name][language]
        tell(page, "suggestion", {"label": words, "say": words, "ask": {"intent": ASKED[name], "slots": {}}})
        phase(page, "answer")

    return act


def answered(name: str, card: Callable[[str], Card]) -> Act:
    """An answer of `scripted.SENTENCES` with another card than usual."""

    def act(page: Page, double: FakeAssistant, language: str) -> None:
        thinking(page, double, language)
        turn = scripted.turn(name, language, card(language))
        double.push(wire.TurnMessage(turn=turn.model_copy(update={"id": double.turn_id})))
        phase(page, "answer")

    return act


def stairs(language: str) -> Card:
    """The scripted way, by stairs."""
    card = ways.route(language)
    steps = [step.model_copy(update={"mode": "stairs"}) if step.mode == "lift" else step for step in card.steps]
    return card.model_copy(update={"step_free": False, "steps": steps})


def opening(page: Page, _: FakeAssistant, __: str) -> None:
    """The microphone does not open yet."""
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => new Promise(() => {}); }")
    page.locator("talk-button button").click()
    phase(page, "opening")


def listening(page: Page, double: FakeAssistant, language: str) -> None:
    """Somebody is speaking, half a sentence is heard."""
    with new_turn(double):
        page.locator("talk-button button").click()
        phase(page, "listening")
    double.push(wire.CaptionMessage(turn_id=double.turn_id, text=FIRST_WORDS[language], final=False))
    page.locator("conversation-screen .question", has_text=FIRST_WORDS[language]).wait_for()


def thinking(page: Page, double: FakeAssistant, language: str) -> None:
    """A question without an answer yet."""
    double.silent = True
    words = QUESTIONS["departures"][language]
    with new_turn(double):
        tell(page, "suggestion", {"label": words, "say": words, "ask": {"intent": ASKED["departures"], "slots": {}}})
        phase(page, "thinking")


def speaking(page: Page, double: FakeAssistant, language: str) -> None:
    """An answer that is said aloud, with captions."""
    tell(page, "prefer", {"captions": True})
    double.speaks = True
    ask("place")(page, double, language)
    page.locator(".stage .speaking").wait_for()


def read_aloud(page: Page, _: FakeAssistant, __: str) -> None:
    """The speech mode has begun; what it says of itself is shown as captions."""
    tell(page, "prefer", {"speech": True, "captions": True})
    page.locator("caption-strip p").wait_for()


def nothing_heard(page: Page, double: FakeAssistant, language: str) -> None:
    """Somebody spoke, and nothing was heard."""
    double.heard = ""
    listening(page, double, language)
    page.locator("talk-button button").click()
    phase(page, "answer")


def failed(page: Page, double: FakeAssistant, language: str) -> None:
    """A question that went wrong."""
    thinking(page, double, language)
    double.push(wire.TurnEnd(turn_id=double.turn_id, outcome="failed"))
    phase(page, "answer")


def keyboard(page: Page, _: FakeAssistant, __: str) -> None:
    """The keyboard is open."""
    tell(page, "type")
    page.locator("text-entry input").wait_for()


def typed(page: Page, double: FakeAssistant, language: str) -> None:
    """Some keys are typed; in Chinese they are offered as characters."""
    keyboard(page, double, language)
    keys = page.locator("text-entry .keys button")
    for key in {"zh": ["z", "h", "a", "n"]}.get(language) or keys.all_inner_texts()[12:16]:
        page.get_by_role("button", name=key, exact=True).click()
    if language == "zh":
        page.locator(".candidates button").first.wait_for()


def warning(page: Page, double: FakeAssistant, language: str) -> None:
    """The visit is about to be over; it then lasts long enough to be looked at."""
    ask("place")(page, double, language)
    double.idle_s = 3.0
    double.push(double.welcome(language))
    page.locator("idle-warning dialog[open]").wait_for()
    double.idle_s = 600.0
    double.push(double.welcome(language))


def prompted(page: Page, double: FakeAssistant, language: str) -> None:
    """Somebody is there and says nothing."""
    page.keyboard.press("Shift")
    double.quiet_s = 2.0
    double.push(double.welcome(language))
    page.locator("choices-card").wait_for()
    double.quiet_s = 0.0
    double.push(double.welcome(language))


def quiet(page: Page, double: FakeAssistant, language: str) -> None:
    """Prompted, and still nothing is said."""
    page.keyboard.press("Shift")
    double.quiet_s = 0.5
    double.push(double.welcome(language))
    page.locator("suggestion-tiles.few").wait_for()
    double.quiet_s = 0.0
    double.push(double.welcome(language))


def limited(dialogue: bool = True, **cannot: bool) -> Act:
    """Something does not work: the dialogue, hearing, speaking."""

    def act(page: Page, double: FakeAssistant, _: str) -> None:
        if not dialogue:
            double.components = double.components | {"dialogue": "down"}
        ability = wire.SpeechAbility.model_validate(STATES_OF_SPEECH | cannot)
        double.speech = dict.fromkeys(double.languages, ability)
        double.push(double.status())
        page.locator(".notices p").first.wait_for()

    return act


def noticed(page: Page, double: FakeAssistant, language: str) -> None:
    """The station has something to say."""
    double.notice = NOTICE[language]
    double.push(double.welcome(language))
    page.locator(".notices p").first.wait_for()


def offline(page: Page, double: FakeAssistant, language: str) -> None:
    """The assistant is gone, nobody is there: the language is the kiosk's own."""
    double.languages = [language, *(other for other in double.languages if other != language)]
    noticed(page, double, language)
    double.notice = None
    double.push(double.welcome(language))
    page.locator(".notices p").wait_for(state="detached")
    double.leave()
    phase(page, "offline")


def reconnecting(page: Page, double: FakeAssistant, language: str) -> None:
    """The connection is lost in the middle of a visit, and waited for."""
    ask("place")(page, double, language)
    double.leave()
    page.locator(".notices p").first.wait_for()


def panel(name: str) -> Act:
    """A panel is open."""

    def act(page: Page, _: FakeAssistant, __: str) -> None:
        tell(page, "panel", name)
        page.locator(f"body[data-panel={name}]").wait_for()

    return act


def warned(*standing: Callable[[], AlertView], read: bool = False) -> Act:
    """Warnings stand, as a line or opened."""

    def act(page: Page, double: FakeAssistant, _: str) -> None:
        double.warn(*(alert() for alert in standing))
        page.locator("alert-banner .line").wait_for()
        if read:
            tell(page, "reading", True)
            page.locator("alert-banner dialog[open]").wait_for()

    return act


def alarmed(*standing: Callable[[], AlertView], then: str = "", lost: bool = False) -> Act:
    """Alarms stand, held in one language."""

    def act(page: Page, double: FakeAssistant, language: str) -> None:
        double.warn(*(alert() for alert in standing))
        phase(page, "alarm")
        tell(page, "language", language)
        page.locator(f"html:lang({language})").wait_for()
        if then:
            page.locator(then).click()
        if lost:
            double.leave()
            page.locator("alarm-screen .stale").wait_for()

    return act
