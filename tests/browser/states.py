"""Every state of the page, in every language: what leads there, and what may be changed while it stands."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from assistant.alarm.views import AlertView
from tests.browser import acts
from tests.browser import scripted_alerts as alerts
from tests.browser.fake_assistant import FakeAssistant


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state of the page. Called, it leads a page that is idle there."""

    act: acts.Act
    dressed: bool = True
    """Whether what a person has set of the looks is kept in it."""
    lasting: bool = True
    """Whether it stays while the looks are changed."""
    rough: bool = False
    """Whether the page has to be loaded anew afterwards."""

    def __call__(self, page: Page, double: FakeAssistant, language: str = "en") -> None:
        if language != "en":
            acts.speak(page, language)
        self.act(page, double, language)


def _many(number: int) -> dict[str, str]:
    words = {
        "en": "Walk, do not run, and help others.",
        "zh": "请步行，不要奔跑，并帮助他人。",
        "ko": "뛰지 말고 걸으며 서로 도우세요.",
    }
    return {language: " ".join([text] * number) for language, text in words.items()}


def _long() -> AlertView:
    return alerts.fire(instruction=_many(14))


def _way() -> AlertView:
    return alerts.fire(way_out_step_free=alerts.STEP_FREE)


def _over() -> AlertView:
    return alerts.gas(colour="green", response="AllClear")


def _test() -> AlertView:
    return alerts.dust(id="test-1", status="Test")


def _dust_over() -> AlertView:
    return alerts.dust(colour="green")


STATES: dict[str, State] = {
    "idle": State(act=acts.nothing),
    "opening": State(act=acts.opening, rough=True),
    "listening": State(act=acts.listening),
    "thinking": State(act=acts.thinking),
    "speaking": State(act=acts.speaking, lasting=False),
    "speech-mode": State(act=acts.read_aloud, lasting=False),
    "nothing-heard": State(act=acts.nothing_heard),
    "failed": State(act=acts.failed),
    "departures": State(act=acts.ask("departures")),
    "journey": State(act=acts.ask("journey")),
    "route": State(act=acts.ask("route")),
    "route-stairs": State(act=acts.answered("route", acts.stairs)),
    "place": State(act=acts.ask("place")),
    "air": State(act=acts.ask("air")),
    "choices": State(act=acts.ask("choices")),
    "text": State(act=acts.ask("text")),
    "keyboard": State(act=acts.keyboard),
    "keyboard-typed": State(act=acts.typed),
    "idle-warning": State(act=acts.warning, lasting=False),
    "prompted": State(act=acts.prompted),
    "quiet": State(act=acts.quiet),
    "touch-only": State(act=acts.limited(dialogue=False)),
    "no-hearing": State(act=acts.limited(hear=False, captions=False)),
    "no-voice": State(act=acts.limited(speak=False)),
    "notice": State(act=acts.noticed),
    "reconnecting": State(act=acts.reconnecting, rough=True),
    "offline": State(act=acts.offline, dressed=False, rough=True),
    "banner": State(act=acts.warned(alerts.dust)),
    "banner-exercise": State(act=acts.warned(alerts.exercise)),
    "banner-three": State(act=acts.warned(alerts.exercise, alerts.dust, _test)),
    "banner-card": State(act=acts.warned(alerts.dust, read=True)),
    "banner-cards": State(act=acts.warned(alerts.exercise, _dust_over, read=True)),
    "settings": State(act=acts.panel("settings")),
    "languages": State(act=acts.panel("languages")),
    "privacy": State(act=acts.panel("privacy")),
    "help": State(act=acts.panel("help")),
}


def _alarm(*standing: Callable[[], AlertView], then: str = "", lost: bool = False) -> State:
    return State(act=acts.alarmed(*standing, then=then, lost=lost), dressed=False, rough=lost)


ALARMS: dict[str, State] = {
    "alarm": _alarm(alerts.fire),
    "alarm-refuge": _alarm(alerts.fire, then="alarm-way .step-free"),
    "alarm-no-way": _alarm(alerts.gas),
    "alarm-two": _alarm(_way, alerts.gas),
    "alarm-shelter": _alarm(alerts.shelter),
    "alarm-over": _alarm(_over),
    "alarm-lost": _alarm(alerts.fire, lost=True),
    "alarm-long": _alarm(_long),
}
"""An alarm takes the page back to the looks of everybody."""

EVERY: dict[str, State] = STATES | ALARMS
