"""Pictures of every main state at both sizes: `python -m tests.browser.pictures [folder]`."""

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from assistant.alarm.views import AlertView
from assistant.kiosk import protocol as wire
from tests.browser import scripted_alerts as alerts
from tests.browser.conftest import CHROMIUM, SIZES, SMALL, open_page
from tests.browser.fake_assistant import FakeAssistant, serve

FOLDER = Path(__file__).resolve().parents[1] / "artifacts"


def _say(text: str) -> Callable[[Page, FakeAssistant], None]:
    def act(page: Page, _: FakeAssistant) -> None:
        page.locator("button.type").click()
        page.locator("text-entry input").fill(text)
        page.locator("text-entry .send").click()
        page.locator("body[data-phase=answer]").wait_for()

    return act


def _language(language: str, then: Callable[[Page, FakeAssistant], None] | None = None) -> Callable[[Page, FakeAssistant], None]:
    def act(page: Page, double: FakeAssistant) -> None:
        page.locator(f"[data-language={language}]").click()
        page.locator(f"html:lang({language})").wait_for()
        page.wait_for_timeout(400)
        if then:
            then(page, double)

    return act


def _listening(page: Page, double: FakeAssistant) -> None:
    page.locator("talk-button button").click()
    page.locator("body[data-phase=listening]").wait_for()
    double.push(wire.CaptionMessage(turn_id="turn-1", text="When is the next train to the", final=False))
    page.wait_for_timeout(300)


def _thinking(page: Page, double: FakeAssistant) -> None:
    double.silent = True
    page.locator("suggestion-tiles button").nth(1).click()
    page.locator("body[data-phase=thinking]").wait_for()


def _nothing(page: Page, double: FakeAssistant) -> None:
    double.heard = ""
    _listening(page, double)
    page.locator("talk-button button").click()
    page.locator("body[data-phase=answer]").wait_for()


def _keyboard(page: Page, _: FakeAssistant) -> None:
    page.locator("button.type").click()


def _pinyin(page: Page, _: FakeAssistant) -> None:
    page.locator("button.type").click()
    for key in "zhan":
        page.get_by_role("button", name=key, exact=True).click()


def _warning(page: Page, double: FakeAssistant) -> None:
    double.idle_s = 1.6
    page.locator("[data-language=ko]").click()
    page.locator("[data-language=en]").click()
    _say("toilet")(page, double)
    page.locator("dialog[open]").wait_for()


def _quiet(page: Page, double: FakeAssistant) -> None:
    double.quiet_s = 1.2
    page.locator("[data-language=ko]").click()
    page.locator("[data-language=en]").click()
    page.locator("choices-card").wait_for()


def _offline(page: Page, double: FakeAssistant) -> None:
    double.drop()
    page.locator("body[data-phase=offline]").wait_for()


def _degraded(page: Page, double: FakeAssistant) -> None:
    components = {"dialogue": "down", "speech": "ready", "knowledge": "ready", "environment": "ready"}
    double.push(wire.Status(status="degraded", components=components, speech=double.speech))  # type: ignore[arg-type]
    page.locator(".notices p").wait_for()


def _nothing_to_do(page: Page, _: FakeAssistant) -> None:
    page.locator("departures-board tbody tr").first.wait_for()


def _alarm(*standing: AlertView, language: str = "", then: str = "", lost: bool = False) -> Callable[[Page, FakeAssistant], None]:
    def act(page: Page, double: FakeAssistant) -> None:
        double.warn(*standing)
        page.locator("body[data-phase=alarm]").wait_for()
        if language:
            page.locator(f"alarm-screen [data-language={language}]").click()
            page.locator(f"html:lang({language})").wait_for()
        if then:
            page.locator(then).click()
        if lost:
            double.leave()
            page.locator("alarm-screen .stale").wait_for()

    return act


