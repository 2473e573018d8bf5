"""The speech mode, against the double: by keys alone, hearing only what it has read aloud."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.kiosk import protocol as wire
from assistant.settings import HeadsetEvent, KeyAction
from tests.browser import scripted
from tests.browser import scripted_alerts as alerts
from tests.browser.conftest import open_page
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.test_time_limits import WATCH_CHIME
from tests.conftest import until

KEYPAD: dict[str, KeyAction] = {
    "Numpad0": "speech", "Numpad6": "next", "Numpad4": "previous", "Numpad5": "select", "Numpad8": "repeat", "NumpadAdd": "louder",
    "NumpadSubtract": "quieter", "Numpad9": "faster", "Numpad7": "slower", "Numpad1": "talk", "Numpad3": "start_over", "Numpad2": "help",
}  # fmt: skip
HEADSET: dict[str, HeadsetEvent] = {"F8": "plugged", "F9": "unplugged"}
VISIBLE = """() => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.data.replace(/\\s+/g, " ").trim();
    if (!text || !element.checkVisibility({ visibilityProperty: true }) || element.closest("[aria-hidden=true], svg, [role=img]")) continue;
    if (element.closest("[role=alert]") || element.closest(".clock")) continue;
    texts.push(text);
  }
  for (const picture of document.querySelectorAll("img[alt], [role=img][aria-label]")) {
    if (picture.checkVisibility()) texts.push(picture.getAttribute("alt") ?? picture.getAttribute("aria-label"));
  }
  for (const field of document.querySelectorAll("input[placeholder]")) {
    if (field.checkVisibility()) texts.push(field.value || field.placeholder);
  }
  return texts;
}"""
"""All that can be seen, but for the clock, whose minutes may have passed, and what is there for screen readers only."""


class Listener:
    """Somebody who hears what is read and has keys, nothing else."""

    def __init__(self, page: Page, double: FakeAssistant) -> None:
        self.page, self.double = page, double

    def press(self, action: KeyAction | HeadsetEvent) -> str:
        """Presses a key, and returns what is said on it first."""
        before = len(self.double.read)
        keys = {name: key for key, name in (KEYPAD | HEADSET).items()}
        self.page.keyboard.press(keys[action])
        assert until(lambda: len(self.double.read) > before, every_s=0.01), f"nothing is said on {action}"
        return self.double.read[before]

    def hears(self, text: str) -> bool:
        """Whether a text is read within some seconds, without a key."""
        return until(lambda: any(text in said for said in self.double.read), every_s=0.02)

    def seek(self, text: str, most: int = 90, *, exactly: bool = False) -> str:
        """Goes on until an item with a text is said."""
        for _ in range(most):
            said = self.press("next")
            if said == text or (text in said and not exactly):
                return said
        raise AssertionError(f"{text!r} is not to be reached; last heard: {self.double.read[-most:]}")

    def everything(self) -> str:
        """All that is said of the whole screen."""
        self.press("repeat")
        begun = len(self.double.read)
        self.press("repeat")
        self.settle()
        return "\n".join(self.double.read[begun:])

    def settle(self) -> None:
        """Waits until nothing more is said."""
        count, same = -1, 0
        while same < 4:
            same = same + 1 if count == len(self.double.read) else 0
            count = len(self.double.read)
            self.page.wait_for_timeout(200)


@pytest.fixture
def listener(chromium: Browser, double: FakeAssistant, url: str) -> Iterator[Listener]:
    """A page with a keypad and a socket for headsets, idle, nothing plugged in."""
    double.keypad, double.headset, double.piece = KEYPAD, HEADSET, 110
    troubles: list[str] = []
    page = open_page(chromium, url)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    page.locator("departures-board tbody tr").first.wait_for()
    yield Listener(page, double)
    page.context.close()
    assert troubles == []


def test_the_path_of_who_cannot_see(listener: Listener, double: FakeAssistant) -> None:
    assert listener.press("plugged") == "This screen is read to you by a machine."
    assert listener.hears("next, previous, select and repeat")
    assert listener.hears(scripted.STATION["en"])
    assert listener.hears("Hold or tap, and speak")
    assert not any(said.startswith("Table:") for said in double.read), "the whole board comes before the way to ask"
    assert listener.seek("Trains to the airport") == "Trains to the airport, button"
    listener.press("select")
    assert listener.hears(scripted.SENTENCES["departures"]["en"])
    assert listener.hears("08:06, Line IC 5, To Northgate via Mill Bridge, IC 512, arrives 08:37, Platform 2, On time")
    assert listener.hears("planned 08:09, Line R 21, To Lakeside, arrives 08:40, Platform planned 4, 5, Expected 08:15, New platform")
    assert [message for message in double.received if message.type == "ask"]  # type: ignore[attr-defined]
    assert listener.seek("한국어") == "한국어"
    assert listener.press("select")
    assert listener.hears(scripted.STATION["ko"])
    expect(listener.page.locator("html")).to_have_attribute("lang", "ko")
    read = [message for message in double.received if isinstance(message, wire.Read)]
    assert {message.language for message in read[:20]} == {"en"}
    assert read[-1].language == "ko"


@pytest.mark.parametrize("key", ["speech", "next", "previous", "select", "repeat"])
@pytest.mark.long
def test_a_key_starts_it(listener: Listener, key: KeyAction) -> None:
    assert listener.press(key) == "This screen is read to you by a machine."
    assert listener.hears(scripted.STATION["en"])


@pytest.mark.long
def test_the_settings_start_it(listener: Listener) -> None:
    listener.page.evaluate("document.dispatchEvent(new CustomEvent('prefer', { detail: { speech: true } }))")
    assert listener.hears("This screen is read to you by a machine.")


def test_nothing_is_read_before(listener: Listener, double: FakeAssistant) -> None:
    listener.page.get_by_role("button", name="How is the air?").click()
    listener.page.locator("air-quality.card").wait_for()
    listener.page.wait_for_timeout(400)
    assert double.read == []
    assert "hush" not in double.kinds()


@pytest.mark.long
def test_the_key_ends_it(listener: Listener, double: FakeAssistant) -> None:
    listener.press("speech")
    assert listener.press("speech") == "The screen is no longer read aloud."
    listener.page.get_by_role("button", name="How is the air?").click()
    listener.page.wait_for_timeout(400)
    assert double.read[-1] == "The screen is no longer read aloud."


def test_unplugged_it_is_silent_at_once(listener: Listener, double: FakeAssistant) -> None:
    listener.press("plugged")
    assert listener.hears(scripted.STATION["en"])
    count = len(double.read)
    listener.page.keyboard.press("F9")
    assert until(lambda: double.kinds()[-1] == "hush")
    listener.page.wait_for_timeout(600)
    assert len(double.read) <= count + 1
    said = len(double.read)
    listener.page.get_by_role("button", name="How is the air?").click()
    listener.page.wait_for_timeout(400)
    assert len(double.read) == said


@pytest.mark.long
def test_start_over_begins_anew_while_the_plug_is_in(listener: Listener, double: FakeAssistant) -> None:
    listener.press("plugged")
    listener.settle()
    assert listener.press("start_over") == "This screen is read to you by a machine."
    listener.page.keyboard.press("F9")
    listener.press("speech")
    listener.page.keyboard.press("Numpad3")
    listener.page.wait_for_timeout(500)
    count = len(double.read)
    listener.page.wait_for_timeout(500)
    assert len(double.read) == count


@pytest.mark.long
def test_the_keys_type_nothing(listener: Listener) -> None:
    listener.press("plugged")
    listener.seek("Type, button")
    listener.press("select")
    field = listener.page.locator("text-entry input")
    expect(field).to_be_visible()
    for key in ("next", "previous", "repeat", "louder"):
        listener.press(key)
    expect(field).to_have_value("")


@pytest.mark.long
def test_typing_is_heard_in_the_headset_only(listener: Listener, double: FakeAssistant) -> None:
    listener.press("speech")
    listener.seek("Type, button")
    listener.press("select")
    listener.seek("t, button", exactly=True)
    assert listener.press("select") == "typed"
    expect(listener.page.locator("text-entry input")).to_have_value("t")
    assert listener.seek("Your question, text field") == "Your question, text field, typed"
    listener.press("plugged")
    assert listener.seek("Your question, text field") == "Your question, text field, t"
    listener.seek("o, button", exactly=True)
    assert listener.press("select") == "o"
    listener.seek("Ask, button")
    listener.press("select")
    assert listener.hears(scripted.SENTENCES["departures"]["en"])
    assert wire.Say(text="to") in double.received


def test_a_masked_entry_is_not_spoken(listener: Listener, double: FakeAssistant) -> None:
    listener.press("plugged")
    listener.page.evaluate("""() => {
      const field = document.createElement("input");
      field.type = "password";
      field.value = "secret";
      field.ariaLabel = "Code";
      document.querySelector("main").append(field);
    }""")
    assert listener.seek("Code") == "Code, text field, hidden"
    assert not any("secret" in said for said in double.read)


@pytest.mark.long
def test_next_and_previous_go_round(listener: Listener) -> None:
    listener.press("plugged")
    assert listener.hears(scripted.STATION["en"])
    assert listener.press("previous") == "From the end."
    assert listener.press("next") == "From the beginning."
    assert listener.hears(scripted.STATION["en"])


@pytest.mark.long
def test_repeat_says_it_again_and_twice_everything(listener: Listener, double: FakeAssistant) -> None:
    listener.press("plugged")
    listener.seek("How is the air?")
    listener.settle()
    assert listener.press("repeat") == "How is the air? button"
    listener.page.wait_for_timeout(900)
    listener.press("repeat")
    begun = len(double.read)
    listener.press("repeat")
    assert until(lambda: len(double.read) > begun + 3)
    assert double.read[begun] == scripted.STATION["en"]


@pytest.mark.long
def test_a_text_that_is_selected_is_said_again(listener: Listener) -> None:
    listener.press("plugged")
    said = listener.seek("IC 5")
    listener.settle()
    assert listener.press("select") == said


@pytest.mark.long
def test_where_it_is_can_be_seen(listener: Listener) -> None:
    listener.press("plugged")
    listener.seek("IC 5")
    expect(listener.page.locator(".spoken")).to_have_count(1)
    expect(listener.page.locator("tr.spoken")).to_contain_text("IC 5")
    listener.seek("How is the air?")
    expect(listener.page.get_by_role("button", name="How is the air?")).to_be_focused()
    outline = listener.page.locator(".spoken").evaluate("element => getComputedStyle(element).outlineStyle")
    assert outline == "solid"


@pytest.mark.long
def test_a_touch_interrupts(listener: Listener, double: FakeAssistant) -> None:
    listener.press("plugged")
    assert listener.hears(scripted.STATION["en"])
    listener.page.mouse.click(640, 300)
    listener.page.wait_for_timeout(200)
    count = len(double.read)
    listener.page.wait_for_timeout(800)
    assert len(double.read) == count


@pytest.mark.long
def test_the_answers_own_voice_is_not_heard_beside_it(listener: Listener, double: FakeAssistant) -> None:
    double.speaks = True
    listener.press("plugged")
    listener.seek("How is the air?")
    listener.settle()
    listener.page.evaluate("""() => {
      const { start } = AudioBufferSourceNode.prototype;
      window.lengths = new Set();
      AudioBufferSourceNode.prototype.start = function (...when) {
        lengths.add(this.buffer.length);
        return start.apply(this, when);
      };
    }""")
    listener.press("select")
    assert listener.hears(scripted.SENTENCES["air"]["en"])
    double.push(wire.Audio(turn_id="turn-1", rate=22050, text="More of the answer."))
    double.sound_out(0.3)
    assert listener.hears("PM2.5, 8.4 µg/m³")
    assert listener.page.evaluate("[...lengths]") == [double.piece], "no piece of the answer's own voice is among them"


def test_errors_are_spoken(listener: Listener, double: FakeAssistant) -> None:
    double.silent = True
    listener.press("plugged")
    listener.seek("How is the air?")
    listener.press("select")
    assert listener.hears("Looking it up")
    double.push(wire.TurnEnd(turn_id="turn-1", outcome="failed"))
    assert listener.hears("Sorry, that did not work.")


def test_a_key_while_it_is_thought_ends_no_question(listener: Listener, double: FakeAssistant) -> None:
    double.silent, double.piece = True, 2205
    listener.press("plugged")
    listener.seek("How is the air?")
    listener.press("select")
    assert listener.hears("Looking it up")
    listener.press("previous")
    listener.page.keyboard.press("F9")
    listener.page.wait_for_timeout(300)
    assert "hush" not in double.kinds()[double.kinds().index("ask") :]


@pytest.mark.long
def test_a_switch_hears_what_it_reaches(listener: Listener, double: FakeAssistant) -> None:
    listener.press("plugged")
    listener.seek("Where is the lift?")
    listener.settle()
    count = len(double.read)
    listener.page.keyboard.press("Tab")
    assert until(lambda: len(double.read) > count)
    assert double.read[count] == "How is the air? button"


@pytest.mark.long
def test_a_warning_is_said_and_one_stays_where_one_was(listener: Listener, double: FakeAssistant) -> None:
    listener.press("plugged")
    listener.seek("Where is the lift?")
    listener.settle()
    double.warn(alerts.dust())
    assert listener.hears(alerts.dust().headline["en"])
    listener.settle()
    assert listener.press("next") == "How is the air? button"


def test_a_life_safety_alarm_is_read_after_its_own_voice(listener: Listener, double: FakeAssistant) -> None:
    listener.press("speech")
    assert listener.hears(scripted.STATION["en"])
    double.warn(alerts.fire())
    double.say_alarm(alerts.fire(), "en", 4)
    listener.page.locator("body[data-phase=alarm]").wait_for()
    listener.page.wait_for_timeout(300)
    count = len(double.read)
    listener.page.keyboard.press("Numpad6")
    listener.page.wait_for_timeout(2500)
    assert len(double.read) == count, "the alarm's own voice sounds alone"
    assert listener.hears(alerts.fire().headline["en"])
    assert listener.hears(alerts.fire().instruction["en"])
    assert listener.seek("Without stairs") == "Without stairs, button"
    listener.press("select")
    expect(listener.page.locator("alarm-way .step-free")).to_have_attribute("aria-pressed", "true")
    listener.seek("한국어")
    listener.press("select")
    assert listener.hears(alerts.fire().headline["ko"])


@pytest.mark.long
def test_an_alarm_is_heard_by_who_plugs_in_while_it_stands(listener: Listener, double: FakeAssistant) -> None:
    double.warn(alerts.fire())
    listener.page.locator("body[data-phase=alarm]").wait_for()
    listener.page.keyboard.press("F8")
    assert listener.hears(alerts.fire().headline["en"])
    listener.page.keyboard.press("F9")
    assert until(lambda: double.kinds()[-1] == "hush")


def test_the_warning_before_the_wipe_is_read_and_any_key_stays(listener: Listener, double: FakeAssistant) -> None:
    listener.press("plugged")
    listener.seek("How is the air?")
    double.idle_s = 2.0
    listener.press("select")
    assert listener.hears(scripted.SENTENCES["air"]["en"])
    double.push(double.welcome("en"))
    assert listener.hears("Are you still there?")
    assert listener.hears("Yes, I am here, button")
    listener.page.keyboard.press("Numpad5")
    expect(listener.page.locator("idle-warning dialog")).to_be_hidden()
    expect(listener.page.locator("body")).to_have_attribute("data-phase", "answer")


@pytest.mark.long
def test_the_other_keys(listener: Listener, double: FakeAssistant) -> None:
    listener.press("plugged")
    assert listener.press("louder") == "Volume: 4 of 5"
    assert listener.press("quieter") == "Volume: 3 of 5"
    assert listener.press("faster") == "Speed of the voice: Fast"
    assert until(lambda: double.preferred[-1:] == [wire.Prefer(pace="fast", step_free=False)])
    assert listener.press("slower") == "Speed of the voice: Normal"
    listener.press("help")
    expect(listener.page.locator("help-panel")).to_be_visible()
    assert listener.hears(scripted.EMERGENCY)


@pytest.mark.parametrize("held", [True, pytest.param(False, marks=pytest.mark.long)])
def test_the_key_to_talk(listener: Listener, double: FakeAssistant, held: bool) -> None:
    double.ends_by_itself = not held
    listener.page.keyboard.down("Numpad1")
    if held:
        listener.page.locator("body[data-phase=listening]").wait_for()
        listener.page.wait_for_timeout(500)
        assert double.read == []
    listener.page.keyboard.up("Numpad1")
    listener.page.locator("body[data-phase=answer]").wait_for()
    assert ("listen_free" in double.kinds()) is not held


def test_who_cannot_see_the_light_hears_that_the_microphone_is_open(listener: Listener, double: FakeAssistant) -> None:
    """One short tone, in the speech mode only."""
    double.ends_by_itself, page = True, listener.page
    page.evaluate(WATCH_CHIME + "0")

    def talks() -> list[float]:
        page.keyboard.press("Numpad1")
        page.locator("body[data-phase=answer]").wait_for()
        return list(page.evaluate("tones"))

    assert talks() == []
    page.keyboard.press("Numpad3")
    page.locator("body[data-phase=idle]").wait_for()
    listener.press("speech")
    assert talks() == [880]


@pytest.mark.long
def test_a_table_says_its_columns(listener: Listener) -> None:
    listener.press("plugged")
    assert listener.seek("Table") == "Table: Time, Line, To, Platform, Remark"


def _ask(intent: str) -> Callable[[Listener], None]:
    def act(listener: Listener) -> None:
        tile = {"label": "The question", "say": "The question", "ask": {"intent": intent}}
        listener.page.evaluate("detail => document.dispatchEvent(new CustomEvent('suggestion', { detail }))", tile)
        listener.page.locator("body[data-phase=answer]").wait_for()

    return act


def _panel(name: str) -> Callable[[Listener], None]:
    return lambda listener: listener.page.evaluate("name => document.dispatchEvent(new CustomEvent('panel', { detail: name }))", name)


def _alarm(listener: Listener) -> None:
    listener.double.warn(alerts.fire(), alerts.gas())
    listener.page.locator("body[data-phase=alarm]").wait_for()
    listener.page.wait_for_timeout(1700)


def _keyboard(listener: Listener) -> None:
    listener.page.evaluate("document.dispatchEvent(new CustomEvent('type'))")


SCREENS: dict[str, Callable[[Listener], None]] = {
    "idle": lambda listener: None, "departures": _ask("timetable_next_departures"), "route": _ask("wayfinding_route"),
    "journey": _ask("timetable_journeys"), "place": _ask("facilities_find"), "air": _ask("air_quality_now"),
    "choices": _ask("platform"), "keyboard": _keyboard, "settings": _panel("settings"), "languages": _panel("languages"),
    "privacy": _panel("privacy"), "help": _panel("help"), "alarm": _alarm,
}  # fmt: skip
USUAL = ["departures", "settings"]
"""The others are gone through by the long tests."""


@pytest.mark.parametrize("screen", [pytest.param(name, marks=() if name in USUAL else pytest.mark.long) for name in SCREENS])
def test_all_that_can_be_seen_can_be_heard(listener: Listener, screen: str) -> None:
    listener.press("plugged")
    SCREENS[screen](listener)
    listener.settle()
    seen = listener.page.evaluate(VISIBLE)
    heard = listener.everything()
    assert len(seen) > 5
    assert [text for text in seen if text not in heard] == []


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "ko"])
def test_all_is_heard_in_every_language(listener: Listener, language: str) -> None:
    listener.press("plugged")
    listener.page.locator(f"[data-language={language}]").first.click()
    _ask("wayfinding_route")(listener)
    listener.settle()
    seen = listener.page.evaluate(VISIBLE)
    heard = listener.everything()
    assert [text for text in seen if text not in heard] == []
