"""A person at the page: every act checks that they can do it, every look and every word heard that they can perceive it."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, WebSocket

from tests.conftest import ROOT
from tests.people import voices
from tests.people.persona import Ability, Log, Persona, Stuck, Unable
from tests.people.seeing import FIND, LOOK, ON_TOP, readable, strokes

BUSY = ("opening", "listening", "thinking")
KEYS = {"speech": "F13", "next": "F14", "previous": "F15", "select": "F16", "repeat": "F17"}
PLUG = {"plugged": "F21", "unplugged": "F22"}
STEPS = 60
"""Most keys pressed to find something."""
POLL_MS = 100
LOOKS_S = 4.0
"""How long a control is looked for."""


class Person:
    """One of the ten at a page of the real assistant."""

    def __init__(self, page: Page, persona: Persona, microphone: Path) -> None:
        self._page, self.persona, self._microphone = page, persona, microphone
        self._log = Log()
        self._readings: dict[str, str] = {}
        self._since = 0
        self._seen: list[str] = []
        self._touches = 0
        self._words = json.loads((ROOT / "kiosk_ui" / "locales" / f"{persona.language}.json").read_text(encoding="utf-8"))
        page.on("websocket", self._overhear)

    # What is perceived.

    def look(self) -> str:
        """The text that stands on the screen now, as far as this person reads it."""
        self.persona.need(Ability.SEE)
        lines = self._page.evaluate(LOOK)
        return "\n".join(line for line in lines if readable(line, self.persona.language, self.persona.words))

    def heard(self) -> str:
        """What was said aloud since the last question."""
        self.persona.need(Ability.HEAR)
        self._page.evaluate("0")  # lets Playwright tell of the messages meanwhile
        return "\n".join(self._log.said[self._since :])

    def alarmed(self) -> set[str]:
        """Languages in which an alarm was announced."""
        self.persona.need(Ability.HEAR)
        self._page.evaluate("0")
        return {language for _, language in self._log.alarms}

    def waits_to_hear_alarm(self) -> bool:
        """Whether an alarm is announced in the person's language before long."""
        return self._waits_for(lambda: self.persona.language in self.alarmed(), 20)

    def captioned(self) -> bool:
        """Whether the strip of captions is on the screen while the voice speaks."""
        self.persona.need(Ability.SEE)
        strip = self._page.locator("caption-strip")
        return self._waits_for(lambda: strip.is_visible() and strip.inner_text().strip(), 10)

    def word(self, key: str) -> str:
        """What a control of the page is called in the person's language."""
        return str(self._words[key])

    def perceived(self) -> str:
        """All that this person has learned since the last question."""
        parts = list(self._seen)
        if Ability.SEE in self.persona.can:
            parts.append(self.look())
        if Ability.HEAR in self.persona.can:
            parts.append(self.heard())
        return "\n".join(parts)

    def learns(self, wanted: tuple[str, ...]) -> bool:
        """Whether every fact (a pattern) reaches the person, who waits a while, listens to the end, and scrolls where they can."""

        def known() -> bool:
            learned = self.perceived()
            return not self._at_rest() and all(re.search(fact, learned, re.IGNORECASE) for fact in wanted)

        return self._waits_for(known) or (Ability.SCROLL in self.persona.can and any(known() for _ in self._scrolls()))

    # What is done.

    def touch(self, name: str) -> None:
        """Touches the control of this name, where it is seen, in reach and large enough."""
        self.persona.need(Ability.TOUCH)
        self.persona.need(Ability.SEE)
        if self.persona.touches is not None and self._touches >= self.persona.touches and not self._offered(name):
            raise Unable(f"{self.persona.name} touches nothing more until something is offered")
        if not self._can_read(name):
            raise Stuck(f"“{name}” is not read by {self.persona.name}")
        self._note()
        x, y = self._place(name)
        self._page.touchscreen.tap(x, y)
        self._touches += 1
        if len(name) > 1:  # the keyboard's letters follow each other at once
            self._page.wait_for_timeout(POLL_MS)  # a tap becomes a click a moment later
            self._settle()

    def touch_anywhere(self) -> None:
        """A first touch on nothing in particular, in reach."""
        self.persona.need(Ability.TOUCH)
        self._note()
        width, height = self.persona.size
        self._page.touchscreen.tap(width - 4, max(height * 0.5, height * self.persona.reach + 4))
        self._touches += 1

    def type(self, text: str) -> None:
        """Opens the keyboard on the screen, touches letter by letter, and sends."""
        self.persona.need(Ability.TYPE)
        self.touch(self._words["type"])
        for stroke in strokes(text):
            self.touch({"shift": self._words["shift"], " ": self._words["space"]}.get(stroke, stroke))
        self.touch(self._words["send"])

    def write(self, text: str) -> None:
        """Writes on a keyboard of their own, and sends."""
        self.persona.need(Ability.KEYBOARD)
        self._note()
        self._page.keyboard.type(text[0])
        self._page.keyboard.insert_text(text[1:])
        self._page.keyboard.press("Enter")
        self._settle()

    def hammer(self, times: int = 40) -> None:
        """Hits keys and screen at random places, the same ones at every run."""
        self.persona.need(Ability.TOUCH)
        width, height = self.persona.size
        for number in range(times):
            self._page.touchscreen.tap(number * 7919 % width, number * 104729 % height)
            if Ability.KEYBOARD in self.persona.can and number % 3 == 0:
                self._page.keyboard.press(("Escape", "Enter", "Tab", "Escape", "Backspace")[number % 5])
        self._settle()

    def say(self, text: str) -> None:
        """Taps the talk button, by hand or by key, and speaks."""
        self.persona.need(Ability.SPEAK)
        assert self.persona.voice is not None
        self._note()
        spoken_s = voices.into(self._microphone, self.persona.voice, text)
        if Ability.TOUCH in self.persona.can:
            x, y = self._place(self._words["talk"])
            self._page.touchscreen.tap(x, y)
        else:
            self.find(self._words["talk"])
            self._note()
            self._key(KEYS["select"])
        if not self._waits_for(lambda: self._phase() == "listening", 8):
            raise Stuck("the microphone did not open")
        self._page.wait_for_timeout(1000 * spoken_s)
        self._settle()

    def press(self, action: str) -> None:
        """One of the keys beside the screen."""
        self.persona.need(Ability.KEYPAD)
        self._key(KEYS[action])
        if action == "select":
            self._settle()

    def plug_in(self) -> None:
        """Puts the plug of a headset into its socket."""
        self.persona.need(Ability.KEYPAD)
        self._key(PLUG["plugged"])
        if not self._waits_for(lambda: self._log.said, 15):
            raise Stuck("nothing was said when the headset was plugged in")

    def find(self, name: str) -> None:
        """Goes on by key until the name is heard."""
        self.persona.need(Ability.KEYPAD)
        for _ in range(STEPS):
            before = len(self._log.said)
            self.press("next")
            self._waits_for(lambda before=before: len(self._log.said) > before, 6)
            if any(name.lower() in said.lower() for said in self._log.said[before:]):
                return
        raise Stuck(f"“{name}” was not heard within {STEPS} keys")

    def select(self, name: str) -> None:
        """Goes on by key until the name is heard, and chooses it."""
        self.find(name)
        self._note()
        self.press("select")

    def waits_for_tiles(self) -> None:
        """Does nothing until tiles are offered."""
        self._note()
        tiles = self._page.locator("suggestion-tiles button, .card button")
        if not self._waits_for(lambda: self._phase() == "answer" and tiles.count(), 40):
            raise Stuck("nothing was offered to somebody who said nothing")

    def starts_over(self) -> None:
        """Goes back to the beginning."""
        over = self._words["start_over"]
        if Ability.TOUCH in self.persona.can:
            self._touches = 0
            if self._phase() != "idle":
                self.touch(over)
        elif self._phase() != "idle":
            self.select(over)
        self._note()

    def trace_of(self, text: str) -> bool:
        """Whether the page still holds a text, seen or not. No perception: the examiner asks it."""
        return bool(self._page.evaluate("(text) => document.documentElement.outerHTML.includes(text)", text))

    def record(self) -> str:
        """What was asked and answered, for the list of failures. The examiner asks it."""
        parts = [self._page.locator(f"conversation-screen {part}") for part in (".question", ".answer")]
        shown = " → ".join(part.inner_text().replace("\n", " ") for part in parts if part.is_visible())
        return shown or " / ".join(self._log.said[self._since :])[-200:] or f"nothing (phase {self._phase()})"

    def in_alarm(self) -> bool:
        """Whether an alarm covers the page. The examiner asks it."""
        return self._phase() == "alarm"

    # Inside.

    def _overhear(self, socket: WebSocket) -> None:
        def sent(frame: str | bytes) -> None:
            message = _message(frame)
            if message.get("type") == "read":
                self._readings[message["reading_id"]] = message["text"]

        def received(frame: str | bytes) -> None:
            message = _message(frame)
            match message.get("type"):
                case "reading":
                    self._log.said.append(self._readings.get(message["reading_id"], ""))
                case "audio" if message.get("text"):
                    self._log.said.append(message["text"])
                case "alert_audio":
                    self._log.alarms.append((message["alert_id"], message["language"]))

        socket.on("framesent", sent)
        socket.on("framereceived", received)

    def _key(self, code: str) -> None:
        """A key that ordinary keyboards do not have, and Playwright does not know."""
        session = self._page.context.new_cdp_session(self._page)
        for kind in ("rawKeyDown", "keyUp"):
            session.send("Input.dispatchKeyEvent", {"type": kind, "code": code, "key": code})
        session.detach()

    def _note(self) -> None:
        """What is learned counts from here."""
        self._since = len(self._log.said)
        self._seen = []

    def _phase(self) -> str:
        return str(self._page.evaluate("document.body.dataset.phase"))

    def _at_rest(self) -> bool:
        """Whether the page shows what it shows to everybody: nothing was asked yet."""
        return bool(self._page.evaluate("document.body.dataset.phase === 'idle' && !document.body.dataset.panel"))

    def _settle(self) -> None:
        """Until the kiosk has done what was asked, or the person's patience ends."""
        if not self._waits_for(lambda: self._phase() not in BUSY, self.persona.patience_s):
            raise Stuck(f"no answer within {self.persona.patience_s:.0f} s")

    def _waits_for(self, true: Any, limit_s: float | None = None) -> bool:
        """Waits; who must listen to know goes on while something is being said."""
        listens = Ability.HEAR in self.persona.can and (Ability.SEE not in self.persona.can or self.persona.words is not None)
        quiet_s = 4.0 if limit_s is None else limit_s
        end = time.monotonic() + quiet_s
        said = len(self._log.said)
        while time.monotonic() < end:
            if true():
                return True
            self._page.wait_for_timeout(POLL_MS)
            if limit_s is None and listens and len(self._log.said) > said:
                said, end = len(self._log.said), time.monotonic() + 12
        return False

    def _boxes(self, name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._page.evaluate(FIND, name)
        return found

    def _offered(self, name: str) -> bool:
        return self._phase() == "answer" and bool(self._boxes(name))

    def _can_read(self, name: str) -> bool:
        return len(name) < 2 or readable(name, self.persona.language, self.persona.words)

    def _place(self, name: str) -> tuple[float, float]:
        """A point of the control of this name that a finger reaches; it is looked for as long as anybody would."""
        found: list[tuple[float, float]] = []

        def there() -> bool:
            place = self._reached(name)
            if isinstance(place, tuple):
                found.append(place)
            return bool(found)

        if not self._waits_for(there, LOOKS_S):
            raise Stuck(str(self._reached(name)))
        return found[0]

    def _reached(self, name: str) -> tuple[float, float] | str:
        """A point of the control, or why there is none."""
        width, height = self.persona.size
        line = height * self.persona.reach
        troubles = [f"“{name}” is not on the screen"]
        for box in self._boxes(name):
            if box["off"]:
                troubles.append(f"“{name}” is switched off")
                continue
            if min(box["width"], box["height"]) < self.persona.target_px - 0.5:
                troubles.append(f"“{name}” is smaller than {self.persona.target_px} px")
                continue
            x, low = box["x"] + box["width"] / 2, box["y"] + box["height"]
            y = max(box["y"] + box["height"] / 2, min(line + 8, low - 8))
            if y < line:
                troubles.append(f"“{name}” is above the reach, at {box['y']:.0f} of {height} px")
            elif not (0 <= x < width and 0 <= y < height) or not self._page.evaluate(ON_TOP, {"x": x, "y": y, "name": name}):
                troubles.append(f"“{name}” is covered or off the screen")
            else:
                return x, y
        return troubles[-1]

    def _scrolls(self) -> Iterator[None]:
        """Swipes up over the middle, in reach, four times."""
        width, height = self.persona.size
        self._page.mouse.move(width / 2, height * max(0.5, self.persona.reach + 0.02))
        for _ in range(4):
            self._seen.append(self.look())
            self._page.mouse.wheel(0, height / 3)
            self._page.wait_for_timeout(150)
            yield


def _message(frame: str | bytes) -> dict[str, Any]:
    if isinstance(frame, bytes):
        return {}
    message: dict[str, Any] = json.loads(frame)
    return message


@contextmanager
def at_kiosk(browser: Browser, url: str, persona: Persona, microphone: Path) -> Iterator[Person]:
    """The person in front of an idle page, which is thrown away afterwards."""
    width, height = persona.size
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True, reduced_motion="reduce")
    try:
        page = context.new_page()
        page.set_default_timeout(15_000)
        person = Person(page, persona, microphone)
        page.goto(url)
        page.locator("body[data-phase=idle]").wait_for()
        page.locator("talk-button button[aria-disabled=false]").wait_for()
        page.locator("suggestion-tiles button").first.wait_for()
        yield person
    finally:
        context.close()