def _banner(*standing: AlertView, language: str = "", read: bool = False) -> Callable[[Page, FakeAssistant], None]:
    def act(page: Page, double: FakeAssistant) -> None:
        if language:
            _language(language)(page, double)
        double.warn(*standing)
        page.locator("alert-banner .line").wait_for()
        if read:
            page.locator("alert-banner .line").click()
            page.locator("alert-banner dialog[open]").wait_for()

    return act


LONG = {
    language: " ".join([text] * 14)
    for language, text in {
        "en": "Walk, do not run, and help others.",
        "zh": "请步行，不要奔跑，并帮助他人。",
        "ko": "뛰지 말고 걸으며 서로 도우세요.",
    }.items()
}
ALARMS: dict[str, Callable[[Page, FakeAssistant], None]] = {
    "alarm": _alarm(alerts.fire()),
    "alarm-zh": _alarm(alerts.fire(), language="zh"),
    "alarm-ko": _alarm(alerts.fire(), language="ko"),
    "alarm-refuge": _alarm(alerts.fire(), then="alarm-way .step-free"),
    "alarm-refuge-ko": _alarm(alerts.fire(), language="ko", then="alarm-way .step-free"),
    "alarm-no-way": _alarm(alerts.gas()),
    "alarm-two": _alarm(alerts.fire(way_out_step_free=alerts.STEP_FREE), alerts.gas()),
    "alarm-shelter": _alarm(alerts.shelter()),
    "alarm-shelter-zh": _alarm(alerts.shelter(), language="zh"),
    "alarm-over": _alarm(alerts.gas(colour="green", response="AllClear"), language="ko"),
    "alarm-lost": _alarm(alerts.fire(), lost=True),
    "alarm-long": _alarm(alerts.fire(instruction=LONG)),
}
"""An alarm, at every size."""
STATES: dict[str, Callable[[Page, FakeAssistant], None]] = {
    "banner": _banner(alerts.dust()),
    "banner-exercise": _banner(alerts.exercise()),
    "banner-exercise-ko": _banner(alerts.exercise(), language="ko"),
    "banner-three": _banner(alerts.exercise(), alerts.dust(), alerts.dust(id="test-1", status="Test")),
    "banner-card": _banner(alerts.dust(), read=True),
    "banner-cards": _banner(alerts.exercise(), alerts.dust(colour="green"), language="zh", read=True),
    "idle": _nothing_to_do,
    "idle-zh": _language("zh"),
    "idle-ko": _language("ko"),
    "listening": _listening,
    "thinking": _thinking,
    "departures": _say("When is the next train to the airport?"),
    "place": _say("Where are the toilets?"),
    "place-ko": _language("ko", _say("toilet 화장실 어디예요")),
    "journey": _say("With which change?"),
    "journey-zh": _language("zh", _say("change")),
    "journey-ko": _language("ko", _say("change")),
    "route": _say("The way to track 3?"),
    "route-zh": _language("zh", _say("way to")),
    "route-ko": _language("ko", _say("way to")),
    "departures-ko": _language("ko", _say("열차")),
    "air": _say("How is the air?"),
    "choices": _say("From which platform?"),
    "text": _say("robot, what can you do?"),
    "nothing-heard": _nothing,
    "keyboard": _keyboard,
    "keyboard-ko": _language("ko", _keyboard),
    "keyboard-zh": _language("zh", _pinyin),
    "idle-warning": _warning,
    "quiet": _quiet,
    "degraded": _degraded,
    "offline": _offline,
}


def main(folder: Path, wanted: set[str]) -> None:
    """Writes one PNG per state and size."""
    folder.mkdir(parents=True, exist_ok=True)
    flags = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    shots = [(name, size) for name in STATES for size in SIZES] + [(name, size) for name in ALARMS for size in SIZES | SMALL]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        for name, size in shots:
            if wanted and name not in wanted:
                continue
            double = FakeAssistant()
            with serve(double) as url:
                page = open_page(browser, url, size)
                page.wait_for_timeout(500)
                (STATES | ALARMS)[name](page, double)
                page.wait_for_timeout(300)
                page.screenshot(path=folder / f"{name}-{size}.png")
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main(FOLDER, set(sys.argv[1:]))
